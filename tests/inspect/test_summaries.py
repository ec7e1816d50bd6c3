"""The counts of the front page: known before somebody asks, and counted by one at a time."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from almasalla_crawler.inspect import front, summaries
from almasalla_crawler.inspect.summaries import Summaries
from almasalla_crawler.storage.database import open_live
from almasalla_crawler.storage.overview import Summary, rows_of_one_moment, summary
from tests.inspect.browsing import Browser


def test_the_counts_are_ready_before_anybody_asks(browser: Browser, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "_summaries", kept := dict[str, Summaries]())
    monkeypatch.setattr(summaries, "_WORTH", 1_000_000)
    front.count_ahead(browser.datasette)
    with closing(sqlite3.connect(":memory:")) as empty:
        assert kept[str(path)].of(empty).articles > 0


def test_while_one_counts_others_are_shown_the_counts_before(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summaries, "_WORTH", 0)
    counts = Summaries()
    with closing(open_live(path)) as connection, rows_of_one_moment(connection):
        before = counts.of(connection)
        meanwhile: list[Summary] = []

        def slowly(connection: sqlite3.Connection) -> Summary:
            meanwhile.append(counts.of(connection))
            return summary(connection)

        monkeypatch.setattr(summaries, "summary", slowly)
        assert counts.of(connection) is not before
        assert [one is before for one in meanwhile] == [True]
