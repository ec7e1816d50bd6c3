"""`scrapy reparse [--all]`: reads stored captures again with the rules of this version, from the bytes kept on disk."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator

from scrapy.commands import ScrapyCommand

from almasalla_crawler import RULES_VERSION
from almasalla_crawler.arabic.letters import display_text
from almasalla_crawler.paths import project_path
from almasalla_crawler.storage.database import require_database
from almasalla_crawler.storage.failures import DatabaseError, explaining
from almasalla_crawler.storage.locks import OutletBusyError, lock_outlet
from almasalla_crawler.verdict import BUSY, FAILED

_NAMES = ("read", "articles new", "articles revised", "articles superseded", "rejected", "errors in the code", "bytes gone",
          "bytes damaged", "bytes changed")  # fmt: skip
_FILES_NAMED = 5
_MEND = {
    "gone": "put it back, or WARC files into WARC_DIR",
    "damaged": "restore it from a backup, or crawl again",
    "changed": "if it was edited, crawl again; else restore it",
}


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
        from almasalla_crawler.rereading import KeptFiles, judge_counts, reparse

        assert self.settings is not None
        path = project_path(self.settings["DATABASE_PATH"])
        try:
            require_database(path)
            with explaining(path), lock_outlet(path, "seeds"):
                outlets = Outlets.from_settings(self.settings)
                near_duplicates = self.settings.getbool("NEAR_DUPLICATES", True)
                warc_dir, max_bytes = self.settings["WARC_DIR"], self.settings.getint("SEED_MAXSIZE")
                kept = KeptFiles(project_path(warc_dir) if warc_dir else None, max_bytes)
                counts = reparse(path, max_bytes, opts.all, outlets, near_duplicates, kept)
        except (DatabaseError, OutletBusyError) as error:
            sys.stderr.write(f"{error}\n")
            self.exitcode = BUSY if isinstance(error, OutletBusyError) else FAILED
            return
        verdict = judge_counts(counts)
        self.exitcode = verdict.exit_code
        sys.stdout.write(f"scrapy reparse with rules {RULES_VERSION}: {verdict.status} ({verdict.why})\n")
        sys.stdout.write("".join(f"  {counts[name]:7} {name}\n" for name in _NAMES if counts[name] or name == "read"))
        sys.stderr.write("".join(f"{line}\n" for line in _unread(kept.unreadable)))


def _unread(files: Counter[tuple[str, str]]) -> Iterator[str]:
    """What became of the pages whose bytes could not be read again, by file, those of most pages first."""
    for (file, fault), pages in files.most_common(_FILES_NAMED):
        if file:
            yield f"{display_text(file)}: {fault}; pages that stay as they were read: {pages}. Mend: {_MEND[fault]}"
        else:
            yield f"pages whose bytes were not kept, and that stay as they were read: {pages}. Mend: crawl again"
    if len(files) > _FILES_NAMED:
        yield f"and {len(files) - _FILES_NAMED} more files"
