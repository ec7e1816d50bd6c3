"""Crawls as processes: claims, limits, what they print and what they leave."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from almasalla_crawler.scheduling.processes import Ended, Processes

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    processes = Processes(tmp_path / "a.db", ROOT, command=(sys.executable, "-m", "tests.scheduling.light_crawl"))
    yield processes
    for name in list(processes.running):
        processes.kill(name)
    with suppress(AssertionError):
        all_ended(processes)


def start(processes: Processes, tmp_path: Path, name: str = "a", seconds: float = 0, *rest: str) -> int:
    claim = processes.claim(name)
    assert claim is not None
    return processes.start(name, claim, [name, name, str(seconds), str(tmp_path), *rest])


def all_ended(processes: Processes) -> list[Ended]:
    found, deadline = [], time.monotonic() + 20
    while processes.running:
        found += processes.ended()
        assert time.monotonic() < deadline, "it does not end"
        time.sleep(0.01)
    return found


def has_begun(tmp_path: Path) -> None:
    deadline = time.monotonic() + 20
    while not (tmp_path / "ran").exists():
        assert time.monotonic() < deadline, "it does not begin"
        time.sleep(0.01)


def test_the_end_of_a_crawl_is_told_with_its_status_and_what_it_printed(processes: Processes, tmp_path: Path) -> None:
    start(processes, tmp_path, "a", 0, "fails")
    assert all_ended(processes) == [Ended("a", 1, "a runs")]


def test_a_crawl_holds_its_claim_as_long_as_it_lives(processes: Processes, tmp_path: Path) -> None:
    start(processes, tmp_path, "a", 300)
    others = Processes(tmp_path / "a.db", ROOT)
    assert (processes.claim("a"), others.claim("a"), others.is_alive("a")) == (None, None, True)
    assert not others.is_alive("b")
    processes.kill("a")
    assert [one.exit_status for one in all_ended(processes)] == [-signal.SIGKILL]
    assert not others.is_alive("a")


def test_a_crawl_that_is_asked_ends(processes: Processes, tmp_path: Path) -> None:
    start(processes, tmp_path, "a", 300)
    has_begun(tmp_path)
    processes.stop("a")
    assert [one.exit_status for one in all_ended(processes)] == [-signal.SIGTERM]


def test_a_crawl_that_ended_a_moment_ago_may_be_asked_to_end(processes: Processes, tmp_path: Path) -> None:
    pid = start(processes, tmp_path, "a", 0)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    processes.stop("a")
    assert [one.exit_status for one in all_ended(processes)] == [0]


def test_what_a_crawl_left_running_is_killed_with_it(processes: Processes, tmp_path: Path) -> None:
    pid = start(processes, tmp_path, "a", 0.1, "parent")
    assert [one.exit_status for one in all_ended(processes)] == [0]
    deadline = time.monotonic() + 10
    while pid in groups_alive():
        assert time.monotonic() < deadline, "a process is left"
        time.sleep(0.01)


def groups_alive() -> set[int]:
    """Process groups of all processes but zombies, which may wait for an init that does not care."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, group = path.read_text("utf-8").rpartition(")")[2].split()[:3]
            found |= {int(group)} - ({int(group)} if state == "Z" else set())
    return found


def test_a_command_that_cannot_be_started_leaves_the_claim_free(tmp_path: Path) -> None:
    processes = Processes(tmp_path / "a.db", ROOT, command=(str(tmp_path / "no-such-program"),))
    with pytest.raises(FileNotFoundError):
        start(processes, tmp_path)
    assert not processes.is_alive("a")
