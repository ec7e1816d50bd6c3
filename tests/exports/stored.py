"""Databases to export from, written by the real exporter; importable by name."""

import sqlite3
from pathlib import Path
from typing import Any

from almasalla_crawler.exports.fields import Exported, exported
from almasalla_crawler.storage.database import open_readonly
from almasalla_crawler.storage.exports import Selection, selected_articles
from tests.storage.news_pages import ELSEWHERE, Database, News, Seen, elsewhere, news, own_site


def fill(db: Database, articles: int = 6) -> list[News]:
    """Articles of one day each, the first of 1 May 2025; each own page also under a page of an aggregator."""
    texts = [news(number, day=f"{number} أيار 2025") for number in range(1, articles + 1)]
    for number, text in enumerate(texts, 1):
        db.add(Seen(f"https://site.example/{number}", own_site(text)))
    return texts


def add_related(db: Database) -> News:
    """An article that no page has as its main one."""
    related = news(990, day="9 أيار 2025", agency="صحيفة النخيل")
    db.add(Seen(f"{ELSEWHERE}990", elsewhere(news(991, day="10 أيار 2025"), related)))
    return related


def change(db: Database, sql: str, *values: Any) -> None:
    with db.exporter.lock:
        db.connection.execute(sql, values)


def export(db_path: Path, **selection: Any) -> list[Exported]:
    connection: sqlite3.Connection = open_readonly(db_path, for_long=True)
    try:
        return [exported(article) for article in selected_articles(connection, Selection(**selection))]
    finally:
        connection.close()
