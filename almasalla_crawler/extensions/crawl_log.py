"""A log file for each crawl, kept by number and age: CRAWL_LOG_DIR, CRAWL_LOG_KEEP, CRAWL_LOG_DAYS."""

import logging
import os
import re
import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from almasalla_crawler.logs import formatter_of
from almasalla_crawler.paths import project_path

_NAME = re.compile(r"(?P<outlet>.+)-\d{8}T\d{6}Z-\d+\.log")


class CrawlLog:
    def __init__(self, handler: logging.Handler) -> None:
        self.handler = handler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Opens the file. A directory that cannot be written to costs the log and not the crawl: Scrapy logs why."""
        settings = crawler.settings
        if not settings["CRAWL_LOG_DIR"]:
            raise NotConfigured
        folder = project_path(settings["CRAWL_LOG_DIR"])
        assert crawler.spider is not None
        outlet = str(getattr(crawler.spider, "outlet", crawler.spider.name))
        name = re.sub(r"[^\w.-]", "_", outlet)[:80]
        path = folder / f"{name}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{os.getpid()}.log"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handler = logging.FileHandler(path, "a", "utf-8", errors="backslashreplace")
            prune(folder, settings.getint("CRAWL_LOG_KEEP"), settings.getint("CRAWL_LOG_DAYS"), time.time())
        except OSError as error:
            raise NotConfigured(f"CRAWL_LOG_DIR: {error}") from error
        handler.setFormatter(formatter_of(settings))
        handler.setLevel(settings["LOG_LEVEL"])
        logging.root.addHandler(handler)
        crawler.stats.set_value("almasalla/log_file", str(path))
        extension = cls(handler)
        crawler.signals.connect(extension.stopped, signals.engine_stopped)
        return extension

    def stopped(self) -> None:
        logging.root.removeHandler(self.handler)
        self.handler.close()


def prune(folder: Path, keep: int, days: int, now: float) -> None:
    """Removes, of each outlet, all logs but the newest `keep`, and those written to last more than `days` ago; 0: no limit."""
    logs = defaultdict(list)
    for path in folder.iterdir():
        if found := _NAME.fullmatch(path.name):
            logs[found["outlet"]].append(path)
    for paths in logs.values():
        newest_first = sorted(paths, key=lambda path: path.name, reverse=True)
        for number, path in enumerate(newest_first):
            if (keep and number >= keep) or (days and now - _written(path, now) > days * 86_400):
                path.unlink(missing_ok=True)


def _written(path: Path, now: float) -> float:
    """Another crawl may remove it meanwhile."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return now
