"""The front page, with which every crawl begins: the robots.txt that stands for all that follows, and the lists to follow."""

import logging
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from almasalla_crawler.items import Discovered, Page, Reject
from almasalla_crawler.live.advice import advice
from almasalla_crawler.live.asking import Asking
from almasalla_crawler.live.fetched import failed_page, fetched_page, sitemaps_of
from almasalla_crawler.live.listings import Listings
from almasalla_crawler.live.look import Known, look
from almasalla_crawler.readers.addresses import web_address
from almasalla_crawler.readers.listings import host_of
from almasalla_crawler.storage.frontier import Lease

logger = logging.getLogger(__name__)
Declared = Mapping[str, Sequence[str]]  # by kind of list: addresses that the outlet's file names


class Front:
    """`known` are the lists that earlier looks found; `since` is an ISO day or ""."""

    def __init__(self, asking: Asking, listings: Listings, declared: Declared, known: Known, since: str) -> None:
        self.asking = asking
        self.listings = listings
        self.declared = declared
        self.known = known
        self.since = since

    def request(self, lease: Lease) -> Request:
        """Never conditional: its links are wanted whether they changed or not."""
        return Request(lease.url, self.parse, errback=self.failed, dont_filter=True, cb_kwargs={"lease": lease})

    def failed(self, failure: Failure) -> Iterator[Page]:
        for page in self.asking.failed(failure):
            yield _told(page)

    async def parse(self, response: Response, lease: Lease) -> AsyncIterator[Page]:
        page = fetched_page(lease, response, self.asking.outlet)
        try:
            await self.asking.learn_robots(response.url)
        except Exception as error:
            yield _told(failed_page(lease, self.asking.why_no_answer(error), self.asking.outlet))
            return
        self.asking.hosts |= {host_of(response.url)}
        if response.status != 200:
            assert page.visit is not None
            page.visit.outcome, page.reject = "failed", Reject("fetch", "http_error", f"HTTP {response.status}")
            yield _told(page)
            return
        try:
            lists = self._named(response.url)
            listing = await look(response, self.asking.hosts, lists, self.known, lease.is_due, self.since, self.asking.fetch)
        except Exception as error:
            page.reject = self.asking.why_unread(page, error)
            yield _told(page)
            return
        for one in self.listings.pages(page, lease, listing):
            yield one

    def _named(self, url: str) -> list[Discovered]:
        """The lists that the outlet's file and robots.txt name."""
        kinds = {**self.declared, "sitemap": (*self.declared["sitemap"], *sitemaps_of(self.asking.robots))}
        named = ((kind, web_address(url, address)) for kind, addresses in kinds.items() for address in addresses if address)
        return [Discovered(address, kind) for kind, address in named if address]


def _told(page: Page) -> Page:
    """Without its front page there is no crawl: whoever waits for it is told why."""
    if page.reject is not None and page.reject.reason != "no_contact":  # which was told
        why = f"{page.url} cannot be read: {page.reject.reason} ({page.reject.detail})"
        logger.error("%s", f"{why}. {advice(page.reject)}".removesuffix(". "))
    return page
