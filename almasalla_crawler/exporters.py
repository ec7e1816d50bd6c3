"""Exporters: SQLite (one batch, one transaction; a bad page costs only itself) and Scrapy's feeds with one row an article."""

import sqlite3
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

from scrapy.exporters import BaseItemExporter, CsvItemExporter, JsonItemExporter, JsonLinesItemExporter, XmlItemExporter

from almasalla_crawler.exports.cells import SEPARATOR, safe_cell
from almasalla_crawler.items import Article, Page, Reject
from almasalla_crawler.storage.archive import Archive, Stored
from almasalla_crawler.storage.crawls import CrawlEnd, begin_crawl, end_crawl, now
from almasalla_crawler.storage.database import keep_undo, open_database, seal_rest, transaction
from almasalla_crawler.storage.health import note_findings
from almasalla_crawler.storage.indexing import indexed_together
from almasalla_crawler.storage.locks import write_lock

MANY_ROWS = 1000  # of one page, in one savepoint
NOT_STORABLE = (
    sqlite3.IntegrityError,
    sqlite3.DataError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
    ValueError,
    OverflowError,
)


class SqliteItemExporter(BaseItemExporter):
    """Writes pages to the database. `export_batch` is the one to use; `export_item` writes a batch of one."""

    def __init__(self, path: Path, synchronous: str = "NORMAL", near_duplicates: bool = True, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.path = path
        self.connection: sqlite3.Connection = open_database(path, synchronous)
        self.lock = write_lock(path)
        self.archive = Archive(self.connection, None, near_duplicates)

    def begin_crawl(self, spider: str, outlet: str | None, arguments: dict[str, Any], log_file: str | None = None) -> None:
        with transaction(self.connection, self.lock):
            self.archive.crawl_id = begin_crawl(self.connection, spider, outlet, arguments, log_file)

    def end_crawl(self, end: CrawlEnd) -> None:
        with transaction(self.connection, self.lock):
            end_crawl(self.connection, self.archive.crawl_id or 0, end)
            if end.findings is not None:
                note_findings(self.connection, self.archive.crawl_id or 0, end.findings)
        seal_rest(self.connection, self.lock)

    def export_item(self, item: Page) -> None:
        self.export_batch([item])

    def export_batch(self, pages: list[Page]) -> list[Stored | Reject]:
        """Stores pages in one transaction; one answer for each page, in order.

        A page that cannot be written becomes a reject and costs no other page: the batch is then written anew, with a
        savepoint for each, which costs a seventh more. Raises sqlite3.Error or OSError when the database itself fails;
        nothing of the batch is stored then.
        """
        keep_undo(self.connection, all(len(page.lines) + len(page.mentions) < MANY_ROWS for page in pages))
        as_read = [(page.url, page.observed_at) for page in pages]
        try:
            return self._export(pages, self._store)
        except NOT_STORABLE:
            for page, (url, observed_at) in zip(pages, as_read, strict=True):
                page.url, page.observed_at = url, observed_at
            return self._export(pages, self._store_or_reject)

    def _export(self, pages: list[Page], store: Callable[[Page, str], Stored | Reject]) -> list[Stored | Reject]:
        with transaction(self.connection, self.lock), indexed_together(self.connection):
            seen_at = now()
            return [store(page, seen_at) for page in pages]

    def _store(self, page: Page, seen_at: str) -> Stored | Reject:
        stored = self.archive.store(page, seen_at)
        return page.reject or stored

    def _store_or_reject(self, page: Page, seen_at: str) -> Stored | Reject:
        self.connection.execute("SAVEPOINT page")
        try:
            stored = self._store(page, seen_at)
        except NOT_STORABLE as error:
            self.connection.execute("ROLLBACK TO page")
            stored = page.reject = Reject("store", "not_storable", f"{type(error).__name__}: {error}")
            self.archive.store_failed(page, page.reject, seen_at)
        self.connection.execute("RELEASE page")
        return stored

    def finish_exporting(self) -> None:
        """Folds the write-ahead log into the file, so that a plain copy of it is whole, and closes it."""
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.connection.close()


# Columns of the feeds, in order; the rest of an article's fields follow.
_ROW_FIRST = (
    "id",
    "role",
    "title",
    "publisher",
    "date_published_date",
    "authors",
    "keywords",
    "body",
    "page_url",
    "url",
)
_NOT_IN_ROWS = frozenset({"lines", "facts", "block_roles", "title_key", "body_key", "own_site", "position", "outcome", "sketch"})
_ROW_NAMES = (*_ROW_FIRST, *(f.name for f in fields(Article) if f.name not in (*_ROW_FIRST, *_NOT_IN_ROWS)))


def article_rows(page: Page) -> list[dict[str, Any]]:
    """The articles of a page as flat rows of plain values, the main one first."""
    rows = []
    for article in page.articles:
        values = {name: getattr(article, name, None) for name in _ROW_NAMES}
        values |= {"page_url": page.url, "keywords": [keyword for keyword, _ in article.keywords]}
        rows.append(values)
    return rows


class _ArticleRows(BaseItemExporter):
    """Turns each page into its articles; an article that several pages show is exported once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.exported: set[int] = set()

    def export_item(self, item: Page) -> None:
        for row in article_rows(item):
            if row["id"] not in self.exported:
                self.exported.add(row["id"])
                super().export_item(row)  # type: ignore[safe-super]  # the exporter this is mixed into


class ArticleJsonLinesExporter(_ArticleRows, JsonLinesItemExporter):
    pass


class ArticleJsonExporter(_ArticleRows, JsonItemExporter):
    pass


class ArticleXmlExporter(_ArticleRows, XmlItemExporter):
    pass


class ArticleCsvExporter(_ArticleRows, CsvItemExporter):
    """CSV that is safe to open: a cell that a spreadsheet would run as a formula gets a quote before it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["join_multivalued"] = SEPARATOR
        super().__init__(*args, **kwargs)

    def serialize_field(self, field: Any, name: str, value: Any) -> Any:
        return safe_cell(super().serialize_field(field, name, value))
