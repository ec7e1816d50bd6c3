"""The scheduler: reads where schedules stand, lets `decide` say what to do, does it, and writes down what came of it.

A run's row is committed before its process starts, and a process holds its claim as long as it lives: whenever the scheduler
is killed, the next one knows what ran, waits until it is gone, and starts again what did not come to its end.
"""

import logging
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from filelock import FileLock

from almasalla_crawler.health.findings import FAILED as _GRAVE
from almasalla_crawler.health.findings import WARNING
from almasalla_crawler.scheduling.decide import STOP_GRACE_S, Due, Live, decide, jitter_of
from almasalla_crawler.scheduling.ended import EndedRun, Following, log_end
from almasalla_crawler.scheduling.entries import Entry, arguments_of
from almasalla_crawler.scheduling.outcome import (
    BUSY_WAIT,
    NOT_STARTED,
    SCHEDULER_STOPPED,
    TIME_LIMIT,
    Next,
    cut_off_by,
    exit_status_of,
    next_after,
    status_of,
)
from almasalla_crawler.scheduling.printable import printable
from almasalla_crawler.scheduling.processes import Ended
from almasalla_crawler.scheduling.surroundings import Clock, Runner
from almasalla_crawler.scheduling.times import believable
from almasalla_crawler.scheduling.under_way import UnderWay
from almasalla_crawler.storage import schedules
from almasalla_crawler.storage.database import transaction
from almasalla_crawler.storage.failures import explained
from almasalla_crawler.storage.health import note_cut_off
from almasalla_crawler.storage.locks import write_lock
from almasalla_crawler.storage.schedules import Run, RunEnd, State
from almasalla_crawler.verdict import FAILED, OK

PATIENCE_S = 900  # with whoever writes to the database for long: then it ends, and can be started again
ORPHANS_WAIT_S = 0.5  # between looks at processes of a scheduler that died
ROOM_WAIT_S = 60.0  # between attempts to write to a disk that is full
_DISK_ERRORS = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
logger = logging.getLogger(__name__)


def schedule_lock(path: Path) -> FileLock:
    """Held by the scheduler of a database as long as it lives. No outlet's lock has this name."""
    return FileLock(f"{path}-schedule.lock", timeout=1)


