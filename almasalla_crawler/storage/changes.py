"""What became of the earlier texts and headlines of an article: each is compared with the one that came next.

The next one is the next of the same page, so that a copy elsewhere does not stand between a text and its correction; else
the next of any page.
"""

import json
import sqlite3
from typing import Any, NamedTuple

from almasalla_crawler.arabic.differences import differences

_COLUMNS = "observed_at, {page}, {title}, fingerprint, body"
_ONCE = (
    f"SELECT id, {_COLUMNS.format(page='page_id', title='title')} FROM revisions WHERE article_id = ? ORDER BY observed_at, id"
)
_NOW = f"SELECT 0, {_COLUMNS.format(page='text_page_id', title='text_title')} FROM articles WHERE id = ?"
_KNOWN = (
    "SELECT c.revision_id, c.fingerprint, c.title FROM changes c JOIN revisions r ON r.id = c.revision_id WHERE r.article_id = ?"
)
_WRITE = (
    "INSERT INTO changes (revision_id, changed_at, page_id, title, fingerprint, words_removed, words_added, differences)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (revision_id) DO UPDATE SET"
    " changed_at = iif(fingerprint = excluded.fingerprint, min(changed_at, excluded.changed_at), excluded.changed_at),"
    " page_id = excluded.page_id, title = excluded.title, fingerprint = excluded.fingerprint,"
    " words_removed = excluded.words_removed, words_added = excluded.words_added, differences = excluded.differences"
)


class _Version(NamedTuple):
    revision_id: int
    observed_at: str
    page_id: int | None
    title: str | None
    fingerprint: str
    body: str


def refresh_changes(connection: sqlite3.Connection, article_id: int, reread: bool = False) -> None:
    """Compares the revisions of an article with what came next, where that is another text than before.

    `reread`: newer rules may have read the revisions themselves otherwise.
    """
    once = [_Version(*row) for row in connection.execute(_ONCE, (article_id,))]
    if not once:
        return
    now = [_Version(*row) for row in connection.execute(_NOW, (article_id,))]
    known = {} if reread else {row[0]: row[1:] for row in connection.execute(_KNOWN, (article_id,)).fetchall()}
    for place, version in enumerate(once):
        following = _next(version, once[place + 1 :] + now)
        if known.get(version.revision_id) != (following.fingerprint, following.title):
            connection.execute(_WRITE, _row(version, following))


def _next(version: _Version, later: list[_Version]) -> _Version:
    return next((one for one in later if one.page_id == version.page_id), later[0])


def _row(version: _Version, following: _Version) -> tuple[Any, ...]:
    places = differences(version.body, following.body) if version.fingerprint != following.fingerprint else []
    removed, added = (sum(len(place[side].split()) for place in places) for side in (1, 2))
    return (version.revision_id, following.observed_at, following.page_id, following.title, following.fingerprint, removed, added,
            json.dumps(places, ensure_ascii=False))  # fmt: skip
