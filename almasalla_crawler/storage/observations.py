"""Texts and values of an article as pages show them: the first time, again, edited, older, on a stronger page.

The outcome does not depend on the order in which pages are read. Texts go by the time they were observed; values
(headline, dates, publisher ...) by the rank of the page, then by time. Null never replaces a value.
"""

import json
import sqlite3
from typing import Any

from almasalla_crawler.items import Article, Page
from almasalla_crawler.storage.copies import pair_copies
from almasalla_crawler.storage.identity import find_same_without_url
from almasalla_crawler.storage.merge import merge_articles

_OWN_SITE, _MAIN_ELSEWHERE, _RELATED = 3, 2, 1
_TEXT = ("body", "block_roles", "body_key", "paragraph_count", "word_count", "fingerprint")
# Values that a page of a higher rank may replace; null never replaces anything.
_VALUES = (
    "publisher", "title", "title_source", "title_key", "date_published_raw", "date_published_date", "date_published_utc",
    "date_published_precision", "date_published_rule", "date_modified_utc", "dateline_place", "dateline_agency", "credit",
    "section", "language", "image_url",
)  # fmt: skip
_DATE = frozenset(name for name in _VALUES if name.startswith("date_published"))
_INSERT_ARTICLE = (
    f"INSERT INTO articles ({', '.join(_TEXT + _VALUES)}, url, first_seen_at, observed_at)"
    f" VALUES ({', '.join('?' * (len(_TEXT) + len(_VALUES) + 3))})"
)


class Observations:
    def __init__(self, connection: sqlite3.Connection, crawl_id: int | None) -> None:
        self.connection = connection
        self.crawl_id = crawl_id

    def insert(self, page: Page, article: Article, seen_at: str) -> None:
        values = [_column(article, name) for name in _TEXT + _VALUES]
        cursor = self.connection.execute(_INSERT_ARTICLE, (*values, article.url, seen_at, page.observed_at))
        article.id, article.outcome = cursor.lastrowid, "new"
        if article.own_site:
            pair_copies(self.connection, article.id or 0)

    def meet(self, page: Page, page_id: int, article: Article, reread: bool) -> None:
        """Writes what an article known as `article.id` shows on this page; sets its outcome: known, revised or older.

        `reread`: the same bytes were read before, with other rules. The id changes when the text shows that two
        articles are one.
        """
        names = ("url", "observed_at", *_TEXT, *_VALUES)
        row = self.connection.execute(f"SELECT {', '.join(names)} FROM articles WHERE id = ?", (article.id,)).fetchone()
        current = dict(zip(names, row, strict=True))
        rank, current_rank = _rank(article), self._rank_of(article.id, current)
        stronger = (rank, page.observed_at) >= (current_rank, current["observed_at"])
        changes = _new_values(article, current, stronger)
        article.outcome = "known"
        if article.fingerprint != current["fingerprint"]:
            changes |= self._new_text(page, page_id, article, current, reread)
        elif (
            rank > current_rank
            or (article.own_site and self._fingerprint_shown(page_id, article) != article.fingerprint)
            or (rank == current_rank and page.observed_at > current["observed_at"])
        ):  # the same text but for its dateline or punctuation: as the stronger page has it, and as of then
            changes |= _text_of(article) | {"observed_at": page.observed_at}
        if article.own_site and current["url"] is None:
            changes["url"] = article.url
        if changes:
            assignments = ", ".join(f"{name} = ?" for name in changes)
            self.connection.execute(f"UPDATE articles SET {assignments} WHERE id = ?", (*changes.values(), article.id))
        if "title_key" in changes and article.outcome == "known":
            article.outcome = "retitled"
        if article.outcome in ("revised", "older"):
            self._join_with_same(article)
        if article.outcome == "revised" or "url" in changes:
            pair_copies(self.connection, article.id or 0)

    def _join_with_same(self, article: Article) -> None:
        """A text that another article has too, one that knows no url: they are one article, met on different ways."""
        other = find_same_without_url(self.connection, article)
        if other is not None:
            article.id = merge_articles(self.connection, article.id or 0, other, self.crawl_id)

    def _rank_of(self, article_id: int | None, current: dict[str, Any]) -> int:
        if current["url"]:
            return _OWN_SITE
        query = "SELECT 1 FROM appearances WHERE article_id = ? AND role = 'main'"
        return _MAIN_ELSEWHERE if self.connection.execute(query, (article_id,)).fetchone() else _RELATED

    def _new_text(self, page: Page, page_id: int, article: Article, current: dict[str, Any], reread: bool) -> dict[str, Any]:
        """Changes of the current text; sets the outcome. Copies that lag behind do not turn an edit back."""
        shown = self._fingerprint_shown(page_id, article)
        if reread:  # no revision: the page said the same before
            return _text_of(article) if shown == current["fingerprint"] else {}
        if self._is_revision(article) and (not article.own_site or shown == article.fingerprint):
            return {}
        if page.observed_at >= current["observed_at"]:
            article.outcome = "revised"
            self._revision(article.id, current["observed_at"], current["title"], current["body"], current["fingerprint"])
            self.connection.execute(
                "DELETE FROM revisions WHERE article_id = ? AND fingerprint = ?", (article.id, article.fingerprint)
            )
            return _text_of(article) | {"observed_at": page.observed_at}
        article.outcome = "older"
        self._revision(article.id, page.observed_at, article.title, article.body, article.fingerprint, article.own_site)
        return {}

    def _fingerprint_shown(self, page_id: int, article: Article) -> str | None:
        row = self.connection.execute(
            "SELECT fingerprint FROM appearances WHERE page_id = ? AND article_id = ? AND role = ?",
            (page_id, article.id, article.role),
        ).fetchone()
        return row[0] if row else None

    def _is_revision(self, article: Article) -> bool:
        query = "SELECT 1 FROM revisions WHERE article_id = ? AND fingerprint = ?"
        return self.connection.execute(query, (article.id, article.fingerprint)).fetchone() is not None

    def _revision(
        self, article_id: int | None, observed_at: str, title: str | None, body: str, fingerprint: str, own_site: bool = False
    ) -> None:
        verb = "INSERT OR REPLACE" if own_site else "INSERT OR IGNORE"  # its publisher's wording of it counts
        self.connection.execute(
            f"{verb} INTO revisions (article_id, crawl_id, observed_at, title, body, fingerprint) VALUES (?,?,?,?,?,?)",
            (article_id, self.crawl_id, observed_at, title, body, fingerprint),
        )


def _rank(article: Article) -> int:
    return _OWN_SITE if article.own_site else _MAIN_ELSEWHERE if article.role == "main" else _RELATED


def _text_of(article: Article) -> dict[str, Any]:
    return {name: _column(article, name) for name in _TEXT}


def _new_values(article: Article, current: dict[str, Any], stronger: bool) -> dict[str, Any]:
    """Values that fill a gap, or come from a page at least as strong. A date moves as a whole."""
    new = {name: _column(article, name) for name in _VALUES}
    changes = {
        name: value
        for name, value in new.items()
        if name not in _DATE and value is not None and value != current[name] and (stronger or current[name] is None)
    }
    if new["date_published_date"] and (stronger or current["date_published_date"] is None):
        changes |= {name: new[name] for name in _DATE if new[name] != current[name]}
    return changes


def _column(article: Article, name: str) -> Any:
    value = getattr(article, name)
    return json.dumps(value) if name == "block_roles" else value or None if name == "title_key" else value
