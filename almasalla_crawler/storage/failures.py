"""What is wrong with a database and what to do about it, in words for a person."""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError
from pathlib import Path

from filelock import Timeout

DAMAGED = "It is damaged: restore a backup of it, or move it away and crawl again."
_FOREIGN = "If it is damaged, restore a backup of it or move it away."
_ADVICE = {
    sqlite3.SQLITE_BUSY: "Another program holds it; try again when that has ended.",
    sqlite3.SQLITE_CANTOPEN: "May you read the file and write to its directory?",
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_FULL: "Make room on the disk and try again.",
    sqlite3.SQLITE_IOERR: "The system could not read or write it: is the disk full or failing?",
    sqlite3.SQLITE_NOTADB: "It is no database, or damaged: restore a backup of it, or name another with DATABASE_PATH.",
    sqlite3.SQLITE_READONLY: "You may not write to it or its directory.",
}
_LOG_OUT_OF_REACH = (
    "A crawl left its write-ahead log (-wal) in a directory that you may not write to: copy all files of the database to one"
    " where you may, and name the copy with DATABASE_PATH."
)


class DatabaseError(Exception):
    """The database cannot be used; the message names the file and what to do."""


def explained(path: Path, error: Exception) -> DatabaseError:
    """The same failure as a person should read it."""
    if isinstance(error, DatabaseError):
        return error
    if isinstance(error, Timeout):
        return DatabaseError(f"{path}: another program is writing to it; try again when that has ended.")
    if isinstance(error, zlib.error | JSONDecodeError | UnicodeDecodeError):
        return DatabaseError(f"{path}: a stored value cannot be read ({error}). {DAMAGED}")
    if isinstance(error, PermissionError):
        return DatabaseError(f"{path}: {error}. {_ADVICE[sqlite3.SQLITE_READONLY]}")
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the extended codes carry theirs in the low byte
    if code == sqlite3.SQLITE_CANTOPEN and path.with_name(f"{path.name}-wal").exists():
        return DatabaseError(f"{path}: {error}. {_LOG_OUT_OF_REACH}")
    advice = _ADVICE.get(code, "" if isinstance(error, OSError) else _FOREIGN)
    return DatabaseError(f"{path}: {error}. {advice}".rstrip())


@contextmanager
def explaining(path: Path) -> Iterator[None]:
    """Whatever fails inside because of the database at `path` is raised as DatabaseError."""
    try:
        yield
    except (sqlite3.Error, OSError, zlib.error, JSONDecodeError, UnicodeDecodeError) as error:
        raise explained(path, error) from error
