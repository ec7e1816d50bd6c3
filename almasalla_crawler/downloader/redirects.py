"""Redirects: at most REDIRECT_MAX_TIMES, each of them known. `meta["redirect_urls"]` has the chain, as Scrapy writes it."""

import re
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import BaseRedirectMiddleware, MetaRefreshMiddleware, RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from almasalla_crawler.downloader.addresses import SCHEMES
from almasalla_crawler.downloader.headers import header
from almasalla_crawler.items import Rejected

_STATUSES = (301, 302, 303, 307, 308)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{0,20}):", re.I)


class _Traced(BaseRedirectMiddleware):
    """Says why a redirect is not followed. Where it leads is looked at like any other address, when it is requested.

    From https nothing leads back to http: the same address is asked for over https.
    """

    def process_response(self, request: Request, response: Response) -> Request | Response:
        try:
            followed: Request | Response = super().process_response(request, response)  # type: ignore[misc]
        except IgnoreRequest as error:
            raise Rejected("fetch", "redirect_loop", _chain(request, "")) from error
        except ValueError as error:
            raise Rejected("fetch", "bad_url", f"redirect to an address that is none: {error}") from error
        if not isinstance(followed, Request):
            return followed
        if request.url.startswith("https:") and followed.url.startswith("http:"):
            secure = f"https:{followed.url[5:]}"
            if secure == request.url or urlsplit(secure).port is not None:
                raise Rejected("fetch", "insecure_redirect", _chain(request, followed.url))
            followed = followed.replace(url=secure)
        followed.dont_filter = True  # dropped as seen, the page that leads there would never be answered
        return followed


class TracedRedirectMiddleware(_Traced, RedirectMiddleware):
    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        scheme = _SCHEME.match(header(response, "Location"))
        if response.status in _STATUSES and scheme and scheme[1].lower() not in SCHEMES:
            raise Rejected("fetch", "forbidden_scheme", f"redirect to {scheme[1]}:")
        return super().process_response(request, response)


class TracedMetaRefreshMiddleware(_Traced, MetaRefreshMiddleware):
    """A page that reloads itself now and then leads nowhere; nor does one that runs a script, or names no address."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        try:
            followed = super().process_response(request, response)
        except Rejected as rejected:
            if rejected.reject.reason != "bad_url":
                raise
            return response
        return response if isinstance(followed, Request) and followed.url == request.url else followed


def _chain(request: Request, target: str) -> str:
    return " > ".join([*request.meta.get("redirect_urls", []), request.url, *([target] if target else [])])
