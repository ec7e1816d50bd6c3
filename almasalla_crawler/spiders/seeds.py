"""`scrapy crawl seeds [-a path=DIR]`: reads the pages saved below a directory, only those that are new or changed."""

import asyncio
import hashlib
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import scrapy
from filelock import Timeout
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from almasalla_crawler.downloader.offline import offline
from almasalla_crawler.items import Page, Reject, Rejected
from almasalla_crawler.outlets import NO_OUTLETS, Outlets
from almasalla_crawler.paths import project_path
from almasalla_crawler.readers.files import path_as_text, read_regular_file
from almasalla_crawler.readers.seeds import Seed, find_seeds, name_as_text
from almasalla_crawler.storage.captures import touch_pages, unchanged_state
from almasalla_crawler.storage.database import open_database
from almasalla_crawler.storage.failures import DatabaseError, explained

REQUESTS_AHEAD = 128  # start() has no backpressure of its own: more wait until the scheduler is empty
TOUCH_AT_ONCE = 1000  # unchanged pages written in one transaction
BREATH_SECONDS = 0.05  # of reading and hashing files, then the event loop has its turn


class SeedsSpider(scrapy.Spider):
    name = "seeds"
    outlet = "seeds"
    # The only spider that reads files.
    custom_settings = offline({"file": "almasalla_crawler.downloader.files.RootedFileHandler"}) | {
        "CONCURRENT_REQUESTS": 1,  # nothing is waited for; eight files of 30 MB would be in memory together
        "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",  # in the order in which they were found
    }

    def __init__(self, path: str | None = None, **unknown: Any) -> None:
        super().__init__()
        self.arguments = {"path": path, **unknown} if path else unknown
        self.problem = f"-a {next(iter(unknown))}=: there is no such argument, there is only path=DIR." if unknown else ""
        self.path = path
        self.root = Path()
        self.outlets: Outlets = NO_OUTLETS

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        chosen = Path(spider.path).expanduser() if spider.path else project_path(crawler.settings["SEEDS_DIR"])
        spider.root = chosen.resolve()
        spider.outlets = Outlets.from_settings(crawler.settings)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        if self.problem:  # a misspelled path would read another directory
            self.logger.error("%s", self.problem)
            raise CloseSpider("unknown_argument")
        if not self.root.is_dir():
            self.logger.error("%s is no directory. SEEDS_DIR or -a path=DIR names the one with saved pages.", self.root)
            raise CloseSpider("no_seeds_directory")
        found = await asyncio.to_thread(find_seeds, self.root)  # an index of 300,000 lines takes seconds
        if not found.seeds:
            self.logger.error("%s holds no pages: no file is called .txt, .html, .htm, or .gz of these.", self.root)
        self.crawler.stats.set_value("almasalla/files_ignored", found.ignored)
        self.crawler.stats.set_value("almasalla/pages_found", len(found.seeds))
        for name, reject in found.rejects:
            yield self._refusal(Page(self._url(name), f"file:{name}", kind="file", reject=reject))
        database = project_path(self.crawler.settings["DATABASE_PATH"])
        number = 0
        try:
            async for request in self._due(found.seeds, database):
                yield request
                number += 1
                if number % REQUESTS_AHEAD == 0:
                    await self.crawler.signals.wait_for(signals.scheduler_empty)
        except (DatabaseError, sqlite3.Error, Timeout) as error:
            self.logger.error("%s", explained(database, error))
            raise CloseSpider("storage_failed") from error

    async def _due(self, seeds: list[Seed], database: Path) -> AsyncIterator[Request]:
        """Requests for new and changed files, and for files that cannot be read. The event loop runs between files."""
        seen: dict[bytes, Seed] = {}
        unchanged: list[str] = []
        with closing(open_database(database, checked=False)) as connection:
            breath_at = time.monotonic() + BREATH_SECONDS
            for seed in seeds:
                request = self._request(seed, connection, seen, unchanged)
                if request is not None:
                    yield request
                if len(unchanged) >= TOUCH_AT_ONCE:
                    touch_pages(connection, database, unchanged)
                    unchanged.clear()
                if time.monotonic() > breath_at:
                    await asyncio.sleep(0)
                    breath_at = time.monotonic() + BREATH_SECONDS
            touch_pages(connection, database, unchanged)

    def _request(
        self, seed: Seed, connection: sqlite3.Connection, seen: dict[bytes, Seed], unchanged: list[str]
    ) -> Request | None:
        """None for an unchanged file, whose page is added to `unchanged`; a refusal for one that is not to be read."""
        page = self._page(seed)
        try:
            body = read_regular_file(seed.path, self.root, self.crawler.settings.getint("SEED_MAXSIZE"))
        except Rejected as rejected:
            page.reject = rejected.reject
            return self._refusal(page)
        digest = hashlib.sha256(body)
        first = seen.setdefault(digest.digest(), seed)
        if first is not seed and seed.url in ("", first.url) and body:
            return self._refusal(_duplicate(page, seed, first))
        if self._is_unchanged(page, digest.hexdigest(), connection):
            unchanged.append(page.url)
            return None
        return Request(
            seed.path.as_uri(), self.parse, errback=self.refused, dont_filter=True,
            meta={"page_url": page.url}, cb_kwargs={"page": page},
        )  # fmt: skip

    def _is_unchanged(self, page: Page, sha256: str, connection: sqlite3.Connection) -> bool:
        """Counts it, if it is."""
        state = unchanged_state(connection, page, sha256)
        if state is not None:
            self.crawler.stats.inc_value("almasalla/pages_unchanged" if state == "stored" else "almasalla/rejects_unchanged")
        return state is not None

    def _refusal(self, page: Page) -> Request:
        """A request that the handler refuses: items from start() alone would leave the engine idle for five seconds."""
        return Request(self.root.as_uri(), errback=self.refused, dont_filter=True, cb_kwargs={"page": page})

    def parse(self, response: Response, page: Page) -> Iterator[Page]:
        page.body, page.body_sha256 = response.body, response.meta["body_sha256"]
        yield page

    def refused(self, failure: Failure) -> Iterator[Page]:
        """A file that changed between start and now, or a gzip file that does not unpack."""
        request: Request = failure.request  # type: ignore[attr-defined]
        page: Page = request.cb_kwargs["page"]
        page.body_sha256 = request.meta.get("body_sha256", "")
        if page.reject is None:
            page.reject = failure.value.reject if isinstance(failure.value, Rejected) else _unexpected(failure)
        yield page

    def _page(self, seed: Seed) -> Page:
        saved_at = seed.saved_at or _modified(seed.path)
        site = self.outlets.of(seed.url, seed.outlet)
        return Page(
            seed.url or self._url(seed.name),
            f"file:{seed.name}",
            outlet=seed.outlet or (site.name if site else None),
            site=site,
            observed_at=saved_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            now=seed.saved_at,
            raw_at=path_as_text(seed.path),
            file_url=self._url(seed.name) if seed.url else "",
        )

    def _url(self, name: str) -> str:
        return f"seed:{name_as_text(self.root.name)}/{name}"


def _duplicate(page: Page, seed: Seed, first: Seed) -> Page:
    """The reject of a file with the bytes of another one; two files of one url are told apart by their names."""
    url = page.url if not seed.url else f"{page.url}#{seed.name}"
    return Page(url, page.door, kind="file", reject=Reject("fetch", "duplicate_file", f"the same bytes as {first.name}"))


def _modified(path: Path) -> datetime:
    try:
        return min(datetime.fromtimestamp(path.lstat().st_mtime, UTC), datetime.now(UTC))
    except (OSError, OverflowError, ValueError):
        return datetime(1970, 1, 1, tzinfo=UTC)


def _unexpected(failure: Failure) -> Reject:
    return Reject("fetch", "unreadable", f"{type(failure.value).__name__}: {failure.getErrorMessage()}")
