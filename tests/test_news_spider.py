"""What an outlet declares, how it is found, and a response becoming a page."""

import pickle
from typing import Any

import pytest
from scrapy.utils.project import get_project_settings

from almasalla_crawler.items import Layout, Outlet, Page
from almasalla_crawler.news_spider import NewsSpider
from almasalla_crawler.outlets import Outlets
from almasalla_crawler.pipelines.read import read

ARTICLE = "افتتح أهالي حي الزهور مكتبة صغيرة في محطة حافلات مهجورة، وجمعوا لها خلال شهر واحد أكثر من ألفي كتاب مستعمل."


class HaySpider(NewsSpider):
    name = "hay"
    allowed_domains = ["hay.example"]
    publisher = "صحيفة الحي"
    layouts = [Layout(body="div.story")]


def test_a_page_goes_to_a_worker_with_the_description_of_its_outlet() -> None:
    body = f"<html><body><h1>مكتبة في محطة</h1><div class=story><p>{ARTICLE}</p></div></body></html>".encode()
    page = Page("https://hay.example/n/1", "html", outlet="hay", site=HaySpider.description(), body=body)
    arrived = pickle.loads(pickle.dumps(page))
    assert arrived == page
    read(arrived)
    assert [line.part for line in arrived.lines] == ["", "body"]


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ({"layouts": [Layout(body="div:first-child")]}, "div:first-child"),
        ({"layouts": [Layout(body="")]}, "selector of the body"),
        ({"layouts": [Layout(body="div", until="June 2019")]}, "June 2019"),
        ({"time_zone": "Asia/Bagdad"}, "Asia/Bagdad"),
        ({"markers": {"من دفتر الحي": "list"}}, "list"),
    ],
    ids=["selector", "no body", "until", "time zone", "kind of marker"],
)
def test_a_declaration_that_cannot_be_meant_is_refused_at_import(attributes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=f"{__name__}.*{words}"):
        type("WrongSpider", (NewsSpider,), {"name": "wrong", "__module__": __name__, **attributes})


@pytest.fixture(scope="module")
def outlets() -> Outlets:
    return Outlets.from_settings(get_project_settings())


@pytest.mark.parametrize(
    ("url", "name", "found"),
    [
        ("https://almasalah.com/archives/1", None, "almasalah"),
        ("https://www.arabkhabar.com/a/1", None, "arabkhabar"),
        ("seed:mine/page.html", "almasalah", "almasalah"),
        ("https://www.arabkhabar.com/a/1", "almasalah", "arabkhabar"),
        ("https://notalmasalah.com/1", None, None),
        ("https://example.org/1", "seeds", None),
        ("", None, None),
    ],
    ids=["host", "below a host", "name", "host before name", "a longer host", "no outlet", "nothing"],
)
def test_an_outlet_is_found_by_host_or_name(outlets: Outlets, url: str, name: str | None, found: str | None) -> None:
    outlet = outlets.of(url, name)
    assert (outlet.name if outlet else None) == found


def test_files_class_and_name_of_an_outlet_agree() -> None:
    loader_names = Outlets.from_settings(get_project_settings()).by_name
    for name in loader_names:
        module = __import__(f"almasalla_crawler.spiders.{name}", fromlist=["x"])
        classes = [value for value in vars(module).values() if isinstance(value, type) and value.__module__ == module.__name__]
        assert [one.__name__ for one in classes] == ["".join(part.capitalize() for part in name.split("_")) + "Spider"]


def test_a_description_is_a_plain_value() -> None:
    assert HaySpider.description() == Outlet("hay", ("hay.example",), "صحيفة الحي", layouts=(Layout(body="div.story"),))
