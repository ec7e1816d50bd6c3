"""read: the bytes of a page become its lines and facts."""

from almasalla_crawler.items import Page, Rejected
from almasalla_crawler.readers.page import read_page


class ReadPipeline:
    pure = True

    def process_item(self, page: Page) -> Page:
        if page.reject is None:
            read(page)
        return page


def read(page: Page) -> None:
    """Reads the body of `page` and lets go of it; a body that is no readable page becomes a reject."""
    body, page.body = page.body, b""
    try:
        read_page(body, page)
    except Rejected as rejected:
        page.reject = rejected.reject
