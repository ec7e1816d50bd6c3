"""One article, one page, one pair of texts, with all that belongs to it. Lists end where a person stops reading."""

import json
import sqlite3
from typing import Any

from almasalla_crawler.storage.articles import REVISIONS, revision_of
from almasalla_crawler.storage.overview import Row, rows
from almasalla_crawler.storage.packed_lines import page_lines
from almasalla_crawler.storage.relatives import relatives

MANY = 100  # rows of a list on a page about one thing
_INTERNAL = frozenset({"title_key", "body_key"})
_MAIN_OF_PAGE = "(SELECT article_id FROM appearances WHERE page_id = g.id AND role = 'main' ORDER BY position LIMIT 1)"
_FACTS = f"""
SELECT f.field, f.value, f.raw, f.source, f.chosen, f.page_id, g.url AS page_url FROM facts f JOIN pages g ON g.id = f.page_id
WHERE f.article_id = ? ORDER BY f.field, f.chosen DESC, f.source LIMIT {MANY * 5}
"""
_APPEARANCES = f"""
SELECT p.page_id, g.url AS page_url, g.outlet, g.state, p.role, p.position, p.title, p.first_line, p.last_line,
       p.first_seen_at, p.last_seen_at, p.capture_id
FROM appearances p JOIN pages g ON g.id = p.page_id WHERE p.article_id = ? ORDER BY p.role, p.first_seen_at, p.id LIMIT {MANY}
"""
_NAMES = f"""
SELECT m.kind, m.title, m.url, m.article_id FROM mentions m
WHERE m.page_id IN (SELECT page_id FROM appearances WHERE article_id = ? AND role = 'main' ORDER BY id LIMIT 5)
GROUP BY coalesce(m.article_id, m.title_key) ORDER BY m.page_id, m.position LIMIT {MANY}
"""
_NAMED_BY = f"""
SELECT m.kind, m.title, m.page_id, g.url AS page_url, a.id AS article_id, a.title AS article_title
FROM mentions m JOIN pages g ON g.id = m.page_id LEFT JOIN articles a ON a.id = {_MAIN_OF_PAGE}
WHERE m.article_id = ? LIMIT {MANY}
"""
_CAPTURES = """
SELECT id, door, body_sha256, observed_at, saved_at, parsed_by, encoding, replaced_chars, letter_count, line_count,
       kept_line_count, raw_at FROM captures WHERE page_id = ? ORDER BY observed_at DESC, door DESC
"""
_SHOWN = f"""
SELECT a.id, p.title, substr(a.body, 1, 200) AS lead, p.role, p.position, p.first_line, p.last_line, p.capture_id
FROM appearances p JOIN articles a ON a.id = p.article_id WHERE p.page_id = ? ORDER BY p.first_line LIMIT {MANY * 2}
"""


def article(connection: sqlite3.Connection, article_id: int) -> Row | None:
    """An article with authors, keywords, facts, appearances, its cluster and parts (see relatives), revisions (each with
    what became of it), names (headlines on its pages) and named_by (headlines elsewhere that name it). None if there is none.
    """
    found = rows(connection, "SELECT * FROM articles WHERE id = ?", article_id)
    if not found:
        return None
    shown = {name: value for name, value in found[0].items() if name not in _INTERNAL}
    cluster, parts = relatives(connection, article_id, shown["cluster_id"], MANY)
    return shown | {
        "blocks": blocks(shown["body"], shown["block_roles"]),
        "authors": [row["name"] for row in _ordered(connection, "authors", article_id)],
        "keywords": _ordered(connection, "keywords", article_id),
        "facts": rows(connection, _FACTS, article_id),
        "appearances": rows(connection, _APPEARANCES, article_id),
        "cluster": cluster,
        "parts": parts,
        "revisions": [revision_of(row) for row in rows(connection, f"{REVISIONS} DESC, r.id DESC LIMIT {MANY}", article_id)],
        "names": rows(connection, _NAMES, article_id),
        "named_by": rows(connection, _NAMED_BY, article_id),
    }


def _ordered(connection: sqlite3.Connection, table: str, article_id: int) -> list[Row]:
    return rows(connection, f"SELECT * FROM {table} WHERE article_id = ? ORDER BY position LIMIT {MANY}", article_id)


def blocks(body: str, block_roles: str) -> list[tuple[str, str]]:
    """Role and text of each block of a body."""
    return list(zip(json.loads(block_roles), body.split("\n\n"), strict=False))


def wording(connection: sqlite3.Connection, article_id: int) -> Row | None:
    """Headline and text of an article, and what tells it from others of the same text."""
    columns = "id, title, body, substr(body, 1, 200) AS lead, publisher, date_published_date AS day"
    return next(iter(rows(connection, f"SELECT {columns} FROM articles WHERE id = ?", article_id)), None)


def page(connection: sqlite3.Connection, page_id: int) -> Row | None:
    """A page with its spellings, captures (the latest first), articles and rejects. None if there is none."""
    found = rows(connection, "SELECT * FROM pages WHERE id = ?", page_id)
    if not found:
        return None
    url = found[0]["url"]
    return found[0] | {
        "spellings": rows(connection, f"SELECT url, kind FROM urls WHERE page_id = ? AND url <> ? LIMIT {MANY}", page_id, url),
        "captures": rows(connection, _CAPTURES, page_id),
        "articles": rows(connection, _SHOWN, page_id),
        "rejects": rows(connection, f"SELECT stage, reason, detail FROM rejects WHERE url = ? LIMIT {MANY}", url),
    }


def capture_lines(connection: sqlite3.Connection, capture_id: int) -> list[dict[str, Any]]:
    """All lines of a capture: number, role, rule, text, article. Raises zlib.error or JSONDecodeError if they are damaged."""
    row = connection.execute("SELECT lines FROM captures WHERE id = ?", (capture_id,)).fetchone()
    return page_lines(row[0]) if row and row[0] else []
