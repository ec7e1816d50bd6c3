"""The rows of a view, shown in its place to one connection: as quick as a table, as of the moment they were read."""

import sqlite3
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ViewRows:
    columns: list[str]
    values: list[tuple[Any, ...]]


def rows_of_view(connection: sqlite3.Connection, name: str) -> ViewRows:
    cursor = connection.execute(f"SELECT * FROM main.{name}")
    return ViewRows([column[0] for column in cursor.description], cursor.fetchall())


def show_instead(connection: sqlite3.Connection, name: str, rows: ViewRows) -> None:
    """SQLite looks among the temporary tables of the connection first; it may be one that cannot write."""
    with connection:
        connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
        connection.execute(f"CREATE TEMP TABLE {name} ({', '.join(rows.columns)})")
        connection.executemany(f"INSERT INTO temp.{name} VALUES ({', '.join('?' * len(rows.columns))})", rows.values)


def data_version(connection: sqlite3.Connection) -> int:
    """Another number whenever another connection has committed something."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])
