"""A report's values, from the database."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from almasalla_crawler.health.figures import Figures
from almasalla_crawler.health.minimums import SHARES
from almasalla_crawler.storage import reports as stored
from almasalla_crawler.storage.due import due_pages
from almasalla_crawler.storage.health import open_problems
from almasalla_crawler.storage.reports import CrawlRow

NEWEST, REVISED = 20, 10
_COUNTED = ("articles_revised", "pages_gone", "pages_unchanged")


@dataclass(frozen=True, slots=True)
class OutletReport:
    """One outlet in the span of the report."""

    outlet: str
    crawls: int
    failed: int  # of them
    latest_at: str
    health: str | None  # of the latest crawl
    pages: int
    new: int
    revised: int
    gone: int
    unchanged: int
    rejects: dict[str, int]  # by reason
    days: dict[str, int]  # new articles by the day on which they came


@dataclass(frozen=True, slots=True)
class Drift:
    """A figure now and before the span."""

    outlet: str
    monitor: str
    now: float
    before: float
    is_share: bool


@dataclass(frozen=True, slots=True)
class Report:
    what: str  # today, the last 7 days, crawl 12
    outlet: str  # the only one it tells of; "" for all
    since: str
    until: str
    outlets: list[OutletReport] = field(default_factory=list)
    days: dict[str, int] = field(default_factory=dict)  # new articles of all outlets by day, days without any too
    completeness: dict[str, dict[str, int]] = field(default_factory=dict)  # outlet -> "articles" and fields -> how many have it
    drift: list[Drift] = field(default_factory=list)
    due: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    newest: list[dict[str, Any]] = field(default_factory=list)
    revised: list[dict[str, Any]] = field(default_factory=list)


def report_of_days(connection: sqlite3.Connection, days: int, moment: str) -> Report:
    """The last days, today among them."""
    first = datetime.fromisoformat(moment).date() - timedelta(days=days - 1)
    crawls = stored.crawls_since(connection, first.isoformat())
    what = "today" if days == 1 else f"the last {days} days"
    return _report(connection, what, f"{first}T00:00:00Z", moment, crawls, moment)


def report_of_crawl(connection: sqlite3.Connection, crawl_id: int, moment: str) -> Report | None:
    """One crawl; None if there is none with this id."""
    crawl = stored.crawl(connection, crawl_id)
    if crawl is None:
        return None
    return _report(connection, f"crawl {crawl.id}", crawl.started_at, crawl.finished_at or moment, [crawl], moment, crawl.outlet)


def _report(
    connection: sqlite3.Connection, what: str, since: str, until: str, crawls: list[CrawlRow], moment: str, only: str = ""
) -> Report:
    first, last = stored.articles_between(connection, since, until)
    complete = stored.completeness(connection, first, last)
    return Report(
        what, only, since, until,
        outlets=[_outlet(name, own) for name, own in _by_outlet(crawls)],
        days=_days(crawls, since, until),
        completeness={only: complete[only]} if only and only in complete else complete,
        drift=[one for _, own in _by_outlet(crawls) for one in _drift(connection, own)],
        due=[{"outlet": one.outlet, "pages": one.pages, "oldest_due_at": one.oldest_due_at, "seconds": round(one.seconds)}
             for one in due_pages(connection, moment) if only in ("", one.outlet)],
        problems=[one for one in open_problems(connection) if only in ("", one["outlet"])],
        newest=stored.newest(connection, first, last, NEWEST),
        revised=stored.revised(connection, crawls[0].id, crawls[-1].id, REVISED) if crawls else [],
    )  # fmt: skip


def _by_outlet(crawls: list[CrawlRow]) -> list[tuple[str, list[CrawlRow]]]:
    in_order = sorted(crawls, key=lambda crawl: (crawl.outlet, crawl.id))
    return [(name, list(own)) for name, own in groupby(in_order, key=lambda crawl: crawl.outlet)]


def _outlet(name: str, crawls: list[CrawlRow]) -> OutletReport:
    counts = Counter({counted: sum(crawl.counted(counted) for crawl in crawls) for counted in _COUNTED})
    rejects: Counter[str] = Counter()
    days: Counter[str] = Counter()
    for crawl in crawls:
        rejects.update({key.rpartition("/")[2]: n for key, n in crawl.stats.items() if key.startswith("almasalla/rejects/")})
        days[crawl.started_at[:10]] += crawl.articles
    return OutletReport(
        name, len(crawls), sum(crawl.status == "failed" for crawl in crawls), crawls[-1].started_at, crawls[-1].health,
        sum(crawl.pages for crawl in crawls), sum(crawl.articles for crawl in crawls), counts["articles_revised"],
        counts["pages_gone"], counts["pages_unchanged"], dict(rejects.most_common()), dict(days),
    )  # fmt: skip


def _days(crawls: list[CrawlRow], since: str, until: str) -> dict[str, int]:
    first, last = date.fromisoformat(since[:10]), date.fromisoformat(until[:10])
    days = {(first + timedelta(days=n)).isoformat(): 0 for n in range((last - first).days + 1)}
    for crawl in crawls:
        days[crawl.started_at[:10]] = days.get(crawl.started_at[:10], 0) + crawl.articles
    return days


def _drift(connection: sqlite3.Connection, crawls: list[CrawlRow]) -> list[Drift]:
    """Figures of an outlet's crawls of the span, and of those before it."""
    now, before = _together([crawl.figures for crawl in crawls]), _together(stored.figures_before(connection, crawls[0]))
    pairs = [(name, now.share(name, of), before.share(name, of), True) for name, (of, _) in SHARES.items()]
    pairs.append(("words", now.words(), before.words(), False))
    return [Drift(crawls[0].outlet, name, value, past, is_share) for name, value, past, is_share in pairs
            if value is not None and past is not None]  # fmt: skip


def _together(figures: Sequence[Figures]) -> Figures:
    counts: Counter[str] = Counter()
    for one in figures:
        counts.update(one.counts)
    return Figures(counts)
