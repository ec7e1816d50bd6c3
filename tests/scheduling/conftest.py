"""A database, a clock and a runner, and a scheduler over them."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from almasalla_crawler.scheduling.entries import Entry
from almasalla_crawler.scheduling.scheduler import Scheduler
from almasalla_crawler.storage.database import open_database
from tests.scheduling.fakes import FakeClock, FakeRunner

START = datetime(2025, 10, 22, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    connection = open_database(path)
    yield connection
    connection.close()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(START)


@pytest.fixture
def runner(clock: FakeClock) -> FakeRunner:
    return FakeRunner(clock)


@pytest.fixture
def scheduler(path: Path, connection: sqlite3.Connection, clock: FakeClock, runner: FakeRunner) -> Callable[..., Scheduler]:
    """One that runs these entries."""

    def make(*entries: Entry, at_once: int = 4, **given: Any) -> Scheduler:
        return Scheduler(
            path, connection, {entry.name: entry for entry in entries}, given.pop("runner", runner), clock, at_once, **given
        )

    return make
