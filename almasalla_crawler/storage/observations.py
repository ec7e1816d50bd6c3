"""An article as a page shows it: the first time, again, edited, older, on a stronger page.

What is stored does not depend on the order in which pages are read: see identity, texts and values.
"""

import json
import sqlite3
from dataclasses import dataclass

from almasalla_crawler.items import Article, Page
from almasalla_crawler.storage.changes import refresh_changes
from almasalla_crawler.storage.identity import find_article, find_same, misplaced_copies
from almasalla_crawler.storage.mentions import resolve_links
from almasalla_crawler.storage.merge import merge_articles
from almasalla_crawler.storage.pairs import pair_again, pair_new
from almasalla_crawler.storage.texts import Texts
from almasalla_crawler.storage.values import VALUES, columns_of, insert_list, joined, refresh_values, said_by
from almasalla_crawler.storage.wordings import text_of

_TEXT = (
    "body",
    "block_roles",
    "body_key",
    "paragraph_count",
    "word_count",
    "fingerprint",
    "text_rank",
    "text_page_id",
    "text_title",
)
_INSERT_ARTICLE = (
    f"INSERT INTO articles ({', '.join(_TEXT + VALUES)}, url, first_seen_at, observed_at)"
    f" VALUES ({', '.join('?' * (len(_TEXT) + len(VALUES) + 3))})"
)
_SHOWN = ("position", "title", "fingerprint", "first_line", "last_line", "crawl_id", "capture_id")
_INSERT_APPEARANCE = (
    f"INSERT INTO appearances (page_id, article_id, role, {', '.join(_SHOWN)}, said, first_seen_at, last_seen_at)"
    f" VALUES ({', '.join('?' * (len(_SHOWN) + 6))})"
    " ON CONFLICT (page_id, article_id, role) DO UPDATE SET last_seen_at = excluded.last_seen_at, said = excluded.said"
)
_UPSERT_APPEARANCE = _INSERT_APPEARANCE + "".join(f", {name} = excluded.{name}" for name in _SHOWN)

