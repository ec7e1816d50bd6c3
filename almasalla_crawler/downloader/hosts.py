"""How hosts want to be asked: waits as long as they say, and leaves those alone that keep failing."""

import asyncio
import logging
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import isfinite
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError, DownloadTimeoutError
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.response import response_status_message

from almasalla_crawler.downloader.headers import header
from almasalla_crawler.downloader.outcomes import Postponed

logger = logging.getLogger(__name__)
BUSY = (429, 503)
MAX_FAILURES = 5  # in a row, then the host is left alone for the rest of the crawl
_WEIGHTS = {CannotResolveHostError: 1.0, DownloadConnectionRefusedError: 1.0, DownloadTimeoutError: 0.5}  # one page may hang
MAX_RETRY_AFTER_SECONDS = 3600.0
FIRST_WAIT_SECONDS = 5.0  # after an answer that is BUSY and does not say how long; doubled each time


@dataclass(slots=True)
class Host:
    """What is known of a host; times of the monotonic clock."""

    free_at: float = 0.0
    failures: float = 0.0  # in a row
    paused: str = ""  # why it is left alone for the rest of the crawl, "" if it is not


class HostsMiddleware:
    """Retry-After and `meta["crawl_delay"]` are kept; a host that fails MAX_FAILURES times in a row, or asks for a longer wait
    than RETRY_AFTER_PATIENCE, is paused: its requests fail with Postponed until the crawl ends."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.patience = crawler.settings.getfloat("RETRY_AFTER_PATIENCE")
        self.hosts: dict[str, Host] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        middleware = cls(crawler)
        crawler.signals.connect(middleware.downloaded, signals.response_downloaded)
        return middleware

    async def wait(self, request: Request) -> None:
        """Returns when a request may be sent. For the download handler: what stands in its queue has passed process_request."""
        host = self._host(request)
        while (seconds := host.free_at - time.monotonic()) > 0 and not host.paused:
            if not self.crawler.crawling:
                raise Postponed("host_paused", "the crawl ended while the host was waited for")
            await asyncio.sleep(min(seconds, 1.0))
        self.process_request(request)
        host.free_at = time.monotonic() + request.meta.get("crawl_delay", 0)

    def process_request(self, request: Request) -> None:
        host = self._host(request)
        if host.paused:
            raise Postponed("host_paused", host.paused, max(host.free_at - time.monotonic(), 0))

    def downloaded(self, response: Response, request: Request) -> None:
        """Notes what an answer says about its host, before the next request leaves the queue."""
        host = self._host(request)
        if response.status not in BUSY:
            host.failures = 0 if response.status < 500 else host.failures
            return
        host.failures += 1
        said = retry_after(header(response, "Retry-After"), header(response, "Date"))
        wait = FIRST_WAIT_SECONDS * 2 ** (host.failures - 1) if said is None else min(said, MAX_RETRY_AFTER_SECONDS)
        host.free_at = max(host.free_at, time.monotonic() + wait)
        if wait > self.patience or host.failures >= MAX_FAILURES:
            self._pause(host, request, f"{response_status_message(response.status)}, {self._why(host, wait)}")

    def _why(self, host: Host, wait: float) -> str:
        if wait > self.patience:
            return f"it is to be left alone for {wait:.0f} s, longer than RETRY_AFTER_PATIENCE ({self.patience:g} s)"
        return f"{host.failures:g} times in a row"

    def process_response(self, request: Request, response: Response) -> Request | Response:
        if response.status not in BUSY:
            return response
        host = self._host(request)
        if host.paused:
            raise Postponed("host_paused", host.paused, max(host.free_at - time.monotonic(), 0), response.status)
        assert self.crawler.spider is not None
        reason = response_status_message(response.status)
        return get_retry_request(request, spider=self.crawler.spider, reason=reason, give_up_log_level="INFO") or response

    def process_exception(self, request: Request, exception: Exception) -> None:
        host = self._host(request)
        host.failures += _WEIGHTS.get(type(exception), 0)
        if host.failures >= MAX_FAILURES and not host.paused:
            self._pause(host, request, f"{type(exception).__name__}, not the first failure in a row")

    def _host(self, request: Request) -> Host:
        return self.hosts.setdefault(urlparse_cached(request).netloc, Host())

    def _pause(self, host: Host, request: Request, why: str) -> None:
        if not host.paused:
            name = urlparse_cached(request).netloc
            logger.warning("%s is left alone for the rest of this crawl: %s. Its pages stay due.", name, why)
            self.crawler.stats.inc_value("almasalla/hosts_paused")
        host.paused = why


def retry_after(value: str, date: str) -> float | None:
    """Seconds that a Retry-After header asks for: a number, or a time compared with the server's own clock; None if neither."""
    if re.fullmatch(r"\d{1,10}(\.\d{0,9})?", value):
        return float(value)
    try:
        until = parsedate_to_datetime(value)
        now = parsedate_to_datetime(date) if date else datetime.now(UTC)
        seconds = (until - now).total_seconds()
    except (ValueError, TypeError):  # no date; one with a zone, the other without
        return None
    return max(seconds, 0.0) if isfinite(seconds) else None
