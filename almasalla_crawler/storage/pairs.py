"""Pairs of articles that are one text: the same to the letter, or like each other as arabic/likeness.py tells."""

import sqlite3

from almasalla_crawler.arabic.likeness import Likeness, Origin, likeness
from almasalla_crawler.arabic.sketches import MIN_LETTERS, sketch_of
from almasalla_crawler.storage.clusters import join_clusters, name_clusters
from almasalla_crawler.storage.sketches import articles_like, delete_sketch, has_sketch, insert_sketch

MAX_COPIES = 24  # of one text that are paired with each further one: it keeps them together, and all with all would not end
MAX_MISSES = 4  # comparisons in a row that find another article: those behind them share still less
_COPIES = (
    "SELECT id FROM articles WHERE fingerprint = (SELECT fingerprint FROM articles WHERE id = ?1) AND id <> ?1"
    f" ORDER BY id LIMIT {MAX_COPIES}"
)
_REVISIONS = (  # articles that were this text, and those whose text this article was
    "SELECT article_id FROM revisions WHERE fingerprint = (SELECT fingerprint FROM articles WHERE id = ?1)"
    " AND changed = 'text' AND article_id <> ?1"
    " UNION SELECT a.id FROM revisions r JOIN articles a ON a.fingerprint = r.fingerprint"
    f" WHERE r.article_id = ?1 AND r.changed = 'text' AND a.id <> ?1 ORDER BY 1 LIMIT {MAX_COPIES}"
)
_DAYS_APART = 2  # at most, of a text and a copy of it elsewhere in which another day is said
_OTHER = (
    "SELECT b.body_key, a.publisher <> b.publisher"
    f" AND abs(julianday(a.date_published_date) - julianday(b.date_published_date)) <= {_DAYS_APART}"
    " FROM articles a, articles b WHERE a.id = ? AND b.id = ?"
)
_COPY = Likeness("copy", 1.0)


def pair_new(connection: sqlite3.Connection, article_id: int, sketch: bytes | None) -> None:
    """Pairs an article that has no pairs yet, and no sketch; without one (None) with its copies only."""
    found = _revisions(connection, article_id) | dict.fromkeys(_copies(connection, article_id), _COPY)
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
    """Articles of the same text; none of a short one."""
    found = [row[0] for row in connection.execute(_COPIES, (article_id,))]
    return found if found and not _is_short(connection, article_id) else []


def _revisions(connection: sqlite3.Connection, article_id: int) -> dict[int, Likeness]:
    """Articles that had this text or whose text it had, as far as they are still one text; none of a short one."""
    others = [row[0] for row in connection.execute(_REVISIONS, (article_id,))]
    if not others or _is_short(connection, article_id):
        return {}
    words = _words(connection, article_id)
    likes = {other: likeness(words, _words(connection, other), Origin.REVISION) for other in others}
    return {other: like for other, like in likes.items() if like}


def _is_short(connection: sqlite3.Connection, article_id: int) -> bool:
    query = "SELECT length(replace(body_key, ' ', '')) FROM articles WHERE id = ?"
    return bool(connection.execute(query, (article_id,)).fetchone()[0] < MIN_LETTERS)


def _words(connection: sqlite3.Connection, article_id: int) -> list[str]:
    (key,) = connection.execute("SELECT body_key FROM articles WHERE id = ?", (article_id,)).fetchone()
    return str(key).split()


def _alike(connection: sqlite3.Connection, article_id: int, others: list[int]) -> dict[int, Likeness]:
    """Those of `others`, the likeliest first, that are one text with an article, and how each is related to it."""
    words = _words(connection, article_id) if others else []
    found: dict[int, Likeness] = {}
    misses = 0
    for other in others:
        row = connection.execute(_OTHER, (article_id, other)).fetchone()
        if row and (like := likeness(words, row[0].split(), Origin.ELSEWHERE if row[1] else Origin.UNKNOWN)):
            found[other] = like
            misses = 0
        elif (misses := misses + 1) == MAX_MISSES:
            break
    return found


def _row(article_id: int, other: int, like: Likeness) -> tuple[int, int, str, float]:
    """Of the pair, the article with the lower id comes first; the kind says what the second is of it."""
    like = like if article_id < other else like.inverse()
    return min(article_id, other), max(article_id, other), like.kind, like.similarity
