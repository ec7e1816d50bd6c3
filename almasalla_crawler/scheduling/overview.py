"""Where the entries of crawls.toml stand, as rows to be shown."""

import heapq
import os
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from almasalla_crawler.scheduling.entries import Entry
from almasalla_crawler.storage.schedules import State, as_text


def overview(
    entries: dict[str, Entry], states: dict[str, State], last_runs: dict[str, dict[str, Any]], now: datetime
) -> list[dict[str, Any]]:
    """A row an entry, in the order of the file. `state`: running, paused, due, waiting. A run whose process is gone without a
    scheduler to see it was lost, and is due."""
    return [_row(entry, states.get(name), last_runs.get(name, {}), now) for name, entry in entries.items()]


def coming(entries: dict[str, Entry], states: dict[str, State], now: datetime, limit: int) -> list[dict[str, Any]]:
    """The next times of all entries that are not paused, without jitter, failures to come and waiting for one another."""
    running = [(entry, states.get(name)) for name, entry in entries.items() if not _paused(states.get(name))]
    times = heapq.merge(*(_times(entry, state, now) for entry, state in running))
    return [{"due_at": as_text(due_at), "name": name} for due_at, name in _first(times, limit)]


def local_time(text: str | None, zone: str) -> str:
    """`2026-11-29 21:15 +03` of a time in UTC; "" for none."""
    return f"{datetime.fromisoformat(text).astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M %Z}" if text else ""


def _row(entry: Entry, state: State | None, last_run: dict[str, Any], now: datetime) -> dict[str, Any]:
    due_at, status = state.due_at if state else entry.timing.first(now), last_run.get("status")
    is_running = status == "running" and _is_there(last_run["pid"])
    is_due = due_at <= now or (status == "running" and not is_running)
    return {
        "name": entry.name,
        "spider": entry.spider,
        "outlet": entry.outlet,
        "timing": str(entry.timing),
        "time_zone": entry.time_zone,
        "state": "running" if is_running else "paused" if _paused(state) else "due" if is_due else "waiting",
        "due_at": as_text(due_at),
        "failures": state.failures if state else 0,
        "last_status": "lost" if status == "running" and not is_running else status,
        "last_started_at": last_run.get("started_at"),
        "last_ended_at": last_run.get("ended_at"),
    }


def _is_there(pid: int | None) -> bool:
    """Good enough to be shown; the scheduler itself asks for the lock. Without an id it is starting."""
    try:
        os.kill(pid or os.getpid(), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _times(entry: Entry, state: State | None, now: datetime) -> Iterator[tuple[datetime, str]]:
    due_at = state.due_at if state else entry.timing.first(now)
    while True:
        yield due_at, entry.name
        due_at = entry.timing.next(due_at, max(due_at, now))


def _first(times: Iterator[tuple[datetime, str]], limit: int) -> Iterator[tuple[datetime, str]]:
    return (one for _, one in zip(range(limit), times, strict=False))


def _paused(state: State | None) -> bool:
    return state is not None and state.paused_at is not None
