"""How far lists of several pages are read, and which of their entries are wanted."""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from almasalla_crawler.items import Discovered, Fact, Listing, Reject
from almasalla_crawler.live.asking import Asking
from almasalla_crawler.readers import wordpress_routes
from almasalla_crawler.readers.listings import is_same_site, is_trap, page_number
from almasalla_crawler.readers.offsets import is_further
from almasalla_crawler.readers.sitemaps import MAX_DEPTH
from almasalla_crawler.readers.times import stated_change
from almasalla_crawler.storage import listings
from almasalla_crawler.storage.frontier import Lease
from almasalla_crawler.storage.spellings import page_at

WHOLE_LIST_PAGES = 10  # a REST list up to this long is read whole in every crawl: deleted and back-dated posts show only there
MAX_BARREN = 2  # pages of a list in a row that brought nothing new, then it is left
MAX_LIST_PAGES = 5000  # of a section or a feed in one crawl: pages that bring something new for ever are made up
MAX_SECTION_DEPTH = 2
MAX_LOST_SHARE = 0.1  # of what a list names; if more is missing it is another list now, or one of the newest only


@dataclass(slots=True)
class Walk:
    """What has been read of one list in this crawl."""

    pages: set[int] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    known: set[str] | None = None  # of a REST list: what it named before this crawl
    total: int = 0  # of a REST list: posts it had when it was last accounted for, also those with a password
    said: set[str] = field(default_factory=set)  # of a REST list: addresses on the page read last
    barren: int = 0
    read: int = 0


