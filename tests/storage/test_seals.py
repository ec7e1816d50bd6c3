"""Seals: whatever is written has one, whoever wrote it; whatever changed on the disk has another."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database as SqliteUtils

from almasalla_crawler.exporters import SqliteItemExporter
from almasalla_crawler.storage.crawls import CrawlEnd
from almasalla_crawler.storage.database import open_database, transaction
from almasalla_crawler.storage.forget import forget_page
from almasalla_crawler.storage.health import note_cut_off
from almasalla_crawler.storage.seals import PARENTS, PARTS, RECOUNTED, _digest, broken_schema, broken_seals, count_unsealed
from benchmarks.verify import fill_other_tables
from tests.exports.stored import add_related, fill
from tests.storage.news_pages import ELSEWHERE, Database, Seen, elsewhere, news, own_site

TABLES = sorted({table for tables in PARTS.values() for table, _ in tables})


def broken(connection: sqlite3.Connection) -> list[tuple[str, int, str]]:
    return [(kind, *one) for kind in PARTS for some in broken_seals(connection, kind) for one in some]


@pytest.mark.parametrize("table", TABLES)
def test_every_write_to_a_table_is_noted(db: Database, table: str) -> None:
    triggers = {row[0] for row in db.rows("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", table)}
    assert {f"seal_{table}_{event}" for event in ("insert", "update", "delete")} <= triggers


def test_what_a_crawl_stores_is_sealed_when_it_is_there(db: Database) -> None:
    fill(db, 3)
    assert (broken(db.connection), count_unsealed(db.connection)) == ([], 0)
    assert db.value("SELECT count(*) FROM seals WHERE kind NOT LIKE 'schema %'") == 3 * 3  # article, page, address of each


def histories(db: Database) -> None:
    """Revisions, merges, copies, mentions that are resolved, a page that gets its url, a takedown."""
    first, edited = news(1), news(1).edited()
    db.add(Seen(f"{ELSEWHERE}1", elsewhere(first, similar=(news(2).title,)), 2))
    db.add(Seen("https://almasalah.com/1", own_site(first), 1), Seen("https://almasalah.com/1", own_site(edited), 3))
    db.add(Seen("https://almasalah.com/2", own_site(news(2)), 4), Seen("https://almasalah.com/copy", own_site(edited), 5))
    db.add(Seen("https://almasalah.com/2", own_site(news(2).edited()), 5), Seen("seed:a/b", own_site(news(3)), 5))
    db.add(Seen("https://almasalah.com/3", own_site(news(3)), 5, door="file:05/b", file_url="seed:a/b"))
    forget_page(db.connection, ["https://almasalah.com/1"])


def test_no_history_of_pages_breaks_a_seal(db: Database) -> None:
    histories(db)
    assert all(db.count(table) for table in ("revisions", "changes", "mentions"))
    assert (broken(db.connection), count_unsealed(db.connection)) == ([], 0)


@pytest.mark.parametrize(
    ("damage", "kind", "what"),
    [
        ("UPDATE articles SET title = 'غيره' WHERE id = 1", "article", "changed"),
        ("UPDATE keywords SET keyword = 'غيره' WHERE article_id = 1", "article", "changed"),
        ("UPDATE facts SET value = 'غيره' WHERE article_id = 1", "article", "changed"),
        ("UPDATE captures SET lines = x'00' WHERE page_id = 1", "page", "changed"),
        ("DELETE FROM urls WHERE page_id = 1", "page", "changed"),
        ("UPDATE mentions SET title = 'غيره' WHERE page_id = 1", "mentions", "changed"),
        ("UPDATE pages SET interval_s = 7 WHERE id = 1", "address", "changed"),
        ("UPDATE crawls SET stats = 'x'", "crawl", "changed"),
        ("DELETE FROM mentions WHERE page_id = 1", "mentions", "gone"),
        ("DELETE FROM seals WHERE kind = 'article' AND id = 1", "article", "unknown"),
        ("UPDATE seals SET digest = zeroblob(16) WHERE kind = 'article' AND id = 1", "article", "changed"),
    ],
)
def test_a_value_that_changes_past_the_triggers_breaks_its_seal(db: Database, damage: str, kind: str, what: str) -> None:
    db.exporter.begin_crawl("seeds", "seeds", {})
    db.add(Seen(f"{ELSEWHERE}1", elsewhere(news(1), keywords="نهر جسر", similar=(news(5).title,))))
    for (name,) in db.rows("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'seal%'"):
        db.connection.execute(f"DROP TRIGGER {name}")
    db.connection.execute(damage)
    assert broken(db.connection) == [(kind, 1, what)]


def test_what_another_program_writes_waits_for_the_next_crawl(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    first = Database(path)
    fill(first, 2)
    first.close()
    SqliteUtils(path)["articles"].update(1, {"section": "اقتصاد"})
    second = Database(path)
    assert (count_unsealed(second.connection), broken(second.connection)) == (1, [])
    add_related(second)
    assert (count_unsealed(second.connection), broken(second.connection)) == (0, [])
    second.close()


def test_rows_of_an_older_version_are_sealed_by_the_next_crawl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.db"
    monkeypatch.setattr("almasalla_crawler.storage.seals.AT_ONCE", 10)
    first = Database(path)
    fill(first, 8)
    first.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        for table in TABLES:
            for event in ("insert", "update", "delete"):
                connection.execute(f"DROP TRIGGER seal_{table}_{event}")
        connection.execute("DROP TABLE seals")
        connection.execute("DROP TABLE unsealed")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'add_seals'")
    open_database(path).close()
    exporter = SqliteItemExporter(path)
    assert count_unsealed(exporter.connection) == 8 * 4
    exporter.begin_crawl("seeds", "seeds", {})
    exporter.end_crawl(CrawlEnd("finished", "ok", 0, 0, 0, 0, 0, {}))
    assert (count_unsealed(exporter.connection), broken(exporter.connection)) == (0, [])
    exporter.finish_exporting()


def test_what_an_older_version_did_not_seal_is_sealed_by_the_next_crawl(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    first = Database(path)
    first.exporter.begin_crawl("seeds", "seeds", {})
    histories(first)
    fill_other_tables(path)
    first.close()
    joined = {"changes", "problems", "alerts", "baselines", "schedules", "runs"}
    with closing(sqlite3.connect(path)) as connection, connection:
        for table in joined:
            for event in ("insert", "update", "delete"):
                connection.execute(f"DROP TRIGGER seal_{table}_{event}")
        connection.execute("DELETE FROM seals WHERE kind IN ('change', 'problem', 'schedule', 'run')")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'seal_what_joined'")
    second = Database(path)
    assert count_unsealed(second.connection) == sum(second.count(table) for table, _ in PARENTS.values())
    second.exporter.begin_crawl("seeds", "seeds", {})
    assert (count_unsealed(second.connection), broken(second.connection)) == (0, [])
    second.close()


def test_what_was_sealed_with_its_pairs_is_sealed_apart_by_the_next_crawl(tmp_path: Path) -> None:
    first = Database(tmp_path / "a.db")
    first.exporter.begin_crawl("seeds", "seeds", {})
    histories(first)
    first.close()
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection, connection:
        connection.execute("DELETE FROM seals WHERE kind = 'pairs'")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'seal_what_was_read_apart'")
    second = Database(tmp_path / "a.db")
    kinds = [kind for (kind,) in second.rows("SELECT DISTINCT kind FROM unsealed ORDER BY kind")]
    assert kinds == ["article", "mentions", "pairs", "schema"]
    second.exporter.begin_crawl("seeds", "seeds", {})
    assert (count_unsealed(second.connection), broken(second.connection)) == (0, [])
    second.close()


def test_a_killed_crawl_that_is_judged_later_keeps_its_seal(db: Database) -> None:
    db.exporter.begin_crawl("site", "roof", {})
    with transaction(db.connection, db.exporter.lock):
        note_cut_off(db.connection, "site", "roof", db.exporter.archive.crawl_id, "failed", "the crawl was killed")
    assert (db.value("SELECT health FROM crawls"), broken(db.connection)) == ("failed", [])


def test_every_python_makes_the_same_seal() -> None:
    rows = [["articles", 1, "نص\udc80", None, 0.5, 2**40, b"\x00"], ["authors", 1, 0, "كاظم"]]
    assert _digest(rows).hex() == "b19a0925cfa04b8f9b3b62277c40fe0201673d0a2ed2e45d3888d9b499b4261b"


def test_every_table_is_sealed_or_counted_again(db: Database) -> None:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'articles_fts_*'"
    tables = {name for (name,) in db.rows(query)} - {"seals", "unsealed", "_sqlite_migrations", "articles_words"}
    assert tables == {*TABLES, *RECOUNTED}


@pytest.mark.parametrize(
    "change",
    [
        "DROP INDEX articles_date",
        "ALTER TABLE articles RENAME COLUMN credit TO credits",
        "UPDATE _sqlite_migrations SET applied_at = 'x'",
    ],
)
def test_what_is_defined_otherwise_breaks_a_seal(db: Database, change: str) -> None:
    fill(db, 1)
    assert broken_schema(db.connection) == []
    db.connection.execute("CREATE INDEX of_a_person ON articles(section)")  # is nobody's damage
    assert broken_schema(db.connection) == []
    db.connection.execute(change)
    assert broken_schema(db.connection)


def test_a_column_that_a_later_version_adds_breaks_no_seal(db: Database) -> None:
    fill(db, 2)
    db.connection.execute("ALTER TABLE articles ADD COLUMN mood TEXT")
    assert broken(db.connection) == []


def test_a_page_that_is_not_stored_leaves_nothing_to_seal(db: Database) -> None:
    page = Seen("https://site.example/1", own_site(news(1))).read()
    page.articles[0].word_count = None  # type: ignore[assignment]
    db.exporter.export_batch([page])
    assert (db.count("articles"), count_unsealed(db.connection), broken(db.connection)) == (0, 0, [])
