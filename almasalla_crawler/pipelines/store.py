"""store: writes pages in batches."""

import asyncio
import contextlib
import logging
import sqlite3
from collections import Counter
from typing import Self

from filelock import BaseFileLock, Timeout
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DropItem
from twisted.python.failure import Failure

from almasalla_crawler.exporters import SqliteItemExporter
from almasalla_crawler.health.figures import PREFIX, Figures, measured
from almasalla_crawler.health.findings import Finding, problems, worst
from almasalla_crawler.health.judge import judge_health, no_longer_wrong, of_the_crawl
from almasalla_crawler.health.minimums import read_minimums
from almasalla_crawler.items import LISTINGS, Page, Reject
from almasalla_crawler.paths import project_path
from almasalla_crawler.storage.archive import Stored
from almasalla_crawler.storage.crawls import CrawlEnd
from almasalla_crawler.storage.failures import DatabaseError, explained
from almasalla_crawler.storage.health import past_of
from almasalla_crawler.storage.locks import OutletBusyError, lock_outlet
from almasalla_crawler.verdict import judge

MAX_BATCH_PAGES = 100
QUIET_SECONDS = 0.2  # no page has come for so long: what waits is written
MAX_BATCH_SECONDS = 1.0  # since the first page of a batch: in batches of twenty a page costs a quarter more than of a hundred
AWAITED_SECONDS = 0.05  # since the first page of a batch, where the spider asks for more as soon as these are stored
logger = logging.getLogger(__name__)


