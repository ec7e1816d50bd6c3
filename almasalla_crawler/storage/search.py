"""The search: articles whose headline or text holds the words of a query in any of their forms, the best or the newest first."""

import sqlite3
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from almasalla_crawler.arabic.highlights import Parts, excerpt, highlighted, is_written
from almasalla_crawler.arabic.queries import Query, Term, match_of, match_string, parse_query
from almasalla_crawler.storage.filters import IS_MAIN, Filters, read_filters
from almasalla_crawler.storage.relevance import Keys, scores
from almasalla_crawler.storage.snapshot import snapshot

RANKED = 200  # hits that are compared with each other: those with all words in the headline, and the ones stored last
COUNTED = 10_000  # hits that are counted
_AMONG_NEWEST = 20_000  # articles; a word of which fewer than a hundredth have it is as quickly looked for among all
# The day before which none of the newest articles up to a day was published, and the first of them to be stored.
_NEWEST = (
    "SELECT min(day), min(id) FROM (SELECT date_published_date AS day, id FROM articles WHERE day <= ? ORDER BY day DESC LIMIT ?)"
)
_HIT = f"""
SELECT a.id, a.title, a.body, a.publisher, a.date_published_date AS date, iif({IS_MAIN}, 'main', 'related') AS role,
       ifnull(a.url, (SELECT g.url FROM appearances p JOIN pages g ON g.id = p.page_id WHERE p.article_id = a.id
                      ORDER BY p.role, p.id LIMIT 1)) AS url
FROM articles a WHERE a.id = ?
"""
_Found = dict[int, Keys]  # by id of the article


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found."""

    id: int
    title: str | None
    publisher: str | None
    date: str | None  # ISO day
    role: str  # main, or related if no page shows it as its main article
    url: str | None  # on its own site, else of a page that shows it
    title_parts: Parts
    excerpt_parts: Parts


@dataclass(frozen=True, slots=True)
class Results:
    total: int | None  # None: more than COUNTED
    hits: list[Hit]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query as SQL: what FTS5 is asked, and the conditions on articles."""

    match: str
    in_title: str
    filters: Filters


def search(connection: sqlite3.Connection, text: str, *, publisher: str | None = None, since: str | None = None,
           until: str | None = None, role: str | None = None, section: str | None = None, limit: int = 20, offset: int = 0,
           recent: bool = False) -> Results:  # fmt: skip
    """Finds articles. `publisher` and `section` in any spelling; `since` and `until` are days, months or years, both included.

    The best first: see relevance; `recent`: by date. Of more than RANKED hits, those stored last and those with all words in the
    headline are compared, and forms that share a key with another word are not asked for: telling them apart takes the text.
    Raises QueryError if nothing can be looked up.
    """
    query = parse_query(text)
    with _snapshot(connection):
        filters = read_filters(connection, publisher, since, until, role, section)
        known = _known(connection, query.forms)
        asked = _asked(query, known, filters)
        if asked is None:
            return Results(0, [])
        limit, offset = min(limit if limit >= 0 else COUNTED, COUNTED), max(0, min(offset, COUNTED))
        ids = _ids(connection, asked, asked.match, RANKED + 1)
        are_all = len(ids) <= RANKED
        if not are_all:
            asked = _asked(query, known & query.sure_forms, filters) or asked
            counted = _ids(connection, asked, asked.match, COUNTED + 1)
            most = max(RANKED, offset + limit)
            ids = _newest_ids(connection, asked, most) if recent else _in_title_first(connection, asked, counted[:most])
        found = _spelled_so(connection, query, _keys(connection, ids[:RANKED]))
        compared = _newest(found) if recent else _ranked(connection, query.wanted, known, found)
        shown = [*compared, *ids[RANKED:]][offset : offset + limit]
        found |= _spelled_so(connection, query, _keys(connection, [one for one in shown if one not in found]))
        hits = [_hit(connection, one, query.wanted) for one in shown if one in found]
        return Results(len(compared) if are_all else len(counted) if len(counted) <= COUNTED else None, hits)


@contextmanager
def _snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """All statements inside see the database as it is now, whatever a crawl writes meanwhile."""
    if connection.in_transaction:
        yield
        return
    with snapshot(connection):
        yield


def _asked(query: Query, known: Collection[str], filters: Filters) -> _Asked | None:
    """None if a word of the query stands nowhere."""
    match, in_title = match_string(query, known), match_string(query, known, "title_key")
    return None if match is None or in_title is None else _Asked(match, in_title, filters)


def _known(connection: sqlite3.Connection, forms: Iterable[str]) -> set[str]:
    """Those of the forms that stand in the index: a walk over both in order, which leaps over what only one of them has."""
    wanted, known, place = sorted(forms), set(), 0
    while place < len(wanted):
        query = "SELECT term FROM articles_words WHERE term >= ? ORDER BY term LIMIT 1"
        row = connection.execute(query, (wanted[place],)).fetchone()
        if row is None:
            break
        if row[0] == wanted[place]:
            known.add(row[0])
            place += 1
        else:
            place = bisect_left(wanted, row[0], place)
    return known


