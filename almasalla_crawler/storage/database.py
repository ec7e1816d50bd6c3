"""Opening the database: settings of the connection, checks before the first write, migrations, backup."""

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import FileLock

from almasalla_crawler.storage.failures import DAMAGED, DatabaseError, explaining
from almasalla_crawler.storage.locks import write_lock
from almasalla_crawler.storage.migrations import backup_name, migrations
from almasalla_crawler.storage.seals import seal

APPLICATION_ID = 0x616C6D73  # "alms" in the file's header tells our databases from any other
_BUSY_TIMEOUT_S = 60.0
_READER_TIMEOUT_S = 5.0  # a crawl keeps no reader waiting; whoever does, does so for long
# The hot pages of the indexes, and what a batch changes: at 100,000 pages 20 MiB, which a smaller cache writes twice.
_CACHE_KIB, _SMALL_CACHE_KIB = 32 * 1024, 16 * 1024
_CHECKPOINT_PAGES = 8000  # 32 MiB of write-ahead log between checkpoints
CHECKED_BYTES = 256 * 1024 * 1024  # looking for damage takes 1.5 s a GiB: beyond, only `backup` does
logger = logging.getLogger(__name__)


def open_database(path: Path, synchronous: str = "NORMAL", checked: bool = True) -> sqlite3.Connection:
    """A connection for writing, in autocommit mode: transactions are begun by hand, with BEGIN IMMEDIATE.

    Creates the file, applies pending migrations (a non-empty database is copied first) and refuses a file that is
    damaged, foreign or written by a newer version. `checked` is False where it was opened a moment ago, by whoever writes
    most: this connection needs less memory. Raises DatabaseError.
    """
    with explaining(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S, isolation_level=None, cached_statements=256)
        with _closed_on_error(connection):
            _check(connection, path)
            connection.execute(f"PRAGMA synchronous = {'FULL' if synchronous.upper() == 'FULL' else 'NORMAL'}")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA recursive_triggers = ON")  # without it, rows that OR REPLACE removes fire none
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB if checked else _SMALL_CACHE_KIB}")
            connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
            with write_lock(path):  # two crawls that start together do not both create the tables
                connection.execute("PRAGMA journal_mode = WAL")
                _migrate(connection, path)
            if checked:
                _refuse_damaged(connection, path)
    return connection


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


@contextmanager
def transaction(connection: sqlite3.Connection, lock: FileLock) -> Iterator[sqlite3.Connection]:
    """A transaction of a connection from open_database, under the database's write lock."""
    with lock:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            seal(connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # a full disk rolls back by itself
                connection.execute("ROLLBACK")
            raise


def keep_undo(connection: sqlite3.Connection, in_memory: bool) -> None:
    """Where the next transactions keep what a savepoint or statement may have to take back: by default in a file.

    That is 250 writes a page. In memory each statement walks through all that its savepoint holds, which for thousands of
    rows takes longer. Temporary tables of the connection are gone when the place changes.
    """
    connection.execute(f"PRAGMA temp_store = {'MEMORY' if in_memory else 'FILE'}")


def seal_rest(connection: sqlite3.Connection, lock: FileLock) -> None:
    """Seals what older versions and other programs wrote, in transactions that keep no other writer waiting for long."""
    sealed = False
    while not sealed:
        with lock:
            connection.execute("BEGIN IMMEDIATE")
            sealed = seal(connection)
            connection.execute("COMMIT")


def open_readonly(path: Path, whatever_its_size: bool = False, for_long: bool = False) -> sqlite3.Connection:
    """A connection that cannot write and makes no file. Raises DatabaseError if there is no whole database of ours.

    Damage is looked for in a large database only if its size does not matter. `for_long`: a crawl may begin meanwhile.
    Its changes are then seen in order; SQLite leaves an empty log beside the file, for the next crawl to remove.
    """
    require_database(path)
    with explaining(path):
        immutable = _is_closed(path) and not (for_long and os.access(path.parent, os.W_OK))
        connection = _reading(path, immutable=immutable)
        with _closed_on_error(connection):
            _refuse_damaged(connection, path, whatever_its_size)
    return connection


def open_live(path: Path) -> sqlite3.Connection:
    """A connection that cannot write and sees what crawls commit while it is open. Checks nothing; any thread may close it.

    Never immutable: SQLite would not look for changes then, and call the database damaged when a crawl makes some.
    """
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=_READER_TIMEOUT_S, check_same_thread=False)


