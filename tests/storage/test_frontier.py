"""The frontier: what is due, who fetches it, what a list's word changes."""

from typing import Any

import pytest

from almasalla_crawler.items import Discovered, Fact
from almasalla_crawler.storage import discovered, frontier, listings
from almasalla_crawler.storage.crawls import begin_crawl
from tests.storage.news_pages import Database

SITE, NOON, ONE, LATER = "site.example", "2025-06-01T12:00:00Z", "2025-06-01T13:00:00Z", "2026-06-01T12:00:00Z"
FRONT = "https://site.example/"


class Frontier:
    """The functions of storage/frontier.py, discovered.py and listings.py on one database and outlet."""

    def __init__(self, db: Database) -> None:
        self.db, self.connection = db, db.connection
        self.crawl_id = begin_crawl(db.connection, "site", SITE, {})
        self.front = frontier.front_lease(db.connection, SITE, self.crawl_id, FRONT, NOON).page_id

    def add(self, *entries: Discovered, source: int | None = None, at: str = NOON) -> int:
        return discovered.add(self.connection, SITE, source or self.front, list(entries), self.crawl_id, at)

    def lease(self, count: int = 10, at: str = NOON, listings: bool = False) -> list[str]:
        return [one.url for one in frontier.lease(self.connection, SITE, self.crawl_id, count, at, listings)]

    def set(self, url: str, **values: Any) -> None:
        """Columns of a page, as an earlier fetch would have left them."""
        names = ", ".join(f"{name} = ?" for name in values)
        self.connection.execute(f"UPDATE pages SET {names} WHERE url = ?", (*values.values(), url))

    def source(self, kind: str, name: str = "list") -> int:
        self.add(Discovered(f"{FRONT}{name}", kind))
        return int(self.db.value("SELECT id FROM pages WHERE url = ?", f"{FRONT}{name}"))


@pytest.fixture
def site(db: Database) -> Frontier:
    return Frontier(db)


def page(number: int, **given: Any) -> Discovered:
    return Discovered(f"{FRONT}news/{number}", **given)


def test_what_a_list_names_first_is_due(site: Frontier) -> None:
    assert site.add(page(1), page(2)) == 2
    assert site.lease() == [page(1).url, page(2).url]


def test_what_is_leased_is_not_given_out_again(site: Frontier) -> None:
    site.add(page(1), page(2), page(3))
    assert [site.lease(2), site.lease(2), site.lease(2)] == [[page(1).url, page(2).url], [page(3).url], []]


def test_leases_are_void_when_the_lock_is_mine(site: Frontier) -> None:
    site.add(page(1))
    site.lease()
    frontier.void_leases(site.connection, SITE)
    assert site.lease() == [page(1).url]


def test_leases_of_another_outlet_stay(site: Frontier) -> None:
    site.add(page(1))
    site.lease()
    frontier.void_leases(site.connection, "other.example")
    assert site.lease() == []


def test_a_page_is_not_leased_before_it_is_due(site: Frontier) -> None:
    site.add(page(1))
    site.set(page(1).url, due_at=ONE)
    assert site.lease(at=NOON) == []
    assert site.lease(at=ONE) == [page(1).url]


def test_listings_and_articles_are_leased_apart(site: Frontier) -> None:
    site.add(page(1), Discovered(f"{FRONT}feed", "feed"))
    assert site.lease(listings=True) == [f"{FRONT}feed"]
    assert site.lease() == [page(1).url]


@pytest.mark.parametrize(
    ("before", "now", "is_due"),
    [
        ("2025-05-01T10:00:00Z", "2025-05-02T10:00:00Z", True),
        ("2025-05-01T10:00:00Z", "2025-05-01T10:00:00Z", False),
        ("2025-05-02T10:00:00Z", "2025-05-01T10:00:00Z", False),
        ("2025-05-01T10:00:00Z", "2025-05-01", False),
        ("2025-05-01T10:00:00Z", "", False),
        (None, "2025-05-01T10:00:00Z", True),
    ],
    ids=["newer", "same", "older", "the day alone", "not stated", "stated first"],
)
def test_a_stored_page_is_due_when_its_list_states_a_newer_change(
    site: Frontier, before: str | None, now: str, is_due: bool
) -> None:
    site.add(page(1))
    site.set(page(1).url, state="stored", http_status=200, due_at=LATER, listed_modified=before)
    site.add(page(1, modified=now))
    assert site.lease() == ([page(1).url] if is_due else [])


def test_a_long_list_with_one_time_for_all_changes_nothing(site: Frontier) -> None:
    pages = [page(number, modified="2025-05-01T10:00:00Z") for number in range(12)]
    site.add(*pages)
    site.connection.execute("UPDATE pages SET state = 'stored', http_status = 200, due_at = ?", (LATER,))
    site.add(*(page(number, modified="2025-05-09T10:00:00Z") for number in range(12)))
    assert site.lease() == []


def test_a_page_that_is_gone_and_named_again_is_due(site: Frontier) -> None:
    site.add(page(1))
    site.set(page(1).url, state="gone", http_status=404, due_at=None, attempts=2)
    site.add(page(1))
    assert site.lease() == [page(1).url]


def test_a_page_that_fails_waits_although_its_list_names_it(site: Frontier) -> None:
    site.add(page(1))
    site.set(page(1).url, attempts=1, due_at=ONE)
    site.add(page(1))
    assert site.lease() == []


def test_facts_of_two_lists_stand_together(site: Frontier) -> None:
    site.add(page(1, facts=[Fact("title", "عنوان", "listing:link")]))
    site.add(page(1, facts=[Fact("author", "سلمى", "feed:author")]))
    (one,) = frontier.lease(site.connection, SITE, site.crawl_id, 1, NOON, False)
    assert {(fact.source, fact.value) for fact in one.facts} == {("listing:link", "عنوان"), ("feed:author", "سلمى")}


