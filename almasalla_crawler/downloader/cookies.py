"""Cookies, for the few sites that send readers in a circle without them."""

from functools import cached_property
from typing import TYPE_CHECKING, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

if TYPE_CHECKING:
    from scrapy.downloadermiddlewares.cookies import CookiesMiddleware


class OfflineCookiesMiddleware:
    """Scrapy's, that asks no other host: at the first cookie it would fetch the list of public suffixes, and block meanwhile.

    Until there is a cookie it has nothing to do and is not loaded: it takes 6 % of a crawl's start.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.has_cookies = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not crawler.settings.getbool("COOKIES_ENABLED"):
            raise NotConfigured
        return cls(crawler)

    @cached_property
    def scrapys(self) -> "CookiesMiddleware":
        from scrapy.downloadermiddlewares import cookies

        cookies._split_domain.suffix_list_urls = ()  # the list that comes with its package is used
        return cookies.CookiesMiddleware.from_crawler(self.crawler)

    def process_request(self, request: Request) -> None:
        self.has_cookies = self.has_cookies or bool(request.cookies)
        if self.has_cookies:
            self.scrapys.process_request(request)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        self.has_cookies = self.has_cookies or "Set-Cookie" in response.headers
        return self.scrapys.process_response(request, response) if self.has_cookies else response
