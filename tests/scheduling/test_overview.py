"""Where entries stand, as `scrapy schedule list` shows it."""

import os
from datetime import timedelta
from itertools import pairwise

import pytest

from almasalla_crawler.scheduling.entries import Entry
from almasalla_crawler.scheduling.overview import coming, local_time, overview
from almasalla_crawler.scheduling.times import Cron, Every
from almasalla_crawler.storage.schedules import State
from tests.scheduling.conftest import START

HOURLY = Entry("hourly", "seeds", Every("1h"), "seeds")
NIGHTLY = Entry("nightly", "oasis", Cron("0 3 * * *", "Asia/Baghdad"), "oasis")
GONE = 2**22 + 1  # no process has this id on Linux


def state(hours: float, paused: bool = False) -> State:
    return State(1, "hourly", "every 1h", START + timedelta(hours=hours), None, 0, START if paused else None)


@pytest.mark.parametrize(
    ("stands", "last_run", "expected"),
    [
        (None, {}, ("due", None)),
        (state(1), {"status": "ok", "pid": GONE}, ("waiting", "ok")),
        (state(-1), {"status": "failed", "pid": GONE}, ("due", "failed")),
        (state(-1, paused=True), {"status": "ok", "pid": GONE}, ("paused", "ok")),
        (state(1), {"status": "running", "pid": os.getpid()}, ("running", "running")),
        (state(1), {"status": "running", "pid": None}, ("running", "running")),
        (state(1), {"status": "running", "pid": GONE}, ("due", "lost")),
    ],
    ids=["new", "waiting", "due", "paused", "running", "starting", "lost"],
)
def test_an_entry_is_shown_as_it_stands(
    stands: State | None, last_run: dict[str, object], expected: tuple[str, str | None]
) -> None:
    (row,) = overview({"hourly": HOURLY}, {"hourly": stands} if stands else {}, {"hourly": last_run}, START)
    assert (row["state"], row["last_status"]) == expected


def test_the_coming_times_of_all_entries_are_in_order() -> None:
    rows = coming({"nightly": NIGHTLY, "hourly": HOURLY}, {"hourly": state(0.5)}, START, 30)
    assert all(before["due_at"] <= after["due_at"] for before, after in pairwise(rows))
    assert [row["due_at"] for row in rows if row["name"] == "nightly"] == ["2025-10-23T00:00:00Z"]
    assert rows[0] == {"due_at": "2025-10-22T00:30:00Z", "name": "hourly"}
    assert len(rows) == 30


def test_times_are_shown_on_the_clock_of_the_entry() -> None:
    assert local_time("2025-10-22T00:00:00Z", "Asia/Baghdad") == "2025-10-22 03:00 +03"
    assert local_time(None, "UTC") == ""
