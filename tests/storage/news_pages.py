"""News texts as pages show them, what was seen when, and the tables as sets of values without ids and times of storing."""

import hashlib
import random
import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from almasalla_crawler.exporters import SqliteItemExporter
from almasalla_crawler.items import Page, Reject, Rejected
from almasalla_crawler.pipelines.clean import clean
from almasalla_crawler.pipelines.conserve import conserve
from almasalla_crawler.pipelines.deduplicate import deduplicate
from almasalla_crawler.pipelines.describe import describe
from almasalla_crawler.pipelines.split import split
from almasalla_crawler.readers.page import read_page
from almasalla_crawler.storage.archive import Stored

WORDS = (
    "المدينة الوزارة الجسر المشروع السكان الطريق المدرسة الحديقة النهر السوق المستشفى القطار المعرض المكتبة المزارع المصنع الميناء"
    " المجلس المهندس الطلبة العام الأسبوع الموعد العقد الخطة البرنامج الدورة الكلفة المرحلة الأعمال القرية المحافظة الشارع المبنى"
    " الفريق الجامعة المتحف الموسم المحصول الطاقة المياه الكهرباء النقل التعليم الصحة الزراعة الصناعة التجارة السياحة الثقافة الرياضة"
).split()
ELSEWHERE = "https://www.arabkhabar.com/a/"


@dataclass(frozen=True)
class News:
    """One news text before any page shows it."""

    title: str
    body: tuple[str, ...]
    day: str = "22 أيار 2025"
    agency: str = "المسلة"

    def edited(self, sentence: str = "وأعلنت الإدارة لاحقاً أن الافتتاح تأجل إلى مطلع الشهر المقبل لأسباب فنية.") -> "News":
        """Most of the text, with a last paragraph of its own."""
        return replace(self, body=(*self.body[:-1], sentence))


def news(number: int, paragraphs: int = 4, **given: Any) -> News:
    """The text with this number: always the same, and alike no other one."""
    chance = random.Random(number)
    title = " ".join(["إعلان", *chance.sample(WORDS, 6)])
    body = tuple(f"وقال المتحدث رقم {number} إن {' '.join(chance.sample(WORDS, 20))}." for _ in range(paragraphs))
    return News(title, body, **given)


def own_site(text: News, title: bool = True, closing: str = "") -> str:
    """The page of its publisher: names no source."""
    head = [text.title, text.day] if title else []
    return "\n\n".join([*head, f"بغداد/{text.agency}: {text.body[0]}", *text.body[1:], *([closing] if closing else [])])


def elsewhere(text: News, *related: News, title: bool = True, day: bool = True, source: str | None = None, keywords: str = "",
              similar: tuple[str, ...] = ()) -> str:  # fmt: skip
    """The page of an aggregator: names its source, then shows related articles whole, then headlines."""
    head = ["2025-05-24@08:12:40 GMT", text.title] if title else []
    blocks = [*head, *([text.day] if day else []), f"بغداد/{text.agency}: {text.body[0]}", *text.body[1:]]
    blocks.append(f"المصدر: {source or text.agency}")
    blocks += [f"كلمات دلالية: {keywords}"] if keywords else []
    for other in related:
        blocks += ["إقرأ أيضاً:", other.title, other.day, f"بغداد/{other.agency}: {other.body[0]}", *other.body[1:]]
    blocks += ["مقالات مشابهة", *(f"  • {headline}" for headline in similar)] if similar else []
    return "\n\n".join(blocks)


@dataclass(frozen=True)
class Seen:
    """A page as it was on a day of May 2025. Each observation is a file of its own, as in a seeds directory."""

    url: str
    text: str
    day: int = 1
    door: str = ""
    outlet: str | None = None
    file_url: str = ""

    def read(self) -> Page:
        """The page behind all stages but the last."""
        observed_at = f"2025-06-{self.day:02}T00:00:00Z"
        page = Page(self.url, self.door or f"file:{self.day:02}/{self.url.rpartition('/')[2]}", outlet=self.outlet,
                    observed_at=observed_at, now=datetime.fromisoformat(observed_at),
                    file_url=self.file_url)  # fmt: skip
        body = self.text.encode()
        page.body_sha256 = hashlib.sha256(body).hexdigest()
        try:
            read_page(body, page)
            for stage in (clean, split, describe, deduplicate, conserve):
                if page.reject is None:
                    stage(page)
        except Rejected as rejected:
            page.reject = rejected.reject
        return page


