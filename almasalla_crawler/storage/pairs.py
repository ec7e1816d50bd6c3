"""Pairs of articles that are one text: the same to the letter, or like each other as arabic/likeness.py tells."""

import sqlite3

from almasalla_crawler.arabic.likeness import Likeness, likeness
from almasalla_crawler.arabic.sketches import MIN_LETTERS, sketch_of
from almasalla_crawler.storage.clusters import join_clusters, name_clusters
from almasalla_crawler.storage.sketches import articles_like, delete_sketch, has_sketch, insert_sketch

MAX_COPIES = 24  # of one text that are paired with each further one: it keeps them together, and all with all would not end
MAX_MISSES = 4  # comparisons in a row that find another article: those behind them share still less
_COPIES = (
    "SELECT id FROM articles WHERE fingerprint = (SELECT fingerprint FROM articles WHERE id = ?1) AND id <> ?1"
    f" ORDER BY id LIMIT {MAX_COPIES}"
)
_COPY = Likeness("copy", 1.0)


def pair_new(connection: sqlite3.Connection, article_id: int, sketch: bytes | None) -> None:
    """Pairs an article that has no pairs yet, and no sketch; without one (None) with its copies only."""
    found = dict.fromkeys(_copies(connection, article_id), _COPY)
    if sketch is not None:
        others = [other for other in articles_like(connection, sketch) if other not in found]
        found |= _alike(connection, article_id, others)
        insert_sketch(connection, article_id, sketch)
    rows = [_row(article_id, other, like) for other, like in found.items()]
    connection.executemany("INSERT INTO pairs VALUES (?, ?, ?, ?)", rows)
    partners = [other for other, like in found.items() if like.kind in ("copy", "edited")]
    if partners:
        join_clusters(connection, article_id, partners)


def pair_again(connection: sqlite3.Connection, article_id: int, near_duplicates: bool = False) -> None:
    """Pairs an article whose text or url is another now. One that has a sketch gets a new one, in any case."""
    is_sketched = near_duplicates or has_sketch(connection, article_id)
    unpair(connection, article_id)
    sketch = None
    if is_sketched:
        (key,) = connection.execute("SELECT body_key FROM articles WHERE id = ?", (article_id,)).fetchone()
        sketch = sketch_of(key)
    pair_new(connection, article_id, sketch)


def unpair(connection: sqlite3.Connection, article_id: int) -> None:
    """Ends all pairs of an article, and forgets its sketch."""
    query = "DELETE FROM pairs WHERE {} = ? RETURNING {}"
    ends = (("article_a", "article_b"), ("article_b", "article_a"))
    partners = [row[0] for mine, other in ends for row in connection.execute(query.format(mine, other), (article_id,)).fetchall()]
    delete_sketch(connection, article_id)
    name_clusters(connection, [*partners, article_id] if partners else [])


def _copies(connection: sqlite3.Connection, article_id: int) -> list[int]:
    """Articles of the same text; none of a short one, whose length is counted only where there are some."""
    found = [row[0] for row in connection.execute(_COPIES, (article_id,))]
    query = "SELECT length(replace(body_key, ' ', '')) FROM articles WHERE id = ?"
    return found if found and connection.execute(query, (article_id,)).fetchone()[0] >= MIN_LETTERS else []


def _alike(connection: sqlite3.Connection, article_id: int, others: list[int]) -> dict[int, Likeness]:
    """Those of `others`, the likeliest first, that are one text with an article, and how each is related to it."""
    query = "SELECT body_key FROM articles WHERE id = ?"
    words = connection.execute(query, (article_id,)).fetchone()[0].split() if others else []
    found: dict[int, Likeness] = {}
    misses = 0
    for other in others:
        row = connection.execute(query, (other,)).fetchone()
        if row and (like := likeness(words, row[0].split())):
            found[other] = like
            misses = 0
        elif (misses := misses + 1) == MAX_MISSES:
            break
    return found


def _row(article_id: int, other: int, like: Likeness) -> tuple[int, int, str, float]:
    """Of the pair, the article with the lower id comes first; the kind says what the second is of it."""
    like = like if article_id < other else like.inverse()
    return min(article_id, other), max(article_id, other), like.kind, like.similarity
