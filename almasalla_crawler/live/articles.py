"""Pages of articles: whole, joined from their parts, or why not."""

from collections.abc import Iterator

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from almasalla_crawler.items import Outlet, Page, Reject, Rejected
from almasalla_crawler.live.asking import Asking
from almasalla_crawler.live.fetched import fetched_page, is_settled, say_missing
from almasalla_crawler.readers.addresses import canonical_url, is_front_page
from almasalla_crawler.readers.listings import is_same_site, parts_of
from almasalla_crawler.readers.parts import MAX_PARTS
from almasalla_crawler.readers.warc import with_part
from almasalla_crawler.storage.frontier import Lease


class Articles:
    """`description` is what the outlet's file says of the site, None without one."""

    def __init__(self, asking: Asking, description: Outlet | None) -> None:
        self.asking = asking
        self.description = description

    def request(self, lease: Lease) -> Request:
        return self.asking.request(lease, lease.url, self.parse)

    def parse(self, response: Response, lease: Lease) -> Iterator[Page | Request]:
        page = fetched_page(lease, response, self.asking.outlet)
        assert page.visit is not None
        if is_settled(page, lease):
            yield page
            return
        if is_front_page(response.url) and not is_front_page(lease.url):  # where sites send those who ask for what is gone
            page.url = lease.url
            say_missing(page, lease, "leads to the front page")
            yield page
            return
        if not is_same_site(response.url, self.asking.hosts):
            page.url, page.reject = lease.url, Reject("fetch", "off_site", f"leads to {response.url}"[:500])
            yield page
            return
        page.body, page.stated, page.site = response.body, lease.facts, self.description
        parts = _parts(response, response.url)
        yield self._next_part(page, response.url, parts, 2) if 2 in parts else page

    def _next_part(self, page: Page, first: str, parts: dict[int, str], number: int) -> Request:
        given = {"page": page, "first": first, "parts": parts, "number": number}
        return Request(parts[number], self.parse_part, errback=self.part_failed, dont_filter=True, cb_kwargs=given)

    def parse_part(
        self, response: Response, page: Page, first: str, parts: dict[int, str], number: int
    ) -> Iterator[Page | Request]:
        """A further part of an article, which may name more of them. Its text goes below that of the parts before."""
        assert page.visit is not None
        if response.status != 200:
            page.reject, page.visit.outcome = _truncated(parts[number], f"HTTP {response.status}"), "failed"
            yield page
            return
        page.further_bodies.append(response.body)
        page.raw_at = with_part(page.raw_at, response.meta["fetched"].raw_at)
        page.visit.spellings.append((canonical_url(parts[number]), "part"))
        parts |= _parts(response, first)
        has_more = number + 1 in parts and number < MAX_PARTS
        yield self._next_part(page, first, parts, number + 1) if has_more else page

    def part_failed(self, failure: Failure) -> Iterator[Page]:
        request: Request = failure.request  # type: ignore[attr-defined]
        page: Page = request.cb_kwargs["page"]
        assert page.visit is not None
        why = self.asking.why_no_answer(failure.value).detail
        page.reject, page.visit.outcome = _truncated(request.url, why), "failed"
        yield page


def _parts(response: Response, first: str) -> dict[int, str]:
    try:
        return parts_of(response.body, first)
    except Rejected:
        return {}


def _truncated(url: str, why: str) -> Reject:
    return Reject("fetch", "truncated", f"a part of the article is missing: {url} ({why})"[:500])
