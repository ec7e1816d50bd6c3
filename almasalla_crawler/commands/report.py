"""`scrapy report [--crawl ID | --days N]`: what came in, what changed, what was refused, how complete it is, what is wrong."""

import argparse
import json
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from almasalla_crawler.paths import project_path
from almasalla_crawler.storage.crawls import now
from almasalla_crawler.storage.database import open_database, open_readonly, require_database, transaction
from almasalla_crawler.storage.failures import DatabaseError, explaining
from almasalla_crawler.storage.locks import write_lock
from almasalla_crawler.wording import LANGUAGES

if TYPE_CHECKING:  # what an action needs it imports itself: every command waits for the imports of all
    from almasalla_crawler.reports.gather import Report

_DAYS, _MOST_DAYS = 7, 36_500
_LARGEST = 2**63 - 1  # number that SQLite takes


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's convention

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Tell what came in, what changed, what was refused, and what is wrong"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        span = parser.add_mutually_exclusive_group()
        span.add_argument("--days", type=int, metavar="N", help=f"the last N days, today among them (default: {_DAYS})")
        span.add_argument("--crawl", type=int, metavar="ID", help="one crawl instead; its number is in the table crawls")
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument("--html", metavar="FILE", help="write one HTML file with charts instead, to look at or to send")
        parser.add_argument("--language", choices=LANGUAGES, default="en", help="of the report: ar or en (default)")
        parser.add_argument("--metrics", metavar="FILE", help="write a Prometheus text file instead")
        parser.add_argument("--accept", metavar="OUTLET", help="an outlet is meant to be as it is now: its problems are over")
        parser.add_argument("--alert", metavar="URL", help="tell a notification service what it does not know yet of problems")
        parser.add_argument("--dry-run", action="store_true", help="with --alert: print what would be sent")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError(f"scrapy report takes no argument {args[0]}", print_help=False)
        opts.days = _DAYS if opts.days is None else opts.days  # as a default of argparse, --days 7 would pass beside --crawl
        if not 1 <= opts.days <= _MOST_DAYS or (opts.crawl is not None and not 1 <= opts.crawl <= _LARGEST):
            raise UsageError(f"--days takes a number from 1 to {_MOST_DAYS}, --crawl the id of a crawl", print_help=False)
        assert self.settings is not None
        path = project_path(self.settings["DATABASE_PATH"])
        try:
            require_database(path)
            self.exitcode = _action(opts)(path, opts)
        except (DatabaseError, ValueError, ImportError) as error:
            sys.stderr.write(f"{error}\n")
            self.exitcode = 1


def _action(opts: argparse.Namespace) -> Callable[[Path, argparse.Namespace], int]:
    chosen = ((opts.accept, _accept), (opts.alert, _alert), (opts.metrics, _metrics))
    return next((action for value, action in chosen if value), _report)


def _report(path: Path, opts: argparse.Namespace) -> int:
    from almasalla_crawler.reports.page import page
    from almasalla_crawler.reports.text import print_report

    with explaining(path), closing(open_readonly(path)) as connection:
        report = _gathered(connection, opts)
    if report is None:
        sys.stderr.write(f"There is no crawl {opts.crawl}; the table crawls has those there are.\n")
        return 1
    if opts.html:
        return _write(Path(opts.html).expanduser(), page(report, now(), opts.language))
    if opts.json:
        sys.stdout.write(json.dumps(_plain(report), ensure_ascii=False, indent=2) + "\n")
    else:
        print_report(report, opts.language)
    return 0


def _gathered(connection: sqlite3.Connection, opts: argparse.Namespace) -> "Report | None":
    from almasalla_crawler.reports.gather import report_of_crawl, report_of_days

    if opts.crawl is not None:
        return report_of_crawl(connection, opts.crawl, now())
    return report_of_days(connection, opts.days, now())


def _plain(report: "Report") -> dict[str, Any]:
    return asdict(report)


def _write(file: Path, text: str) -> int:
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        sys.stderr.write(f"{file}: {error.strerror}; --html names another file.\n")
        return 1
    sys.stdout.write(f"{file}: open it in a browser, or send it; it needs nothing else.\n")
    return 0


def _metrics(path: Path, opts: argparse.Namespace) -> int:
    from almasalla_crawler.metrics import write_metrics
    from almasalla_crawler.storage.metrics import crawl_states, database_state

    with explaining(path), closing(open_readonly(path)) as connection:
        crawls, database = crawl_states(connection), database_state(connection, path, now())
    file = Path(opts.metrics).expanduser()
    try:
        write_metrics(file, crawls, database)
    except OSError as error:
        sys.stderr.write(f"{file}: {error.strerror}; --metrics names another file.\n")
        return 1
    return 0


def _accept(path: Path, opts: argparse.Namespace) -> int:
    from almasalla_crawler.storage.health import accept

    with explaining(path), closing(open_database(path)) as connection:
        try:
            with transaction(connection, write_lock(path)):
                closed = accept(connection, opts.accept)
        except LookupError:
            sys.stderr.write(f"{opts.accept} was never crawled; `scrapy report --days 3650` lists the outlets.\n")
            return 1
    sys.stdout.write(f"{opts.accept} is as it is meant to be; {closed} problems are over.\n")
    return 0


def _alert(path: Path, opts: argparse.Namespace) -> int:
    from almasalla_crawler.alerts.send import send_alerts
    from almasalla_crawler.alerts.targets import read_alerts

    alerts = read_alerts({"urls": [opts.alert], "level": "warning"}, "--alert")
    with explaining(path):
        failures = send_alerts(path, alerts, is_dry=opts.dry_run)
    return 1 if failures else 0
