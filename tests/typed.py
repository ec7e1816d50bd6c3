"""Commands as a user types them, started by a process that has imported Scrapy already: most of a small crawl is its start."""

import multiprocessing
import os
import pkgutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scrapy.cmdline import execute

import almasalla_crawler

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 120
SCRAPY = (sys.executable, "-m", "scrapy")
_starting = multiprocessing.get_context("forkserver")
_ours = [module.name for module in pkgutil.walk_packages(almasalla_crawler.__path__, "almasalla_crawler.")]
_starting.set_forkserver_preload(["scrapy.crawler", *_ours, __name__])


@dataclass
class Typed:
    """A command that runs, and the files with what it says."""

    process: ForkServerProcess
    out: Path
    err: Path

    def send_signal(self, signal: int) -> None:
        """Nothing where the process has ended."""
        if self.process.is_alive() and self.process.pid is not None:
            os.kill(self.process.pid, signal)

    def ended(self) -> subprocess.CompletedProcess[str]:
        """Waits for its end. Raises TimeoutExpired."""
        self.process.join(SECONDS)
        if self.process.exitcode is None:
            raise subprocess.TimeoutExpired("scrapy", SECONDS, self.out.read_bytes(), self.err.read_bytes())
        return subprocess.CompletedProcess(
            "scrapy", self.process.exitcode, self.out.read_text("utf-8"), self.err.read_text("utf-8")
        )


def scrapy(
    *arguments: str, first: str = "", cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """`scrapy ARGUMENTS` in a process of its own, without input; `first` is Python that it runs before."""
    with started(*arguments, first=first, cwd=cwd, env=env) as typed:
        return typed.ended()


@contextmanager
def started(*arguments: str, first: str = "", cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> Iterator[Typed]:
    """The same while it runs; killed at the end of the block if it still does."""
    with TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        process = _starting.Process(target=_run, args=(arguments, first, cwd, dict(env or os.environ), out, err))
        process.start()
        try:
            yield Typed(process, out, err)
        finally:
            process.kill()
            process.join()


def _run(arguments: tuple[str, ...], first: str, folder: Path, environment: dict[str, str], out: Path, err: Path) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.path.insert(0, str(folder))
    sys.argv = ["scrapy", *arguments]
    for number, path in enumerate((os.devnull, out, err)):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT), number)
    exec(first, {})
    execute()


@contextmanager
def running(command: list[str], **options: Any) -> Iterator[subprocess.Popen[Any]]:
    """A process from nothing, for a test that ends it; killed where the test fails, which would wait for it for ever."""
    with subprocess.Popen(command, **{"cwd": ROOT, **options}) as process:
        try:
            yield process
        except BaseException:
            process.kill()
            raise
