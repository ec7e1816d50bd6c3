"""Asking one site: requests for leased pages, what failed requests come to, what robots.txt and redirects made known."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response
from twisted.python.failure import Failure

from almasalla_crawler.downloader.outcomes import Unchanged, fetch_reject
from almasalla_crawler.items import Page, Reject, Rejected
from almasalla_crawler.live.fetched import failed_page, unchanged_page
from almasalla_crawler.storage.frontier import Lease

logger = logging.getLogger(__name__)


class Asking:
    def __init__(self, crawler: Crawler, outlet: str, hosts: frozenset[str]) -> None:
        self.crawler = crawler
        self.outlet = outlet
        self.hosts = hosts  # whose pages are the site's
        self.robots: Any = None  # Scrapy's parser of the front page's robots.txt; None if there are no rules

    def request(self, lease: Lease, url: str, callback: Callable[..., Any]) -> Request:
        """Conditional, if what was read before is whole in one answer; a REST list changes where no validator tells."""
        meta: dict[str, Any] = {}
        if url == lease.url and not lease.has_parts and lease.kind != "rest":
            meta = {"etag": lease.etag, "last_modified": lease.last_modified, "body_sha256": lease.body_sha256}
        return Request(url, callback, errback=self.failed, meta=meta, dont_filter=True, cb_kwargs={"lease": lease})

    def failed(self, failure: Failure) -> Iterator[Page]:
        """Errback of `request`."""
        request: Request = failure.request  # type: ignore[attr-defined]
        lease: Lease = request.cb_kwargs["lease"]
        if isinstance(failure.value, Unchanged):
            yield unchanged_page(lease, failure.value, self.outlet)
        else:
            yield failed_page(lease, self.why_no_answer(failure.value), self.outlet)

    async def fetch(self, url: str) -> Response | None:
        """An answer outside the frontier, through all downloader middlewares; None if there is none."""
        assert self.crawler.engine is not None
        try:
            return await self.crawler.engine.download_async(Request(url, dont_filter=True))
        except Exception as error:
            logger.info("%s: %s", url, self.why_no_answer(error).detail)
            return None

    async def learn_robots(self, url: str) -> None:
        """Keeps the rules of the host of `url`, which stand for all that follows. Raises Rejected if they cannot be known."""
        middleware = self.crawler.get_downloader_middleware(RobotsTxtMiddleware)
        self.robots = await middleware.robot_parser(Request(url)) if middleware else None

    def may_fetch(self, url: str) -> bool:
        agent = self.crawler.settings["ROBOTSTXT_USER_AGENT"] or self.crawler.settings["USER_AGENT"]
        return self.robots is None or bool(self.robots.allowed(url, agent))

    def why_no_answer(self, error: BaseException | None) -> Reject:
        reject = fetch_reject(error or RuntimeError("no error"))
        if reject.reason == "internal_error":
            self._blame_the_code("fetching failed", error)
        return reject

    def why_unread(self, page: Page, error: Exception) -> Reject:
        """A fault of ours costs one page, says so, and fails the crawl."""
        if isinstance(error, Rejected):
            return error.reject
        self._blame_the_code(f"{page.url} could not be read", error)
        return Reject("read", "internal_error", f"{type(error).__name__}: {error}")

    def _blame_the_code(self, what: str, error: BaseException | None) -> None:
        logger.error("%s", what, exc_info=error)
        self.crawler.stats.inc_value("almasalla/item_errors")
