"""What a list's word does to the pages it names: new rows, and known ones that are due again."""

import sqlite3

from almasalla_crawler.items import LISTINGS, Discovered, Fact
from almasalla_crawler.storage.facts import facts_as_json, facts_from_json
from almasalla_crawler.storage.spellings import add_spellings, page_at, relocate

MAX_ALIKE = 10  # entries of a list with one and the same time of change; more say when the list was made
MAX_RETOLD = 3  # likewise of a short list without such times; where more than half of them changed, so do adverts in its texts
_RANKED = "listing feed sitemap rest"  # by how much they tell; a page belongs to the best list that names it


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
        page_id, is_new = page_named_by(connection, outlet, entry, source_id, seen_at, crawl_id)
        new += is_new and entry.kind == "article"
        if not is_new:
            _update(connection, page_id, entry, source_id, crawl_id, seen_at, says_nothing, entry.url in retold)
        add_spellings(connection, page_id, entry.spellings)
    return new


def _retold(connection: sqlite3.Connection, entries: list[Discovered]) -> set[str]:
    """Pages of which a list without times of change tells something else than before; none, if it does so of most."""
    told = [entry for entry in entries if entry.digest]
    query = "SELECT 1 FROM pages WHERE url = ? AND listed_digest <> ? AND http_status IS NOT NULL"
    retold = {entry.url for entry in told if connection.execute(query, (entry.url, entry.digest)).fetchone()}
    return retold if len(retold) <= max(MAX_RETOLD, len(told) // 2) else set()


def page_named_by(
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
    crawl_id: int | None,
    seen_at: str,
    says_nothing: bool,
    is_retold: bool,
) -> None:
    """A known page is due if it was never fetched, is back, or changed by what its listing states. Listings decide themselves.

    The first time of change that is stated is compared with when the page was seen. Of a listing one look in a crawl is enough:
    sections name each other, and with an advert that changes they would never come to an end.
    """
    if entry.kind in LISTINGS:
        condition = "(?3 IS NULL OR listed_modified IS NULL OR ?3 > listed_modified OR http_status IS NULL)"
        looked = connection.execute("SELECT 1 FROM pages WHERE id = ? AND crawl_id = ?", (page_id, crawl_id)).fetchone()
        condition = "0" if looked else condition
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
    together = facts_as_json([*facts, *(fact for fact in facts_from_json(stated) if fact.source not in sources)])
    if together != stated:
        connection.execute("UPDATE pages SET listed_facts = ? WHERE id = ?", (together, page_id))
