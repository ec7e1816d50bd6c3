"""What can be counted again from what is stored: keys, hashes and sketches of texts."""

import json
import sqlite3
import struct
from collections.abc import Iterator
from typing import Any

from almasalla_crawler.arabic.datelines import key_without_dateline, read_dateline
from almasalla_crawler.arabic.letters import fingerprint, search_key, search_keys
from almasalla_crawler.arabic.sketches import SKETCH_VERSION, numbers_of, sketch_of
from almasalla_crawler.storage.problems import Found, Problem
from almasalla_crawler.storage.sketches import without_sketch
from almasalla_crawler.storage.snapshot import snapshot

_SLICE = 100
_ARTICLES = (
    "SELECT id, title, title_key, body, body_key, block_roles, paragraph_count, word_count, fingerprint, dateline_agency,"
    " (SELECT json_group_array(DISTINCT said ->> '$.dateline_agency[1]') FROM appearances WHERE article_id = a.id) AS agencies,"
    " s.sketch, s.version FROM articles a LEFT JOIN sketches s ON s.article_id = a.id WHERE id > ? ORDER BY id LIMIT ?"
)
_KEPT_BYTES = (
    "SELECT c.id, g.url, c.raw_at, c.body_sha256 FROM captures c JOIN pages g ON g.id = c.page_id WHERE c.id > ?"
    " AND c.raw_at <> '' AND (c.raw_at GLOB '*#*,*' OR NOT EXISTS"
    " (SELECT 1 FROM urls u WHERE u.page_id = g.id AND u.kind = 'part')) ORDER BY c.id LIMIT ?"
)


def slices(connection: sqlite3.Connection, query: str) -> Iterator[list[sqlite3.Row]]:
    """The rows of a query by id, some at a time. No transaction is open between them."""
    last = -(2**63)
    while rows := connection.execute(query, (last, _SLICE)).fetchall():
        yield rows
        last = rows[-1][0]


def kept_bytes(connection: sqlite3.Connection) -> Iterator[list[sqlite3.Row]]:
    """id, url, raw_at and body_sha256 of captures whose bytes are kept. Of an article on several pages one hash has all."""
    return slices(connection, _KEPT_BYTES)


_SKETCHES = "SELECT article_id, sketch, version FROM sketches WHERE article_id > ? ORDER BY article_id LIMIT ?"
_MISSING = (
    "SELECT DISTINCT value ->> 1 FROM json_each(?) WHERE NOT EXISTS"
    " (SELECT 1 FROM sketch_numbers WHERE number = value ->> 0 AND article_id = value ->> 1)"
)
_TOO_MANY = "SELECT (SELECT count(*) FROM sketch_numbers) - (SELECT total(length(sketch)) / 4 FROM sketches)"
_COMPARE_ALL = "scrapy dedupe --all"


def check_sketches(connection: sqlite3.Connection) -> Found:
    """An article is looked up by all numbers of its sketch and by no other."""
    last: int | None = -(2**63)
    outdated = 0
    while last is not None:
        with snapshot(connection):
            rows = connection.execute(_SKETCHES, (last, _SLICE)).fetchall()
            numbers = [(number, row["article_id"]) for row in rows for number in _numbers(row["sketch"])]
            missing = connection.execute(_MISSING, (json.dumps(numbers),)).fetchall()
        yield [Problem(f"article {row[0]}", "is not found by its sketch", _COMPARE_ALL) for row in missing]
        outdated += sum(row["version"] != SKETCH_VERSION for row in rows)
        last = rows[-1]["article_id"] if rows else None
    if outdated:
        yield [Problem("sketches", f"made by another rule than that of today: {outdated:,}", _COMPARE_ALL)]
    if connection.execute(_TOO_MANY).fetchone()[0]:
        yield [Problem("sketch_numbers", "has numbers that no sketch has", _COMPARE_ALL)]
    if left := without_sketch(connection):
        yield [Problem("sketches", f"articles that were compared with no other: {left:,}", "scrapy dedupe", is_note=True)]


def _numbers(sketch: bytes) -> list[int]:
    try:
        return numbers_of(sketch)
    except (struct.error, TypeError):  # the check of the texts says so
        return []


def check_texts(connection: sqlite3.Connection) -> Found:
    for rows in slices(connection, _ARTICLES):
        yield [
            Problem(
                f"article {row['id']}", f"{name} is not that of its text", f"if its seal is whole, {_MAKES.get(name, _REPARSE)}"
            )
            for row in rows
            for name in _differing(row)
        ]


_REPARSE = "scrapy reparse --all"
_MAKES = {"sketch": _COMPARE_ALL}


def _differing(article: sqlite3.Row) -> list[str]:
    try:
        return list(_wrong(article))
    except (AttributeError, TypeError):  # a flipped bit can make a number or bytes of a text
        return ["the kind of a value"]


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
    if article["version"] == SKETCH_VERSION and article["sketch"] != sketch_of(key):
        yield "sketch"


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
