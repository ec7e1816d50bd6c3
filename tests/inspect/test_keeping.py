"""A view that takes long is counted beside the pages: they show the rows of the latest count."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from almasalla_crawler.inspect import keeping, live
from almasalla_crawler.inspect.keeping import KeptViews
from almasalla_crawler.storage.database import open_live
from almasalla_crawler.storage.kept_views import ViewRows, rows_of_view
from tests.inspect.browsing import Browser, Page
from tests.inspect.conftest import fill

QUESTION = "SELECT * FROM syndication"


@pytest.fixture
def views(tmp_path: Path) -> KeptViews:
    """Over a database whose articles are each of another outlet."""
    fill(tmp_path / "a.db")
    write(tmp_path / "a.db", "UPDATE articles SET publisher = 'outlet ' || id")
    return KeptViews(tmp_path / "a.db")


def write(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


class Rounds(threading.Event):
    """Ends after so many looks, and says how long each time it was to wait; between them crawls do what they do."""

    def __init__(self, *between: str, path: Path) -> None:
        super().__init__()
        self.between, self.path, self.pauses = [*between], path, list[float]()

    def wait(self, timeout: float | None = None) -> bool:
        self.pauses.append(timeout or 0)
        if len(self.pauses) > 1 and self.between:
            write(self.path, self.between.pop(0))
            return False
        return len(self.pauses) > 1


def test_kept_rows_are_those_of_the_view_in_its_order(views: KeptViews) -> None:
    with closing(open_live(views.path)) as connection:
        expected = connection.execute(QUESTION).fetchall()
        assert expected
        views.keep(Rounds(path=views.path))
        views.show_in(connection)
        assert connection.execute("SELECT count(*) FROM temp.syndication").fetchone() == (len(expected),)
        assert connection.execute(QUESTION).fetchall() == expected


def test_rows_are_counted_again_when_a_crawl_has_committed(views: KeptViews) -> None:
    with closing(open_live(views.path)) as connection:
        views.keep(Rounds(path=views.path))
        views.show_in(connection)
        rounds = Rounds("UPDATE articles SET publisher = NULL", path=views.path)
        views.keep(rounds)
        views.show_in(connection)
        assert connection.execute(QUESTION).fetchall() == connection.execute("SELECT * FROM main.syndication").fetchall()
        assert min(rounds.pauses[1:]) >= 1


def test_a_count_that_fails_is_tried_again(views: KeptViews, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def fails_once(connection: sqlite3.Connection, name: str) -> ViewRows:
        asked.append(name)
        if len(asked) == 1:
            raise sqlite3.OperationalError("database is locked")
        return rows_of_view(connection, name)

    monkeypatch.setattr(keeping, "rows_of_view", fails_once)
    with closing(open_live(views.path)) as connection:
        views.keep(Rounds("UPDATE articles SET section = 'x'", path=views.path))
        views.show_in(connection)
        assert connection.execute("SELECT count(*) FROM temp.syndication").fetchone()[0] > 0


def test_until_rows_are_kept_the_view_itself_answers(views: KeptViews) -> None:
    with closing(open_live(views.path)) as connection:
        views.show_in(connection)
        assert connection.execute(QUESTION).fetchall()
        assert connection.execute("SELECT * FROM sqlite_temp_master").fetchall() == []


def test_the_page_of_a_view_shows_the_kept_rows(views: KeptViews) -> None:
    browser = Browser(views.path)
    try:
        live = browser.get("/almasalla/syndication").texts(".rows-and-columns td")
        browser.datasette.get_database("almasalla").views.keep(Rounds(path=views.path))
        write(views.path, "UPDATE articles SET publisher = NULL")
        assert browser.get("/almasalla/syndication").texts(".rows-and-columns td") == live != []
    finally:
        browser.close()


def test_a_page_of_a_view_that_is_being_counted_says_so_and_asks_again(views: KeptViews, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(views.path)
    addresses = ["/almasalla/syndication", "/almasalla?sql=select+*+from+syndication"]
    meanwhile: list[Page] = []

    def asked_meanwhile(connection: sqlite3.Connection, name: str) -> ViewRows:
        meanwhile.extend(browser.get(address, accept_language="en") for address in (*addresses, "/almasalla/syndication.json"))
        return rows_of_view(connection, name)

    monkeypatch.setattr(keeping, "rows_of_view", asked_meanwhile)
    monkeypatch.setattr(live, "_AWAITED_MS", 0.001)
    try:
        browser.datasette.get_database("almasalla").views.keep(Rounds(path=views.path))
        assert [page.status for page in meanwhile] == [503, 503, 200]
        for page in meanwhile[:2]:
            assert page.values("meta[http-equiv=refresh]", "content") == ["2"]
            assert "being counted" in page.text
        assert [browser.get(address).status for address in addresses] == [200, 200]
    finally:
        browser.close()


def test_where_views_are_kept_is_no_database_that_a_page_names(views: KeptViews) -> None:
    browser = Browser(views.path)
    try:
        browser.datasette.get_database("almasalla").views.keep(Rounds(path=views.path))
        assert "temp" not in browser.get("/almasalla", accept_language="en").text.split()
    finally:
        browser.close()
