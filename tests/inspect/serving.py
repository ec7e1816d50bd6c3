"""`scrapy inspect` as a user types it, at a free port."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


@contextmanager
def inspected(path: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address it prints, and the process; ended by its id if it still runs."""
    command = [sys.executable, "-m", "scrapy", "inspect", "--port", "0", *options, "-s", f"DATABASE_PATH={path}"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", said)
        if found is None:
            process.wait(30)
            raise AssertionError(f"no address: {said}{process.stderr.read() if process.stderr else ''}")
        yield found[0], process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
