"""`scrapy inspect` as a user types it, at a free port."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


def inspected(path: Path) -> AbstractContextManager[tuple[str, subprocess.Popen[str]]]:
    return served([sys.executable, "-m", "scrapy", "inspect", "--port", "0", "-s", f"DATABASE_PATH={path}"], ROOT)


@contextmanager
def served(command: list[str], folder: Path, **variables: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address a command prints, and its process; ended by its id if it still runs."""
    process = subprocess.Popen(
        command, cwd=folder, env=os.environ | variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert found is not None, f"no address: {said}{process.communicate(timeout=30)[1]}"
        yield found[0], process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)
