"""What a fetch does to the page's row: its state, when to look again, its validators."""

import sqlite3
from dataclasses import dataclass

from almasalla_crawler import RULES_VERSION
from almasalla_crawler.items import LISTINGS, Page, Visit
from almasalla_crawler.storage.crawls import later
from almasalla_crawler.storage.discovered import add
from almasalla_crawler.storage.facts import facts_as_json
from almasalla_crawler.storage.frontier import DOORS
from almasalla_crawler.storage.listings import suspect, wake_sitemaps
from almasalla_crawler.storage.spellings import add_spellings, page_at, relocate

HOUR, DAY = 3600, 86_400
# Seconds between two looks: the least, the first and the most. A page whose list announces its changes is looked at
# without one only in case the list is wrong.
INTERVALS = {
    "article": (6 * HOUR, DAY, 90 * DAY),
    "announced": (180 * DAY, 180 * DAY, 360 * DAY),
    "rejected": (7 * DAY, 7 * DAY, 180 * DAY),
}
LISTING_INTERVAL = (300, HOUR, DAY)
SLOWER, FASTER = 1.5, 0.5
RETRY_S = 600  # after the first failure, twice as long after each further one
MAX_FAILURES = 5  # in a row, then a page that never had a text is given up until its long interval is over

Shown = tuple[str | None, str | None, str | None, str]  # title, date, instant, fingerprint


@dataclass(frozen=True, slots=True)
class Row:
    """What the frontier knows of a page before the fetch is settled."""

    state: str
    interval_s: int | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Settled:
    state: str
    interval_s: int | None
    due_in_s: int | None  # None: never again by itself
    attempts: int


def settle(row: Row, kind: str, visit: Visit, is_changed: bool, is_rejected: bool, ttl_s: int = 0) -> Settled:
    """What the row becomes. `kind` is a kind of page, or "announced" for an article whose list tells of its changes."""
    has_text = row.state in ("stored", "unchanged")
    if visit.outcome == "missing":
        if row.attempts:
            return Settled("gone", row.interval_s, None, row.attempts + 1)
        return Settled(row.state, row.interval_s, HOUR, 1)
    if visit.outcome == "postponed":
        return Settled(row.state, row.interval_s, 0, row.attempts)
    if visit.outcome == "failed":
        if row.attempts + 1 >= MAX_FAILURES and not has_text and kind not in LISTINGS:
            return Settled("rejected", row.interval_s, INTERVALS["rejected"][0], row.attempts + 1)
        return Settled(row.state, row.interval_s, min(RETRY_S * 2**row.attempts, DAY), row.attempts + 1)
    state = (
        row.state
        if is_rejected and has_text
        else "rejected"
        if is_rejected
        else "unchanged"
        if has_text and not is_changed
        else "stored"
    )
    if visit.outcome == "unchanged" and row.state == "rejected":
        state = "rejected"
    least, first, most = LISTING_INTERVAL if kind in LISTINGS else INTERVALS["rejected" if state == "rejected" else kind]
    if row.interval_s is None or row.state in ("discovered", "gone"):
        interval = first
    else:
        interval = int(row.interval_s * (FASTER if is_changed else SLOWER))
    interval = max(min(max(interval, least), most), ttl_s)
    return Settled(state, interval, interval, 0)


def arrive(connection: sqlite3.Connection, page: Page, visit: Visit, crawl_id: int | None) -> int | None:
    """The row of the page that was fetched, at the address where it was found; None if there is none yet."""
    page_id = visit.page_id if _exists(connection, visit.page_id) else page_at(connection, page.url)
    if page_id is None:
        return None
    if page.url != visit.url and page.kind not in LISTINGS and visit.outcome == "read":
        page_id = relocate(connection, page_id, page.url, crawl_id)
    (page.url,) = connection.execute("SELECT url FROM pages WHERE id = ?", (page_id,)).fetchone()
    add_spellings(connection, page_id, visit.spellings)
    return page_id


def _exists(connection: sqlite3.Connection, page_id: int) -> bool:
    return connection.execute("SELECT 1 FROM pages WHERE id = ?", (page_id,)).fetchone() is not None


