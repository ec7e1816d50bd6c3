"""The frontier: which pages are due, who fetches them, and what was already read."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from almasalla_crawler import RULES_VERSION
from almasalla_crawler.items import LISTINGS, Discovered, Fact, Page
from almasalla_crawler.storage.crawls import now
from almasalla_crawler.storage.locks import write_lock
from almasalla_crawler.storage.spellings import add_spellings, page_at, relocate

LEASE_S = 3600  # a lease is void earlier if the lock of its outlet is free
MAX_ALIKE = 10  # entries of a list with one and the same time of change; more say when the list was made
DOORS = {"article": "html", "listing": "html", "feed": "feed", "sitemap": "sitemap", "rest": "rest"}  # by kind of page
MAX_RETOLD = 3  # likewise of a short list without such times; where more than half of them changed, so do adverts in its texts
_RANKED = "listing feed sitemap rest"  # by how much they tell; a page belongs to the best list that names it
_DUE = "outlet = :outlet AND kind = 'article' AND due_at <= :moment AND leased_by IS NULL"
_RECENT = " AND id NOT IN (SELECT id FROM temp.old_pages)"  # of `note_old_pages`
_LISTINGS = "('" + "', '".join(sorted(LISTINGS)) + "')"


def unchanged_state(connection: sqlite3.Connection, page: Page, sha256: str) -> str | None:
    """stored or rejected if these bytes were already read behind this door, with the rules of this version and the same
    time and outlet; else None."""
    row = connection.execute(
        "SELECT iif(c.kept_line_count > 0, 'stored', 'rejected') FROM pages p JOIN captures c ON c.page_id = p.id"
        " WHERE p.url = ? AND c.door = ? AND c.body_sha256 = ? AND c.parsed_by = ? AND c.saved_at IS ?"
        " AND coalesce(?, p.outlet) IS p.outlet",
        (page.url, page.door, sha256, RULES_VERSION, page.observed_at if page.now else None, page.outlet),
    ).fetchone()
    return row[0] if row else None


def touch_pages(connection: sqlite3.Connection, path: Path, urls: Iterable[str]) -> None:
    """Unchanged pages were seen now; so were the rejects that concern them. A transaction of its own."""
    rows = [(now(), url) for url in urls]
    with write_lock(path):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("UPDATE pages SET last_seen_at = ? WHERE url = ?", rows)
        connection.executemany("UPDATE rejects SET last_seen_at = ? WHERE url = ?", rows)
        connection.execute("COMMIT")


def outdated_captures(connection: sqlite3.Connection, everything: bool = False) -> Iterator[sqlite3.Row]:
    """Captures that another version of the rules read, or all, with url, outlet and facts of their page. In order of id.

    Read in slices, so that they may be written while they are iterated.
    """
    query = (
        "SELECT c.id, c.door, c.body_sha256, c.observed_at, c.saved_at, c.raw_at, g.url, g.outlet, g.listed_facts,"
        " s.listed_facts AS site_facts FROM captures c JOIN pages g ON g.id = c.page_id AND g.kind = 'article'"
        " LEFT JOIN pages s ON s.id = g.discovered_from WHERE c.id > ? AND (? OR c.parsed_by <> ?)"
        " ORDER BY c.id LIMIT 100"
    )
    last = 0
    while True:
        cursor = connection.cursor()
        cursor.row_factory = sqlite3.Row
        rows = cursor.execute(query, (last, everything, RULES_VERSION)).fetchall()
        if not rows:
            return
        yield from rows
        last = rows[-1]["id"]


def stated_facts(capture: sqlite3.Row) -> list[Fact]:
    """What the list that names a page states about it and about the site, for one of `outdated_captures`."""
    return [*_facts(capture["listed_facts"]), *_facts(capture["site_facts"])]


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


def sources_of(connection: sqlite3.Connection, front: str) -> list[tuple[str, str, int]]:
    """Listings that the front page led to: url, kind, failures in a row."""
    return connection.execute(
        f"SELECT url, kind, attempts FROM pages WHERE kind IN {_LISTINGS}"
        " AND discovered_from = (SELECT id FROM pages WHERE url = ?)",
        (front,),
    ).fetchall()


def wake_sitemaps(connection: sqlite3.Connection, index_id: int, seen_at: str) -> None:
    """Those that an index names without telling whether they changed."""
    connection.execute(
        "UPDATE pages SET due_at = ? WHERE discovered_from = ? AND kind = 'sitemap' AND listed_modified IS NULL",
        (seen_at, index_id),
    )


def lease(
    connection: sqlite3.Connection, outlet: str, crawl_id: int, count: int, seen_at: str, listings: bool, since: str = ""
) -> list[Lease]:
    """Up to `count` due pages, the longest due first; none of them is given out again before it is settled.

    None is an article that a list dates before the ISO day `since`.
    """
    due = f"outlet = :outlet AND kind IN {_LISTINGS} AND due_at <= :moment AND leased_by IS NULL" if listings else _due(since)
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


def _due(since: str) -> str:
    return _DUE + (_RECENT if since else "")


def front_lease(connection: sqlite3.Connection, outlet: str, crawl_id: int, url: str, seen_at: str) -> Lease:
    """The front page, with which every crawl begins."""
    page_id = _row(connection, outlet, Discovered(url, "listing"), None, seen_at)[0]
    (is_due,) = connection.execute("SELECT due_at <= ? FROM pages WHERE id = ?", (seen_at, page_id)).fetchone()
    connection.execute(
        "UPDATE pages SET leased_by = ?, leased_until = ? WHERE id = ?", (crawl_id, later(seen_at, LEASE_S), page_id)
    )
    return replace(_lease(connection, page_id), is_due=is_due is None or bool(is_due))


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
        _depth(connection, page_id) if kind in LISTINGS else 0, [*_facts(stated), *_facts(source_stated)], record,
        any(what == "part" for _, what in others), attempts > 0, etag or "", modified or "", digest,
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


def add(
    connection: sqlite3.Connection,
    outlet: str,
    source_id: int | None,
    entries: list[Discovered],
    crawl_id: int | None,
    seen_at: str,
) -> int:
    """Pages that a listing names; returns how many articles are new. What is new, or changed by what it states, is due now.

    Where all entries of a long list changed in the same second the list was only made anew.
    """
    stamps = {entry.modified for entry in entries}
    says_nothing = len(entries) > MAX_ALIKE and len(stamps) == 1
    retold = _retold(connection, entries)
    new = 0
    for entry in entries:
        page_id, is_new = _row(connection, outlet, entry, source_id, seen_at, crawl_id)
        new += is_new and entry.kind == "article"
        if not is_new:
            _update(connection, page_id, entry, source_id, seen_at, says_nothing, entry.url in retold)
        add_spellings(connection, page_id, entry.spellings)
    return new


def _retold(connection: sqlite3.Connection, entries: list[Discovered]) -> set[str]:
    """Pages of which a list without times of change tells something else than before; none, if it does so of most."""
    told = [entry for entry in entries if entry.digest]
    query = "SELECT 1 FROM pages WHERE url = ? AND listed_digest <> ? AND http_status IS NOT NULL"
    retold = {entry.url for entry in told if connection.execute(query, (entry.url, entry.digest)).fetchone()}
    return retold if len(retold) <= max(MAX_RETOLD, len(told) // 2) else set()


def _row(
    connection: sqlite3.Connection,
    outlet: str,
    entry: Discovered,
    source_id: int | None,
    seen_at: str,
    crawl_id: int | None = None,
) -> tuple[int, bool]:
    """Id of the page that an entry names, and whether it is new. A record that moved takes its page along."""
    page_id = next((known for url in _identities(entry) if (known := page_at(connection, url)) is not None), None)
    if page_id is not None and entry.kind == "article":
        return relocate(connection, page_id, entry.url, crawl_id), False
    if (page_id := page_at(connection, entry.url)) is not None:
        return page_id, False
    cursor = connection.execute(
        "INSERT INTO pages (url, outlet, kind, state, discovered_from, first_seen_at, last_seen_at, due_at, listed_modified,"
        " listed_facts, listed_digest) VALUES (?, ?, ?, 'discovered', ?, ?, ?, ?, ?, ?, ?)",
        (entry.url, outlet, entry.kind, source_id, seen_at, seen_at, seen_at, entry.modified or None, facts_as_json(entry.facts),
         entry.digest or None),
    )  # fmt: skip
    page_id = int(cursor.lastrowid or 0)
    add_spellings(connection, page_id, [(entry.url, "canonical")])
    return page_id, True


def _identities(entry: Discovered) -> list[str]:
    return [url for kind in ("record", "shortlink", "guid") for url, what in entry.spellings if what == kind]


def _update(
    connection: sqlite3.Connection,
    page_id: int,
    entry: Discovered,
    source_id: int | None,
    seen_at: str,
    says_nothing: bool,
    is_retold: bool,
) -> None:
    """A known page is due if it was never fetched, is back, or changed by what its listing states. Listings decide themselves.

    The first time of change that is stated is compared with when the page was seen.
    """
    if entry.kind in LISTINGS:
        condition = "(?3 IS NULL OR listed_modified IS NULL OR ?3 > listed_modified OR http_status IS NULL)"
    else:
        seen = "(SELECT max(observed_at) FROM captures WHERE page_id = ?1)"
        changed = "0" if says_nothing else f"(http_status IS NOT NULL AND ?3 > coalesce(listed_modified, {seen}, ''))"
        changed = "1" if is_retold else changed
        condition = f"(state = 'gone' OR (http_status IS NULL AND attempts = 0) OR {changed})"
    better = (
        "kind = 'article' AND (discovered_from IS NULL OR (SELECT instr(?5, n.kind) > instr(?5, o.kind) FROM pages n, pages o"
        " WHERE n.id = ?4 AND o.id = pages.discovered_from))"
    )
    if entry.facts:
        _add_facts(connection, page_id, entry.facts)
    connection.execute(
        f"UPDATE pages SET last_seen_at = ?2, due_at = iif({condition}, ?2, due_at),"
        " attempts = iif(state = 'gone', 0, attempts),"
        " listed_modified = nullif(max(coalesce(listed_modified, ''), coalesce(?3, '')), ''),"
        f" listed_digest = coalesce(?6, listed_digest), discovered_from = iif({better}, ?4, discovered_from) WHERE id = ?1",
        (page_id, seen_at, entry.modified or None, source_id, _RANKED, entry.digest or None),
    )


def _add_facts(connection: sqlite3.Connection, page_id: int, facts: list[Fact]) -> None:
    """What one list states stands beside what another does; of the same source the latest."""
    (stated,) = connection.execute("SELECT listed_facts FROM pages WHERE id = ?", (page_id,)).fetchone()
    sources = {fact.source for fact in facts}
    together = facts_as_json([*facts, *(fact for fact in _facts(stated) if fact.source not in sources)])
    if together != stated:
        connection.execute("UPDATE pages SET listed_facts = ? WHERE id = ?", (together, page_id))


def suspect(connection: sqlite3.Connection, urls: Iterable[str], seen_at: str) -> None:
    """Stored pages that their list no longer names: that was the first look, the second is due now.

    A page that a sitemap lost and that is there all the same is looked at from time to time, as one that no list names.
    """
    rows = [(seen_at, url) for url in urls]
    connection.executemany(
        "UPDATE pages SET due_at = ?, attempts = max(attempts, 1), discovered_from = (SELECT s.id FROM pages s"
        " WHERE s.id = pages.discovered_from AND s.kind = 'rest') WHERE url = ? AND state <> 'gone'",
        rows,
    )


def named_by(connection: sqlite3.Connection, source_id: int) -> set[str]:
    """Article pages of a list that are not gone."""
    query = "SELECT url FROM pages WHERE discovered_from = ? AND kind = 'article' AND state <> 'gone'"
    return {url for (url,) in connection.execute(query, (source_id,))}


def listed_total(connection: sqlite3.Connection, source_id: int) -> int:
    """Posts that a REST list said it has, also those that are not stored; 0 if it was never read whole."""
    return int(connection.execute("SELECT listed_total FROM pages WHERE id = ?", (source_id,)).fetchone()[0] or 0)


def newest_of(connection: sqlite3.Connection, source_id: int, count: int = 200) -> list[Discovered]:
    """Article pages that a list named last and that are not gone, with what was stated of them."""
    query = (
        "SELECT url, listed_modified, listed_facts FROM pages WHERE discovered_from = ? AND kind = 'article' AND state <> 'gone'"
        " ORDER BY id DESC LIMIT ?"
    )
    rows = connection.execute(query, (source_id, count))
    return [Discovered(url, modified=modified or "", facts=_facts(stated)) for url, modified, stated in rows]


def has_news(connection: sqlite3.Connection, entries: Iterable[Discovered]) -> bool:
    """Does one of these article pages have no row yet, or a change that was not stated before?"""
    query = "SELECT 1 FROM pages WHERE id = ? AND coalesce(listed_modified, '') >= ?"
    for entry in entries:
        if entry.kind == "article":
            page_id = page_at(connection, entry.url)
            if page_id is None or not connection.execute(query, (page_id, entry.modified)).fetchone():
                return True
    return False


def count_due(connection: sqlite3.Connection, outlet: str, seen_at: str, since: str = "") -> int:
    """Article pages that are due and not being fetched; those of the ISO day `since` and later, if it is given."""
    values = {"outlet": outlet, "moment": seen_at, "since": since}
    return int(connection.execute(f"SELECT count(*) FROM pages WHERE {_due(since)}", values).fetchone()[0])


def due_articles(connection: sqlite3.Connection, outlet: str, seen_at: str, limit: int, since: str = "") -> list[str]:
    """Addresses of the next of them."""
    query = f"SELECT url FROM pages WHERE {_due(since)} ORDER BY due_at, id LIMIT :limit"
    values = {"outlet": outlet, "moment": seen_at, "limit": limit, "since": since}
    return [url for (url,) in connection.execute(query, values)]


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


def later(moment: str, seconds: float) -> str:
    """A moment of the database, so many seconds after another."""
    after = datetime.fromisoformat(moment) + timedelta(seconds=seconds)
    return after.isoformat(timespec="seconds").replace("+00:00", "Z")


def _facts(stated: str | None) -> list[Fact]:
    return [Fact(*values) for values in json.loads(stated)] if stated else []


def facts_as_json(facts: list[Fact]) -> str | None:
    values = [(fact.field, fact.value, fact.source, fact.raw) for fact in facts]
    return json.dumps(values, ensure_ascii=False) if values else None
