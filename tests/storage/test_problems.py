"""Health in the database: what a crawl is compared with, and problems from the crawl that met them to the one that did not."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from almasalla_crawler.health.figures import PREFIX
from almasalla_crawler.health.findings import FAILED, OK, WARNING, Finding
from almasalla_crawler.storage.crawls import CrawlEnd
from almasalla_crawler.storage.database import open_database
from almasalla_crawler.storage.health import accept, note_cut_off, open_problems, past_of
from tests.storage.news_pages import Database

DATE = "date"


def crawl(db: Database, *findings: Finding, read: int = 5, outlet: str = "roof", path: str = "") -> int:
    """A crawl that read so many pages and found so much; its id."""
    db.exporter.begin_crawl("site", outlet, {"path": path} if path else {})
    db.exporter.end_crawl(CrawlEnd("finished", "ok", read, 0, 0, 0, 0, {f"{PREFIX}read": read}, list(findings)))
    return db.exporter.archive.crawl_id or 0


def finding(level: str, text: str = "3 of 9 articles have a date") -> Finding:
    return Finding(DATE, level, text, 0.33, 0.9)


def reads(db: Database, outlet: str = "roof", path: str = "") -> list[int]:
    """Pages read by each crawl that a new one is compared with."""
    db.exporter.begin_crawl("site", outlet, {"path": path} if path else {})
    past = past_of(db.connection, db.exporter.archive.crawl_id or 0, 0)
    return [figures.counts["read"] for figures in past.crawls]


def test_a_crawl_is_compared_with_those_of_its_outlet_the_latest_first(db: Database) -> None:
    for read, outlet in ((1, "roof"), (2, "cellar"), (3, "roof")):
        crawl(db, read=read, outlet=outlet)
    assert reads(db) == [3, 1]


def test_a_crawl_that_failed_is_no_past(db: Database) -> None:
    crawl(db, read=1)
    crawl(db, finding(FAILED), read=2)
    crawl(db, finding(WARNING), read=3)
    assert reads(db) == [3, 1]


def test_a_crawl_that_read_nothing_is_no_past(db: Database) -> None:
    crawl(db, read=0)
    assert reads(db) == []


def test_saved_pages_are_compared_with_those_of_the_same_folder(db: Database) -> None:
    crawl(db, read=1, path="a")
    crawl(db, read=2, path="b")
    assert reads(db, path="a") == [1]


def test_a_crawl_is_as_well_as_its_worst_finding(db: Database) -> None:
    crawl(db, finding(OK), Finding("title", WARNING, ""))
    assert db.value("SELECT health FROM crawls") == WARNING


def test_a_problem_stays_one_row_while_it_lasts_and_closes_once(db: Database) -> None:
    crawls = [crawl(db, finding(level)) for level in (FAILED, FAILED, OK, OK)]
    query = "SELECT level, crawl_id, last_crawl_id, crawls, over_crawl_id FROM problems"
    assert db.rows(query) == [(FAILED, crawls[0], crawls[1], 2, crawls[2])]


def test_a_crawl_that_could_not_tell_leaves_a_problem_open(db: Database) -> None:
    crawl(db, finding(FAILED))
    crawl(db)
    assert [one["monitor"] for one in open_problems(db.connection)] == [DATE]


def test_a_problem_keeps_its_worst_level_and_its_latest_words(db: Database) -> None:
    crawl(db, finding(FAILED))
    crawl(db, finding(WARNING, "0 of 2 articles have a date"))
    ((level, text),) = db.rows("SELECT level, text FROM problems")
    assert (level, text) == (FAILED, "0 of 2 articles have a date")


def test_a_problem_that_comes_back_is_another_one(db: Database) -> None:
    for level in (FAILED, OK, FAILED):
        crawl(db, finding(level))
    assert db.count("problems") == 2


def test_a_killed_crawl_becomes_a_problem(db: Database) -> None:
    db.exporter.begin_crawl("site", "roof", {})
    note_cut_off(db.connection, "site", "roof", db.exporter.archive.crawl_id, FAILED, "the crawl was killed")
    assert db.rows("SELECT monitor, level FROM problems") == [("crawl", FAILED)]
    assert db.value("SELECT health FROM crawls") == FAILED


def test_a_crawl_that_ended_is_not_called_killed(db: Database) -> None:
    note_cut_off(db.connection, "site", "roof", crawl(db), FAILED, "the crawl was killed")
    assert db.count("problems") == 0


def test_a_crawl_that_is_cut_off_again_and_again_fails(db: Database) -> None:
    levels = []
    for _ in range(3):
        note_cut_off(db.connection, "site", "roof", None, WARNING, "the scheduler died while it ran")
        levels.append(db.value("SELECT level FROM problems"))
    assert levels == [WARNING, WARNING, FAILED]


def test_an_accepted_outlet_has_no_problem_and_no_past(db: Database) -> None:
    crawl(db, read=9)
    crawl(db, finding(FAILED), outlet="cellar")
    crawl(db, finding(FAILED))
    assert accept(db.connection, "roof") == 1
    assert [one["outlet"] for one in open_problems(db.connection)] == ["cellar"]
    assert reads(db) == []


def test_an_outlet_that_was_never_crawled_cannot_be_accepted(db: Database) -> None:
    with pytest.raises(LookupError):
        accept(db.connection, "attic")


def as_before(path: Path) -> None:
    """A database as it was before there was health."""
    open_database(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        for name in (
            "TABLE alerts",
            "TABLE baselines",
            "TABLE problems",
            "INDEX crawls_outlet",
            "INDEX crawls_started",
            "VIEW crawl_health",
        ):
            connection.execute(f"DROP {name}")
        connection.execute("CREATE VIEW crawl_health AS SELECT id FROM crawls")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'add_health'")
        (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'crawls'").fetchone()
        connection.execute("PRAGMA writable_schema = ON")
        without = re.sub(r",([^\n]*)\n  health .*(?=\n\))", r"\1", sql, flags=re.S)
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'crawls'", (without,))


def test_a_database_from_before_gets_the_columns_and_keeps_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    as_before(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(crawls)")]
        connection.execute(
            "INSERT INTO crawls (spider, outlet, started_at, status, version) VALUES ('site', 'roof', '', 'ok', '1')"
        )
    assert {"health", "log_file"} & set(columns) == set()
    with closing(open_database(path)) as connection:
        assert connection.execute("SELECT outlet, health FROM crawl_health").fetchall() == [("roof", None)]
        assert connection.execute("SELECT count(*) FROM problems").fetchone() == (0,)
