"""What an outlet declares, how it is found, and a response becoming a page."""

import pickle
from datetime import UTC, datetime
from typing import Any

import pytest
from scrapy.http import HtmlResponse
from scrapy.utils.project import get_project_settings

from almasalla_crawler.items import Layout, Outlet
from almasalla_crawler.news_spider import NewsSpider
from almasalla_crawler.outlets import Outlets
from almasalla_crawler.pipelines.read import read

ARTICLE = "افتتح أهالي حي الزهور مكتبة صغيرة في محطة حافلات مهجورة، وجمعوا لها خلال شهر واحد أكثر من ألفي كتاب مستعمل."


class HaySpider(NewsSpider):
    name = "hay"
    allowed_domains = ["hay.example"]
    publisher = "صحيفة الحي"
    layouts = [Layout(body="div.story")]


def test_a_response_becomes_a_page_of_its_outlet() -> None:
    body = f"<html><body><h1>مكتبة في محطة</h1><div class=story><p>{ARTICLE}</p></div></body></html>".encode()
    now = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)
    page = HaySpider().parse_page(HtmlResponse("https://hay.example/n/1?utm_source=x", body=body), now)
    assert (page.url, page.outlet, page.door, page.observed_at) == (
        "https://hay.example/n/1",
        "hay",
        "html",
        "2025-03-04T09:30:00Z",
    )
    read(page)
    assert [line.part for line in page.lines] == ["", "body"]


def test_a_page_goes_to_a_worker_with_the_description_of_its_outlet() -> None:
    page = HaySpider().parse_page(HtmlResponse("https://hay.example/n/1", body=b"<html></html>"))
    assert pickle.loads(pickle.dumps(page)) == page


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
