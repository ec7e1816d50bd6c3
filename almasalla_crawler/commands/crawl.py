"""`scrapy crawl` as Scrapy has it, with a summary at the end and an exit status that is true."""

import argparse
import gc
import json
import logging
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError
from scrapy.settings import SETTINGS_PRIORITIES

from almasalla_crawler.arabic.letters import display_text
from almasalla_crawler.logs import install_root_handler
from almasalla_crawler.memory import give_back_large_blocks
from almasalla_crawler.paths import project_path
from almasalla_crawler.scheduling.child import end_with_the_scheduler
from almasalla_crawler.verdict import BUSY, FAILED, OK, STOPPED_EARLY, Verdict, judge

GARBAGE_THRESHOLD = 50_000  # new objects after which those no longer in use are looked for, Python's own is 700

_STOPPED_BY = {  # what ended a crawl early, where no error did
    "shutdown": "It was told to stop, by Ctrl-C or a signal. The same command goes on where it was.",
    "host_paused": "The site does not answer, or wants to be left alone for now. The same command goes on later where it was.",
    "closespider_pagecount": "PAGES_PER_CRAWL pages were asked for. The same command goes on where it was.",
}


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
        try:
            crawler = self.crawler_process.create_crawler(args[0])
        except KeyError as error:
            names = ", ".join(self.crawler_process.spider_loader.list())
            raise UsageError(f"{error.args[0]}. Spiders here: {names}", print_help=False) from error
        logging.getLogger("scrapy").setLevel(crawler.settings["LOG_LEVEL"])  # DEBUG before: lines of each page that nobody sees
        first_error = FirstError(logging.ERROR)
        logging.getLogger().addHandler(first_error)
        crawler.signals.connect(_look_for_less_garbage, signals.spider_opened)
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        stats = crawler.stats.get_stats() if crawler.stats else {}
        verdict = Verdict(FAILED, "failed", "the crawl could not start")
        if "finish_reason" in stats or "start_time" in stats:  # a second Ctrl-C leaves no reason
            verdict = judge(stats, stats.get("finish_reason", "interrupted"))
        if verdict.exit_code == OK and _written(stats) < len(crawler.settings.getdict("FEEDS")):
            verdict = Verdict(FAILED, "failed", "an output file could not be written")
        self.exitcode = verdict.exit_code
        feeds = [*(opts.output or []), *(opts.overwrite_output or [])]
        stream = sys.stderr if any(feed.startswith("-") for feed in feeds) else sys.stdout
        is_projects = crawler.settings.getpriority("DATABASE_PATH") == SETTINGS_PRIORITIES["project"]
        database = project_path(crawler.settings["DATABASE_PATH"])
        if opts.json:
            lines = [summary_json(args[0], stats, verdict, database, first_error.text)]
        else:
            lines = summary(args[0], stats, verdict, database, first_error.text, is_projects)
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


