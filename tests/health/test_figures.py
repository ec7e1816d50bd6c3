"""What a page counts for."""

import math

import pytest

from almasalla_crawler.health.figures import PREFIX, Figures, measured
from almasalla_crawler.items import Article, Discovered, Fact, Layout, Listing, Outlet, Page, Reject, Visit

ADDRESS = "https://site.example/1"
NO_ARTICLE = Reject("split", "no_article")
TIMEOUT = Reject("fetch", "timeout")


def page(reject: Reject | None = None, visit: Visit | None = None, **given: object) -> Page:
    return Page(ADDRESS, "html", reject=reject, visit=visit or Visit(1, ADDRESS, 200), **given)  # type: ignore[arg-type]


def test_an_article_counts_with_the_fields_it_has() -> None:
    article = Article("main", 0, title="افتتاح مكتبة", word_count=150, date_published_date="2025-05-01")
    counts = measured(page(articles=[article]))
    assert (counts["asked"], counts["answered"], counts["read"], counts["kept"], counts["main"]) == (1, 1, 1, 1, 1)
    assert (counts["title"], counts["date"], counts["authors"], counts["image"]) == (1, 1, 0, 0)
    assert counts["log_words"] == round(1000 * math.log(150))


def test_a_page_without_an_article_is_read_and_not_kept() -> None:
    assert measured(page(NO_ARTICLE)) == {"asked": 1, "answered": 1, "read": 1, "not_kept/no_article": 1}


def test_a_page_that_did_not_answer_is_only_asked_for() -> None:
    assert measured(page(TIMEOUT)) == {"asked": 1, "unanswered/timeout": 1}


def test_an_unchanged_page_is_not_read() -> None:
    assert measured(page(visit=Visit(1, ADDRESS, 304, "unchanged"))) == {"asked": 1, "answered": 1}


@pytest.mark.parametrize(
    ("reject", "visit"),
    [
        (NO_ARTICLE, Visit(1, ADDRESS, 200, failed_before=True)),
        (TIMEOUT, Visit(1, ADDRESS, failed_before=True)),
        (None, Visit(1, ADDRESS, 404, "missing")),
        (Reject("fetch", "host_paused"), Visit(1, ADDRESS, outcome="postponed")),
    ],
    ids=["rejected before", "failed before", "gone", "postponed"],
)
def test_what_tells_nothing_new_of_the_site_counts_nowhere(reject: Reject | None, visit: Visit) -> None:
    assert measured(page(reject, visit)) == {}


def test_an_address_that_a_list_names_in_vain_counts_nowhere() -> None:
    assert measured(Page(ADDRESS, "html", reject=Reject("fetch", "trap"))) == {}


def test_a_saved_page_that_is_not_there_tells_nothing_of_a_site() -> None:
    assert measured(Page(ADDRESS, "file:a.txt", reject=Reject("fetch", "not_found"))) == {}
    assert measured(Page(ADDRESS, "file:a.txt", reject=Reject("fetch", "too_large")))["asked"] == 1


def test_selectors_of_an_outlet_count_also_on_a_page_without_article() -> None:
    site = Outlet("roof", layouts=(Layout("div.text"),))
    miss = Fact("problem", "outlet_selector_body", "outlet", "div.text")
    assert measured(page(NO_ARTICLE, site=site, facts=[miss]))["misses/div.text"] == 1
    assert measured(page(site=site))["laid_out"] == 1


def test_a_list_counts_what_it_names_once_it_is_read() -> None:
    some = Listing([Discovered("https://site.example/2"), Discovered("https://site.example/feed", "feed")])
    assert measured(page(kind="listing", visit=Visit(1, ADDRESS, 200, listing=some))) == {
        "lists/listing": 1, "named/listing": 1, "named": 1,
    }  # fmt: skip


@pytest.mark.parametrize("listing", [Listing([Discovered("https://site.example/s.xml", "sitemap")]), None], ids=["index", "304"])
def test_a_list_of_lists_and_one_that_was_not_read_count_nowhere(listing: Listing | None) -> None:
    assert measured(page(kind="sitemap", visit=Visit(1, ADDRESS, 200, listing=listing))) == {}


def test_figures_come_back_from_stats() -> None:
    stats = {f"{PREFIX}main": 2, f"{PREFIX}log_words": 2 * 5298, "elapsed_time_seconds": 1.5, "finish_reason": "finished"}
    figures = Figures.of(stats, {"since": "2025-01-01"})
    assert (figures.counts["main"], figures.seconds, figures.is_partial) == (2, 1.5, True)
    assert figures.words() == pytest.approx(200, rel=0.001)
