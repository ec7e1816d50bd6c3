"""What a fetch does to a page's row, decided without a database; and what it does in one."""

from typing import Any

import pytest

from almasalla_crawler.items import Discovered, Listing, Page, Reject, Visit
from almasalla_crawler.storage.crawls import later
from almasalla_crawler.storage.visits import DAY, HOUR, INTERVALS, LISTING_INTERVAL, RETRY_S, Row, Settled, settle
from tests.storage.news_pages import Database, Seen, elsewhere, news, own_site
from tests.storage.test_frontier import FRONT, NOON, SITE, Frontier

URL = f"{FRONT}news/1"


def after(row: Row, outcome: str = "read", kind: str = "article", **given: Any) -> Settled:
    said = {"is_changed": False, "is_rejected": False, **given}
    return settle(row, kind, Visit(1, URL, outcome=outcome), **said)


def test_a_page_that_did_not_change_is_looked_at_less_often() -> None:
    settled = after(Row("stored", DAY, 0), "unchanged")
    assert (settled.state, settled.interval_s) == ("unchanged", int(1.5 * DAY))


def test_a_page_that_changed_is_looked_at_more_often() -> None:
    settled = after(Row("unchanged", 4 * DAY, 0), is_changed=True)
    assert (settled.state, settled.due_in_s) == ("stored", 2 * DAY)


@pytest.mark.parametrize("kind", [*INTERVALS, "feed"])
def test_intervals_have_bounds(kind: str) -> None:
    least, _, most = INTERVALS.get(kind, LISTING_INTERVAL)
    row = Row("rejected" if kind == "rejected" else "stored", most, 0)
    assert after(row, "unchanged", "article" if kind == "rejected" else kind).interval_s == most
    if kind != "rejected":
        assert after(Row("stored", least, 0), kind=kind, is_changed=True).interval_s == least


def test_what_the_publisher_says_is_the_least() -> None:
    assert after(Row("stored", HOUR, 0), "unchanged", "feed", ttl_s=6 * HOUR).due_in_s == 6 * HOUR


def test_a_page_is_gone_after_the_second_look() -> None:
    first = after(Row("stored", DAY, 0), "missing")
    assert (first.state, first.due_in_s) == ("stored", HOUR)
    second = after(Row("stored", DAY, first.attempts), "missing")
    assert (second.state, second.due_in_s) == ("gone", None)


def test_a_failing_page_is_tried_again_later_and_later() -> None:
    waits = [after(Row("discovered", None, attempts), "failed").due_in_s for attempts in range(3)]
    assert waits == [RETRY_S, 2 * RETRY_S, 4 * RETRY_S]


def test_a_page_that_never_answered_is_given_up_for_long() -> None:
    assert after(Row("discovered", None, 4), "failed").state == "rejected"
    assert after(Row("stored", DAY, 4), "failed").state == "stored"


def test_a_page_that_lost_its_article_stays_stored() -> None:
    assert after(Row("stored", DAY, 0), is_rejected=True).state == "stored"
    assert after(Row("discovered", None, 0), is_rejected=True).state == "rejected"


# --- in a database ------------------------------------------------------------------------------------------------------


@pytest.fixture
def site(db: Database) -> Frontier:
    site = Frontier(db)
    site.db.exporter.archive.crawl_id = site.crawl_id
    return site


def visited(site: Frontier, text: str, url: str = URL, day: int = 1, requested: str = "", **given: Any) -> Page:
    """The page, read, as a visit to it brings it."""
    page = Seen(url, text, day, "html", SITE).read()
    requested = requested or url
    row = site.db.rows("SELECT id FROM pages WHERE url = ?", requested)
    page.visit = Visit(row[0][0] if row else 0, requested, 200, **given)
    return page


def store(site: Frontier, page: Page) -> Any:
    return site.db.exporter.export_batch([page])[0]


def test_a_stored_page_has_its_validators_and_no_lease(site: Frontier) -> None:
    site.add(Discovered(URL))
    site.lease()
    stored = store(site, visited(site, own_site(news(1)), etag='"1"', last_modified="Thu, 01 May 2025 10:00:00 GMT"))
    assert stored.outcome == "new"
    assert site.db.rows("SELECT state, leased_by, attempts, http_status FROM pages WHERE url = ?", URL) == [
        ("stored", None, 0, 200)
    ]
    assert site.db.rows("SELECT etag, last_modified FROM captures") == [('"1"', "Thu, 01 May 2025 10:00:00 GMT")]


def test_another_text_is_a_change_and_the_same_is_none(site: Frontier) -> None:
    site.add(Discovered(URL))
    outcomes = [store(site, visited(site, text, day=day)).outcome for day, text in
                enumerate((own_site(news(1)), own_site(news(1)) + "\n", own_site(news(1).edited())), 1)]  # fmt: skip
    assert outcomes == ["new", "unchanged", "changed"]


