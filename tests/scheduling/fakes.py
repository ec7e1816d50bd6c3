"""A clock that jumps to whatever comes next, and crawls that take as long and end as a test says."""

import heapq
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from almasalla_crawler.scheduling.processes import Ended

ORPHAN_S = 2.0  # what a crawl needs to end when its scheduler is gone


class FakeClock:
    """Waiting takes no time. `later` makes something happen on the way."""

    def __init__(self, now: datetime) -> None:
        self.wall = now
        self.monotonic = 1000.0
        self.asked_to_stop = 0
        self._coming: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = count()

    def now(self) -> datetime:
        return self.wall

    def seconds(self) -> float:
        return self.monotonic

    def wait(self, seconds: float) -> None:
        until = self.monotonic + seconds
        if self._coming and self._coming[0][0] <= until:
            until, _, happen = heapq.heappop(self._coming)
            self._pass(until)
            happen()
        else:
            self._pass(until)

    def later(self, seconds: float, happen: Callable[[], None]) -> None:
        heapq.heappush(self._coming, (self.monotonic + seconds, next(self._numbers), happen))

    def at(self, wall: datetime, happen: Callable[[], None]) -> None:
        """As the clock goes now: one that is set on the way shows another time then."""
        self.later((wall - self.wall).total_seconds(), happen)

    def set(self, by: timedelta) -> None:
        """Somebody sets the wall clock."""
        self.wall += by

    def _pass(self, until: float) -> None:
        passed = max(0.0, until - self.monotonic)
        self.monotonic += passed
        self.wall += timedelta(seconds=passed)


class AtOnce(Executor):
    """Does what it is given before it answers: when it was done is no chance."""

    def submit(self, does, /, *args, **named):  # type: ignore[no-untyped-def]
        future: Future[object] = Future()
        future.set_result(does(*args, **named))
        return future


@dataclass
class Crawl:
    """How a crawl of a test goes."""

    seconds: float = 30
    exit_status: int = 0
    ends_when_asked: bool = True


@dataclass
class FakeClaim:
    released: bool = False

    def release(self) -> None:
        self.released = True


@dataclass
class FakeRunner:
    """`goes` says how a crawl goes. `ran` has the name and wall time of each start; `alive` is shared over restarts."""

    clock: FakeClock
    goes: Callable[[str, datetime], Crawl] = lambda name, now: Crawl()
    ran: list[tuple[str, datetime]] = field(default_factory=list)
    alive: set[str] = field(default_factory=set)
    most_at_once: int = 0
    is_dead: bool = False
    _over: list[Ended] = field(default_factory=list)
    _current: dict[str, Crawl] = field(default_factory=dict)

    def claim(self, name: str) -> FakeClaim | None:
        return None if name in self.alive else FakeClaim()

    def is_alive(self, name: str) -> bool:
        return name in self.alive

    def start(self, name: str, claim: FakeClaim, arguments: list[str]) -> int:
        assert name not in self.alive, "twice at a time"
        assert not claim.released
        crawl = self._current[name] = self.goes(name, self.clock.now())
        self.alive.add(name)
        self.ran.append((name, self.clock.now()))
        self.most_at_once = max(self.most_at_once, len(self.alive))
        self.clock.later(crawl.seconds, lambda: self._end(name, crawl, crawl.exit_status))
        return 4321

    def ended(self) -> list[Ended]:
        over, self._over = self._over, []
        return over

    def stop(self, name: str) -> None:
        crawl = self._current[name]
        if crawl.ends_when_asked:
            self.clock.later(1, lambda: self._end(name, crawl, 3))

    def kill(self, name: str) -> None:
        crawl = self._current[name]
        self.clock.later(0, lambda: self._end(name, crawl, -9))

    def die(self) -> None:
        """With the scheduler: what it started ends itself, and nobody hears of it."""
        self.is_dead = True
        for name, crawl in list(self._current.items()):
            self.clock.later(ORPHAN_S, lambda name=name, crawl=crawl: self._end(name, crawl, 0))  # type: ignore[misc]

    def _end(self, name: str, crawl: Crawl, exit_status: int) -> None:
        if self._current.get(name) is crawl:
            del self._current[name]
            self.alive.discard(name)
            if not self.is_dead:
                self._over.append(Ended(name, exit_status, f"scrapy crawl {name}: ended with {exit_status}"))
