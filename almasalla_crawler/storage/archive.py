"""Writes pages: one page with its articles, mentions, lines and reject, inside the transaction of its batch."""

import json
import sqlite3
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from almasalla_crawler import RULES_VERSION
from almasalla_crawler.arabic.letters import display_text
from almasalla_crawler.items import Article, Mention, Page, Reject
from almasalla_crawler.storage.identity import find_article
from almasalla_crawler.storage.observations import Observations

EVIDENCE = frozenset({"source", "credit", "disclaimer", "author_box", "marker", "keywords", "byline", "date"})
_KEPT = frozenset({"title", "paragraph", "subheading", "list_item", "dateline"})
_CAPTURE = ("body_sha256", "observed_at", "saved_at", "parsed_by", "encoding", "replaced_chars", "letter_count", "line_count",
            "kept_line_count", "raw_at", "lines")  # fmt: skip
_UPSERT_CAPTURE = (
    f"INSERT INTO captures (page_id, door, {', '.join(_CAPTURE)}) VALUES ({', '.join('?' * (len(_CAPTURE) + 2))})"
    f" ON CONFLICT (page_id, door) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _CAPTURE)} RETURNING id"
)

_INSERT_APPEARANCE = (
    "INSERT INTO appearances (page_id, article_id, role, position, title, fingerprint, first_line, last_line, first_seen_at,"
    " last_seen_at, crawl_id, capture_id) VALUES (?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (page_id, article_id, role) DO UPDATE SET "
)
_SEE_APPEARANCE = _INSERT_APPEARANCE + "last_seen_at = excluded.last_seen_at"
_UPSERT_APPEARANCE = _SEE_APPEARANCE + "".join(
    f", {name} = excluded.{name}"
    for name in ("position", "title", "fingerprint", "first_line", "last_line", "crawl_id", "capture_id")
)


@dataclass(slots=True)
class Stored:
    """What storing a page did."""

    new: int = 0
    revised: int = 0
    superseded: int = 0


@dataclass(slots=True)
class _Capture:
    id: int
    reread: bool  # the same bytes, read with newer rules
    latest: bool  # no other capture of the page was observed later
    first: bool  # the page had none before


