"""File locks beside the database. The system frees them when their process dies, however it dies."""

import re
from pathlib import Path

from filelock import FileLock, Timeout


class OutletBusyError(Exception):
    """Another process is crawling this outlet into this database."""


def write_lock(path: Path) -> FileLock:
    """Held during a batch: SQLite before 3.51.3 can reset the WAL under a second writing connection."""
    return FileLock(f"{path}.lock", timeout=120)


def lock_outlet(path: Path, outlet: str) -> FileLock:
    """Takes the lock of an outlet until it is released. Raises OutletBusyError at once if another crawl holds it."""
    name = re.sub(r"[^\w.-]", "_", outlet)[:80]
    lock = FileLock(f"{path}.{name}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise OutletBusyError(
            f"{outlet} is already being crawled into {path}; run it again when that crawl has ended."
        ) from error
    return lock
