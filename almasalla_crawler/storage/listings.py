"""Lists and the pages that each named last: what is new in one, what it lost, what it never tells."""

import sqlite3
from collections.abc import Iterable

from almasalla_crawler.items import Discovered
from almasalla_crawler.storage.facts import facts_from_json
from almasalla_crawler.storage.frontier import LISTING_KINDS
from almasalla_crawler.storage.spellings import page_at


def sources_of(connection: sqlite3.Connection, front: str) -> list[tuple[str, str, int]]:
    """Listings that the front page led to: url, kind, failures in a row."""
    return connection.execute(
        f"SELECT url, kind, attempts FROM pages WHERE kind IN {LISTING_KINDS}"
        " AND discovered_from = (SELECT id FROM pages WHERE url = ?)",
        (front,),
    ).fetchall()


def wake_sitemaps(connection: sqlite3.Connection, index_id: int, seen_at: str) -> None:
    """Those that an index names without telling whether they changed."""
    connection.execute(
        "UPDATE pages SET due_at = ? WHERE discovered_from = ? AND kind = 'sitemap' AND listed_modified IS NULL",
        (seen_at, index_id),
    )


def suspect(connection: sqlite3.Connection, urls: Iterable[str], seen_at: str) -> None:
    """Stored pages that their list no longer names: that was the first look, the second is due now.

    A page that a sitemap lost and that is there all the same is looked at from time to time, as one that no list names.
    """
    rows = [(seen_at, url) for url in urls]
    connection.executemany(
        "UPDATE pages SET due_at = ?, attempts = max(attempts, 1), discovered_from = (SELECT s.id FROM pages s"
        " WHERE s.id = pages.discovered_from AND s.kind = 'rest') WHERE url = ? AND state <> 'gone'",
        rows,
    )


def named_by(connection: sqlite3.Connection, source_id: int) -> set[str]:
    """Article pages of a list that are not gone."""
    query = "SELECT url FROM pages WHERE discovered_from = ? AND kind = 'article' AND state <> 'gone'"
    return {url for (url,) in connection.execute(query, (source_id,))}


def listed_total(connection: sqlite3.Connection, source_id: int) -> int:
    """Posts that a REST list said it has, also those that are not stored; 0 if it was never read whole."""
    return int(connection.execute("SELECT listed_total FROM pages WHERE id = ?", (source_id,)).fetchone()[0] or 0)


def newest_of(connection: sqlite3.Connection, source_id: int, count: int = 200) -> list[Discovered]:
    """Article pages that a list named last and that are not gone, with what was stated of them."""
    query = (
        "SELECT url, listed_modified, listed_facts FROM pages WHERE discovered_from = ? AND kind = 'article' AND state <> 'gone'"
        " ORDER BY id DESC LIMIT ?"
    )
    rows = connection.execute(query, (source_id, count))
    return [Discovered(url, modified=modified or "", facts=facts_from_json(stated)) for url, modified, stated in rows]


def has_news(connection: sqlite3.Connection, entries: Iterable[Discovered]) -> bool:
    """Does one of these article pages have no row yet, or a change that was not stated before?

    So is what a list is the first of its kind to state about a page that is still to be read.
    """
    query = (
        "SELECT 1 FROM pages WHERE id = ? AND coalesce(listed_modified, '') >= ?"
        " AND (http_status IS NOT NULL OR instr(coalesce(listed_facts, ''), ?) > 0)"
    )
    for entry in entries:
        if entry.kind == "article":
            page_id = page_at(connection, entry.url)
            source = entry.facts[0].source if entry.facts else ""
            if page_id is None or not connection.execute(query, (page_id, entry.modified, source)).fetchone():
                return True
    return False
