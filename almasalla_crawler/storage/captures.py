"""What was already read: unchanged bytes, and captures that another version of the rules read."""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from almasalla_crawler import RULES_VERSION
from almasalla_crawler.items import Fact, Page
from almasalla_crawler.storage.crawls import now
from almasalla_crawler.storage.facts import facts_from_json
from almasalla_crawler.storage.locks import write_lock


def unchanged_state(connection: sqlite3.Connection, page: Page, sha256: str) -> str | None:
    """stored or rejected if these bytes were already read behind this door, with the rules of this version and the same
    time and outlet; else None."""
    row = connection.execute(
        "SELECT iif(c.kept_line_count > 0, 'stored', 'rejected') FROM pages p JOIN captures c ON c.page_id = p.id"
        " WHERE p.url = ? AND c.door = ? AND c.body_sha256 = ? AND c.parsed_by = ? AND c.saved_at IS ?"
        " AND coalesce(?, p.outlet) IS p.outlet",
        (page.url, page.door, sha256, RULES_VERSION, page.observed_at if page.now else None, page.outlet),
    ).fetchone()
    return row[0] if row else None


def touch_pages(connection: sqlite3.Connection, path: Path, urls: Iterable[str]) -> None:
    """Unchanged pages were seen now; so were the rejects that concern them. A transaction of its own."""
    rows = [(now(), url) for url in urls]
    with write_lock(path):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("UPDATE pages SET last_seen_at = ? WHERE url = ?", rows)
        connection.executemany("UPDATE rejects SET last_seen_at = ? WHERE url = ?", rows)
        connection.execute("COMMIT")


def outdated_captures(connection: sqlite3.Connection, everything: bool = False) -> Iterator[sqlite3.Row]:
    """Captures that another version of the rules read, or all, with url, outlet and facts of their page. In order of id.

    Read in slices, so that they may be written while they are iterated.
    """
    query = (
        "SELECT c.id, c.door, c.body_sha256, c.observed_at, c.saved_at, c.raw_at, g.url, g.outlet, g.listed_facts,"
        " s.listed_facts AS site_facts FROM captures c JOIN pages g ON g.id = c.page_id AND g.kind = 'article'"
        " LEFT JOIN pages s ON s.id = g.discovered_from WHERE c.id > ? AND (? OR c.parsed_by <> ?)"
        " ORDER BY c.id LIMIT 100"
    )
    last = 0
    while True:
        cursor = connection.cursor()
        cursor.row_factory = sqlite3.Row
        rows = cursor.execute(query, (last, everything, RULES_VERSION)).fetchall()
        if not rows:
            return
        yield from rows
        last = rows[-1]["id"]


def stated_facts(capture: sqlite3.Row) -> list[Fact]:
    """What the list that names a page states about it and about the site, for one of `outdated_captures`."""
    return [*facts_from_json(capture["listed_facts"]), *facts_from_json(capture["site_facts"])]
