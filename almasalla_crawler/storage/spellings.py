"""Addresses of one page: a redirect, a slug edit, a shortlink, a guid and a REST record lead to the same row of `pages`."""

import sqlite3
from collections.abc import Iterable

from almasalla_crawler.storage.changes import refresh_changes
from almasalla_crawler.storage.mentions import resolve_urls
from almasalla_crawler.storage.merge import merge_articles
from almasalla_crawler.storage.moves import join_pages
from almasalla_crawler.storage.pairs import pair_again
from almasalla_crawler.storage.values import refresh_values


def page_at(connection: sqlite3.Connection, url: str) -> int | None:
    """The page that an address is known to lead to."""
    query = "SELECT id FROM pages WHERE url = ?1 UNION ALL SELECT page_id FROM urls WHERE url = ?1"
    row = connection.execute(query, (url,)).fetchone()
    return int(row[0]) if row else None


def add_spellings(connection: sqlite3.Connection, page_id: int, spellings: Iterable[tuple[str, str]]) -> None:
    """Other addresses, (url, kind), that lead to a page; one that is known to lead to another page stays with it.

    Mentions that link to a new one name the page's article.
    """
    rows = [(url, page_id, kind) for url, kind in spellings if url]
    before = connection.total_changes
    connection.executemany("INSERT OR IGNORE INTO urls (url, page_id, kind) VALUES (?, ?, ?)", rows)
    if connection.total_changes != before:
        resolve_urls(connection, [url for url, _, _ in rows])


def relocate(connection: sqlite3.Connection, page_id: int, url: str, crawl_id: int | None) -> int:
    """The page is at `url` now; its old address leads there too. If another row has that address the two are joined.

    Returns the row that is left, with the articles of both: it is the one that was there first if both have some.
    """
    (before,) = connection.execute("SELECT url FROM pages WHERE id = ?", (page_id,)).fetchone()
    other = page_at(connection, url)
    if before == url:
        return page_id
    if other is not None and other != page_id:
        if _has_articles(connection, other) or not _has_articles(connection, page_id):
            _absorb(connection, page_id, other, crawl_id)
            add_spellings(connection, other, [(before, "redirect")])
            return other
        _absorb(connection, other, page_id, crawl_id)
    connection.execute("UPDATE pages SET url = ? WHERE id = ?", (url, page_id))
    connection.execute("UPDATE OR IGNORE articles SET url = ? WHERE url = ?", (url, before))
    connection.execute("UPDATE urls SET kind = 'redirect' WHERE url = ? AND kind = 'canonical'", (before,))
    connection.execute(
        "INSERT INTO urls (url, page_id, kind) VALUES (?, ?, 'canonical')"
        " ON CONFLICT (url) DO UPDATE SET page_id = excluded.page_id, kind = excluded.kind",
        (url, page_id),
    )
    add_spellings(connection, page_id, [(before, "redirect")])
    return page_id


def _has_articles(connection: sqlite3.Connection, page_id: int) -> bool:
    return connection.execute("SELECT 1 FROM appearances WHERE page_id = ?", (page_id,)).fetchone() is not None


def _absorb(connection: sqlite3.Connection, goes: int, stays: int, crawl_id: int | None) -> None:
    """Row `goes` turns out to be the page of row `stays`: their main articles are one, what leads to it leads there."""
    main = "SELECT article_id FROM appearances WHERE page_id = ? AND role = 'main' ORDER BY position"
    one, other = (connection.execute(main, (page_id,)).fetchone() for page_id in (goes, stays))
    connection.execute("UPDATE urls SET kind = 'redirect' WHERE page_id = ? AND kind = 'canonical'", (goes,))
    left = None
    if one and other and one != other:
        connection.execute("UPDATE articles SET url = NULL WHERE id = ?", one)
        left = merge_articles(connection, other[0], one[0], crawl_id)
    join_pages(connection, goes, stays)
    if left is not None:
        refresh_values(connection, left)
        pair_again(connection, left)
        refresh_changes(connection, left)
