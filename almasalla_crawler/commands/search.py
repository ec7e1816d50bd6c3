"""`scrapy search "..."`: finds articles by the words of headline and text, in any of their forms."""

import argparse
import json
import sys
from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from almasalla_crawler.paths import project_path
from almasalla_crawler.storage.database import open_readonly
from almasalla_crawler.storage.failures import DatabaseError, explaining

if TYPE_CHECKING:
    from almasalla_crawler.arabic.highlights import Parts
    from almasalla_crawler.storage.search import Hit, Results

_FILTERS = ("publisher", "since", "until", "role", "section", "limit", "offset", "recent")


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's convention

    def syntax(self) -> str:
        return "[options] WORDS"

    def short_desc(self) -> str:
        return "Find articles by their words"

    def long_desc(self) -> str:
        return (
            "Find articles that hold all WORDS in headline or text, in any of their forms: وزير finds للوزير and وزيرها too."
            ' A "phrase" stands in quotes, a -word or -"phrase" is left out: scrapy search \'"مجلس النواب" وزير -الخارجية\''
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--publisher", metavar="NAME", help="whoever wrote it, in any spelling, or a part of the name")
        parser.add_argument("--from", dest="since", metavar="DATE", help="published on this day (month, year) or later")
        parser.add_argument("--to", dest="until", metavar="DATE", help="published on this day (month, year) or before")
        parser.add_argument("--role", choices=("main", "related"), help="main: a page is about it; related: shown beside others")
        parser.add_argument("--section", metavar="NAME", help="section of the site, in any spelling")
        parser.add_argument("--recent", action="store_true", help="the newest first; else the best")
        parser.add_argument("--limit", type=int, default=20, metavar="N", help="articles to show (default: 20)")
        parser.add_argument("--offset", type=int, default=0, metavar="N", help="articles to pass over (default: 0)")
        parser.add_argument("--json", action="store_true", help="print JSON; parts are [piece of the text, is it a hit?]")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from almasalla_crawler.arabic.queries import QueryError  # every command waits for the imports of all
        from almasalla_crawler.storage.search import search

        if not args:
            raise UsageError("scrapy search takes the words to look for", print_help=False)
        assert self.settings is not None
        path = project_path(self.settings["DATABASE_PATH"])
        filters: dict[str, Any] = {name: getattr(opts, name, None) for name in _FILTERS}
        try:
            with explaining(path), closing(open_readonly(path)) as connection:
                results = search(connection, " ".join(args), **{name: one for name, one in filters.items() if one is not None})
        except (DatabaseError, QueryError) as error:
            sys.stderr.write(f"{_printable(str(error))}\n")
            self.exitcode = 1
            return
        _print_json(results.hits) if opts.json else _print(results, filters["offset"] or 0)


def _printable(message: str) -> str:
    """What was typed may hold bytes that are no text."""
    return message.encode("utf-8", "backslashreplace").decode()


def _print_json(hits: "list[Hit]") -> None:
    sys.stdout.write(json.dumps([asdict(hit) for hit in hits], ensure_ascii=False, indent=2) + "\n")


def _print(results: "Results", offset: int) -> None:
    if not sys.stdout.isatty():
        for hit in results.hits:
            cells = (hit.id, hit.date or "", hit.role, hit.publisher or "", hit.title or _plain(hit.excerpt_parts))
            sys.stdout.write("\t".join(" ".join(str(cell).split()) for cell in cells) + "\n")
        return
    _print_hits(results, offset)


def _print_hits(results: "Results", offset: int) -> None:
    """Right-to-left text is set flush right, as in `scrapy articles`."""
    from rich.console import Console
    from rich.rule import Rule
    from rich.text import Text

    console = Console(highlight=False)
    for hit in results.hits:
        facts = (str(hit.id), hit.date or "no date", hit.publisher or "no publisher", hit.role)
        console.print(Rule(Text("  ".join(facts)), align="left", style="dim"))
        console.print(_marked(hit.title_parts or [("(no headline on the page)", False)], "bold"), justify="right")
        console.print(_marked(hit.excerpt_parts), justify="right")
        console.print(Text(hit.url or "", style="dim"))
    console.print(Text(_summary(results, offset)))


def _summary(results: "Results", offset: int) -> str:
    from almasalla_crawler.storage.search import COUNTED

    found = f"more than {COUNTED:,}" if results.total is None else f"{results.total:,}"
    if not results.hits:
        return f"{found} articles found, none from {offset + 1} on" if results.total != 0 else "Nothing found."
    return f"{offset + 1} to {offset + len(results.hits)} of {found} articles; `scrapy articles ID` shows one whole"


def _marked(parts: "Parts", style: str = "") -> Any:
    from rich.text import Text

    text = Text(style=style)
    for piece, is_hit in parts:
        text.append(piece.replace("\n\n", " "), style="bold black on yellow" if is_hit else "")
    return text


def _plain(parts: "Parts") -> str:
    return "".join(piece for piece, _ in parts)
