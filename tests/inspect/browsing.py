"""Asks the pages of a database and reads the answers, without a network."""

import asyncio
import re
import threading
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from lxml import html

from almasalla_crawler.inspect.server import inspecting


class Page:
    """What a browser would show of an answer."""

    def __init__(self, response: Any) -> None:
        self.status: int = response.status_code
        self.headers = response.headers
        self.source: str = response.text
        self.document = html.document_fromstring(response.text) if "html" in response.headers["content-type"] else None

    @property
    def text(self) -> str:
        return " ".join(self.document.body.text_content().split())

    def texts(self, selector: str) -> list[str]:
        return [" ".join(element.text_content().split()) for element in self.document.cssselect(selector)]

    def links(self, selector: str = "main a") -> list[str]:
        return [element.get("href") for element in self.document.cssselect(selector)]

    def values(self, selector: str, name: str) -> list[str]:
        return [element.get(name) for element in self.document.cssselect(selector)]


class Browser:
    """Datasette runs in an event loop of a thread of its own: the one of the tests is Twisted's."""

    def __init__(self, path: Path) -> None:
        self.datasette: Datasette = inspecting(path)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()

    def get(self, path: str, **headers: str) -> Page:
        asked = self.datasette.client.get(path, headers={re.sub("_", "-", name): value for name, value in headers.items()})
        return Page(asyncio.run_coroutine_threadsafe(asked, self._loop).result(timeout=60))

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self.datasette.executor.shutdown()
        for database in self.datasette.databases.values():
            database.close()
