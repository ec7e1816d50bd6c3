"""Two rows of articles that turn out to be one article: everything of one goes to the other."""

import sqlite3

_TEXT = "body, block_roles, body_key, paragraph_count, word_count, fingerprint"
_FILLED = (
    "publisher", "title", "title_source", "title_key", "date_modified_utc", "dateline_place", "dateline_agency", "credit",
    "section", "language", "image_url",
)  # fmt: skip
_DATE = ("raw", "date", "utc", "precision", "rule")


def merge_articles(connection: sqlite3.Connection, one: int, other: int, crawl_id: int | None) -> int:
    """Merges two articles; the one with a url stays, else the older row. Returns its id.

    Its text becomes the later observed one, unless that is a text it had before; all other texts are revisions.
    """
    rows = connection.execute("SELECT id, url FROM articles WHERE id IN (?, ?) ORDER BY url IS NULL, id", (one, other)).fetchall()
    stays, goes = rows[0][0], rows[1][0]
    _merge_texts(connection, stays, goes, crawl_id)
    for table in ("appearances", "authors", "keywords"):
        connection.execute(f"UPDATE OR IGNORE {table} SET article_id = ? WHERE article_id = ?", (stays, goes))
    for table in ("facts", "mentions"):
        connection.execute(f"UPDATE {table} SET article_id = ? WHERE article_id = ?", (stays, goes))
    filled = ", ".join(f"{name} = coalesce(articles.{name}, o.{name})" for name in _FILLED)
    connection.execute(f"UPDATE articles SET {filled} FROM articles o WHERE articles.id = ? AND o.id = ?", (stays, goes))
    dates = ", ".join(f"date_published_{name} = o.date_published_{name}" for name in _DATE)
    connection.execute(
        f"UPDATE articles SET {dates} FROM articles o WHERE articles.id = ? AND o.id = ?"
        " AND articles.date_published_date IS NULL",
        (stays, goes),
    )
    connection.execute("DELETE FROM articles WHERE id = ?", (goes,))
    return int(stays)


def _merge_texts(connection: sqlite3.Connection, stays: int, goes: int, crawl_id: int | None) -> None:
    query = "SELECT fingerprint, observed_at, title, body FROM articles WHERE id = ?"
    mine, theirs = (connection.execute(query, (number,)).fetchone() for number in (stays, goes))
    had = "SELECT 1 FROM revisions WHERE article_id = ? AND fingerprint = ?"
    is_new = theirs[0] != mine[0] and connection.execute(had, (stays, theirs[0])).fetchone() is None
    was_theirs = connection.execute(had, (goes, mine[0])).fetchone() is not None
    later = is_new and (theirs[1], was_theirs) > (mine[1], False)
    older = mine if later else theirs
    connection.execute("UPDATE OR IGNORE revisions SET article_id = ? WHERE article_id = ?", (stays, goes))
    connection.execute(
        f"INSERT OR {'REPLACE' if later else 'IGNORE'} INTO revisions"
        " (article_id, crawl_id, observed_at, title, body, fingerprint) VALUES (?,?,?,?,?,?)",
        (stays, crawl_id, older[1], older[2], older[3], older[0]),
    )
    if later:
        names = _TEXT.split(", ")
        texts = ", ".join(f"{name} = o.{name}" for name in [*names, "observed_at"])
        connection.execute(f"UPDATE articles SET {texts} FROM articles o WHERE articles.id = ? AND o.id = ?", (stays, goes))
    connection.execute(
        "DELETE FROM revisions WHERE article_id = ? AND fingerprint = (SELECT fingerprint FROM articles WHERE id = ?)",
        (stays, stays),
    )
