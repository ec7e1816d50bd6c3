"""Datasette over one database, ready made, and the server that shows it on this machine."""

import json
import socket
import sqlite3
import threading
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette
from datasette.plugins import pm

from almasalla_crawler.inspect import hooks
from almasalla_crawler.inspect.front import count_ahead
from almasalla_crawler.inspect.live import NAME, PATIENT_MS, LiveDatabase
from almasalla_crawler.storage.database import open_live
from almasalla_crawler.storage.overview import column_meanings

_HERE = files("almasalla_crawler.inspect")
_SETTINGS = {
    "sql_time_limit_ms": PATIENT_MS,
    "facet_time_limit_ms": 100,
    "suggest_facets": False,  # a query for every column, on every page of a table
    "default_page_size": 50,
    "truncate_cells_html": 300,
    "default_cache_ttl": 0,  # the next page may be in another language, and a crawl may have written
    "allow_download": False,
}


def inspecting(path: Path) -> Datasette:
    """Datasette with our pages over the database at `path`. Raises sqlite3.Error if it cannot be read while a crawl may write."""
    with closing(open_live(path)) as connection:
        metadata = _metadata(connection)
    if not pm.is_registered(hooks):
        pm.register(hooks, "almasalla_crawler.inspect")
        pm.unregister(name="datasette.handle_exception")  # it would print every missing page on the terminal
    datasette = Datasette(
        [],
        memory=False,
        metadata=metadata,
        settings=_SETTINGS,
        template_dir=str(_HERE / "templates"),
        static_mounts=[("inspect", str(_HERE / "static"))],
    )
    datasette.add_database(LiveDatabase(datasette, path), name=NAME)
    datasette.remove_database("_memory")  # Datasette's own when it is given no file
    return datasette


def _metadata(connection: sqlite3.Connection) -> dict[str, Any]:
    """Facets and order of each table, and what its columns mean: the comments of the schema."""
    tables: dict[str, dict[str, Any]] = json.loads((_HERE / "tables.json").read_text("utf-8"))
    meanings = column_meanings(connection)
    described = {name: {**tables.get(name, {}), "columns": meanings.get(name, {})} for name in {*tables, *meanings}}
    return {"databases": {NAME: {"tables": described}}}


def listen(port: int) -> socket.socket:
    """A socket on this machine's own address. Raises OSError if the port is taken; 0 takes any that is free."""
    return socket.create_server(("127.0.0.1", port))


def serve(datasette: Datasette, listening: socket.socket) -> None:
    """Answers until Ctrl-C or a signal to end."""
    ended = threading.Event()
    views = datasette.get_database(NAME).views
    threading.Thread(target=count_ahead, args=(datasette,), daemon=True).start()
    threading.Thread(target=views.keep, args=(ended,), daemon=True).start()
    config = uvicorn.Config(datasette.app(), log_level="warning", lifespan="on", timeout_graceful_shutdown=3)
    with closing(listening):
        try:
            uvicorn.Server(config).run(sockets=[listening])
        finally:
            ended.set()
