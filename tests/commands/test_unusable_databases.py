"""A database that cannot be used: every command ends with status 1 and one sentence that names the file and what to do."""

import os
import shutil
import sqlite3
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from scrapy.settings import Settings

from almasalla_crawler.commands import (
    articles,
    backup,
    dedupe,
    export,
    forget,
    inspect,
    reparse,
    report,
    schedule,
    search,
    verify,
)
from almasalla_crawler.exporters import SqliteItemExporter
from almasalla_crawler.storage import database as storage
from tests.storage.news_pages import Seen, news, own_site

COMMANDS = {
    "articles": (articles, []),
    "article": (articles, ["1"]),
    "backup": (backup, ["COPY"]),
    "dedupe": (dedupe, []),
    "forget": (forget, ["https://site.example/1"]),
    "inspect": (inspect, []),
    "reparse": (reparse, []),
    "export": (export, []),
    "verify": (verify, []),
    "search": (search, ["المتحدث"]),
    "report": (report, []),
    "schedule": (schedule, ["history"]),
    "schedule_pause": (schedule, ["pause", "seeds"]),
}
EACH_COMMAND = pytest.mark.parametrize("command", COMMANDS)


def typed(command: str, path: Path) -> int:
    """Exit status of a command on the database at `path`."""
    module, arguments = COMMANDS[command]
    target = str(path.with_name("copy.db"))
    started = module.Command()
    started.settings = Settings({"DATABASE_PATH": str(path), "SEED_MAXSIZE": 1 << 20, "CRAWLS_FILE": "crawls.example.toml"})
    parser = ArgumentParser()
    started.add_options(parser)
    options = parser.parse_args([])
    options.json, options.all, options.limit = True, True, 9
    started.run([target if one == "COPY" else one for one in arguments], options)
    return int(started.exitcode)


def filled(path: Path) -> SqliteItemExporter:
    exporter = SqliteItemExporter(path)
    exporter.export_batch([Seen(f"https://site.example/{number}", own_site(news(number))).read() for number in range(20)])
    return exporter


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    filled(tmp_path / "ours.db").finish_exporting()
    return tmp_path / "ours.db"


def overwrite_middle(path: Path) -> None:
    """Pages of tables, behind the schema: SQLite opens such a file and answers whatever does not touch them."""
    body = path.read_bytes()
    path.write_bytes(body[: len(body) // 2] + b"\xff" * 20_000 + body[len(body) // 2 + 20_000 :])


def make_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('almasalla_crawler', 'next', '')"
        )


def make_foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE books (title TEXT)")


@EACH_COMMAND
@pytest.mark.parametrize(
    ("spoil", "advice"),
    [
        (overwrite_middle, "restore a backup"),
        (lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 3]), "restore a backup"),
        (lambda path: path.write_text("كتاب إلى المحرر " * 400, "utf-8"), "restore a backup"),
        (make_newer, "Update almasalla-crawler"),
        (make_foreign, "another program (its tables: books)"),
        (Path.unlink, "`scrapy crawl seeds` makes one"),
    ],
    ids=["damaged", "cut", "text", "newer", "foreign", "missing"],
)
def test_a_file_that_cannot_be_used_is_named_with_what_to_do(
    command: str, spoil: Callable[[Path], object], advice: str, ours: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(ours)
    before = ours.read_bytes() if ours.exists() else None
    assert typed(command, ours) == 1
    shown = capsys.readouterr()
    assert (shown.out, shown.err.count("\n")) == ("", 1)
    assert f"{ours}: " in shown.err
    assert advice in shown.err
    assert (ours.read_bytes() if ours.exists() else None) == before
    assert not ours.with_name("copy.db").exists()


@pytest.mark.parametrize("command", ["articles", "backup"])
@pytest.mark.parametrize(
    ("statement", "advice"),
    [("", "scrapy backup"), ("DELETE FROM _sqlite_migrations", "older version")],
    ids=["copied_without_its_log", "older"],
)
def test_a_database_without_what_is_asked_for_is_named(
    command: str, statement: str, advice: str, ours: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not statement:
        ours.write_bytes(b"")
    with closing(sqlite3.connect(ours)) as connection, connection:
        connection.execute(statement)
    assert typed(command, ours) == 1
    assert advice in capsys.readouterr().err


def test_a_value_that_cannot_be_unpacked_is_no_traceback(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(ours)) as connection, connection:
        connection.execute("UPDATE captures SET lines = x'00'")
    assert typed("article", ours) == 1
    assert "a stored value cannot be read" in capsys.readouterr().err


@EACH_COMMAND
def test_a_database_that_another_program_holds_is_said_to_be_held(
    command: str, ours: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(storage, "_BUSY_TIMEOUT_S", 0.1)
    monkeypatch.setattr(storage, "_READER_TIMEOUT_S", 0.1)
    with closing(sqlite3.connect(ours, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("UPDATE pages SET attempts = 1")
        assert typed(command, ours) == 1
    assert "Another program holds it; try again" in capsys.readouterr().err


def test_a_backup_of_a_large_database_looks_for_damage_too(
    ours: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(storage, "CHECKED_BYTES", 1000)
    overwrite_middle(ours)
    assert typed("backup", ours) == 1
    assert "restore a backup" in capsys.readouterr().err


# --- directories that cannot be written to ------------------------------------------------------------------------------


@contextmanager
def as_nobody() -> Iterator[None]:
    """root may write everywhere, so these tests are somebody else meanwhile."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.fixture
def locked_up() -> Iterator[Callable[..., Path]]:
    """Copies some files of a database that is open into a directory where nobody may write."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        exporter = filled(folder / "a.db")

        def copy(*suffixes: str) -> Path:
            (folder / "copy").mkdir()
            for suffix in ("", *suffixes):
                shutil.copy(folder / f"a.db{suffix}", folder / "copy" / f"a.db{suffix}").chmod(0o444)
            (folder / "copy").chmod(0o555)
            return folder / "copy" / "a.db"

        yield copy
        exporter.finish_exporting()
        (folder / "copy").chmod(0o755)


def test_a_database_in_a_directory_that_cannot_be_written_to_is_read_with_its_log(
    locked_up: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = locked_up("-wal", "-shm")
    with as_nobody():
        assert typed("articles", path) == 0
    assert capsys.readouterr().out.count('"id"') == 9


def test_a_log_that_cannot_be_read_there_is_explained(locked_up: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    path = locked_up("-wal")
    with as_nobody():
        assert typed("articles", path) == 1
    assert "copy all files of the database" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["dedupe", "forget", "reparse"])
def test_a_database_that_cannot_be_written_to_is_said_to_be_so(
    command: str, locked_up: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = locked_up("-wal", "-shm")
    with as_nobody():
        assert typed(command, path) == 1
    shown = capsys.readouterr()
    assert str(path) in shown.err
    assert "write" in shown.err or "Permission denied" in shown.err