def shown_on(connection: sqlite3.Connection, page_id: int | None) -> Shown | None:
    """What a change of the page's main article is told by."""
    row: Shown | None = connection.execute(
        "SELECT a.title, a.date_published_date, a.date_published_utc, a.fingerprint FROM appearances p"
        " JOIN articles a ON a.id = p.article_id WHERE p.page_id = ? AND p.role = 'main' ORDER BY p.position LIMIT 1",
        (page_id,),
    ).fetchone()
    return row


def leave(connection: sqlite3.Connection, page_id: int, page: Page, is_changed: bool, crawl_id: int | None, seen_at: str) -> str:
    """Writes how the fetch ended and frees the lease; returns the page's state."""
    visit = page.visit
    assert visit is not None
    state, interval, attempts, is_announced = connection.execute(
        "SELECT p.state, p.interval_s, p.attempts, s.kind = 'rest' OR (s.kind = 'sitemap' AND p.listed_modified IS NOT NULL)"
        " FROM pages p LEFT JOIN pages s ON s.id = p.discovered_from WHERE p.id = ?",
        (page_id,),
    ).fetchone()
    kind = "announced" if page.kind == "article" and is_announced else page.kind
    ttl_s = visit.listing.ttl_s if visit.listing else 0
    now = settle(Row(state, interval, attempts), kind, visit, is_changed, page.reject is not None, ttl_s)
    due_in_s = None if visit.listing and visit.listing.waits_to_be_named else now.due_in_s
    connection.execute(
        "UPDATE pages SET state = ?, interval_s = ?, due_at = ?, attempts = ?, leased_by = NULL, leased_until = NULL,"
        " http_status = coalesce(?, http_status), gone_at = ?, crawl_id = ?,"
        " last_seen_at = ? WHERE id = ?",
        (now.state, now.interval_s, later(seen_at, due_in_s) if due_in_s is not None else None, now.attempts,
         visit.status or None, seen_at if now.state == "gone" else None, crawl_id, seen_at, page_id),
    )  # fmt: skip
    if visit.outcome == "read":
        connection.execute(
            "UPDATE captures SET etag = ?, last_modified = ? WHERE page_id = ? AND door = ? AND body_sha256 = ?",
            (visit.etag or None, visit.last_modified or None, page_id, page.door, page.body_sha256),
        )
    return now.state


def store_listing(connection: sqlite3.Connection, page_id: int, page: Page, crawl_id: int | None, seen_at: str) -> int:
    """What a listing names, its digest, what it states about the site; returns how many pages of articles are new.

    What the pages of a long REST list or feed name belongs to its first page.
    """
    visit = page.visit
    if visit is None or visit.listing is None:
        if page.kind == "sitemap":
            wake_sitemaps(connection, page_id, seen_at)
        return 0
    row = connection.execute(
        "SELECT p.outlet, iif(s.kind = p.kind AND s.kind IN ('rest', 'feed'), s.id, p.id) FROM pages p"
        " LEFT JOIN pages s ON s.id = p.discovered_from WHERE p.id = ?",
        (page_id,),
    ).fetchone()
    outlet, source_id = row
    new = add(connection, outlet, source_id, visit.listing.entries, crawl_id, seen_at)
    suspect(connection, visit.listing.missing, seen_at)
    if visit.listing.is_accounted:
        connection.execute("UPDATE pages SET listed_total = ? WHERE id = ?", (visit.listing.total, source_id))
    if visit.listing.facts:
        connection.execute("UPDATE pages SET listed_facts = ? WHERE id = ?", (facts_as_json(visit.listing.facts), page_id))
    if visit.is_last:
        connection.execute(
            "INSERT INTO captures (page_id, door, body_sha256, observed_at, parsed_by) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (page_id, door) DO UPDATE SET body_sha256 = excluded.body_sha256, observed_at = excluded.observed_at,"
            " parsed_by = excluded.parsed_by",
            (page_id, DOORS[page.kind], page.body_sha256, page.observed_at, RULES_VERSION),
        )
    return new
