"""Which stored article a text is. Decided inside the transaction that stores the page; the first rule that matches wins.

(a) A main article on its publisher's own site is the article with that url.
(b) Any other page that already had an article in this role and position: that one, if 30 % of its shingles are shared.
(c) The same fingerprint among current texts and revisions, same publisher first. Short bodies skip this: one-sentence
    stubs of different events are often alike.
(d) It is new.
An own-site page adopts a matching article that has no url yet; one with another url stays an article of its own. A copy
elsewhere belongs to the own site it credits, else to any that has the text: so it does not matter which was read first.
"""

import sqlite3
from collections.abc import Iterator

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.arabic.similarity import shared_shingles
from almasalla_crawler.arabic.sketches import MIN_LETTERS
from almasalla_crawler.items import Article

MIN_SHARED = 0.3
_Candidate = tuple[int, str | None, str | None]  # id, url, publisher


def find_article(connection: sqlite3.Connection, page_id: int | None, article: Article) -> int | None:
    """Id of the stored article that `article` on this page is, None if it is new. `page_id` is None for a new page."""
    if article.own_site:
        row = connection.execute("SELECT id FROM articles WHERE url = ?", (article.url,)).fetchone()
        if row:
            return int(row[0])
    known = _same_place(connection, page_id, article) if page_id is not None else None
    return known if known is not None else _same_text(connection, article)


def find_same(connection: sqlite3.Connection, article_id: int, article: Article) -> int | None:
    """Id of another article that has or had the text of `article`, if one of the two has no url of its own."""
    if _is_short(article):
        return None
    rows = _having_text(connection, article.fingerprint)
    mine = next((row for row in rows if row[0] == article_id), None)
    others = [row for row in rows if row[0] != article_id and (row[1] is None or mine is None or mine[1] is None)]
    return _home(others, article.publisher) if others else None


def misplaced_copies(connection: sqlite3.Connection, article: Article) -> Iterator[tuple[int, int, int, int]]:
    """Copies of this text elsewhere that belong to another own site: id of appearance and page, article now, article to be."""
    own_sites = [row for row in _having_text(connection, article.fingerprint) if row[1] is not None]
    if len(own_sites) < 2 or _is_short(article):
        return
    copies = connection.execute(
        "SELECT p.id, p.page_id, p.article_id, p.said ->> '$.publisher[1]'"
        " FROM articles a JOIN appearances p ON p.article_id = a.id"
        f" JOIN pages g ON g.id = p.page_id WHERE a.id IN ({', '.join('?' * len(own_sites))}) AND p.fingerprint = ?"
        " AND NOT (p.role = 'main' AND g.url = a.url)",
        (*(row[0] for row in own_sites), article.fingerprint),
    ).fetchall()
    for appearance, page_id, now, publisher in copies:
        home = _home(own_sites, publisher)
        if home != now:
            yield appearance, page_id, now, home


def _home(rows: list[_Candidate], publisher: str | None) -> int:
    """The article of the same publisher, else any; one that knows its url before one that does not."""
    key = search_key(publisher or "")
    same = [row for row in rows if key and search_key(row[2] or "") == key]
    return min(same or rows, key=lambda row: (row[1] is None, row[1] or "", row[0]))[0]


def _is_short(article: Article) -> bool:
    return len(article.body_key.replace(" ", "")) < MIN_LETTERS


def _having_text(connection: sqlite3.Connection, fingerprint: str) -> list[_Candidate]:
    """Id, url and publisher of the articles that have this text, or had it once."""
    now = connection.execute("SELECT id, url, publisher FROM articles WHERE fingerprint = ?", (fingerprint,))
    once = connection.execute(
        "SELECT a.id, a.url, a.publisher FROM revisions r JOIN articles a ON a.id = r.article_id WHERE r.fingerprint = ?",
        (fingerprint,),
    )
    return [*{*now, *once}]


def _same_place(connection: sqlite3.Connection, page_id: int, article: Article) -> int | None:
    rows = connection.execute(
        "SELECT a.id, a.fingerprint, p.fingerprint, a.body_key, a.url FROM appearances p JOIN articles a ON a.id = p.article_id"
        " WHERE p.page_id = ? AND p.role = ? AND p.position = ? ORDER BY p.last_seen_at DESC, p.id DESC LIMIT 3",
        (page_id, article.role, article.position),
    )
    for identifier, current, shown, body_key, url in rows:
        if article.own_site and url not in (None, article.url):
            continue
        if article.fingerprint in (current, shown) or shared_shingles(article.body_key, body_key) >= MIN_SHARED:
            return int(identifier)
    return None


def _same_text(connection: sqlite3.Connection, article: Article) -> int | None:
    if _is_short(article):
        return None
    rows = _having_text(connection, article.fingerprint)
    if article.own_site:
        rows = [row for row in rows if row[1] is None]
    return _home(rows, article.publisher) if rows else None
