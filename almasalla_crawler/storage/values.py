"""Values of an article (headline, dates, publisher ...): each is that of the strongest page that gives one.

Its publisher's own site is stronger than a page that shows it as main article, that than one that shows it beside another;
of equals the one observed last. What a page says is kept with its appearance, so the order of reading does not matter and
a page can be forgotten. Null never replaces a value.
"""

import json
import sqlite3
from typing import Any

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.items import Article

_TITLE = ("title", "title_source")
_DATE = tuple(f"date_published_{name}" for name in ("raw", "date", "utc", "precision", "rule"))
_ALONE = ("publisher", "date_modified_utc", "dateline_place", "dateline_agency", "credit", "section", "language", "image_url")
VALUES = (*_TITLE, "title_key", *_DATE, *_ALONE)

Said = dict[str, list[Any]]  # name of a value, or "title", "date", "authors", "keywords" -> [observed at, value]


def said_by(article: Article, observed_at: str) -> Said:
    """What one reading of a page says of an article. A date that is not believed counts as the oldest."""
    values: dict[str, Any] = {name: getattr(article, name) for name in (*_ALONE, "authors", "keywords")}
    if article.title:
        values["title"] = [getattr(article, name) for name in _TITLE]
    if article.date_published_raw:
        values["date"] = [getattr(article, name) for name in _DATE]
    said = {name: [observed_at, value] for name, value in values.items() if value}
    if "date" in said and not article.date_published_date:
        said["date"][0] = ""
    return said


def joined(before: Said, now: Said) -> Said:
    """What a page says, by all its readings: of each value the one observed last."""
    pairs = ((name, [said[name] for said in (before, now) if name in said]) for name in before | now)
    return {name: max(entries, key=lambda entry: (entry[0], json.dumps(entry[1]))) for name, entries in pairs}


def columns_of(article: Article) -> dict[str, Any]:
    """Columns of an article that one page shows."""
    return {name: getattr(article, name) or None for name in VALUES}


def refresh_values(connection: sqlite3.Connection, article_id: int) -> set[str]:
    """Chooses all values of an article anew; returns the title keys it had and has, if its headline changed."""
    names = ", ".join(f"a.{name}" for name in VALUES)
    row = connection.execute(f"SELECT {names} FROM articles a WHERE id = ?", (article_id,)).fetchone()
    before = dict(zip(VALUES, row, strict=True))
    appearances = connection.execute(
        "SELECT iif(p.role = 'main', iif(g.url = a.url, 3, 2), 1), p.said"
        " FROM appearances p JOIN articles a ON a.id = p.article_id JOIN pages g ON g.id = p.page_id WHERE p.article_id = ?",
        (article_id,),
    )
    ranked = [(rank, json.loads(said)) for rank, said in appearances]
    columns = _columns(ranked)
    changes = {name: value for name, value in columns.items() if value != before[name]}
    if changes:
        assignments = ", ".join(f"{name} = ?" for name in changes)
        connection.execute(f"UPDATE articles SET {assignments} WHERE id = ?", (*changes.values(), article_id))
    write_list(connection, "authors", article_id, [(name,) for name in _together("authors", ranked)])
    write_list(connection, "keywords", article_id, [tuple(pair) for pair in _together("keywords", ranked)])
    return {key for key in (before["title_key"], columns["title_key"]) if key} if "title_key" in changes else set()


def write_list(connection: sqlite3.Connection, table: str, article_id: int, values: list[tuple[str, ...]]) -> None:
    """The authors or keywords of an article, at their positions."""
    rows = [(article_id, position, *value) for position, value in enumerate(values)]
    known = connection.execute(f"SELECT * FROM {table} WHERE article_id = ? ORDER BY position", (article_id,)).fetchall()
    if [tuple(row) for row in known] != rows:
        connection.execute(f"DELETE FROM {table} WHERE article_id = ?", (article_id,))
        insert_list(connection, table, rows)


def insert_list(connection: sqlite3.Connection, table: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def _columns(ranked: list[tuple[int, Said]]) -> dict[str, Any]:
    columns: dict[str, Any] = {name: next(_strongest_first(name, ranked), None) for name in _ALONE}
    columns |= dict(zip(_TITLE, next(_strongest_first("title", ranked), (None, None)), strict=True))
    columns |= dict(zip(_DATE, next(_strongest_first("date", ranked), (None,) * len(_DATE)), strict=True))
    columns["title_key"] = search_key(columns["title"] or "") or None
    return columns


def _together(name: str, ranked: list[tuple[int, Said]]) -> list[Any]:
    """Those of all pages, each once, the strongest page first."""
    every = [value for values in _strongest_first(name, ranked) for value in values]
    return [value for number, value in enumerate(every) if value not in every[:number]]


def _strongest_first(name: str, ranked: list[tuple[int, Said]]) -> Any:
    entries = [(rank, *said[name]) for rank, said in ranked if name in said]
    entries.sort(key=lambda entry: (bool(entry[1]), entry[0], entry[1], json.dumps(entry[2])), reverse=True)
    return (entry[2] for entry in entries)