def summary(
    spider: str, stats: Mapping[str, Any], verdict: Verdict, database: Path, first_error: str = "", is_projects: bool = True
) -> list[str]:
    """What the crawl did, in lines for a person; why it failed, if it failed.

    `is_projects`: the database is the one that the project's settings name, so that commands find it by themselves.
    """

    def count(name: str) -> int:
        return int(stats.get(f"almasalla/{name}", 0))

    seconds = stats.get("elapsed_time_seconds", 0.0)
    lines = ["", f"scrapy crawl {spider}: {verdict.status} ({verdict.why}) in {seconds:.1f} s"]
    if verdict.exit_code == BUSY:
        return [*lines, "  Another process is crawling it; nothing was done."]
    because = first_error or _STOPPED_BY.get(str(stats.get("finish_reason")), "")
    if verdict.exit_code in (FAILED, STOPPED_EARLY) and because:
        lines.append(f"  because   {because}")
        are_any = any(count(name) for name in ("pages", "pages_unchanged", "rejects_unchanged", "discovered"))
        if not are_any and count("rejects") <= 1:  # of the front page, and told above
            return lines
    lines += _live_pages(count) if "almasalla/discovered" in stats else _saved_pages(count)
    lines.append(
        f"  articles  {count('articles_main')} main, {count('articles_related')} related on these pages:"
        f" {count('articles_new')} new, {count('articles_revised')} revised"
    )
    if count("articles_superseded"):
        lines.append(f"            {count('articles_superseded')} superseded: newer rules no longer see them")
    lines.append(f"  mentions  {count('mentions')} headlines and links of other articles")
    reasons = {name.rpartition("/")[2]: n for name, n in stats.items() if name.startswith("almasalla/rejects/")}
    shown = ", ".join(f"{n} {reason}" for reason, n in sorted(reasons.items(), key=lambda pair: -pair[1]))
    known = f", {count('rejects_unchanged')} known from before" if count("rejects_unchanged") else ""
    lines.append(f"  rejects   {count('rejects')}{': ' + shown if shown else ''}{known}")
    if count("files_ignored"):
        lines.append(f"  ignored   {count('files_ignored')} files that are not .txt, .html, .htm or .gz of these")
    if count("records_ignored"):
        lines.append(f"  ignored   {count('records_ignored')} records that are no HTML page or post")
    for name, n in stats.items():
        if name.startswith("almasalla/selector_found_nothing/"):
            outlet, _, selector = name.removeprefix("almasalla/selector_found_nothing/").partition("/")
            lines.append(f"  layout    {n} pages of {outlet} have nothing at `{selector}`: has the site changed?")
    lines += [f"  health    {problem}" for problem in stats.get("almasalla/problems", []) if problem != f"failed: {verdict.why}"]
    is_unchanged = not count("pages") and not count("pages_gone") and count("pages_unchanged") + count("pages_not_due") > 0
    if verdict.exit_code == OK and is_unchanged:
        lines.append("  Nothing changed since the last crawl.")
    shown_path = _short(database)
    elsewhere = "" if is_projects else f" -s DATABASE_PATH={shown_path}"
    next_steps = [
        (f"scrapy articles{elsewhere}", "list the articles; with an ID one of them whole"),
        (f"sqlite-utils rows {shown_path} main_articles --limit 5", "the first rows of a view"),
        (f"scrapy inspect{elsewhere} --open", "look around in the browser (pip install -e '.[inspect]')"),
    ]
    if count("rejects") or count("rejects_unchanged"):
        next_steps.append((f"sqlite-utils rows {shown_path} rejects", "what was not kept, and why"))
    width = max(len(command) for command, _ in next_steps)
    lines += [f"  database  {shown_path}", "Look inside:"]
    return lines + [f"  {command:{width}}  {why}" for command, why in next_steps]


def summary_json(spider: str, stats: Mapping[str, Any], verdict: Verdict, database: Path, first_error: str) -> str:
    """The same for a program, in one line: counts are those of our own stats."""
    counts = {name.removeprefix("almasalla/"): value for name, value in stats.items()
              if name.startswith("almasalla/") and isinstance(value, int)}  # fmt: skip
    told = {"spider": spider, "exit_code": verdict.exit_code, "status": verdict.status, "why": verdict.why,
            "health": stats.get("almasalla/health"), "problems": stats.get("almasalla/problems", []),
            "first_error": first_error or None, "seconds": stats.get("elapsed_time_seconds"), "database": str(database),
            "log_file": stats.get("almasalla/log_file"), "counts": counts}  # fmt: skip
    return json.dumps(told, ensure_ascii=False)


def _saved_pages(count: Callable[[str], int]) -> list[str]:
    unchanged = f", {count('pages_unchanged')} unchanged" if count("pages_unchanged") else ""
    return [f"  pages     {count('pages')} read{unchanged}"]


def _live_pages(count: Callable[[str], int]) -> list[str]:
    """Of article pages what became of them; `found` are those that a list named for the first time."""
    fetched = sum(count(f"pages_{name}") for name in ("new", "changed", "unchanged", "gone"))
    lines = [
        f"  found     {count('discovered')} articles not known before, in {count('listings')} lists read",
        f"  pages     {fetched} fetched: {count('pages_new')} new, {count('pages_changed')} changed,"
        f" {count('pages_unchanged')} unchanged, {count('pages_gone')} gone",
    ]
    if count("pages_not_due") or count("pages_left"):
        lines.append(f"            {count('pages_not_due')} not due, {count('pages_left')} left for the next crawl")
    return lines


def _short(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
