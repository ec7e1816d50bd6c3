"""Crawls as processes: each in a session of its own, with a lock that it holds as long as it lives.

The scheduler opens and locks the file, the process inherits it, the scheduler closes its own: flock(2) belongs to the open
file, so the system frees it when the process is gone, however that came about, and whoever started it.
"""

import fcntl
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from almasalla_crawler.scheduling.child import SCHEDULER_FD

SCRAPY_CRAWL = (sys.executable, "-m", "scrapy", "crawl")
_KEPT_BYTES = 4000  # of what a crawl printed


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that is gone, and all it started."""

    name: str
    exit_status: int  # negative: the signal that killed it
    said: str  # the last paragraph of what it printed: the summary of a crawl, or why it came to none


@dataclass(frozen=True, slots=True)
class _Process:
    popen: subprocess.Popen[bytes]
    output: IO[bytes]


class Claim:
    """The right to run one schedule, until it is given to a process or released."""

    def __init__(self, path: Path) -> None:
        """Raises BlockingIOError while a process has it."""
        self.fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(self.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BaseException:
            os.close(self.fd)
            raise

    def release(self) -> None:
        os.close(self.fd)


class Processes:
    """Runs `command` in `folder`; `options` were given to all crawls and are stronger than those of one."""

    def __init__(self, database: Path, folder: Path, options: Sequence[str] = (), command: Sequence[str] = SCRAPY_CRAWL) -> None:
        self.database = database
        self.folder = folder
        self.options = options
        self.command = command
        self.running: dict[str, _Process] = {}
        self.lifeline, self._held_by_us_alone = os.pipe()  # when the scheduler is gone its children read the end of it

    def claim(self, name: str) -> Claim | None:
        """None while a process of that name lives, be it that of a scheduler that died."""
        try:
            return Claim(self.database.with_name(f"{self.database.name}-run-{name}.lock"))
        except BlockingIOError:
            return None

    def is_alive(self, name: str) -> bool:
        claim = self.claim(name)
        if claim is not None:
            claim.release()
        return claim is None

    def start(self, name: str, claim: Claim, arguments: Sequence[str]) -> int:
        """Id of the process, which has the claim now. Raises OSError if the system has none to give; the claim is free then."""
        output = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the process has ended
        try:
            popen = subprocess.Popen(
                [*self.command, *arguments, *self.options],
                cwd=self.folder,
                env=os.environ | {SCHEDULER_FD: str(self.lifeline)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=(self.lifeline, claim.fd),
                start_new_session=True,
            )
        except BaseException:
            output.close()
            raise
        finally:
            claim.release()
        self.running[name] = _Process(popen, output)
        return popen.pid

    def ended(self) -> list[Ended]:
        """Those that have ended since the last time. Whatever they left running is killed before their ids are free again."""
        return [self._reap(name, process) for name, process in list(self.running.items()) if _has_ended(process.popen.pid)]

    def stop(self, name: str) -> None:
        """Not with Popen.terminate, which would take the status of one that has ended meanwhile."""
        os.kill(self.running[name].popen.pid, signal.SIGTERM)

    def kill(self, name: str) -> None:
        _kill_group(self.running[name].popen.pid)

    def _reap(self, name: str, process: _Process) -> Ended:
        _kill_group(process.popen.pid)
        exit_status = process.popen.wait()
        del self.running[name]
        with process.output as output:
            output.seek(max(0, output.seek(0, os.SEEK_END) - _KEPT_BYTES))
            return Ended(name, exit_status, output.read().decode("utf-8", "replace").strip().rpartition("\n\n")[2])


def _has_ended(pid: int) -> bool:
    """Leaves it a zombie: nobody else gets its id meanwhile."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _kill_group(pid: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
