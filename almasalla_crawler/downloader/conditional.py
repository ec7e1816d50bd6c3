"""Only what is new: asks whether a page changed, and looks at its bytes before anybody reads them.

A request may carry, from the page's own last capture: `meta["etag"]`, `meta["last_modified"]`, `meta["body_sha256"]`.
The response has in `meta["fetched"]` what the next request wants.
"""

import hashlib
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from scrapy import Request
from scrapy.http import Response

from almasalla_crawler.downloader.compression import KEEP_BYTES
from almasalla_crawler.downloader.headers import header
from almasalla_crawler.downloader.outcomes import Unchanged
from almasalla_crawler.items import Rejected

_FORGOTTEN = "validators_forgotten"  # meta key: the answer made no sense, this is the second try
_HEADERS = {"etag": "If-None-Match", "last_modified": "If-Modified-Since"}  # by meta key
_MAX_VALIDATOR = 500  # characters; more is no validator


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came with a page; "" where the server sent nothing."""

    body_sha256: str  # of the unpacked body
    etag: str
    last_modified: str
    raw_at: str  # where the bytes are kept: WARC file and offset


class ConditionalMiddleware:
    """Raises Unchanged, to the errback, for a page that is as it was: by status 304, or by the hash of its body.

    A request that brings its own If-None-Match or If-Modified-Since gets its 304 as a response.
    """

    def process_request(self, request: Request) -> None:
        if request.meta.get("redirect_urls") or request.meta.get(_FORGOTTEN):
            for name in _HEADERS.values():  # they belong to the address that was asked first
                request.headers.pop(name, None)
            return
        for name, asked in _HEADERS.items():
            value = request.meta.get(name) or ""
            if 0 < len(value) <= _MAX_VALIDATOR:
                request.headers[asked] = value.removeprefix("W/")

    def process_response(self, request: Request, response: Response) -> Request | Response:
        etag, last_modified = header(response, "ETag"), header(response, "Last-Modified")
        if response.status == 304:
            if not is_answer(request, etag, last_modified):
                if request.meta.get(_FORGOTTEN):
                    raise Rejected("fetch", "http_error", "304 Not Modified, without being asked")
                return request.replace(meta={**request.meta, _FORGOTTEN: True}, dont_filter=True)
            if not any(request.meta.get(name) for name in _HEADERS):
                return response
            known = request.meta
            raise Unchanged(304, etag or known.get("etag") or "", last_modified or known.get("last_modified") or "")
        if response.status != 200 or KEEP_BYTES in request.meta:
            return response
        body_sha256 = hashlib.sha256(response.body).hexdigest()
        if body_sha256 == request.meta.get("body_sha256"):
            raise Unchanged(200, etag, last_modified)
        request.meta["fetched"] = Fetched(body_sha256, etag, last_modified, request.meta.get("raw_at", ""))
        return response


def is_answer(request: Request, etag: str, last_modified: str) -> bool:
    """Was the request conditional, and is a 304 with these validators about the version it asked about?"""
    asked_etag, asked_modified = (header(request, name) for name in _HEADERS.values())
    if asked_etag and etag:
        return _opaque(etag) == _opaque(asked_etag)
    try:
        if parsedate_to_datetime(last_modified) > parsedate_to_datetime(asked_modified):
            return False
    except (ValueError, TypeError):  # one of them is missing, or no date
        pass
    return bool(asked_etag or asked_modified)


def _opaque(etag: str) -> str:
    """Without what servers add when they pack: Apache's -gzip, W/."""
    return etag.removeprefix("W/").strip('"').removesuffix("-gzip").removesuffix(";gzip").removesuffix("-br")
