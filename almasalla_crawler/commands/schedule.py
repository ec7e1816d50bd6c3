"""`scrapy schedule list|due|next|history|run|pause|resume|systemd|cron`: crawls that recur, as crawls.toml says."""

import argparse
import logging
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import Timeout
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from almasalla_crawler.paths import project_path
from almasalla_crawler.scheduling.crawls_file import CrawlsFile, CrawlsFileError, read_crawls
from almasalla_crawler.scheduling.entries import Entry
from almasalla_crawler.scheduling.keys import did_you_mean
from almasalla_crawler.scheduling.outlet_finder import outlet_finder
from almasalla_crawler.scheduling.overview import coming, local_time, overview
from almasalla_crawler.scheduling.tables import Rows, show
from almasalla_crawler.scheduling.units import cron_lines, systemd_unit
from almasalla_crawler.storage import schedules
from almasalla_crawler.storage.database import open_database, open_readonly, require_database, transaction
from almasalla_crawler.storage.failures import DatabaseError, explaining
from almasalla_crawler.storage.locks import write_lock
from almasalla_crawler.verdict import BUSY, FAILED

logger = logging.getLogger(__name__)


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's convention

    def syntax(self) -> str:
        return "list|due|next|history [NAME]|run [--once]|pause NAME|resume NAME|systemd|cron"

    def short_desc(self) -> str:
        return "Run the crawls of crawls.toml when they are due, and show how they stand"

    def long_desc(self) -> str:
        return (
            "`run` stays in the foreground and starts each crawl of crawls.toml when it is due; `run --once` runs what is due"
            " now, waits for it, and ends with the worst of their statuses, for cron. `list` shows all crawls, `due` those that"
            " are due, `next` the coming times, `history` what became of the latest runs. `pause` and `resume` hold one back"
            " and let it go. `systemd` and `cron` print what starts the scheduler."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print JSON (list, due, next, history)")
        parser.add_argument("--limit", type=int, default=20, metavar="N", help="rows of next and history (default: 20)")
        parser.add_argument("--once", action="store_true", help="run: what is due now, then end")
        parser.add_argument("--quiet", action="store_true", help="run: say only what went wrong")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        action, names = (args[0], args[1:]) if args else ("", [])
        if action not in _ACTIONS or not _ACTIONS[action][1] <= len(names) <= _ACTIONS[action][2]:
            raise UsageError(f"scrapy schedule {self.syntax()}", print_help=False)
        schedule = Schedule(self.settings, opts)
        try:
            self.exitcode = _ACTIONS[action][0](schedule, *names) or 0
        except (DatabaseError, CrawlsFileError) as error:
            sys.stderr.write(f"{error}\n")
            self.exitcode = FAILED


class Schedule:
    """What the command does; each action returns an exit status, None for 0."""

    def __init__(self, settings: BaseSettings, opts: argparse.Namespace) -> None:
        self.settings, self.opts = settings, opts
        self.database = project_path(settings["DATABASE_PATH"])
        self.file = project_path(settings["CRAWLS_FILE"])
        self.outlet_of = outlet_finder(settings)

    def show_all(self) -> None:
        self._show(self._overview(), ("name", "timing", "state", "due", "last", "failures"))

    def show_due(self) -> None:
        self._show([row for row in self._overview() if row["state"] == "due"], ("name", "timing", "due"))

    def show_coming(self) -> None:
        entries, (states, _) = self._entries(), self._stand()
        rows = coming(entries, states, _now(), max(0, min(self.opts.limit, 1000)))
        self._show([row | {"due": local_time(row["due_at"], entries[row["name"]].time_zone)} for row in rows], ("due", "name"))

    def show_history(self, name: str | None = None) -> None:
        with explaining(self.database), closing(open_readonly(self.database)) as connection:
            rows = schedules.history(connection, name, max(-1, min(self.opts.limit, 2**63 - 1)))
            if not rows and name and name not in schedules.states(connection):
                raise CrawlsFileError(f"{name} never ran; `scrapy schedule list` shows the crawls there are.")
        for row in rows:
            row["started"] = local_time(row["started_at"], "UTC")
            row["why"] = row["reason"] or (f"exit status {row['exit_status']}" if row["exit_status"] else "")
        self._show(rows, ("id", "name", "started", "seconds", "status", "why", "pages", "articles", "rejects"))

    def pause(self, name: str) -> None:
        self._set_paused(name, _now())
        sys.stdout.write(f"{name} is paused until `scrapy schedule resume {name}`; a run under way comes to its end.\n")

    def resume(self, name: str) -> None:
        self._set_paused(name, None)
        sys.stdout.write(f"{name} runs again when it is due; what it missed is one run.\n")

    def systemd(self) -> None:
        sys.stdout.write(systemd_unit(project_path("."), Path(sys.executable), self._options()))

    def cron(self) -> None:
        sys.stdout.write(cron_lines(project_path("."), Path(sys.executable), self._options()))

    def run(self) -> int:
        from almasalla_crawler.scheduling.clock import SystemClock
        from almasalla_crawler.scheduling.processes import SCRAPY_CRAWL, Processes
        from almasalla_crawler.scheduling.scheduler import Scheduler, schedule_lock

        file, at_once = CrawlsFile(self.file, self.outlet_of), _number_of_crawls(self.settings["CRAWLS_AT_ONCE"])
        _log_to_stderr(logging.WARNING if self.opts.quiet else logging.INFO)
        self.database.parent.mkdir(parents=True, exist_ok=True)
        try:
            lock = schedule_lock(self.database).acquire()
        except Timeout:
            logger.info("%s: another scheduler runs its crawls; nothing was done.", self.database)
            return BUSY
        options = ["-s", f"DATABASE_PATH={self.database}", *self._options()]
        synchronous = self.settings["DATABASE_SYNCHRONOUS"]
        with lock, explaining(self.database), closing(open_database(self.database, synchronous)) as database:
            runner = Processes(self.database, project_path("."), options, (*SCRAPY_CRAWL, *self._log_dir()))
            scheduler = Scheduler(
                self.database, database, file.entries, runner, SystemClock(), at_once, once=self.opts.once, edited=file.edited
            )
            logger.info("%s: recurring crawls: %d, at most %d at once", self.file, len(file.entries), at_once)
            return scheduler.run()

    def _log_dir(self) -> list[str]:
        """Nobody sees what a scheduled crawl prints: it keeps a log unless it is told otherwise."""
        return [] if self.settings["CRAWL_LOG_DIR"] else ["-s", f"CRAWL_LOG_DIR={self.database.parent / 'logs'}"]

    def _overview(self) -> Rows:
        states, last_runs = self._stand()
        rows = overview(self._entries(), states, last_runs, _now())
        for row in rows:
            row["due"] = local_time(row["due_at"], row["time_zone"])
            row["last"] = " ".join(filter(None, (row["last_status"], local_time(row["last_started_at"], row["time_zone"]))))
        return rows

    def _entries(self) -> dict[str, Entry]:
        return read_crawls(self.file, self.outlet_of)

    def _stand(self) -> tuple[dict[str, schedules.State], dict[str, dict[str, Any]]]:
        """States and last runs; none while there is no database."""
        if not self.database.exists():
            return {}, {}
        with explaining(self.database), closing(open_readonly(self.database)) as connection:
            return {**schedules.states(connection)}, schedules.last_runs(connection)

    def _set_paused(self, name: str, moment: datetime | None) -> None:
        require_database(self.database)
        with explaining(self.database), closing(open_database(self.database)) as connection:
            known, entries = schedules.states(connection), {}
            if name not in known:
                entries = self._entries()
                if name not in entries:
                    raise CrawlsFileError(f"{self.file}: there is no crawl {name}{did_you_mean(name, entries)}")
            with transaction(connection, write_lock(self.database)):
                for entry in [entries[name]] if entries else []:
                    schedules.set_due(connection, name, str(entry.timing), entry.timing.first(_now()))
                schedules.set_paused(connection, name, moment)

    def _options(self) -> list[str]:
        """The -s options of this command: they are meant for its crawls too."""
        return [part for pair in self.opts.set for part in ("-s", pair)]

    def _show(self, rows: Rows, columns: tuple[str, ...]) -> None:
        show(rows, columns, self.opts.json)


_ACTIONS: dict[str, tuple[Callable[..., int | None], int, int]] = {  # what it does, least and most names
    "list": (Schedule.show_all, 0, 0),
    "due": (Schedule.show_due, 0, 0),
    "next": (Schedule.show_coming, 0, 0),
    "history": (Schedule.show_history, 0, 1),
    "run": (Schedule.run, 0, 0),
    "pause": (Schedule.pause, 1, 1),
    "resume": (Schedule.resume, 1, 1),
    "systemd": (Schedule.systemd, 0, 0),
    "cron": (Schedule.cron, 0, 0),
}


def _number_of_crawls(setting: Any) -> int:
    if not str(setting).isdecimal() or int(setting) < 1:
        raise CrawlsFileError(f"CRAWLS_AT_ONCE is {setting!r}; give a number of crawls, at least 1.")
    return int(setting)


def _log_to_stderr(level: int) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%d %H:%M:%S"))
    ours = logging.getLogger("almasalla_crawler")
    ours.addHandler(handler)
    ours.setLevel(level)


def _now() -> datetime:
    return datetime.now(UTC)
