"""The row of a crawl: written when it begins, so that a killed crawl shows as what it is."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from almasalla_crawler import RULES_VERSION
from almasalla_crawler.health.findings import Finding


@dataclass(frozen=True, slots=True)
class CrawlEnd:
    """How a crawl went, as columns of its row."""

    finish_reason: str
    status: str  # ok, partial, failed
    pages: int
    articles: int
    mentions: int
    rejects: int
    errors: int
    stats: dict[str, Any]
    findings: list[Finding] | None = None  # of its monitors; None if nobody judges it


def now() -> str:
    """This moment as the database writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def later(moment: str, seconds: float) -> str:
    """A moment of the database, so many seconds after another."""
    after = datetime.fromisoformat(moment) + timedelta(seconds=seconds)
    return after.isoformat(timespec="seconds").replace("+00:00", "Z")


def begin_crawl(
    connection: sqlite3.Connection, spider: str, outlet: str | None, arguments: dict[str, Any], log_file: str | None = None
) -> int:
    """Id of the new row. Until it ends, the row says failed and unfinished."""
    cursor = connection.execute(
        "INSERT INTO crawls (spider, outlet, arguments, started_at, finish_reason, status, version, log_file)"
        " VALUES (?, ?, ?, ?, 'unfinished', 'failed', ?, ?)",
        (spider, outlet, _json(arguments), now(), RULES_VERSION, log_file),
    )
    return int(cursor.lastrowid or 0)


def end_crawl(connection: sqlite3.Connection, crawl_id: int, end: CrawlEnd) -> None:
    connection.execute(
        "UPDATE crawls SET finished_at = ?, finish_reason = ?, status = ?, pages = ?, articles = ?, mentions = ?, rejects = ?,"
        " errors = ?, stats = ? WHERE id = ?",
        (now(), end.finish_reason, end.status, end.pages, end.articles, end.mentions, end.rejects, end.errors,
         _json(end.stats), crawl_id),
    )  # fmt: skip


def _json(values: dict[str, Any]) -> str:
    """Arabic as Arabic; bytes of file names that are no UTF-8, which SQLite cannot keep, as JSON escapes."""
    return json.dumps(values, ensure_ascii=False, default=str).encode("utf-8", "backslashreplace").decode()
