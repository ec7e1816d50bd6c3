"""Which target was told of which problem."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from almasalla_crawler.storage.crawls import now

_UNTOLD = """
SELECT p.id, p.outlet, p.monitor, p.level, p.text, p.since_at, o.finished_at, p.over_crawl_id
FROM problems p LEFT JOIN crawls o ON o.id = p.over_crawl_id
LEFT JOIN alerts a ON a.problem_id = p.id AND a.target = ?1
WHERE (?2 IS NULL OR p.outlet = ?2)
  AND CASE WHEN p.over_crawl_id IS NULL THEN a.told_at IS NULL AND p.level IN (?3, ?4)
           ELSE a.told_at IS NOT NULL AND a.told_over_at IS NULL END
ORDER BY p.level, p.id
"""


@dataclass(frozen=True, slots=True)
class News:
    """A problem that began, or one that is over."""

    problem_id: int
    outlet: str
    monitor: str
    level: str
    text: str
    since: str
    until: str | None
    over_crawl_id: int | None

    @property
    def is_over(self) -> bool:
        return self.over_crawl_id is not None


def untold(connection: sqlite3.Connection, target: str, levels: tuple[str, ...], outlet: str | None = None) -> list[News]:
    """What a target does not know yet, the worst first: open problems, and the end of those it was told of."""
    rows = connection.execute(_UNTOLD, (target, outlet, levels[0], levels[-1]))
    return [News(*row) for row in rows]


def note_told(connection: sqlite3.Connection, target: str, news: Iterable[News]) -> None:
    moment = now()
    for one in news:
        if one.is_over:
            told = "UPDATE alerts SET told_over_at = ? WHERE problem_id = ? AND target = ?"
        else:
            told = "INSERT OR REPLACE INTO alerts (told_at, problem_id, target) VALUES (?, ?, ?)"
        connection.execute(told, (moment, one.problem_id, target))
