"""Two rows of articles that turn out to be one article: everything of one goes to the other."""

import sqlite3

from almasalla_crawler.storage.pairs import unpair
from almasalla_crawler.storage.texts import Texts


def merge_articles(connection: sqlite3.Connection, one: int, other: int, crawl_id: int | None) -> int:
    """Merges two articles; the one with a url stays, else the older row. Returns its id.

    Its values, pairs and changes are to be refreshed.
    """
    rows = connection.execute("SELECT id FROM articles WHERE id IN (?, ?) ORDER BY url IS NULL, id", (one, other)).fetchall()
    stays, goes = rows[0][0], rows[1][0]
    texts = Texts(connection, stays, crawl_id)
    for text in Texts(connection, goes, crawl_id).all():
        texts.add(text)
    connection.execute("UPDATE OR IGNORE revisions SET article_id = ? WHERE article_id = ? AND changed = 'title'", (stays, goes))
    texts.drop_foreign_headlines()
    connection.execute("UPDATE OR IGNORE appearances SET article_id = ? WHERE article_id = ?", (stays, goes))
    for table in ("facts", "mentions"):
        connection.execute(f"UPDATE {table} SET article_id = ? WHERE article_id = ?", (stays, goes))
    unpair(connection, goes)
    connection.execute("DELETE FROM articles WHERE id = ?", (goes,))
    return int(stays)
