"""Takes back what a page gave to articles that it shows no more: newer rules read it otherwise, or it is forgotten."""

import sqlite3
from collections.abc import Iterable

from almasalla_crawler.storage.changes import refresh_changes
from almasalla_crawler.storage.mentions import resolve_headlines
from almasalla_crawler.storage.pairs import pair_again, unpair
from almasalla_crawler.storage.texts import Texts
from almasalla_crawler.storage.values import refresh_values


def withdraw(connection: sqlite3.Connection, page_id: int, article_ids: Iterable[int], crawl_id: int | None = None) -> list[int]:
    """Leaves each article as the other pages show it; removes and returns those that no other page shows.

    The appearances on the page are deleted already.
    """
    removed = []
    for article_id in dict.fromkeys(article_ids):
        shown = connection.execute("SELECT 1 FROM appearances WHERE article_id = ?", (article_id,)).fetchone()
        connection.execute("DELETE FROM facts WHERE article_id = ? AND page_id = ?", (article_id, page_id))
        if shown:
            Texts(connection, article_id, crawl_id).withdraw(page_id)
            retitled = refresh_values(connection, article_id)
            pair_again(connection, article_id)
            refresh_changes(connection, article_id)
        else:
            retitled = _remove(connection, article_id)
            removed.append(article_id)
        resolve_headlines(connection, retitled)
    return removed


def _remove(connection: sqlite3.Connection, article_id: int) -> set[str]:
    unpair(connection, article_id)
    rows = connection.execute("DELETE FROM articles WHERE id = ? RETURNING title_key", (article_id,)).fetchall()
    return {key for (key,) in rows if key}
