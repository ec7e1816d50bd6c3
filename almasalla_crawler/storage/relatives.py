"""Questions about one article and the articles that are one text with it."""

import sqlite3
from typing import Any

from almasalla_crawler.arabic.likeness import Likeness

_PAIRS = (
    "SELECT article_b, kind, similarity, 1 FROM pairs WHERE article_a = ?1"
    " UNION ALL SELECT article_a, kind, similarity, 0 FROM pairs WHERE article_b = ?1"
)
_FIRST = "SELECT first_by_date, first_by_sighting FROM clusters WHERE cluster_id = ?"
_RELATIVES = (
    "SELECT id, publisher, date_published_date AS date, date_published_utc AS time, title, substr(body, 1, 200) AS lead, url,"
    " first_seen_at, cluster_id FROM articles WHERE cluster_id = ?2 OR id IN (SELECT article_b FROM pairs WHERE article_a = ?1"
    " UNION ALL SELECT article_a FROM pairs WHERE article_b = ?1) ORDER BY date IS NULL, date, time, id LIMIT ?3"
)
Relatives = list[dict[str, Any]]


def relatives(
    connection: sqlite3.Connection, article_id: int, cluster_id: int | None, limit: int = -1
) -> tuple[Relatives, Relatives]:
    """The articles of its cluster, itself among them, oldest first; and those that are a part of it or have it as a part.

    `kind` and `similarity` say what each is of the article; null for itself, and for members like it through others only.
    `first` lists how a member was the first of its cluster: by date, by sighting. At most `limit` in all; all if negative.
    """
    likes = {
        other: Likeness(kind, similarity) if is_first else Likeness(kind, similarity).inverse()
        for other, kind, similarity, is_first in connection.execute(_PAIRS, (article_id,))
    }
    first = connection.execute(_FIRST, (cluster_id,)).fetchone() or (None, None)
    rows = connection.execute(_RELATIVES, (article_id, cluster_id, limit))
    found = [_relative(dict(row), likes.get(row["id"]), tuple(first)) for row in rows]
    members = [row for row in found if cluster_id is not None and row["cluster_id"] == cluster_id]
    return members, [row for row in found if cluster_id is None or row["cluster_id"] != cluster_id]


def _relative(row: dict[str, Any], like: Likeness | None, first: tuple[int | None, ...]) -> dict[str, Any]:
    how = [name for name, identifier in zip(("date", "sighting"), first, strict=True) if identifier == row["id"]]
    return row | {"kind": like and like.kind, "similarity": like and like.similarity, "first": how}
