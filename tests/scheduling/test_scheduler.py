"""What the scheduler does with what `decide` says: rows, statuses, stopping, starting again."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from filelock import Timeout

from almasalla_crawler.alerts.targets import read_alerts
from almasalla_crawler.health.findings import FAILED, Finding
from almasalla_crawler.scheduling import ended
from almasalla_crawler.scheduling import scheduler as module
from almasalla_crawler.scheduling.entries import Entry
from almasalla_crawler.scheduling.printable import printable
from almasalla_crawler.scheduling.scheduler import Scheduler, schedule_lock
from almasalla_crawler.scheduling.times import Cron, Every
from almasalla_crawler.storage import schedules
from almasalla_crawler.storage.crawls import CrawlEnd, begin_crawl, end_crawl
from almasalla_crawler.storage.database import open_database
from almasalla_crawler.storage.health import note_findings
from almasalla_crawler.storage.locks import lock_outlet
from tests.scheduling.conftest import START
from tests.scheduling.fakes import AtOnce, Crawl, FakeClock, FakeRunner

HOURLY = Entry("hourly", "seeds", Every("1h"), "seeds")
TELL = {"urls": ["json://127.0.0.1:1/"]}
OTHER = Entry("other", "oasis", Every("1h"), "oasis")
Make = Callable[..., Scheduler]


def run_for(one: Scheduler, clock: FakeClock, seconds: float) -> None:
    until = clock.seconds() + seconds
    while clock.seconds() < until:
        clock.wait(min(one.step(), until - clock.seconds()))
    one.step()


def rows(connection: sqlite3.Connection, columns: str) -> list[tuple[Any, ...]]:
    return connection.execute(f"SELECT {columns} FROM runs ORDER BY id").fetchall()


def started(runner: FakeRunner) -> list[tuple[str, int]]:
    """Name and minutes since the beginning."""
    return [(name, round((at - START).total_seconds() / 60)) for name, at in runner.ran]


def test_a_run_is_a_row_with_its_crawl(
    scheduler: Make, connection: sqlite3.Connection, clock: FakeClock, runner: FakeRunner
) -> None:
    one = scheduler(HOURLY)
    one.step()
    assert rows(connection, "spider, outlet, due_at, started_at, ended_at, status, pid") == [
        ("seeds", "seeds", "2025-10-22T00:00:00Z", "2025-10-22T00:00:00Z", None, "running", 4321)
    ]
    begin_crawl(connection, "warc", "warc", {})  # of somebody else
    crawl_id = begin_crawl(connection, "seeds", "seeds", {})
    run_for(one, clock, 60)
    assert rows(connection, "ended_at, status, exit_status, crawl_id, said") == [
        ("2025-10-22T00:00:30Z", "ok", 0, crawl_id, None)
    ]


def test_the_row_is_there_before_the_process(
    scheduler: Make, path: Path, runner: FakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(*_: object) -> int:
        with closing(sqlite3.connect(path)) as other:
            assert other.execute("SELECT status FROM runs").fetchall() == [("running",)]
        raise OSError("no more processes")

    monkeypatch.setattr(runner, "start", look)
    scheduler(HOURLY).step()


def test_a_system_without_processes_is_a_failed_run(
    scheduler: Make, connection: sqlite3.Connection, runner: FakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "start", lambda *_: (_ for _ in ()).throw(OSError("Resource temporarily unavailable")))
    scheduler(HOURLY).step()
    assert rows(connection, "status, reason, said") == [
        ("failed", "not_started", "the process could not be started: Resource temporarily unavailable")
    ]


def test_somebody_else_crawling_the_outlet_is_no_failure(
    scheduler: Make, connection: sqlite3.Connection, clock: FakeClock, runner: FakeRunner
) -> None:
    runner.goes = lambda name, now: Crawl(1, 75 if now < START + timedelta(minutes=3) else 0)
    run_for(scheduler(HOURLY), clock, 3000)
    assert started(runner) == [("hourly", 0), ("hourly", 1), ("hourly", 2), ("hourly", 3)]
    assert rows(connection, "status, due_at") == [*[("busy", "2025-10-22T00:00:00Z")] * 3, ("ok", "2025-10-22T00:00:00Z")]
    assert schedules.states(connection)["hourly"].failures == 0


def test_a_site_that_stopped_its_crawl_is_asked_later_and_later(scheduler: Make, clock: FakeClock, runner: FakeRunner) -> None:
    runner.goes = lambda name, now: Crawl(1, 3)
    run_for(scheduler(HOURLY), clock, 8 * 3600)
    assert started(runner) == [("hourly", 0), ("hourly", 60), ("hourly", 180), ("hourly", 420)]


def test_jitter_delays_the_start_and_not_the_next_time(scheduler: Make, clock: FakeClock, runner: FakeRunner) -> None:
    run_for(scheduler(replace(HOURLY, jitter=600)), clock, 5 * 3600)
    minutes = [minute for _, minute in started(runner)]
    assert len(minutes) == 5
    assert all(0 <= minute - 60 * hour <= 10 for hour, minute in enumerate(minutes))
    assert len({minute % 60 for minute in minutes}) > 1


def test_what_is_paused_rests_and_makes_up_for_it_once(
    scheduler: Make, connection: sqlite3.Connection, clock: FakeClock, runner: FakeRunner
) -> None:
    one = scheduler(HOURLY)
    run_for(one, clock, 60)
    schedules.set_paused(connection, "hourly", clock.now())
    run_for(one, clock, 3 * 3600)
    schedules.set_paused(connection, "hourly", None)
    run_for(one, clock, 3600)
    assert started(runner) == [("hourly", 0), ("hourly", 181), ("hourly", 240)]


def test_an_entry_whose_time_was_edited_is_due_by_the_new_one(scheduler: Make, clock: FakeClock, runner: FakeRunner) -> None:
    files = [{"hourly": replace(HOURLY, timing=Cron("30 * * * *", "UTC"))}]
    one = scheduler(HOURLY, edited=lambda: files.pop() if files and clock.now() > START + timedelta(minutes=5) else None)
    run_for(one, clock, 2 * 3600)
    assert started(runner) == [("hourly", 0), ("hourly", 30), ("hourly", 90)]


def test_an_entry_that_left_the_file_runs_no_more(scheduler: Make, clock: FakeClock, runner: FakeRunner) -> None:
    files = [{"other": OTHER}]
    one = scheduler(HOURLY, OTHER, edited=lambda: files.pop() if files and clock.now() > START + timedelta(minutes=5) else None)
    run_for(one, clock, 2 * 3600 - 60)
    assert started(runner) == [("hourly", 0), ("other", 0), ("other", 60)]


# --- stopping -----------------------------------------------------------------------------------------------------------


def test_a_scheduler_that_is_stopped_ends_its_crawls_which_are_due_again(
    scheduler: Make, connection: sqlite3.Connection, clock: FakeClock, runner: FakeRunner
) -> None:
    runner.goes = lambda name, now: Crawl(3600, ends_when_asked=name == "hourly")
    clock.later(600, lambda: setattr(clock, "asked_to_stop", 1))
    assert scheduler(HOURLY, OTHER).run() == 0
    assert rows(connection, "status, reason, exit_status") == [
        ("stopped", "scheduler_stopped", 3), ("stopped", "scheduler_stopped", -9),
    ]  # fmt: skip
    assert runner.alive == set()
    clock.asked_to_stop = 0
    runner.goes = lambda name, now: Crawl(1)
    minute = (clock.now() - START).total_seconds() // 60
    run_for(scheduler(HOURLY, OTHER), clock, 60)
    assert started(runner)[2:] == [("hourly", minute), ("other", minute)]


def test_a_second_signal_kills_at_once(scheduler: Make, clock: FakeClock, runner: FakeRunner) -> None:
    runner.goes = lambda name, now: Crawl(3600, ends_when_asked=False)
    clock.later(10, lambda: setattr(clock, "asked_to_stop", 1))
    clock.later(12, lambda: setattr(clock, "asked_to_stop", 2))
    scheduler(HOURLY).run()
    assert clock.now() < START + timedelta(seconds=15)


# --- starting again -----------------------------------------------------------------------------------------------------


def test_what_a_dead_scheduler_left_is_waited_for_and_run_again(
    scheduler: Make, connection: sqlite3.Connection, clock: FakeClock, runner: FakeRunner
) -> None:
    scheduler(HOURLY, OTHER).step()
    begin_crawl(connection, "seeds", "seeds", {})
    runner.die()
    again = FakeRunner(clock, alive=runner.alive, ran=runner.ran)
    run_for(scheduler(HOURLY, OTHER, runner=again), clock, 60)
    assert rows(connection, "status") == [("lost",), ("lost",), ("ok",), ("ok",)]
    assert [(at - START).total_seconds() for _, at in runner.ran] == [0, 0, 2, 2]


def test_a_crawl_that_ended_well_after_its_scheduler_is_not_run_again(
    scheduler: Make, connection: sqlite3.Connection, clock: FakeClock, runner: FakeRunner
) -> None:
    scheduler(HOURLY).step()
    crawl_id = begin_crawl(connection, "seeds", "seeds", {})
    connection.execute("UPDATE crawls SET status = 'ok', finished_at = '2025-10-22T00:00:01Z' WHERE id = ?", (crawl_id,))
    runner.die()
    again = FakeRunner(clock, alive=runner.alive, ran=runner.ran)
    run_for(scheduler(HOURLY, runner=again), clock, 60)
    assert rows(connection, "status, crawl_id") == [("ok", crawl_id)]


def fill_the_disk(connection: sqlite3.Connection, clock: FakeClock) -> None:
    """Soon, until a day has passed."""
    ((pages,),) = connection.execute("PRAGMA page_count")
    connection.execute(f"PRAGMA max_page_count = {pages + 8}")
    clock.later(86400, lambda: connection.execute(f"PRAGMA max_page_count = {pages * 10}"))


def test_a_full_disk_is_waited_out_and_loses_nothing(
    scheduler: Make, clock: FakeClock, runner: FakeRunner, connection: sqlite3.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    fill_the_disk(connection, clock)
    clock.later(2 * 86400, lambda: setattr(clock, "asked_to_stop", 1))
    scheduler(replace(HOURLY, timing=Every("10m")), OTHER).run()
    hourly = [at for name, at in runner.ran if name == "hourly"]
    assert max(after - before for before, after in pairwise(hourly)) > timedelta(hours=1)  # it was full for so long
    assert hourly[-1] > START + timedelta(hours=47)
    assert [record.message.count("disk is full") for record in caplog.records if record.levelname == "ERROR"] == [1]
    found = rows(connection, "schedule_id, due_at, status")
    assert {status for _, _, status in found} <= {"ok", "stopped"}
    assert len({row[:2] for row in found}) == len(found) == len(runner.ran)


def test_a_scheduler_that_waits_for_room_can_be_ended(scheduler: Make, clock: FakeClock, connection: sqlite3.Connection) -> None:
    fill_the_disk(connection, clock)
    clock.later(80_000, lambda: setattr(clock, "asked_to_stop", 1))
    with pytest.raises(sqlite3.OperationalError, match="full"):
        scheduler(replace(HOURLY, timing=Every("10m"))).run()


def test_one_scheduler_a_database(path: Path) -> None:
    with schedule_lock(path), pytest.raises(Timeout):
        schedule_lock(path).acquire(timeout=0)


def test_the_scheduler_holds_no_lock_of_a_crawl(scheduler: Make, path: Path) -> None:
    with schedule_lock(path):
        scheduler(HOURLY).step()
        for outlet in ("seeds", "schedule", "run-hourly"):
            lock_outlet(path, outlet).release()
        with closing(open_database(path)) as other:
            other.execute("BEGIN IMMEDIATE")  # and no transaction is open
            other.execute("ROLLBACK")


# --- once ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statuses", "expected"), [((0, 0), 0), ((0, 75), 75), ((3, 75), 3), ((3, 1), 1), ((0, -9), 1)],
    ids=["ok", "busy", "partial", "failed", "killed"],
)  # fmt: skip
def test_once_runs_what_is_due_waits_and_ends_with_the_worst_status(
    scheduler: Make, clock: FakeClock, runner: FakeRunner, statuses: tuple[int, int], expected: int
) -> None:
    runner.goes = lambda name, now: Crawl(7200, statuses[name == "other"])
    later = Entry("later", "palms", Cron("0 6 * * *", "UTC"), "palms")
    assert scheduler(HOURLY, OTHER, later, once=True).run() == expected
    assert started(runner) == [("hourly", 0), ("other", 0)]  # each one time, though an hour passes


def test_once_with_nothing_due_ends_at_once(scheduler: Make, clock: FakeClock) -> None:
    assert scheduler(Entry("later", "palms", Cron("0 6 * * *", "UTC"), "palms"), once=True).run() == 0
    assert clock.now() == START


# --- what follows -------------------------------------------------------------------------------------------------------


def test_who_is_to_be_told_of_a_crawl_is_told_and_that_may_fail(
    scheduler: Make, path: Path, clock: FakeClock, runner: FakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[Any, ...]] = []

    def follows(*given: Any) -> None:
        told.append(given)
        raise RuntimeError("the mail server is down")

    monkeypatch.setattr(ended, "send_alerts", follows)
    one = scheduler(replace(HOURLY, alerts=TELL))
    one.following.executor = AtOnce()
    run_for(one, clock, 60)
    assert told == [(path, read_alerts(TELL), "seeds")]
    run_for(one, clock, 3700)
    assert len(runner.ran) == 2


def test_who_could_not_be_told_is_told_again_without_another_run(
    scheduler: Make, clock: FakeClock, runner: FakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[float] = []

    def follows(*_: object) -> int:
        tried.append((clock.now() - START).total_seconds())
        return int(len(tried) < 3)

    monkeypatch.setattr(ended, "send_alerts", follows)
    one = scheduler(replace(OTHER, timing=Cron("0 0 * * *", "UTC"), alerts=TELL))
    one.following.executor = AtOnce()
    schedules.set_due(one.connection, "other", str(one.entries["other"].timing), START)
    run_for(one, clock, 3 * 3600)
    assert tried == [30, 930, 1830]
    assert len(runner.ran) == 1


def test_what_killed_a_crawl_is_a_problem_when_its_run_ends(
    scheduler: Make, connection: sqlite3.Connection, clock: FakeClock, runner: FakeRunner
) -> None:
    runner.goes = lambda name, now: Crawl(1, -9)
    one = scheduler(HOURLY, OTHER)
    one.step()
    begin_crawl(connection, "seeds", "seeds", {})  # the other one came to no row
    run_for(one, clock, 10)
    problems = connection.execute("SELECT outlet, level, text, crawl_id FROM problems ORDER BY outlet").fetchall()
    why = "it was killed by SIGKILL, or crashed"
    assert problems == [("oasis", "failed", why, None), ("seeds", "failed", why, 1)]


def test_a_crawl_whose_outlet_changed_or_that_came_to_its_limit_keeps_its_times(
    scheduler: Make, connection: sqlite3.Connection, clock: FakeClock, runner: FakeRunner
) -> None:
    def unhealthy(name: str, now: datetime) -> Crawl:
        crawl_id = begin_crawl(connection, "seeds", "seeds", {})
        end_crawl(connection, crawl_id, CrawlEnd("finished", "failed", 9, 0, 0, 0, 0, {}))
        note_findings(connection, crawl_id, [Finding("kept", FAILED, "0 of 9 pages have an article")])
        return Crawl(1, 1)

    runner.goes = unhealthy
    run_for(scheduler(HOURLY), clock, 4 * 3600 - 60)
    assert started(runner) == [("hourly", 60 * hour) for hour in range(4)]


def test_a_crawl_is_given_its_arguments_settings_and_minimums() -> None:
    entry = replace(OTHER, arguments={"url": "https://a.example/?p=1"}, settings={"DOWNLOAD_DELAY": "2"}, minimums={"date": 0.9})
    assert module.arguments_of(entry) == [
        "oasis", "-a", "url=https://a.example/?p=1", "-s", 'HEALTH_MINIMUMS={"date": 0.9}', "-s", "DOWNLOAD_DELAY=2",
    ]  # fmt: skip


def test_what_a_crawl_printed_is_kept_without_what_a_terminal_obeys() -> None:
    assert printable("عنوان \x1b[31mأحمر\r\nسطر") == "عنوان \\x1b[31mأحمر\\r\nسطر"


def test_only_the_latest_runs_are_kept(
    scheduler: Make, connection: sqlite3.Connection, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schedules, "KEPT_RUNS", 5)
    run_for(scheduler(HOURLY, OTHER), clock, 20 * 3600)
    assert connection.execute("SELECT count(*), min(id) > 20 FROM runs GROUP BY schedule_id").fetchall() == [(6, 1), (6, 1)]
