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
from almasalla_crawler.downloader.outcomes import Unchanged
from almasalla_crawler.items import Rejected

_ASKED = "asked_if_changed"  # meta key: the address that was asked with validators
_FORGOTTEN = "validators_forgotten"  # meta key: the answer made no sense, this is the second try
_MAX_VALIDATOR = 500  # characters; more is no validator


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came with a page; "" where the server sent nothing."""

    body_sha256: str  # of the unpacked body
    etag: str
    last_modified: str
    raw_at: str  # where the bytes are kept: WARC file and offset


class ConditionalMiddleware:
    """Raises Unchanged, to the errback, for a page that is as it was: by status 304, or by the hash of its body."""

    def process_request(self, request: Request) -> None:
        for name in ("If-None-Match", "If-Modified-Since"):
            request.headers.pop(name, None)
        request.meta.pop(_ASKED, None)
        if request.meta.get("redirect_urls") or request.meta.get(_FORGOTTEN):
            return  # they belong to the address that was asked first
        etag, last_modified = (request.meta.get(name) or "" for name in ("etag", "last_modified"))
        if etag and len(etag) <= _MAX_VALIDATOR:
            request.headers["If-None-Match"] = etag.removeprefix("W/")
        if last_modified and len(last_modified) <= _MAX_VALIDATOR:
            request.headers["If-Modified-Since"] = last_modified
        if "If-None-Match" in request.headers or "If-Modified-Since" in request.headers:
            request.meta[_ASKED] = request.url

    def process_response(self, request: Request, response: Response) -> Request | Response:
        etag, last_modified = (_header(response, name) for name in ("ETag", "Last-Modified"))
        if response.status == 304:
            if request.meta.get(_ASKED) == request.url and not _contradicts(request, etag, last_modified):
                known = request.meta
                raise Unchanged(304, etag or known.get("etag") or "", last_modified or known.get("last_modified") or "")
            if request.meta.get(_FORGOTTEN):
                raise Rejected("fetch", "http_error", "304 Not Modified, without being asked")
            return request.replace(meta={**request.meta, _FORGOTTEN: True}, dont_filter=True)
        if response.status != 200 or KEEP_BYTES in request.meta:
            return response
        body_sha256 = hashlib.sha256(response.body).hexdigest()
        if body_sha256 == request.meta.get("body_sha256"):
            raise Unchanged(200, etag, last_modified)
        request.meta["fetched"] = Fetched(body_sha256, etag, last_modified, request.meta.get("raw_at", ""))
        return response


def _contradicts(request: Request, etag: str, last_modified: str) -> bool:
    """Does a 304 come with validators of another version than the one it was asked about?"""
    known = request.meta.get("etag") or ""
    if etag and known:
        return _opaque(etag) != _opaque(known)
    known = request.meta.get("last_modified") or ""
    try:
        return bool(last_modified and known) and parsedate_to_datetime(last_modified) > parsedate_to_datetime(known)
    except (ValueError, TypeError):
        return False


def _opaque(etag: str) -> str:
    """Without what servers add when they pack: Apache's -gzip, W/."""
    return etag.removeprefix("W/").strip('"').removesuffix("-gzip").removesuffix(";gzip").removesuffix("-br")


def _header(response: Response, name: str) -> str:
    return (response.headers.get(name) or b"").decode("latin-1").strip()
