"""A progress bar while a crawl runs on a terminal; Scrapy's own log lines otherwise."""

import sys
from typing import TYPE_CHECKING, Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from almasalla_crawler.items import LISTINGS, Page

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

UPDATE_EVERY = 20  # pages
_COUNTS = {"new": "pages_new", "changed": "pages_changed", "unchanged": "pages_unchanged", "gone": "pages_gone",
           "rejected": "rejects"}  # fmt: skip


class Progress:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.bar: Bar | None = None
        self.task: TaskID | None = None
        self.done = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not crawler.settings.getbool("PROGRESS_ENABLED") or not sys.stderr.isatty():
            raise NotConfigured
        extension = cls(crawler)
        crawler.signals.connect(extension.opened, signals.spider_opened)
        crawler.signals.connect(extension.page_done, signals.item_scraped)
        crawler.signals.connect(extension.page_done, signals.item_dropped)
        crawler.signals.connect(extension.closed, signals.spider_closed)
        return extension

    def opened(self, spider: Spider) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
        )
        self.bar = Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
        self.task = self.bar.add_task(spider.name, total=None, rate="")
        self.bar.start()

    def page_done(self, item: Page, **_: Any) -> None:
        if item.kind in LISTINGS or (item.visit is None and item.door == "html"):  # an address that a list names in vain
            return
        self.done += 1
        if self.bar is not None and self.task is not None and self.done % UPDATE_EVERY == 0:
            stats = self.crawler.stats
            elapsed = self.bar.tasks[0].elapsed or 1
            counts = {name: stats.get_value(f"almasalla/{stat}", 0) for name, stat in _COUNTS.items()}
            shown = [f"{count} {name}" for name, count in counts.items() if count or name == "rejected"]
            rate = ", ".join([f"{self.done / elapsed:.0f}/s", *shown])
            self.bar.update(self.task, completed=self.done, total=stats.get_value("almasalla/pages_found"), rate=rate)

    def closed(self) -> None:
        if self.bar is not None:
            self.bar.stop()
