"""Pairs, clusters, changes and mentions made anew from the stored articles: the same as a crawl would have made."""

import sqlite3
from collections.abc import Iterator

from filelock import FileLock

from almasalla_crawler.arabic.sketches import SKETCH_VERSION
from almasalla_crawler.storage.changes import refresh_changes
from almasalla_crawler.storage.database import transaction
from almasalla_crawler.storage.mentions import resolve_pages
from almasalla_crawler.storage.pairs import pair_again
from almasalla_crawler.storage.sketches import WITHOUT_SKETCH, without_sketch

BATCH = 500  # articles or pages in a transaction; a crawl that writes too waits so long
_NEXT = f"SELECT a.id {WITHOUT_SKETCH} AND a.id > ? ORDER BY a.id LIMIT {BATCH}"
_CLEAR = (
    "DELETE FROM pairs",
    "DELETE FROM sketches",
    "DELETE FROM sketch_numbers",
    "UPDATE articles SET cluster_id = NULL WHERE cluster_id IS NOT NULL",
    "INSERT INTO unsealed SELECT kind, id FROM seals WHERE kind = 'pairs' ON CONFLICT DO NOTHING",  # of pairs that damage took
)


def begin(connection: sqlite3.Connection, lock: FileLock, anew: bool = False) -> int:
    """Returns how many articles are to be compared: those that an interrupted run left, else all of them.

    All of them too if `anew`, or if some were compared by an older rule: then no pair is left of before.
    """
    left = without_sketch(connection)
    outdated = connection.execute("SELECT 1 FROM sketches WHERE version <> ?", (SKETCH_VERSION,)).fetchone()
    if left and not anew and not outdated:
        return left
    with transaction(connection, lock):
        for statement in _CLEAR:
            connection.execute(statement)
    return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])


def compare(connection: sqlite3.Connection, lock: FileLock) -> Iterator[int]:
    """Compares the articles that are left, oldest first; yields how many after each transaction."""
    last = 0
    while ids := [row[0] for row in connection.execute(_NEXT, (last,))]:
        with transaction(connection, lock):
            for article_id in ids:
                pair_again(connection, article_id, near_duplicates=True)
                refresh_changes(connection, article_id)
        last = ids[-1]
        yield len(ids)


def resolve(connection: sqlite3.Connection, lock: FileLock) -> None:
    """Looks up every mention again."""
    last = connection.execute("SELECT coalesce(max(page_id), 0) FROM mentions").fetchone()[0]
    for first in range(0, last + 1, BATCH):
        with transaction(connection, lock):
            resolve_pages(connection, first, first + BATCH)


def totals(connection: sqlite3.Connection) -> dict[str, int]:
    """Pairs by kind, clusters, and open and resolved mentions."""
    kinds = dict.fromkeys(("copy", "edited", "shortened", "extended"), 0)
    kinds |= dict(connection.execute("SELECT kind, count(*) FROM pairs GROUP BY kind").fetchall())
    (clusters,) = connection.execute("SELECT count(DISTINCT cluster_id) FROM articles").fetchone()
    (named, mentions) = connection.execute("SELECT count(article_id), count(*) FROM mentions").fetchone()
    return {**kinds, "clusters": clusters, "mentions_resolved": named, "mentions_open": mentions - named}