def test_a_lost_article_keeps_its_validators(site: Frontier) -> None:
    site.add(Discovered(URL))
    store(site, visited(site, own_site(news(1)), etag='"1"'))
    assert isinstance(store(site, visited(site, "الصفحة غير متاحة", day=2, etag='"2"')), Reject)
    assert site.db.value("SELECT etag FROM captures") == '"1"'
    assert site.db.value("SELECT state FROM pages WHERE url = ?", URL) == "stored"


def test_a_redirect_to_a_new_address_moves_the_page(site: Frontier) -> None:
    site.add(Discovered(URL))
    store(site, visited(site, own_site(news(1))))
    moved = f"{FRONT}news/bridge"
    stored = store(site, visited(site, own_site(news(1)), moved, 2, requested=URL))
    assert stored.outcome == "unchanged"
    assert site.db.rows("SELECT url FROM articles") == [(moved,)]
    assert site.db.count("articles") == 1


def test_two_stored_pages_that_turn_out_to_be_one_are_joined(site: Frontier) -> None:
    other = f"{FRONT}news/bridge"
    site.add(Discovered(URL), Discovered(other))
    store(site, visited(site, own_site(news(1))))
    store(site, visited(site, own_site(news(1).edited()), other, 2))
    store(site, visited(site, own_site(news(1).edited()), other, 3, requested=URL))
    assert site.db.rows("SELECT url FROM pages WHERE kind = 'article'") == [(other,)]
    assert site.db.rows("SELECT url FROM articles") == [(other,)]
    assert site.db.count("revisions") == 1
    assert site.db.rows("PRAGMA foreign_key_check") == []


def test_a_joined_page_keeps_the_related_articles_of_both(site: Frontier) -> None:
    other = f"{FRONT}news/bridge"
    site.add(Discovered(URL), Discovered(other))
    store(site, visited(site, elsewhere(news(1), news(2))))
    store(site, visited(site, elsewhere(news(1)), other, 2))
    store(site, visited(site, elsewhere(news(1)), other, 3, requested=URL))
    assert site.db.rows("SELECT url FROM pages WHERE kind = 'article'") == [(other,)]
    titles = (
        "SELECT a.title FROM appearances p JOIN articles a ON a.id = p.article_id JOIN pages g ON g.id = p.page_id ORDER BY 1"
    )
    assert site.db.rows(titles) == sorted([(news(1).title,), (news(2).title,)])
    assert site.db.rows("PRAGMA foreign_key_check") == []


def test_a_listing_and_what_it_names_are_stored_together(site: Frontier) -> None:
    source = site.source("feed")
    visit = Visit(source, f"{FRONT}list", 200, etag='"f"', listing=Listing([Discovered(URL)], ttl_s=7200))
    stored = store(site, Page(f"{FRONT}list", "feed", SITE, kind="feed", observed_at=NOON, body_sha256="abc", visit=visit))
    assert stored.discovered == 1
    assert site.db.value("SELECT interval_s FROM pages WHERE id = ?", source) == 7200
    assert site.db.value("SELECT etag FROM captures WHERE page_id = ?", source) == '"f"'


def test_lists_that_a_list_names_are_not_counted_among_the_articles_found(site: Frontier) -> None:
    named = [Discovered(URL), Discovered(f"{FRONT}list?page=2", "listing")]
    visit = Visit(site.source("listing"), f"{FRONT}list", 200, listing=Listing(named))
    assert store(site, Page(f"{FRONT}list", "html", SITE, kind="listing", observed_at=NOON, visit=visit)).discovered == 1


def test_a_piece_of_a_listing_leaves_it_leased(site: Frontier) -> None:
    source = site.source("feed")
    site.lease(listings=True)
    visit = Visit(source, f"{FRONT}list", 200, etag='"f"', listing=Listing([Discovered(URL)]), is_last=False)
    store(site, Page(f"{FRONT}list", "feed", SITE, kind="feed", observed_at=NOON, body_sha256="abc", visit=visit))
    assert site.db.value("SELECT leased_by FROM pages WHERE id = ?", source) == site.crawl_id
    assert site.db.count("captures") == 0


def test_an_unchanged_rest_page_is_not_asked_for_before_its_list_says_so(site: Frontier) -> None:
    site.add(Discovered(URL), source=site.source("rest"))
    store(site, visited(site, own_site(news(1))))
    due = site.db.value("SELECT due_at FROM pages WHERE url = ?", URL)
    assert due > later(site.db.value("SELECT last_seen_at FROM pages WHERE url = ?", URL), 100 * DAY)
