"""Where recurring crawls stand, and what became of their runs. Short transactions; no lock of any crawl is taken."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

KEPT_RUNS = 1000  # of each schedule


@dataclass(frozen=True, slots=True)
class State:
    """A row of `schedules`. Times are aware, UTC."""

    id: int
    name: str
    timing: str
    due_at: datetime
    retry_at: datetime | None
    failures: int
    paused_at: datetime | None


@dataclass(frozen=True, slots=True)
class Run:
    """A row of `runs` that has begun."""

    id: int
    schedule_id: int
    name: str  # of its schedule
    spider: str
    outlet: str
    due_at: datetime
    started_at: datetime
    last_crawl_id: int


@dataclass(frozen=True, slots=True)
class CrawlOfRun:
    """What a row of `crawls` says of the run that it was."""

    id: int
    status: str | None = None  # None: it never ended
    is_done: bool = False  # it is not ok and nothing kept it from its work: it came to a CLOSESPIDER limit, or only health failed


@dataclass(frozen=True, slots=True)
class RunEnd:
    """How a run ended, as columns of its row."""

    ended_at: datetime
    status: str
    exit_status: int | None = None
    reason: str | None = None
    crawl_id: int | None = None
    said: str | None = None


def as_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def states(connection: sqlite3.Connection) -> dict[str, State]:
    """All there are, by name; also those whose entry has left the file."""
    rows = connection.execute("SELECT id, name, timing, due_at, retry_at, failures, paused_at FROM schedules")
    return {
        name: State(number, name, timing, _time(due_at), _time_or_none(retry_at), failures, _time_or_none(paused_at))
        for number, name, timing, due_at, retry_at, failures, paused_at in rows
    }


def set_due(connection: sqlite3.Connection, name: str, timing: str, due_at: datetime) -> None:
    """Of a new entry, or of one whose timing was edited: what failed before counts no more."""
    connection.execute(
        "INSERT INTO schedules (name, timing, due_at) VALUES (?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET timing = excluded.timing, due_at = excluded.due_at, retry_at = NULL, failures = 0",
        (name, timing, as_text(due_at)),
    )


def set_paused(connection: sqlite3.Connection, name: str, paused_at: datetime | None) -> None:
    """Keeps the moment of the first pause."""
    connection.execute(
        "UPDATE schedules SET paused_at = iif(? IS NULL, NULL, coalesce(paused_at, ?)) WHERE name = ?",
        (paused_at and as_text(paused_at), paused_at and as_text(paused_at), name),
    )


def begin_run(
    connection: sqlite3.Connection, state: State, spider: str, outlet: str, started_at: datetime, next_due_at: datetime
) -> Run:
    """The row of a run, before its process is there: a scheduler that dies in between finds it again."""
    ((last_crawl_id,),) = connection.execute("SELECT coalesce(max(id), 0) FROM crawls")
    cursor = connection.execute(
        "INSERT INTO runs (schedule_id, spider, outlet, due_at, started_at, status, last_crawl_id)"
        " VALUES (?, ?, ?, ?, ?, 'running', ?)",
        (state.id, spider, outlet, as_text(state.due_at), as_text(started_at), last_crawl_id),
    )
    connection.execute("UPDATE schedules SET due_at = ?, retry_at = NULL WHERE id = ?", (as_text(next_due_at), state.id))
    return Run(cursor.lastrowid or 0, state.id, state.name, spider, outlet, state.due_at, started_at, last_crawl_id)


def set_pid(connection: sqlite3.Connection, run_id: int, pid: int) -> None:
    connection.execute("UPDATE runs SET pid = ? WHERE id = ?", (pid, run_id))


def end_run(
    connection: sqlite3.Connection, run: Run, end: RunEnd, due_at: datetime, retry_at: datetime | None, failures: int
) -> None:
    """Ends the row and says when the schedule is due after it."""
    connection.execute(
        "UPDATE runs SET ended_at = ?, status = ?, exit_status = ?, reason = ?, crawl_id = ?, said = ? WHERE id = ?",
        (as_text(end.ended_at), end.status, end.exit_status, end.reason, end.crawl_id, end.said, run.id),
    )
    connection.execute(
        "UPDATE schedules SET due_at = ?, retry_at = ?, failures = ? WHERE id = ?",
        (as_text(due_at), retry_at and as_text(retry_at), failures, run.schedule_id),
    )
    connection.execute(
        "DELETE FROM runs WHERE schedule_id = ? AND id <="
        " (SELECT id FROM runs WHERE schedule_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?)",
        (run.schedule_id, run.schedule_id, KEPT_RUNS),
    )


def running(connection: sqlite3.Connection) -> list[Run]:
    """Runs that nobody has ended: those under way, and those of a scheduler that died."""
    rows = connection.execute(
        "SELECT r.id, r.schedule_id, s.name, r.spider, r.outlet, r.due_at, r.started_at, r.last_crawl_id"
        " FROM runs r JOIN schedules s ON s.id = r.schedule_id WHERE r.status = 'running' ORDER BY r.id"
    )
    return [
        Run(number, schedule_id, name, spider, outlet, _time(due_at), _time(started_at), last_crawl_id)
        for number, schedule_id, name, spider, outlet, due_at, started_at, last_crawl_id in rows
    ]


def crawl_of(connection: sqlite3.Connection, run: Run) -> CrawlOfRun | None:
    """The crawl that the run was; None if it came to none."""
    row = connection.execute(
        "SELECT id, iif(finished_at IS NULL, NULL, status),"
        " (finish_reason GLOB 'closespider_*' AND finish_reason <> 'closespider_errorcount')"
        " OR (finish_reason = 'finished' AND status = 'failed' AND health = 'failed' AND pages > 0 AND errors = 0)"
        " FROM crawls WHERE id > ? AND spider = ? AND outlet = ? ORDER BY id LIMIT 1",
        (run.last_crawl_id, run.spider, run.outlet),
    ).fetchone()
    return row and CrawlOfRun(row[0], row[1], bool(row[2]))


def history(connection: sqlite3.Connection, name: str | None, limit: int) -> list[dict[str, Any]]:
    """The latest runs, of all schedules or of one, newest first."""
    rows = connection.execute(
        "SELECT r.id, s.name, r.spider, r.outlet, r.due_at, r.started_at, r.ended_at,"
        " unixepoch(r.ended_at) - unixepoch(r.started_at) AS seconds, r.status, r.exit_status, r.reason,"
        " r.crawl_id, c.pages, c.articles, c.rejects, c.log_file, r.said FROM runs r JOIN schedules s ON s.id = r.schedule_id"
        " LEFT JOIN crawls c ON c.id = r.crawl_id WHERE ? IS NULL OR s.name = ? ORDER BY r.id DESC LIMIT ?",
        (name, name, limit),
    )
    names = [column[0] for column in rows.description]
    return [dict(zip(names, row, strict=True)) for row in rows]


def last_runs(connection: sqlite3.Connection) -> dict[str, dict[str, Any]]:
    """Of each schedule the last run: status, started_at, ended_at, pid."""
    rows = connection.execute(
        "SELECT s.name, r.status, r.started_at, r.ended_at, r.pid FROM schedules s JOIN runs r ON r.id ="
        " (SELECT max(id) FROM runs WHERE schedule_id = s.id)"
    )
    return {row[0]: dict(zip(("status", "started_at", "ended_at", "pid"), row[1:], strict=True)) for row in rows}


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _time_or_none(text: str | None) -> datetime | None:
    return _time(text) if text else None
