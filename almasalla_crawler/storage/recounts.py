"""What can be counted again from what is stored: keys and hashes of texts, lines and letters of captures."""

import json
import shlex
import sqlite3
import zlib
from collections.abc import Iterator
from typing import Any

from almasalla_crawler.arabic.datelines import key_without_dateline, read_dateline
from almasalla_crawler.arabic.letters import count_letters, fingerprint, search_key, search_keys
from almasalla_crawler.items import BODY_ROLES
from almasalla_crawler.storage.problems import FORGET, Found, Problem

_SLICE = 100
_ARTICLES = (
    "SELECT id, title, title_key, body, body_key, block_roles, paragraph_count, word_count, fingerprint, dateline_agency,"
    " (SELECT json_group_array(DISTINCT said ->> '$.dateline_agency[1]') FROM appearances WHERE article_id = a.id) AS agencies"
    " FROM articles a WHERE id > ? ORDER BY id LIMIT ?"
)
_CAPTURES = (
    "SELECT c.id, g.url, c.lines, c.letter_count, c.line_count, c.kept_line_count FROM captures c"
    " JOIN pages g ON g.id = c.page_id WHERE c.id > ? ORDER BY c.id LIMIT ?"
)
_KEPT_BYTES = (
    "SELECT c.id, g.url, c.raw_at, c.body_sha256 FROM captures c JOIN pages g ON g.id = c.page_id WHERE c.id > ?"
    " AND c.raw_at <> '' AND NOT EXISTS (SELECT 1 FROM urls u WHERE u.page_id = g.id AND u.kind = 'part') ORDER BY c.id LIMIT ?"
)
_KEPT = BODY_ROLES | {"title"}


def slices(connection: sqlite3.Connection, query: str) -> Iterator[list[sqlite3.Row]]:
    """The rows of a query by id, some at a time. No transaction is open between them."""
    last = -(2**63)
    while rows := connection.execute(query, (last, _SLICE)).fetchall():
        yield rows
        last = rows[-1][0]


def kept_bytes(connection: sqlite3.Connection) -> Iterator[list[sqlite3.Row]]:
    """id, url, raw_at and body_sha256 of captures whose bytes are kept. Not of articles on several pages: one hash has all."""
    return slices(connection, _KEPT_BYTES)


def check_texts(connection: sqlite3.Connection) -> Found:
    for rows in slices(connection, _ARTICLES):
        yield [
            Problem(f"article {row['id']}", f"{name} is not that of its text", "scrapy reparse --all, if its seal is whole")
            for row in rows
            for name in _wrong(row)
        ]


def _wrong(article: sqlite3.Row) -> Iterator[str]:
    """Columns that do not follow from the others."""
    blocks = article["body"].split("\n\n")
    key = " ".join(filter(None, search_keys(blocks)))
    roles = _list(article["block_roles"])
    expected = {
        "title_key": search_key(article["title"] or "") or None,
        "body_key": key,
        "word_count": key.count(" ") + 1,
        "paragraph_count": sum(role in ("paragraph", "list_item") for role in roles),
    }
    yield from (name for name, value in expected.items() if article[name] != value)
    if len(roles) != len(blocks):
        yield "block_roles"
    if article["fingerprint"] not in _fingerprints(article, key):
        yield "fingerprint"


def _fingerprints(article: sqlite3.Row, key: str) -> set[str]:
    """Those that the text may have: the dateline that is no part of it is known by the agency that its page names."""
    found = read_dateline(article["body"].partition("\n\n")[0])
    agencies = {None, article["dateline_agency"], found.agency if found else None, *_list(article["agencies"])}
    return {fingerprint(key_without_dateline(article["body"], key, agency)) for agency in agencies}


def _list(text: str) -> list[Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return []
    return found if isinstance(found, list) else []


def check_lines(connection: sqlite3.Connection) -> Found:
    """Every line and letter that was counted when the page was read is still there."""
    for rows in slices(connection, _CAPTURES):
        yield [
            Problem(f"capture {row['id']}", text, FORGET.format(url=shlex.quote(row["url"])))
            for row in rows
            if (text := _lost(row))
        ]


def _lost(capture: sqlite3.Row) -> str:
    """What does not add up, "" if all does. Captures of listings have no lines; rejected pages may lack some."""
    if capture["lines"] is None:
        return ""
    try:
        lines = json.loads(zlib.decompress(capture["lines"]))
        counts = len(lines), sum(role in _KEPT for _, role, *_ in lines), count_letters("\n".join(line[3] for line in lines))
    except (zlib.error, ValueError, TypeError) as error:
        return f"its lines cannot be read: {error}"
    if len(lines) != capture["line_count"]:
        return f"{capture['line_count']} lines were stored, {len(lines)} are there"
    if capture["kept_line_count"] and counts != (capture["line_count"], capture["kept_line_count"], capture["letter_count"]):
        stored = f"{capture['kept_line_count']} lines of articles and {capture['letter_count']} letters were stored"
        return f"{stored}, {counts[1]} and {counts[2]} are there"
    return ""
