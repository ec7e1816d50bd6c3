"""Questions about stored articles: the newest, one whole."""

import json
import sqlite3
from typing import Any

from almasalla_crawler.storage.packed_lines import page_lines
from almasalla_crawler.storage.relatives import relatives

_LIST = """
SELECT a.id, a.date_published_date AS date, a.publisher, a.title, substr(a.body, 1, 120) AS lead,
       iif(EXISTS (SELECT 1 FROM appearances p WHERE p.article_id = a.id AND p.role = 'main'), 'main', 'related') AS role
FROM articles a WHERE a.date_published_date IS {} ORDER BY a.date_published_date DESC, a.id DESC LIMIT ?
"""
_APPEARANCES = """
SELECT g.url AS page_url, p.role, p.position, p.title, p.first_line, p.last_line, p.first_seen_at, p.last_seen_at, p.capture_id
FROM appearances p JOIN pages g ON g.id = p.page_id WHERE p.article_id = ? ORDER BY p.role, g.url
"""
_MENTIONED_BY = (
    "SELECT g.url AS page_url, m.kind, m.title FROM mentions m JOIN pages g ON g.id = m.page_id WHERE m.article_id = ?"
)
REVISIONS = (  # of an article, as their caller orders them
    "SELECT r.id, r.observed_at, r.changed, r.title, r.body, c.changed_at, c.title AS next_title, c.words_removed, c.words_added,"
    " c.page_id = r.page_id AS corrected, c.differences FROM revisions r LEFT JOIN changes c ON c.revision_id = r.id"
    " WHERE r.article_id = ? ORDER BY r.observed_at"
)
_INTERNAL = frozenset({"title_key", "body_key", "fingerprint"})


def newest_articles(connection: sqlite3.Connection, limit: int) -> list[dict[str, Any]]:
    """Articles by date, newest first, undated ones last; all of them if `limit` is negative."""
    dated = connection.execute(_LIST.format("NOT NULL"), (limit,)).fetchall()
    rest = limit if limit < 0 else limit - len(dated)
    return [dict(row) for row in (*dated, *connection.execute(_LIST.format("NULL"), (rest,)))]


def whole_article(connection: sqlite3.Connection, article_id: int) -> dict[str, Any] | None:
    """One article with everything known about it, None if there is none with this id.

    Beside its columns: authors, keywords, facts, appearances (each with the lines of its page that belong to it or stand
    right around it, and the rule that placed each), revisions (each with what changed next), the articles of its cluster,
    parts (articles that it contains or that contain it), mentioned_by.
    """
    row = connection.execute("SELECT * FROM articles WHERE id = ?", (article_id,)).fetchone()
    if row is None:
        return None
    article = {name: row[name] for name in row.keys() if name not in _INTERNAL}  # noqa: SIM118 - of a Row, not a dict
    article["block_roles"] = json.loads(article["block_roles"])
    query = "SELECT {} FROM {} WHERE article_id = ? ORDER BY {}"
    article["authors"] = [r[0] for r in connection.execute(query.format("name", "authors", "position"), (article_id,))]
    article["keywords"] = [r[0] for r in connection.execute(query.format("keyword", "keywords", "position"), (article_id,))]
    facts = query.format("field, value, raw, source, chosen", "facts", "field, chosen DESC")
    article["facts"] = [dict(r) for r in connection.execute(facts, (article_id,))]
    article["appearances"] = [_appearance(connection, dict(r)) for r in connection.execute(_APPEARANCES, (article_id,))]
    article["revisions"] = [revision_of(dict(r)) for r in connection.execute(f"{REVISIONS}, r.id", (article_id,))]
    article["cluster"], article["parts"] = relatives(connection, article_id, article["cluster_id"])
    article["mentioned_by"] = [dict(r) for r in connection.execute(_MENTIONED_BY, (article_id,))]
    return article


def revision_of(revision: dict[str, Any]) -> dict[str, Any]:
    """A row of REVISIONS with its differences as they are named."""
    places = json.loads(revision["differences"] or "[]")
    names = ("behind", "removed", "added")
    return revision | {"differences": [dict(zip(names, place, strict=True)) for place in places]}


def _appearance(connection: sqlite3.Connection, appearance: dict[str, Any]) -> dict[str, Any]:
    capture_id = appearance.pop("capture_id")
    row = connection.execute("SELECT lines FROM captures WHERE id = ?", (capture_id,)).fetchone()
    first, last = appearance["first_line"] - 2, appearance["last_line"] + 2
    lines = page_lines(row[0]) if row else []
    appearance["lines"] = [line for line in lines if first <= line["number"] <= last]
    return appearance
