"""A day of real crawls, by a clock that jumps: the site goes down, recovers slowly, and is rebuilt. Who is told of it, and when."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from almasalla_crawler.alerts import send as sending
from almasalla_crawler.scheduling import decide
from almasalla_crawler.scheduling.entries import Entry
from almasalla_crawler.scheduling.processes import Processes
from almasalla_crawler.scheduling.scheduler import Scheduler
from almasalla_crawler.scheduling.times import Every
from almasalla_crawler.storage.database import open_database
from tests.scheduling.conftest import START
from tests.scheduling.fakes import AtOnce
from tests.servers.serving import Answer, serve
from tests.servers.wordpress import WordPress, post

ROOT = Path(__file__).resolve().parents[2]
FAST = {"DOWNLOAD_DELAY": "0", "AUTOTHROTTLE_ENABLED": "False", "RETRY_TIMES": "0", "WORKERS": "0", "WARC_DIR": "",
        "ALLOW_PRIVATE_ADDRESSES": "True"}  # fmt: skip


class DayClock:
    """Waits for real crawls, and jumps over the time when none runs."""

    def __init__(self, now: datetime, runner: Processes) -> None:
        self.wall, self.runner, self.asked_to_stop = now, runner, 0
        self.passed = 0.0

    def now(self) -> datetime:
        return self.wall

    def seconds(self) -> float:
        return self.passed

    def wait(self, seconds: float) -> None:
        for process in self.runner.running.values():
            os.waitid(os.P_PID, process.popen.pid, os.WEXITED | os.WNOWAIT)
        passed = min(seconds, 60.0) if self.runner.running else seconds
        self.passed += passed
        self.wall += timedelta(seconds=passed)


class Site:
    """What the site is like at an hour of the day, and how many articles it has by then."""

    def __init__(self) -> None:
        self.wordpress = WordPress({}, frozenset({"sitemap"}))
        self.is_down, self.is_rebuilt, self.pause_seconds = False, False, 0.0

    def __call__(self, path: str, headers: dict[str, str]) -> Answer:
        time.sleep(self.pause_seconds)
        if self.is_down:
            return 503, {"Content-Type": "text/html"}, b"down"
        status, kind, body = self.wordpress(path, headers)
        if self.is_rebuilt and "/post-" in path:
            body = b'<!doctype html><html lang="ar"><body><div id="app"></div></body></html>'  # a script would fetch the text
        return status, kind, body

    def at(self, hour: int) -> None:
        """Five more articles every four hours. Down at four, slow at eight, rebuilt at noon, and at four as it was."""
        self.is_down, self.is_rebuilt = hour == 4, hour == 12
        self.pause_seconds = 0.2 if hour == 8 else 0.0
        edited = timedelta(hours=hour == 16)  # what is put right is a new version of its page
        for number in range(1, 6 + hour // 4 * 5):
            self.wordpress.posts[number] = post(number, modified=post(number).modified + edited * (number > 15))


Told = list[tuple[str, str, str]]


@pytest.fixture(scope="module")
def told() -> Told:
    """Hour, kind and title of all alerts of the day."""
    return []


@pytest.fixture(scope="module")
def day(told: Told, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The database after the day."""
    path, site = tmp_path_factory.mktemp("day") / "a.db", Site()
    with serve(site) as served, closing(open_database(path)) as connection, pytest.MonkeyPatch.context() as patch:
        patch.setattr(decide, "LONGEST_WAIT_S", 3600.0)
        patch.setattr(sending, "send_apart", lambda _, one, __: told.append((f"{clock.now():%H}", one.type, one.title)) or "")
        options = [part for name, value in (FAST | {"DATABASE_PATH": str(path)}).items() for part in ("-s", f"{name}={value}")]
        runner = Processes(path, ROOT, options)
        clock = DayClock(START, runner)
        entry = Entry("oasis", "site", Every("4h"), served.url.split("/")[2], {"url": served.url}, alerts={"urls": ["json://a/"]})
        scheduler = Scheduler(path, connection, {"oasis": entry}, runner, clock, at_once=2)
        scheduler.following.executor = AtOnce()
        while clock.now() < START + timedelta(hours=18):
            site.at(clock.now().hour)
            clock.wait(scheduler.step())
        yield connection


def test_each_crawl_runs_when_it_is_due_and_says_how_it_went(day: sqlite3.Connection) -> None:
    runs = day.execute("SELECT substr(due_at, 12, 5), status FROM runs ORDER BY id").fetchall()
    assert runs == [("00:00", "ok"), ("04:00", "partial"), ("08:00", "ok"), ("12:00", "failed"), ("16:00", "ok")]


def test_every_article_is_there_once(day: sqlite3.Connection) -> None:
    assert day.execute("SELECT count(*), count(DISTINCT url) FROM articles").fetchone() == (25, 25)
    assert day.execute("SELECT count(*) FROM pages WHERE kind = 'article' AND state <> 'stored'").fetchone() == (0,)


def test_each_run_has_its_crawl(day: sqlite3.Connection) -> None:
    found = day.execute("SELECT c.articles FROM runs r LEFT JOIN crawls c ON c.id = r.crawl_id ORDER BY r.id").fetchall()
    assert [articles for (articles,) in found] == [5, 0, 10, 0, 10]


def test_a_changed_layout_is_told_of_after_its_first_crawl_and_when_it_is_over(day: sqlite3.Connection, told: Told) -> None:
    """That the site was down once is nothing to tell: the next crawl found it up again."""
    outlet = day.execute("SELECT outlet FROM runs").fetchone()[0]
    changed = "0 of 5 pages have an article, 100% before: has the site changed? (5 empty)"
    assert told == [("12", "failure", f"{outlet}: {changed}"), ("16", "success", f"{outlet}: all is well again")]
