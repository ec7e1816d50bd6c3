"""What the crawl of an entry locks, asked of its spider."""

from scrapy.settings import BaseSettings
from scrapy.spiderloader import get_spider_loader

from almasalla_crawler.scheduling.entries import OutletOf
from almasalla_crawler.scheduling.keys import did_you_mean


def outlet_finder(settings: BaseSettings) -> OutletOf:
    """What a spider with such arguments would lock. It is made as a crawl makes it, so mistakes show before its time comes."""
    loader = get_spider_loader(settings)

    def outlet_of(name: str, arguments: dict[str, str]) -> str:
        if name not in loader.list():
            raise ValueError(f"there is no such spider{did_you_mean(name, loader.list())}")
        try:
            spider = loader.load(name)(**arguments)
        except TypeError as error:
            raise ValueError(str(error)) from error
        if problem := getattr(spider, "problem", ""):
            raise ValueError(problem)
        return str(getattr(spider, "outlet", spider.name))

    return outlet_of
