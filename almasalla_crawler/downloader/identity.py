"""Who crawls: sites must be able to reach whoever asks them for pages."""

import asyncio
import logging
from importlib.metadata import version
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.utils.httpobj import urlparse_cached

from almasalla_crawler.downloader.addresses import is_loopback
from almasalla_crawler.downloader.outcomes import Postponed
from almasalla_crawler.items import Rejected

logger = logging.getLogger(__name__)


class IdentityMiddleware:
    """Sends USER_AGENT with the project's version and the CONTACT in it; without a CONTACT only this machine is asked."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.contact = str(crawler.settings["CONTACT"] or "").strip()
        self.user_agent = filled(crawler.settings["USER_AGENT"], self.contact)
        self.stopping: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        if not is_contact(self.contact) and not is_loopback(urlparse_cached(request).hostname or ""):
            if request.meta.get("redirect_urls"):  # the page's own fault: this machine's other pages are crawled on
                raise Rejected("fetch", "off_site", f"leads to {request.url[:400]}, which is not asked without a CONTACT")
            if self.stopping is None:
                logger.error(
                    "CONTACT is not set, or no e-mail or web address. Sites must be able to reach whoever crawls them: give one,"
                    " -s CONTACT=you@example.org, or write it into almasalla_crawler/settings.py."
                )
                self.stopping = asyncio.ensure_future(self._stop())
            raise Postponed("no_contact", "CONTACT is not set, or no e-mail or web address: -s CONTACT=you@example.org")
        request.headers["User-Agent"] = self.user_agent

    async def _stop(self) -> None:
        assert self.crawler.engine is not None
        await self.crawler.engine.close_spider_async(reason="no_contact")


def is_contact(text: str) -> bool:
    """An e-mail address or a web page, fit for a header."""
    return text.isascii() and text.isprintable() and ("@" in text or text.startswith(("http://", "https://")))


def filled(user_agent: str, contact: str) -> str:
    """USER_AGENT with {version} and {contact}; on this machine the contact may be missing."""
    who = contact if is_contact(contact) else "no contact given"
    return user_agent.replace("{version}", version("almasalla-crawler")).replace("{contact}", who)
