"""What the end of a run means: its status, and when its schedule is due after it."""

import signal
from dataclasses import dataclass
from datetime import datetime, timedelta

from almasalla_crawler.scheduling.times import Timing, due_after_failures
from almasalla_crawler.storage.schedules import CrawlOfRun, Run, RunEnd, State
from almasalla_crawler.verdict import BUSY, FAILED, OK, STOPPED_EARLY

TIME_LIMIT, SCHEDULER_STOPPED, NOT_STARTED = "time_limit", "scheduler_stopped", "not_started"  # reasons of runs.reason
BUSY_WAIT = timedelta(minutes=1)  # somebody else crawls the outlet
_STATUSES = {OK: "ok", STOPPED_EARLY: "partial", BUSY: "busy"}
_EXIT_STATUSES = {"failed": FAILED, "partial": STOPPED_EARLY, "stopped": STOPPED_EARLY, "busy": BUSY, "ok": OK}
_LONGEST_WHY = 300  # characters
_WORST_FIRST = (FAILED, STOPPED_EARLY, BUSY)


@dataclass(frozen=True, slots=True)
class Next:
    """Where a schedule stands after a run."""

    due_at: datetime
    failures: int
    retry_at: datetime | None = None


def status_of(exit_status: int, reason: str | None) -> str:
    status = _STATUSES.get(exit_status, "failed")
    return "stopped" if reason == SCHEDULER_STOPPED and status != "ok" else status


def cut_off_by(end: RunEnd) -> str:
    """Why a crawl could not say itself how it ended, in one line for a person; "" if nothing is wrong."""
    if end.status == "lost":
        return "the scheduler died while it ran"
    if end.status != "failed":
        return ""
    if end.reason == TIME_LIMIT:
        return "it did not end at its time limit and had to be killed"
    if end.exit_status is not None and end.exit_status < 0:
        return f"it was killed by {_signal_name(-end.exit_status)}, or crashed"
    return " ".join((end.said or "").split())[:_LONGEST_WHY] or f"it ended with exit status {end.exit_status}"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # a real-time signal
        return f"signal {number}"


def exit_status_of(statuses: list[str]) -> int:
    """Of a command that waited for runs with these statuses: the worst."""
    found = {_EXIT_STATUSES[status] for status in statuses}
    return next((status for status in _WORST_FIRST if status in found), OK)


def next_after(
    status: str, reason: str | None, crawl: CrawlOfRun | None, run: Run, state: State, timing: Timing, now: datetime
) -> Next:
    """A crawl that came to its end, or as far as it might, is due at its next time, also if its outlet is not as it was; one
    that was kept from it is still due; one that failed, or that its site stopped, comes back later and later."""
    if status in ("stopped", "lost"):
        return Next(run.due_at, state.failures)
    if status == "busy":
        return Next(run.due_at, state.failures, now + BUSY_WAIT)
    is_done = crawl is not None and crawl.is_done
    if status == "ok" or (status == "partial" and reason == TIME_LIMIT) or (is_done and reason is None):
        return Next(state.due_at, 0)
    failures = state.failures + 1
    return Next(due_after_failures(timing, state.due_at, now, failures), failures)
