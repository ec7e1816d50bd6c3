"""A week in a minute: which crawls run, and when, while clocks are set, crawls fail and the scheduler dies."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from almasalla_crawler.scheduling import decide
from almasalla_crawler.scheduling.crawls_file import Entry
from almasalla_crawler.scheduling.scheduler import Scheduler
from almasalla_crawler.scheduling.times import Cron, Every
from almasalla_crawler.storage.database import open_database
from tests.scheduling.conftest import START
from tests.scheduling.fakes import Crawl, FakeClock, FakeRunner

LONDON = "Europe/London"  # summer ends in the night to 26 October: 01:30 is shown twice
END = START + timedelta(days=7)
QUICK = Entry("quick", "oasis", Every("15m"), "oasis")
TWIN = Entry("twin", "oasis", Every("6h"), "oasis")  # of the same outlet: it waits while `quick` runs
SHAKY = Entry("shaky", "harbour", Every("1h"), "harbour")
NIGHTLY = Entry("nightly", "seeds", Cron("30 1 * * *", LONDON), "seeds", time_zone=LONDON)
SLOW = Entry("slow", "palms", Cron("0 12 * * *", "UTC"), "palms", time_limit=1800)

SITE_DOWN = (datetime(2025, 10, 23, 9, 30, tzinfo=UTC), datetime(2025, 10, 24, 1, 30, tzinfo=UTC))
DIES = datetime(2025, 10, 24, 12, 0, 10, tzinfo=UTC)  # amid runs of quick, twin and slow
SLEEPS = datetime(2025, 10, 25, 10, 7, tzinfo=UTC)  # for three hours
SET_BACK = datetime(2025, 10, 27, 8, 5, tzinfo=UTC)  # by forty minutes


def goes(name: str, now: datetime) -> Crawl:
    if name == "shaky" and SITE_DOWN[0] <= now < SITE_DOWN[1]:
        return Crawl(5, exit_status=1)
    if name == "slow":
        return Crawl(7200, ends_when_asked=now.day % 2 == 0)  # on odd days it does not listen
    return Crawl(120 if name == "twin" else 30)


Week = list[tuple[str, datetime]]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    connection = open_database(tmp_path_factory.mktemp("week") / "a.db")
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def week(database: sqlite3.Connection) -> Week:
    """All starts of the week; the scheduler dies and is started again at once."""
    clock = FakeClock(START)
    clock.at(SLEEPS, lambda: clock.set(timedelta(hours=3)))
    clock.at(SET_BACK - timedelta(hours=3), lambda: clock.set(-timedelta(minutes=40)))
    runner = FakeRunner(clock, goes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decide, "LONGEST_WAIT_S", 300.0)
        drive(database, clock, runner, until=DIES)
        runner.die()
        clock.wait(0.5)  # not all that it left is gone
        drive(database, clock, FakeRunner(clock, goes, runner.ran, runner.alive), until=END)
    return runner.ran


def drive(database: sqlite3.Connection, clock: FakeClock, runner: FakeRunner, until: datetime) -> None:
    entries = {entry.name: entry for entry in (QUICK, TWIN, SHAKY, NIGHTLY, SLOW)}
    path = Path(database.execute("PRAGMA database_list").fetchone()[2])
    scheduler = Scheduler(path, database, entries, runner, clock, at_once=4)
    while clock.now() < until:
        clock.wait(min(scheduler.step(), (until - clock.now()).total_seconds()))


def starts(week: Week, name: str, day: int | None = None) -> list[str]:
    return [f"{at:%d %H:%M}" for one, at in week if one == name and day in (None, at.day)]


def grid(start: str, end: str, step: int, seconds: int = 0) -> list[str]:
    """Every so many minutes, both ends included."""
    moment, last = (datetime.strptime(f"2025-10-{text}", "%Y-%m-%d %H:%M") for text in (start, end))  # noqa: DTZ007
    found = []
    while moment <= last:
        found.append(f"{moment:%d %H:%M}")
        moment += timedelta(minutes=step)
    return found


def test_what_recurs_every_quarter_of_an_hour(week: Week) -> None:
    expected = grid("22 00:00", "24 12:00", 15)
    expected += grid("24 12:00", "25 10:00", 15)  # what died with the scheduler is made up for at once
    expected += ["25 13:07", *grid("25 13:15", "27 08:00", 15)]  # twelve that were slept through are one
    expected += [
        "27 07:40",
        "27 07:55",
        *grid("27 08:10", "28 23:55", 15),
    ]  # as long after the last as ever, whatever the clock shows
    assert starts(week, "quick") == expected


def test_another_crawl_of_the_same_outlet_waits_for_it(week: Week) -> None:
    assert starts(week, "twin") == [
        *grid("22 00:00", "24 12:00", 360), *grid("24 18:00", "25 06:00", 360), "25 13:07", *grid("25 18:00", "28 18:00", 360),
    ]  # fmt: skip
    quick = {at for name, at in week if name == "quick"}
    twin = [at for name, at in week if name == "twin"]
    assert all(at - timedelta(seconds=30) in quick for at in twin if at.minute == 0 and at.day < 27 and at.day != 24)


def test_what_fails_comes_later_and_later_until_it_succeeds(week: Week) -> None:
    assert starts(week, "shaky", 23) == [*grid("23 00:00", "23 11:00", 60), "23 13:00", "23 17:00"]
    assert starts(week, "shaky", 24) == [
        "24 00:00",
        "24 07:00",
        *grid("24 08:00", "24 12:00", 60),
        *grid("24 12:00", "24 23:00", 60),
    ]


def test_every_night_has_its_run_also_the_long_one(week: Week) -> None:
    assert starts(week, "nightly") == ["22 00:30", "23 00:30", "24 00:30", "25 00:30", "26 00:30", "27 01:30", "28 01:30"]


def test_a_crawl_that_does_not_end_by_itself_is_ended(week: Week, database: sqlite3.Connection) -> None:
    assert starts(week, "slow") == [
        "22 12:00",
        "23 12:00",
        "24 12:00",
        "24 12:00",
        "25 13:07",
        "26 12:00",
        "27 12:00",
        "28 12:00",
    ]
    rows = database.execute(
        "SELECT r.status, r.reason, r.exit_status, unixepoch(r.ended_at) - unixepoch(r.started_at) FROM runs r"
        " JOIN schedules s ON s.id = r.schedule_id WHERE s.name = 'slow' ORDER BY r.id"
    ).fetchall()
    asked, killed = ("partial", "time_limit", 3, 1801), ("failed", "time_limit", -9, 1860)
    lost = ("lost", None, None, 12)
    assert rows == [asked, killed, lost, asked, killed, asked, killed, asked]


def test_nothing_is_left_and_all_that_ran_is_told(week: Week, database: sqlite3.Connection) -> None:
    counts = dict(database.execute("SELECT status, count(*) FROM runs GROUP BY status").fetchall())
    assert sum(counts.values()) == len(week)
    assert counts["lost"] == 3  # quick, shaky and slow; twin was waiting for quick
    assert "running" not in counts
