"""Pages that wait to be fetched, outlet by outlet."""

import sqlite3
from dataclasses import dataclass

_DUE = """
SELECT outlet, count(*), min(due_at), (julianday(?1) - julianday(min(due_at))) * 86400 FROM pages
WHERE due_at IS NOT NULL AND due_at <= ?1 AND kind = 'article' AND outlet IS NOT NULL GROUP BY outlet ORDER BY min(due_at)
"""


@dataclass(frozen=True, slots=True)
class Due:
    outlet: str
    pages: int
    oldest_due_at: str
    seconds: float  # since then


def due_pages(connection: sqlite3.Connection, moment: str) -> list[Due]:
    """Outlets with article pages that are due, the one that waits longest first. Reads the index of due pages only."""
    return [Due(*row) for row in connection.execute(_DUE, (moment,))]
