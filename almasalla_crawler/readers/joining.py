"""Articles on several pages in an archive: its first page waits for the further ones, which stand somewhere behind it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce

from almasalla_crawler.items import Page, Reject, Rejected
from almasalla_crawler.readers.addresses import canonical_url, is_front_page
from almasalla_crawler.readers.listings import parts_of
from almasalla_crawler.readers.parts import MAX_PARTS, joined_sha256
from almasalla_crawler.readers.warc import with_part

MAX_WAITING = 32  # articles; their bodies are in memory


@dataclass(slots=True)
class _Waiting:
    page: Page
    parts: dict[int, str]  # addresses of the further pages that are linked so far
    found: dict[int, Page] = field(default_factory=dict)

    def missing(self) -> str:
        """Address of the first further page that is not there."""
        return next((url for number, url in sorted(self.parts.items()) if number not in self.found), "")


@dataclass
class Joining:
    waiting: dict[str, _Waiting] = field(default_factory=dict)  # by the address of the first page, the oldest first

    def add(self, page: Page) -> Iterator[Page]:
        """Pages that are whole now; those that have waited too long are rejected as truncated."""
        for one in self.waiting.values():
            number = next((number for number, url in one.parts.items() if url == page.url), 0)
            if number:
                yield from self._add_part(one, number, page)
                return
        parts = _parts(page.body, page.url)
        if 2 not in parts:
            yield page
            return
        yield from self._give_up(page.url)
        self.waiting[page.url] = _Waiting(page, parts)
        if len(self.waiting) > MAX_WAITING:
            yield from self._give_up(next(iter(self.waiting)))

    def rest(self) -> Iterator[Page]:
        """At the end of the archive."""
        for url in list(self.waiting):
            yield from self._give_up(url)

    def _add_part(self, one: _Waiting, number: int, part: Page) -> Iterator[Page]:
        one.found[number] = part
        one.parts |= {further: url for further, url in _parts(part.body, one.page.url).items() if further not in one.parts}
        if not one.missing():
            for _, further in sorted(one.found.items()):
                one.page.further_bodies.append(further.body)
                one.page.raw_at = with_part(one.page.raw_at, further.raw_at)
            yield self.waiting.pop(one.page.url).page

    def _give_up(self, url: str) -> Iterator[Page]:
        if (one := self.waiting.pop(url, None)) is not None:
            one.page.body_sha256 = ""  # of a part alone
            one.page.reject = Reject("fetch", "truncated", f"a part of the article is not in the archive: {one.missing()}"[:500])
            yield one.page


def whole_sha256(page: Page) -> str:
    """What captures.body_sha256 becomes when the page and its further ones are read."""
    return reduce(joined_sha256, page.further_bodies, page.body_sha256)


def _parts(body: bytes, url: str) -> dict[int, str]:
    """None of a front page or a section, which is no article: what `/page/2/` leads to is another list."""
    try:
        found = {} if is_front_page(url) else parts_of(body, url)
    except Rejected:
        return {}
    return {number: canonical_url(part) for number, part in found.items() if number <= MAX_PARTS and "/page/" not in part}
