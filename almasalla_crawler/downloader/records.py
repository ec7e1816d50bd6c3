"""The download handler of pages that are here already: a request brings its own answer."""

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.http import Response

from almasalla_crawler.items import Reject, Rejected


class RecordHandler(BaseDownloadHandler):
    """Answers with `meta["body"]`, or raises `meta["reject"]` as Rejected. No network."""

    lazy = True

    async def download_request(self, request: Request) -> Response:
        reject: Reject | None = request.meta.get("reject")
        if reject is not None:
            raise Rejected(reject.stage, reject.reason, reject.detail)
        return Response(request.url, body=request.meta["body"], request=request)
