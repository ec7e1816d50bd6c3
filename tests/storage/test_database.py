"""Opening a database: what is refused and stays as it is, how it is set up, migrated and copied."""

import hashlib
import multiprocessing
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from almasalla_crawler.exporters import SqliteItemExporter
from almasalla_crawler.storage import database
from almasalla_crawler.storage.database import backup, open_database, open_readonly
from almasalla_crawler.storage.failures import DatabaseError
from almasalla_crawler.storage.locks import write_lock
from almasalla_crawler.storage.migrations import migrations
from tests.storage.news_pages import Seen, news, own_site
from tests.storage.writers import integrity, keep_writing, open_together


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A database of ours with three pages in it."""
    exporter = SqliteItemExporter(tmp_path / "ours.db")
    exporter.export_batch([Seen(f"https://site.example/{number}", own_site(news(number))).read() for number in range(3)])
    exporter.finish_exporting()
    return exporter.path


@pytest.fixture
def next_version() -> Iterator[None]:
    """A version of the package that has one more step."""
    before = list(migrations._migrations)

    @migrations(name="add_colour")
    def add_colour(db: Any) -> None:
        db.execute("ALTER TABLE pages ADD COLUMN colour TEXT")

    yield
    migrations._migrations[:] = before


def state(folder: Path) -> dict[str, str]:
    """Every file of a folder with a digest of its content."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def titles(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])


# --- what is refused ----------------------------------------------------------------------------------------------------


@pytest.fixture(params=["rollback_journal", "wal"])
def foreign(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "foreign" / "books.db"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA journal_mode = {'wal' if request.param == 'wal' else 'delete'}")
        connection.execute("CREATE TABLE books (title TEXT)")
        connection.execute("INSERT INTO books VALUES ('كليلة ودمنة')")
        connection.commit()
    return path


@pytest.mark.parametrize("opening", [open_database, open_readonly])
def test_a_database_of_another_program_is_refused_and_not_touched(foreign: Path, opening: Any) -> None:
    before = foreign.read_bytes()
    with pytest.raises(DatabaseError, match=r"books\.db: a database of another program \(its tables: books\)"):
        opening(foreign)
    assert foreign.read_bytes() == before
    assert not foreign.with_name("books.db.lock").exists()


def test_a_database_of_another_program_with_tables_of_our_names_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        connection.execute("CREATE TABLE articles (id INTEGER)")
    with pytest.raises(DatabaseError, match="another program"):
        open_database(tmp_path / "a.db")


@pytest.mark.usefixtures("next_version")
def test_a_newer_database_is_refused_with_how_to_restore(tmp_path: Path) -> None:
    open_database(tmp_path / "a.db").close()
    added = migrations._migrations.pop()
    before = (tmp_path / "a.db").read_bytes()
    with pytest.raises(DatabaseError, match=r"newer version \(has add_colour\).*restore.*a\.before-\*\.db"):
        open_database(tmp_path / "a.db")
    assert (tmp_path / "a.db").read_bytes() == before
    migrations._migrations.append(added)
    open_database(tmp_path / "a.db").close()


@pytest.mark.parametrize(
    "damage",
    [
        lambda body: b"this is no database, it is a letter to the editor" * 200,
        lambda body: b"\0" * 16 + body[16:],
        lambda body: body[:100] + b"\xff" * 4000 + body[4100:],
        lambda body: body[:100],
    ],
    ids=["text", "no_header", "schema_overwritten", "cut_behind_the_header"],
)
def test_a_damaged_file_is_refused_and_not_touched(ours: Path, damage: Any) -> None:
    ours.write_bytes(damage(ours.read_bytes()))
    before = ours.read_bytes()
    with pytest.raises(DatabaseError, match=r"ours\.db.*(restore|another program)"):
        open_database(ours)
    assert ours.read_bytes() == before


def test_a_directory_in_the_place_of_the_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="unable to open"):
        open_database(tmp_path)


