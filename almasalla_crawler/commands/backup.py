"""`scrapy backup FILE`: a consistent copy of the database, also while a crawl writes to it."""

import argparse
import sys
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from almasalla_crawler.paths import project_path
from almasalla_crawler.storage.database import backup
from almasalla_crawler.storage.failures import DatabaseError, explaining


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's convention

    def syntax(self) -> str:
        return "FILE"

    def short_desc(self) -> str:
        return "Copy the database to FILE, also while a crawl runs"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("scrapy backup takes the file to write", print_help=False)
        assert self.settings is not None
        path, target = project_path(self.settings["DATABASE_PATH"]), Path(args[0]).expanduser()
        try:
            with explaining(target):
                backup(path, target)
        except DatabaseError as error:
            sys.stderr.write(f"{error}\n")
            self.exitcode = 1
        else:
            sys.stdout.write(f"{path} is copied to {target} ({target.stat().st_size} bytes).\n")
