"""`scrapy crawl warc -a path=PATH`: reads the pages in WARC files, a file or all below a directory, without a network."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import scrapy
from filelock import Timeout
from scrapy import Request, signals
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from almasalla_crawler.downloader.offline import offline
from almasalla_crawler.items import Page, Rejected
from almasalla_crawler.outlets import Outlets
from almasalla_crawler.paths import project_path
from almasalla_crawler.readers.archived import ArchivedPages
from almasalla_crawler.readers.joining import whole_sha256
from almasalla_crawler.readers.warc import Record, find_warcs, read_warc
from almasalla_crawler.storage.captures import touch_pages, unchanged_state
from almasalla_crawler.storage.database import open_database
from almasalla_crawler.storage.failures import DatabaseError, explained

REQUESTS_AHEAD = 32  # their bodies are in memory
TOUCH_AT_ONCE = 1000  # unchanged pages written in one transaction
RECORDS_AT_ONCE = 64  # read in a thread: most records of an archive are no pages, some are pictures of a gigabyte


class WarcSpider(scrapy.Spider):
    name = "warc"
    outlet = "warc"
    custom_settings = offline(dict.fromkeys(("http", "https"), "almasalla_crawler.downloader.records.RecordHandler"))

    def __init__(self, path: str | None = None, **unknown: Any) -> None:
        super().__init__()
        self.arguments = {"path": path, **unknown}
        self.problem = f"-a {next(iter(unknown))}=: there is no such argument, there is only path=PATH." if unknown else ""
        self.path = path

    async def start(self) -> AsyncIterator[Any]:
        if self.problem:
            self.logger.error("%s", self.problem)
            raise CloseSpider("unknown_argument")
        if not self.path or not Path(self.path).expanduser().exists():
            self.logger.error("%s is no file or directory. Say what to read: -a path=PATH.", self.path or "Nothing")
            raise CloseSpider("no_warc")
        files = find_warcs(Path(self.path).expanduser().resolve())
        if not files:
            self.logger.error("There is no WARC file (.warc, .warc.gz) below %s. Say what to read: -a path=PATH.", self.path)
            raise CloseSpider("no_warc")
        database = project_path(self.crawler.settings["DATABASE_PATH"])
        number = 0
        try:
            with closing(open_database(database, checked=False)) as connection:
                unchanged: list[str] = []
                async for page in self._pages(files):
                    request = self._request(page, connection, unchanged)
                    if request is not None:
                        yield request
                        number += 1
                        if number % REQUESTS_AHEAD == 0:
                            await self.crawler.signals.wait_for(signals.scheduler_empty)
                    if len(unchanged) >= TOUCH_AT_ONCE:
                        touch_pages(connection, database, unchanged)
                        unchanged.clear()
                touch_pages(connection, database, unchanged)
        except (DatabaseError, sqlite3.Error, Timeout) as error:
            self.logger.error("%s", explained(database, error))
            raise CloseSpider("storage_failed") from error

    async def _pages(self, files: list[Path]) -> AsyncIterator[Page]:
        max_bytes = self.crawler.settings.getint("SEED_MAXSIZE")
        archived, outlets = ArchivedPages(), Outlets.from_settings(self.crawler.settings)
        for file in files:
            records = read_warc(file, max_bytes)
            while some := await asyncio.to_thread(_next_records, records):
                readable = [record for record in some if record is not None]
                self.crawler.stats.inc_value("almasalla/records_ignored", len(some) - len(readable))
                for page in (page for record in readable for page in archived.of(record)):
                    page.site = outlets.of(page.url)
                    yield page
        for page in archived.rest():
            yield page

    def _request(self, page: Page, connection: sqlite3.Connection, unchanged: list[str]) -> Request | None:
        """None for a page read before, which is added to `unchanged`."""
        if page.reject is None and (state := unchanged_state(connection, page, whole_sha256(page))):
            unchanged.append(page.url)
            self.crawler.stats.inc_value("almasalla/pages_unchanged" if state == "stored" else "almasalla/rejects_unchanged")
            return None
        url = page.url if page.url.startswith("http") else "http://localhost/"  # of a broken file: never asked for
        return Request(
            url, self.parse, errback=self.refused, dont_filter=True, cb_kwargs={"page": page},
            meta={"body": page.body, "reject": page.reject},
        )  # fmt: skip

    def parse(self, response: Response, page: Page) -> Iterator[Page]:
        page.body = response.body
        yield page

    def refused(self, failure: Failure) -> Iterator[Page]:
        page: Page = failure.request.cb_kwargs["page"]  # type: ignore[attr-defined]
        assert isinstance(failure.value, Rejected)
        page.reject = failure.value.reject
        yield page


def _next_records(records: Iterator[Record | None]) -> list[Record | None]:
    """Up to the next that can be read, or RECORDS_AT_ONCE; empty at the end."""
    some: list[Record | None] = []
    for record in records:
        some.append(record)
        if record is not None or len(some) == RECORDS_AT_ONCE:
            break
    return some
