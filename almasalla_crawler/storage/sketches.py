"""The persistent index of sketches: which stored articles share numbers with a text."""

import sqlite3
from collections import Counter
from itertools import chain

from almasalla_crawler.arabic.sketches import NUMBERS, SKETCH_VERSION, numbers_of

# Shingles that many articles have (set phrases, templates) say little; the latest articles that have them are looked at.
MAX_PER_NUMBER = 64
# Two numbers in common are worth a comparison of the texts, three if many articles have them. Of two texts a fifth of whose
# words differ, one in a hundred pairs has fewer; one number alone is mostly a set phrase, and each comparison costs a text.
RARE, UNCOMMON = 4, 16  # articles
MIN_SHARED = 2
MAX_COMPARED = 24
WITHOUT_SKETCH = "FROM articles a LEFT JOIN sketches s ON s.article_id = a.id WHERE s.article_id IS NULL"
_NEWEST = f"article_id FROM sketch_numbers WHERE number = ? ORDER BY article_id DESC LIMIT {MAX_PER_NUMBER}"
# One statement with one row, the articles of each number as text: asking, and fetching rows, costs more than finding.
_HAVING = f"SELECT {', '.join([f'(SELECT group_concat(article_id) FROM (SELECT {_NEWEST}))'] * NUMBERS)}"


def without_sketch(connection: sqlite3.Connection) -> int:
    """How many articles were compared with no other yet: stored with NEAR_DUPLICATES off, or left by an interrupted dedupe."""
    return int(connection.execute(f"SELECT count(*) {WITHOUT_SKETCH}").fetchone()[0])


def has_sketch(connection: sqlite3.Connection, article_id: int) -> bool:
    return connection.execute("SELECT 1 FROM sketches WHERE article_id = ?", (article_id,)).fetchone() is not None


def insert_sketch(connection: sqlite3.Connection, article_id: int, sketch: bytes) -> None:
    """The article has none yet."""
    connection.execute("INSERT INTO sketches VALUES (?, ?, ?)", (article_id, sketch, SKETCH_VERSION))
    query = "INSERT INTO sketch_numbers VALUES (?, ?)"
    connection.executemany(query, [(number, article_id) for number in numbers_of(sketch)])


def delete_sketch(connection: sqlite3.Connection, article_id: int) -> None:
    rows = connection.execute("DELETE FROM sketches WHERE article_id = ? RETURNING sketch", (article_id,)).fetchall()
    query = "DELETE FROM sketch_numbers WHERE number = ? AND article_id = ?"
    connection.executemany(query, [(number, article_id) for (sketch,) in rows for number in numbers_of(sketch)])


def articles_like(connection: sqlite3.Connection, sketch: bytes) -> list[int]:
    """Stored articles that may be one text with that of a sketch, the likeliest first."""
    found = connection.execute(_HAVING, numbers_of(sketch)).fetchone() if sketch else ()
    having = [articles.split(",") for articles in found if articles]
    shared = Counter(chain.from_iterable(having))
    often = {article for article, count in shared.items() if count >= MIN_SHARED}
    weights = dict.fromkeys(often, 0)
    for articles in having if often else ():
        weight = 100 if len(articles) <= RARE else 50 if len(articles) <= UNCOMMON else 34
        for article in often.intersection(articles):
            weights[article] += weight
    likely = [(-weight, -int(article)) for article, weight in weights.items() if weight >= 100]
    return [-article_id for _, article_id in sorted(likely)[:MAX_COMPARED]]
