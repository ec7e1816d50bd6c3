"""`scrapy crawl` as Scrapy has it, with a summary at the end and an exit status that is true."""

import argparse
import gc
import logging
import sys
from collections.abc import Mapping
from typing import Any

from scrapy import signals
from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.settings import SETTINGS_PRIORITIES

from almasalla_crawler.arabic.letters import display_text
from almasalla_crawler.logs import install_root_handler
from almasalla_crawler.memory import give_back_large_blocks
from almasalla_crawler.paths import project_path
from almasalla_crawler.scheduling.child import end_with_the_scheduler
from almasalla_crawler.summary import summary, summary_json
from almasalla_crawler.verdict import FAILED, OK, Verdict, judge

GARBAGE_THRESHOLD = 50_000  # new objects after which those no longer in use are looked for, Python's own is 700


class FirstError(logging.Handler):
    """Keeps what first went wrong, for the summary: with --nolog there is no log to look it up in."""

    text = ""

    def emit(self, record: logging.LogRecord) -> None:
        if not self.text:
            error = record.exc_info[1] if record.exc_info else None
            self.text = display_text(f"{type(error).__name__}: {error}" if error else record.getMessage())


class Command(ScrapyCrawl):
    def long_desc(self) -> str:
        return (
            "Run a spider of this project, by name. Exit status: 0 every due page stored or rejected for its own fault;"
            " 3 stopped early; 1 start, storage or code failed, nothing was readable, or the outlet is not as it was; 75 this"
            " outlet is already being crawled."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="log JSON lines, and end with one JSON object instead of text")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        assert self.settings is not None
        if opts.json:
            self.settings.set("LOG_JSON", True, priority="cmdline")
        install_root_handler(self.settings)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.crawler_process is not None
        if len(args) != 1:
            raise UsageError(_misplaced(args), print_help=False)
        end_with_the_scheduler()
        give_back_large_blocks()
        crawler = self._created(args[0])
        logging.getLogger("scrapy").setLevel(crawler.settings["LOG_LEVEL"])  # DEBUG before: lines of each page that nobody sees
        first_error = FirstError(logging.ERROR)
        logging.getLogger().addHandler(first_error)
        crawler.signals.connect(_look_for_less_garbage, signals.spider_opened)
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        verdict = _verdict(crawler)
        self.exitcode = verdict.exit_code
        _tell(args[0], crawler, verdict, first_error.text, opts)

    def _created(self, name: str) -> Crawler:
        assert self.crawler_process is not None
        try:
            return self.crawler_process.create_crawler(name)
        except KeyError as error:
            names = ", ".join(self.crawler_process.spider_loader.list())
            raise UsageError(f"{error.args[0]}. Spiders here: {names}", print_help=False) from error


def _stats(crawler: Crawler) -> dict[str, Any]:
    return crawler.stats.get_stats() if crawler.stats else {}


def _verdict(crawler: Crawler) -> Verdict:
    stats = _stats(crawler)
    verdict = Verdict(FAILED, "failed", "the crawl could not start")
    if "finish_reason" in stats or "start_time" in stats:  # a second Ctrl-C leaves no reason
        verdict = judge(stats, stats.get("finish_reason", "interrupted"))
    if verdict.exit_code == OK and _written(stats) < len(crawler.settings.getdict("FEEDS")):
        verdict = Verdict(FAILED, "failed", "an output file could not be written")
    return verdict


def _tell(spider: str, crawler: Crawler, verdict: Verdict, first_error: str, opts: argparse.Namespace) -> None:
    """The summary, on stderr where stdout has the articles."""
    feeds = [*(opts.output or []), *(opts.overwrite_output or [])]
    stream = sys.stderr if any(feed.startswith("-") for feed in feeds) else sys.stdout
    is_projects = crawler.settings.getpriority("DATABASE_PATH") == SETTINGS_PRIORITIES["project"]
    stats, database = _stats(crawler), project_path(crawler.settings["DATABASE_PATH"])
    if opts.json:
        lines = [summary_json(spider, stats, verdict, database, first_error)]
    else:
        lines = summary(spider, stats, verdict, database, first_error, is_projects)
    stream.write("\n".join(lines) + "\n")


def _misplaced(args: list[str]) -> str:
    told = f", not also {' '.join(args[1:])}: what a spider is to do is said as -a NAME=VALUE" if args else ""
    return f"scrapy crawl takes the name of one spider{told}"


def _look_for_less_garbage() -> None:
    """Stored pages are freed without being looked for: searching those that wait, and all modules, took a tenth of a crawl."""
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD, 10, 10)


def _written(stats: Mapping[str, Any]) -> int:
    """Output files that Scrapy closed without an error; one that could not even be opened it counts nowhere."""
    return sum(count for name, count in stats.items() if name.startswith("feedexport/success_count/"))
