"""Writes pages: one page with its articles, mentions, lines and reject, inside the transaction of its batch."""

import sqlite3
from dataclasses import dataclass

from almasalla_crawler import RULES_VERSION
from almasalla_crawler.arabic.letters import display_text
from almasalla_crawler.items import BODY_ROLES, LISTINGS, Page, Reject, Visit
from almasalla_crawler.storage.crawls import later
from almasalla_crawler.storage.mentions import insert_mentions, resolve_headlines, resolve_links
from almasalla_crawler.storage.moves import move_page
from almasalla_crawler.storage.observations import Observations, Reading
from almasalla_crawler.storage.packed_lines import pack_lines
from almasalla_crawler.storage.spellings import page_at
from almasalla_crawler.storage.visits import arrive, leave, shown_on, store_listing
from almasalla_crawler.storage.withdraw import withdraw

EVIDENCE = frozenset({"source", "credit", "disclaimer", "author_box", "marker", "keywords", "byline", "date"})
_KEPT = BODY_ROLES | {"title"}
_CAPTURE = ("body_sha256", "observed_at", "saved_at", "parsed_by", "encoding", "replaced_chars", "letter_count", "line_count",
            "kept_line_count", "raw_at", "lines")  # fmt: skip
_UPSERT_CAPTURE = (
    f"INSERT INTO captures (page_id, door, {', '.join(_CAPTURE)}) VALUES ({', '.join('?' * (len(_CAPTURE) + 2))})"
    f" ON CONFLICT (page_id, door) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _CAPTURE)} RETURNING id"
)


@dataclass(slots=True)
class Stored:
    """What storing a page did."""

    new: int = 0
    revised: int = 0
    superseded: int = 0
    discovered: int = 0  # pages of articles that a listing named first
    outcome: str = ""  # of a page that was fetched: new, changed, unchanged, gone; "" for listings and files


