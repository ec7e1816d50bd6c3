"""Reads stored captures again with the rules of this version, from the bytes kept on disk: no network."""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from filelock import Timeout

from almasalla_crawler.exporters import SqliteItemExporter
from almasalla_crawler.items import Page, Reject, Rejected
from almasalla_crawler.outlets import NO_OUTLETS, Outlets
from almasalla_crawler.pipelines.clean import clean
from almasalla_crawler.pipelines.conserve import conserve
from almasalla_crawler.pipelines.deduplicate import deduplicate
from almasalla_crawler.pipelines.describe import describe
from almasalla_crawler.pipelines.read import read
from almasalla_crawler.pipelines.split import split
from almasalla_crawler.pipelines.store import MAX_BATCH_PAGES
from almasalla_crawler.readers.files import unpack
from almasalla_crawler.readers.kept import kept_at
from almasalla_crawler.readers.warc import is_record, where_now
from almasalla_crawler.storage.archive import Stored
from almasalla_crawler.storage.captures import outdated_captures, stated_facts
from almasalla_crawler.storage.crawls import CrawlEnd
from almasalla_crawler.verdict import FAILED, OK, Verdict


@dataclass
class KeptFiles:
    """Where the bytes of captures are looked for, and which files could not be read again."""

    warc_dir: Path | None  # where WARC files are now, if they were moved
    max_bytes: int
    unreadable: Counter[tuple[str, str]] = field(default_factory=Counter)  # captures by file and what is wrong with it

    def unread(self, place: str, fault: str) -> str:
        """Counts one; the name of its outcome."""
        file = place.rpartition("#")[0] if is_record(place) else place
        self.unreadable[file, fault] += 1
        return f"bytes {fault}"


def judge_counts(counts: Counter[str]) -> Verdict:
    """How reading again went, by its counts."""
    if counts["errors in the code"]:
        return Verdict(FAILED, "failed", "errors in the code; rejects has them as internal_error")
    if counts and counts["read"] == counts["rejected"]:
        return Verdict(FAILED, "failed", "nothing readable")
    return Verdict(OK, "ok", "finished")


def reparse(
    path: Path,
    max_bytes: int,
    everything: bool = False,
    outlets: Outlets = NO_OUTLETS,
    near_duplicates: bool = True,
    kept: KeptFiles | None = None,
) -> Counter[str]:
    """Reads captures that another version read (or all) and stores what this version sees; returns counts by outcome.

    Captures whose bytes are gone, damaged or changed stay as they are, counted in `kept`; the next crawl reads changed files.
    """
    kept = kept or KeptFiles(None, max_bytes)
    counts: Counter[str] = Counter()
    exporter = SqliteItemExporter(path, near_duplicates=near_duplicates)
    with closing(exporter.connection):
        exporter.begin_crawl("reparse", "seeds", {"all": everything})
        try:
            pages: list[Page] = []
            for page in _read_again(outdated_captures(exporter.connection, everything), kept, counts, outlets):
                pages.append(page)
                if len(pages) == MAX_BATCH_PAGES:
                    _store(exporter, pages, counts)
            _store(exporter, pages, counts)
        except Exception:
            with suppress(sqlite3.Error, OSError, Timeout):  # what failed is raised below
                exporter.end_crawl(_end("storage_failed", "failed", counts))
            raise
        exporter.end_crawl(_end("finished", judge_counts(counts).status, counts))
    return counts


def _end(reason: str, status: str, counts: Counter[str]) -> CrawlEnd:
    stored = counts["read"] - counts["rejected"]
    articles, errors = counts["articles new"], counts["errors in the code"]
    return CrawlEnd(reason, status, stored, articles, counts["mentions"], counts["rejected"], errors, dict(counts))


def _read_again(captures: Iterator[sqlite3.Row], files: KeptFiles, counts: Counter[str], outlets: Outlets) -> Iterator[Page]:
    for row in captures:
        place = where_now(row["raw_at"] or "", files.warc_dir)
        try:
            kept = kept_at(place, files.max_bytes)
        except Rejected as rejected:
            is_gone = not place or rejected.reject.reason == "not_found"
            counts[files.unread(place, "gone" if is_gone else "damaged")] += 1
            continue
        if kept.sha256 != row["body_sha256"]:
            counts[files.unread(place, "changed")] += 1
            continue
        now = datetime.fromisoformat(row["saved_at"]) if row["saved_at"] else None
        page = Page(row["url"], row["door"], outlet=row["outlet"], site=outlets.of(row["url"], row["outlet"]),
                    observed_at=row["observed_at"], now=now, raw_at=place, body_sha256=row["body_sha256"])  # fmt: skip
        page.stated = [*kept.stated, *stated_facts(row)]
        if kept.further_bodies:  # reading adds their digests to that of the first
            page.body_sha256, page.further_bodies = hashlib.sha256(kept.body).hexdigest(), kept.further_bodies
        try:
            page.body = unpack(kept.body, files.max_bytes)
            for stage in (read, clean, split, describe, deduplicate, conserve):
                if page.reject is None:
                    stage(page)
        except Rejected as rejected:
            page.reject = rejected.reject
        except Exception as error:  # a bug of ours costs one page and says so
            counts["errors in the code"] += 1
            page.reject = Reject("pipeline", "internal_error", f"{type(error).__name__}: {error}")
        yield page


def _store(exporter: SqliteItemExporter, pages: list[Page], counts: Counter[str]) -> None:
    for page, answer in zip(pages, exporter.export_batch(pages), strict=True):
        counts["read"] += 1
        if isinstance(answer, Stored):
            counts["mentions"] += len(page.mentions)
            counts["articles new"] += answer.new
            counts["articles revised"] += answer.revised
            counts["articles superseded"] += answer.superseded
        else:
            counts["rejected"] += 1
    pages.clear()
