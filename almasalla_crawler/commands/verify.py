"""`scrapy verify`: is all that was stored still there, as it was stored? Says what is wrong and how to mend it."""

import argparse
import json
import sqlite3
import sys
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from almasalla_crawler.items import Rejected
from almasalla_crawler.paths import project_path
from almasalla_crawler.readers.files import path_from_text
from almasalla_crawler.storage.database import open_readonly
from almasalla_crawler.storage.failures import DAMAGED, DatabaseError, explaining
from almasalla_crawler.storage.problems import Found, Problem

if TYPE_CHECKING:
    from rich.status import Status

_SHOWN = 20  # problems of one check on a terminal
_KEPT = 10_000  # problems of one check in memory
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's convention

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Look for damage to what is stored, and say how to mend it"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument("--quick", action="store_true", help="without what reads every text and file")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError("scrapy verify takes no arguments; DATABASE_PATH names the database", print_help=False)
        assert self.settings is not None
        path = project_path(self.settings["DATABASE_PATH"])
        try:
            with explaining(path), closing(open_readonly(path, for_long=True)) as connection:
                found = verify(connection, opts.quick, self.settings.getint("SEED_MAXSIZE"))
        except DatabaseError as error:
            sys.stderr.write(f"{error}\n")
            self.exitcode = 1
            return
        self.exitcode = int(any(not one.is_note for problems in found.values() for one in problems))
        sys.stdout.write(_as_json(path, found) if opts.json else _as_text(path, found))


def verify(connection: sqlite3.Connection, quick: bool, max_bytes: int) -> dict[str, list[Problem]]:
    """What each check found, by the name of the check."""
    from rich.console import Console
    from rich.status import Status

    from almasalla_crawler.storage import kept_lines, recounts, soundness  # every command waits for the imports of all

    connection.text_factory = _decoded
    checks = {"file": soundness.check_file(connection, quick), "references": soundness.check_references(connection),
              "clusters": soundness.check_clusters(connection), "dates": soundness.check_dates(connection),
              "search index": soundness.check_search_index(connection, quick)}  # fmt: skip
    if not quick:
        checks |= {"seals": soundness.check_seals(connection), "texts": recounts.check_texts(connection),
                   "sketches": recounts.check_sketches(connection), "lines": kept_lines.check_lines(connection),
                   "kept bytes": _check_kept_bytes(recounts.kept_bytes(connection), max_bytes)}  # fmt: skip
    with Status("", console=Console(stderr=True)) as status:  # shown on a terminal only
        return {name: list(_kept(name, check, status)) for name, check in checks.items()}


def _kept(name: str, check: Found, status: "Status") -> Iterator[Problem]:
    count = 0
    for slices, problems in enumerate(_until_damaged(check), 1):
        count += len(problems)
        yield from problems[: max(0, _KEPT - count + len(problems))]
        status.update(f"{name} … {slices} steps, {count} problems")


def _until_damaged(check: Found) -> Found:
    """The check, and as its last word that SQLite could not read on."""
    try:
        yield from check
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGE:
            raise
        yield [Problem("the database", str(error), DAMAGED)]


def _check_kept_bytes(captures: Iterator[list[sqlite3.Row]], max_bytes: int) -> Found:
    for rows in captures:
        yield [problem for row in rows if (problem := _compared(row, max_bytes))]


def _compared(capture: sqlite3.Row, max_bytes: int) -> Problem | None:
    """The file or record that a page was read from, with the hash that was stored."""
    from almasalla_crawler.readers.kept import kept_at

    place = capture["raw_at"]
    try:
        sha256 = kept_at(place, max_bytes).sha256
    except (Rejected, ValueError, EOFError, zlib.error) as error:
        if not path_from_text(place.rpartition("#")[0] or place).exists():
            return Problem(place, f"is gone; it was {capture['url']}", "nothing, what was read is stored", is_note=True)
        return Problem(place, f"cannot be read: {error}; it is {capture['url']}", "restore it from a backup, or crawl again")
    if sha256 == capture["body_sha256"]:
        return None
    return Problem(place, f"is not what was read; it was {capture['url']}", "if it was edited, crawl again; else restore it")


def _decoded(value: bytes) -> str:
    """Damaged text can be read, and is not equal to what it was."""
    return value.decode("utf-8", "surrogateescape")


def _as_json(path: Path, found: dict[str, list[Problem]]) -> str:
    problems: list[dict[str, Any]] = [{"check": name, **asdict(one)} for name, many in found.items() for one in many]
    answer = {"database": str(path), "ok": all(one["is_note"] for one in problems), "checks": list(found), "problems": problems}
    return _printable(json.dumps(answer, ensure_ascii=False, indent=2)) + "\n"


def _as_text(path: Path, found: dict[str, list[Problem]]) -> str:
    lines = [f"scrapy verify: {path}"]
    for name, problems in found.items():
        wrong = sum(not one.is_note for one in problems)
        notes = f", {len(problems) - wrong} notes" if len(problems) > wrong else ""
        lines.append(f"  {name:12} {f'{wrong} problems' if wrong else 'ok'}{notes}")
        for one in problems[:_SHOWN]:
            lines += [f"    {one.subject}: {one.text}", f"      {'note' if one.is_note else 'mend'}: {one.mend}"]
        if len(problems) > _SHOWN:
            lines.append(f"    and {len(problems) - _SHOWN} more; --json has them")
    return _printable("\n".join(lines)) + "\n"


def _printable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()