class Archive:
    def __init__(self, connection: sqlite3.Connection, crawl_id: int | None) -> None:
        self.connection = connection
        self.crawl_id = crawl_id

    @property
    def observations(self) -> Observations:
        return Observations(self.connection, self.crawl_id)

    def store(self, page: Page, seen_at: str) -> Stored:
        """Writes one page. Runs inside a transaction and a savepoint of the caller."""
        if page.reject is not None:
            self._store_rejected(page, page.reject, seen_at)
            return Stored()
        page_id = self._page(page, "stored", seen_at)
        capture = self._capture(page, page_id)
        stored = Stored()
        for article in page.articles:
            self._article(page, page_id, capture, article, seen_at, stored)
        if capture.latest:
            if not capture.first:
                self.connection.execute("DELETE FROM mentions WHERE page_id = ?", (page_id,))
                self.connection.execute("DELETE FROM lines WHERE page_id = ?", (page_id,))
            self._mentions(page_id, page.mentions)
            self._lines(page_id, page)
        if capture.latest:
            self._resolve_by_url(page_id, page)
        if capture.reread:
            stored.superseded = self._remove_superseded(page_id, capture, [a.id for a in page.articles if a.id])
        return stored

    def reject(self, url: str, reject: Reject, seen_at: str) -> None:
        """A row for something not kept; met again with nothing new to say, only its last_seen_at moves."""
        self.connection.execute(
            "INSERT INTO rejects (crawl_id, url, stage, reason, detail, first_seen_at, last_seen_at) VALUES (?,?,?,?,?,?,?)"
            " ON CONFLICT (url, stage, reason) DO UPDATE SET last_seen_at = excluded.last_seen_at,"
            " count = count + (detail IS NOT excluded.detail), detail = excluded.detail",
            (
                self.crawl_id,
                url.encode("utf-8", "backslashreplace").decode(),
                reject.stage,
                reject.reason,
                display_text(reject.detail)[:500],
                seen_at,
                seen_at,
            ),
        )

    # --- page and capture --------------------------------------------------------------------------------------------

    def _store_rejected(self, page: Page, reject: Reject, seen_at: str) -> None:
        """A page that lost its article keeps the one it had, and its capture stays the one that showed it."""
        self.reject(page.url, reject, seen_at)
        if not page.body_sha256:
            return  # nothing was read: a link that leads out, a file too large
        known = self.connection.execute("SELECT id, state FROM pages WHERE url = ?", (page.url,)).fetchone()
        if known and known[1] == "stored":
            self.connection.execute("UPDATE pages SET last_seen_at = ? WHERE id = ?", (seen_at, known[0]))
            return
        page_id = self._page(page, "rejected", seen_at)
        self._capture(page, page_id)

    def _page(self, page: Page, state: str, seen_at: str) -> int:
        row = self.connection.execute(
            "INSERT INTO pages (url, outlet, kind, state, crawl_id, first_seen_at, last_seen_at) VALUES (?,?,?,?,?,?,?)"
            " ON CONFLICT (url) DO UPDATE SET state = excluded.state, crawl_id = excluded.crawl_id,"
            " last_seen_at = excluded.last_seen_at, outlet = coalesce(excluded.outlet, outlet) RETURNING id",
            (page.url, page.outlet, page.kind, state, self.crawl_id, seen_at, seen_at),
        ).fetchone()
        urls = [(page.url, row[0], "canonical")]
        if page.requested_url and page.requested_url != page.url:
            urls.append((page.requested_url, row[0], "requested"))
        self.connection.executemany("INSERT OR IGNORE INTO urls (url, page_id, kind) VALUES (?,?,?)", urls)
        return int(row[0])

    def _capture(self, page: Page, page_id: int) -> _Capture:
        others = self.connection.execute(
            "SELECT door, body_sha256, parsed_by, observed_at FROM captures WHERE page_id = ?", (page_id,)
        ).fetchall()
        before = next((row for row in others if row[0] == page.door), None)
        lines = [(line.number, line.role, line.rule, line.text, line.article) for line in page.lines]
        packed = zlib.compress(json.dumps(lines, ensure_ascii=False, separators=(",", ":")).encode(), 1)
        kept = sum(line.role in _KEPT for line in page.lines)
        saved_at = page.observed_at if page.now else None
        row = self.connection.execute(
            _UPSERT_CAPTURE,
            (page_id, page.door, page.body_sha256, page.observed_at, saved_at, RULES_VERSION, page.encoding,
             page.replaced_chars, page.letter_count, len(page.lines), kept, page.raw_at, packed),
        ).fetchone()  # fmt: skip
        latest = all((page.observed_at, page.door) >= (row[3] or "", row[0]) for row in others if row[0] != page.door)
        reread = before is not None and before[1] == page.body_sha256 and before[2] != RULES_VERSION
        return _Capture(int(row[0]), reread, latest, first=not others)

    # --- articles ----------------------------------------------------------------------------------------------------

    def _article(self, page: Page, page_id: int, capture: _Capture, article: Article, seen_at: str, stored: Stored) -> None:
        known = find_article(self.connection, None if capture.first else page_id, article)
        if known is None:
            self.observations.insert(page, article, seen_at)
            stored.new += 1
        else:
            article.id = known
            self.observations.meet(page, page_id, article, capture.reread)
            stored.revised += article.outcome == "revised"
        self._appearance(page_id, capture, article, seen_at)
        self._satellites(article)
        if article.outcome != "known":
            self._resolve_by_title(article)

    def _appearance(self, page_id: int, capture: _Capture, article: Article, seen_at: str) -> None:
        """Where the article stands on the page: as its latest observed capture has it, whichever is read last."""
        numbers = [line.number for line in article.lines] or [0]
        self.connection.execute(
            _UPSERT_APPEARANCE if capture.latest else _SEE_APPEARANCE,
            (page_id, article.id, article.role, article.position, article.title, article.fingerprint, min(numbers),
             max(numbers), seen_at, seen_at, self.crawl_id, capture.id),
        )  # fmt: skip

    def _satellites(self, article: Article) -> None:
        """Authors, keywords and facts: those of the page are added to those known."""
        self._append("authors", "name", article.id, [(name,) for name in article.authors])
        self._append("keywords", "keyword, kind", article.id, article.keywords)
        facts = [(article.id, f.field, f.value, f.raw, f.source, int(f.chosen)) for f in article.facts]
        if facts and article.outcome != "new":
            query = "SELECT article_id, field, value, raw, source FROM facts WHERE article_id = ?"
            known = set(self.connection.execute(query, (article.id,)))
            facts = [fact for fact in facts if fact[:5] not in known]
        if facts:
            self.connection.executemany(
                "INSERT INTO facts (article_id, field, value, raw, source, chosen) VALUES (?,?,?,?,?,?)", facts
            )

    def _append(self, table: str, columns: str, article_id: int | None, values: Sequence[tuple[str, ...]]) -> None:
        """Rows the article does not have yet, at the positions behind those it has."""
        if not values:
            return
        known = self.connection.execute(f"SELECT {columns} FROM {table} WHERE article_id = ?", (article_id,)).fetchall()
        new = [value for value in values if value not in known]
        marks = ", ".join("?" * (2 + len(values[0])))
        self.connection.executemany(
            f"INSERT INTO {table} VALUES ({marks})",
            [(article_id, position, *value) for position, value in enumerate(new, len(known))],
        )

    def _remove_superseded(self, page_id: int, capture: _Capture, shown: list[int]) -> int:
        """Newer rules no longer see these articles in these bytes; an article without any appearance left is removed."""
        marks = ",".join("?" * len(shown))
        gone = self.connection.execute(
            f"DELETE FROM appearances WHERE page_id = ? AND capture_id = ? AND article_id NOT IN ({marks}) RETURNING article_id",
            (page_id, capture.id, *shown),
        ).fetchall()
        return remove_unseen(self.connection, [row[0] for row in gone])

    # --- lines and mentions ------------------------------------------------------------------------------------------

    def _lines(self, page_id: int, page: Page) -> None:
        self.connection.executemany(
            "INSERT INTO lines VALUES (?,?,?,?,?)",
            [(page_id, line.number, line.role, line.rule, line.text) for line in page.lines if line.role in EVIDENCE],
        )

    def _mentions(self, page_id: int, mentions: list[Mention]) -> None:
        self.connection.executemany(
            "INSERT INTO mentions VALUES (?,?,?,?,?,?,?)",
            [(page_id, m.position, m.kind, m.title, m.title_key, m.url, self._article_of(m)) for m in mentions],
        )

    def _article_of(self, mention: Mention) -> int | None:
        """The article a mention names: by its url, else by its headline if exactly one article has it."""
        if mention.url:
            row = self.connection.execute(
                "SELECT p.article_id FROM urls u JOIN appearances p ON p.page_id = u.page_id AND p.role = 'main' WHERE u.url = ?"
                " ORDER BY p.last_seen_at DESC LIMIT 1",
                (mention.url,),
            ).fetchone()
            if row:
                return int(row[0])
        if mention.kind == "link" or not mention.title_key:
            return None
        rows = self._titled(mention.title_key)
        return rows[0] if len(rows) == 1 else None

    def _titled(self, title_key: str) -> list[int]:
        query = "SELECT id FROM articles WHERE title_key IS NOT NULL AND replace(title_key, ' ', '') = ? LIMIT 2"
        return [row[0] for row in self.connection.execute(query, (title_key.replace(" ", ""),))]

    def _resolve_by_title(self, article: Article) -> None:
        """Open mentions of this headline find their article; a headline that two articles share is open again."""
        if not article.title_key:
            return
        titled = self._titled(article.title_key)
        self.connection.execute(
            "UPDATE mentions SET article_id = ?1 WHERE replace(title_key, ' ', '') = ?2 AND kind <> 'link'"
            " AND article_id IS NOT ?1 AND NOT EXISTS (SELECT 1 FROM urls u JOIN appearances p ON p.page_id = u.page_id"
            " AND p.role = 'main' WHERE u.url = mentions.url)",
            (titled[0] if len(titled) == 1 else None, article.title_key.replace(" ", "")),
        )

    def _resolve_by_url(self, page_id: int, page: Page) -> None:
        main = next((article for article in page.articles if article.role == "main"), None)
        if main is not None:
            self.connection.execute(
                "UPDATE mentions SET article_id = ?1 WHERE url IN (SELECT url FROM urls WHERE page_id = ?2)"
                " AND article_id IS NOT ?1",
                (main.id, page_id),
            )


def remove_unseen(connection: sqlite3.Connection, article_ids: list[int]) -> int:
    """Removes those of the articles that no page shows any more; returns how many."""
    query = "DELETE FROM articles WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM appearances WHERE article_id = ?1)"
    return sum(connection.execute(query, (identifier,)).rowcount for identifier in set(article_ids))
