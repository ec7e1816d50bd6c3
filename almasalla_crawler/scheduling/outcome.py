"""What the end of a run means: its status, and when its schedule is due after it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from almasalla_crawler.scheduling.times import Timing, due_after_failures
from almasalla_crawler.storage.schedules import Run, State
from almasalla_crawler.verdict import BUSY, FAILED, OK, STOPPED_EARLY

TIME_LIMIT, SCHEDULER_STOPPED, NOT_STARTED = "time_limit", "scheduler_stopped", "not_started"  # reasons of runs.reason
BUSY_WAIT = timedelta(minutes=1)  # somebody else crawls the outlet
_STATUSES = {OK: "ok", STOPPED_EARLY: "partial", BUSY: "busy"}
_EXIT_STATUSES = {"failed": FAILED, "partial": STOPPED_EARLY, "stopped": STOPPED_EARLY, "busy": BUSY, "ok": OK}
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


def exit_status_of(statuses: list[str]) -> int:
    """Of a command that waited for runs with these statuses: the worst."""
    found = {_EXIT_STATUSES[status] for status in statuses}
    return next((status for status in _WORST_FIRST if status in found), OK)


def next_after(status: str, reason: str | None, run: Run, state: State, timing: Timing, now: datetime) -> Next:
    """A crawl that came to its end, or as far as its time allowed, is due at its next time; one that was kept from it is
    still due; one that failed, or that its site stopped, comes back later and later."""
    if status in ("stopped", "lost"):
        return Next(run.due_at, state.failures)
    if status == "busy":
        return Next(run.due_at, state.failures, now + BUSY_WAIT)
    if status == "ok" or (status == "partial" and reason == TIME_LIMIT):
        return Next(state.due_at, 0)
    failures = state.failures + 1
    return Next(due_after_failures(timing, state.due_at, now, failures), failures)
