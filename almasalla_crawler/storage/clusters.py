"""Clusters: components over the stored pairs of copies and edits. An article that only contains another does not join them."""

import sqlite3
from collections.abc import Iterable

_NEIGHBOURS = (
    "SELECT article_b FROM pairs WHERE article_a = ?1 AND kind IN ('copy', 'edited')"
    " UNION ALL SELECT article_a FROM pairs WHERE article_b = ?1 AND kind IN ('copy', 'edited')"
)


def name_clusters(connection: sqlite3.Connection, article_ids: Iterable[int]) -> None:
    """Names the clusters of these articles anew: by the lowest id in each, null for an article alone.

    Where a pair ended, both articles of it are to be given: each part that is left holds one of them.
    """
    left = set(article_ids)
    while left:
        members = _component(connection, left.pop())
        left -= members
        name = min(members) if len(members) > 1 else None
        query = "UPDATE articles SET cluster_id = ?1 WHERE id = ?2 AND cluster_id IS NOT ?1"
        connection.executemany(query, [(name, member) for member in members])


def join_clusters(connection: sqlite3.Connection, article_id: int, partners: Iterable[int]) -> None:
    """An article that was alone is a copy or edit of these: their clusters are one, whatever their size, and it is in it."""
    members = [article_id, *partners]
    marks = ", ".join("?" * len(members))
    query = f"SELECT DISTINCT coalesce(cluster_id, id) FROM articles WHERE id IN ({marks})"
    first, *others = sorted(row[0] for row in connection.execute(query, members))
    query = "UPDATE articles SET cluster_id = ?1 WHERE {} = ?2 AND cluster_id IS NOT ?1"
    connection.executemany(query.format("cluster_id"), [(first, other) for other in others])
    connection.executemany(query.format("id"), [(first, member) for member in members])


def _component(connection: sqlite3.Connection, article_id: int) -> set[int]:
    members, waiting = {article_id}, [article_id]
    while waiting:
        near = {row[0] for row in connection.execute(_NEIGHBOURS, (waiting.pop(),))}
        waiting += near - members
        members |= near
    return members
