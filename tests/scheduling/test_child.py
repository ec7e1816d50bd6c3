"""A crawl watches for the end of its scheduler only if there is one."""

import os
import threading
from pathlib import Path

import pytest

from almasalla_crawler.scheduling.child import SCHEDULER_FD, end_with_the_scheduler


@pytest.mark.parametrize("given", ["", "no number", "-1", "987654", "file"])
def test_what_is_no_pipe_is_not_watched(given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "file").open("w", encoding="utf-8") as file:
        monkeypatch.setenv(SCHEDULER_FD, str(file.fileno()) if given == "file" else given)
        before = threading.active_count()
        end_with_the_scheduler()
    assert threading.active_count() == before


def test_the_pipe_is_not_handed_on_to_processes_of_the_crawl(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()  # stays open: its end would end this process
    os.set_inheritable(reader, True)
    monkeypatch.setenv(SCHEDULER_FD, str(reader))
    end_with_the_scheduler()
    assert (SCHEDULER_FD in os.environ, os.get_inheritable(reader)) == (False, False)
    assert writer > 0