def test_a_page_belongs_to_the_best_list_that_names_it(site: Frontier) -> None:
    feed, sitemap = site.source("feed", "feed"), site.source("sitemap", "sitemap")
    for source in (feed, sitemap, feed):
        site.add(page(1), source=source)
    assert site.db.value("SELECT discovered_from FROM pages WHERE url = ?", page(1).url) == sitemap


def test_a_record_at_another_address_takes_its_page_along(site: Frontier) -> None:
    record = [(f"{FRONT}wp-json/wp/v2/posts/1", "record")]
    site.add(page(1, spellings=record))
    site.add(Discovered(f"{FRONT}news/bridge", spellings=record))
    assert site.db.rows("SELECT url FROM pages WHERE kind = 'article'") == [(f"{FRONT}news/bridge",)]
    assert site.db.value("SELECT kind FROM urls WHERE url = ?", page(1).url) == "redirect"


def test_a_record_is_asked_for_where_its_list_is(site: Frontier) -> None:
    source = site.source("rest", "index.php?rest_route=%2Fwp%2Fv2%2Fposts")
    records = [f"{FRONT}wp-json/wp/v2/posts/1", f"{FRONT}index.php?rest_route=%2Fwp%2Fv2%2Fposts%2F1"]
    site.add(page(1, spellings=[(record, "record") for record in records]), source=source)
    (one,) = frontier.lease(site.connection, SITE, site.crawl_id, 1, NOON, False)
    assert one.record == records[1]


def test_the_old_address_is_no_new_page(site: Frontier) -> None:
    record = [(f"{FRONT}wp-json/wp/v2/posts/1", "record")]
    site.add(page(1, spellings=record))
    site.add(Discovered(f"{FRONT}news/bridge", spellings=record))
    assert site.add(page(1)) == 0


def test_what_a_list_lost_is_looked_at_once_more(site: Frontier) -> None:
    source = site.source("rest")
    site.add(page(1), source=source)
    site.set(page(1).url, state="stored", http_status=200, due_at=LATER)
    listings.suspect(site.connection, [page(1).url], NOON)
    (one,) = frontier.lease(site.connection, SITE, site.crawl_id, 5, NOON, False)
    assert one.is_suspect


def test_validators_of_older_rules_are_not_used(site: Frontier) -> None:
    site.add(page(1))
    page_id = site.db.value("SELECT id FROM pages WHERE url = ?", page(1).url)
    capture = "INSERT INTO captures (page_id, door, body_sha256, etag, parsed_by) VALUES (?, 'html', 'abc', '\"1\"', 'older')"
    site.connection.execute(capture, (page_id,))
    (one,) = frontier.lease(site.connection, SITE, site.crawl_id, 1, NOON, False)
    assert (one.etag, one.body_sha256) == ("", "")


def test_sitemaps_of_an_unchanged_index_are_looked_at_if_it_does_not_date_them(site: Frontier) -> None:
    index = site.source("sitemap", "index")
    dated = Discovered(f"{FRONT}b.xml", "sitemap", "2025-05-01")
    site.add(Discovered(f"{FRONT}a.xml", "sitemap"), dated, source=index)
    site.connection.execute("UPDATE pages SET due_at = ?, http_status = 200", (LATER,))
    listings.wake_sitemaps(site.connection, index, NOON)
    assert site.lease(listings=True) == [f"{FRONT}a.xml"]


def stored(site: Frontier, count: int, **given: Any) -> None:
    """So many pages that were fetched; none is due."""
    site.add(*(page(number, **given) for number in range(count)))
    site.connection.execute("UPDATE pages SET state = 'stored', http_status = 200, due_at = ?", (LATER,))


def test_a_page_that_a_feed_tells_otherwise_is_due(site: Frontier) -> None:
    stored(site, 10, digest="a")
    site.add(page(0, digest="b"), *(page(number, digest="a") for number in range(1, 10)))
    assert site.lease() == [page(0).url]
    site.set(page(0).url, leased_by=None, due_at=LATER)
    site.add(page(0, digest="b"))
    assert site.lease() == []


def test_a_page_of_which_a_text_is_told_for_the_first_time_is_not_due(site: Frontier) -> None:
    stored(site, 1)
    site.add(page(0, digest="a"))
    assert site.lease() == []


def test_a_feed_that_tells_most_of_its_pages_otherwise_announces_nothing(site: Frontier) -> None:
    stored(site, 10, digest="a")
    site.add(*(page(number, digest="b") for number in range(10)))
    assert site.lease() == []


def test_a_change_that_was_before_the_page_was_seen_is_none(site: Frontier) -> None:
    stored(site, 2)
    for number, seen in enumerate(("2025-05-01T10:00:00Z", "2025-05-03T10:00:00Z")):
        insert = (
            "INSERT INTO captures (page_id, door, body_sha256, observed_at, parsed_by) SELECT id, 'html', '', ?, '' FROM pages"
        )
        site.connection.execute(f"{insert} WHERE url = ?", (seen, page(number).url))
    site.add(*(page(number, modified="2025-05-02T10:00:00Z") for number in range(2)))
    assert site.lease() == [page(0).url]


def test_a_change_of_a_known_page_is_news(site: Frontier) -> None:
    stored(site, 1, modified="2025-05-01T10:00:00Z")
    assert not listings.has_news(site.connection, [page(0, modified="2025-05-01T10:00:00Z"), page(0)])
    assert listings.has_news(site.connection, [page(0, modified="2025-05-02T10:00:00Z")])
    assert listings.has_news(site.connection, [page(1)])
