"""The frontier: which pages are due, and who fetches them."""

import sqlite3
from dataclasses import dataclass, replace

from almasalla_crawler import RULES_VERSION
from almasalla_crawler.items import LISTINGS, Discovered, Fact
from almasalla_crawler.storage.crawls import later
from almasalla_crawler.storage.discovered import page_named_by
from almasalla_crawler.storage.facts import facts_from_json

LEASE_S = 3600  # a lease is void earlier if the lock of its outlet is free
DOORS = {"article": "html", "listing": "html", "feed": "feed", "sitemap": "sitemap", "rest": "rest"}  # by kind of page
_DUE = "outlet = :outlet AND kind = 'article' AND due_at <= :moment AND leased_by IS NULL"
_RECENT = " AND id NOT IN (SELECT id FROM temp.old_pages)"  # of `note_old_pages`
_TOLD = " AND instr(listed_facts, '\"feed:') > 0"  # a source, as JSON
LISTING_KINDS = "('" + "', '".join(sorted(LISTINGS)) + "')"


@dataclass(frozen=True, slots=True)
class Lease:
    """A page that this crawl, and no other, fetches now."""

    page_id: int
    url: str
    kind: str
    state: str
    source_id: int  # page of the listing that names it; 0 for the front page
    source_url: str
    source_kind: str
    depth: int  # of a listing: how many lead from the front page to it
    facts: list[Fact]  # what its listing states about it and about the site
    record: str = ""  # address of its REST record, if a REST list names it
    has_parts: bool = False
    is_suspect: bool = False  # the last look found nothing there, or its list no longer names it
    etag: str = ""  # validators and digest of what was read before with the rules of this version; else empty
    last_modified: str = ""
    body_sha256: str = ""
    is_due: bool = True  # no for a front page whose lists are known


def current_crawl(connection: sqlite3.Connection, outlet: str) -> int:
    """Id of the crawl that runs: who holds the outlet's lock began it last."""
    return int(connection.execute("SELECT max(id) FROM crawls WHERE outlet = ?", (outlet,)).fetchone()[0] or 0)


def void_leases(connection: sqlite3.Connection, outlet: str) -> None:
    """Leases of an outlet whose lock is mine belong to a crawl that was killed."""
    connection.execute(
        "UPDATE pages SET leased_by = NULL, leased_until = NULL WHERE outlet = ? AND leased_by IS NOT NULL", (outlet,)
    )


def front_lease(connection: sqlite3.Connection, outlet: str, crawl_id: int, url: str, seen_at: str) -> Lease:
    """The front page, with which every crawl begins."""
    page_id = page_named_by(connection, outlet, Discovered(url, "listing"), None, seen_at)[0]
    (is_due,) = connection.execute("SELECT due_at <= ? FROM pages WHERE id = ?", (seen_at, page_id)).fetchone()
    connection.execute(
        "UPDATE pages SET leased_by = ?, leased_until = ? WHERE id = ?", (crawl_id, later(seen_at, LEASE_S), page_id)
    )
    return replace(_lease(connection, page_id), is_due=is_due is None or bool(is_due))


def lease(
    connection: sqlite3.Connection,
    outlet: str,
    crawl_id: int,
    count: int,
    seen_at: str,
    listings: bool,
    since: str = "",
    is_told: bool = False,
) -> list[Lease]:
    """Up to `count` due pages, the longest due first; none of them is given out again before it is settled.

    None is an article that a list dates before the ISO day `since`; with `is_told`, none that no feed named.
    """
    due = f"outlet = :outlet AND kind IN {LISTING_KINDS} AND due_at <= :moment AND leased_by IS NULL"
    due = due if listings else _due(since, is_told)
    rows = connection.execute(
        "UPDATE pages SET leased_by = :crawl, leased_until = :until WHERE id IN"
        f" (SELECT id FROM pages WHERE {due} ORDER BY due_at, id LIMIT :count) RETURNING id",
        {
            "outlet": outlet,
            "crawl": crawl_id,
            "count": count,
            "moment": seen_at,
            "until": later(seen_at, LEASE_S),
            "since": since,
        },
    ).fetchall()
    return [_lease(connection, page_id) for (page_id,) in sorted(rows)]


