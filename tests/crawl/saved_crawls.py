"""Directories of saved pages, the real command on them, and everything a database holds."""

import json
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.storage.news_pages import ELSEWHERE, elsewhere, news, own_site
from tests.typed import SECONDS, scrapy, started

ALMASALAH = "https://almasalah.com/archives/"
NOT_ROWS_OF_PAGES = ("crawls", "_sqlite_migrations", "sqlite_sequence")


def save(folder: Path, name: str, text: str | bytes, **entry: str) -> None:
    """A saved page, and its line in the index if `entry` says something about it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    if entry:
        with (folder / "index.jsonl").open("a", encoding="utf-8") as index:
            index.write(json.dumps({"file": name, "saved_at": "2025-06-01T00:00:00Z", **entry}, ensure_ascii=False) + "\n")


def save_many(folder: Path, count: int) -> None:
    """Pages of an outlet and of an aggregator that copies it, shows other articles beside and names more."""
    for number in range(count // 2):
        original = own_site(news(number, 12))
        copy = elsewhere(news(number, 12), news(number + 1, 12), similar=(news(number + 2).title, news(number + 3).title))
        save(folder, f"almasalah/{number}.txt", original, url=f"{ALMASALAH}{number}", outlet="almasalah")
        save(folder, f"arabkhabar/{number}.txt", copy, url=f"{ELSEWHERE}{number}", outlet="arabkhabar")


def command(path: Path, database: Path, *options: str) -> list[str]:
    """What is typed after `scrapy`."""
    return ["crawl", "seeds", "-a", f"path={path}", "-s", f"DATABASE_PATH={database}", *options]


def crawl(path: Path, database: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return scrapy(*command(path, database, *options))


def stopped(path: Path, database: Path, signal: int, pages: int, first: str = "") -> tuple[int, str]:
    """Exit status and summary of a crawl that got a signal as soon as it had begun and so many pages were stored."""
    before = crawls_begun(database)
    with started(*command(path, database), first=first) as typed:
        deadline = time.monotonic() + SECONDS
        while typed.process.is_alive() and time.monotonic() < deadline and stored(database, before) < pages:
            time.sleep(0.01)
        typed.send_signal(signal)
        done = typed.ended()
        return done.returncode, done.stdout


def stored(database: Path, crawls_before: int) -> int:
    """Pages committed so far; -1 before one more crawl has begun."""
    return _count(database, "pages") if crawls_begun(database) > crawls_before else -1


def crawls_begun(database: Path) -> int:
    return _count(database, "crawls")


def _count(database: Path, table: str) -> int:
    """0 while there is no such table."""
    if not database.exists():
        return 0
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
        try:
            return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        except sqlite3.OperationalError:
            return 0


def asked(database: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()


def everything(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but for the rows of crawls and the columns that say when something was last seen."""
    with closing(sqlite3.connect(database)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {}
        for table in set(names) - set(NOT_ROWS_OF_PAGES):
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] != "last_seen_at"]
            rows[table] = sorted(connection.execute(f"SELECT {', '.join(columns)} FROM {table}"), key=repr)
        return rows


def without_time(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The same without the number of the crawl and the moments of storing, and so without seals."""
    with closing(sqlite3.connect(database)) as connection:
        rows = {}
        for table in everything(database).keys() - {"seals"}:
            if table.startswith("articles_fts_"):
                continue  # how the index is cut into segments follows the batches
            hidden = ("first_seen_at", "last_seen_at", "crawl_id")
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in hidden]
            rows[table] = sorted(connection.execute(f"SELECT {', '.join(columns)} FROM {table}"), key=repr)
        return rows
