"""The state of crawls and database as a Prometheus text file, for node_exporter's textfile collector."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from almasalla_crawler.health.findings import FAILED, OK, WARNING
from almasalla_crawler.storage.metrics import CrawlState, DatabaseState

_LEVELS = {OK: 0, WARNING: 1, FAILED: 2}
INSTALL = "METRICS_FILE needs prometheus-client: pip install -e '.[metrics]'"
# name, what it is, value of the latest crawl of an outlet by a spider
_OF_CRAWLS = (
    ("finished_timestamp_seconds", "When the latest crawl ended", lambda crawl: _instant(crawl.finished_at)),
    ("success_timestamp_seconds", "When a crawl last ended with status ok", lambda crawl: _instant(crawl.ok_at)),
    ("duration_seconds", "How long the latest crawl took", lambda crawl: crawl.seconds),
    ("pages", "Pages that the latest crawl stored", lambda crawl: crawl.pages),
    ("articles_new", "Articles that the latest crawl brought", lambda crawl: crawl.articles),
    ("errors", "Errors that the latest crawl logged", lambda crawl: crawl.errors),
    ("health", "Health of the latest crawl: 0 ok, 1 warning, 2 failed", lambda crawl: _LEVELS.get(crawl.health or "")),
)


def write_metrics(path: Path, crawls: list[CrawlState], database: DatabaseState) -> None:
    """Replaces the file in one step. Raises ImportError with what to install, OSError if it cannot be written."""
    try:
        from prometheus_client import CollectorRegistry, write_to_textfile
    except ImportError as error:
        raise ImportError(INSTALL) from error

    class State:
        def collect(self) -> Iterator[Any]:
            yield from _of_crawls(crawls)
            yield from _of_database(database)

    registry = CollectorRegistry()
    registry.register(State())
    path.parent.mkdir(parents=True, exist_ok=True)
    write_to_textfile(str(path), registry)


def _of_crawls(crawls: list[CrawlState]) -> Iterator[Any]:
    from prometheus_client.core import GaugeMetricFamily

    for name, about, value_of in _OF_CRAWLS:
        family = GaugeMetricFamily(f"almasalla_crawl_{name}", about, labels=["outlet", "spider"])
        for crawl in crawls:
            if (value := value_of(crawl)) is not None:
                family.add_metric([crawl.outlet, crawl.spider], value)
        yield family
    rejects = GaugeMetricFamily("almasalla_crawl_rejects", "Pages that the latest crawl refused, by reason",
                                labels=["outlet", "spider", "reason"])  # fmt: skip
    for crawl in crawls:
        for reason, count in crawl.rejects.items():
            rejects.add_metric([crawl.outlet, crawl.spider, reason], count)
    yield rejects


def _of_database(database: DatabaseState) -> Iterator[Any]:
    from prometheus_client.core import GaugeMetricFamily

    yield GaugeMetricFamily("almasalla_articles", "Articles in the database", value=database.articles)
    yield GaugeMetricFamily("almasalla_database_bytes", "Size of the database file", value=database.size)
    problems = GaugeMetricFamily("almasalla_problems_open", "Problems that are open, by level", labels=["level"])
    for level in (WARNING, FAILED):
        problems.add_metric([level], database.problems.get(level, 0))
    yield problems
    due = GaugeMetricFamily("almasalla_pages_due", "Article pages that wait to be fetched", labels=["outlet"])
    oldest = GaugeMetricFamily(
        "almasalla_oldest_due_seconds", "For how long the page that waits longest is due", labels=["outlet"]
    )
    for outlet, (pages, seconds) in database.due.items():
        due.add_metric([outlet], pages)
        oldest.add_metric([outlet], seconds)
    yield from (due, oldest)


def _instant(moment: str | None) -> float | None:
    return datetime.fromisoformat(moment).timestamp() if moment else None
