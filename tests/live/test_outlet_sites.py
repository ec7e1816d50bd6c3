"""An outlet's file makes a live spider of its site: its lists are followed, its pages are read as it says."""

from pathlib import Path

from scrapy.utils.defer import deferred_f_from_coro_f

from almasalla_crawler.items import Layout
from almasalla_crawler.news_spider import NewsSpider
from tests.live.crawls import crawl, rows, value
from tests.servers.serving import serve
from tests.servers.wordpress import WordPress, post


@deferred_f_from_coro_f
async def test_an_outlet_is_crawled_as_its_file_says(tmp_path: Path) -> None:
    with serve(WordPress({number: post(number) for number in range(1, 6)}, doors=frozenset({"feed"}))) as site:

        class RoofSpider(NewsSpider):
            name = "roof"
            start_url = site.url
            publisher = "صحيفة السطح"
            layouts = [Layout(body="div.no-such-body")]  # noqa: RUF012
            feeds = (f"{site.url}feed/?by=roof",)

        crawled = await crawl("", tmp_path / "a.db", spider=RoofSpider)
        assert any("by=roof" in path for path in site.asked)
    assert (crawled.pages, crawled.verdict.exit_code) == (5, 0)
    assert rows(tmp_path / "a.db", "SELECT DISTINCT outlet FROM pages WHERE kind = 'article'") == [("roof",)]
    assert value(tmp_path / "a.db", "SELECT count(*) FROM facts WHERE value = 'outlet_selector_body'") == 5


@deferred_f_from_coro_f
async def test_an_outlet_without_a_front_page_says_so(tmp_path: Path) -> None:
    class CellarSpider(NewsSpider):
        name = "cellar"

    crawled = await crawl("", tmp_path / "a.db", spider=CellarSpider)
    assert crawled.stats["finish_reason"] == "bad_argument"
