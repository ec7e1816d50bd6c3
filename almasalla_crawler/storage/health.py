"""What the monitors of crawls need to know, and what they found."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from almasalla_crawler.health.figures import Figures
from almasalla_crawler.health.findings import OK, Finding, worst
from almasalla_crawler.health.judge import of_the_crawl
from almasalla_crawler.health.volume import DAYS_BACK, Days
from almasalla_crawler.storage.crawls import now

PAST_CRAWLS = 30  # that brought pages and were well

_PAST = """
SELECT stats, arguments FROM crawls
WHERE outlet = ?1 AND spider = ?2 AND id < ?3 AND id > coalesce((SELECT crawl_id FROM baselines WHERE outlet = ?1), 0)
  AND (pages > 0 OR rejects > 0) AND finished_at IS NOT NULL AND health IS NOT 'failed'
  AND json_extract(arguments, '$.path') IS ?4
ORDER BY id DESC LIMIT ?5
"""
_DAYS = """
SELECT substr(started_at, 1, 10), sum(articles) FROM crawls
WHERE outlet = ? AND spider = ? AND started_at >= ? AND id > coalesce((SELECT crawl_id FROM baselines WHERE outlet = ?1), 0)
GROUP BY 1
"""
_MEET = """
INSERT INTO problems (spider, outlet, monitor, level, value, expected, text, since_at, crawl_id, last_crawl_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)
ON CONFLICT (outlet, spider, monitor) WHERE over_crawl_id IS NULL DO UPDATE SET
  level = iif(level = 'failed', level, excluded.level), value = excluded.value, expected = excluded.expected,
  text = excluded.text, last_crawl_id = excluded.last_crawl_id, crawls = crawls + 1
"""
_OVER = "UPDATE problems SET over_crawl_id = ? WHERE outlet = ? AND spider = ? AND monitor = ? AND over_crawl_id IS NULL"


@dataclass(frozen=True, slots=True)
class Past:
    """What a crawl is compared with."""

    crawls: list[Figures]  # earlier ones that were well, the latest first
    days: Days
    problems: dict[str, int]  # monitors of open ones, and how many crawls in a row met them


def past_of(connection: sqlite3.Connection, crawl_id: int, articles: int) -> Past:
    """The past of a crawl that is about to end with so many new articles. Of saved pages: of the same folder."""
    outlet, spider, arguments, started_at = connection.execute(
        "SELECT outlet, spider, arguments, started_at FROM crawls WHERE id = ?", (crawl_id,)
    ).fetchone()
    path = json.loads(arguments).get("path")
    rows = connection.execute(_PAST, (outlet, spider, crawl_id, path, PAST_CRAWLS)).fetchall()
    crawls = [Figures.of(json.loads(stats), json.loads(given)) for stats, given in rows]
    today = datetime.fromisoformat(started_at).astimezone(UTC).date()
    first = (today - timedelta(days=DAYS_BACK)).isoformat()
    days = {date.fromisoformat(day): n for day, n in connection.execute(_DAYS, (outlet, spider, first))}
    days[today] = days.get(today, 0) + articles
    query = "SELECT monitor, crawls FROM problems WHERE outlet = ? AND spider = ? AND over_crawl_id IS NULL"
    return Past(crawls, Days(today, days), dict(connection.execute(query, (outlet, spider)).fetchall()))


def note_findings(connection: sqlite3.Connection, crawl_id: int, findings: Iterable[Finding]) -> None:
    """Writes a crawl's health; opens, renews or closes the problems its monitors speak of."""
    found = list(findings)
    connection.execute("UPDATE crawls SET health = ? WHERE id = ?", (worst(found), crawl_id))
    spider, outlet = connection.execute(
        "SELECT spider, coalesce(outlet, spider) FROM crawls WHERE id = ?", (crawl_id,)
    ).fetchone()
    for one in found:
        if one.level == OK:
            connection.execute(_OVER, (crawl_id, outlet, spider, one.monitor))
        else:
            _meet(connection, spider, outlet, one, crawl_id)


def _meet(connection: sqlite3.Connection, spider: str, outlet: str, one: Finding, crawl_id: int | None) -> None:
    connection.execute(_MEET, (spider, outlet, one.monitor, one.level, one.value, one.expected, one.text, now(), crawl_id))


def note_cut_off(connection: sqlite3.Connection, spider: str, outlet: str, crawl_id: int | None, level: str, why: str) -> None:
    """A crawl that did not live to say how it ended, or that never began: `crawl_id` is None. Does nothing if it ended.

    The next one that ends well closes the problem; the third in a row that is cut off fails, whatever the level.
    """
    row = connection.execute("SELECT finished_at FROM crawls WHERE id = ?", (crawl_id,)).fetchone()
    query = "SELECT crawls FROM problems WHERE outlet = ? AND spider = ? AND monitor = 'crawl' AND over_crawl_id IS NULL"
    before = connection.execute(query, (outlet, spider)).fetchone()
    finding = of_the_crawl(level, why, before[0] if before else 0)
    if row is None:
        _meet(connection, spider, outlet, finding, None)
    elif row[0] is None:
        note_findings(connection, crawl_id or 0, [finding])


def accept(connection: sqlite3.Connection, outlet: str) -> int:
    """From now on the outlet is compared with what it will be: its problems are over. Returns how many were open."""
    (latest,) = connection.execute("SELECT max(id) FROM crawls WHERE outlet = ?", (outlet,)).fetchone()
    if latest is None:
        raise LookupError(outlet)
    connection.execute("INSERT OR REPLACE INTO baselines (outlet, crawl_id) VALUES (?, ?)", (outlet, latest))
    closing = "UPDATE problems SET over_crawl_id = ? WHERE outlet = ? AND over_crawl_id IS NULL"
    return connection.execute(closing, (latest, outlet)).rowcount


def open_problems(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """All problems that are open, the worst and latest first."""
    return _problems(connection, "over_crawl_id IS NULL")


def problems_met_by(connection: sqlite3.Connection, crawl_id: int) -> list[dict[str, Any]]:
    """Those that this crawl was the first or the latest to meet."""
    return _problems(connection, "crawl_id = ?1 OR last_crawl_id = ?1", crawl_id)


def _problems(connection: sqlite3.Connection, condition: str, *values: int) -> list[dict[str, Any]]:
    query = "SELECT id, spider, outlet, monitor, level, value, expected, text, crawls, since_at AS since FROM problems WHERE "
    rows = connection.execute(f"{query} {condition} ORDER BY level, id DESC", values)
    names = [column[0] for column in rows.description]
    return [dict(zip(names, row, strict=True)) for row in rows]
