"""Saved pages of an outlet are read as it describes itself, by the crawl of seeds and when they are read again."""

from pathlib import Path

import pytest

from almasalla_crawler import rereading
from almasalla_crawler.items import Layout, Outlet
from almasalla_crawler.outlets import Outlets
from almasalla_crawler.storage import archive, captures, frontier
from tests.crawl.saved_crawls import asked, crawl, save
from tests.typed import ROOT

PAGE = (ROOT / "tests" / "outlets" / "almasalah" / "library-bus.html").read_text("utf-8")
CHANGED = PAGE.replace('class="entry-content', 'class="new-content')


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """What a crawl of two pages leaves; the site has changed before the second was saved."""
    save(tmp_path / "pages", "a.html", PAGE, url="https://almasalah.com/archives/900231")
    save(tmp_path / "pages", "b.html", CHANGED, url="https://www.almasalah.com/archives/900232")
    done = crawl(tmp_path / "pages", tmp_path / "a.db")
    assert "1 pages of almasalah have nothing at `div.entry-content`" in done.stdout, done.stdout + done.stderr
    return tmp_path / "a.db"


def test_a_page_whose_address_names_an_outlet_is_read_as_it_describes_itself(database: Path) -> None:
    assert asked(database, "SELECT DISTINCT outlet FROM pages") == [("almasalah",)]
    query = "SELECT rule FROM lines JOIN pages ON pages.id = page_id WHERE url LIKE '%231' AND role = 'author_box'"
    assert set(asked(database, query)) == {("outlet:author_box",)}
    assert asked(database, "SELECT publisher FROM articles WHERE url LIKE '%231'") == [("المسلة",)]


def test_a_changed_layout_is_a_fact_of_the_article(database: Path) -> None:
    query = "SELECT url, value, raw FROM facts JOIN articles ON articles.id = article_id WHERE field = 'problem'"
    assert asked(database, query) == [
        ("https://www.almasalah.com/archives/900232", "outlet_selector_body", "div.entry-content"),
    ]


def test_pages_read_again_are_read_as_their_outlet_describes_itself_by_then(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (archive, captures, frontier):
        monkeypatch.setattr(module, "RULES_VERSION", "newer")
    redesigned = Outlet(
        "almasalah", ("almasalah.com",), "المسلة", layouts=(Layout(body="div.new-content", title="h1.entry-title"),)
    )
    rereading.reparse(database, 1 << 20, outlets=Outlets({}, {"almasalah.com": redesigned}))
    query = "SELECT url, raw FROM facts JOIN articles ON articles.id = article_id WHERE field = 'problem'"
    assert asked(database, query) == [("https://almasalah.com/archives/900231", "div.new-content")]
