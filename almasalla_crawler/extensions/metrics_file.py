"""Writes METRICS_FILE when a crawl has ended and its row is written."""

import importlib.util
import logging
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from almasalla_crawler.metrics import INSTALL, write_metrics
from almasalla_crawler.paths import project_path
from almasalla_crawler.storage.crawls import now
from almasalla_crawler.storage.database import open_readonly
from almasalla_crawler.storage.failures import DatabaseError
from almasalla_crawler.storage.metrics import crawl_states, database_state

logger = logging.getLogger(__name__)


class MetricsFile:
    def __init__(self, database: Path, file: Path) -> None:
        self.database = database
        self.file = file

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not crawler.settings["METRICS_FILE"]:
            raise NotConfigured
        if importlib.util.find_spec("prometheus_client") is None:
            raise ImportError(INSTALL)
        extension = cls(project_path(crawler.settings["DATABASE_PATH"]), project_path(crawler.settings["METRICS_FILE"]))
        crawler.signals.connect(extension.stopped, signals.engine_stopped)
        return extension

    def stopped(self) -> None:
        """Figures that cannot be written are logged: the crawl is done."""
        try:
            with closing(open_readonly(self.database)) as connection:
                crawls, database = crawl_states(connection), database_state(connection, self.database, now())
            write_metrics(self.file, crawls, database)
        except (DatabaseError, sqlite3.Error, OSError) as error:
            logger.error("METRICS_FILE %s could not be written: %s", self.file, error)
