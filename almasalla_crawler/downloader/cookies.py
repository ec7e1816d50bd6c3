"""Cookies, for the few sites that send readers in a circle without them."""

from typing import TYPE_CHECKING, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

if TYPE_CHECKING:
    from scrapy.downloadermiddlewares.cookies import CookiesMiddleware


class LazyCookiesMiddleware:
    """Scrapy's, from the first cookie on: most sites send none, and with it come requests, urllib3 and a list of all domains."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.cookies: CookiesMiddleware | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not crawler.settings.getbool("COOKIES_ENABLED"):
            raise NotConfigured
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        if self.cookies or request.cookies:
            self._loaded().process_request(request)

    def process_response(self, request: Request, response: Response) -> Response:
        if self.cookies is None and b"Set-Cookie" not in response.headers:
            return response
        self._loaded().process_response(request, response)
        return response

    def _loaded(self) -> "CookiesMiddleware":
        if self.cookies is None:
            from scrapy.downloadermiddlewares import cookies

            cookies._split_domain.suffix_list_urls = ()  # the list comes with its package: it would be fetched here and now
            self.cookies = cookies.CookiesMiddleware.from_crawler(self.crawler)
        return self.cookies
