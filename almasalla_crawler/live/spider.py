"""LiveSpider: fetches what is new or due on one site. The `pages` table is its frontier; see live/look.py for its lists."""

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, Self

import scrapy
from filelock import Timeout
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider

from almasalla_crawler.items import LISTINGS, Outlet, Page
from almasalla_crawler.live.articles import Articles
from almasalla_crawler.live.asking import Asking
from almasalla_crawler.live.front import Front
from almasalla_crawler.live.leases import Leases
from almasalla_crawler.live.listings import Listings
from almasalla_crawler.live.records import Records
from almasalla_crawler.live.walks import Walks
from almasalla_crawler.paths import project_path
from almasalla_crawler.readers import wordpress_routes
from almasalla_crawler.readers.listings import host_of
from almasalla_crawler.storage import frontier
from almasalla_crawler.storage.crawls import now
from almasalla_crawler.storage.database import open_database
from almasalla_crawler.storage.failures import DatabaseError
from almasalla_crawler.storage.frontier import Lease
from almasalla_crawler.storage.listings import sources_of
from almasalla_crawler.storage.locks import write_lock

STALLED_S = 120
_YES, _NO = frozenset({"1", "true", "yes", "on"}), frozenset({"", "0", "false", "no", "off"})


class LiveSpider(scrapy.Spider):
    """Base of the spiders of live sites. `start_url` is the front page; `outlet` is locked while the spider runs."""

    start_url: str = ""
    outlet: str = ""
    site: Outlet | None = None  # what the outlet's file says of it
    # Lists that an outlet names itself: the root of its REST interface, feeds, sitemaps, pages with links to articles.
    rest: str = ""
    feeds: Sequence[str] = ()
    sitemaps: Sequence[str] = ()
    sections: Sequence[str] = ()
    custom_settings = {  # noqa: RUF012 - Scrapy's convention
        "CONCURRENT_ITEMS": wordpress_routes.RECORDS_AT_ONCE,  # one answer holds so many posts, and each waits for its commit
    }
    # Redirects are followed, everything else is for the spider to judge: each answer is settled in the frontier.
    handle_httpstatus_list = tuple(range(400, 600))

    def __init__(self, since: str = "", limit: str = "", dry_run: str = "", **unknown: Any) -> None:
        super().__init__()
        given = {"since": since, "limit": limit, "dry_run": dry_run, **unknown}
        self.arguments = {name: value for name, value in given.items() if value}
        self.since, self.limit, self.problem = "", sys.maxsize, ""
        try:
            self.since = date.fromisoformat(since).isoformat() if since else ""
        except ValueError as error:
            self.problem = f"-a since={since} is no day such as 2024-01-31: {error}"
        if limit and not (limit.isdecimal() and len(limit) < 19):
            self.problem = f"-a limit={limit} is no number of pages such as 500"
        elif limit:
            self.limit = int(limit)
        if not self.start_url:
            self.problem = f"{self.name} declares no start_url, the address of its front page"
        if unknown:
            self.problem = f"-a {next(iter(unknown))}=: there is no such argument, there are since, limit and dry_run"
        self.is_dry = dry_run.lower() in _YES
        if dry_run.lower() not in _YES | _NO:  # to crawl is not what whoever asks for a dry run wants
            self.problem = f"-a dry_run={dry_run}: 1 for a dry run, 0 for a crawl"
        self.leases: Leases | None = None  # from the moment on when the database is open

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        budget = str(crawler.settings["PAGES_PER_CRAWL"]).strip()
        if not budget.isdecimal() or not int(budget):
            spider.problem = spider.problem or f"PAGES_PER_CRAWL is {budget}: it must be a number of pages, 1 or more"
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(spider.page_settled, signal)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        if self.problem:
            self.logger.error("%s", self.problem)
            raise CloseSpider("bad_argument")
        database = project_path(self.crawler.settings["DATABASE_PATH"])
        try:
            self.leases = self._lease_from(database)
            async for one in self._crawl(self.leases):
                yield one
        except (DatabaseError, sqlite3.Error, Timeout) as error:
            self.logger.error("%s: %s", database, error)
            raise CloseSpider("storage_failed") from error

    def _lease_from(self, database: Path) -> Leases:
        budget = sys.maxsize if self.is_dry else self.crawler.settings.getint("PAGES_PER_CRAWL")
        limit = min(self.limit, budget)
        return Leases(open_database(database), write_lock(database), self.outlet, limit, self.is_dry, self.since)

    async def _crawl(self, leases: Leases) -> AsyncIterator[Any]:
        asking = Asking(self.crawler, self.outlet, frozenset({host_of(self.start_url)}))
        walks = Walks(leases.connection, asking, self.since)
        listings = Listings(asking, walks)
        articles = Articles(asking, self.site)
        records = Records(asking, articles)
        declared = {"rest": [self.rest], "feed": self.feeds, "sitemap": self.sitemaps, "listing": self.sections}
        known = sources_of(leases.connection, self.start_url)
        yield Front(asking, listings, declared, known, self.since).request(leases.front(self.start_url))
        while leases.open:
            await self._something_settled(leases)
        while True:
            for request in _requests(leases.more(), listings, articles, records):
                yield request
            self.crawler.stats.set_value("almasalla/pages_found", leases.found)
            if not leases.open and not leases.settled.is_set():
                break
            await self._something_settled(leases)
        await self._everything_let_go()
        self._tell_of_nothing(leases, walks)
        self._end(leases)

    def page_settled(self, item: Page) -> None:
        if self.leases is not None:
            self.leases.settle(item)

    async def _something_settled(self, leases: Leases) -> None:
        try:
            await asyncio.wait_for(leases.settled.wait(), STALLED_S)
            leases.settled.clear()
        except TimeoutError:
            engine = self.crawler.engine
            assert engine is not None
            if not engine.downloader.active and not (engine.scheduler and engine.scheduler.has_pending_requests()):
                self.logger.error("%d leased pages came to no end", len(leases.open))
                self.crawler.stats.inc_value("almasalla/item_errors", len(leases.open))
                leases.open.clear()

    async def _everything_let_go(self) -> None:
        """Scrapy lets go of a page a moment after it is settled; a crawl that is closed between never comes to its end."""
        engine = self.crawler.engine
        while engine is not None and engine.scraper.slot is not None and not engine.scraper.slot.is_idle():
            await asyncio.sleep(0.01)

    def _tell_of_nothing(self, leases: Leases, walks: Walks) -> None:
        """Why a crawl that could read the front page asks for no article: what was asked for leaves none, or none is known."""
        if leases.found or not self.crawler.stats.get_value("almasalla/listings"):
            return
        due = frontier.count_due(leases.connection, self.outlet, now())
        if walks.has_left_out or not self.limit or due:
            self.crawler.stats.set_value("almasalla/nothing_in_range", 1)
        elif not frontier.has_articles(leases.connection, self.outlet):
            self.logger.error(
                "%s names no article: there is no REST interface, feed or sitemap with any, and no link that looks like an"
                " article's. Does it need a login or scripts? See `pages of a live site are not found` in CONTRIBUTING.md.",
                self.start_url,
            )

    def _end(self, leases: Leases) -> None:
        """Raises CloseSpider for an early end; a dry run prints what it would have asked for."""
        if leases.is_paused:
            raise CloseSpider("host_paused")
        if leases.lists["failed"] + leases.lists["missing"] == leases.lists.total() > 0:
            raise CloseSpider("no_list_readable")
        due = frontier.count_due(leases.connection, self.outlet, now(), self.since)
        if leases.asked >= leases.limit < self.limit and due:
            raise CloseSpider("closespider_pagecount")
        if self.is_dry:
            urls = frontier.due_articles(leases.connection, self.outlet, now(), min(self.limit, 1_000_000), self.since)
            self.crawler.stats.set_value("almasalla/pages_listed", len(urls))
            sys.stdout.write("".join(f"{url}\n" for url in urls))

    def closed(self, reason: str) -> None:
        """Counts what is left; answers that were under way when the crawl was stopped have used the database until now."""
        if self.leases is None:
            return
        stats, crawl_id = self.crawler.stats, self.leases.crawl_id
        with closing(self.leases.connection) as connection:
            stats.set_value("almasalla/pages_left", frontier.count_due(connection, self.outlet, now()))
            if stats.get_value("almasalla/listings"):
                stats.set_value("almasalla/pages_not_due", frontier.not_due(connection, self.outlet, crawl_id))


def _requests(leases: list[Lease], listings: Listings, articles: Articles, records: Records) -> Iterator[Request]:
    yield from (listings.request(one) for one in leases if one.kind in LISTINGS)
    yield from (articles.request(one) for one in leases if one.kind not in LISTINGS and not one.record)
    yield from records.requests([one for one in leases if one.record])
