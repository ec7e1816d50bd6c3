"""When pages that wait are written: full batches while pages keep coming, at once when no more come."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from scrapy.utils.test import get_crawler

from almasalla_crawler.exporters import SqliteItemExporter
from almasalla_crawler.items import Page, Reject, Visit
from almasalla_crawler.pipelines.store import AWAITED_SECONDS, MAX_BATCH_PAGES, MAX_BATCH_SECONDS, QUIET_SECONDS, StorePipeline
from almasalla_crawler.storage.archive import Stored


class JumpingLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock jumps to the next timer when nothing else is to be done."""

    now = 0.0

    def time(self) -> float:
        return self.now

    def _run_once(self) -> None:
        if not self._ready and self._scheduled:  # type: ignore[attr-defined]
            self.now = max(self.now, self._scheduled[0].when())  # type: ignore[attr-defined]
        super()._run_once()  # type: ignore[misc]


class Recording(SqliteItemExporter):
    """Notes when each batch was written, and its size."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.written: list[tuple[float, int]] = []

    def export_batch(self, pages: list[Page]) -> list[Stored | Reject]:
        self.written.append((round(asyncio.get_running_loop().time(), 2), len(pages)))
        return super().export_batch(pages)


def written(
    tmp_path: Path, pages: int, seconds_between: float, is_leased: bool = False, letters: int = 0
) -> list[tuple[float, int]]:
    """Time and size of the batches in which pages are written that come so far apart."""
    with ThreadPoolExecutor(1) as thread:  # the one of the tests has an event loop that runs
        return thread.submit(_written, tmp_path, pages, seconds_between, is_leased, letters).result()


def _written(tmp_path: Path, pages: int, seconds_between: float, is_leased: bool, letters: int) -> list[tuple[float, int]]:
    pipeline = StorePipeline(get_crawler(settings_dict={"DATABASE_PATH": str(tmp_path / "a.db"), "HEALTH_MINIMUMS": {}}))
    exporter = pipeline.exporter = Recording(tmp_path / "a.db")
    exporter.begin_crawl("seeds", "seeds", {})

    async def store() -> None:
        coming: list[Coroutine[Any, Any, Page]] = []
        for number in range(pages):
            page = Page(f"seed:a/{number}", f"file:{number}", observed_at="2026-01-01T00:00:00Z", body_sha256=str(number))
            page.letter_count = letters
            page.visit = Visit(0, page.url) if is_leased else None
            coming.append(after(number * seconds_between, pipeline, page))
        await asyncio.gather(*coming)

    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        runner.run(store())
    exporter.finish_exporting()
    return exporter.written


async def after(seconds: float, pipeline: StorePipeline, page: Page) -> Page:
    await asyncio.sleep(seconds)
    return await pipeline.process_item(page)


def test_a_page_that_comes_alone_is_written_after_the_quiet_time(tmp_path: Path) -> None:
    assert written(tmp_path, 1, 0) == [(QUIET_SECONDS, 1)]


def test_pages_far_apart_wait_for_no_other(tmp_path: Path) -> None:
    assert written(tmp_path, 3, 1) == [(QUIET_SECONDS + second, 1) for second in range(3)]


def test_pages_that_keep_coming_are_written_together_but_wait_no_longer_than_the_limit(tmp_path: Path) -> None:
    times, sizes = zip(*written(tmp_path, 60, 0.05), strict=True)
    assert times[0] == pytest.approx(MAX_BATCH_SECONDS)
    assert (sum(sizes), min(sizes[:-1]) >= 20) == (60, True)


def test_a_full_batch_is_written_at_once(tmp_path: Path) -> None:
    assert written(tmp_path, MAX_BATCH_PAGES + 1, 0) == [(0, MAX_BATCH_PAGES), (QUIET_SECONDS, 1)]


def test_the_spider_of_a_live_site_is_not_kept_waiting_for_more(tmp_path: Path) -> None:
    """It has few pages under way, and asks for others when these are stored."""
    times, _ = zip(*written(tmp_path, 30, 0.01, is_leased=True), strict=True)
    assert times[0] == pytest.approx(AWAITED_SECONDS)
    assert len(times) >= 5


def test_a_page_that_is_much_work_is_not_written_with_others(tmp_path: Path) -> None:
    assert written(tmp_path, 3, 0, letters=1_500_000) == [(0, 1), (0, 1), (QUIET_SECONDS, 1)]


def test_pages_that_are_little_work_are_written_together(tmp_path: Path) -> None:
    assert written(tmp_path, 3, 0, letters=300_000) == [(QUIET_SECONDS, 3)]
