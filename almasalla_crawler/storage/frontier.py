"""What was already read: lets a crawl request only what is new or changed."""

import sqlite3
from collections.abc import Iterable

from almasalla_crawler import RULES_VERSION


def is_unchanged(connection: sqlite3.Connection, url: str, door: str, sha256: str) -> bool:
    """Were these bytes already read, behind this door of this page, with the rules of this version?"""
    row = connection.execute(
        "SELECT c.body_sha256, c.parsed_by FROM pages p JOIN captures c ON c.page_id = p.id WHERE p.url = ? AND c.door = ?",
        (url, door),
    ).fetchone()
    return row is not None and tuple(row) == (sha256, RULES_VERSION)


def touch_pages(connection: sqlite3.Connection, urls: Iterable[str], seen_at: str) -> None:
    """Unchanged pages were seen again; so were the rejects that concern them."""
    rows = [(seen_at, url) for url in urls]
    connection.executemany("UPDATE pages SET last_seen_at = ? WHERE url = ?", rows)
    connection.executemany("UPDATE rejects SET last_seen_at = ? WHERE url = ?", rows)
