"""Views that compare everything with everything are counted beside the pages, and kept: no page waits for them."""

import sqlite3
import threading
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from almasalla_crawler.storage.database import open_live
from almasalla_crawler.storage.kept_views import ViewRows, data_version, rows_of_view, show_instead

VIEWS = ("syndication",)  # ten seconds of the processor at a million articles
_WORTH = 20  # times as long as counting took: it never costs more than a twentieth of the time
_LEAST_S = 1.0  # between two looks for what crawls committed


@dataclass
class KeptViews:
    """Until rows are kept, and where they cannot be counted, the view itself answers, and says what is wrong."""

    path: Path
    _kept: dict[str, ViewRows] = field(default_factory=dict)
    _is_first_count: bool = False  # under way, and nothing kept yet
    _shown: dict[int, dict[str, ViewRows]] = field(default_factory=dict)  # connection -> what stands in it

    def keep(self, ended: threading.Event) -> None:
        """Counts anew whenever a crawl has committed something, until `ended`."""
        with closing(open_live(self.path)) as connection:
            self._is_first_count = not self._kept
            seen, pause = -1, 0.0
            while not ended.wait(pause):
                begun = time.monotonic()
                with suppress(sqlite3.Error):  # who asks for the view is told
                    if (version := data_version(connection)) != seen:
                        self._kept = {name: rows_of_view(connection, name) for name in VIEWS}
                        seen = version
                self._is_first_count = False
                pause = max(_LEAST_S, _WORTH * (time.monotonic() - begun))

    def are_awaited_by(self, question: str) -> bool:
        """Whether SQL or an address names a view whose first count is under way: a page need not count it too."""
        return self._is_first_count and any(name in question for name in VIEWS)

    def show_in(self, connection: sqlite3.Connection) -> None:
        """Puts what is kept before the views, for this connection of a reader alone."""
        kept = self._kept
        if kept and self._shown.get(id(connection)) is not kept:
            for name, rows in kept.items():
                show_instead(connection, name, rows)
            self._shown[id(connection)] = kept
