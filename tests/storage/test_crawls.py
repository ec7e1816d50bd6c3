"""The row of a crawl says how it went, also when nobody was left to write it."""

import json
import multiprocessing
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from almasalla_crawler import RULES_VERSION
from almasalla_crawler.storage.crawls import CrawlEnd, now
from tests.storage.news_pages import Database
from tests.storage.writers import crawl_and_die, integrity


def test_a_crawl_that_has_begun_is_unfinished(db: Database) -> None:
    db.exporter.begin_crawl("seeds", "seeds", {"path": "مجلد"})
    query = "SELECT spider, outlet, status, finish_reason, finished_at, version FROM crawls"
    assert db.rows(query) == [("seeds", "seeds", "failed", "unfinished", None, RULES_VERSION)]
    assert json.loads(db.value("SELECT arguments FROM crawls")) == {"path": "مجلد"}


def test_a_crawl_that_has_ended_says_how(db: Database) -> None:
    db.exporter.begin_crawl("seeds", "seeds", {})
    db.exporter.end_crawl(CrawlEnd("finished", "ok", 9, 12, 30, 1, 0, {"start_time": now(), "finish_reason": "finished"}))
    query = "SELECT status, finish_reason, pages, articles, mentions, rejects, errors FROM crawls"
    assert db.rows(query) == [("ok", "finished", 9, 12, 30, 1, 0)]
    assert db.value("SELECT finished_at >= started_at FROM crawls") == 1


def test_stats_of_any_type_can_be_kept(db: Database) -> None:
    db.exporter.begin_crawl("seeds", None, {})
    db.exporter.end_crawl(CrawlEnd("finished", "ok", 0, 0, 0, 0, 0, {"path": Path("a"), "عدد": 3}))
    assert json.loads(db.value("SELECT stats FROM crawls")) == {"path": "a", "عدد": 3}


def test_a_second_crawl_is_a_row_of_its_own(db: Database) -> None:
    for reason in ("shutdown", "finished"):
        db.exporter.begin_crawl("seeds", "seeds", {})
        db.exporter.end_crawl(CrawlEnd(reason, "ok", 0, 0, 0, 0, 0, {}))
    assert db.rows("SELECT finish_reason FROM crawls ORDER BY id") == [("shutdown",), ("finished",)]


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("killed") / "a.db"
    crawl = multiprocessing.get_context("spawn").Process(target=crawl_and_die, args=(path,))
    crawl.start()
    crawl.join(60)
    assert crawl.exitcode == -signal.SIGKILL
    return path


def asked(path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def test_a_killed_crawl_shows_as_failed_and_unfinished(killed: Path) -> None:
    assert asked(killed, "SELECT status, finish_reason, finished_at FROM crawls") == [("failed", "unfinished", None)]
    assert asked(killed, "SELECT status, seconds FROM crawl_health") == [("failed", None)]


def test_a_killed_crawl_keeps_what_was_committed_and_nothing_else(killed: Path) -> None:
    assert asked(killed, "SELECT url FROM pages") == [("https://site.example/1",)]
    assert asked(killed, "SELECT count(*) FROM articles") == [(1,)]
    assert integrity(killed) == "ok"


def test_the_next_crawl_can_write_behind_a_killed_one(killed: Path, tmp_path: Path) -> None:
    db = Database(killed)
    with db.exporter.lock.acquire(timeout=5):
        pass
    db.close()
