"""The outlets that describe themselves in `spiders/`, found through Scrapy's spider loader: there is no list to edit."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings
from scrapy.spiderloader import get_spider_loader

from almasalla_crawler.items import Outlet
from almasalla_crawler.news_spider import NewsSpider


@dataclass(frozen=True, slots=True)
class Outlets:
    """Descriptions by name and by host."""

    by_name: dict[str, Outlet]
    by_host: dict[str, Outlet]

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        loader = get_spider_loader(settings)
        spiders = (loader.load(name) for name in loader.list())
        found = [spider.description() for spider in spiders if issubclass(spider, NewsSpider)]
        return cls({one.name: one for one in found}, {host: one for one in found for host in one.hosts})

    def of(self, url: str, name: str | None = None) -> Outlet | None:
        """The outlet whose host the address has, or is below; else the one of that name."""
        host = urlsplit(url).hostname or ""
        while host:
            if host in self.by_host:
                return self.by_host[host]
            host = host.partition(".")[2]
        return self.by_name.get(name or "")


NO_OUTLETS = Outlets({}, {})
