"""Which stored article a text is. Decided inside the transaction that stores the page; the first rule that matches wins.

(a) A main article on its publisher's own site is the article with that url.
(b) Any other page that already had an article in this role and position: that one, if 30 % of its shingles are shared.
(c) The same fingerprint among current texts and revisions, same publisher first. Short bodies skip this: one-sentence
    stubs of different events are often alike.
(d) It is new.
An own-site page adopts a matching article that has no url yet; one with another url stays an article of its own.
"""

import sqlite3
from operator import itemgetter

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.arabic.similarity import shared_shingles
from almasalla_crawler.items import Article

MIN_SHARED = 0.3
MIN_FINGERPRINT_LETTERS = 150


def find_article(connection: sqlite3.Connection, page_id: int | None, article: Article) -> int | None:
    """Id of the stored article that `article` on this page is, None if it is new. `page_id` is None for a new page."""
    if article.own_site:
        row = connection.execute("SELECT id FROM articles WHERE url = ?", (article.url,)).fetchone()
        if row:
            return int(row[0])
    known = _same_place(connection, page_id, article) if page_id is not None else None
    return known if known is not None else _same_text(connection, article)


def find_same_without_url(connection: sqlite3.Connection, article: Article) -> int | None:
    """Id of another article that has had the text of `article`, if one of the two has no url of its own."""
    if len(article.body_key.replace(" ", "")) < MIN_FINGERPRINT_LETTERS:
        return None
    mine = connection.execute("SELECT url FROM articles WHERE id = ?", (article.id,)).fetchone()[0]
    others = (row for row in _having_text(connection, article.fingerprint) if row[0] != article.id)
    return next((int(row[0]) for row in others if row[1] is None or mine is None), None)


def _having_text(connection: sqlite3.Connection, fingerprint: str) -> list[tuple[int, str | None, str | None]]:
    """Id, url and publisher of the articles that have this text, or had it once."""
    now = connection.execute("SELECT id, url, publisher FROM articles WHERE fingerprint = ?", (fingerprint,))
    once = connection.execute(
        "SELECT a.id, a.url, a.publisher FROM revisions r JOIN articles a ON a.id = r.article_id WHERE r.fingerprint = ?",
        (fingerprint,),
    )
    return sorted({*now, *once}, key=itemgetter(0))


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
    if len(article.body_key.replace(" ", "")) < MIN_FINGERPRINT_LETTERS:
        return None
    rows = _having_text(connection, article.fingerprint)
    publisher = search_key(article.publisher or "")
    same = [row for row in rows if publisher and search_key(row[2] or "") == publisher]
    if article.own_site:
        adoptable = [row for row in same or rows if row[1] is None and (row in same or row[2] is None or not publisher)]
        return int(adoptable[0][0]) if adoptable else None
    found = same or rows
    return int(found[0][0]) if found else None
