"""Articles as exports want them: whole, chosen by what a person names, in order of id, at constant memory."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from almasalla_crawler.storage.filters import spellings_of
from almasalla_crawler.storage.snapshot import snapshot

_SLICE = 200  # articles in memory together
_LARGEST = 2**63 - 1
# The order of first publication: by date, by sighting, by id. A day sorts before the moments of that day.
_FIRSTS = """
SELECT cluster_id, id FROM (
  SELECT cluster_id, id, row_number() OVER (PARTITION BY cluster_id ORDER BY
    coalesce(date_published_utc, date_published_date, '9999'), first_seen_at, id) AS place
  FROM articles WHERE cluster_id IS NOT NULL)
WHERE place = 1
"""
_COLUMNS = ("id", "url", "publisher", "title", "body", "block_roles", "word_count", "date_published_raw", "date_published_date",
            "date_published_utc", "date_published_precision", "date_modified_utc", "dateline_place", "dateline_agency", "credit",
            "section", "language", "image_url", "fingerprint", "cluster_id", "first_seen_at", "observed_at")  # fmt: skip
_IS_MAIN = "EXISTS (SELECT 1 FROM appearances p WHERE p.article_id = a.id AND p.role = 'main')"
_CONDITIONS = {
    "since": "a.date_published_date >= :since",
    "until": "a.date_published_date <= :until",
    "publisher": "a.publisher IN (SELECT value FROM json_each(:publisher))",
    "role": f"{_IS_MAIN} = (:role = 'main')",
    "language": "(a.language = :language COLLATE NOCASE OR a.language LIKE :language || '-%')",
    "clusters_first": "(a.cluster_id IS NULL OR is_first(a.cluster_id, a.id))",
}
_LISTS = {
    "authors": "SELECT article_id, name FROM authors WHERE article_id IN {ids} ORDER BY article_id, position",
    "keywords": "SELECT article_id, keyword FROM keywords WHERE article_id IN {ids} ORDER BY article_id, position",
    "pages": "SELECT p.article_id, g.url FROM appearances p JOIN pages g ON g.id = p.page_id WHERE p.article_id IN {ids}"
    " ORDER BY p.article_id, p.role, p.first_seen_at, p.id",
}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which articles; what is None or empty does not matter."""

    since: str | None = None  # ISO day: published then or later; undated articles are left out
    until: str | None = None  # ISO day: published then or earlier
    publisher: str | None = None  # in any spelling, or a part of the name
    role: str | None = None  # main: some page shows it as its article; related: none does
    language: str | None = None  # BCP 47, also in its varieties
    clusters_first: bool = False  # of articles that are one text, only the one published first
    since_id: int = 0  # only articles stored after the one with this id
    limit: int | None = None
    newest_first: bool = False  # by id, the highest first


def selected_articles(connection: sqlite3.Connection, selection: Selection) -> Iterator[dict[str, Any]]:
    """Columns of each article, with its lists authors, keywords and pages (those that show it as main first), and its role.

    The rows of a slice are read in one transaction, so they fit together, and no writer waits for a slow reader.
    Raises QueryError, which names those there are, for a publisher that no article has.
    """
    if selection.clusters_first:
        firsts = dict(connection.execute(_FIRSTS).fetchall())  # of clusters that come later there is none to leave out
        connection.create_function("is_first", 2, lambda cluster, one: firsts.get(cluster, one) == one, deterministic=True)
    connection.text_factory = _decoded
    if selection.publisher:
        names = spellings_of(connection, "publisher", selection.publisher)
        selection = replace(selection, publisher=json.dumps(names))
    at, left = _LARGEST if selection.newest_first else selection.since_id, selection.limit
    while left is None or left > 0:
        articles = _slice(connection, selection, at, _SLICE if left is None else min(left, _SLICE))
        yield from articles
        if len(articles) < _SLICE:
            return
        at = articles[-1]["id"]
        left = None if left is None else left - len(articles)


def _slice(connection: sqlite3.Connection, selection: Selection, at: int, count: int) -> list[dict[str, Any]]:
    values = {name: getattr(selection, name) for name in (*_CONDITIONS, "since_id")} | {"at": at, "count": count}
    with snapshot(connection):
        articles = [dict(row) for row in connection.execute(_query(selection), values)]
        _add_lists(connection, {article["id"]: article for article in articles})
    return articles


def _query(selection: Selection) -> str:
    ways = ("a.id < :at AND a.id > :since_id", "DESC") if selection.newest_first else ("a.id > :at", "ASC")
    chosen = [condition for name, condition in _CONDITIONS.items() if getattr(selection, name)]
    columns = ", ".join(f"a.{name}" for name in _COLUMNS)
    return (
        f"SELECT {columns}, iif({_IS_MAIN}, 'main', 'related') AS role FROM articles a"
        f" WHERE {' AND '.join([ways[0], *chosen])} ORDER BY a.id {ways[1]} LIMIT :count"
    )


def _add_lists(connection: sqlite3.Connection, articles: dict[int, dict[str, Any]]) -> None:
    ids = json.dumps(list(articles))
    for name, query in _LISTS.items():
        found: dict[int, dict[str, None]] = defaultdict(dict)  # each once, in order
        for article_id, value in connection.execute(query.format(ids="(SELECT value FROM json_each(?))"), (ids,)):
            found[article_id][value] = None
        for article_id, article in articles.items():
            article[name] = list(found[article_id])
    for article in articles.values():
        article["block_roles"] = json.loads(article["block_roles"])


def _decoded(value: bytes) -> str:
    """One damaged letter costs no export."""
    return value.decode("utf-8", "replace")
