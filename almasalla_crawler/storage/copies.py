"""Articles whose current texts are the same to the letter: a pair of kind `copy`, and one cluster."""

import sqlite3

from almasalla_crawler.storage.identity import MIN_FINGERPRINT_LETTERS


def pair_copies(connection: sqlite3.Connection, article_id: int) -> None:
    """Pairs an article with its copies; articles that were its copies before its text changed are so no more."""
    partners = {
        row[0]
        for row in connection.execute(
            "DELETE FROM pairs WHERE kind = 'copy' AND ?1 IN (article_a, article_b)"
            " RETURNING iif(article_a = ?1, article_b, article_a)",
            (article_id,),
        )
    }
    copies = {
        row[0]
        for row in connection.execute(
            "SELECT o.id FROM articles o JOIN articles a ON a.fingerprint = o.fingerprint AND a.id <> o.id"
            " WHERE a.id = ? AND length(replace(a.body_key, ' ', '')) >= ?",
            (article_id, MIN_FINGERPRINT_LETTERS),
        )
    }
    connection.executemany(
        "INSERT OR REPLACE INTO pairs VALUES (?, ?, 'copy', 1.0)", [sorted((article_id, copy)) for copy in copies]
    )
    for one in (partners - copies) | copies | {article_id}:
        connection.execute(
            "UPDATE articles SET cluster_id = (SELECT min(article_a) FROM pairs WHERE id IN (article_a, article_b)) WHERE id = ?",
            (one,),
        )
