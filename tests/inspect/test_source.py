"""The page as it was read: every line once, with its role and rule, and sums that add up."""

import re
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from almasalla_crawler.storage.packed_lines import page_lines
from tests.inspect.browsing import Browser, Page
from tests.inspect.conftest import SITE, fill
from tests.storage.news_pages import ELSEWHERE, news


def row(path: Path, query: str, *values: object) -> tuple:  # type: ignore[type-arg]
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        found: tuple = connection.execute(query, values).fetchone()  # type: ignore[type-arg]
        return found


@pytest.fixture
def number(path: Path) -> int:
    return int(row(path, "SELECT id FROM pages WHERE url = ?", f"{ELSEWHERE}10")[0])


@pytest.fixture
def page(browser: Browser, number: int) -> Page:
    return browser.get(f"/pages/{number}?lang=en")


def test_every_line_stands_there_once_with_role_and_rule(page: Page, path: Path, number: int) -> None:
    lines = page_lines(row(path, "SELECT lines FROM captures WHERE page_id = ?", number)[0])
    assert page.texts(".line .words") == [line["text"] for line in lines]
    assert page.texts(".line .rule") == [line["rule"] for line in lines]
    assert page.texts(".line .what b") == [str(line["number"]) for line in lines]
    assert page.texts(".line .role") == [line["role"].replace("_", " ") for line in lines]


def test_the_legend_adds_up_to_all_lines(page: Page) -> None:
    counts = [int(text.replace(",", "")) for text in page.texts(".legend > ul > li > a .n")]
    roles = [int(text) for text in page.texts(".legend ul ul .n")]
    assert counts[0] == sum(counts[1:]) == sum(roles) == len(page.texts(".line"))


def test_the_sums_say_that_nothing_was_lost(page: Page) -> None:
    assert page.texts("#sums") == ["Nothing was lost"]
    letters, in_lines, lines, kept = (int(text.replace(",", "")) for text in page.texts(".sums dd"))
    assert letters == in_lines > 0
    assert lines == len(page.texts(".line")) > kept > 0


def test_each_role_has_a_filter_that_shows_its_lines(page: Page, browser: Browser) -> None:
    for address in page.links(".legend ul ul a"):
        shown = browser.get(address)
        assert set(shown.texts(".line .role")) == {re.sub(r" \d+$", "", shown.texts(".legend ul ul [aria-current]")[0])}


def test_lines_of_each_article_stand_in_a_bracket_that_leads_to_it(page: Page, path: Path, number: int) -> None:
    ids = [f"/articles/{one}" for (one,) in [row(path, "SELECT article_id FROM appearances WHERE page_id = ? AND role = ?", number, role)
                                             for role in ("main", "related")]]  # fmt: skip
    assert page.links(".bracketed a") == ids
    assert news(3).title in page.texts(".bracketed a")[0]


def test_long_pages_are_shown_in_parts(browser: Browser, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = browser.get(f"/pages/{number}").texts(".words")
    monkeypatch.setattr("almasalla_crawler.inspect.source._AT_ONCE", 4)
    address, parts = f"/pages/{number}", []
    for _ in range(20):
        part = browser.get(address)
        parts += part.texts(".words")
        if not (further := part.links("a[rel=next]")):
            break
        address = further[0]
    assert parts == whole


def test_one_chooses_among_what_was_seen_of_a_page(browser: Browser, path: Path) -> None:
    number = row(path, "SELECT id FROM pages WHERE url = ?", f"{SITE}1")[0]
    page = browser.get(f"/pages/{number}")
    captures = page.values("select[name=capture] option", "value")
    assert len(captures) == 2
    first, second = (browser.get(f"/pages/{number}?capture={one}").texts(".words") for one in captures)
    assert first != second
    assert page.texts(".words") == first  # the latest


def test_a_refused_page_shows_its_lines_and_why(browser: Browser, path: Path) -> None:
    page = browser.get(f"/pages/{row(path, 'SELECT id FROM pages WHERE url = ?', f'{SITE}6')[0]}?lang=en")
    assert "no article" in page.texts(".notice")[0]
    assert page.texts(".words") == ["كلمة"]


@pytest.mark.parametrize("packed", [b"not zlib", zlib.compress(b"not json")], ids=["no_zlib", "no_json"])
def test_lines_that_are_damaged_are_explained(tmp_path: Path, packed: bytes) -> None:
    fill(tmp_path / "a.db")
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection, connection:
        connection.execute("UPDATE captures SET lines = ?", (packed,))
    browser = Browser(tmp_path / "a.db")
    page = browser.get("/pages/1")
    browser.close()
    assert page.status == 500
    assert "restore a backup" in page.text
