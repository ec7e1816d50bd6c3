"""`scrapy newoutlet NAME URL|FILE [--url URL] [--force]`: drafts an outlet from one of its pages."""

import argparse
import sys

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from almasalla_crawler.items import Rejected
from almasalla_crawler.verdict import FAILED


class Command(ScrapyCommand):
    requires_project = True
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's convention

    def syntax(self) -> str:
        return "[options] NAME URL|FILE"

    def short_desc(self) -> str:
        return "Draft a new outlet from one of its article pages: class, saved page, answer"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--url", default="", help="address FILE was saved from, if the page does not name it")
        parser.add_argument("--force", action="store_true", help="replace the outlet of that name")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from almasalla_crawler.drafts.draft import NoDraftError  # every command waits for the imports of all
        from almasalla_crawler.drafts.new import draft_outlet

        if len(args) != 2:
            raise UsageError("scrapy newoutlet takes a NAME and the URL or FILE of an article", print_help=False)
        name, source = args
        assert self.crawler_process is not None
        try:
            sys.stdout.write(draft_outlet(self.crawler_process, name, source, opts.url, opts.force))
        except (NoDraftError, Rejected) as error:
            sys.stderr.write(f"{source}: {error}\n" if isinstance(error, Rejected) else f"{error}\n")
            self.exitcode = FAILED
