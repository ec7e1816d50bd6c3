"""What to start, what to stop and how long to wait: a pure function of what is due and what runs."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

STOP_GRACE_S = 60.0  # from SIGTERM to SIGKILL: a page under way has DOWNLOAD_TIMEOUT to come to its end
LONGEST_WAIT_S = 15.0  # the wall clock may be set, a schedule be resumed, the file be edited meanwhile


@dataclass(frozen=True, slots=True)
class Due:
    """A schedule that neither runs nor is paused."""

    name: str
    outlet: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Live:
    """A run under way. Durations are measured by a clock that nobody sets."""

    name: str
    outlet: str
    seconds: float  # since it began
    time_limit: float
    asked_seconds: float | None = None  # since it was asked to end; None if it was not
    is_ours: bool = True  # False: started by a scheduler that died; it is ending itself


@dataclass(frozen=True, slots=True)
class Decision:
    start: list[str] = field(default_factory=list)
    stop: list[str] = field(default_factory=list)
    kill: list[str] = field(default_factory=list)
    wait_s: float = LONGEST_WAIT_S


def decide(
    due: Iterable[Due], live: Sequence[Live], now: datetime, at_once: int,
    is_stopping: bool = False, grace_s: float = STOP_GRACE_S,
) -> Decision:  # fmt: skip
    """The longest due first; one an outlet, `at_once` in all. Whatever exceeds its limit is asked to end, then killed."""
    ours = [one for one in live if one.is_ours]
    stop = [one.name for one in ours if one.asked_seconds is None and (is_stopping or one.seconds >= one.time_limit)]
    kill = [one.name for one in ours if one.asked_seconds is not None and one.asked_seconds >= grace_s]
    waiting = [] if is_stopping else sorted(due, key=lambda one: (one.starts_at, one.name))
    busy = {one.outlet for one in live}
    start: list[str] = []
    for one in waiting:
        if one.starts_at <= now and one.outlet not in busy and len(live) + len(start) < at_once:
            busy.add(one.outlet)
            start.append(one.name)
    ends = [grace_s if one.name in stop or one.name in kill else _until_its_end(one, grace_s) for one in ours]
    starts = [(one.starts_at - now).total_seconds() for one in waiting if one.starts_at > now]
    return Decision(start, stop, kill, min([LONGEST_WAIT_S, *ends, *starts]))


def jitter_of(name: str, due_at: datetime, jitter: int) -> timedelta:
    """Between nothing and `jitter` seconds: as good as random, and the same again after a restart."""
    return timedelta(seconds=zlib.crc32(f"{name} {due_at.isoformat()}".encode()) % (jitter + 1))


def _until_its_end(one: Live, grace_s: float) -> float:
    if one.asked_seconds is not None:
        return max(grace_s - one.asked_seconds, 0)
    return max(one.time_limit - one.seconds, 0)
