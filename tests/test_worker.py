"""What is known of pipelines without loading them."""

from scrapy.settings import Settings
from scrapy.utils.conf import build_component_list

from almasalla_crawler import settings
from almasalla_crawler.worker import PURE, is_pure


def test_all_stages_up_to_the_one_that_stores_are_known_to_be_pure() -> None:
    project = Settings()
    project.setmodule(settings)
    *pure, store = build_component_list(project.getwithbase("ITEM_PIPELINES"))
    assert (frozenset(pure), is_pure(store)) == (PURE, False)


def test_a_stage_of_somebody_else_says_so_itself() -> None:
    assert is_pure("tests.crawl.bad_pipelines.Raises")
