"""Is what came the page? Whole, text, and not a wall in front of it."""

import re
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response

from almasalla_crawler.downloader.compression import KEEP_BYTES
from almasalla_crawler.downloader.headers import header
from almasalla_crawler.items import Rejected
from almasalla_crawler.readers.cut_pages import breaks_off, is_cut
from almasalla_crawler.readers.encoding import is_binary

_WALL_STATUSES = (401, 403, 405, 406, 409, 429, 503)
# What walls say of themselves, from pages of Cloudflare, Akamai, Imperva, Sucuri, DDoS-Guard, DataDome, PerimeterX, AWS.
_WALL = re.compile(  # of what is in small letters: a pattern that ignores them takes six times as long
    rb"<title>\s{0,9}(?:just a moment|attention required!|access denied|one more step|human verification|security check)|"
    rb"cf-chl-|/cdn-cgi/challenge-platform/|cf-error-details|cf_captcha_kind|cf-turnstile|checking your browser|are you a robot|"
    rb"incapsula incident|_incapsula_resource|sucuri website firewall|ddos-guard|datadome|px-captcha|awswafcookiedomainlist|"
    rb"errors\.edgesuite\.net|you have been blocked|request blocked|g-recaptcha|h-captcha"
)
_WALL_SEARCHED = 64 * 1024
_WALL_MAX_BYTES = 40_000  # with status 200: an article with a captcha in its comment form is longer, and has a text
_WALL_OF_200 = re.compile(rb"<title>\s{0,9}(?:just a moment|attention required!|access denied|human verification)|"
                          rb"cf-chl-|_incapsula_resource|px-captcha|awswafcookiedomainlist")  # fmt: skip


class ContentMiddleware:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """The response; or another try for one that was cut. Raises Rejected: blocked, empty, not_text, truncated."""
        if KEEP_BYTES in request.meta:
            return response  # robots.txt
        if wall := wall_in_front(response):
            raise Rejected("fetch", "blocked", f"status {response.status}: {wall}")
        if not 200 <= response.status < 300:
            return response
        if response.status == 206:
            raise Rejected("fetch", "truncated", "206 Partial Content, without being asked for a part")
        if not response.body.strip():
            raise Rejected("fetch", "empty", f"status {response.status}, {len(response.body)} bytes")
        if is_binary(response.body):
            raise Rejected("fetch", "not_text", f"{header(response, 'Content-Type')[:80]}, starts with {response.body[:8]!r}")
        if is_cut(response.body) if "partial" in response.flags else breaks_off(response.body):
            assert self.crawler.spider is not None
            again = get_retry_request(request, spider=self.crawler.spider, reason="truncated", give_up_log_level="INFO")
            if again is None:
                raise Rejected("fetch", "truncated", f"the document breaks off after {len(response.body)} bytes")
            return again
        return response


def wall_in_front(response: Response) -> str:
    """The words that show a captcha, challenge or block page; "" if it is none."""
    for name in ("cf-mitigated", "x-amzn-waf-action"):
        if value := header(response, name):
            return f"{name}: {value[:40]}"
    if response.status in _WALL_STATUSES:
        found = _WALL.search(response.body[:_WALL_SEARCHED].lower())
    elif response.status == 200 and len(response.body) < _WALL_MAX_BYTES:
        found = _WALL_OF_200.search(response.body.lower())
    else:
        return ""
    return " ".join(response.body[slice(*found.span())].decode("latin-1").split()) if found else ""
