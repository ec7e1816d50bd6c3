"""Runs the pipelines of a page: the pure ones in worker processes, as many as WORKERS says, the others here.

Reading and splitting costs more than downloading, and one process does one thing at a time: beside the event loop pages are
read while others are fetched and stored, and a page that is slow to read holds nothing up. Where workers can be forked
they are there from the start, and this process never loads what reads a page.
"""

import asyncio
import multiprocessing
import os
import sys
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from itertools import dropwhile, takewhile
from typing import Any

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.pipelines import ItemPipelineManager
from scrapy.settings import Settings
from scrapy.utils.conf import build_component_list

from almasalla_crawler.items import Page, Reject
from almasalla_crawler.memory import let_go_of_pages
from almasalla_crawler.worker import is_pure, loaded, process, start, work

MOST_WORKERS = 2  # more are quicker than the one process that fetches and stores
LARGE_BYTES = 500_000  # a page of more may take a second to read: never here, where it would hold everything up
AHEAD_PAGES = 100  # given to the workers: they have some while a batch is written, and a crawl that is stopped ends soon
HUGE_BYTES = 4_000_000  # a page of more may take 200 MB to read: one after the other


class WorkerItemProcessor(ItemPipelineManager):
    """A pure pipeline takes a page, returns it and needs nothing else; those that come first go to workers."""

    def __init__(self, *pipelines: Any, crawler: Crawler) -> None:
        super().__init__(*pipelines, crawler=crawler)
        self.crawler: Crawler = crawler
        self.workers = number_of_workers(crawler.settings["WORKERS"])
        self.few_pages = crawler.settings.getint("WORKERS_AFTER_PAGES")
        self.pure = tuple(takewhile(is_pure, _pipelines(crawler.settings)))
        self.pool: ProcessPoolExecutor | None = None
        self.starting: list[Future[int]] = []  # one for each worker, done when they are
        self.lone_pool: ProcessPoolExecutor | None = None
        self.alone = asyncio.Lock()
        self.one_huge = asyncio.Lock()
        self.ahead = asyncio.Semaphore(AHEAD_PAGES)
        self.turn: asyncio.Future[None] | None = None  # done when the page that came last goes on
        self.pages = 0

    @classmethod
    def _get_mwlist_from_settings(cls, settings: Settings) -> list[Any]:
        return list(dropwhile(is_pure, _pipelines(settings)))

    async def open_spider_async(self) -> None:
        """Workers are forked before there is a second thread or an open database; elsewhere they are spawned later."""
        if self.workers > 0 and sys.platform == "linux" and threading.active_count() == 1:
            self.pool = self._start(self.workers, "fork")
            self.pool.submit(int)
            self.few_pages = 0  # they need not be waited for
        await super().open_spider_async()

    async def process_item_async(self, item: Any) -> Any:
        """Pages go on in the order in which they came, so that ids do not depend on the number of workers."""
        let_go_of_pages(len(item.body))
        before, self.turn = self.turn, asyncio.get_running_loop().create_future()
        turn = self.turn
        try:
            async with self.ahead:
                self._drop_when_stopped(item)
                item = await self._process_pure(item)
            if before is not None:
                await before
        finally:
            turn.set_result(None)
        return await super().process_item_async(item)

    def _drop_when_stopped(self, page: Page) -> None:
        """Ctrl-C: up to 5 MB of saved pages wait, which the next crawl finds where they are. What a site sent is read."""
        if not self.crawler.crawling and page.visit is None:
            raise DropItem("not read: the crawl was stopped", log_level="DEBUG")

    async def _process_pure(self, item: Any) -> Any:
        self.pages += 1
        if not item.has_text:
            return item
        if self.workers > 0 and (self.pages > self.few_pages or len(item.body) > LARGE_BYTES or self._have_started()):
            async with self.one_huge if len(item.body) > HUGE_BYTES else nullcontext():
                return await self._in_worker(item)
        return process(item, loaded(self.pure))

    def _have_started(self) -> bool:
        """Are the workers there? They are started once so many pages are found that they will be wanted."""
        if self.pool is None and self.crawler.stats.get_value("almasalla/pages_found", 0) > self.few_pages:
            self.pool = self._start(self.workers)
            self.starting = [self.pool.submit(int) for _ in range(self.workers)]
        return bool(self.starting) and all(one.done() for one in self.starting)

    async def close_spider_async(self) -> None:
        await super().close_spider_async()
        for pool in (self.pool, self.lone_pool):
            if pool is not None:
                pool.shutdown()

    async def _in_worker(self, page: Page) -> Page:
        """A worker that dies takes all pages with it that wait for one; read one at a time the guilty one is found."""
        pool = self.pool = self.pool or self._start(self.workers)
        try:
            return await _run(pool, page)
        except BrokenProcessPool:
            if self.pool is pool:
                self.pool = None
                await _ended(pool)
        async with self.alone:
            self.lone_pool = self.lone_pool or self._start(1)
            try:
                return await _run(self.lone_pool, page)
            except BrokenProcessPool:
                broken, self.lone_pool = self.lone_pool, None
                await _ended(broken)
                page.reject = Reject("read", "worker_died", "the process that read the page was killed or crashed")
                return page

    def _start(self, workers: int, method: str = "spawn") -> ProcessPoolExecutor:
        return ProcessPoolExecutor(workers, multiprocessing.get_context(method), start, (self.pure, sys.path))


def number_of_workers(setting: str | int) -> int:
    """Raises ValueError for a setting that is neither `auto` nor a number."""
    if setting == "auto":
        return min(MOST_WORKERS, (os.cpu_count() or 1) - 1)
    if not str(setting).isdecimal():
        raise ValueError(f"WORKERS is {setting!r}; give a number of processes, or auto")
    return int(setting)


def _pipelines(settings: Settings) -> list[Any]:
    """ITEM_PIPELINES in order, not loaded."""
    return build_component_list(settings.getwithbase("ITEM_PIPELINES"))


async def _run(pool: ProcessPoolExecutor, page: Page) -> Page:
    read = await asyncio.get_running_loop().run_in_executor(pool, work, page)
    page.body, page.further_bodies = b"", []  # its request holds on to it until the page is stored
    return read


async def _ended(broken: ProcessPoolExecutor) -> None:
    """Python 3.12 and 3.13 lock up where a pool is collected before its thread has put the broken workers away."""
    await asyncio.to_thread(broken.shutdown)
