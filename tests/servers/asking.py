"""A spider that asks for addresses, and says what came of each."""

import asyncio
import json
import resource
import sys
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import scrapy
from scrapy import Request
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from almasalla_crawler.downloader.outcomes import Unchanged, fetch_reject, http_status
from almasalla_crawler.items import Page

TICK_SECONDS = 0.01


class AskingSpider(scrapy.Spider):
    """`asked`: addresses, or (address, meta). `came` has for each address its outcomes: "page", "unchanged", or a reason."""

    name = outlet = "asking"

    def __init__(self, asked: list[str | tuple[str, dict[str, Any]]], one_by_one: bool = False) -> None:
        super().__init__()
        self.asked = [(one, {}) if isinstance(one, str) else one for one in asked]
        self.one_by_one = one_by_one
        self.came: dict[str, list[str]] = {url: [] for url, _ in self.asked}
        self.responses: dict[str, Response] = {}
        self.failures: dict[str, BaseException] = {}
        self.statuses: dict[str, int] = {}
        self.longest_stall = 0.0

    async def start(self) -> AsyncIterator[Any]:
        self.ticking = asyncio.ensure_future(self._tick())
        for url, meta in self.asked:
            yield Request(url, self.parse, headers=meta.get("own_headers"), errback=self.failed, dont_filter=True, meta=meta,
                          cb_kwargs={"asked": url})  # fmt: skip
            while self.one_by_one and not self.came[url]:
                await asyncio.sleep(0.01)

    def parse(self, response: Response, asked: str) -> Iterator[Page]:
        self.responses[asked] = response
        self.came[asked].append("page")
        yield Page(asked, "html", observed_at="2025-06-01T00:00:00Z", raw_at=response.meta.get("raw_at", ""), body=response.body)

    def failed(self, failure: Failure) -> Iterator[Page]:
        asked = failure.request.cb_kwargs["asked"]  # type: ignore[attr-defined]
        self.failures[asked] = failure.value
        self.statuses[asked] = http_status(failure.value)
        if isinstance(failure.value, Unchanged):
            self.came[asked].append("unchanged")
            return
        reject = fetch_reject(failure.value)
        self.came[asked].append(reject.reason)
        yield Page(asked, "html", reject=reject)

    def closed(self, reason: str) -> None:
        self.ticking.cancel()

    async def _tick(self) -> None:
        """In seconds that this thread computed: what other processes take is not ours."""
        while True:
            before = time.thread_time()
            await asyncio.sleep(TICK_SECONDS)
            self.longest_stall = max(self.longest_stall, time.thread_time() - before)


def main(addresses: list[str], settings: dict[str, Any]) -> None:
    """Asks in a process of its own and prints what came, the most memory it had and the longest stall of its event loop."""
    ours = Settings(settings)
    ours.setmodule("almasalla_crawler.settings", priority="default")
    process = AsyncCrawlerProcess(ours)
    crawler = process.create_crawler(AskingSpider)
    process.crawl(crawler, asked=addresses)
    process.start()
    assert isinstance(crawler.spider, AskingSpider)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"came": crawler.spider.came, "megabytes": megabytes, "stall": crawler.spider.longest_stall}))


if __name__ == "__main__":
    main(sys.argv[2:], json.loads(sys.argv[1]))