def _lease(connection: sqlite3.Connection, page_id: int) -> Lease:
    url, kind, state, attempts, stated, source_id, source_url, source_kind, source_stated = connection.execute(
        "SELECT p.url, p.kind, p.state, p.attempts, p.listed_facts, s.id, s.url, s.kind, s.listed_facts"
        " FROM pages p LEFT JOIN pages s ON s.id = p.discovered_from WHERE p.id = ?",
        (page_id,),
    ).fetchone()
    others = connection.execute("SELECT url, kind FROM urls WHERE page_id = ?", (page_id,)).fetchall()
    records = (other for other, what in others if what == "record" and _is_record_of(other, source_url or ""))
    record = next(records, "") if source_kind == "rest" else ""
    door = "rest" if record else DOORS[kind]
    digest, etag, modified = connection.execute(
        "SELECT body_sha256, etag, last_modified FROM captures WHERE page_id = ? AND door = ? AND parsed_by = ?",
        (page_id, door, RULES_VERSION),
    ).fetchone() or ("", "", "")
    return Lease(
        page_id, url, kind, state, source_id or 0, source_url or "", source_kind or "",
        _depth(connection, page_id) if kind in LISTINGS else 0, [*facts_from_json(stated), *facts_from_json(source_stated)],
        record, any(what == "part" for _, what in others), attempts > 0, etag or "", modified or "", digest,
    )  # fmt: skip


def _is_record_of(record: str, list_url: str) -> bool:
    """Is the record behind the same door as the list? A site may have had another one before: `/wp-json/`, `?rest_route=`."""
    path, door = record.partition("?")[0], list_url.partition("?")[0]
    return door in (path, path.rpartition("/")[0])


def _depth(connection: sqlite3.Connection, page_id: int) -> int:
    return int(connection.execute(
        "WITH RECURSIVE above(id, n) AS (SELECT ?, 0 UNION ALL SELECT p.discovered_from, n + 1 FROM above JOIN pages p"
        " ON p.id = above.id WHERE p.discovered_from IS NOT NULL AND n < 20) SELECT max(n) FROM above",
        (page_id,),
    ).fetchone()[0])  # fmt: skip


def note_old_pages(connection: sqlite3.Connection, outlet: str, since: str) -> None:
    """Article pages that a list dates before the ISO day `since`, for what this connection asks with a day from now on.

    To be called when lists were stored: telling it anew for each page took half a second where 50,000 are due. The connection
    knows `stated_change` of readers/times.py.
    """
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS old_pages (id INTEGER PRIMARY KEY)")
    connection.execute("DELETE FROM temp.old_pages")
    connection.execute(
        "INSERT INTO temp.old_pages SELECT id FROM pages WHERE outlet = :outlet AND kind = 'article' AND due_at IS NOT NULL"
        " AND (listed_modified < :since OR EXISTS (SELECT 1 FROM json_each(listed_facts) f"
        " WHERE f.value ->> 0 = 'date_published' AND nullif(stated_change(f.value ->> 1), '') < :since))",
        {"outlet": outlet, "since": since},
    )


def count_due(connection: sqlite3.Connection, outlet: str, seen_at: str, since: str = "", is_told: bool = False) -> int:
    """Article pages that are due and not being fetched: those since an ISO day, or that a feed named, if asked."""
    values = {"outlet": outlet, "moment": seen_at, "since": since}
    return int(connection.execute(f"SELECT count(*) FROM pages WHERE {_due(since, is_told)}", values).fetchone()[0])


def due_articles(connection: sqlite3.Connection, outlet: str, seen_at: str, limit: int, since: str = "") -> list[str]:
    """Addresses of the next of them."""
    query = f"SELECT url FROM pages WHERE {_due(since)} ORDER BY due_at, id LIMIT :limit"
    values = {"outlet": outlet, "moment": seen_at, "limit": limit, "since": since}
    return [url for (url,) in connection.execute(query, values)]


def _due(since: str, is_told: bool = False) -> str:
    return _DUE + (_RECENT if since else "") + (_TOLD if is_told else "")


def has_due_feed(connection: sqlite3.Connection, outlet: str, seen_at: str) -> bool:
    """Is a feed, or a further page of one, due and not being fetched?"""
    query = "SELECT EXISTS (SELECT 1 FROM pages WHERE outlet = ? AND kind = 'feed' AND due_at <= ? AND leased_by IS NULL)"
    return bool(connection.execute(query, (outlet, seen_at)).fetchone()[0])


def has_articles(connection: sqlite3.Connection, outlet: str) -> bool:
    """Is any article page of the outlet known?"""
    query = "SELECT EXISTS (SELECT 1 FROM pages WHERE outlet = ? AND kind = 'article')"
    return bool(connection.execute(query, (outlet,)).fetchone()[0])


def not_due(connection: sqlite3.Connection, outlet: str, crawl_id: int) -> int:
    """Article pages with a text that this crawl had no reason to ask for."""
    query = (
        "SELECT count(*) FROM pages WHERE outlet = ? AND kind = 'article' AND state IN ('stored', 'unchanged')"
        " AND crawl_id IS NOT ?"
    )
    return int(connection.execute(query, (outlet, crawl_id)).fetchone()[0])
