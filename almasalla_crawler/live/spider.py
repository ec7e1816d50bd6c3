"""LiveSpider: fetches what is new or due on one site. The `pages` table is its frontier; see live/look.py for its lists."""

import asyncio
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Self

import scrapy
from filelock import FileLock, Timeout
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from almasalla_crawler.downloader.headers import header
from almasalla_crawler.downloader.outcomes import Unchanged, fetch_reject
from almasalla_crawler.items import LISTINGS, Discovered, Listing, Page, Reject, Rejected, Visit
from almasalla_crawler.live.fetched import (
    GONE_LISTING,
    GONE_RECORD,
    failed_page,
    fetched_page,
    is_settled,
    sitemaps_of,
    unchanged_page,
)
from almasalla_crawler.live.look import look
from almasalla_crawler.live.walks import Walks
from almasalla_crawler.paths import project_path
from almasalla_crawler.readers import wordpress
from almasalla_crawler.readers.addresses import canonical_url, is_front_page, web_address
from almasalla_crawler.readers.feeds import read_feed
from almasalla_crawler.readers.files import unpack
from almasalla_crawler.readers.listings import host_of, is_same_site, parts_of, read_listing
from almasalla_crawler.readers.sitemaps import MAX_BYTES, read_sitemap
from almasalla_crawler.readers.warc import post_at
from almasalla_crawler.storage import frontier
from almasalla_crawler.storage.crawls import now
from almasalla_crawler.storage.database import open_database, transaction
from almasalla_crawler.storage.failures import DatabaseError
from almasalla_crawler.storage.frontier import Lease
from almasalla_crawler.storage.locks import write_lock

LEASED_AT_ONCE = 2 * wordpress.RECORDS_AT_ONCE
LISTINGS_AT_ONCE = 4
DISCOVERED_AT_ONCE = 1000  # of one list, stored in one transaction
MAX_PARTS = 30  # of one article
STALLED_S = 120


