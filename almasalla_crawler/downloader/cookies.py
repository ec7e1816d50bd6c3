"""Cookies, for the few sites that send readers in a circle without them."""

from scrapy.downloadermiddlewares import cookies


class OfflineCookiesMiddleware(cookies.CookiesMiddleware):
    """Scrapy's, that asks no other host: at the first cookie it would fetch the list of public suffixes, and block meanwhile."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        cookies._split_domain.suffix_list_urls = ()  # the list that comes with its package is used