class StorePipeline:
    """Collects pages into batches; `process_item` returns when its page is committed."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.path = project_path(crawler.settings["DATABASE_PATH"])
        self.minimums = read_minimums(crawler.settings.getdict("HEALTH_MINIMUMS"))
        self.exporter: SqliteItemExporter | None = None
        self.outlet_lock: BaseFileLock | None = None
        self.waiting: list[tuple[Page, asyncio.Future[Stored | Reject]]] = []
        self.load = 0.0  # of these pages
        self.timer: asyncio.TimerHandle | None = None
        self.first_at = self.latest_at = 0.0  # when the pages that wait came, by the clock of the event loop
        self.write_seconds = 0.0  # that the batch before took
        self.failure: BaseException | None = None
        self.figures: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.item_error, signals.item_error)
        crawler.signals.connect(pipeline.spider_closed, signals.spider_closed)
        return pipeline

    async def open_spider(self) -> None:
        """Takes the outlet's lock, opens the database and writes the row of the crawl."""
        spider = self.crawler.spider
        assert spider is not None
        outlet = getattr(spider, "outlet", spider.name)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.outlet_lock = lock_outlet(self.path, outlet)
            settings = self.crawler.settings
            near_duplicates = settings.getbool("NEAR_DUPLICATES")
            self.exporter = SqliteItemExporter(self.path, settings["DATABASE_SYNCHRONOUS"], near_duplicates)
            log_file = self.crawler.stats.get_value("almasalla/log_file")
            self.exporter.begin_crawl(spider.name, outlet, getattr(spider, "arguments", {}), log_file)
        except OutletBusyError as error:
            logger.error("%s", error)
            raise CloseSpider("outlet_busy") from error
        except (DatabaseError, sqlite3.Error, OSError, Timeout) as error:
            logger.error("%s", explained(self.path, error))
            raise CloseSpider("database_unusable") from error

    async def process_item(self, page: Page) -> Page:
        """Returns the page when it is stored. Raises DropItem for a reject, and for any page once the database failed."""
        if self.failure is not None:
            raise _not_stored()
        loop = asyncio.get_running_loop()
        load = load_of(page)
        if self.load + load > 1:
            self.flush()
        self.load += load
        answer: asyncio.Future[Stored | Reject] = loop.create_future()
        self.waiting.append((page, answer))
        self.latest_at = loop.time()
        is_awaited = page.kind in LISTINGS and page.visit is not None and page.visit.is_last  # what it names is asked for next
        if is_awaited or len(self.waiting) >= MAX_BATCH_PAGES or self.load > 1:
            self.flush()
        elif self.timer is None and page.visit is not None:
            busy = min(2 * self.write_seconds, QUIET_SECONDS)  # more pages a batch, where writing takes a third of the time
            self.timer = loop.call_later(max(AWAITED_SECONDS, busy), self.flush)
        elif self.timer is None:
            self.first_at = self.latest_at
            self.timer = loop.call_later(QUIET_SECONDS, self._flush_in_time)
        self._count(page, await answer)
        return page

    async def item_error(self, item: Page, failure: Failure) -> None:
        """A stage raised: the page becomes a reject and the crawl fails, but no other page does."""
        self.crawler.stats.inc_value("almasalla/item_errors")
        if self.failure is None and item.reject is None:
            reject = Reject("pipeline", "internal_error", f"{type(failure.value).__name__}: {failure.getErrorMessage()}")
            with contextlib.suppress(DropItem):
                await self.process_item(Page(item.url, item.door, kind=item.kind, reject=reject, visit=item.visit))

    def _flush_in_time(self) -> None:
        loop = asyncio.get_running_loop()
        wait = min(self.latest_at + QUIET_SECONDS, self.first_at + MAX_BATCH_SECONDS) - loop.time()
        if wait > 0:
            self.timer = loop.call_later(wait, self._flush_in_time)
        else:
            self.flush()

    def flush(self) -> None:
        """Writes the pages that wait, and answers them."""
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None
        batch, self.waiting, self.load = self.waiting, [], 0.0
        if not batch or self.exporter is None:
            return
        clock = asyncio.get_running_loop().time
        began = clock()
        try:
            answers = self.exporter.export_batch([page for page, _ in batch])
        except Exception as error:  # also a bug: pages that are never answered would keep the crawl open for ever
            self._fail(error)
            for _, waiting in batch:
                waiting.set_exception(_not_stored())
            return
        self.write_seconds = clock() - began
        for (_, waiting), answer in zip(batch, answers, strict=True):
            waiting.set_result(answer)

    async def close_spider(self) -> None:
        self.flush()

    def spider_closed(self, reason: str) -> None:
        """Ends the row of the crawl, closes the database and frees the outlet."""
        if self.exporter is not None:
            try:
                self.exporter.end_crawl(self._end(reason, self._judge(self.exporter, reason)))
                self.exporter.finish_exporting()
            except (sqlite3.Error, OSError, Timeout) as error:
                self._fail(error)
        if self.outlet_lock is not None:
            self.outlet_lock.release()

    def _fail(self, error: BaseException) -> None:
        if self.failure is None:
            bug = None if isinstance(error, sqlite3.Error | OSError | Timeout) else error
            logger.critical("%s: %s. The crawl stops; run it again when the cause is mended.", self.path, error, exc_info=bug)
            self.crawler.stats.set_value("almasalla/storage_failed", str(error))
            asyncio.get_running_loop().create_task(self._stop())
        self.failure = error

    async def _stop(self) -> None:
        assert self.crawler.engine is not None
        await self.crawler.engine.close_spider_async(reason="storage_failed")

    def _count(self, page: Page, answer: Stored | Reject) -> None:
        stats = self.crawler.stats
        self.figures.update(measured(page))
        if isinstance(answer, Reject):
            stats.inc_value("almasalla/rejects")
            stats.inc_value(f"almasalla/rejects/{answer.reason}")
            raise DropItem(f"{page.url}: {answer.reason} ({answer.detail})", log_level="INFO")
        if page.kind in LISTINGS:
            stats.inc_value("almasalla/listings")
            stats.inc_value("almasalla/discovered", answer.discovered)
            return
        if answer.outcome in ("unchanged", "gone") and not page.articles:
            stats.inc_value(f"almasalla/pages_{answer.outcome}")
            return
        if answer.outcome:
            stats.inc_value(f"almasalla/pages_{answer.outcome}")
        counts = {
            "pages": 1,
            "mentions": len(page.mentions),
            "articles_new": answer.new,
            "articles_revised": answer.revised,
            "articles_superseded": answer.superseded,
            "articles_main": sum(article.role == "main" for article in page.articles),
            "articles_related": sum(article.role == "related" for article in page.articles),
        }
        for name, count in counts.items():
            if count:
                stats.inc_value(f"almasalla/{name}", count)
        for selector in {fact.raw for fact in page.facts if fact.field == "problem" and fact.source == "outlet"}:
            stats.inc_value(f"almasalla/selector_found_nothing/{page.outlet}/{selector}")

    def _judge(self, exporter: SqliteItemExporter, reason: str) -> list[Finding]:
        """What the monitors find; also in the stats, for the verdict and the summary."""
        stats = self.crawler.stats
        for name, count in self.figures.items():
            stats.set_value(f"{PREFIX}{name}", count)
        spider = self.crawler.spider
        now = Figures.of(stats.get_stats(), getattr(spider, "arguments", {}), is_live=hasattr(spider, "start_url"))
        past = past_of(exporter.connection, exporter.archive.crawl_id or 0, now.articles)
        findings = judge_health(now, past.crawls, self.minimums, past.days)
        findings += no_longer_wrong(past.problems, now, self.minimums)
        verdict = judge(stats.get_stats(), reason)
        findings.append(of_the_crawl(verdict.health, verdict.why, past.problems.get("crawl", 0)))
        stats.set_value("almasalla/health", worst(findings))
        stats.set_value("almasalla/problems", [f"{one.level}: {one.text}" for one in problems(findings)])
        return findings

    def _end(self, reason: str, findings: list[Finding]) -> CrawlEnd:
        stats = self.crawler.stats.get_stats()
        return CrawlEnd(
            finish_reason=reason,
            status=judge(stats, reason).status,
            pages=stats.get("almasalla/pages", 0),
            articles=stats.get("almasalla/articles_new", 0),
            mentions=stats.get("almasalla/mentions", 0),
            rejects=stats.get("almasalla/rejects", 0),
            errors=stats.get("log_count/ERROR", 0) + stats.get("log_count/CRITICAL", 0),
            stats=stats,
            findings=findings,
        )


def load_of(page: Page) -> float:
    """The share of a batch that a page takes: writing one that is full holds the event loop for half a second."""
    return page.letter_count / 2e6 + len(page.lines) / 60e3 + len(page.mentions) / 20e3 + len(page.articles) / 500


def _not_stored() -> DropItem:
    """For each page that waits when the database fails: the one line that says why is logged already."""
    return DropItem("not stored: the database failed", log_level="DEBUG")
