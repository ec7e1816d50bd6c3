"""Who signs posts where a site hides its accounts from the REST interface: their names stand on their pages."""

from collections.abc import Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from almasalla_crawler.items import Fact, Page, Rejected
from almasalla_crawler.live.asking import Asking
from almasalla_crawler.readers.encoding import decode
from almasalla_crawler.readers.listings import parse
from almasalla_crawler.readers.structured import read_facts


class Signatures:
    """One page of each account is looked at; its other posts of this crawl have the same name."""

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self.names: dict[int, list[Fact]] = {}  # by account
        self.waiting: dict[int, list[Page]] = {}  # posts of an account whose page is being asked for

    def signed(self, page: Page, record: dict[str, Any]) -> Iterator[Page | Request]:
        """The post of a record with its author; or the request that will bring both."""
        account = record.get("author")
        if not isinstance(account, int) or any(fact.field == "author" for fact in page.stated):
            yield page
        elif account in self.names:
            page.stated += self.names[account]
            yield page
        elif account in self.waiting:
            self.waiting[account].append(page)
        else:
            self.waiting[account] = [page]
            given = {"account": account}
            yield Request(page.url, self.parse, errback=self.failed, dont_filter=True, cb_kwargs=given)

    def parse(self, response: Response, account: int) -> Iterator[Page]:
        self.names[account] = _authors(response)
        yield from self._released(account)

    def failed(self, failure: Failure) -> Iterator[Page]:
        """Without its page a post stays without an author; that of the next one is asked for."""
        self.asking.why_no_answer(failure.value)
        yield from self._released(failure.request.cb_kwargs["account"])  # type: ignore[attr-defined]

    def _released(self, account: int) -> Iterator[Page]:
        for page in self.waiting.pop(account):
            page.stated += self.names.get(account, [])
            yield page


def _authors(response: Response) -> list[Fact]:
    if response.status != 200:
        return []
    try:
        facts = read_facts(parse(response.body), decode(response.body).text, response.url)
    except Rejected:
        return []
    return [fact for fact in facts if fact.field == "author"]
