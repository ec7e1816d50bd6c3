"""Crawls of loopback sites inside the test's own process."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

from almasalla_crawler.verdict import Verdict, judge

FAST = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "RETRY_TIMES": 0,
    "WORKERS": 0,
    "LOG_LEVEL": "ERROR",
    "WARC_DIR": "",
    "ALLOW_PRIVATE_ADDRESSES": True,
}


class Crawled:
    """Stats of a crawl that has ended."""

    def __init__(self, stats: dict[str, Any]) -> None:
        self.stats = stats

    def __getattr__(self, name: str) -> int:
        return int(self.stats.get(f"almasalla/{name}", 0))

    @property
    def verdict(self) -> Verdict:
        return judge(self.stats, self.stats["finish_reason"])


async def crawl(
    url: str, database: Path, settings: dict[str, Any] | None = None, spider: str | type[Spider] = "site", **arguments: str
) -> Crawled:
    """What `scrapy crawl site -a url=URL -a NAME=VALUE` counted, or another spider, which gets no url."""
    chosen = Settings()
    chosen.setmodule("almasalla_crawler.settings", priority="project")
    chosen.setdict({**FAST, "DATABASE_PATH": str(database), **(settings or {})}, priority="cmdline")
    runner = AsyncCrawlerRunner(chosen)
    crawler = runner.create_crawler(spider)
    await runner.crawl(crawler, **({"url": url} if url else {}), **arguments)
    assert crawler.stats is not None
    return Crawled(crawler.stats.get_stats())


def rows(database: Path, query: str, *values: Any) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query, values).fetchall()


def value(database: Path, query: str, *values: Any) -> Any:
    ((one,),) = rows(database, query, *values)
    return one