def require_database(path: Path) -> None:
    """Raises DatabaseError if there is none: opening it for writing would make one."""
    if not path.is_file():
        raise DatabaseError(f"{path}: no such database. `scrapy crawl seeds` makes one; DATABASE_PATH names another.")


def backup(path: Path, target: Path) -> None:
    """A consistent copy, also while a crawl writes. Raises DatabaseError if `target` exists or the database is damaged."""
    if target.exists():
        raise DatabaseError(f"{target}: exists already; a backup overwrites nothing.")
    require_database(path)
    before = path.stat()
    with closing(open_readonly(path, whatever_its_size=True)) as source:
        _write_copy(source, target)
    after = path.stat()
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
        with closing(_reading(path, immutable=False)) as source:  # a crawl began meanwhile: now its log keeps us consistent
            _write_copy(source, target)


def _reading(path: Path, immutable: bool) -> sqlite3.Connection:
    """SQLite leaves -wal and -shm beside a closed database that is opened for reading only, unless it calls it immutable."""
    options = "mode=ro&immutable=1" if immutable else "mode=ro"
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?{options}", uri=True, timeout=_READER_TIMEOUT_S)
    connection.row_factory = sqlite3.Row
    with _closed_on_error(connection):
        if not _check(connection, path):
            raise DatabaseError(
                f"{path}: holds nothing. If it was copied with cp while a crawl ran, copy it with `scrapy backup`."
            )
        if migrations.pending(connection):
            raise DatabaseError(
                f"{path}: written by an older version; the next `scrapy crawl` or `scrapy reparse` brings it up to date."
            )
    return connection


def _is_closed(path: Path) -> bool:
    """No crawl has it open, and none that was killed left changes in a write-ahead log."""
    log, index = path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")
    return not log.exists() or (not index.exists() and log.stat().st_size == 0)


def _write_copy(source: sqlite3.Connection, target: Path) -> None:
    """The file has its name only when it is whole and on the disk: a crash leaves a .part, never half a copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(part)) as copy:
            source.backup(copy)
        _sync(part)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    part.replace(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    """Waits until a file, or the names in a directory, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _check(connection: sqlite3.Connection, path: Path) -> set[str]:
    """Refuses what is not ours; returns the names of the tables. Reads the header and the schema only: quick at any size."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    if tables and application_id != APPLICATION_ID:
        raise DatabaseError(f"{path}: a database of another program (its tables: {', '.join(sorted(tables)[:5])}); not touched.")
    if unknown := migrations.unknown(connection):
        raise DatabaseError(
            f"{path}: written by a newer version (has {', '.join(unknown)}). Update almasalla-crawler, or restore "
            f"the copy that was made before the update ({path.stem}.before-*{path.suffix})."
        )
    return tables


def _refuse_damaged(connection: sqlite3.Connection, path: Path, whatever_its_size: bool = False) -> None:
    """Looks at every page of the file. Damage inside a stored value is not seen."""
    if not whatever_its_size and path.stat().st_size > CHECKED_BYTES:
        return
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise DatabaseError(f"{path}: {' '.join(found.split())}. {DAMAGED}")


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    pending = migrations.pending(connection)
    if not pending:
        return
    if migrations.applied(connection):
        copy = backup_name(path, pending[0])
        _write_copy(connection, copy)  # over one of an attempt that failed: the database is still as it was then, or newer
        logger.info("Migrating %s; the database as it was is in %s", path, copy)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'unsealed'").fetchone():
        connection.execute("INSERT INTO unsealed VALUES ('schema', 0) ON CONFLICT DO NOTHING")
    migrations.apply(connection)
