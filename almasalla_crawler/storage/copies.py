"""Articles whose current texts are the same to the letter: a pair of kind `copy`, and one cluster."""

import sqlite3

from almasalla_crawler.storage.identity import MIN_FINGERPRINT_LETTERS


def pair_copies(connection: sqlite3.Connection, article_id: int) -> None:
    """Pairs an article with its copies; articles that were its copies before its text changed are so no more."""
    partners = unpair(connection, article_id)
    copies = {
        row[0]
        for row in connection.execute(
            "SELECT o.id FROM articles o JOIN articles a ON a.fingerprint = o.fingerprint AND a.id <> o.id"
            " WHERE a.id = ? AND length(replace(a.body_key, ' ', '')) >= ?",
            (article_id, MIN_FINGERPRINT_LETTERS),
        )
    }
    connection.executemany("INSERT INTO pairs VALUES (?, ?, 'copy', 1.0)", [sorted((article_id, copy)) for copy in copies])
    _name_clusters(connection, copies | partners | {article_id})


def unpair(connection: sqlite3.Connection, article_id: int) -> set[int]:
    """Ends the pairs of copies of an article; returns the others of them."""
    partners = {
        row[0]
        for row in connection.execute(
            "DELETE FROM pairs WHERE kind = 'copy' AND ?1 IN (article_a, article_b)"
            " RETURNING iif(article_a = ?1, article_b, article_a)",
            (article_id,),
        )
    }
    _name_clusters(connection, partners)
    return partners


def _name_clusters(connection: sqlite3.Connection, article_ids: set[int]) -> None:
    connection.executemany(
        "UPDATE articles SET cluster_id = (SELECT min(article_a) FROM pairs WHERE id IN (article_a, article_b)) WHERE id = ?",
        [(article_id,) for article_id in article_ids],
    )
