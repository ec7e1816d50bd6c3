"""The latest crawl of each outlet, and the state of the database, as figures."""

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from almasalla_crawler.storage.due import due_pages

_REJECTS = "almasalla/rejects/"
_LATEST = """
SELECT c.outlet, c.spider, c.finished_at, (julianday(c.finished_at) - julianday(c.started_at)) * 86400, c.pages, c.articles,
       c.errors, c.health, c.stats,
       (SELECT o.finished_at FROM crawls o WHERE o.outlet = c.outlet AND o.spider = c.spider AND o.status = 'ok'
        ORDER BY o.id DESC LIMIT 1)
FROM crawls c
WHERE c.id IN (SELECT max(id) FROM crawls WHERE outlet IS NOT NULL GROUP BY outlet, spider) ORDER BY c.outlet, c.spider
"""


@dataclass(frozen=True, slots=True)
class CrawlState:
    """The latest crawl of an outlet by a spider. Empty values where it was killed or runs."""

    outlet: str
    spider: str
    finished_at: str | None
    ok_at: str | None  # end of the latest crawl that went well
    seconds: float | None
    pages: int
    articles: int
    errors: int
    health: str | None
    rejects: dict[str, int]  # by reason


@dataclass(frozen=True, slots=True)
class DatabaseState:
    articles: int
    size: int  # bytes
    problems: dict[str, int]  # open ones by level
    due: dict[str, tuple[int, float]]  # by outlet: article pages that wait, seconds for which the first of them does


def crawl_states(connection: sqlite3.Connection) -> list[CrawlState]:
    """One for each outlet and spider that ever crawled."""
    return [_state(row) for row in connection.execute(_LATEST)]


def _state(row: sqlite3.Row) -> CrawlState:
    outlet, spider, finished_at, seconds, pages, articles, errors, health, stats, ok_at = row
    rejects = {name.removeprefix(_REJECTS): n for name, n in json.loads(stats or "{}").items() if name.startswith(_REJECTS)}
    return CrawlState(outlet, spider, finished_at, ok_at, seconds, pages, articles, errors, health, rejects)


def database_state(connection: sqlite3.Connection, path: Path, moment: str) -> DatabaseState:
    (articles,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    levels = connection.execute("SELECT level, count(*) FROM problems WHERE over_crawl_id IS NULL GROUP BY level")
    due = {one.outlet: (one.pages, one.seconds) for one in due_pages(connection, moment)}
    return DatabaseState(articles, path.stat().st_size, dict(levels.fetchall()), due)
