"""`scrapy articles [--json] [--limit N] [ID]`: lists the newest articles, or shows one whole."""

import argparse
import json
import sys
from contextlib import closing
from typing import Any, Literal

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from almasalla_crawler.paths import project_path
from almasalla_crawler.storage.database import open_readonly
from almasalla_crawler.storage.failures import DatabaseError, explaining

_FIELDS = ("publisher", "date_published_date", "date_published_utc", "date_published_raw", "date_published_rule", "authors",
           "section", "keywords", "language", "dateline_place", "dateline_agency", "credit", "url", "image_url", "word_count",
           "paragraph_count", "cluster_id", "first_seen_at", "observed_at")  # fmt: skip
_LARGEST = 2**63 - 1  # number that SQLite takes
_MOST_RELATIVES = 50  # on a terminal: the first of a cluster, those that are like the article itself, then the oldest


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's convention

    def syntax(self) -> str:
        return "[options] [ID]"

    def short_desc(self) -> str:
        return "List the newest articles of the database, or show one whole"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument("--limit", type=int, default=20, metavar="N", help="articles to list, -1 for all (default: 20)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from almasalla_crawler.storage import articles  # every command waits for the imports of all

        if len(args) > 1 or (args and not args[0].isdecimal()):
            raise UsageError("scrapy articles takes one ID, a number from its list", print_help=False)
        assert self.settings is not None
        path = project_path(self.settings["DATABASE_PATH"])
        try:
            with explaining(path), closing(open_readonly(path)) as connection:
                if args:
                    found: Any = articles.whole_article(connection, min(int(args[0]), _LARGEST))
                else:
                    found = articles.newest_articles(connection, max(-1, min(opts.limit, _LARGEST)))
        except DatabaseError as error:
            sys.stderr.write(f"{error}\n")
            self.exitcode = 1
            return
        if isinstance(found, list):
            _list(found, opts.json)
        else:
            self._show(found, args[0], opts.json)

    def _show(self, article: dict[str, Any] | None, wanted: str, as_json: bool) -> None:
        if article is None:
            sys.stderr.write(f"There is no article {wanted}; `scrapy articles` lists those there are.\n")
            self.exitcode = 1
        elif as_json:
            _print_json(article)
        else:
            _print_article(article)


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _list(rows: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        _print_json(rows)
    elif not sys.stdout.isatty():
        for row in rows:
            cells = (row["id"], row["date"] or "", row["role"], row["publisher"] or "", row["title"] or row["lead"])
            sys.stdout.write("\t".join(str(cell).replace("\n", " ") for cell in cells) + "\n")
    else:
        _print_table(rows)


def _print_table(rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("ID", "Date", "Role", "Publisher", "Headline, or how the text begins", header_style="bold", expand=True)
    for row in rows:
        headline = Text(row["title"] or row["lead"].replace("\n", " "), style="" if row["title"] else "italic", justify="right")
        headline.truncate(90, overflow="ellipsis")
        table.add_row(str(row["id"]), row["date"] or "", row["role"], Text(row["publisher"] or ""), headline)
    Console().print(table)


def _print_article(article: dict[str, Any]) -> None:
    """Right-to-left text is set flush right; terminals without bidi support show its words in reading order all the same."""
    from rich.console import Console
    from rich.rule import Rule
    from rich.text import Text

    console = Console(highlight=False)
    side: Literal["left", "right"] = "left" if article["language"] == "en" else "right"
    console.print(Rule(f"article {article['id']}"))
    console.print(Text(article["title"] or "(no headline on the page)", style="bold"), justify=side)
    for name in _FIELDS:
        value = article[name]
        if value not in (None, "", []):
            console.print(Text(f"{name:22} {'، '.join(value) if isinstance(value, list) else value}"))
    console.print(Rule("text"))
    for block, role in zip(article["body"].split("\n\n"), article["block_roles"], strict=False):
        console.print(Text(block, style="bold" if role == "subheading" else ""), justify=side)
        console.print()
    for appearance in article["appearances"]:
        _print_appearance(console, appearance)
    for revision in article["revisions"]:
        _print_revision(console, revision, side)
    _print_relatives(console, "the same text", article["cluster"], article["id"])
    _print_relatives(console, "texts that are a part of this one, or have it as a part", article["parts"], article["id"])
    for mention in article["mentioned_by"]:
        console.print(Text(f"mentioned ({mention['kind']}) on {mention['page_url']}"))


def _print_revision(console: Any, revision: dict[str, Any], side: Literal["left", "right"]) -> None:
    """The earlier headline or text, and what of it was changed: words removed in red, added in green, behind the words before."""
    from rich.rule import Rule
    from rich.text import Text

    console.print(Rule(f"earlier {revision['changed']}, as of {revision['observed_at']}"))
    console.print(Text(revision["title"] or "(no headline on the page)", style="bold dim"), justify=side)
    if revision["changed_at"] is None:
        return
    if revision["next_title"] != revision["title"]:
        console.print(Text.assemble(("+ ", "green"), (revision["next_title"] or "(none)", "bold green")), justify=side)
    if revision["changed"] == "text":
        console.print(
            f"words removed: {revision['words_removed']}, added: {revision['words_added']}, by {revision['changed_at']}"
        )
    for place in revision["differences"]:
        parts = [(f"… {place['behind']} " if place["behind"] else "", "dim")]
        parts += [(f"[-{place['removed']}-] ", "red strike")] if place["removed"] else []
        parts += [(f"{{+{place['added']}+}}", "green")] if place["added"] else []
        console.print(Text.assemble(*parts), justify=side)


def _print_relatives(console: Any, heading: str, relatives: list[dict[str, Any]], article_id: int) -> None:
    from rich.rule import Rule
    from rich.table import Column, Table
    from rich.text import Text

    if not relatives:
        return
    nearest = sorted(relatives, key=lambda row: (row["id"] != article_id, not row["first"], not row["kind"]))
    shown = {row["id"] for row in nearest[:_MOST_RELATIVES]}
    console.print(Rule(heading))
    narrow = [Column(name, no_wrap=True) for name in ("ID", "Date", "Alike", "First by")]
    table = Table(*narrow, "Kind", "Publisher", "Headline", header_style="bold", expand=True)
    for row in (row for row in relatives if row["id"] in shown):
        kind = "this one" if row["id"] == article_id else row["kind"] or "through others"
        similarity = "" if row["similarity"] is None else f"{row['similarity']:.2f}"
        headline = Text(row["title"] or "", justify="right")
        headline.truncate(60, overflow="ellipsis")
        date = f"{row['time'][:10]}\n{row['time'][11:16]} UTC" if row["time"] else row["date"] or ""
        first = ",\n".join(row["first"])
        table.add_row(str(row["id"]), date, similarity, first, kind, Text(row["publisher"] or ""), headline)
    console.print(table)
    if len(relatives) > len(shown):
        console.print(f"and {len(relatives) - len(shown):,} more; --json has them")


def _print_appearance(console: Any, appearance: dict[str, Any]) -> None:
    from rich.rule import Rule
    from rich.table import Table
    from rich.text import Text

    console.print(Rule(f"seen as {appearance['role']} article, number {appearance['position'] + 1} of its page"))
    span = f"lines {appearance['first_line']} to {appearance['last_line']}"
    console.print(Text(f"{appearance['page_url']}  {span}, last seen {appearance['last_seen_at']}"))
    table = Table("Line", "Role", "Rule", "Text", header_style="bold", expand=True)
    for line in appearance["lines"]:
        text = Text(line["text"], justify="right")
        text.truncate(70, overflow="ellipsis")
        table.add_row(str(line["number"]), line["role"], line["rule"], text)
    console.print(table)
