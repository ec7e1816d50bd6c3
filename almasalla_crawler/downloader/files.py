"""The download handler of saved pages."""

import hashlib
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from almasalla_crawler.items import Rejected
from almasalla_crawler.memory import let_go_of_pages
from almasalla_crawler.readers.files import path_from_text, read_regular_file, unpack


class RootedFileHandler(BaseDownloadHandler):
    """Serves file:// requests below `root`; the answer has the url in `meta["page_url"]`, so relative links stay right.

    `meta["body_sha256"]` becomes the hash of the bytes that were read, before they are unpacked. Refusals are raised as
    Rejected, for the request's errback: an OSError would be retried.
    """

    lazy = True

    def __init__(self, crawler: Crawler, root: Path, max_bytes: int) -> None:
        super().__init__(crawler)
        self.root = root
        self.max_bytes = max_bytes

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        spider = crawler.spider
        assert spider is not None
        return cls(crawler, spider.root, crawler.settings.getint("SEED_MAXSIZE"))  # type: ignore[attr-defined]

    async def download_request(self, request: Request) -> Response:
        parts = urlsplit(request.url)
        if parts.netloc not in ("", "localhost"):
            raise Rejected("fetch", "outside_root", f"file of another host: {parts.netloc}")
        packed = read_regular_file(path_from_text(request.url), self.root, self.max_bytes)
        let_go_of_pages(len(packed))
        request.meta["body_sha256"] = hashlib.sha256(packed).hexdigest()
        body = unpack(packed, self.max_bytes)
        return Response(request.meta.get("page_url", request.url), body=body, request=request)
