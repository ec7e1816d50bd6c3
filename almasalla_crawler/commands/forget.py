"""`scrapy forget URL`: removes a page and what only it carried, for takedowns."""

import argparse
import sys
from contextlib import closing
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from almasalla_crawler.paths import project_path
from almasalla_crawler.readers.addresses import canonical_url
from almasalla_crawler.storage.database import open_database, require_database
from almasalla_crawler.storage.failures import DatabaseError, explaining
from almasalla_crawler.storage.locks import write_lock

if TYPE_CHECKING:
    from almasalla_crawler.storage.forget import Forgotten


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's convention

    def syntax(self) -> str:
        return "URL"

    def short_desc(self) -> str:
        return "Remove a page and what only it carried, and say what was removed"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from almasalla_crawler.storage.forget import forget_page  # every command waits for the imports of all

        if len(args) != 1:
            raise UsageError("scrapy forget takes the url of a page (or seed:DIRECTORY/FILE)", print_help=False)
        assert self.settings is not None
        path = project_path(self.settings["DATABASE_PATH"])
        urls = [url for url in dict.fromkeys((args[0], canonical_url(args[0]))) if url]
        try:
            require_database(path)
            with explaining(path), closing(open_database(path)) as connection, write_lock(path):
                forgotten = forget_page(connection, urls)
        except DatabaseError as error:
            sys.stderr.write(f"{error}\n")
            self.exitcode = 1
            return
        if forgotten is None:
            sys.stderr.write(f"{args[0]} is not in {path}.\n")
            self.exitcode = 1
        else:
            sys.stdout.write("\n".join(report(forgotten)) + "\n")


def report(forgotten: "Forgotten") -> list[str]:
    """What was removed, in lines for a person."""
    counts = (f"{forgotten.captures} captures", f"{forgotten.mentions} mentions", f"{forgotten.rejects} rejects")
    lines = [f"Removed {forgotten.url} with {', '.join(counts)}."]
    lines += [f"Removed article {number}: {name}" for number, name in forgotten.removed]
    for kept in forgotten.kept:
        lines.append(f"Kept article {kept.id}, shown by {', '.join(kept.shown_by)}: {kept.name}")
        if kept.lost:
            lines.append(f"  What only this page gave is removed from it: {', '.join(kept.lost)}")
    lines += [f"The file {name} is still there; delete it, or the next crawl reads it again." for name in forgotten.raw_at]
    return [*lines, "Backups and exported files are as they were."]
