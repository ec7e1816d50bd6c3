"""A week in a minute: which crawls run, and when, and who is told, while clocks are set, crawls fail and the scheduler dies."""

import sqlite3
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from almasalla_crawler.alerts import send as sending
from almasalla_crawler.alerts.messages import Message
from almasalla_crawler.alerts.targets import Target
from almasalla_crawler.health.judge import of_the_crawl
from almasalla_crawler.scheduling import decide
from almasalla_crawler.scheduling.entries import Entry
from almasalla_crawler.scheduling.scheduler import Scheduler
from almasalla_crawler.scheduling.times import Cron, Every
from almasalla_crawler.storage.crawls import CrawlEnd, begin_crawl, end_crawl
from almasalla_crawler.storage.database import open_database
from almasalla_crawler.storage.health import note_findings
from almasalla_crawler.verdict import judge
from tests.scheduling.conftest import START
from tests.scheduling.fakes import AtOnce, Crawl, FakeClaim, FakeClock, FakeRunner

LONDON = "Europe/London"  # summer ends in the night to 26 October: 01:30 is shown twice
END = START + timedelta(days=7)
QUICK = Entry("quick", "oasis", Every("15m"), "oasis")
TELL = {"urls": ["json://127.0.0.1:1/"]}
TWIN = Entry("twin", "oasis", Every("6h"), "oasis", alerts=TELL)  # of the same outlet: it waits while `quick` runs
SHAKY = Entry("shaky", "harbour", Every("1h"), "harbour", alerts=TELL)
NIGHTLY = Entry("nightly", "seeds", Cron("30 1 * * *", LONDON), "seeds", time_zone=LONDON, alerts=TELL)
SLOW = Entry("slow", "palms", Cron("0 12 * * *", "UTC"), "palms", time_limit=1800, alerts=TELL)
ENTRIES = {entry.name: entry for entry in (QUICK, TWIN, SHAKY, NIGHTLY, SLOW)}

SITE_DOWN = (datetime(2025, 10, 23, 9, 30, tzinfo=UTC), datetime(2025, 10, 24, 1, 30, tzinfo=UTC))
DIES = datetime(2025, 10, 24, 12, 0, 10, tzinfo=UTC)  # amid runs of quick, twin and slow
SLEEPS = datetime(2025, 10, 25, 10, 7, tzinfo=UTC)  # for three hours
SET_BACK = datetime(2025, 10, 27, 8, 5, tzinfo=UTC)  # by forty minutes


def goes(name: str, now: datetime) -> Crawl:
    if name == "shaky" and SITE_DOWN[0] <= now < SITE_DOWN[1]:
        return Crawl(5, exit_status=1)
    if name == "slow" and now.day < 28:
        return Crawl(7200, ends_when_asked=now.day % 2 == 0)  # on odd days it does not listen
    return Crawl(120 if name == "twin" else 30)


@dataclass
class CrawlingRunner(FakeRunner):
    """Writes the rows of crawls as a crawl does."""

    database: sqlite3.Connection = field(kw_only=True)
    ids: dict[str, int] = field(default_factory=dict)

    def start(self, name: str, claim: FakeClaim, arguments: list[str]) -> int:
        self.ids[name] = begin_crawl(self.database, ENTRIES[name].spider, ENTRIES[name].outlet, {})
        return super().start(name, claim, arguments)

    def _end(self, name: str, crawl: Crawl, exit_status: int) -> None:
        if self._current.get(name) is crawl and exit_status >= 0 and not self.is_dead:
            self._write_end(self.ids[name], exit_status)
        super()._end(name, crawl, exit_status)

    def _write_end(self, crawl_id: int, exit_status: int) -> None:
        pages, reason = 9 * (exit_status == 0), "shutdown" if exit_status == 3 else "finished"
        verdict = judge({"almasalla/pages": pages}, reason)
        assert verdict.exit_code == exit_status
        end_crawl(self.database, crawl_id, CrawlEnd(reason, verdict.status, pages, 0, 0, 0, 0, {}))
        note_findings(self.database, crawl_id, [of_the_crawl(verdict.health, verdict.why, 0)])


Week = list[tuple[str, datetime]]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    connection = open_database(tmp_path_factory.mktemp("week") / "a.db")
    connection.execute("PRAGMA synchronous = OFF")
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def told() -> Week:
    """Titles of all alerts of the week, and when they were sent."""
    return []


@pytest.fixture(scope="module")
def week(database: sqlite3.Connection, told: Week) -> Week:
    """All starts of the week; the scheduler dies and is started again at once."""
    clock = FakeClock(START)
    clock.at(SLEEPS, lambda: clock.set(timedelta(hours=3)))
    clock.at(SET_BACK - timedelta(hours=3), lambda: clock.set(-timedelta(minutes=40)))
    runner = CrawlingRunner(clock, goes, database=database)

    def send(target: Target, message: Message, timeout_seconds: float) -> str:
        told.append((message.title, clock.now()))
        return ""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decide, "LONGEST_WAIT_S", 300.0)
        patch.setattr(sending, "send_apart", send)
        drive(database, clock, runner, until=DIES)
        runner.die()
        clock.wait(0.5)  # not all that it left is gone
        drive(database, clock, CrawlingRunner(clock, goes, runner.ran, runner.alive, database=database), until=END)
    return runner.ran


def drive(database: sqlite3.Connection, clock: FakeClock, runner: FakeRunner, until: datetime) -> None:
    path = Path(database.execute("PRAGMA database_list").fetchone()[2])
    scheduler = Scheduler(path, database, ENTRIES, runner, clock, at_once=4)
    scheduler.following.executor, scheduler.lock = AtOnce(), nullcontext()  # type: ignore[assignment]  # nobody else writes
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
    assert rows == [asked, killed, lost, asked, killed, asked, killed, ("ok", None, 0, 30)]


def test_each_problem_is_told_once_and_once_that_it_is_over(week: Week, told: Week) -> None:
    """A run that was lost with its scheduler is made up for at once: that is nothing to tell."""
    assert [(title, f"{at:%d %H:%M}") for title, at in told] == [
        ("harbour: nothing readable", "23 10:00"),
        ("palms: it did not end at its time limit and had to be killed", "23 12:31"),
        ("harbour: all is well again", "24 07:00"),
        ("palms: all is well again", "28 12:00"),
    ]


def test_nothing_is_left_and_all_that_ran_is_told(week: Week, database: sqlite3.Connection) -> None:
    counts = dict(database.execute("SELECT status, count(*) FROM runs GROUP BY status").fetchall())
    assert sum(counts.values()) == len(week)
    assert counts["lost"] == 3  # quick, shaky and slow; twin was waiting for quick
    assert "running" not in counts
