"""Recurring crawls under stress, from the project's folder:

python benchmarks/schedule.py memory [--cycles 500]   memory of a scheduler over so many runs that take no time
python benchmarks/schedule.py kill [--cycles 50]      real crawls of a site of this machine; SIGKILL at random moments
"""

import argparse
import gc
import json
import logging
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from almasalla_crawler.scheduling.entries import Entry  # noqa: E402 - the folder comes first
from almasalla_crawler.scheduling.scheduler import Scheduler  # noqa: E402
from almasalla_crawler.scheduling.times import Cron, Every  # noqa: E402
from almasalla_crawler.storage.database import open_database  # noqa: E402
from tests.scheduling.fakes import Crawl, FakeClock, FakeRunner  # noqa: E402
from tests.servers.serving import serve  # noqa: E402
from tests.servers.wordpress import WordPress, post  # noqa: E402

MARK = "ALMASALLA_BENCHMARK"  # in the environment of all processes that are looked for
FAST = {"DOWNLOAD_DELAY": 0.05, "AUTOTHROTTLE_ENABLED": False, "WORKERS": 1, "WORKERS_AFTER_PAGES": 0, "WARC_DIR": ""}


def memory(cycles: int) -> None:
    """Resident memory after every tenth of the runs."""
    with tempfile.TemporaryDirectory() as name, closing(open_database(Path(name) / "a.db")) as connection:
        clock = FakeClock(datetime(2025, 6, 1, tzinfo=UTC))
        runner = FakeRunner(clock, lambda name, now: Crawl(20, exit_status=int(now.minute == 30)))
        entries = {f"site{number}": Entry(f"site{number}", "site", Every("15m"), f"host{number}") for number in range(3)}
        entries["daily"] = Entry("daily", "seeds", Cron("0 6 * * *", "Asia/Baghdad"), "seeds")
        scheduler, shown = Scheduler(Path(name) / "a.db", connection, entries, runner, clock, at_once=2), 0
        print("| runs | resident KiB | objects |\n| --- | --- | --- |")
        while shown <= 10:
            while (runs := _count(connection)) < shown * cycles / 10:
                clock.wait(scheduler.step())
                runner.ran.clear()
            gc.collect()
            print(f"| {runs} | {_resident_kib()} | {len(gc.get_objects())} |", flush=True)
            shown += 1


def kill(cycles: int, seed: int) -> None:
    """Two entries of one site and the saved pages, each every second. Counts what must not be: twice at a time, lost, left."""
    chance, problems = random.Random(seed), Counter[str]()
    with tempfile.TemporaryDirectory() as name, serve(WordPress({number: post(number) for number in range(1, 60)})) as site:
        folder, before = Path(name), time.monotonic()
        (folder / "crawls.toml").write_text(_crawls(site.url), "utf-8")
        for cycle in range(cycles):
            with _scheduler(folder) as scheduler:
                _watch_for_more(folder, problems, len(_runs(folder)))
                _watch_for(folder, problems, chance.uniform(0, 6))
                scheduler.kill()
            if chance.random() < 0.3:  # else the next one meets what this one left
                _watch(folder, problems, lambda: not _there(folder))
            print(f"\r{cycle + 1} kills, {len(_runs(folder))} runs", end="", file=sys.stderr, flush=True)
        known = len(_runs(folder))
        with _scheduler(folder) as scheduler:
            _watch(
                folder, problems, lambda: {run[0] for run in _runs(folder)[known:] if run[2] == "ok"} == {"site", "twin", "saved"}
            )
            scheduler.send_signal(signal.SIGTERM)
            problems["no clean end"] += scheduler.wait(timeout=120) != 0
        problems["left behind"] += len(_there(folder))
        runs = _runs(folder)
        for schedule in ("site", "twin", "saved"):
            of_one = [run for run in runs if run[0] == schedule]
            problems["lost"] += sum(is_lost(run, following) for run, following in pairwise(of_one))
            problems["never ended"] += sum(run[2] == "running" for run in of_one)
        statuses = Counter(run[2] for run in runs)
        with closing(sqlite3.connect(folder / "a.db")) as connection:
            articles = connection.execute(
                "SELECT count(*), count(DISTINCT url) FROM articles WHERE url LIKE 'http://127%'"
            ).fetchone()
            integrity = connection.execute("PRAGMA integrity_check").fetchone()[0]
    print(f"\n{cycles} kills in {time.monotonic() - before:.0f} s; runs: {dict(statuses)}; articles {articles}; {integrity}")
    print(f"twice at a time {problems['twice']}, lost {problems['lost']}, never ended {problems['never ended']}, "
          f"left behind {problems['left behind']}, no clean end {problems['no clean end']}")  # fmt: skip
    sys.exit(1 if problems.total() else 0)


