"""A scheduler of light crawls as a process: `python -m tests.scheduling.light_scheduler FOLDER [once]`."""

import logging
import sys
from contextlib import closing
from pathlib import Path

from almasalla_crawler.scheduling.clock import SystemClock
from almasalla_crawler.scheduling.entries import Entry
from almasalla_crawler.scheduling.processes import Processes
from almasalla_crawler.scheduling.scheduler import Scheduler, schedule_lock
from almasalla_crawler.scheduling.times import Every
from almasalla_crawler.storage.database import open_database

ROOT = Path(__file__).resolve().parents[2]
CRAWL = (sys.executable, "-m", "tests.scheduling.light_crawl")
ENTRIES = {name: Entry(name, name, Every("1s"), outlet) for name, outlet in (("a", "x"), ("b", "x"), ("c", "y"))}


class LightProcesses(Processes):
    """Arguments are outlet, seconds, folder."""

    def start(self, name, claim, arguments):  # type: ignore[no-untyped-def]
        seconds = {"a": "0.3", "b": "0.8", "c": "0.1"}[name]
        return super().start(name, claim, [name, ENTRIES[name].outlet, seconds, str(self.database.parent)])


def main(folder: Path) -> int:
    logging.basicConfig(level=logging.INFO)
    database = folder / "a.db"
    with schedule_lock(database), closing(open_database(database)) as connection:
        runner = LightProcesses(database, ROOT, command=CRAWL)
        return Scheduler(database, connection, ENTRIES, runner, SystemClock(), at_once=3).run()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
