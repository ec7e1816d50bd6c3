"""read: the bytes of a page, and of its further parts, become its lines and facts."""

from almasalla_crawler.items import Page, Rejected
from almasalla_crawler.readers.page import read_page
from almasalla_crawler.readers.parts import join_part, joined_sha256


class ReadPipeline:
    def process_item(self, page: Page) -> Page:
        if page.has_text:
            read(page)
        return page


def read(page: Page) -> None:
    """Reads the body of `page` and lets go of it; a body that is no readable page becomes a reject."""
    body, page.body = page.body, b""
    further, page.further_bodies = page.further_bodies, []
    try:
        read_page(body, page)
        for number, part in enumerate(further, 2):
            _read_part(page, part, number)
    except Rejected as rejected:
        page.reject = rejected.reject
    page.facts = [*page.stated, *page.facts]


def _read_part(page: Page, body: bytes, number: int) -> None:
    part = Page(page.url, page.door, page.outlet, site=page.site, observed_at=page.observed_at, now=page.now)
    try:
        read_page(body, part)
        join_part(page, part)
    except Rejected as rejected:
        raise Rejected("fetch", "truncated", f"part {number} of the article: {rejected.reject.reason}") from rejected
    page.body_sha256 = joined_sha256(page.body_sha256, body)
