"""Settings of spiders that read what is here already."""

from scrapy.settings import default_settings


def offline(handlers: dict[str, str]) -> dict[str, object]:
    """Custom settings of a spider whose requests go to these handlers, by scheme, and nowhere else: no network, no waiting."""
    return {
        "DOWNLOAD_HANDLERS": {**dict.fromkeys(default_settings.DOWNLOAD_HANDLERS_BASE), **handlers},
        "DOWNLOADER_MIDDLEWARES": dict.fromkeys(default_settings.DOWNLOADER_MIDDLEWARES_BASE),
        "SPIDER_MIDDLEWARES": dict.fromkeys(default_settings.SPIDER_MIDDLEWARES_BASE),
        "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
        "CONCURRENT_REQUESTS": 8,
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": False,
    }
