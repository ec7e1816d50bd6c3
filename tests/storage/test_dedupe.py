"""Rebuilding from the stored articles gives what crawling gave, also after an interruption or a change of the rule."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from almasalla_crawler.arabic import sketches as rule
from almasalla_crawler.exporters import SqliteItemExporter
from almasalla_crawler.storage import dedupe
from almasalla_crawler.storage import sketches as index
from almasalla_crawler.storage.locks import write_lock
from tests.storage.news_pages import ELSEWHERE, Database, Seen, elsewhere, news
from tests.storage.test_pairs import EDITED, LIBRARY, SHORTENED, page

TABLES = ("pairs", "sketches", "sketch_numbers", "changes")


def everything(db: Database) -> dict[str, list[Any]]:
    rows = {table: sorted(db.rows(f"SELECT * FROM {table}")) for table in TABLES}
    rows["clusters"] = db.rows("SELECT id, cluster_id FROM articles ORDER BY id")
    rows["mentions"] = db.rows("SELECT page_id, position, article_id FROM mentions ORDER BY 1, 2")
    return rows


@pytest.fixture
def filled(db: Database) -> Database:
    """Versions of one text, copies, others, a revision, a headline that names an article."""
    db.add(page(1, LIBRARY), page(2, EDITED), page(3, SHORTENED), page(4, LIBRARY), page(5, news(1)), page(6, news(1).edited()))
    db.add(page(5, news(3), day=2), Seen(f"{ELSEWHERE}1", elsewhere(news(2), similar=(LIBRARY.title, news(3).title))))
    return db


def run(db: Database, anew: bool = False) -> int:
    lock = write_lock(db.exporter.path)
    dedupe.begin(db.connection, lock, anew)
    compared = sum(dedupe.compare(db.connection, lock))
    dedupe.resolve(db.connection, lock)
    return compared


def test_a_rebuild_gives_what_the_crawl_gave(filled: Database) -> None:
    before = everything(filled)
    assert run(filled) == filled.count("articles")
    assert everything(filled) == before
    assert len(before["pairs"]) >= 3


def test_a_rebuild_mends_what_was_lost(filled: Database) -> None:
    before = everything(filled)
    filled.rows("DELETE FROM pairs")
    filled.rows("UPDATE articles SET cluster_id = 1")
    filled.rows("UPDATE mentions SET article_id = NULL")
    run(filled)
    assert everything(filled) == before


def test_mentions_that_name_what_they_named_are_not_written(filled: Database) -> None:
    before = filled.connection.total_changes
    dedupe.resolve(filled.connection, write_lock(filled.exporter.path))
    assert filled.count("mentions") > 0
    assert filled.connection.total_changes == before


def test_an_interrupted_rebuild_goes_on_where_it_was(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(filled)
    monkeypatch.setattr(dedupe, "BATCH", 2)
    monkeypatch.setattr(dedupe, "_NEXT", dedupe._NEXT.replace("LIMIT 500", "LIMIT 2"))
    lock = write_lock(filled.exporter.path)
    dedupe.begin(filled.connection, lock)
    steps: Iterator[int] = dedupe.compare(filled.connection, lock)
    assert next(steps) == 2
    steps.close()  # type: ignore[attr-defined]
    assert run(filled) == filled.count("articles") - 2
    assert everything(filled) == before


def test_from_the_beginning_when_it_is_asked_for(filled: Database) -> None:
    filled.rows("DELETE FROM sketches WHERE article_id = 1")
    assert run(filled, anew=True) == filled.count("articles")


def test_sketches_of_an_older_rule_are_all_made_again(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    filled.rows("DELETE FROM sketches WHERE article_id = 1")
    newer = rule.SKETCH_VERSION + 1
    for module in (rule, index, dedupe):
        monkeypatch.setattr(module, "SKETCH_VERSION", newer)
    assert run(filled) == filled.count("articles")
    assert filled.rows("SELECT DISTINCT version FROM sketches") == [(newer,)]


def test_articles_of_a_crawl_without_near_duplicates_are_compared(tmp_path: Path) -> None:
    exporter = SqliteItemExporter(tmp_path / "off.db", near_duplicates=False)
    exporter.export_batch([page(1, LIBRARY).read(), page(2, EDITED).read(), page(3, LIBRARY).read()])
    exporter.finish_exporting()
    db = Database(tmp_path / "off.db")
    assert run(db) == 3
    assert [row[2] for row in db.rows("SELECT * FROM pairs ORDER BY 1, 2")] == ["edited", "copy", "edited"]
    db.close()


def test_a_database_of_an_older_version_is_compared_after_its_migration(tmp_path: Path) -> None:
    db = Database(tmp_path / "a.db")
    db.add(page(1, LIBRARY), page(2, replace(EDITED, agency="الأفق")))
    for name in ("sketches", "sketch_numbers", "changes"):
        db.rows(f"DROP TABLE {name}")
    for name in ("clusters", "corrections", "syndication"):
        db.rows(f"DROP VIEW IF EXISTS {name}")
    db.rows("CREATE VIEW syndication AS SELECT 1 AS publisher")
    db.rows("DELETE FROM pairs")
    db.rows("UPDATE articles SET cluster_id = NULL")
    db.rows("DELETE FROM _sqlite_migrations WHERE name IN ('add_near_duplicates', 'count_a_text_taken_once')")
    db.close()
    db = Database(tmp_path / "a.db")
    assert run(db) == 2
    assert db.rows("SELECT from_outlet, to_outlet, articles FROM syndication") == [("المسلة", "الأفق", 1)]
    db.close()
