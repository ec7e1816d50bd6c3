"""Which pages a crawl has leased from the frontier, and when it may ask for more."""

import asyncio
import sqlite3
from collections import Counter

from filelock import FileLock

from almasalla_crawler.items import LISTINGS, Page
from almasalla_crawler.readers import wordpress_routes
from almasalla_crawler.readers.times import stated_change
from almasalla_crawler.storage import frontier
from almasalla_crawler.storage.crawls import now
from almasalla_crawler.storage.database import transaction
from almasalla_crawler.storage.frontier import Lease

LEASED_AT_ONCE = 2 * wordpress_routes.RECORDS_AT_ONCE
LISTINGS_AT_ONCE = 4
MAX_WAITING = 1000  # articles that are looked through, each time, for those that a feed named: takes 2 ms


class Leases:
    """Of the outlet whose lock this process holds: what an earlier crawl had leased is void. `limit`: of article pages."""

    def __init__(self, connection: sqlite3.Connection, lock: FileLock, outlet: str, limit: int, is_dry: bool, since: str) -> None:
        self.connection = connection
        self.lock = lock
        self.outlet = outlet
        self.limit = limit
        self.since = since  # ISO day or "": what a list dates before it stays due
        self.is_dry = is_dry  # lists only
        self.front_id = 0
        self.open: dict[int, str] = {}  # leased pages that are not settled, and their kinds
        self.settled = asyncio.Event()
        self.asked = 0  # article pages
        self.are_lists_new = True  # since pages of theirs were last told from older ones
        self.found = 0  # article pages asked for, or still to be
        self.lists: Counter[str] = Counter()  # beside the front page, by outcome
        self.is_paused = False  # is the host left alone for the rest of the crawl?
        connection.create_function("stated_change", 1, stated_change, deterministic=True)  # the frontier's SQL asks for it
        with transaction(connection, lock):
            self.crawl_id = frontier.current_crawl(connection, outlet)
            frontier.void_leases(connection, outlet)

    def front(self, url: str) -> Lease:
        """The front page, with which every crawl begins."""
        with transaction(self.connection, self.lock):
            lease = frontier.front_lease(self.connection, self.outlet, self.crawl_id, url, now())
        self.front_id = lease.page_id
        self.open[lease.page_id] = lease.kind
        return lease

    def more(self) -> list[Lease]:
        """Listings until enough articles are known, then articles up to the limit: so facts of all lists meet first.

        While feeds are read, those that they named: what they state about a page is known when it is fetched, whoever named it.
        """
        if len(self.open) >= LEASED_AT_ONCE or self.is_paused:
            return []
        moment = now()
        wanted = self.limit if self.is_dry else min(LEASED_AT_ONCE, self.limit - self.asked)
        with transaction(self.connection, self.lock):
            if self.since and self.are_lists_new:
                frontier.note_old_pages(self.connection, self.outlet, self.since)
                self.are_lists_new = False
            due = frontier.count_due(self.connection, self.outlet, moment, self.since)
            is_told = not self.is_dry and due <= MAX_WAITING and self._is_reading_feeds(moment)
            ready = frontier.count_due(self.connection, self.outlet, moment, self.since, is_told) if is_told else due
            leases: list[Lease] = []
            if ready < wanted:
                leases = frontier.lease(self.connection, self.outlet, self.crawl_id, LISTINGS_AT_ONCE, moment, True)
            if not leases and not self.is_dry and (ready >= wanted or LISTINGS.isdisjoint(self.open.values())):
                leases = frontier.lease(self.connection, self.outlet, self.crawl_id, wanted, moment, False, self.since, is_told)
                self.asked += len(leases)
            due = frontier.count_due(self.connection, self.outlet, moment, self.since)
        self.open |= {one.page_id: one.kind for one in leases}
        self.found = self.asked + min(due, self.limit - self.asked)
        return leases

    def _is_reading_feeds(self, moment: str) -> bool:
        return "feed" in self.open.values() or frontier.has_due_feed(self.connection, self.outlet, moment)

    def settle(self, page: Page) -> None:
        """A page has come to its end: stored, or dropped with its reason."""
        visit = page.visit
        self.are_lists_new = self.are_lists_new or page.kind in LISTINGS
        if visit is not None and visit.is_last:
            self.is_paused = self.is_paused or visit.outcome == "postponed"
            if page.kind in LISTINGS and visit.page_id != self.front_id:
                self.lists[visit.outcome] += 1
            self.open.pop(visit.page_id, None)
            self.settled.set()
