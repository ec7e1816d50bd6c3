"""Answers become pages: what came, or why nothing did."""

from datetime import UTC, datetime
from typing import Any

from scrapy.http import Response

from almasalla_crawler.downloader.conditional import Fetched
from almasalla_crawler.downloader.outcomes import Unchanged
from almasalla_crawler.items import LISTINGS, Page, Reject, Visit
from almasalla_crawler.readers.addresses import canonical_url
from almasalla_crawler.storage.frontier import DOORS, Lease

GONE = frozenset({404, 410})
POSTPONED = frozenset({"host_paused", "no_contact", "robots_unavailable"})  # no fault of the page; others would fare the same
GONE_LISTING = GONE | {400}  # WordPress has no page behind the last one of a list
GONE_RECORD = frozenset({401, 403, 404, 410})  # WordPress hides a post in the bin from strangers


def fetched_page(lease: Lease, response: Response, outlet: str, door: str = "") -> Page:
    """The page of a lease as the answer shows it, not read yet; an article is at the address where redirects ended."""
    moment = datetime.now(UTC).replace(microsecond=0)
    came: Fetched = response.meta.get("fetched") or Fetched("", "", "", "")  # of an error nothing is kept
    visit = Visit(lease.page_id, lease.url, response.status, etag=came.etag, last_modified=came.last_modified,
                  failed_before=_failed_before(lease))  # fmt: skip
    redirects = response.meta.get("redirect_urls", ())
    url = lease.url
    if redirects and lease.kind not in LISTINGS and door != "rest":
        url = canonical_url(response.url) or lease.url
        visit.spellings = [(other, "redirect") for other in map(canonical_url, redirects) if other != url]
    return Page(url, door or DOORS[lease.kind], outlet, kind=lease.kind,
                observed_at=moment.isoformat().replace("+00:00", "Z"), now=moment,
                raw_at=came.raw_at, body_sha256=came.body_sha256, visit=visit)  # fmt: skip


def failed_page(lease: Lease, reject: Reject, outlet: str) -> Page:
    """No answer: the page is looked at again later; it stays due if its host is left alone for now."""
    outcome = "postponed" if reject.reason in POSTPONED else "failed"
    visit = Visit(lease.page_id, lease.url, outcome=outcome, failed_before=_failed_before(lease))
    return Page(lease.url, DOORS[lease.kind], outlet=outlet, kind=lease.kind, reject=reject, visit=visit)


def unchanged_page(lease: Lease, news: Unchanged, outlet: str) -> Page:
    """The page is as it was; it is not read again."""
    visit = Visit(lease.page_id, lease.url, news.status, "unchanged")
    return Page(lease.url, DOORS[lease.kind], outlet=outlet, kind=lease.kind, visit=visit)


def is_settled(page: Page, lease: Lease, gone: frozenset[int] = GONE) -> bool:
    """Does the status say all there is to say (an error, nothing there any more), or is the record as before?"""
    visit = page.visit
    assert visit is not None
    if lease.body_sha256 and page.body_sha256 == lease.body_sha256 and not lease.has_parts:
        visit.outcome = "unchanged"
    elif visit.status in gone:
        say_missing(page, lease, f"HTTP {visit.status}")
    elif visit.status != 200:
        visit.outcome, page.reject = "failed", Reject("fetch", "http_error", f"HTTP {visit.status}")
    return visit.outcome != "read"


def say_missing(page: Page, lease: Lease, why: str) -> None:
    """Nothing is there: the end of a page that was stored, and no reject; the reason why another one is not kept."""
    assert page.visit is not None
    page.visit.outcome = "missing"
    if lease.kind not in LISTINGS and lease.state in ("discovered", "rejected"):
        page.reject = Reject("fetch", "http_error", why)


def _failed_before(lease: Lease) -> bool:
    return lease.is_suspect or lease.state == "rejected"


def sitemaps_of(robots: Any) -> list[str]:
    """`Sitemap:` lines of a robots.txt, as Scrapy's parser has them."""
    return list(getattr(getattr(robots, "rp", None), "sitemaps", ()))
