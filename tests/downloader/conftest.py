"""Crawls of a few addresses with the project's own settings, but for those that make it slow."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

from tests.servers.asking import AskingSpider

Ask = Callable[..., Awaitable[AskingSpider]]
QUICK = {
    "ALLOW_PRIVATE_ADDRESSES": True,
    "AUTOTHROTTLE_ENABLED": False,
    "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS": 24,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 24,
    "PROGRESS_ENABLED": False,
    "WORKERS": 0,
}


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Addresses, or (address, meta), and settings -> the spider that asked for them."""

    async def asked(*addresses: str | tuple[str, dict[str, Any]], one_by_one: bool = False, **settings: Any) -> AskingSpider:
        ours = Settings({"DATABASE_PATH": str(tmp_path / "a.db"), "WARC_DIR": "", **QUICK, **settings})
        ours.setmodule("almasalla_crawler.settings", priority="default")
        runner = AsyncCrawlerRunner(ours)
        crawler = runner.create_crawler(AskingSpider)
        await runner.crawl(crawler, asked=list(addresses), one_by_one=one_by_one)
        assert isinstance(crawler.spider, AskingSpider)
        return crawler.spider

    return asked