class Archive:
    def __init__(self, connection: sqlite3.Connection, crawl_id: int | None, near_duplicates: bool = True) -> None:
        self.connection = connection
        self.crawl_id = crawl_id
        self.near_duplicates = near_duplicates  # are new articles compared with those stored?

    def store(self, page: Page, seen_at: str) -> Stored:
        """Writes one page, and what its fetch means for the frontier. Runs inside a transaction of the caller."""
        if page.file_url and page.body_sha256:
            move_page(self.connection, page.file_url, page.url, self.crawl_id)
        return self._store(page, seen_at) if page.visit is None else self._store_visit(page, page.visit, seen_at)

    def _store_visit(self, page: Page, visit: Visit, seen_at: str) -> Stored:
        page_id = arrive(self.connection, page, visit, self.crawl_id)
        before = shown_on(self.connection, page_id)
        if visit.outcome == "read" and page.kind not in LISTINGS:
            stored = self._store(page, seen_at)
            page_id = page_id or page_at(self.connection, page.url)
        else:
            stored = Stored()
            if page.reject is not None:
                self.reject(page.url, page.reject, seen_at)
            elif page_id is not None:
                stored.discovered = store_listing(self.connection, page_id, page, self.crawl_id, seen_at)
        if page_id is None or not visit.is_last:
            return stored
        after = shown_on(self.connection, page_id)
        state = leave(self.connection, page_id, page, after != before, self.crawl_id, seen_at)
        if page.kind not in LISTINGS:
            told = "new" if before is None else "changed" if after != before else "unchanged"
            stored.outcome = "gone" if state == "gone" else told
        return stored

    def _store(self, page: Page, seen_at: str) -> Stored:
        if page.reject is not None:
            self._store_rejected(page, page.reject, seen_at)
            return Stored()
        page_id = self._page(page, "stored", seen_at)
        reading = self._capture(page, page_id)
        observations = Observations(self.connection, self.crawl_id, self.near_duplicates)
        for article in page.articles:
            observations.observe(page, reading, article, seen_at)
        outcomes = [article.outcome for article in page.articles]
        superseded = self._withdraw_superseded(reading, page) if reading.reread else []
        if reading.latest:
            self._lines_and_mentions(page, reading)
        resolve_headlines(self.connection, observations.retitled)
        if reading.latest and any(article.role == "main" for article in page.articles):
            resolve_links(self.connection, page_id)
        return Stored(outcomes.count("new"), outcomes.count("revised"), len(superseded))

    def store_failed(self, page: Page, reject: Reject, seen_at: str) -> Stored:
        """A page that could not be written: a reject, and a failed fetch."""
        self.reject(page.url, reject, seen_at)
        if page.visit is not None and page.visit.is_last and (page_id := page_at(self.connection, page.visit.url)) is not None:
            page.visit.outcome = "failed"
            leave(self.connection, page_id, page, False, self.crawl_id, seen_at)
        return Stored()

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

    def _store_rejected(self, page: Page, reject: Reject, seen_at: str) -> None:
        """A page that lost its article keeps the one it had, and so does the capture that showed it."""
        self.reject(page.url, reject, seen_at)
        if not page.body_sha256:
            return  # nothing was read: a link that leads out, a file too large
        query = "SELECT p.id, p.state, c.kept_line_count FROM pages p LEFT JOIN captures c ON c.page_id = p.id AND c.door = ?"
        known = self.connection.execute(f"{query} WHERE p.url = ?", (page.door, page.url)).fetchone()
        if known is None or known[1] not in ("stored", "unchanged"):
            page_id = self._page(page, "rejected", seen_at)
        else:
            page_id = known[0]
            self.connection.execute("UPDATE pages SET last_seen_at = ? WHERE id = ?", (seen_at, page_id))
        if known is None or not known[2]:
            self._capture(page, page_id)

    def _page(self, page: Page, state: str, seen_at: str) -> int:
        row = self.connection.execute(
            "INSERT INTO pages (url, outlet, kind, state, crawl_id, first_seen_at, last_seen_at) VALUES (?,?,?,?,?,?,?)"
            " ON CONFLICT (url) DO UPDATE SET state = excluded.state, crawl_id = excluded.crawl_id,"
            " last_seen_at = excluded.last_seen_at, outlet = coalesce(excluded.outlet, outlet) RETURNING id",
            (page.url, page.outlet, page.kind, state, self.crawl_id, seen_at, seen_at),
        ).fetchone()
        self.connection.execute("INSERT OR IGNORE INTO urls (url, page_id, kind) VALUES (?, ?, 'canonical')", (page.url, row[0]))
        return int(row[0])

    def _capture(self, page: Page, page_id: int) -> Reading:
        """Only captures that show an article are compared: one whose article is lost says nothing about the page."""
        query = "SELECT door, body_sha256, parsed_by, observed_at, id FROM captures WHERE page_id = ? AND kept_line_count > 0"
        others = self.connection.execute(query, (page_id,)).fetchall()
        before = next((row for row in others if row[0] == page.door), None)
        if page.visit is not None and before is not None and before[1] != page.body_sha256 and before[3] == page.observed_at:
            page.observed_at = later(page.observed_at, 1)  # answers come one after the other, also within one second
        # Other bytes that were seen before what this door showed last. A file is what it holds now, whatever its day.
        is_older = before is not None and before[1] != page.body_sha256 and page.observed_at < (before[3] or "")
        if before is not None and is_older and not page.door.startswith("file:"):
            return Reading(page_id, before[4], reread=False, latest=False, first=False)
        packed = page.packed_lines or pack_lines(page.lines)
        kept = 0 if page.reject else sum(line.role in _KEPT for line in page.lines)
        saved_at = page.observed_at if page.now else None
        row = self.connection.execute(
            _UPSERT_CAPTURE,
            (page_id, page.door, page.body_sha256, page.observed_at, saved_at, RULES_VERSION, page.encoding,
             page.replaced_chars, page.letter_count, len(page.lines), kept, page.raw_at, packed),
        ).fetchone()  # fmt: skip
        latest = all((page.observed_at, page.door) >= (row[3] or "", row[0]) for row in others if row[0] != page.door)
        reread = before is not None and before[1] == page.body_sha256 and before[2] != RULES_VERSION
        replaced = before is not None and before[1] != page.body_sha256 and before[3] == page.observed_at
        return Reading(page_id, int(row[0]), reread, latest, first=not others, replaced=replaced)

    def _withdraw_superseded(self, reading: Reading, page: Page) -> list[int]:
        """Newer rules no longer see some articles in these bytes; those that no other page shows are removed and returned."""
        shown = [article.id for article in page.articles]
        marks = ",".join("?" * len(shown))
        gone = self.connection.execute(
            f"DELETE FROM appearances WHERE page_id = ? AND capture_id = ? AND article_id NOT IN ({marks}) RETURNING article_id",
            (reading.page_id, reading.capture_id, *shown),
        ).fetchall()
        return withdraw(self.connection, reading.page_id, [row[0] for row in gone], self.crawl_id)

    def _lines_and_mentions(self, page: Page, reading: Reading) -> None:
        if not reading.first:
            self.connection.execute("DELETE FROM mentions WHERE page_id = ?", (reading.page_id,))
            self.connection.execute("DELETE FROM lines WHERE page_id = ?", (reading.page_id,))
        insert_mentions(self.connection, reading.page_id, page.mentions)
        self.connection.executemany(
            "INSERT INTO lines VALUES (?,?,?,?,?)",
            [(reading.page_id, line.number, line.role, line.rule, line.text) for line in page.lines if line.role in EVIDENCE],
        )
