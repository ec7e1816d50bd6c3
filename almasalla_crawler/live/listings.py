"""Listings: what each names is stored together with the listing itself, in pieces."""

import asyncio
from collections.abc import AsyncIterator, Iterator

from scrapy import Request
from scrapy.http import Response

from almasalla_crawler.downloader.headers import header
from almasalla_crawler.items import Listing, Page, Visit
from almasalla_crawler.live.asking import Asking
from almasalla_crawler.live.fetched import GONE_LISTING, fetched_page, is_settled
from almasalla_crawler.live.walks import Walks
from almasalla_crawler.readers import wordpress
from almasalla_crawler.readers.feeds import read_feed
from almasalla_crawler.readers.files import unpack
from almasalla_crawler.readers.listings import read_listing
from almasalla_crawler.readers.sitemaps import MAX_BYTES, read_sitemap
from almasalla_crawler.storage.frontier import Lease

DISCOVERED_AT_ONCE = 1000  # of one list, stored in one transaction


class Listings:
    def __init__(self, asking: Asking, walks: Walks) -> None:
        self.asking = asking
        self.walks = walks

    def request(self, lease: Lease) -> Request:
        return self.asking.request(lease, lease.url, self.parse)

    async def parse(self, response: Response, lease: Lease) -> AsyncIterator[Page]:
        page = fetched_page(lease, response, self.asking.outlet)
        if lease.kind == "rest":
            page.body_sha256 = ""  # its first page may be as before and others not
        if is_settled(page, lease, GONE_LISTING):
            yield page
            return
        try:
            listing = await self._read(response, lease)
        except Exception as error:
            assert page.visit is not None
            page.reject, page.visit.outcome = self.asking.why_unread(page, error), "failed"
            yield page
            return
        for one in self.pages(page, lease, listing):
            yield one

    async def _read(self, response: Response, lease: Lease) -> Listing:
        """Off the event loop: 50,000 addresses take seconds."""
        if lease.kind == "rest":
            totals = {name: header(response, name) for name in ("x-wp-total", "x-wp-totalpages")}
            return wordpress.read_list(response.body, response.url, totals)
        if lease.kind == "feed":
            return await asyncio.to_thread(read_feed, response.body, response.url)
        if lease.kind == "sitemap":
            return await asyncio.to_thread(read_sitemap, unpack(response.body, MAX_BYTES), response.url)
        return await asyncio.to_thread(read_listing, response.body, response.url, self.asking.hosts)

    def pages(self, page: Page, lease: Lease, listing: Listing) -> Iterator[Page]:
        """The listing in pieces that are stored together with what they name; what it names in vain."""
        self.walks.choose(lease, listing)
        entries, visit = listing.entries, page.visit
        assert visit is not None
        if self.walks.since:  # what it leaves out the next crawl may want: the list is read again, changed or not
            page.body_sha256 = visit.etag = visit.last_modified = ""
        for url, reject in listing.rejects:
            yield Page(url, "html", outlet=self.asking.outlet, reject=reject)
        for start in range(0, max(len(entries), 1), DISCOVERED_AT_ONCE):
            is_last = start + DISCOVERED_AT_ONCE >= len(entries)
            piece = Listing(entries[start : start + DISCOVERED_AT_ONCE], listing.facts, ttl_s=listing.ttl_s)
            piece.missing = listing.missing if is_last else []
            piece.total, piece.is_accounted = listing.total, listing.is_accounted and is_last
            piece.waits_to_be_named = listing.waits_to_be_named
            part = Visit(lease.page_id, lease.url, visit.status, "read", visit.etag, visit.last_modified, [], piece, is_last)
            yield Page(page.url, page.door, self.asking.outlet, kind=page.kind, observed_at=page.observed_at,
                       body_sha256=page.body_sha256, visit=part)  # fmt: skip
