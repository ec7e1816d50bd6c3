"""A scheduler that is killed at any moment: nothing runs twice at a time, nothing due is lost, no process is left."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from itertools import pairwise
from pathlib import Path

import pytest

from almasalla_crawler.storage.database import open_database
from tests.typed import running

CYCLES = 3  # benchmarks/schedule.py kills the real one more often
pytestmark = pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="processes are found in /proc")


def start(folder: Path) -> AbstractContextManager[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "tests.scheduling.light_scheduler", str(folder)]
    return running(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def left(folder: Path) -> list[str]:
    """Crawls that are there, whoever started them; a zombie has no command line any more."""
    commands = [_command_line(path) for path in Path("/proc").glob("[0-9]*/cmdline")]
    return [command for command in commands if "light_crawl" in command and str(folder) in command]


def _command_line(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "replace").replace("\0", " ")
    except OSError:  # gone meanwhile
        return ""


def wait_until(happened: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it does not happen"
        time.sleep(0.05)


def runs(folder: Path) -> list[tuple[str, str, str]]:
    """Name, time it was due and status, in order."""
    query = "SELECT s.name, r.due_at, r.status FROM runs r JOIN schedules s ON s.id = r.schedule_id ORDER BY r.id"
    with closing(sqlite3.connect(folder / "a.db")) as connection:
        return connection.execute(query).fetchall()


def test_killed_again_and_again_it_runs_nothing_twice_and_loses_nothing(tmp_path: Path) -> None:
    chance = random.Random(7)
    open_database(tmp_path / "a.db").close()
    for _ in range(CYCLES):
        before = len(runs(tmp_path))
        with start(tmp_path) as scheduler:
            wait_until(lambda before=before: len(runs(tmp_path)) > before)  # type: ignore[misc]
            time.sleep(chance.uniform(0, 0.8))
            scheduler.kill()
        if chance.random() < 0.5:
            wait_until(lambda: not left(tmp_path), 10)
    with start(tmp_path) as scheduler:
        before = len(runs(tmp_path))
        wait_until(lambda: {name for name, _, status in runs(tmp_path)[before:] if status == "ok"} == {"a", "b", "c"})
        scheduler.send_signal(signal.SIGTERM)
        assert scheduler.wait(timeout=20) == 0
    assert left(tmp_path) == []
    assert not (tmp_path / "twice").exists()
    for name in ("a", "b", "c"):
        of_one = [(due_at, status) for one, due_at, status in runs(tmp_path) if one == name]
        for (due_at, status), (following, _) in pairwise(of_one):
            assert following == due_at if status in ("lost", "stopped") else following > due_at
        assert [status for _, status in of_one if status == "running"] == []


def test_a_crawl_that_does_not_listen_ends_after_its_scheduler_too(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    command = [sys.executable, "-m", "tests.scheduling.light_crawl", "a", "x", "300", str(tmp_path), "deaf"]
    environment = os.environ | {"ALMASALLA_SCHEDULER_FD": str(reader)}
    with running(command, env=environment, pass_fds=[reader], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        os.close(writer)
        assert process.wait(timeout=20) == -signal.SIGKILL
    os.close(reader)
