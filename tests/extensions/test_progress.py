"""What the bar counts."""

from scrapy.utils.test import get_crawler

from almasalla_crawler.extensions.progress import Progress
from almasalla_crawler.items import Page, Reject, Visit

URL = "https://site.example/news/1"


def test_the_bar_counts_pages_and_neither_lists_nor_addresses_that_they_name_in_vain() -> None:
    bar = Progress(get_crawler())
    bar.page_done(Page(URL, "html", visit=Visit(1, URL)))
    bar.page_done(Page("seed:a", "file:a.txt", reject=Reject("read", "empty")))
    bar.page_done(Page(URL, "feed", kind="feed", visit=Visit(2, URL)))
    bar.page_done(Page(URL, "html", reject=Reject("read", "protected")))
    assert bar.done == 2


def test_lists_are_told_apart_and_those_that_come_in_pieces_once() -> None:
    bar = Progress(get_crawler())
    for is_last in (False, True):
        bar.page_done(Page(URL, "feed", kind="feed", visit=Visit(2, URL, is_last=is_last)))
    bar.page_done(Page(URL, "html", visit=Visit(1, URL)))
    assert bar.told(0.5) == "2/s, 0 rejected, 1 lists read"