@dataclass
class Walks:
    """Chooses among what listings name. `since` is an ISO day or ""."""

    connection: sqlite3.Connection
    asking: Asking
    since: str
    walks: dict[int, Walk] = field(default_factory=dict)
    has_left_out: bool = False  # does `since` leave out what lists name, or may name?

    def choose(self, lease: Lease, listing: Listing) -> None:
        """Leaves the entries that are to be stored, adds further pages of the list, notes what the list lost."""
        said = {entry.url for entry in listing.entries} | {url for url, _ in listing.rejects}
        ours = self._of_this_site(listing, lease)
        listing.entries = [entry for entry in ours if self._is_wanted(entry, lease, listing)]
        articles = [entry.url for entry in listing.entries if entry.kind == "article"]
        first = lease.source_id if _is_further_page(lease) else lease.page_id
        walk = self.walks[lease.page_id] = self.walks.setdefault(first, Walk())
        if lease.kind != "sitemap":  # which has one page, of up to 50,000 addresses
            walk.barren = 0 if listings.has_news(self.connection, listing.entries) else walk.barren + 1
        walk.named.update(articles)
        if lease.kind == "rest":
            is_end, walk.said = said <= walk.said, said
            self._walk_rest(lease, listing, walk, first, is_end)
            return
        if lease.kind == "sitemap":
            compare = self._compare_newest if any(entry.facts for entry in listing.entries) else self._compare_whole
            compare(listing, walk, lease.page_id)
            return
        if lease.kind == "feed":
            self._compare_newest(listing, walk, first)
        walk.read += 1
        if walk.read >= MAX_LIST_PAGES and listing.next_url:
            listing.rejects.append((listing.next_url, Reject("fetch", "trap", f"page {walk.read + 1} of a list")))
        elif listing.next_url and articles and walk.barren < MAX_BARREN:
            listing.entries.append(Discovered(listing.next_url, lease.kind))

    def _of_this_site(self, listing: Listing, lease: Lease) -> list[Discovered]:
        """Pages link to other sites as a matter of course; a list that names them may be one that was made for another host."""
        ours = [entry for entry in listing.entries if is_same_site(entry.url, self.asking.hosts)]
        if lease.kind != "listing" and len(ours) < len(listing.entries):
            other = next(entry.url for entry in listing.entries if not is_same_site(entry.url, self.asking.hosts))
            told = f"{len(listing.entries) - len(ours)} of {len(listing.entries)} addresses lead to other sites, such as {other}"
            listing.rejects.append((lease.url, Reject("fetch", "off_site", told[:500])))
        return ours

    def _is_wanted(self, entry: Discovered, lease: Lease, listing: Listing) -> bool:
        """No trap, open to robots, not older than asked for."""
        if entry.kind == "listing" and (lease.depth >= MAX_SECTION_DEPTH or _is_further_page(lease)):
            return False
        if is_trap(entry.url) or (entry.kind == "sitemap" and lease.depth >= MAX_DEPTH):
            listing.rejects.append((entry.url, Reject("fetch", "trap", "an address or a chain of lists without end")))
            return False
        if not self.asking.may_fetch(entry.url):
            listing.rejects.append((entry.url, Reject("fetch", "robots_disallowed", "robots.txt forbids it")))
            return False
        day = (stated_time(entry.facts) or entry.modified)[:10]  # nothing is published after its last change
        is_old = bool(self.since and day) and day < self.since
        self.has_left_out = self.has_left_out or is_old
        # A page that a list without times named before learns its day.
        return not is_old or (entry.kind == "article" and page_at(self.connection, entry.url) is not None)

    def _walk_rest(self, lease: Lease, listing: Listing, walk: Walk, first: int, is_end: bool) -> None:
        """A short list is read whole; a long one from the last change back, and whole where its total is not as known.

        An empty page, or one that says what the page before it said, is the end whatever the total is.
        """
        number = wordpress_routes.page_number(lease.url)
        walk.pages.add(number)
        listing.waits_to_be_named = number > 1 or bool(self.since)
        self.has_left_out = self.has_left_out or bool(self.since)  # such a list leaves them out by itself
        if walk.known is None:
            walk.known, walk.total = listings.named_by(self.connection, first), listings.listed_total(self.connection, first)
        is_whole = walk.pages.issuperset(range(1, listing.pages + 1))
        stored = walk.total + len(walk.named - walk.known) if walk.total else len(walk.known | walk.named)
        listing.is_accounted = is_whole or stored == listing.total
        is_short = listing.total > 0 and listing.pages <= WHOLE_LIST_PAGES
        goes_on = is_short or walk.barren < MAX_BARREN or not listing.is_accounted
        if number < listing.pages and goes_on and not is_end:
            listing.entries.append(Discovered(wordpress_routes.list_page(lease.url, number + 1), "rest"))
        if is_whole and not self.since:
            listing.missing = sorted(walk.known - walk.named)
        elif is_end and walk.pages.issuperset(range(1, number + 1)) and not self.since:
            listing.missing = _if_few(walk.known - walk.named, walk)

    def _compare_whole(self, listing: Listing, walk: Walk, first: int) -> None:
        """What a sitemap lost. A page that went to another one of this crawl is there still."""
        if self.since or any(entry.kind == "sitemap" for entry in listing.entries):
            return
        others = (other.named for other in self.walks.values() if other is not walk)
        missing = (listings.named_by(self.connection, first) - walk.named).difference(*others)
        listing.missing = _if_few(missing, walk)

    def _compare_newest(self, listing: Listing, walk: Walk, first: int) -> None:
        """What a list in order of time, a feed or the news of two days, lost above the oldest entry that was read of it."""
        time_of = next((by for by in (_time_of_change, _time_of_birth) if _is_in_order(listing.entries, by)), None)
        if self.since or time_of is None:
            return
        oldest = time_of(listing.entries[-1])
        newer = {page.url for page in listings.newest_of(self.connection, first) if time_of(page) > oldest}
        listing.missing = _if_few(newer - walk.named, walk)


def stated_time(facts: Iterable[Fact]) -> str:
    """When a list says that an article was published: ISO UTC, an ISO day, or ""."""
    return next((stated_change(fact.value) for fact in facts if fact.field == "date_published"), "")


def _time_of_change(entry: Discovered) -> str:
    return entry.modified or stated_time(entry.facts)


def _time_of_birth(entry: Discovered) -> str:
    return stated_time(entry.facts)


def _is_in_order(entries: list[Discovered], time_of: Callable[[Discovered], str]) -> bool:
    """The newest first, and each has a time."""
    times = [time_of(entry) for entry in entries]
    return bool(times) and times == sorted(times, reverse=True) and times[-1] != ""


def _if_few(missing: set[str], walk: Walk) -> list[str]:
    return sorted(missing) if len(missing) <= 1 + MAX_LOST_SHARE * len(walk.named) else []


def _is_further_page(lease: Lease) -> bool:
    if lease.kind == "listing":
        return page_number(lease.url) is not None or is_further(lease.url, lease.source_url)
    return lease.kind in ("rest", "feed") and lease.source_kind == lease.kind
