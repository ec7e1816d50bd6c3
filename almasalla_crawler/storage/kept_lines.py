"""The lines of pages: each that was counted is still in its capture, and those that are evidence are rows of `lines`."""

import json
import shlex
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from almasalla_crawler.arabic.letters import count_letters
from almasalla_crawler.items import BODY_ROLES
from almasalla_crawler.storage.archive import EVIDENCE
from almasalla_crawler.storage.problems import FORGET, Found, Problem
from almasalla_crawler.storage.snapshot import snapshot

_SLICE = 100  # pages
_PAGES = "SELECT id, url FROM pages WHERE id > ? ORDER BY id LIMIT ?"
_CAPTURES = (
    "SELECT page_id, id, lines, letter_count, line_count, kept_line_count FROM captures"
    " WHERE page_id BETWEEN ? AND ? AND lines IS NOT NULL ORDER BY id"
)
_ROWS = "SELECT page_id, number, role, rule, text FROM lines WHERE page_id BETWEEN ? AND ? ORDER BY page_id, number"
_KEPT = BODY_ROLES | {"title"}


def check_lines(connection: sqlite3.Connection) -> Found:
    """Captures of listings have no lines; rejected pages may lack some, and have no rows."""
    last: int | None = -(2**63)
    while last is not None:
        captures, rows = defaultdict(list), defaultdict(list)
        with snapshot(connection):
            urls = dict(connection.execute(_PAGES, (last, _SLICE)).fetchall())
            between = (min(urls, default=0), max(urls, default=-1))
            for page_id, *capture in connection.execute(_CAPTURES, between):
                captures[page_id].append(capture)
            for page_id, *row in connection.execute(_ROWS, between):
                rows[page_id].append(row)
        yield [problem for page_id, url in urls.items() for problem in _of_page(page_id, url, captures[page_id], rows[page_id])]
        last = max(urls, default=None)


def _of_page(page_id: int, url: str, captures: list[list[Any]], rows: list[list[Any]]) -> Iterator[Problem]:
    evidence = []
    for identifier, packed, *counts in captures:
        try:
            lines = json.loads(zlib.decompress(packed))
            lost = _lost(lines, *counts)
            evidence.append([line[:4] for line in lines if counts[-1] and line[1] in EVIDENCE])
        except (zlib.error, ValueError, TypeError, LookupError) as error:
            lost = f"its lines cannot be read: {error}"
        if lost:
            yield Problem(f"capture {identifier}", lost, FORGET.format(url=shlex.quote(url)))
    if len(evidence) == len(captures) and rows not in (evidence or [[]]):
        yield Problem(f"lines of page {page_id}", f"are not those of a capture of {url}", "scrapy reparse --all")


def _lost(lines: list[list[Any]], letter_count: int, line_count: int, kept_line_count: int) -> str:
    """What does not add up, "" if all does."""
    counts = len(lines), sum(role in _KEPT for _, role, *_ in lines), count_letters("\n".join(line[3] for line in lines))
    if len(lines) != line_count:
        return f"{line_count} lines were stored, {len(lines)} are there"
    if kept_line_count and counts != (line_count, kept_line_count, letter_count):
        stored = f"{kept_line_count} lines of articles and {letter_count} letters were stored"
        return f"{stored}, {counts[1]} and {counts[2]} are there"
    return ""
