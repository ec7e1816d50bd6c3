"""Takedowns: removes a page and what only it carried."""

import sqlite3
from dataclasses import dataclass

from almasalla_crawler.storage.archive import remove_unseen


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was removed, and what stays because other pages show it."""

    url: str
    raw_at: list[str]  # the files the page was read from: not ours to delete
    articles: list[tuple[int, str]]  # id and headline or lead of the articles removed
    kept: list[tuple[int, str]]  # of those that stay
    mentions: int
    captures: int
    rejects: int


def forget_page(connection: sqlite3.Connection, urls: list[str]) -> Forgotten | None:
    """Removes the page known under one of `urls`; None if there is none and nothing was rejected under them.

    The freed space is overwritten. Runs its own transaction; the caller holds the write lock.
    """
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("BEGIN IMMEDIATE")
    try:
        forgotten = _forget(connection, urls)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return forgotten


def _forget(connection: sqlite3.Connection, urls: list[str]) -> Forgotten | None:
    marks = ",".join("?" * len(urls))
    rejects = connection.execute(f"DELETE FROM rejects WHERE url IN ({marks})", urls).rowcount
    page = connection.execute(
        f"SELECT id, url FROM pages WHERE url IN ({marks}) UNION"
        f" SELECT g.id, g.url FROM urls u JOIN pages g ON g.id = u.page_id WHERE u.url IN ({marks})",
        [*urls, *urls],
    ).fetchone()
    if page is None:
        return Forgotten(urls[0], [], [], [], 0, 0, rejects) if rejects else None
    page_id, url = page
    captures = connection.execute("SELECT raw_at FROM captures WHERE page_id = ?", (page_id,)).fetchall()
    mentions = connection.execute("SELECT count(*) FROM mentions WHERE page_id = ?", (page_id,)).fetchone()[0]
    shown = connection.execute(
        "SELECT a.id, coalesce(a.title, substr(a.body, 1, 80)) FROM appearances p JOIN articles a ON a.id = p.article_id"
        " WHERE p.page_id = ? GROUP BY a.id ORDER BY a.id",
        (page_id,),
    ).fetchall()
    connection.execute("UPDATE pages SET discovered_from = NULL WHERE discovered_from = ?", (page_id,))
    connection.execute("DELETE FROM pages WHERE id = ?", (page_id,))
    connection.execute("UPDATE articles SET url = NULL WHERE url = ?", (url,))
    remove_unseen(connection, [row[0] for row in shown])
    still = "SELECT 1 FROM articles WHERE id = ?"
    left = {row[0] for row in shown if connection.execute(still, (row[0],)).fetchone()}
    return Forgotten(
        url,
        [row[0] for row in captures if row[0]],
        [row for row in shown if row[0] not in left],
        [row for row in shown if row[0] in left],
        mentions,
        len(captures),
        rejects,
    )