# --- how it is set up -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("setting", "level"), [("NORMAL", 1), ("FULL", 2), ("full", 2)])
def test_a_connection_is_set_up_for_writing(tmp_path: Path, setting: str, level: int) -> None:
    with closing(open_database(tmp_path / "a.db", setting)) as connection:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        values = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]
    assert values == ["wal", level, 1, 60_000]


def test_folders_above_a_new_database_are_made(tmp_path: Path) -> None:
    open_database(tmp_path / "جديد" / "a.db").close()
    assert integrity(tmp_path / "جديد" / "a.db") == "ok"


def test_foreign_keys_are_enforced(ours: Path) -> None:
    with closing(open_database(ours)) as connection, pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        connection.execute("INSERT INTO authors VALUES (999, 0, 'حيدر ناهي')")


def test_opening_an_existing_database_changes_no_table(ours: Path) -> None:
    with closing(sqlite3.connect(ours)) as connection:
        before = list(connection.iterdump())
    open_database(ours).close()
    with closing(sqlite3.connect(ours)) as connection:
        assert list(connection.iterdump()) == before


def make_slowly(path: Path, begun: threading.Event) -> None:
    """What another process does that came first: holds the lock and is about to write."""
    with write_lock(path), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        begun.set()
        time.sleep(0.3)
        connection.execute("COMMIT")


def test_a_new_database_that_another_process_is_making_is_waited_for(tmp_path: Path) -> None:
    begun = threading.Event()
    other = threading.Thread(target=make_slowly, args=(tmp_path / "a.db", begun))
    other.start()
    begun.wait(10)
    try:
        open_database(tmp_path / "a.db").close()
    finally:
        other.join()


def test_two_processes_open_an_existing_path_at_once(tmp_path: Path) -> None:
    for number in range(20):
        open_database(tmp_path / f"{number}.db").close()
    context = multiprocessing.get_context("spawn")
    start, failed = context.Barrier(2), context.SimpleQueue()
    openers = [context.Process(target=open_together, args=(tmp_path, start, failed)) for _ in range(2)]
    for opener in openers:
        opener.start()
    for opener in openers:
        opener.join(60)
    assert [opener.exitcode for opener in openers] == [0, 0]
    assert failed.empty()


# --- migrations -----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("next_version")
def test_a_new_database_needs_no_copy(tmp_path: Path) -> None:
    open_database(tmp_path / "a.db").close()
    assert not list(tmp_path.glob("*.before-*"))


