"""What the feeds and sitemaps of an archive state about pages that stand behind them."""

from dataclasses import dataclass, field

from almasalla_crawler.items import Fact, Listing, Rejected
from almasalla_crawler.readers.feeds import is_of_comments, read_feed
from almasalla_crawler.readers.files import unpack
from almasalla_crawler.readers.sitemaps import MAX_BYTES, read_sitemap

MAX_PAGES = 100_000  # that are remembered; their facts take half a kilobyte each
_RANKED = (read_feed, read_sitemap)  # by how much they tell: what a site says of itself counts in the better one


@dataclass(slots=True)
class _Named:
    facts: dict[str, list[Fact]] = field(default_factory=dict)  # by source: of one source the latest
    site: list[Fact] = field(default_factory=list)
    rank: int = 0


@dataclass
class NamedPages:
    pages: dict[str, _Named] = field(default_factory=dict)  # by address

    def learn(self, body: bytes, url: str) -> None:
        """What the list at `url` names; anything that is no list of articles states nothing."""
        for rank, read in enumerate(_RANKED):
            try:
                listing = read(unpack(body, MAX_BYTES), url)
            except Rejected:
                continue
            if not is_of_comments(url):
                self._add(listing, rank)
            return

    def stated(self, url: str) -> list[Fact]:
        """As a live crawl has them: of the page, the latest source first, then of its site."""
        named = self.pages.get(url)
        return [*(fact for facts in reversed(named.facts.values()) for fact in facts), *named.site] if named else []

    def _add(self, listing: Listing, rank: int) -> None:
        for entry in listing.entries:
            if entry.kind != "article" or (entry.url not in self.pages and len(self.pages) >= MAX_PAGES):
                continue
            named = self.pages.setdefault(entry.url, _Named())
            for source in dict.fromkeys(fact.source for fact in entry.facts):
                named.facts.pop(source, None)
                named.facts[source] = [fact for fact in entry.facts if fact.source == source]
            if rank >= named.rank:
                named.site, named.rank = listing.facts, rank
