"""`scrapy dedupe [--all] [--json]`: compares the stored articles again, offline: pairs, clusters, changes and mentions."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from scrapy.commands import ScrapyCommand

from almasalla_crawler.paths import project_path
from almasalla_crawler.storage.database import open_database, require_database, seal_rest
from almasalla_crawler.storage.failures import DatabaseError, explaining
from almasalla_crawler.storage.locks import OutletBusyError, lock_outlet, write_lock
from almasalla_crawler.verdict import BUSY, FAILED, STOPPED_EARLY


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's convention

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Compare stored articles again: near-duplicates, clusters, mentions"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--all", action="store_true", help="from the beginning, also where a run was interrupted")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        path = project_path(self.settings["DATABASE_PATH"])
        try:
            require_database(path)
            with explaining(path), lock_outlet(path, "seeds"):
                counts = rebuild(path, opts.all)
        except (DatabaseError, OutletBusyError) as error:
            sys.stderr.write(f"{error}\n")
            self.exitcode = BUSY if isinstance(error, OutletBusyError) else FAILED
        except KeyboardInterrupt:
            sys.stderr.write("Interrupted. `scrapy dedupe` goes on where it was.\n")
            self.exitcode = STOPPED_EARLY
        else:
            sys.stdout.write(json.dumps(counts) + "\n" if opts.json else report(counts))


def rebuild(path: Path, anew: bool = False) -> dict[str, int]:
    """Compares what is left of an interrupted run, else everything; returns counts by name."""
    from almasalla_crawler.storage import dedupe  # every command waits for the imports of all

    lock = write_lock(path)
    with closing(open_database(path)) as connection:
        todo = dedupe.begin(connection, lock, anew)
        dedupe.resolve(connection, lock)  # first: a run that is killed here has compared nothing in vain
        compared = 0
        with _progress(todo) as advance:
            for count in dedupe.compare(connection, lock):
                compared += count
                advance(count)
        seal_rest(connection, lock)
        return {"compared": compared, **dedupe.totals(connection)}


def report(counts: dict[str, int]) -> str:
    """The counts in lines for a person."""
    kinds = ", ".join(f"{counts[kind]} {kind}" for kind in ("copy", "edited", "shortened", "extended"))
    return (
        f"scrapy dedupe: {counts['compared']} articles compared\n"
        f"  pairs     {kinds}\n"
        f"  clusters  {counts['clusters']}\n"
        f"  mentions  {counts['mentions_resolved']} name an article, {counts['mentions_open']} are open\n"
    )


@contextmanager
def _progress(total: int) -> Iterator[Any]:
    """A bar on a terminal, nothing elsewhere; called with a number of articles it advances."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("articles", total=total)
        yield lambda count: bar.advance(task, count)