@cache
def _new_database() -> bytes:
    with TemporaryDirectory() as folder:
        exporter = SqliteItemExporter(Path(folder) / "new.db")
        exporter.finish_exporting()
        return exporter.path.read_bytes()


def new_exporter(path: Path) -> SqliteItemExporter:
    """An exporter to a new database, copied: making the tables takes six times as long."""
    if not path.exists():
        path.write_bytes(_new_database())
    return SqliteItemExporter(path)


class Database:
    """A real database to which observations are added in the order they come in."""

    def __init__(self, path: Path) -> None:
        self.exporter = new_exporter(path)
        self.connection: sqlite3.Connection = self.exporter.connection

    def add(self, *seen: Seen) -> list[Stored | Reject]:
        return [self.exporter.export_batch([one.read()])[0] for one in seen]

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, values).fetchall()

    def value(self, query: str, *values: Any) -> Any:
        """The one value of the one row of the answer."""
        ((value,),) = self.rows(query, *values)
        return value

    def count(self, table: str) -> int:
        return int(self.value(f"SELECT count(*) FROM {table}"))

    def facts_of_the_world(self) -> dict[str, list[tuple[Any, ...]]]:
        """What the database says, whatever order it learned it in: no ids, no times of storing."""
        return {name: sorted(self.rows(query), key=repr) for name, query in _WITHOUT_IDS.items()}

    def check_index(self) -> None:
        """Raises if the full-text index is not exactly what the articles say."""
        self.connection.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")

    def close(self) -> None:
        self.exporter.finish_exporting()


_WITHOUT_IDS = {
    "articles": "SELECT url, publisher, title, title_source, body, block_roles, title_key, body_key, paragraph_count, word_count,"
    " date_published_raw, date_published_date, date_published_utc, dateline_place, dateline_agency, credit, section, language,"
    " fingerprint, cluster_id IS NULL, observed_at FROM articles",
    "revisions": "SELECT a.url, a.fingerprint, r.observed_at, r.title, r.body, r.fingerprint, r.changed FROM revisions r"
    " JOIN articles a ON a.id = r.article_id",
    "appearances": "SELECT g.url, a.url, a.fingerprint, p.role, p.position FROM appearances p JOIN pages g ON g.id = p.page_id"
    " JOIN articles a ON a.id = p.article_id",
    "appearances_as_shown": "SELECT g.url, a.fingerprint, p.role, p.title, p.fingerprint, p.first_line, p.last_line, c.door"
    " FROM appearances p JOIN pages g ON g.id = p.page_id JOIN articles a ON a.id = p.article_id"
    " JOIN captures c ON c.id = p.capture_id",
    "pairs": "SELECT min(a.url, b.url), max(a.url, b.url), p.kind FROM pairs p JOIN articles a ON a.id = p.article_a"
    " JOIN articles b ON b.id = p.article_b",
    "keywords": "SELECT a.fingerprint, k.keyword, k.kind FROM keywords k JOIN articles a ON a.id = k.article_id",
    "authors": "SELECT a.fingerprint, w.name FROM authors w JOIN articles a ON a.id = w.article_id",
    "mentions": "SELECT g.url, m.position, m.kind, m.title, m.url, a.fingerprint FROM mentions m JOIN pages g ON g.id = m.page_id"
    " LEFT JOIN articles a ON a.id = m.article_id",
    "lines": "SELECT g.url, l.number, l.role, l.rule, l.text FROM lines l JOIN pages g ON g.id = l.page_id",
    "pages": "SELECT url, outlet, kind, state FROM pages",
    "captures": "SELECT g.url, c.door, c.body_sha256, c.observed_at, c.line_count, c.kept_line_count FROM captures c"
    " JOIN pages g ON g.id = c.page_id",
}
