"""Keeps articles_fts in step where many articles are written: triggers do it for one article at a time."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def indexed_together(connection: sqlite3.Connection) -> Iterator[None]:
    """Articles that are new inside go to the index at the end, in one statement of the same transaction.

    FTS5 writes what it has collected to the disk at every savepoint and before every statement that has one, so a trigger
    that indexes each article makes many small segments, which it then merges.
    """
    connection.execute("UPDATE indexing SET until = (SELECT ifnull(max(id), 0) FROM articles)")
    yield
    connection.execute(
        "INSERT INTO articles_fts (rowid, title_key, body_key)"
        " SELECT id, title_key, body_key FROM articles WHERE id > (SELECT until FROM indexing)"
    )
    connection.execute("UPDATE indexing SET until = NULL")


def forget_words(connection: sqlite3.Connection) -> None:
    """Removes the words of deleted articles for good: until the index merges its segments they stand there, marked as deleted."""
    connection.execute("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')")