def _ids(connection: sqlite3.Connection, asked: _Asked, match: str, limit: int) -> list[int]:
    """Ids of the first hits, the last stored first."""
    query = f"SELECT articles_fts.rowid FROM {_from(asked)} ORDER BY articles_fts.rowid DESC LIMIT ?"
    return [row[0] for row in connection.execute(query, (match, *asked.filters.values, limit))]


def _in_title_first(connection: sqlite3.Connection, asked: _Asked, ids: list[int]) -> list[int]:
    return list(dict.fromkeys([*_ids(connection, asked, asked.in_title, RANKED // 2), *ids]))


def _newest_ids(connection: sqlite3.Connection, asked: _Asked, limit: int) -> list[int]:
    """Ids of the first hits by date, looked for among the newest articles first: the index of words has no dates."""
    day, first = connection.execute(_NEWEST, (asked.filters.until or "9999", _AMONG_NEWEST)).fetchone()
    ids = _by_date(connection, asked, limit, " AND articles_fts.rowid >= ? AND a.date_published_date > ?", first, day)
    return ids if len(ids) == limit else _by_date(connection, asked, limit)


def _by_date(connection: sqlite3.Connection, asked: _Asked, limit: int, condition: str = "", *values: Any) -> list[int]:
    order = "a.date_published_date IS NULL, a.date_published_date DESC, a.id DESC"
    query = f"SELECT articles_fts.rowid FROM {_from(asked, True)}{condition} ORDER BY {order} LIMIT ?"
    return [row[0] for row in connection.execute(query, (asked.match, *asked.filters.values, *values, limit))]


def _from(asked: _Asked, articles: bool = False) -> str:
    """The index that holds all a condition asks, read instead of the articles: their texts fill several pages each."""
    given = asked.filters
    join = (
        " CROSS JOIN articles a INDEXED BY articles_facets ON a.id = articles_fts.rowid" if given.conditions or articles else ""
    )
    return f"articles_fts{join} WHERE articles_fts MATCH ?{given.among}{given.conditions}"


def _spelled_so(connection: sqlite3.Connection, query: Query, found: _Found) -> _Found:
    """Without the articles that hold only another word with the key of a form, such as مكتبة for his مكتب."""
    unsure = [(term.doubtful, term.sure) for term in query.wanted if term.doubtful]
    unwanted = [term.doubtful for term in query.unwanted if term.doubtful]

    def is_right(article_id: int, keys: Keys) -> bool:
        needed = [forms for forms, sure in unsure if sure.isdisjoint(keys.title) and sure.isdisjoint(keys.body)]
        suspected = [forms for forms in unwanted if not forms.keys().isdisjoint((*keys.title, *keys.body))]
        text = _text(connection, article_id) if needed or suspected else ""
        return all(is_written(forms, text) for forms in needed) and not any(is_written(forms, text) for forms in suspected)

    return {one: keys for one, keys in found.items() if is_right(one, keys)}


def _ranked(connection: sqlite3.Connection, terms: list[Term], known: Collection[str], found: _Found) -> list[int]:
    """The best first; of equals the newest."""
    total = connection.execute("SELECT max(id) FROM articles").fetchone()[0] or 1
    found_in = [_found_in(connection, term, known) for term in terms] if len(terms) > 1 else [1]
    worth = dict(zip(found, scores(terms, found_in, list(found.values()), total), strict=True))
    return sorted(found, key=lambda one: (round(worth[one], 6), found[one].date, one), reverse=True)


def _newest(found: _Found) -> list[int]:
    """By date, those without one last."""
    return sorted(found, key=lambda one: (found[one].date, one), reverse=True)


def _found_in(connection: sqlite3.Connection, term: Term, known: Collection[str]) -> int:
    """How many articles have a term, at most COUNTED: beyond, all words are common."""
    query = "SELECT count(*) FROM (SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? LIMIT ?)"
    return int(connection.execute(query, (match_of(term, known), COUNTED)).fetchone()[0])


def _keys(connection: sqlite3.Connection, ids: list[int]) -> _Found:
    query = "SELECT ifnull(title_key, ''), body_key, ifnull(date_published_date, '') FROM articles WHERE id = ?"
    rows = ((one, connection.execute(query, (one,)).fetchone()) for one in ids)
    return {one: Keys(title.split(), body.split(), day) for one, (title, body, day) in rows}


def _text(connection: sqlite3.Connection, article_id: int) -> str:
    query = "SELECT ifnull(title, '') || ' ' || body FROM articles WHERE id = ?"
    return str(connection.execute(query, (article_id,)).fetchone()[0])


def _hit(connection: sqlite3.Connection, article_id: int, terms: list[Term]) -> Hit:
    number, title, body, publisher, day, role, url = connection.execute(_HIT, (article_id,)).fetchone()
    return Hit(number, title, publisher, day, role, url, highlighted(terms, title or ""), excerpt(terms, body))
