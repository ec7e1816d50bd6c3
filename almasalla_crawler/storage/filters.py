"""What a search is narrowed to, as a person typed it -> conditions in SQL."""

import re
import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Any

from almasalla_crawler.arabic.dates import read_date
from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.arabic.queries import QueryError

IS_MAIN = "EXISTS (SELECT 1 FROM appearances p WHERE p.article_id = a.id AND p.role = 'main')"
FEW = 50_000  # articles; each hit is looked up among so few more quickly than its publisher and date in the index of facets
_ROLES = ("main", "related")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions on a row of articles_fts and on its article `a`, each beginning with AND, and their values in this order."""

    among: str
    conditions: str
    values: list[Any]
    until: str  # what no day sorts after, "" for none


def read_filters(connection: sqlite3.Connection, publisher: str | None, since: str | None, until: str | None, role: str | None,
                 section: str | None) -> Filters:  # fmt: skip
    """Raises QueryError for a role or date that is none, and a publisher or section that no article has."""
    last = _last_day(until)
    indexed, among = _all_of(_spelled(connection, "publisher", publisher), _compared(">=", _day(since)), _compared("<=", last))
    others, values = _all_of(_spelled(connection, "section", section), _of_role(role))
    if indexed and _are_few(connection, indexed, among):
        return Filters(
            f" AND +articles_fts.rowid IN (SELECT a.id FROM articles a WHERE true{indexed})", others, among + values, last
        )
    return Filters("", indexed + others, among + values, last)


_Condition = tuple[str, list[Any]]


def _all_of(*conditions: _Condition) -> _Condition:
    return "".join(sql for sql, _ in conditions), [value for _, values in conditions for value in values]


def _are_few(connection: sqlite3.Connection, conditions: str, values: list[Any]) -> bool:
    query = f"SELECT count(*) FROM (SELECT 1 FROM articles a WHERE true{conditions} LIMIT ?)"
    return bool(connection.execute(query, (*values, FEW + 1)).fetchone()[0] <= FEW)


def _of_role(role: str | None) -> _Condition:
    if role and role not in _ROLES:
        raise QueryError(f"role {role}: an article is {' or '.join(_ROLES)}")
    return (f" AND {'' if role == 'main' else 'NOT '}{IS_MAIN}", []) if role else ("", [])


def _compared(operator: str, day: str) -> _Condition:
    return (f" AND a.date_published_date {operator} ?", [day]) if day else ("", [])


def _spelled(connection: sqlite3.Connection, column: str, wanted: str | None) -> _Condition:
    spellings = spellings_of(connection, column, wanted) if wanted else []
    return (f" AND a.{column} IN ({', '.join('?' * len(spellings))})", spellings) if spellings else ("", [])


def spellings_of(connection: sqlite3.Connection, column: str, wanted: str) -> list[str]:
    """The values of a column that have the search key of what was typed. Raises QueryError with those there are."""
    query = (
        f"WITH RECURSIVE known(name) AS (SELECT min({column}) FROM articles UNION ALL"
        f" SELECT (SELECT min({column}) FROM articles WHERE {column} > name) FROM known WHERE name IS NOT NULL)"
        " SELECT name FROM known WHERE name IS NOT NULL"
    )
    names = [str(row[0]) for row in connection.execute(query)]
    key = search_key(wanted)
    spellings = [name for name in names if search_key(name) == key] or [name for name in names if key and key in search_key(name)]
    if not spellings:
        raise QueryError(f"no article has the {column} {wanted}; there are: {'، '.join(names[:20]) or 'none'}")
    return spellings


def _day(typed: str | None) -> str:
    """ISO day, month or year of a date as a person types it; "" for none. Raises QueryError."""
    if not typed or not typed.strip():
        return ""
    key = search_key(typed).replace(" ", "-")
    if _DATE.fullmatch(key):
        try:
            return key if date.fromisoformat(f"{key}-01-01"[:10]) else ""
        except ValueError:
            pass
    elif found := read_date(typed):
        return found.day.isoformat()
    raise QueryError(f"{typed} is no date; write 2024-08-30, 2024-08, 2024 or 30 آب 2024")


def _last_day(typed: str | None) -> str:
    """What no day sorts after: 2024-05-99 ends May, 2024-05-30-99 that day; "" for none."""
    day = _day(typed)
    return f"{day}-99" if day else ""
