"""Packed bodies: unpacked within limits, and only whole ones."""

from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response, TextResponse
from scrapy.responsetypes import responsetypes

from almasalla_crawler.items import Rejected
from almasalla_crawler.readers.packed import GZIP_MAGIC, known_layers, unpacked

KEEP_BYTES = "keep_bytes"  # meta key: a body is cut after so many bytes instead of being refused


class CompressionMiddleware(HttpCompressionMiddleware):
    """Bodies arrive unpacked, gzip files (sitemap.xml.gz) too. What was cut on its way is asked for again, then refused.

    Scrapy's own delivers what it has of a cut body as if it were whole.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler=crawler)
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        layers = known_layers(b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1"))
        if not response.body or (not layers and not response.body.startswith(GZIP_MAGIC)):
            return response
        max_bytes = request.meta.get("download_maxsize", self._max_size)
        try:
            body = unpacked(response.body, layers, max_bytes, request.meta.get(KEEP_BYTES, 0))
        except EOFError as error:
            assert self.crawler.spider is not None
            again = get_retry_request(request, spider=self.crawler.spider, reason="truncated", give_up_log_level="INFO")
            if again is None:
                raise Rejected("fetch", "truncated", str(error)) from error
            return again
        headers = response.headers.copy()
        headers.pop("Content-Encoding", None)
        cls = responsetypes.from_args(headers=headers, url=response.url, body=body)
        kept: dict[str, Any] = {"encoding": None} if issubclass(cls, TextResponse) else {}
        return response.replace(cls=cls, body=body, headers=headers, **kept)