def is_lost(run: tuple[str, str, str], following: tuple[str, str, str]) -> bool:
    """What did not come to its end must be the next run; what did must not."""
    return (following[1] == run[1]) != (run[2] in ("lost", "stopped", "busy"))


def _crawls(url: str) -> str:
    settings = json.dumps({**FAST, "ALLOW_PRIVATE_ADDRESSES": True}).replace('":', '" =')
    site = f'spider = "site"\narguments = {{ url = "{url}" }}\nsettings = {settings}\nevery = "1s"\n'
    return f'[crawl.site]\n{site}[crawl.twin]\n{site}[crawl.saved]\nspider = "seeds"\nevery = "1s"\n'


def _scheduler(folder: Path) -> subprocess.Popen[bytes]:
    options = ["-s", f"DATABASE_PATH={folder / 'a.db'}", "-s", f"CRAWLS_FILE={folder / 'crawls.toml'}"]
    command = [sys.executable, "-m", "scrapy", "schedule", "run", *options]
    environment = os.environ | {MARK: str(folder)}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _watch(folder: Path, problems: Counter[str], happened) -> None:  # type: ignore[no-untyped-def]
    """Until it happened, two minutes at most; counts crawls of one outlet that are there at the same time."""
    deadline = time.monotonic() + 120
    while not happened():
        spiders = Counter(_crawls_there(folder))
        problems["twice"] += sum(count > 1 for count in spiders.values())
        if time.monotonic() > deadline:
            problems["waited for in vain"] += 1
            return
        time.sleep(0.05)


def _watch_for(folder: Path, problems: Counter[str], seconds: float) -> None:
    until = time.monotonic() + seconds
    _watch(folder, problems, lambda: time.monotonic() > until)


def _watch_for_more(folder: Path, problems: Counter[str], runs: int) -> None:
    _watch(folder, problems, lambda: len(_runs(folder)) > runs)


def _there(folder: Path) -> dict[int, list[str]]:
    """Command lines, by id, of all that descends from a scheduler of this folder. What ended and is a zombie has none."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"{MARK}={folder}" in path.read_text("utf-8", "replace").split("\0"):
                found[int(path.parent.name)] = (path.parent / "cmdline").read_text("utf-8", "replace").split("\0")
        except OSError:
            continue
    return found


def _crawls_there(folder: Path) -> list[str]:
    """Spiders of the crawls that are there."""
    return [word for words in _there(folder).values() if "crawl" in words for word in words if word in ("site", "seeds")]


def _runs(folder: Path) -> list[tuple[str, str, str]]:
    """Name, time it was due, status; none while there is no table."""
    query = "SELECT s.name, r.due_at, r.status FROM runs r JOIN schedules s ON s.id = r.schedule_id ORDER BY r.id"
    if not (folder / "a.db").exists():
        return []
    with closing(sqlite3.connect(folder / "a.db", timeout=30)) as connection:
        try:
            return connection.execute(query).fetchall()
        except sqlite3.OperationalError:
            return []


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM runs").fetchone()[0])


def _resident_kib() -> int:
    return int(Path("/proc/self/statm").read_text("utf-8").split()[1]) * resource.getpagesize() // 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["memory", "kill"])
    parser.add_argument("--cycles", type=int)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    logging.disable()
    if chosen.what == "memory":
        memory(chosen.cycles or 500)
    else:
        kill(chosen.cycles or 50, chosen.seed)