class Scheduler:
    """`at_once`: crawls in all. `once`: what is due runs, each entry one time, then `run` returns.

    `edited` returns the entries of a file that was edited since, None if it was not.
    """

    def __init__(
        self, path: Path, connection: sqlite3.Connection, entries: dict[str, Entry], runner: Runner, clock: Clock, at_once: int,
        once: bool = False, grace_s: float = STOP_GRACE_S, edited: Callable[[], dict[str, Entry] | None] = lambda: None,
    ) -> None:  # fmt: skip
        self.path, self.connection, self.lock = path, connection, write_lock(path)
        self.lock.timeout = PATIENCE_S
        self.entries, self.runner, self.clock = entries, runner, clock
        self.at_once, self.once, self.grace_s, self.edited = at_once, once, grace_s, edited
        self.under_way: dict[str, UnderWay] = {}
        self.orphans = {run.name: run for run in schedules.running(connection)}  # of a scheduler that died
        self.ended: list[Ended] = []  # processes whose end is not written down yet
        self.statuses: dict[str, str] = {}  # of runs that ended, by name; the last one
        self.looked_at: datetime | None = None
        self.is_idle = self.is_out_of_room = False
        self.following = Following(path)

    def run(self) -> int:
        """Until it is asked to stop; exit status, which is true with `once`."""
        while True:
            wait_s = self._step_if_there_is_room()
            if self.is_idle and (self.once or self.clock.asked_to_stop):
                break
            self.clock.wait(wait_s)
        self.following.executor.shutdown(cancel_futures=self.clock.asked_to_stop > 0)
        return exit_status_of(list(self.statuses.values())) if self.once else OK

    def _step_if_there_is_room(self) -> float:
        """A step that could not be written down is done again when it can be; all that was written before holds."""
        try:
            wait_s = self.step()
        except sqlite3.OperationalError as error:
            if self.once or self.clock.asked_to_stop or getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DISK_ERRORS:
                raise
            if not self.is_out_of_room:
                logger.error("%s It is tried again every minute.", explained(self.path, error))
            self.is_out_of_room = True
            return ROOM_WAIT_S
        if self.is_out_of_room:
            logger.info("%s can be written again.", self.path)
        self.is_out_of_room = False
        return wait_s

    def step(self) -> float:
        """Does what is to be done now; seconds until there may be more."""
        self._collect()
        self.following.again(self.clock.seconds())
        self.entries = self.edited() or self.entries
        now, seconds = self.clock.now(), self.clock.seconds()
        states = self._states(now)
        due = [] if self.clock.asked_to_stop else self._due(states, now)
        live = [one for one in self._live(seconds) if one.is_ours or not self.clock.asked_to_stop]
        grace_s = self.grace_s if self.clock.asked_to_stop < 2 else 0.0
        decision = decide(due, live, now, self.at_once, self.clock.asked_to_stop > 0, grace_s)
        for name in decision.stop:
            self._stop(self.under_way[name], seconds)
        for name in decision.kill:
            self.runner.kill(name)
        for name in decision.start:
            self._start(self.entries[name], states[name], now)
        self.is_idle = not live and not decision.start
        return min(decision.wait_s, ORPHANS_WAIT_S) if self.orphans else decision.wait_s

    # --- what is due, what runs -----------------------------------------------------------------------------------------

    def _states(self, now: datetime) -> dict[str, State]:
        """Of all schedules. New and edited entries get a time; so do those that a clock, set back since, has left far ahead."""
        known = schedules.states(self.connection)
        is_set_back = self.looked_at is None or now < self.looked_at
        self.looked_at = now
        put: dict[str, datetime] = {}
        for name, entry in self.entries.items():
            state = known.get(name)
            if state is None or state.timing != str(entry.timing):
                put[name] = entry.timing.first(now)
            elif is_set_back and (due_at := believable(entry.timing, state.due_at, now, state.failures)) != state.due_at:
                put[name] = due_at
        if not put:
            return known
        with self._transaction() as connection:
            for name, due_at in put.items():
                schedules.set_due(connection, name, str(self.entries[name].timing), due_at)
        return schedules.states(self.connection)

    def _due(self, states: dict[str, State], now: datetime) -> list[Due]:
        waiting = (
            (entry, states[name])
            for name, entry in self.entries.items()
            if name not in self.under_way and name not in self.orphans and not (self.once and name in self.statuses)
        )
        ready = (pair for pair in waiting if not pair[1].paused_at)
        return [Due(entry.name, entry.outlet, self._starts_at(entry, state, now)) for entry, state in ready]

    def _starts_at(self, entry: Entry, state: State, now: datetime) -> datetime:
        starts_at = state.due_at + jitter_of(entry.name, state.due_at, 0 if self.once else entry.jitter)
        return max(starts_at, min(state.retry_at or starts_at, now + BUSY_WAIT))

    def _live(self, seconds: float) -> list[Live]:
        ours = [one.live(seconds) for one in self.under_way.values()]
        return ours + [Live(run.name, run.outlet, 0, 0, is_ours=False) for run in self.orphans.values()]

    # --- beginning and ending -------------------------------------------------------------------------------------------

    def _start(self, entry: Entry, state: State, now: datetime) -> None:
        claim = self.runner.claim(entry.name)
        if claim is None:
            return
        try:
            with self._transaction() as connection:
                following = entry.timing.next(state.due_at, now)
                run = schedules.begin_run(connection, state, entry.spider, entry.outlet, now, following)
        except BaseException:
            claim.release()
            raise
        self.under_way[entry.name] = UnderWay(run, entry, self.clock.seconds())
        try:
            pid = self.runner.start(entry.name, claim, arguments_of(entry))
        except OSError as error:
            self.under_way[entry.name].reason = NOT_STARTED
            self._write_ends(Ended(entry.name, FAILED, f"the process could not be started: {error}"))
            return
        with self._transaction() as connection:
            schedules.set_pid(connection, run.id, pid)
        logger.info("%s: started, due %s", entry.name, schedules.as_text(state.due_at))

    def _stop(self, one: UnderWay, seconds: float) -> None:
        one.asked = seconds
        one.reason = SCHEDULER_STOPPED if self.clock.asked_to_stop else TIME_LIMIT
        self.runner.stop(one.entry.name)

    def _collect(self) -> None:
        self._write_ends(*self.runner.ended())
        for run in [run for run in self.orphans.values() if not self.runner.is_alive(run.name)]:
            self._settle(run)
            del self.orphans[run.name]

    def _write_ends(self, *processes: Ended) -> None:
        self.ended += processes
        while self.ended:
            self._end(self.ended[0])
            del self.ended[0]

    def _end(self, process: Ended) -> None:
        one, now = self.under_way[process.name], self.clock.now()
        reason = one.reason
        status = status_of(process.exit_status, reason)
        crawl = schedules.crawl_of(self.connection, one.run) if status != "busy" else None
        said = printable(process.said) if status not in ("ok", "busy") else None
        end = RunEnd(now, status, process.exit_status, reason, crawl.id if crawl else None, said)
        state = schedules.states(self.connection)[process.name]
        self._write_end(one.run, end, next_after(status, reason, crawl, one.run, state, one.entry.timing, now))
        del self.under_way[process.name]
        self.statuses[process.name] = status
        log_end(process.name, end, self.clock.seconds() - one.began)
        self.following.begin(EndedRun(one.entry, one.run, end), self.clock.seconds())

    def _settle(self, run: Run) -> None:
        """Of a scheduler that died: what its crawl did not bring to its end is due now."""
        crawl, state = schedules.crawl_of(self.connection, run), schedules.states(self.connection)[run.name]
        is_ok = crawl is not None and crawl.status == "ok"
        end = RunEnd(self.clock.now(), "ok" if is_ok else "lost", crawl_id=crawl.id if crawl else None)
        self._write_end(run, end, Next(state.due_at, 0) if is_ok else Next(run.due_at, state.failures))
        logger.warning("%s: the scheduler died while it ran; %s", run.name, "it came to its end" if is_ok else "it is due again")
        if run.name in self.entries:
            self.following.begin(EndedRun(self.entries[run.name], run, end), self.clock.seconds())

    def _write_end(self, run: Run, end: RunEnd, following: Next) -> None:
        """With the problem that it was, if its crawl could not write that down: whoever is killed now, it will be told."""
        with self._transaction() as connection:
            schedules.end_run(connection, run, end, following.due_at, following.retry_at, following.failures)
            if why := cut_off_by(end):
                note_cut_off(connection, run.spider, run.outlet, end.crawl_id, WARNING if end.status == "lost" else _GRAVE, why)

    def _transaction(self) -> AbstractContextManager[sqlite3.Connection]:
        return transaction(self.connection, self.lock)
