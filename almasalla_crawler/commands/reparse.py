"""`scrapy reparse [--all]`: reads stored captures again with the rules of this version, from the bytes kept on disk."""

import argparse
import sys

from scrapy.commands import ScrapyCommand

from almasalla_crawler import RULES_VERSION
from almasalla_crawler.paths import project_path
from almasalla_crawler.storage.database import require_database
from almasalla_crawler.storage.failures import DatabaseError, explaining
from almasalla_crawler.storage.locks import OutletBusyError, lock_outlet
from almasalla_crawler.verdict import BUSY, FAILED

_NAMES = ("read", "articles new", "articles revised", "articles superseded", "rejected", "errors in the code", "bytes gone",
          "bytes changed")  # fmt: skip


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's convention

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Read stored pages again with the rules of this version, offline"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--all", action="store_true", help="also those that this version has read already")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from almasalla_crawler.outlets import Outlets  # every command waits for the imports of all
        from almasalla_crawler.rereading import judge_counts, reparse

        assert self.settings is not None
        path = project_path(self.settings["DATABASE_PATH"])
        try:
            require_database(path)
            with explaining(path), lock_outlet(path, "seeds"):
                outlets = Outlets.from_settings(self.settings)
                near_duplicates = self.settings.getbool("NEAR_DUPLICATES", True)
                counts = reparse(path, self.settings.getint("SEED_MAXSIZE"), opts.all, outlets, near_duplicates)
        except (DatabaseError, OutletBusyError) as error:
            sys.stderr.write(f"{error}\n")
            self.exitcode = BUSY if isinstance(error, OutletBusyError) else FAILED
            return
        verdict = judge_counts(counts)
        self.exitcode = verdict.exit_code
        sys.stdout.write(f"scrapy reparse with rules {RULES_VERSION}: {verdict.status} ({verdict.why})\n")
        sys.stdout.write("".join(f"  {counts[name]:7} {name}\n" for name in _NAMES if counts[name] or name == "read"))
