"""A downloader middleware that leaves a host alone after some answers, as the one for busy hosts does."""

from scrapy import Request

from almasalla_crawler.items import Rejected


class PausingMiddleware:
    asked = 0

    def process_request(self, request: Request) -> None:
        if "/post-" not in request.url:
            return
        self.asked += 1
        if self.asked > 3:
            raise Rejected("fetch", "host_paused", "503 Service Unavailable, 5 times in a row")
