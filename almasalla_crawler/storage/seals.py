"""Seals: a hash of each row and of those that belong to it, written in their transaction; damage to a stored value breaks it.

SQLite sees damage to its own structure only. Triggers note in `unsealed` what is written, whoever writes it; `seal` hashes
that before the transaction ends. Rows of other programs wait there for the next crawl.
"""

import json
import marshal
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from almasalla_crawler.storage.snapshot import snapshot

# kind of seal -> the tables it covers, with the column that holds its id
PARTS = {
    "article": (("articles", "id"), ("authors", "article_id"), ("keywords", "article_id"), ("facts", "article_id"),
                ("revisions", "article_id")),
    "pairs": (("pairs", "article_a"),),  # apart: comparing again must not seal a damaged text
    "change": (("changes", "revision_id"),),
    "page": (("captures", "page_id"), ("appearances", "page_id"), ("lines", "page_id"), ("urls", "page_id")),
    "mentions": (("mentions", "page_id"),),
    "address": (("pages", "id"),),
    "crawl": (("crawls", "id"), ("baselines", "crawl_id")),
    "problem": (("problems", "id"), ("alerts", "problem_id")),
    "reject": (("rejects", "id"),),
    "schedule": (("schedules", "id"),),
    "run": (("runs", "id"),),
}  # fmt: skip
# kind -> the table that has a row for each id, and its column
PARENTS = {kind: parts[0] for kind, parts in PARTS.items()} | {"page": ("pages", "id"), "mentions": ("pages", "id")}
# columns without a seal: what was only seen again, the seal of a crawl, whose row holds it, and what verify makes out again
UNSEALED_COLUMNS = {
    "pages": "last_seen_at",
    "rejects": "last_seen_at",
    "crawls": "seal",
    "articles": "cluster_id",
    "mentions": "article_id",
}
# tables without one: they follow from others, and verify counts them again
RECOUNTED = ("sketches", "sketch_numbers", "articles_fts", "indexing")
AT_ONCE = 5000  # seals of one transaction; a batch of 100 pages needs about 500
_SLICE = 200  # ids whose rows are in memory together


def watch(connection: sqlite3.Connection) -> None:
    """Makes the triggers anew, for the tables that are there. To be called when one of them gets a table or column to watch."""
    old = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'seal|_%' ESCAPE '|'"
    for (name,) in connection.execute(old).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for kind, parts in PARTS.items():
        for table, key in parts:
            if names := [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]:
                _watch(connection, kind, table, key, [name for name in names if name != UNSEALED_COLUMNS.get(table)])


def _watch(connection: sqlite3.Connection, kind: str, table: str, key: str, columns: list[str]) -> None:
    """ON CONFLICT, not OR IGNORE: the words of the statement that fires a trigger override the latter, an upsert's too."""
    of_columns = f" OF {', '.join(columns)}" if table in UNSEALED_COLUMNS else ""
    for event, what, sides in (("insert", "", ("NEW",)), ("update", of_columns, ("OLD", "NEW")), ("delete", "", ("OLD",))):
        noted = ", ".join(f"('{kind}', {side}.{key})" for side in sides)
        connection.execute(
            f"CREATE TRIGGER seal_{table}_{event} AFTER {event.upper()}{what} ON {table} BEGIN"
            f" INSERT INTO unsealed VALUES {noted} ON CONFLICT DO NOTHING; END"
        )


def seal(connection: sqlite3.Connection) -> bool:
    """Seals what waits, inside the transaction of the caller. False if more waits than one transaction should take."""
    waiting = connection.execute("SELECT kind, id FROM unsealed LIMIT ?", (AT_ONCE,)).fetchall()
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, identifier in waiting:
        by_kind[kind].append(identifier)
    if by_kind.pop("schema", None):
        _seal_schema(connection)
    for kind, ids in by_kind.items():
        for first in range(0, len(ids), _SLICE):
            _seal(connection, kind, ids[first : first + _SLICE])
    connection.executemany("DELETE FROM unsealed WHERE kind = ? AND id = ?", waiting)
    return len(waiting) < AT_ONCE


def _seal(connection: sqlite3.Connection, kind: str, ids: list[int]) -> None:
    found = digests(connection, kind, ids)
    if kind == "crawl":  # a crawl that finds nothing new adds its row and no other
        rows = [(digest, identifier) for identifier, digest in found.items()]
        connection.executemany("UPDATE crawls SET seal = ? WHERE id = ?", rows)
        return
    connection.executemany(
        "INSERT INTO seals (kind, id, digest) VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET digest = excluded.digest",
        [(kind, identifier, digest) for identifier, digest in found.items()],
    )
    gone = [(kind, identifier) for identifier in ids if identifier not in found]
    connection.executemany("DELETE FROM seals WHERE kind = ? AND id = ?", gone)


