"""A log file for each crawl, and which of them stay."""

import logging
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Spider
from scrapy.exceptions import NotConfigured
from scrapy.settings import Settings
from scrapy.signalmanager import SignalManager

from almasalla_crawler.extensions.crawl_log import CrawlLog, prune

DAY = 86_400
NOW = 1_750_000_000


def log(folder: Path, outlet: str, day: int, age_days: float = 0) -> Path:
    path = folder / f"{outlet}-202506{day:02}T100000Z-77.log"
    path.write_text("…", "utf-8")
    os.utime(path, (NOW - age_days * DAY, NOW - age_days * DAY))
    return path


def test_the_newest_logs_of_each_outlet_stay(tmp_path: Path) -> None:
    for outlet in ("roof", "cellar"):
        for day in range(1, 5):
            log(tmp_path, outlet, day)
    prune(tmp_path, keep=2, days=0, now=NOW)
    stayed = {(path.name.partition("-")[0], path.name.partition("-")[2][:8]) for path in tmp_path.iterdir()}
    assert stayed == {(outlet, day) for outlet in ("roof", "cellar") for day in ("20250603", "20250604")}


def test_old_logs_go(tmp_path: Path) -> None:
    old, young = log(tmp_path, "roof", 1, age_days=31), log(tmp_path, "roof", 2, age_days=29)
    prune(tmp_path, keep=0, days=30, now=NOW)
    assert (old.exists(), young.exists()) == (False, True)


def test_files_that_are_no_logs_of_crawls_stay(tmp_path: Path) -> None:
    other = tmp_path / "notes.log"
    other.write_text("", "utf-8")
    os.utime(other, (0, 0))
    prune(tmp_path, keep=1, days=1, now=NOW)
    assert other.exists()


def opened(folder: Path, **settings: Any) -> CrawlLog:
    stats: dict[str, Any] = {}
    chosen = Settings({"CRAWL_LOG_DIR": str(folder), "CRAWL_LOG_KEEP": 9, "CRAWL_LOG_DAYS": 9, "LOG_LEVEL": "INFO", **settings})
    crawler = SimpleNamespace(settings=chosen, spider=Spider("roof/../x"), signals=SignalManager(),
                              stats=SimpleNamespace(set_value=stats.__setitem__))  # fmt: skip
    extension = CrawlLog.from_crawler(crawler)  # type: ignore[arg-type]
    assert stats["almasalla/log_file"]
    return extension


def test_a_crawl_writes_to_a_file_below_the_folder_until_it_ends(tmp_path: Path) -> None:
    extension = opened(tmp_path / "logs")
    logging.getLogger("library").warning("a line\nالسطر \x1b[31m")
    extension.stopped()
    logging.getLogger("library").warning("too late")
    (file,) = (tmp_path / "logs").iterdir()
    assert file.name.startswith("roof_.._x-")
    assert file.read_text("utf-8").endswith("WARNING: a line\n    السطر \\x1b[31m\n")


def test_a_folder_that_cannot_be_made_costs_the_log_and_not_the_crawl(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file", "utf-8")
    with pytest.raises(NotConfigured, match="CRAWL_LOG_DIR"):
        opened(tmp_path / "logs")
