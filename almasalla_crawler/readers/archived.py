"""Pages in the records of an archive: a record is one page, or many posts of a WordPress that was asked over REST."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from almasalla_crawler.items import Fact, Page, Reject, Rejected
from almasalla_crawler.readers import wordpress, wordpress_routes
from almasalla_crawler.readers.addresses import canonical_url
from almasalla_crawler.readers.joining import Joining
from almasalla_crawler.readers.listings import host_of
from almasalla_crawler.readers.named import NamedPages
from almasalla_crawler.readers.post_types import POSTS, is_article, read_types
from almasalla_crawler.readers.warc import Record, post_at


@dataclass
class ArchivedPages:
    """Reads records in the order of their archive; what a site says of itself, and its lists, stand before its articles."""

    sites: dict[str, list[Fact]] = field(default_factory=dict)  # by host
    types: dict[str, list[str]] = field(default_factory=dict)  # of posts that are articles, beside `post`, likewise
    named: NamedPages = field(default_factory=NamedPages)
    joining: Joining = field(default_factory=Joining)

    def of(self, record: Record) -> Iterator[Page]:
        """Pages that were not read yet, each with its body or its reject."""
        route = wordpress_routes.route_of(record.url)
        if record.is_list:  # no page itself
            self.named.learn(record.body, record.url)
        elif record.reject:
            yield _page(record, canonical_url(record.url) or record.raw_at, "rest" if route else "warc", "")
        elif not route:
            page = _page(record, canonical_url(record.url) or record.raw_at, "warc", hashlib.sha256(record.body).hexdigest())
            page.stated = self.named.stated(page.url)
            yield from self.joining.add(page)
        elif record.body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return  # a site without this interface answers with some page, and is asked all the same
        elif route == "/":
            self._learn(record)
        elif route == "/wp/v2/types":
            self._learn_types(record)
        elif (base := route.removeprefix("/wp/v2/").partition("/")[0]) in (POSTS, *self.types.get(host_of(record.url), ())):
            yield from self._posts(record)
        elif host_of(record.url) not in self.types and base != route:  # types are asked for in the first crawl of a site alone
            yield from self._posts_of_their_own_word(record)

    def rest(self) -> Iterator[Page]:
        """At the end: articles of which a part never came, each with its reject."""
        return self.joining.rest()

    def _learn(self, record: Record) -> None:
        try:
            self.sites[host_of(record.url)] = wordpress.read_root(record.body)
        except Rejected:  # the interface of something else
            return

    def _learn_types(self, record: Record) -> None:
        try:
            self.types[host_of(record.url)] = read_types(record.body)
        except Rejected:
            return

    def _posts_of_their_own_word(self, record: Record) -> Iterator[Page]:
        """Articles among records of some type, which may as well be comments, subjects or users."""
        try:
            posts = wordpress.read_records(record.body)
        except Rejected:
            return
        yield from self._pages(record, {number: post for number, post in posts.items() if is_article(post)})

    def _posts(self, record: Record) -> Iterator[Page]:
        try:
            posts = wordpress.read_records(record.body)
        except Rejected as rejected:
            record.reject = rejected.reject
            yield _page(record, canonical_url(record.url), "rest", "")
            return
        yield from self._pages(record, posts)

    def _pages(self, record: Record, posts: dict[int, dict[str, Any]]) -> Iterator[Page]:
        for number, post in posts.items():
            url = canonical_url(str(post.get("link")))
            if url and wordpress.is_whole(post):
                body, reject = _document(post)
                page = _page(record, url, "rest", "" if reject else wordpress.digest(post), post_at(record.raw_at, number))
                page.stated = [*wordpress.facts_of(post), *self.sites.get(host_of(record.url), ())]
                page.body, page.reject = body, reject
                yield page


def _document(post: dict[str, Any]) -> tuple[bytes, Reject | None]:
    try:
        return wordpress.document(post), None
    except Rejected as rejected:
        return b"", rejected.reject


def _page(record: Record, url: str, door: str, sha256: str, place: str = "") -> Page:
    page = Page(url, door, raw_at=place or record.raw_at, body_sha256=sha256, reject=record.reject)
    page.body = record.body
    if record.date is not None:
        page.now = record.date
        page.observed_at = record.date.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return page
