"""The download handler of saved pages."""

import os
from pathlib import Path
from typing import Self
from urllib.parse import unquote_to_bytes, urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from almasalla_crawler.items import Rejected
from almasalla_crawler.readers.files import read_regular_file, unpack


class RootedFileHandler(BaseDownloadHandler):
    """Serves file:// requests below `root`; the answer has the url in `meta["page_url"]`, so relative links stay right.

    Refusals are raised as Rejected, for the request's errback: an OSError would be retried.
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
        path = Path(os.fsdecode(unquote_to_bytes(parts.path)))
        body = unpack(read_regular_file(path, self.root, self.max_bytes), self.max_bytes)
        return Response(request.meta.get("page_url", request.url), body=body, request=request)
