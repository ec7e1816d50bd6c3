"""What is in the database, in numbers and lists: quick at a million articles, because indexes answer (looking.sql)."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from almasalla_crawler.storage.health import problems_met_by
from almasalla_crawler.storage.snapshot import snapshot

Row = dict[str, Any]

_PUBLISHERS = """
SELECT publisher, count(*) AS articles, min(date_published_date) AS first_day, max(date_published_date) AS last_day
FROM articles GROUP BY publisher ORDER BY articles DESC, publisher
"""
_LISTED = (
    "SELECT id, title, substr(body, 1, 300) AS lead, publisher, date_published_date AS day, word_count, cluster_id FROM articles"
)
_CRAWLS = """
SELECT id, spider, outlet, arguments, status, health, finish_reason, started_at, finished_at, version,
       round((julianday(finished_at) - julianday(started_at)) * 86400, 1) AS seconds, pages, articles, mentions, rejects, errors,
       log_file
FROM crawls
"""
_REJECTS = "SELECT id, crawl_id, url, stage, reason, detail, first_seen_at, last_seen_at, count FROM rejects"
_COMMENTED = re.compile(r"^ *([a-z]\w*) [A-Z][^\n]*? -- ([^\n]+)$", re.M)


@contextmanager
def rows_of_one_moment(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All queries inside see the database as of the first of them, whatever a crawl commits meanwhile."""
    connection.row_factory = sqlite3.Row
    with snapshot(connection):
        yield connection


@dataclass(frozen=True)
class Summary:
    publishers: list[Row]  # publisher, articles, first_day, last_day; the largest first; publisher None: nobody is named
    days: list[tuple[str | None, int]]  # day and its articles in the order of time; None, first: without a date
    pages: list[Row]  # outlet, state, pages
    rejects: list[Row]  # stage, reason, rejects; the most frequent first
    revisions: int
    crawls: int

    @property
    def articles(self) -> int:
        return sum(row["articles"] for row in self.publishers)


def summary(connection: sqlite3.Connection) -> Summary:
    """Reads whole indexes: 0.4 s at a million articles."""
    return Summary(
        rows(connection, _PUBLISHERS),
        days(connection),
        rows(connection, "SELECT outlet, state, count(*) AS pages FROM pages GROUP BY outlet, state"),
        rows(connection, "SELECT stage, reason, count(*) AS rejects FROM rejects GROUP BY stage, reason ORDER BY rejects DESC"),
        connection.execute("SELECT count(*) FROM revisions").fetchone()[0],
        connection.execute("SELECT count(*) FROM crawls").fetchone()[0],
    )


def days(connection: sqlite3.Connection, *publisher: str | None) -> list[tuple[str | None, int]]:
    """How many articles each day has, of all publishers or of one (None: of those that name nobody)."""
    where = "WHERE publisher IS ?" if publisher else ""
    query = (
        f"SELECT date_published_date, count(*) FROM articles {where} GROUP BY date_published_date ORDER BY date_published_date"
    )
    return [(day, count) for day, count in connection.execute(query, publisher)]


@dataclass(frozen=True)
class Wanted:
    """Which articles to list."""

    publisher: tuple[str | None, ...] = ()  # one, where only its articles are wanted; None: nobody is named
    since: str = ""  # ISO days, both included
    until: str = ""


def listed_articles(connection: sqlite3.Connection, wanted: Wanted, after: tuple[str, int] | None, limit: int) -> list[Row]:
    """The newest articles first, undated ones last; those behind the day and id `after`, where a page before ended."""
    dated = _conditions(wanted, [("date_published_date IS NOT NULL", ())])
    undated = _conditions(wanted, [("date_published_date IS NULL", ())])
    found: list[Row] = []
    if after is None or after[0]:
        behind: list[_Condition] = [("(date_published_date, id) < (?, ?)", after)] if after else []
        found = _listed(connection, dated + behind, "date_published_date DESC, id DESC", limit)
    if len(found) < limit and not wanted.since and not wanted.until:
        behind = [("id < ?", after[1:])] if after and not after[0] else []
        found += _listed(connection, undated + behind, "id DESC", limit - len(found))
    return found


_Condition = tuple[str, tuple[Any, ...]]


def _conditions(wanted: Wanted, first: list[_Condition]) -> list[_Condition]:
    conditions = [*first]
    if wanted.publisher:
        conditions.append(("publisher IS ?", wanted.publisher))
    if wanted.since:
        conditions.append(("date_published_date >= ?", (wanted.since,)))
    if wanted.until:
        conditions.append(("date_published_date <= ?", (wanted.until,)))
    return conditions


def _listed(connection: sqlite3.Connection, conditions: list[_Condition], order: str, limit: int) -> list[Row]:
    where = " AND ".join(condition for condition, _ in conditions)
    values = [value for _, given in conditions for value in given]
    return rows(connection, f"{_LISTED} WHERE {where} ORDER BY {order} LIMIT ?", *values, limit)


def listed_crawls(connection: sqlite3.Connection, before: int, limit: int) -> list[Row]:
    """The latest first, those with an id below `before`."""
    return rows(connection, f"{_CRAWLS} WHERE id < ? ORDER BY id DESC LIMIT ?", before, limit)


def crawl(connection: sqlite3.Connection, crawl_id: int) -> Row | None:
    """One crawl with all its stats (JSON), the problems and the first rejects it met."""
    found = rows(connection, f"{_CRAWLS} WHERE id = ?", crawl_id)
    if not found:
        return None
    stats = connection.execute("SELECT stats FROM crawls WHERE id = ?", (crawl_id,)).fetchone()[0]
    met = rows(connection, f"{_REJECTS} WHERE crawl_id = ? ORDER BY id LIMIT 50", crawl_id)
    return {**found[0], "stats": stats, "first_rejects": met, "problems": problems_met_by(connection, crawl_id)}


def listed_rejects(connection: sqlite3.Connection, stage: str, reason: str, before: int, limit: int) -> list[Row]:
    """The latest met first, those with an id below `before`; of every stage and reason if they are empty."""
    where = "stage = ? AND reason = ? AND id < ?" if stage else "id < ?"
    values = (stage, reason, before) if stage else (before,)
    return rows(connection, f"{_REJECTS} WHERE {where} ORDER BY id DESC LIMIT ?", *values, limit)


def rows(connection: sqlite3.Connection, query: str, *values: Any) -> list[Row]:
    return [dict(row) for row in connection.execute(query, values)]


def column_meanings(connection: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """What each column of each table means: the comments that its CREATE TABLE carries."""
    tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '% -- %'")
    return {name: dict(_COMMENTED.findall(sql)) for name, sql in tables}
