"""The overview: what was collected, by whom, when, and how the crawls are."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from almasalla_crawler.health.findings import Finding
from almasalla_crawler.inspect.front import as_typed
from almasalla_crawler.storage.health import note_findings
from tests.inspect.browsing import Browser
from tests.inspect.conftest import fill
from tests.storage.news_pages import Database, Seen, news, own_site


def count(path: Path, table: str) -> int:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_the_front_page_counts_what_the_tables_hold(browser: Browser, path: Path) -> None:
    page = browser.get("/?lang=en")
    figures = dict(zip(page.texts(".figures dt"), page.texts(".figures dd"), strict=True))
    tables = {
        "articles": "articles",
        "pages": "pages",
        "earlier wordings": "revisions",
        "not kept": "rejects",
        "crawls": "crawls",
    }
    assert {name: int(figures[name]) for name in tables} == {name: count(path, table) for name, table in tables.items()}


def test_the_chart_counts_every_dated_article(browser: Browser, path: Path) -> None:
    page = browser.get("/?lang=en")
    assert page.texts(".chart figcaption")[0].startswith("Articles per day")
    assert sum(int(text) for text in page.texts(".chart tbody .n")) == count(path, "articles")  # all are of one day


def test_publishers_and_crawls_lead_on(browser: Browser) -> None:
    page = browser.get("/")
    assert any("publisher=" in link for link in page.links(".ranking a"))
    assert "/crawls/1" in page.links(".crawls a")
    assert page.texts(".health") == ["ok"]


def test_what_monitors_found_stands_on_the_front_page_and_at_the_crawl(tmp_path: Path) -> None:
    fill(tmp_path / "a.db")
    db = Database(tmp_path / "a.db")
    with db.connection:
        note_findings(db.connection, 1, [Finding("title", "failed", "titles: 10 % where 98 % were expected", 0.1, 0.98)])
    db.close()
    browser = Browser(tmp_path / "a.db")
    front, crawl = browser.get("/?lang=en"), browser.get("/crawls/1?lang=en")
    browser.close()
    assert "titles: 10 % where 98 % were expected" in front.texts("#wrong + ul li")[0]
    assert front.texts(".crawls .health") == ["failed"]
    assert front.texts("#wrong + ul li") == crawl.texts("#wrong + ul li")


def test_a_crawl_shows_what_it_did_not_keep(browser: Browser) -> None:
    page = browser.get("/crawls/1?lang=en")
    assert "no article" in page.texts(".rejects tbody tr")[0]
    assert page.texts("#stats + details td") == ["6"]


def test_a_crawl_shows_the_command_that_began_it(browser: Browser) -> None:
    assert "scrapy crawl seeds -a path=saved" in browser.get("/crawls/1").texts("code")
    assert as_typed("site", {"url": "https://a.example/?a=1&b=2"}) == "scrapy crawl site -a 'url=https://a.example/?a=1&b=2'"
    assert [as_typed("reparse", {"all": everything}) for everything in (True, False)] == [
        "scrapy reparse --all",
        "scrapy reparse",
    ]


def test_rejects_are_listed_by_reason(browser: Browser) -> None:
    assert len(browser.get("/rejects?stage=split&reason=no_article").texts(".rejects tbody tr")) == 1
    assert browser.get("/rejects?stage=split&reason=blocked").texts(".rejects tbody tr") == []


def test_publishers_and_outlets_have_a_page(browser: Browser) -> None:
    page = browser.get("/publishers?lang=en")
    assert "المسلة" in page.texts(".ranking tbody th")
    assert page.texts("#outlets") == ["Outlets"]


def test_an_empty_database_says_what_to_do(tmp_path: Path) -> None:
    Database(tmp_path / "a.db").close()
    browser = Browser(tmp_path / "a.db")
    page = browser.get("/")
    browser.close()
    assert page.status == 200
    assert "scrapy crawl seeds" in page.text


def test_what_a_crawl_stores_meanwhile_is_seen(tmp_path: Path) -> None:
    fill(tmp_path / "a.db")
    browser = Browser(tmp_path / "a.db")
    before = len(browser.get("/articles").texts(".card"))
    crawl = Database(tmp_path / "a.db")  # writes in WAL mode while the page is open
    crawl.add(Seen("https://site.example/77", own_site(news(77))))
    assert len(browser.get("/articles").texts(".card")) == before + 1
    crawl.close()
    assert news(77).title in browser.get("/articles").text
    browser.close()


PAGES = ["/", "/articles", "/articles?since=2025-01-01&until=2025-01-31", "/articles/1", "/pages/1", "/publishers", "/crawls",
         "/crawls/1", "/rejects", "/search", "/search?q=x", "/almasalla", "/almasalla/articles", "/almasalla/articles/1",
         "/almasalla?sql=select+1", "/none"]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_headings_leave_out_no_level(browser: Browser, address: str) -> None:
    headings = browser.get(address).document.cssselect("h1, h2, h3, h4, h5, h6")
    levels = [int(heading.tag[1]) for heading in headings]
    assert levels.count(1) == 1
    assert all(level <= before + 1 for before, level in zip([0, *levels], levels, strict=False))
