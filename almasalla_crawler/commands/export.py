"""`scrapy export [FILE]`: the articles of the database as JSON lines, CSV, Parquet, plain text or an Atom feed."""

import argparse
import codecs
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from almasalla_crawler import RULES_VERSION
from almasalla_crawler.arabic.queries import QueryError
from almasalla_crawler.exports.card import MARK, data_set_card
from almasalla_crawler.exports.fields import Exported, exported
from almasalla_crawler.exports.formats import FORMATS, TAKE_A_BOM, format_of, writer
from almasalla_crawler.exports.tally import Tally
from almasalla_crawler.exports.whole_files import NotWrittenError, whole_file
from almasalla_crawler.paths import project_path
from almasalla_crawler.storage.crawls import now
from almasalla_crawler.storage.database import open_readonly
from almasalla_crawler.storage.exports import Selection, selected_articles
from almasalla_crawler.storage.failures import DatabaseError, explaining

_LARGEST = 2**63 - 1  # number that SQLite takes


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's convention

    def syntax(self) -> str:
        return "[options] [FILE]"

    def short_desc(self) -> str:
        return "Write the articles to FILE, or to the terminal: JSON lines, CSV, Parquet, text, Atom"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--format", choices=FORMATS, help="default: as the name of FILE ends, else jsonl")
        parser.add_argument("--since", type=_day, metavar="DATE", help="published on this day (YYYY-MM-DD) or later")
        parser.add_argument("--until", type=_day, metavar="DATE", help="published on this day or earlier")
        parser.add_argument("--publisher", metavar="NAME", help="whoever wrote them, in any spelling, or a part of the name")
        parser.add_argument("--role", choices=("main", "related"), help="articles of pages, or those only shown beside others")
        parser.add_argument("--language", metavar="TAG", help="as in `ar`")
        parser.add_argument("--clusters", choices=("first", "all"), default="all",
                            help="of articles that are one text: the one published first, or all (default)")  # fmt: skip
        parser.add_argument("--since-id", type=_count, default=0, metavar="N", help="only articles stored after number N")
        parser.add_argument("--limit", type=_count, metavar="N", help="at most N; in a feed the newest")
        parser.add_argument("--bom", action="store_true", help="begin with a byte order mark, for Excel")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) > 1:
            raise UsageError("scrapy export takes one file to write", print_help=False)
        assert self.settings is not None
        database = project_path(self.settings["DATABASE_PATH"])
        target = Path(args[0]).expanduser() if args and args[0] != "-" else None
        if target and args[0].endswith(os.sep):
            raise UsageError(f"{target}: is a folder; name a file in it", print_help=False)
        name = opts.format or _format(target)
        _refuse_unusable(name, target, database, opts.bom)
        try:
            with explaining(database):
                connection = open_readonly(database, for_long=True)
            with closing(connection):
                tally = _write(_articles(connection, _selection(name, opts), database), target, name, opts.bom)
            card = _write_card(target, tally, opts) if target and name == "parquet" else None
        except BrokenPipeError:  # `| head` has what it wants
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it ends
            self.exitcode = 1
        except (DatabaseError, NotWrittenError, QueryError) as error:
            sys.stderr.write(f"{error}\n")
            self.exitcode = 1
        else:
            sys.stderr.write(_told(target, name, tally, card, opts.since_id))


def _articles(connection: sqlite3.Connection, selection: Selection, database: Path) -> Iterator[Exported]:
    with explaining(database):
        yield from map(exported, selected_articles(connection, selection))


def _write(articles: Iterator[Exported], target: Path | None, name: str, bom: bool) -> Tally:
    tally = Tally()
    with _opened(target) as file:
        file.write(codecs.BOM_UTF8 if bom else b"")
        writer(name, now())(tally.passing(articles), file)
    return tally


def _format(target: Path | None) -> str:
    name = format_of(target) if target else "jsonl"
    if name is None:
        raise UsageError(f"{target}: its name ends in no format; add --format {'|'.join(FORMATS)}", print_help=False)
    return name


def _refuse_unusable(name: str, target: Path | None, database: Path, bom: bool) -> None:
    if bom and name not in TAKE_A_BOM:
        raise UsageError(f"--bom is for {' and '.join(TAKE_A_BOM)}; {name} must not begin with one", print_help=False)
    if name == "parquet" and target is None:
        raise UsageError("Parquet is no text for a terminal or pipe: name a file, as in scrapy export set/articles.parquet",
                         print_help=False)  # fmt: skip
    if target and (target.is_dir() or (database.exists() and target.exists() and target.samefile(database))):
        raise UsageError(f"{target}: is {'a folder' if target.is_dir() else 'the database itself'}; name another file",
                         print_help=False)  # fmt: skip


def _selection(name: str, opts: argparse.Namespace) -> Selection:
    return Selection(opts.since, opts.until, opts.publisher, opts.role, opts.language, opts.clusters == "first", opts.since_id,
                     opts.limit, newest_first=name == "atom")  # fmt: skip


@contextmanager
def _opened(target: Path | None) -> Iterator[BinaryIO]:
    if target is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    else:
        with whole_file(target) as file:
            yield file


def _write_card(target: Path, tally: Tally, opts: argparse.Namespace) -> Path:
    """README.md beside the data, which `datasets` looks for; another name if there is one that is not ours."""
    card = target.with_name("README.md")
    if card.exists() and MARK not in card.read_text("utf-8", "replace"):
        card = target.with_suffix(".card.md")
    text = data_set_card(tally, target.name, now(), RULES_VERSION, _choice(opts), opts.clusters == "first")
    with whole_file(card) as file:
        file.write(text.encode())
    return card


def _choice(opts: argparse.Namespace) -> str:
    """The options that left articles out, as they were typed."""
    names = ("since", "until", "publisher", "role", "language", "since_id", "limit")
    return ", ".join(f"--{name.replace('_', '-')} {value}" for name in names if (value := getattr(opts, name)))


def _told(target: Path | None, name: str, tally: Tally, card: Path | None, since_id: int) -> str:
    where = f"to {target} " if target else ""
    lines = [f"{tally.articles:,} articles are written {where}({name})."]
    if card is not None:
        ours = "" if card.name == "README.md" else f"; {card.with_name('README.md')} is somebody else's and stays"
        lines.append(f"The data set card is {card}{ours}.")
    lines.append(f"Those that come later: --since-id {max(tally.last_id, since_id)}")
    return "".join(f"{line}\n" for line in lines)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2025-05-21") from error


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 0")
    return min(int(text), _LARGEST)