def test_an_older_database_is_copied_before_it_is_migrated(ours: Path, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("next_version")
    with closing(open_database(ours)) as connection:
        assert connection.execute("SELECT count(colour), count(*) FROM pages").fetchone() == (0, 3)
    with closing(sqlite3.connect(ours.with_name("ours.before-add_colour.db"))) as copy:
        assert "colour" not in [row[1] for row in copy.execute("PRAGMA table_info(pages)")]
    assert titles(ours.with_name("ours.before-add_colour.db")) == 3


def test_a_migration_that_fails_leaves_the_database_as_it_was(ours: Path) -> None:
    before = list(migrations._migrations)

    @migrations(name="broken")
    def broken(db: Any) -> None:
        db.execute("ALTER TABLE pages ADD COLUMN colour TEXT")
        db.execute("INSERT INTO no_such_table VALUES (1)")

    with pytest.raises(DatabaseError, match="no_such_table"):
        open_database(ours)
    migrations._migrations[:] = before
    with closing(open_database(ours)) as connection:
        assert "colour" not in [row[1] for row in connection.execute("PRAGMA table_info(pages)")]


def test_half_a_copy_of_an_interrupted_migration_is_no_copy(ours: Path, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("next_version")
    ours.with_name("ours.before-add_colour.db").write_bytes(ours.read_bytes()[:5000])
    open_database(ours).close()
    whole = [path for path in ours.parent.glob("ours.before-*") if path.stat().st_size > 5000]
    assert [titles(path) for path in whole] == [3]


def test_a_crash_while_copying_leaves_no_copy(ours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database.os, "fsync", Mock(side_effect=OSError("crash")))
    with pytest.raises(OSError, match="crash"):
        backup(ours, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


# --- copies and reading -------------------------------------------------------------------------------------------------


def test_a_copy_taken_while_a_crawl_writes_is_whole(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ready, enough = context.Event(), context.Event()
    writer = context.Process(target=keep_writing, args=(tmp_path / "a.db", ready, enough))
    writer.start()
    assert ready.wait(60)
    for number in range(5):
        backup(tmp_path / "a.db", tmp_path / f"copy{number}.db")
    enough.set()
    writer.join(60)
    for number in range(5):
        with closing(sqlite3.connect(tmp_path / f"copy{number}.db")) as copy:
            counts = [copy.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("pages", "articles", "appearances")]
        assert integrity(tmp_path / f"copy{number}.db") == "ok"
        assert len(set(counts)) == 1


def test_a_copy_overwrites_nothing(ours: Path, tmp_path: Path) -> None:
    target = tmp_path / "letter.txt"
    target.write_text("كتبته أمس", "utf-8")
    with pytest.raises(DatabaseError, match="exists already"):
        backup(ours, target)
    assert target.read_text("utf-8") == "كتبته أمس"


def test_a_copy_can_be_opened_and_written(ours: Path, tmp_path: Path) -> None:
    backup(ours, tmp_path / "new" / "copy.db")
    exporter = SqliteItemExporter(tmp_path / "new" / "copy.db")
    exporter.export_batch([Seen("https://site.example/9", own_site(news(9))).read()])
    exporter.finish_exporting()
    assert (titles(tmp_path / "new" / "copy.db"), titles(ours)) == (4, 3)


@pytest.mark.parametrize("statement", ["DELETE FROM articles", "CREATE TABLE other (id)", "PRAGMA user_version = 7"])
def test_a_read_only_connection_cannot_write(ours: Path, statement: str) -> None:
    with closing(open_readonly(ours)) as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute(statement)
    assert titles(ours) == 3


def test_reading_a_closed_database_makes_no_file(ours: Path) -> None:
    before = state(ours.parent)
    with closing(open_readonly(ours)) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone()[0] == 3
    assert state(ours.parent) == before


def test_what_a_killed_crawl_left_in_its_log_is_read(ours: Path, tmp_path: Path) -> None:
    exporter = SqliteItemExporter(ours)
    exporter.export_batch([Seen("https://site.example/9", own_site(news(9))).read()])
    for name in ("ours.db", "ours.db-wal", "ours.db-shm"):
        (tmp_path / "killed").mkdir(exist_ok=True)
        (tmp_path / "killed" / name).write_bytes((tmp_path / name).read_bytes())
    exporter.finish_exporting()
    with closing(open_readonly(tmp_path / "killed" / "ours.db")) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone()[0] == 4


def test_a_crawl_that_begins_while_a_closed_database_is_copied_is_copied_too(
    ours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_copy = database._write_copy

    def crawl_meanwhile(source: sqlite3.Connection, target: Path) -> None:
        write_copy(source, target)
        if titles(ours) == 3:
            exporter = SqliteItemExporter(ours)
            exporter.export_batch([Seen("https://site.example/9", own_site(news(9))).read()])
            exporter.finish_exporting()

    monkeypatch.setattr(database, "_write_copy", crawl_meanwhile)
    backup(ours, tmp_path / "copy.db")
    assert titles(tmp_path / "copy.db") == 4


def test_a_read_only_connection_makes_no_database(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="no such database"):
        open_readonly(tmp_path / "a.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a?mode=rwc.db", "a#b.db", "قاعدة بيانات.db", "a%20b.db"])
def test_a_file_with_characters_of_urls_in_its_name_can_be_read(tmp_path: Path, name: str) -> None:
    open_database(tmp_path / name).close()
    with closing(open_readonly(tmp_path / name)) as connection:
        assert connection.execute("SELECT count(*) FROM pages").fetchone()[0] == 0
