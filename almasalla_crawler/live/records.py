"""Posts of WordPress over REST: many in one answer, one alone, or by its page where the record has no text."""

from collections.abc import Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from almasalla_crawler.items import Page, Rejected
from almasalla_crawler.live.articles import Articles
from almasalla_crawler.live.asking import Asking
from almasalla_crawler.live.fetched import GONE_RECORD, failed_page, fetched_page, is_settled
from almasalla_crawler.live.signatures import Signatures
from almasalla_crawler.readers import wordpress, wordpress_routes
from almasalla_crawler.readers.warc import post_at
from almasalla_crawler.storage.frontier import Lease


class Records:
    def __init__(self, asking: Asking, articles: Articles) -> None:
        self.asking = asking
        self.articles = articles
        self.signatures = Signatures(asking)

    def requests(self, leases: list[Lease]) -> Iterator[Request]:
        """Of pages that a REST list names; one that may be gone is asked for alone, where the status says so."""
        yield from (self._alone(one) for one in leases if one.is_suspect)
        types: dict[str, list[Lease]] = {}
        for one in leases:
            if not one.is_suspect:
                types.setdefault(wordpress_routes.type_of(one.record), []).append(one)
        for group in (some for of_type in types.values() for some in _pieces(of_type)):
            url = wordpress_routes.records_url(group[0].record, [wordpress_routes.record_id(one.record) for one in group])
            yield Request(url, self.parse, errback=self.failed, dont_filter=True, cb_kwargs={"leases": group})

    def parse(self, response: Response, leases: list[Lease]) -> Iterator[Page | Request]:
        """Whole posts. Those that are missing are asked for again, in the end alone; without an answer the pages are read."""
        try:
            records = wordpress.read_records(response.body) if response.status == 200 else None
        except Rejected:
            records = None
        if records is None:
            yield from (self.articles.request(lease) for lease in leases)
            return
        missing = [lease for lease in leases if wordpress_routes.record_id(lease.record) not in records]
        came = [lease for lease in leases if lease not in missing]
        for lease in came:
            yield from self._page(response, lease, records[wordpress_routes.record_id(lease.record)])
        if came and len(missing) > 1:  # the site gives fewer at once
            yield from self.requests(missing)
        else:
            yield from map(self._alone, missing)

    def _alone(self, lease: Lease) -> Request:
        return self.asking.request(lease, wordpress_routes.whole_url(lease.record), self.parse_one)

    def parse_one(self, response: Response, lease: Lease) -> Iterator[Page | Request]:
        """One post alone: its list no longer names it, or an answer that should have had it had not."""
        page = fetched_page(lease, response, self.asking.outlet, "rest")
        if is_settled(page, lease, GONE_RECORD):
            yield page
            return
        try:
            record = wordpress.read_records(response.body).get(wordpress_routes.record_id(lease.record))
        except Rejected as rejected:
            page.reject = rejected.reject
            yield page
            return
        if record:
            yield from self._page(response, lease, record)
        else:
            yield self.articles.request(lease)

    def _page(self, response: Response, lease: Lease, record: dict[str, Any]) -> Iterator[Page | Request]:
        """A post without text of its own may have one on its page: the theme builds it."""
        page = fetched_page(lease, response, self.asking.outlet, "rest")
        assert page.visit is not None
        page.visit.etag = page.visit.last_modified = ""  # of an answer with other posts
        page.body_sha256, page.raw_at = wordpress.digest(record), post_at(page.raw_at, record["id"])
        if is_settled(page, lease):
            yield page
            return
        try:
            page.body, page.stated = wordpress.document(record), [*wordpress.facts_of(record), *lease.facts]
        except Rejected as rejected:
            page.reject = rejected.reject
            yield self.articles.request(lease) if rejected.reject.reason == "empty" else page
            return
        yield from self.signatures.signed(page, record)

    def failed(self, failure: Failure) -> Iterator[Page]:
        request: Request = failure.request  # type: ignore[attr-defined]
        reject = self.asking.why_no_answer(failure.value)
        yield from (failed_page(lease, reject, self.asking.outlet) for lease in request.cb_kwargs["leases"])


def _pieces(leases: list[Lease]) -> Iterator[list[Lease]]:
    """As many as are asked for in one request."""
    size = wordpress_routes.RECORDS_AT_ONCE
    return (leases[start : start + size] for start in range(0, len(leases), size))
