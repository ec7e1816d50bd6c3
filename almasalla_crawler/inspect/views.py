"""Which address is which page. Everything else is Datasette's: tables, rows, SQL."""

from typing import Any

from almasalla_crawler.inspect.finding import search_page
from almasalla_crawler.inspect.front import crawls, front, one_crawl, publishers, rejects
from almasalla_crawler.inspect.reading import article, articles, beside
from almasalla_crawler.inspect.source import source

_ID = r"(?P<id>[0-9]{1,18})"  # numbers that SQLite takes

ROUTES: list[tuple[str, Any]] = [
    (r"^/$", front),
    (r"^/search$", search_page),
    (r"^/articles$", articles),
    (rf"^/articles/{_ID}$", article),
    (rf"^/articles/{_ID}/beside/(?P<other>[0-9]{{1,18}})$", beside),
    (rf"^/pages/{_ID}$", source),
    (r"^/publishers$", publishers),
    (r"^/crawls$", crawls),
    (rf"^/crawls/{_ID}$", one_crawl),
    (r"^/rejects$", rejects),
]