_APPEARANCE = (
    "SELECT p.said, c.observed_at, c.door FROM appearances p LEFT JOIN captures c ON c.id = p.capture_id"
    " WHERE p.page_id = ? AND p.article_id = ? AND p.role = ?"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a page."""

    page_id: int
    capture_id: int
    reread: bool  # the same bytes, read with newer rules
    latest: bool  # no other capture of the page was observed later
    first: bool  # the page had none before
    replaced: bool = False  # other bytes behind this door at the same moment: a file edited while its saved_at stayed


class Observations:
    """What the pages of a crawl show. `retitled` collects headlines that mean another article now, or none."""

    def __init__(self, connection: sqlite3.Connection, crawl_id: int | None, near_duplicates: bool = True) -> None:
        self.connection = connection
        self.crawl_id = crawl_id
        self.near_duplicates = near_duplicates
        self.retitled: set[str] = set()

    def observe(self, page: Page, reading: Reading, article: Article, seen_at: str) -> None:
        """Stores one article of a page; sets its id and outcome."""
        known = find_article(self.connection, None if reading.first else reading.page_id, article)
        if known is None:
            self._insert(page, reading, article, seen_at)
        else:
            self._meet(page, reading, article, known, seen_at)

    def _insert(self, page: Page, reading: Reading, article: Article, seen_at: str) -> None:
        text, columns = text_of(article, page, reading.page_id), columns_of(article)
        values = (text.body, text.block_roles, article.body_key, article.paragraph_count, article.word_count, text.fingerprint,
                  text.rank, text.page_id, text.title, *columns.values(), article.url, seen_at, page.observed_at)  # fmt: skip
        article.id = self.connection.execute(_INSERT_ARTICLE, values).lastrowid or 0
        article.outcome = "new"
        insert_list(self.connection, "authors", [(article.id, *pair) for pair in enumerate(article.authors)])
        insert_list(self.connection, "keywords", [(article.id, n, *pair) for n, pair in enumerate(article.keywords)])
        self._appear(page, reading, article, seen_at)
        if article.title_key:
            self.retitled.add(article.title_key)
        if article.own_site or self.near_duplicates:  # a copy on another page is the article it copies
            pair_new(self.connection, article.id, article.sketch if self.near_duplicates else None)
        if article.own_site:
            self._settle_copies(article)

    def _meet(self, page: Page, reading: Reading, article: Article, known: int, seen_at: str) -> None:
        article.id = known
        query = "SELECT fingerprint, url, body_key, publisher, date_published_date FROM articles WHERE id = ?"
        before = self.connection.execute(query, (known,)).fetchone()
        if article.own_site:
            self.connection.execute("UPDATE articles SET url = ? WHERE id = ? AND url IS NULL", (article.url, known))
        read_before = self._read_before(page, reading, article)
        texts, text = Texts(self.connection, known, self.crawl_id), text_of(article, page, reading.page_id)
        added = False
        if read_before and read_before != article.fingerprint:
            texts.overwrite(read_before, text)
        else:
            added = texts.add(text, reading.reread, reading.replaced)
        after = self.connection.execute(query, (known,)).fetchone()
        changed = after[0] != before[0] or texts.retitled
        article.outcome = "revised" if changed and not reading.reread else "older" if added else "known"
        self._appear(page, reading, article, seen_at)
        if added:
            article.id = self._join_with_same(article)
        self.retitled |= refresh_values(self.connection, article.id)
        after = self.connection.execute(query, (article.id,)).fetchone()
        if added or after != before or article.id != known:
            pair_again(self.connection, article.id, self.near_duplicates)
        refresh_changes(self.connection, article.id, reading.reread)
        if added or after[1] != before[1]:
            self._settle_copies(article)

    def _appear(self, page: Page, reading: Reading, article: Article, seen_at: str) -> None:
        """Where the article stands on the page: as the latest observed capture that shows it there has it."""
        said, latest = said_by(article, page.observed_at), True
        if not reading.first:
            row = self.connection.execute(_APPEARANCE, (reading.page_id, article.id, article.role)).fetchone()
            before = json.loads(row[0]) if row else {}
            latest = row is None or (page.observed_at, page.door) >= (row[1] or "", row[2] or "")
            if reading.reread or reading.replaced:  # what was read of this moment before is void
                before = {name: entry for name, entry in before.items() if entry[0] != page.observed_at}
            said = joined(before, said)
        numbers = [line.number for line in article.lines] or [0]
        self.connection.execute(
            _UPSERT_APPEARANCE if latest else _INSERT_APPEARANCE,
            (reading.page_id, article.id, article.role, article.position, article.title, article.fingerprint, min(numbers),
             max(numbers), self.crawl_id, reading.capture_id, json.dumps(said, ensure_ascii=False), seen_at, seen_at),
        )  # fmt: skip
        if latest:
            self._facts(reading, article)

    def _facts(self, reading: Reading, article: Article) -> None:
        facts = [(article.id, reading.page_id, f.field, f.value, f.raw, f.source, int(f.chosen)) for f in article.facts]
        if not reading.first:  # a page has one reading of an article: the latest
            self.connection.execute("DELETE FROM facts WHERE article_id = ? AND page_id = ?", (article.id, reading.page_id))
        insert_list(self.connection, "facts", list(dict.fromkeys(facts)))

    def _read_before(self, page: Page, reading: Reading, article: Article) -> str | None:
        """Fingerprint of what older rules read in these bytes, if they are read again."""
        if not reading.reread:
            return None
        row = self.connection.execute(
            "SELECT fingerprint FROM appearances WHERE page_id = ?1 AND article_id = ?2 AND role = ?3 AND capture_id = ?4"
            " UNION ALL SELECT fingerprint FROM revisions WHERE article_id = ?2 AND page_id = ?1 AND observed_at = ?5"
            " AND changed = 'text'",
            (reading.page_id, article.id, article.role, reading.capture_id, page.observed_at),
        ).fetchone()
        return row[0] if row else None

    def _join_with_same(self, article: Article) -> int:
        """Articles that turn out to have this text too and know no url, or this one knows none: they are one."""
        identifier = article.id or 0
        while (other := find_same(self.connection, identifier, article)) is not None:
            titles = self.connection.execute("SELECT title_key FROM articles WHERE id IN (?, ?)", (identifier, other))
            self.retitled |= {key for (key,) in titles if key}
            identifier = merge_articles(self.connection, identifier, other, self.crawl_id)
        return identifier

    def _settle_copies(self, article: Article) -> None:
        """Copies elsewhere of a text that several own sites have go to the one they credit, whichever was read first."""
        for appearance, page_id, now, home in misplaced_copies(self.connection, article):
            self.connection.execute("UPDATE OR IGNORE appearances SET article_id = ? WHERE id = ?", (home, appearance))
            self.connection.execute("UPDATE facts SET article_id = ? WHERE article_id = ? AND page_id = ?", (home, now, page_id))
            for changed in (now, home):
                self.retitled |= refresh_values(self.connection, changed)
            resolve_links(self.connection, page_id)
