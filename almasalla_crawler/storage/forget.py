"""Takedowns: removes a page and what only it gave: articles, and of articles that other pages show, texts and values."""

import sqlite3
from dataclasses import dataclass
from typing import Any

from almasalla_crawler.storage.indexing import forget_words
from almasalla_crawler.storage.withdraw import withdraw


@dataclass(frozen=True, slots=True)
class Kept:
    """An article that other pages show, and what of it only the forgotten page gave."""

    id: int
    name: str  # headline or lead, as it is now
    shown_by: list[str]  # urls of the pages
    lost: list[str]  # names of the values that it gave: they are gone or those of another page


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was removed, and what stays because other pages show it."""

    url: str
    raw_at: list[str]  # the files the page was read from: not ours to delete
    removed: list[tuple[int, str]]  # id and headline or lead of the articles removed
    kept: list[Kept]
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
        forget_words(connection)
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
    raw_at = [row[0] for row in connection.execute("SELECT raw_at FROM captures WHERE page_id = ?", (page_id,))]
    mentions = connection.execute("SELECT count(*) FROM mentions WHERE page_id = ?", (page_id,)).fetchone()[0]
    query = "SELECT DISTINCT article_id FROM appearances WHERE page_id = ? ORDER BY article_id"
    shown = [row[0] for row in connection.execute(query, (page_id,))]
    before = {article_id: _article(connection, article_id) for article_id in shown}
    connection.execute("DELETE FROM appearances WHERE page_id = ?", (page_id,))
    connection.execute("UPDATE articles SET url = NULL WHERE url = ?", (url,))
    removed = withdraw(connection, page_id, shown)
    connection.execute("UPDATE pages SET discovered_from = NULL WHERE discovered_from = ?", (page_id,))
    connection.execute("DELETE FROM pages WHERE id = ?", (page_id,))
    return Forgotten(
        url,
        [file for file in raw_at if file],
        [(article_id, _name(before[article_id])) for article_id in removed],
        [_kept(connection, article_id, before[article_id]) for article_id in shown if article_id not in removed],
        mentions,
        len(raw_at),
        rejects,
    )


def _kept(connection: sqlite3.Connection, article_id: int, before: dict[str, Any]) -> Kept:
    after = _article(connection, article_id)
    query = "SELECT DISTINCT g.url FROM appearances p JOIN pages g ON g.id = p.page_id WHERE p.article_id = ? ORDER BY g.url"
    pages = [row[0] for row in connection.execute(query, (article_id,))]
    return Kept(article_id, _name(after), pages, [name for name in before if before[name] and before[name] != after[name]])


def _article(connection: sqlite3.Connection, article_id: int) -> dict[str, Any]:
    """What a person would see of it, by name."""
    columns = ("url", "publisher", "title", "body", "date_published_raw", "date_modified_utc", "dateline_place",
               "dateline_agency", "credit", "section", "image_url")  # fmt: skip
    row = connection.execute(f"SELECT {', '.join(columns)} FROM articles WHERE id = ?", (article_id,)).fetchone()
    lists = {"authors": "name", "keywords": "keyword", "revisions": "fingerprint"}
    values = {
        table: [one[0] for one in connection.execute(f"SELECT {name} FROM {table} WHERE article_id = ?", (article_id,))]
        for table, name in lists.items()
    }
    return dict(zip(columns, row, strict=True)) | values


def _name(article: dict[str, Any]) -> str:
    return " ".join((article["title"] or article["body"][:80]).split())
