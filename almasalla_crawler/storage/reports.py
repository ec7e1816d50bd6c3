"""What a report tells of: crawls of a span of time, what they brought, and how complete it is."""

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from almasalla_crawler.health.figures import Figures
from almasalla_crawler.storage.health import PAST_CRAWLS

MOST_ARTICLES = 20_000  # whose fields are looked at, the newest: enough for shares, at any size of the database
MOST_REVISIONS = 1000  # looked through for those of the span
_CRAWL = (
    "SELECT id, spider, coalesce(outlet, spider) AS outlet, arguments, started_at, finished_at, status, health, pages, articles,"
    " rejects, coalesce(stats, '{}') AS stats FROM crawls"
)
_BEFORE = (
    "SELECT stats, arguments FROM crawls WHERE outlet = ? AND spider = ? AND id < ? AND (pages > 0 OR rejects > 0)"
    " AND finished_at IS NOT NULL AND health IS NOT 'failed' ORDER BY id DESC LIMIT ?"
)
FIELDS = ("title", "date", "authors", "section", "keywords", "image", "language")
_COMPLETENESS = """
SELECT outlet, count(*), sum(title), sum(date), sum(authors), sum(section), sum(keywords), sum(image), sum(language) FROM (
  SELECT (SELECT coalesce(g.outlet, '') FROM appearances p JOIN pages g ON g.id = p.page_id
          WHERE p.article_id = a.id AND p.role = 'main' LIMIT 1) AS outlet,
         a.title IS NOT NULL AS title, a.date_published_date IS NOT NULL AS date,
         EXISTS (SELECT 1 FROM authors w WHERE w.article_id = a.id) AS authors, a.section IS NOT NULL AS section,
         EXISTS (SELECT 1 FROM keywords k WHERE k.article_id = a.id) AS keywords, a.image_url IS NOT NULL AS image,
         a.language IS NOT NULL AS language
  FROM articles a WHERE a.id BETWEEN ? AND ? ORDER BY a.id DESC LIMIT ?)
WHERE outlet IS NOT NULL GROUP BY outlet ORDER BY outlet
"""
_NEWEST = (
    "SELECT id, title, substr(body, 1, 90) || '…' AS lead, publisher, date_published_date AS date FROM articles"
    " WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT ?"
)
_REVISED = """
SELECT a.id, a.title, a.publisher, r.changed, r.title AS earlier_title
FROM (SELECT article_id, crawl_id, changed, title FROM revisions ORDER BY id DESC LIMIT ?) r
JOIN articles a ON a.id = r.article_id WHERE r.crawl_id BETWEEN ? AND ? LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class CrawlRow:
    """One crawl, as its row has it."""

    id: int
    spider: str
    outlet: str
    arguments: dict[str, Any]
    started_at: str
    finished_at: str | None
    status: str
    health: str | None
    pages: int
    articles: int
    rejects: int
    stats: dict[str, Any]

    def counted(self, name: str) -> int:
        """One of our own counters."""
        return int(self.stats.get(f"almasalla/{name}", 0))

    @property
    def figures(self) -> Figures:
        return Figures.of(self.stats, self.arguments)


def crawls_since(connection: sqlite3.Connection, moment: str) -> list[CrawlRow]:
    """Crawls that began then or later, in order. Reading again (`scrapy reparse`) is none."""
    rows = connection.execute(f"{_CRAWL} WHERE started_at >= ? AND spider <> 'reparse' ORDER BY id", (moment,))
    return [_row(row) for row in rows]


def crawl(connection: sqlite3.Connection, crawl_id: int) -> CrawlRow | None:
    row = connection.execute(f"{_CRAWL} WHERE id = ?", (crawl_id,)).fetchone()
    return _row(row) if row else None


def _row(row: sqlite3.Row) -> CrawlRow:
    values = dict(row)
    return CrawlRow(**values | {name: json.loads(values[name]) for name in ("arguments", "stats")})


def figures_before(connection: sqlite3.Connection, first: CrawlRow) -> list[Figures]:
    """Those of the crawls of its outlet before this one that were well."""
    rows = connection.execute(_BEFORE, (first.outlet, first.spider, first.id, PAST_CRAWLS))
    return [Figures.of(json.loads(stats), json.loads(arguments)) for stats, arguments in rows]


def articles_between(connection: sqlite3.Connection, since: str, until: str) -> tuple[int, int]:
    """Ids of the first and last article that was new then; the first is larger than the last if there was none.

    Articles are numbered in the order in which they come, so the span is found by halving, without an index of its own.
    """
    return _first_id(connection, since), _first_id(connection, until, or_at=False) - 1


def _first_id(connection: sqlite3.Connection, moment: str, or_at: bool = True) -> int:
    low, high = 1, 1 + int(connection.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()[0])
    while low < high:
        middle = (low + high) // 2
        row = connection.execute("SELECT id, first_seen_at FROM articles WHERE id >= ? ORDER BY id LIMIT 1", (middle,)).fetchone()
        if row is None or row[1] > moment or (or_at and row[1] == moment):
            high = middle
        else:
            low = row[0] + 1
    return low


def completeness(connection: sqlite3.Connection, first: int, last: int) -> dict[str, dict[str, int]]:
    """By outlet: how many main articles there are, and how many of them have each field."""
    rows = connection.execute(_COMPLETENESS, (first, last, MOST_ARTICLES))
    return {row[0]: dict(zip(("articles", *FIELDS), row[1:], strict=True)) for row in rows}


def newest(connection: sqlite3.Connection, first: int, last: int, limit: int) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(_NEWEST, (first, last, limit))]


def revised(connection: sqlite3.Connection, first_crawl: int, last_crawl: int, limit: int) -> list[dict[str, Any]]:
    """Articles whose text or headline changed, the latest first."""
    return [dict(row) for row in connection.execute(_REVISED, (MOST_REVISIONS, first_crawl, last_crawl, limit))]
