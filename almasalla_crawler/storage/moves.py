"""A saved file whose url becomes known later: the page that stood for the file is the page of that url."""

import sqlite3

from almasalla_crawler.arabic.similarity import shared_shingles
from almasalla_crawler.storage.changes import refresh_changes
from almasalla_crawler.storage.identity import MIN_SHARED
from almasalla_crawler.storage.mentions import resolve_headlines
from almasalla_crawler.storage.merge import merge_articles
from almasalla_crawler.storage.pairs import pair_again
from almasalla_crawler.storage.values import refresh_values


def move_page(connection: sqlite3.Connection, old_url: str, url: str, crawl_id: int | None) -> None:
    """Makes the page at `old_url`, if there is one, the page at `url`; `urls` keeps the old spelling.

    Its id stays, unless `url` has a page: then all that the old one showed goes there.
    """
    old = _page(connection, old_url)
    if old is None:
        return
    new = _page(connection, url)
    if new is None:
        connection.execute("UPDATE pages SET url = ? WHERE id = ?", (url, old))
    else:
        _join(connection, old, new, crawl_id)
    connection.execute("INSERT OR REPLACE INTO urls (url, page_id, kind) VALUES (?, ?, 'requested')", (old_url, new or old))
    connection.execute("UPDATE OR IGNORE rejects SET url = ? WHERE url = ?", (url, old_url))


def _page(connection: sqlite3.Connection, url: str) -> int | None:
    row = connection.execute("SELECT id FROM pages WHERE url = ?", (url,)).fetchone()
    return int(row[0]) if row else None


def _join(connection: sqlite3.Connection, old: int, new: int, crawl_id: int | None) -> None:
    for one, other in _same_places(connection, old, new):
        _merge(connection, one, other, crawl_id)
    join_pages(connection, old, new)


def join_pages(connection: sqlite3.Connection, old: int, new: int) -> None:
    """All that page `old` showed stands on page `new`, which keeps what both have; `old` is gone."""
    for table in ("captures", "appearances", "facts", "urls"):
        connection.execute(f"UPDATE OR IGNORE {table} SET page_id = ? WHERE page_id = ?", (new, old))
    connection.execute("UPDATE articles SET text_page_id = ? WHERE text_page_id = ?", (new, old))
    connection.execute("UPDATE OR IGNORE revisions SET page_id = ? WHERE page_id = ?", (new, old))
    connection.execute("UPDATE pages SET discovered_from = ? WHERE discovered_from = ?", (new, old))
    query = "UPDATE pages SET first_seen_at = min(first_seen_at, (SELECT first_seen_at FROM pages WHERE id = ?)) WHERE id = ?"
    connection.execute(query, (old, new))
    connection.execute("DELETE FROM pages WHERE id = ?", (old,))


def _same_places(connection: sqlite3.Connection, old: int, new: int) -> list[tuple[int, int]]:
    """Articles that stand in one place of both pages and share as much as rule (b) of identity asks for."""
    rows = connection.execute(
        "SELECT a.id, b.id, a.body_key, b.body_key FROM appearances p JOIN appearances q USING (role, position)"
        " JOIN articles a ON a.id = p.article_id JOIN articles b ON b.id = q.article_id"
        " WHERE p.page_id = ? AND q.page_id = ? AND a.id <> b.id AND (a.url IS NULL OR b.url IS NULL)",
        (old, new),
    )
    return [(one, other) for one, other, key, other_key in rows if shared_shingles(key, other_key) >= MIN_SHARED]


def _merge(connection: sqlite3.Connection, one: int, other: int, crawl_id: int | None) -> None:
    titles = {key for (key,) in connection.execute("SELECT title_key FROM articles WHERE id IN (?, ?)", (one, other)) if key}
    stays = merge_articles(connection, one, other, crawl_id)
    titles |= refresh_values(connection, stays)
    pair_again(connection, stays)
    refresh_changes(connection, stays)
    resolve_headlines(connection, titles)
