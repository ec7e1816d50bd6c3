"""The database as Datasette reads it: mode=ro, in step with crawls that write, and nothing counted for longer than a blink."""

import sqlite3
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.database import Database

from almasalla_crawler.inspect.keeping import KeptViews
from almasalla_crawler.storage.database import open_live

NAME = "almasalla"  # of the database in addresses, whatever its file is called
_COUNT_MS = 150  # rows of a large table are shown without their number
_TABLE_MS = 900  # a page of a table: for what cannot be listed so soon, as a view that counts all articles, one has to ask twice
PATIENT_MS = 10_000  # for who does, for what a person typed, and for JSON and CSV
_AWAITED_MS = 300  # for what is being counted anyway, and can soon be read: a small database answers at once
_INDEX = ("articles_fts_", "articles_words")  # what the full-text index keeps for itself; to count it takes seconds

is_table_page: ContextVar[bool] = ContextVar("is_table_page", default=False)  # of the request that is being answered
is_read_as_page: ContextVar[bool] = ContextVar("is_read_as_page", default=False)  # JSON and CSV are not


class LiveDatabase(Database):  # type: ignore[misc]  # Datasette has no types
    def __init__(self, datasette: Datasette, path: Path) -> None:
        super().__init__(datasette, path=str(path), is_mutable=True)
        self.views = KeptViews(path)

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """Datasette's own gives SQLite the path unquoted: `a#b.db` would be another file."""
        assert not write, "nothing is written here"
        connection = open_live(Path(self.path))
        self._all_file_connections.append(connection)  # what close() closes
        return connection

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        def with_views(connection: sqlite3.Connection) -> Any:
            self.views.show_in(connection)
            return fn(connection)

        return await super().execute_fn(with_views)

    async def execute(self, sql: str, params: Any = None, truncate: bool = False, custom_time_limit: int | None = None,
                      **options: Any) -> Any:  # fmt: skip
        """Rows of a page, and what a person typed, are asked for with `truncate`, and may take what the settings say.

        SQLite counts a whole table in one step, which no time limit ends; a sum is counted row by row.
        """
        if not truncate:
            sql = sql.replace("select count(*) from", "select count(*) + 0 from", 1)
        if custom_time_limit is None and not truncate and "count(*)" in sql:
            custom_time_limit = _COUNT_MS
        elif custom_time_limit is None and is_read_as_page.get() and self.views.are_awaited_by(sql):
            custom_time_limit = _AWAITED_MS
        elif custom_time_limit is None and truncate and is_table_page.get():
            custom_time_limit = _TABLE_MS
        options["log_sql_errors"] = False  # the page says what is wrong with what a person typed
        return await super().execute(sql, params, truncate, custom_time_limit=custom_time_limit, **options)

    async def attached_databases(self) -> list[Any]:
        """Datasette would name `temp`, where kept views stand."""
        return []

    async def table_names(self) -> list[str]:
        return [name for name in await super().table_names() if not name.startswith(_INDEX)]

    async def fts_table(self, table: str) -> None:
        """No search field on the tables: it would look up words as typed, and the index holds their search keys."""
