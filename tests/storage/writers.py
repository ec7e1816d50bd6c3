"""What the other processes of a test do; importable, so that a spawned process finds it."""

import sqlite3
from pathlib import Path
from typing import Any

from almasalla_crawler.exporters import SqliteItemExporter
from almasalla_crawler.storage.database import open_database
from almasalla_crawler.storage.failures import DatabaseError
from tests.storage.news_pages import Seen, news, own_site


def write_pages(path: Path, start: Any, first: int, count: int) -> None:
    """Stores `count` pages in batches of 20, once all processes are ready."""
    pages = [Seen(f"https://site.example/{number}", own_site(news(number))).read() for number in range(first, first + count)]
    start.wait(60)
    exporter = SqliteItemExporter(path)
    for number in range(0, count, 20):
        exporter.export_batch(pages[number : number + 20])
    exporter.finish_exporting()


def open_together(folder: Path, start: Any, failed: Any) -> None:
    """Opens many databases, each at the same moment as the other process."""
    for number in range(20):
        start.wait(60)
        try:
            open_database(folder / f"{number}.db").close()
        except DatabaseError as error:
            failed.put(str(error))


def crawl_and_die(path: Path) -> None:
    """A crawl that stores one page and is killed in the middle of the next batch."""
    import os
    import signal

    exporter = SqliteItemExporter(path)
    exporter.begin_crawl("seeds", "seeds", {})
    exporter.export_batch([Seen("https://site.example/1", own_site(news(1))).read()])
    exporter.lock.acquire()
    exporter.connection.execute("BEGIN IMMEDIATE")
    exporter.archive.store(Seen("https://site.example/2", own_site(news(2))).read(), "2025-06-01T00:00:00Z")
    os.kill(os.getpid(), signal.SIGKILL)


def keep_writing(path: Path, ready: Any, enough: Any) -> None:
    """Adds a page and its article in each transaction until it is told that it is enough."""
    exporter = SqliteItemExporter(path)
    number = 0
    while not enough.is_set():
        number += 1
        exporter.export_batch([Seen(f"https://site.example/{number}", own_site(news(number))).read()])
        ready.set()
    exporter.finish_exporting()


def hold_outlet(path: Path, ready: Any) -> None:
    import time

    from almasalla_crawler.storage.locks import lock_outlet

    lock = lock_outlet(path, "seeds")
    ready.set()
    time.sleep(60)
    lock.release()


def integrity(path: Path) -> str:
    connection = sqlite3.connect(path)
    try:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])
    finally:
        connection.close()
