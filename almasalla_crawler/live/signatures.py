"""Who signs posts where a site hides its accounts from the REST interface: their names stand on their pages."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from almasalla_crawler.items import Fact, Page, Rejected
from almasalla_crawler.live.asking import Asking
from almasalla_crawler.readers.encoding import decode
from almasalla_crawler.readers.listings import parse
from almasalla_crawler.readers.structured import read_facts

_LOOKED_AT = 2  # pages of an account: one alone may be that of a guest


@dataclass
class _Account:
    seen: list[list[Fact]] = field(default_factory=list)  # authors on those of its pages that came
    asked: int = 0  # pages that have not come
    waiting: list[Page] = field(default_factory=list)  # posts until then


class Signatures:
    """Two pages of each account are looked at; where they name the same, so do its other posts of this crawl: not guests."""

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self.accounts: defaultdict[int, _Account] = defaultdict(_Account)

    def signed(self, page: Page, record: dict[str, Any]) -> Iterator[Page | Request]:
        """The post of a record with its author; or the request that will bring both."""
        number = record.get("author")
        if not isinstance(number, int) or any(fact.field == "author" for fact in page.stated):
            yield page
        else:
            yield from self._signed(page, self.accounts[number])

    def _signed(self, page: Page, account: _Account) -> Iterator[Page | Request]:
        if len(account.seen) >= _LOOKED_AT:
            page.stated += account.seen[0] if _name_the_same(account.seen) else []
            yield page
        elif len(account.seen) + account.asked < _LOOKED_AT:
            account.asked += 1
            given = {"page": page, "account": account}
            yield Request(page.url, self.parse, errback=self.failed, dont_filter=True, cb_kwargs=given)
        else:
            account.waiting.append(page)

    def parse(self, response: Response, page: Page, account: _Account) -> Iterator[Page | Request]:
        account.asked -= 1
        account.seen.append(_authors(response))
        page.stated += account.seen[-1]
        yield page
        if not account.asked:
            for one in _released(account):
                yield from self._signed(one, account)

    def failed(self, failure: Failure) -> Iterator[Page]:
        """Without its page a post stays without an author, and so do those that waited; that of the next one is asked for."""
        self.asking.why_no_answer(failure.value)
        page, account = itemgetter("page", "account")(failure.request.cb_kwargs)  # type: ignore[attr-defined]
        account.asked -= 1
        yield page
        if not account.asked:
            yield from _released(account)


def _released(account: _Account) -> list[Page]:
    released, account.waiting = account.waiting, []
    return released


def _name_the_same(pages: list[list[Fact]]) -> bool:
    first, *others = ({fact.value for fact in authors} for authors in pages)
    return all(names == first for names in others)


def _authors(response: Response) -> list[Fact]:
    if response.status != 200:
        return []
    try:
        facts = read_facts(parse(response.body), decode(response.body).text, response.url)
    except Rejected:
        return []
    return [fact for fact in facts if fact.field == "author"]
