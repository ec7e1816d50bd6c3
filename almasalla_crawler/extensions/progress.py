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
        self.lists = 0

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
        if item.kind in LISTINGS:
            self.lists += item.visit is None or item.visit.is_last  # a long one comes in pieces
            self._show()
        elif item.visit is not None or item.door != "html":  # else an address that a list names in vain
            self.done += 1
            if self.done % UPDATE_EVERY == 0:
                self._show()

    def _show(self) -> None:
        if self.bar is not None and self.task is not None:
            elapsed = self.bar.tasks[0].elapsed or 1
            found = self.crawler.stats.get_value("almasalla/pages_found")
            self.bar.update(self.task, completed=self.done, total=found, rate=self.told(elapsed))

    def told(self, elapsed_seconds: float) -> str:
        """Articles a second and what became of them; lists apart, which the bar does not count."""
        counts = {name: self.crawler.stats.get_value(f"almasalla/{stat}", 0) for name, stat in _COUNTS.items()}
        shown = [f"{count} {name}" for name, count in counts.items() if count or name == "rejected"]
        lists = [f"{self.lists} lists read"] if self.lists else []
        return ", ".join([f"{self.done / elapsed_seconds:.0f}/s", *shown, *lists])

    def closed(self) -> None:
        if self.bar is not None:
            self.bar.stop()
