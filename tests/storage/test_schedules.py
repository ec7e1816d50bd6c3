"""The tables of recurring crawls: in databases that were made before, and what they remember."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from almasalla_crawler.health.findings import FAILED, OK, Finding
from almasalla_crawler.storage import schedules
from almasalla_crawler.storage.crawls import CrawlEnd, begin_crawl, end_crawl
from almasalla_crawler.storage.database import open_database
from almasalla_crawler.storage.health import note_findings
from almasalla_crawler.storage.schedules import CrawlOfRun, RunEnd

NOW = datetime(2025, 6, 1, 10, 20, 30, 999, tzinfo=UTC)


def test_a_database_with_rows_that_was_made_before_gets_the_tables(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "a.db")) as connection:
        crawl_id = begin_crawl(connection, "seeds", "seeds", {})
        for statement in (
            "DROP TABLE runs",
            "DROP TABLE schedules",
            "DELETE FROM _sqlite_migrations WHERE name = 'create_schedules'",
        ):
            connection.execute(statement)
    with closing(open_database(tmp_path / "a.db")) as connection:
        assert connection.execute("SELECT id FROM crawls").fetchall() == [(crawl_id,)]
        assert schedules.states(connection) == {}
    assert (tmp_path / "a.before-create_schedules.db").exists()


def test_a_schedule_and_its_runs_are_remembered_to_the_second(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "a.db")) as connection:
        schedules.set_due(connection, "saved", "every 1h", NOW)
        state = schedules.states(connection)["saved"]
        assert (state.due_at, state.timing, state.failures, state.paused_at) == (NOW.replace(microsecond=0), "every 1h", 0, None)
        run = schedules.begin_run(connection, state, "seeds", "seeds", NOW, NOW + timedelta(hours=1))
        assert schedules.running(connection) == [schedules.Run(run.id, state.id, "saved", "seeds", "seeds", state.due_at,
                                                               NOW.replace(microsecond=0), 0)]  # fmt: skip
        schedules.end_run(connection, run, RunEnd(NOW, "failed", 1, said="لا مجلد"), NOW + timedelta(hours=2), None, 1)
        assert schedules.running(connection) == []
        assert [(row["name"], row["status"], row["said"]) for row in schedules.history(connection, None, 9)] == [
            ("saved", "failed", "لا مجلد")
        ]


def test_a_second_pause_keeps_the_time_of_the_first(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "a.db")) as connection:
        schedules.set_due(connection, "saved", "every 1h", NOW)
        for moment, expected in ((NOW, NOW), (NOW + timedelta(days=1), NOW), (None, None)):
            schedules.set_paused(connection, "saved", moment)
            assert schedules.states(connection)["saved"].paused_at == (expected and expected.replace(microsecond=0))


def test_the_crawl_of_a_run_is_the_first_of_its_spider_and_outlet_after_it_began(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "a.db")) as connection:
        schedules.set_due(connection, "oasis", "every 1h", NOW)
        begin_crawl(connection, "site", "oasis.example", {})
        run = schedules.begin_run(connection, schedules.states(connection)["oasis"], "site", "oasis.example", NOW, NOW)
        assert schedules.crawl_of(connection, run) is None
        begin_crawl(connection, "site", "other.example", {})
        ours = begin_crawl(connection, "site", "oasis.example", {})
        begin_crawl(connection, "site", "oasis.example", {})
        assert schedules.crawl_of(connection, run) == CrawlOfRun(ours)


@pytest.mark.parametrize(
    ("ending", "is_done"),
    [
        (("closespider_pagecount", "partial", 9, 0, OK), True),
        (("closespider_errorcount", "partial", 9, 9, OK), False),
        (("finished", "failed", 9, 0, FAILED), True),
        (("finished", "failed", 0, 0, FAILED), False),
        (("finished", "failed", 9, 1, FAILED), False),
        (("finished", "partial", 9, 0, OK), False),
        (("shutdown", "partial", 9, 0, OK), False),
    ],
    ids=["limit", "too_many_errors", "health", "nothing_readable", "errors", "blocked", "signal"],
)
def test_a_crawl_did_what_it_might_if_only_a_limit_or_its_health_speaks_against_it(
    tmp_path: Path, ending: tuple[str, str, int, int, str], is_done: bool
) -> None:
    with closing(open_database(tmp_path / "a.db")) as connection:
        schedules.set_due(connection, "oasis", "every 1h", NOW)
        run = schedules.begin_run(connection, schedules.states(connection)["oasis"], "site", "oasis.example", NOW, NOW)
        crawl_id = begin_crawl(connection, "site", "oasis.example", {})
        reason, status, pages, errors, health = ending
        end_crawl(connection, crawl_id, CrawlEnd(reason, status, pages, 0, 0, 0, errors, {}))
        note_findings(connection, crawl_id, [Finding("kept", health, "")])
        assert schedules.crawl_of(connection, run) == CrawlOfRun(crawl_id, status, is_done)