def _seal_schema(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM seals WHERE kind LIKE 'schema %'")
    connection.executemany("INSERT INTO seals (kind, id, digest) VALUES (?, 0, ?)", list(_schema_digests(connection).items()))


def _schema_digests(connection: sqlite3.Connection) -> dict[str, bytes]:
    """The hash of each table, index, trigger and view as it is defined, and of the steps that the database went through."""
    rows = connection.execute("SELECT name, type, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'")
    found = {f"schema {name}": _digest([list(values)]) for name, *values in rows}
    steps = [list(row) for row in connection.execute("SELECT * FROM _sqlite_migrations ORDER BY rowid")]
    return found | {"schema of the steps": _digest(steps)}


def digests(connection: sqlite3.Connection, kind: str, ids: list[int]) -> dict[int, bytes]:
    """The hash of what is there now under each id; nothing for an id without rows."""
    rows: dict[int, list[list[Any]]] = defaultdict(list)
    for table, key in PARTS[kind]:
        query = f"SELECT {key}, * FROM {table} WHERE {key} IN (SELECT value FROM json_each(?)) ORDER BY {key}, rowid"
        cursor = connection.execute(query, (json.dumps(ids),))
        left_out = [number for number, column in enumerate(cursor.description) if column[0] == UNSEALED_COLUMNS.get(table)]
        for identifier, *values in cursor:
            for number in left_out:
                values[number - 1] = None
            while values and values[-1] is None:  # a column that a later version adds stands last and is null
                values.pop()
            rows[identifier].append([table, *values])
    return {identifier: _digest(found) for identifier, found in rows.items()}


def _digest(rows: list[list[Any]]) -> bytes:
    """Marshal of version 2 writes the same bytes for the same values in every Python, four times as fast as JSON."""
    return sha256(marshal.dumps(rows, 2)).digest()


def broken_seals(connection: sqlite3.Connection, kind: str) -> Iterator[list[tuple[int, str]]]:
    """Slice by slice, the ids of rows that are not what was stored, each with what happened: changed, gone, unknown.

    Each slice is read in a transaction of its own, so that a crawl may go on writing.
    """
    last: int | None = -(2**63)
    while last is not None:
        with snapshot(connection):
            broken, last = _broken(connection, kind, last)
        yield broken


def broken_schema(connection: sqlite3.Connection) -> list[str]:
    """What is not defined as it was when the database was made or brought up to date: "schema NAME". Additions do not count."""
    if connection.execute("SELECT 1 FROM unsealed WHERE kind = 'schema'").fetchone():
        return []
    found = _schema_digests(connection)
    query = "SELECT kind, id, digest FROM seals WHERE kind NOT IN (SELECT value FROM json_each(?)) ORDER BY kind"
    sealed = connection.execute(query, (json.dumps(list(PARTS)),))
    return [kind for kind, number, digest in sealed if number != 0 or found.get(kind) != digest]


def _broken(connection: sqlite3.Connection, kind: str, after: int) -> tuple[list[tuple[int, str]], int | None]:
    """Broken seals among the next rows, and the last id looked at; None after the last."""
    table, key = PARENTS[kind]
    query = f"SELECT DISTINCT {key} FROM {table} WHERE {key} > ? ORDER BY {key} LIMIT {_SLICE}"
    ids = {row[0] for row in connection.execute(query, (after,))}
    is_last = len(ids) < _SLICE
    upto = 2**63 - 1 if is_last else max(ids)
    query = (
        "SELECT id, seal FROM crawls WHERE ? <> '' AND id > ? AND id <= ? AND seal IS NOT NULL"
        if kind == "crawl"
        else "SELECT id, digest FROM seals WHERE kind = ? AND id > ? AND id <= ?"
    )
    sealed = {row[0]: row[1] for row in connection.execute(query, (kind, after, upto))}
    query = "SELECT id FROM unsealed WHERE kind = ? AND id > ? AND id <= ?"
    waiting = {row[0] for row in connection.execute(query, (kind, after, upto))}
    found = digests(connection, kind, sorted((ids | sealed.keys()) - waiting))
    broken = [
        (identifier, "gone" if identifier not in found else "changed" if identifier in sealed else "unknown")
        for identifier in sorted(found.keys() | sealed.keys() - waiting)
        if found.get(identifier) != sealed.get(identifier)
    ]
    return broken, None if is_last else upto


def count_unsealed(connection: sqlite3.Connection) -> int:
    """Rows that were written by an older version or another program since the last crawl."""
    return int(connection.execute("SELECT count(*) FROM unsealed WHERE kind <> 'schema'").fetchone()[0])
