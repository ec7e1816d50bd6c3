"""robots.txt, as RFC 9309 has it: what cannot be asked for permission is not fetched."""

import asyncio
from math import isfinite

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest, StopDownload
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from almasalla_crawler.downloader.compression import KEEP_BYTES
from almasalla_crawler.downloader.outcomes import Postponed, fetch_reject
from almasalla_crawler.items import Rejected

MAX_BYTES = 512 * 1024  # RFC 9309, 2.5: at least 500 KiB are to be obeyed
_OURS = frozenset({"forbidden_address", "no_contact", "host_paused"})  # would be said of the page too, and say more
_BOMS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


class RobotsMiddleware(RobotsTxtMiddleware):
    """No answer, or one that says the server is unwell: Postponed for everything of that host in this crawl.

    Sets `meta["crawl_delay"]`, at most CRAWL_DELAY_MAX seconds.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.max_delay = crawler.settings.getfloat("CRAWL_DELAY_MAX")
        self.answers: dict[str, asyncio.Task[RobotParser | None]] = {}
        crawler.signals.connect(self.stop_at_limit, signals.bytes_received)

    async def process_request(self, request: Request) -> None:  # type: ignore[override]
        try:
            await super().process_request(request)
        except IgnoreRequest as error:
            raise Rejected("fetch", "robots_disallowed", str(error)) from error

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        super().process_request_2(rp, request)
        delay = rp.crawl_delay(self._robotstxt_useragent or "") if rp else None
        if delay and isfinite(delay):
            request.meta["crawl_delay"] = min(max(delay, 0.0), self.max_delay)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules of the request's host; None if it has none. Raises Rejected if they cannot be known."""
        url = urlparse_cached(request)
        if url.netloc not in self.answers:
            self.answers[url.netloc] = asyncio.ensure_future(self._ask(f"{url.scheme}://{url.netloc}/robots.txt", request))
        return await asyncio.shield(self.answers[url.netloc])

    def stop_at_limit(self, data: bytes, request: Request) -> None:
        if KEEP_BYTES in request.meta:
            request.meta["received_bytes"] = request.meta.get("received_bytes", 0) + len(data)
            if request.meta["received_bytes"] > MAX_BYTES:
                raise StopDownload(fail=False)

    async def _ask(self, url: str, request: Request) -> RobotParser | None:
        try:
            response = await self._download(url)
        except Rejected as rejected:
            if rejected.reject.reason in _OURS:
                raise
            raise self._unavailable(request, f"{rejected.reject.reason}: {rejected.reject.detail}") from rejected
        except Exception as error:
            reject = fetch_reject(error)
            raise self._unavailable(request, f"{reject.reason}: {reject.detail}") from error
        if _site(response.url) != _site(url) and not _is_upgrade(url, response.url):
            raise self._unavailable(request, f"leads to another host: {response.url}")
        if 400 <= response.status < 500 and response.status != 429:
            return None
        if response.status != 200:
            raise self._unavailable(request, f"status {response.status}")
        parser: RobotParser = self._parserimpl.from_crawler(self.crawler, readable(response.body))
        self.crawler.signals.send_catch_log(signals.robots_parsed, robotparser=parser, request=request)
        return parser

    async def _download(self, url: str) -> Response:
        """Asks twice if the first answer takes too long: it would cost all pages of the host."""
        assert self.crawler.engine is not None
        try:
            return await self.crawler.engine.download_async(self._request(url))
        except DownloadTimeoutError:
            return await self.crawler.engine.download_async(self._request(url))

    def _request(self, url: str) -> Request:
        """Without a limit of its own: `stop_at_limit` ends it, and what came until then counts."""
        meta = {"dont_obey_robotstxt": True, "download_maxsize": 0, KEEP_BYTES: MAX_BYTES}
        return Request(url, headers={"Accept-Encoding": "identity"}, priority=self.DOWNLOAD_PRIORITY, dont_filter=True,
                       meta=meta, callback=NO_CALLBACK)  # fmt: skip

    def _unavailable(self, request: Request, detail: str) -> Postponed:
        if not request.meta.get("redirect_urls"):  # where a page leads elsewhere, that is its own fault
            self.crawler.stats.inc_value("almasalla/hosts_paused")
        return Postponed("robots_unavailable", detail)


def readable(body: bytes) -> bytes:
    """The rules in UTF-8, up to the last whole line below MAX_BYTES: half a rule would be another one."""
    encoding = next((encoding for bom, encoding in _BOMS if body.startswith(bom)), "")
    if encoding:
        body = body[2:].decode(encoding, "replace").encode()
    if len(body) <= MAX_BYTES:
        return body
    whole, newline, _ = body[:MAX_BYTES].replace(b"\r", b"\n").rpartition(b"\n")
    return whole + newline


def _site(url: str) -> str:
    """Host without "www.": a site that moves everything from one to the other has the same rules behind both."""
    parts = urlparse_cached(Request(url))
    return f"{(parts.hostname or '').removeprefix('www.')}:{parts.port or ''}".removesuffix(":80").removesuffix(":443")


def _is_upgrade(asked: str, reached: str) -> bool:
    """From http to https of the same host, which have different ports anyway."""
    one, other = urlparse_cached(Request(asked)), urlparse_cached(Request(reached))
    return (one.scheme, other.scheme) == ("http", "https") and one.hostname == other.hostname
