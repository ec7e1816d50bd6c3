"""The database as Datasette reads it: mode=ro, in step with crawls that write, and no query longer than a page may take."""

import sqlite3
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.database import Database

from almasalla_crawler.storage.database import open_live

NAME = "almasalla"  # of the database in addresses, whatever its file is called
asked_for: ContextVar[bool] = ContextVar("asked_for", default=False)  # did a person type this query, or choose this order?
_PATIENCE_MS = 10_000  # for what a person asked for
_ROWS_MS, _COUNT_MS = 600, 150  # for the rows of a table's page and for counting them: together below a second


class LiveDatabase(Database):  # type: ignore[misc]  # Datasette has no types
    def __init__(self, datasette: Datasette, path: Path) -> None:
        super().__init__(datasette, path=str(path), is_mutable=True)

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """Datasette's own gives SQLite the path unquoted: `a#b.db` would be another file."""
        assert not write, "nothing is written here"
        connection = open_live(Path(self.path))
        self._all_file_connections.append(connection)  # what close() closes
        return connection

    async def execute(self, sql: str, params: Any = None, truncate: bool = False, custom_time_limit: int | None = None,
                      **options: Any) -> Any:  # fmt: skip
        """Rows are asked for with `truncate`; a count that takes too long is left out of its page."""
        if custom_time_limit is None and (truncate or "count(*)" in sql):
            custom_time_limit = (_PATIENCE_MS if asked_for.get() else _ROWS_MS) if truncate else _COUNT_MS
        return await super().execute(sql, params, truncate, custom_time_limit=custom_time_limit, **options)