class LiveSpider(scrapy.Spider):
    """Base of the spiders of live sites. `start_url` is the front page; `outlet` is locked while the spider runs."""

    start_url: str = ""
    outlet: str = ""
    # Lists that an outlet names itself: the root of its REST interface, feeds, sitemaps, pages with links to articles.
    rest: str = ""
    feeds: Sequence[str] = ()
    sitemaps: Sequence[str] = ()
    sections: Sequence[str] = ()
    custom_settings = {  # noqa: RUF012 - Scrapy's convention
        "CONCURRENT_ITEMS": wordpress.RECORDS_AT_ONCE,  # one answer holds so many posts, and each waits for its commit
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
            self.limit = max(int(limit), 0) if limit else sys.maxsize
        except ValueError as error:
            self.problem = f"-a since=2024-01-31 is a day, -a limit=500 a number of pages: {error}"
        if not self.start_url:
            self.problem = f"{self.name} declares no start_url, the address of its front page"
        if unknown:
            self.problem = f"-a {next(iter(unknown))}=: there is no such argument, there are since, limit and dry_run"
        self.is_dry = dry_run.lower() in ("1", "true", "yes")
        self.hosts = frozenset({host_of(self.start_url)})
        self.robots: Any = None
        self.open: dict[int, str] = {}  # leased pages that are not settled, and their kinds
        self.settled = asyncio.Event()
        self.asked = 0  # article pages
        self.lists: Counter[str] = Counter()  # beside the front page, by outcome
        self.is_paused = False  # is the host left alone for the rest of the crawl?
        self.crawl_id = 0
        self.database = Path()
        self.connection: sqlite3.Connection
        self.lock: FileLock
        self.walks: Walks

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.database = project_path(crawler.settings["DATABASE_PATH"])
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(spider.page_settled, signal)
        return spider

    # --- the crawl ------------------------------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        if self.problem:
            self.logger.error("%s", self.problem)
            raise CloseSpider("bad_argument")
        try:
            self.connection, self.lock = open_database(self.database), write_lock(self.database)
            with transaction(self.connection, self.lock):
                self.crawl_id = frontier.current_crawl(self.connection, self.outlet)
                frontier.void_leases(self.connection, self.outlet)
            async for one in self._crawl():
                yield one
        except (DatabaseError, sqlite3.Error, Timeout) as error:
            self.logger.error("%s: %s", self.database, error)
            raise CloseSpider("storage_failed") from error

    async def _crawl(self) -> AsyncIterator[Any]:
        for page in await self._look():
            yield page
        while True:
            self.settled.clear()
            leases = self._lease() if len(self.open) < LEASED_AT_ONCE and not self.is_paused else []
            for request in self._requests(leases):
                yield request
            if not self.open and not self.settled.is_set():
                break
            await self._something_settled()
        await self._everything_let_go()
        if self.is_paused:
            raise CloseSpider("host_paused")
        if self.lists["failed"] + self.lists["missing"] == self.lists.total() > 0:
            raise CloseSpider("no_list_readable")
        if self.is_dry:
            due = frontier.due_articles(self.connection, self.outlet, now(), min(self.limit, 1_000_000))
            self.crawler.stats.set_value("almasalla/pages_listed", len(due))
            sys.stdout.write("".join(f"{url}\n" for url in due))

    def _lease(self) -> list[Lease]:
        """Listings until enough articles are known, then articles up to the limit: so facts of all lists meet first."""
        moment = now()
        wanted = self.limit if self.is_dry else min(LEASED_AT_ONCE, self.limit - self.asked)
        with transaction(self.connection, self.lock):
            known = min(frontier.count_due(self.connection, self.outlet, moment), wanted)
            leases: list[Lease] = []
            if known < wanted:
                leases = frontier.lease(self.connection, self.outlet, self.crawl_id, LISTINGS_AT_ONCE, moment, listings=True)
            if not leases and not self.is_dry and (known == wanted or LISTINGS.isdisjoint(self.open.values())):
                leases = frontier.lease(self.connection, self.outlet, self.crawl_id, wanted, moment, listings=False)
                self.asked += len(leases)
            due = frontier.count_due(self.connection, self.outlet, moment)
        self.open |= {one.page_id: one.kind for one in leases}
        self.crawler.stats.set_value("almasalla/pages_found", self.asked + min(due, self.limit - self.asked))
        return leases

    def page_settled(self, item: Page) -> None:
        if item.visit is not None and item.visit.is_last:
            self.is_paused = self.is_paused or item.visit.outcome == "postponed"
            if item.kind in LISTINGS and item.visit.url != self.start_url:
                self.lists[item.visit.outcome] += 1
            self.open.pop(item.visit.page_id, None)
            self.settled.set()

    async def _something_settled(self) -> None:
        try:
            await asyncio.wait_for(self.settled.wait(), STALLED_S)
        except TimeoutError:
            engine = self.crawler.engine
            assert engine is not None
            if not engine.downloader.active and not (engine.scheduler and engine.scheduler.has_pending_requests()):
                self.logger.error("%d leased pages came to no end", len(self.open))
                self.crawler.stats.inc_value("almasalla/item_errors", len(self.open))
                self.open.clear()

    async def _everything_let_go(self) -> None:
        """Scrapy lets go of a page a moment after it is settled; a crawl that is closed between never comes to its end."""
        engine = self.crawler.engine
        while engine is not None and engine.scraper.slot is not None and not engine.scraper.slot.is_idle():
            await asyncio.sleep(0.01)

    def _requests(self, leases: list[Lease]) -> Iterator[Request]:
        records = [one for one in leases if one.record and not one.is_suspect]
        for one in leases:
            if one.kind in LISTINGS:
                yield self._request(one, one.url, self.parse_listing)
            elif not one.record:
                yield self._request(one, one.url, self.parse_article)
            elif one.is_suspect:
                yield self._request(one, one.record, self.parse_record)
        for start in range(0, len(records), wordpress.RECORDS_AT_ONCE):
            group = records[start : start + wordpress.RECORDS_AT_ONCE]
            url = wordpress.records_url(group[0].record, [wordpress.record_id(one.record) for one in group])
            yield Request(url, self.parse_records, errback=self.records_failed, dont_filter=True, cb_kwargs={"leases": group})

    def _request(self, lease: Lease, url: str, callback: Callable[..., Any]) -> Request:
        """Conditional, if what was read before is whole in one answer; a REST list changes where no validator tells."""
        meta: dict[str, Any] = {}
        if url == lease.url and not lease.has_parts and lease.kind != "rest":
            meta = {"etag": lease.etag, "last_modified": lease.last_modified, "body_sha256": lease.body_sha256}
        return Request(url, callback, errback=self.failed, meta=meta, dont_filter=True, cb_kwargs={"lease": lease})

    def closed(self, reason: str) -> None:
        """Counts what is left; answers that were under way when the crawl was stopped have used the database until now."""
        if not self.crawl_id:
            return
        stats = self.crawler.stats
        stats.set_value("almasalla/pages_left", frontier.count_due(self.connection, self.outlet, now()))
        if stats.get_value("almasalla/listings"):
            stats.set_value("almasalla/pages_not_due", frontier.not_due(self.connection, self.outlet, self.crawl_id))
        self.connection.close()

    # --- listings -------------------------------------------------------------------------------------------------------

    async def _look(self) -> list[Page]:
        """The front page with the lists of the site, and the robots.txt that stands for all that follows."""
        with transaction(self.connection, self.lock):
            front = frontier.front_lease(self.connection, self.outlet, self.crawl_id, self.start_url, now())
            known = frontier.sources_of(self.connection, self.start_url)
        self.open[front.page_id] = front.kind
        assert self.crawler.engine is not None
        try:
            home = await self.crawler.engine.download_async(Request(self.start_url, dont_filter=True))
            await self._ask_robots(home.url)
        except Exception as error:
            return [failed_page(front, self._why_no_answer(error), self.outlet)]
        self.hosts |= {host_of(home.url)}
        self.walks = Walks(self.connection, self.hosts, self.may_fetch, self.since)
        page = fetched_page(front, home, self.outlet)
        if home.status != 200:
            is_settled(page, front)
            return [page]
        try:
            listing = await look(home, self.hosts, self._declared(home.url), known, front.is_due, self.since, self._fetch)
        except Exception as error:
            page.reject = self._why_unread(page, error)
            return [page]
        return list(self._listing_pages(page, front, listing))

    def _declared(self, front: str) -> list[Discovered]:
        """The lists that the outlet's file and robots.txt name."""
        kinds = {"rest": [self.rest], "feed": self.feeds, "sitemap": (*self.sitemaps, *sitemaps_of(self.robots)),
                 "listing": self.sections}  # fmt: skip
        named = ((kind, web_address(front, url)) for kind, urls in kinds.items() for url in urls if url)
        return [Discovered(url, kind) for kind, url in named if url]

    async def _fetch(self, url: str) -> Response | None:
        """An answer outside the frontier, through all downloader middlewares; None if there is none."""
        assert self.crawler.engine is not None
        try:
            return await self.crawler.engine.download_async(Request(url, dont_filter=True))
        except Exception as error:
            self.logger.info("%s: %s", url, self._why_no_answer(error).detail)
            return None

    async def _ask_robots(self, url: str) -> None:
        middleware = self.crawler.get_downloader_middleware(RobotsTxtMiddleware)
        self.robots = await middleware.robot_parser(Request(url)) if middleware else None

    def may_fetch(self, url: str) -> bool:
        agent = self.crawler.settings["ROBOTSTXT_USER_AGENT"] or self.crawler.settings["USER_AGENT"]
        return self.robots is None or bool(self.robots.allowed(url, agent))

    async def parse_listing(self, response: Response, lease: Lease) -> AsyncIterator[Page]:
        page = fetched_page(lease, response, self.outlet)
        if lease.kind == "rest":
            page.body_sha256 = ""  # its first page may be as before and others not
        if is_settled(page, lease, GONE_LISTING):
            yield page
            return
        try:
            listing = await self._read_listing(response, lease)
        except Exception as error:
            assert page.visit is not None
            page.reject, page.visit.outcome = self._why_unread(page, error), "failed"
            yield page
            return
        for one in self._listing_pages(page, lease, listing):
            yield one

    async def _read_listing(self, response: Response, lease: Lease) -> Listing:
        """Off the event loop: 50,000 addresses take seconds."""
        if lease.kind == "rest":
            totals = {name: header(response, name) for name in ("x-wp-total", "x-wp-totalpages")}
            return wordpress.read_list(response.body, response.url, totals)
        if lease.kind == "feed":
            return await asyncio.to_thread(read_feed, response.body, response.url)
        if lease.kind == "sitemap":
            return await asyncio.to_thread(read_sitemap, unpack(response.body, MAX_BYTES), response.url)
        return await asyncio.to_thread(read_listing, response.body, response.url, self.hosts)

    def _listing_pages(self, page: Page, lease: Lease, listing: Listing) -> Iterator[Page]:
        """The listing in pieces that are stored together with what they name; what it names in vain."""
        self.walks.choose(lease, listing)
        entries, visit = listing.entries, page.visit
        assert visit is not None
        for url, reject in listing.rejects:
            yield Page(url, "html", outlet=self.outlet, reject=reject)
        for start in range(0, max(len(entries), 1), DISCOVERED_AT_ONCE):
            is_last = start + DISCOVERED_AT_ONCE >= len(entries)
            piece = Listing(entries[start : start + DISCOVERED_AT_ONCE], listing.facts, ttl_s=listing.ttl_s)
            piece.missing = listing.missing if is_last else []
            part = Visit(lease.page_id, lease.url, visit.status, "read", visit.etag, visit.last_modified, [], piece, is_last)
            yield Page(page.url, page.door, self.outlet, kind=page.kind, observed_at=page.observed_at,
                       body_sha256=page.body_sha256, visit=part)  # fmt: skip

    # --- articles -------------------------------------------------------------------------------------------------------

    def parse_article(self, response: Response, lease: Lease) -> Iterator[Page | Request]:
        page = fetched_page(lease, response, self.outlet)
        assert page.visit is not None
        if is_settled(page, lease):
            yield page
            return
        if is_front_page(response.url) and not is_front_page(lease.url):  # where sites send those who ask for what is gone
            page.url, page.visit.outcome = lease.url, "missing"
            yield page
            return
        if not is_same_site(response.url, self.hosts):
            page.url, page.reject = lease.url, Reject("fetch", "off_site", f"leads to {response.url}"[:500])
            yield page
            return
        page.body, page.stated, page.site = response.body, lease.facts, getattr(self, "site", None)
        parts = self._parts(response, response.url)
        yield self._next_part(page, response.url, parts, 2) if 2 in parts else page

    def _parts(self, response: Response, first: str) -> dict[int, str]:
        try:
            return parts_of(response.body, first)
        except Rejected:
            return {}

    def _next_part(self, page: Page, first: str, parts: dict[int, str], number: int) -> Request:
        given = {"page": page, "first": first, "parts": parts, "number": number}
        return Request(parts[number], self.parse_part, errback=self.part_failed, dont_filter=True, cb_kwargs=given)

    def parse_part(
        self, response: Response, page: Page, first: str, parts: dict[int, str], number: int
    ) -> Iterator[Page | Request]:
        """A further part of an article, which may name more of them. Its text goes below that of the parts before."""
        assert page.visit is not None
        if response.status != 200:
            page.reject, page.visit.outcome = _truncated(parts[number], f"HTTP {response.status}"), "failed"
            yield page
            return
        page.further_bodies.append(response.body)
        page.visit.spellings.append((canonical_url(parts[number]), "part"))
        parts |= self._parts(response, first)
        has_more = number + 1 in parts and number < MAX_PARTS
        yield self._next_part(page, first, parts, number + 1) if has_more else page

    def part_failed(self, failure: Failure) -> Iterator[Page]:
        request: Request = failure.request  # type: ignore[attr-defined]
        page: Page = request.cb_kwargs["page"]
        assert page.visit is not None
        page.reject, page.visit.outcome = _truncated(request.url, self._why_no_answer(failure.value).detail), "failed"
        yield page

    def parse_records(self, response: Response, leases: list[Lease]) -> Iterator[Page | Request]:
        """Whole posts over REST. One that is missing is asked for alone; if there are none at all, the pages are read."""
        try:
            records = wordpress.read_records(response.body) if response.status == 200 else None
        except Rejected:
            records = None
        for lease in leases:
            record = records.get(wordpress.record_id(lease.record)) if records is not None else None
            if record is not None:
                yield self._record_page(response, lease, record)
            elif records is not None:
                yield self._request(lease, lease.record, self.parse_record)
            else:
                yield self._request(lease, lease.url, self.parse_article)

    def parse_record(self, response: Response, lease: Lease) -> Iterator[Page | Request]:
        """One post alone: its list no longer names it, or an answer that should have had it had not."""
        page = fetched_page(lease, response, self.outlet, "rest")
        if is_settled(page, lease, GONE_RECORD):
            yield page
            return
        try:
            record = wordpress.read_records(response.body).get(wordpress.record_id(lease.record))
        except Rejected as rejected:
            page.reject = rejected.reject
            yield page
            return
        yield self._record_page(response, lease, record) if record else self._request(lease, lease.url, self.parse_article)

    def _record_page(self, response: Response, lease: Lease, record: dict[str, Any]) -> Page | Request:
        """A post without text of its own may have one on its page: the theme builds it."""
        page = fetched_page(lease, response, self.outlet, "rest")
        assert page.visit is not None
        page.visit.etag = page.visit.last_modified = ""  # of an answer with other posts
        page.body_sha256, page.raw_at = wordpress.digest(record), post_at(page.raw_at, record["id"])
        if is_settled(page, lease):
            return page
        try:
            page.body, page.stated = wordpress.document(record), [*wordpress.facts_of(record), *lease.facts]
        except Rejected as rejected:
            if rejected.reject.reason == "empty":
                return self._request(lease, lease.url, self.parse_article)
            page.reject = rejected.reject
        return page

    # --- what went wrong ------------------------------------------------------------------------------------------------

    def failed(self, failure: Failure) -> Iterator[Page]:
        request: Request = failure.request  # type: ignore[attr-defined]
        lease: Lease = request.cb_kwargs["lease"]
        if isinstance(failure.value, Unchanged):
            yield unchanged_page(lease, failure.value, self.outlet)
        else:
            yield failed_page(lease, self._why_no_answer(failure.value), self.outlet)

    def records_failed(self, failure: Failure) -> Iterator[Page]:
        request: Request = failure.request  # type: ignore[attr-defined]
        yield from (failed_page(lease, self._why_no_answer(failure.value), self.outlet) for lease in request.cb_kwargs["leases"])

    def _why_no_answer(self, error: BaseException | None) -> Reject:
        reject = fetch_reject(error or RuntimeError("no error"))
        if reject.reason == "internal_error":
            self.logger.error("fetching failed", exc_info=error)
            self.crawler.stats.inc_value("almasalla/item_errors")
        return reject

    def _why_unread(self, page: Page, error: Exception) -> Reject:
        """A fault of ours costs one page, says so, and fails the crawl."""
        if isinstance(error, Rejected):
            return error.reject
        self.logger.error("%s could not be read", page.url, exc_info=error)
        self.crawler.stats.inc_value("almasalla/item_errors")
        return Reject("read", "internal_error", f"{type(error).__name__}: {error}")


def _truncated(url: str, why: str) -> Reject:
    return Reject("fetch", "truncated", f"a part of the article is missing: {url} ({why})"[:500])
