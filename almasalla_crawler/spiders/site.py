"""`scrapy crawl site -a url=URL [-a since=DATE] [-a limit=N] [-a dry_run=1]`: any news site, also one without a file here."""

from typing import Any

from almasalla_crawler.live.spider import LiveSpider
from almasalla_crawler.readers.addresses import canonical_url
from almasalla_crawler.readers.listings import host_of


class SiteSpider(LiveSpider):
    name = "site"

    def __init__(self, url: str = "", **kwargs: Any) -> None:
        self.start_url = canonical_url(url if "://" in url else f"https://{url}")
        self.outlet = host_of(self.start_url) or self.name
        super().__init__(**kwargs)
        self.arguments = {"url": url, **self.arguments}
        if not host_of(self.start_url):
            self.problem = f"-a url={url}: the address of a site is needed, such as -a url=https://example.org/"
