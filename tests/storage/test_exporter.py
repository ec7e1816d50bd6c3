"""A batch is one transaction, and where a page fails each is a savepoint: what a bad page or a failing database costs."""

import json
import multiprocessing
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from almasalla_crawler.exporters import MANY_ROWS, SqliteItemExporter
from almasalla_crawler.items import Page, Reject
from almasalla_crawler.storage.archive import EVIDENCE, Archive, Stored
from almasalla_crawler.storage.packed_lines import page_lines
from tests.storage.news_pages import ELSEWHERE, Database, Seen, elsewhere, news, own_site
from tests.storage.writers import integrity, write_pages

TABLES = ("pages", "urls", "captures", "articles", "authors", "keywords", "facts", "appearances", "mentions", "revisions", "lines",
          "rejects")  # fmt: skip


def pages(*numbers: int) -> list[Page]:
    return [Seen(f"https://site.example/{number}", own_site(news(number))).read() for number in numbers]


def everything(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but for the columns that say when something was last seen."""
    rows = {}
    for table in TABLES:
        names = [row[1] for row in db.rows(f"PRAGMA table_info({table})") if row[1] != "last_seen_at"]
        rows[table] = db.rows(f"SELECT {', '.join(names)} FROM {table} ORDER BY rowid")
    return rows


@pytest.mark.parametrize("name", ["title", "body", "publisher", "credit"])
def test_a_page_that_cannot_be_stored_costs_no_other_page(db: Database, name: str) -> None:
    batch = pages(1, 2, 3)
    setattr(batch[1].articles[0], name, "عنوان \ud800 مكسور")
    answers = db.exporter.export_batch(batch)
    assert [type(answer) for answer in answers] == [Stored, Reject, Stored]
    assert sorted(db.rows("SELECT url FROM pages")) == [("https://site.example/1",), ("https://site.example/3",)]
    assert db.rows("SELECT url, stage, reason FROM rejects") == [("https://site.example/2", "store", "not_storable")]


@pytest.mark.parametrize("value", [2**70, object()], ids=["number_too_large", "no_sql_type"])
def test_a_value_without_a_column_type_costs_no_other_page(db: Database, value: Any) -> None:
    batch = pages(1, 2)
    batch[0].articles[0].word_count = value
    answers = db.exporter.export_batch(batch)
    assert [type(answer) for answer in answers] == [Reject, Stored]


def test_nothing_of_a_page_that_cannot_be_stored_stays(db: Database) -> None:
    (page,) = [Seen(f"{ELSEWHERE}1", elsewhere(news(1), news(2))).read()]
    page.articles[1].title = "\udfff"
    db.exporter.export_batch([page])
    assert {name: db.count(name) for name in TABLES if db.count(name)} == {"rejects": 1}


def test_a_page_whose_url_cannot_be_stored_costs_no_other_page(db: Database) -> None:
    batch = pages(1, 2)
    batch[0].url = "seed:\udce9/a.txt"
    assert isinstance(db.exporter.export_batch(batch)[1], Stored)


def test_a_batch_written_again_for_a_bad_page_gives_the_others_as_if_it_had_not_been_there(db: Database, tmp_path: Path) -> None:
    def batch() -> list[Page]:
        seen = [Seen(f"{ELSEWHERE}{number}", elsewhere(news(number), news(9)), number).read() for number in (1, 2, 3, 1)]
        return seen + pages(9)

    bad = batch()
    bad[1].articles[0].title = "\udfff"
    db.exporter.export_batch(bad)
    good = Database(tmp_path / "good.db")
    (first, _, *others) = batch()
    good.exporter.export_batch([first, *others])
    assert db.facts_of_the_world() == good.facts_of_the_world()
    assert db.rows("SELECT id, title, cluster_id FROM articles") == good.rows("SELECT id, title, cluster_id FROM articles")
    good.connection.close()


def test_a_batch_written_again_is_as_it_was_read(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[str, str | None]] = []

    def store(archive: Archive, page: Page, seen_at: str) -> Stored:
        given.append((page.url, page.observed_at))
        page.url, page.observed_at = f"{page.url}/moved", "2099-01-01T00:00:00Z"
        if len(given) == 2:
            raise ValueError("the second page")
        return Stored()

    monkeypatch.setattr(Archive, "store", store)
    db.exporter.export_batch(pages(1, 2))
    assert given[2:] == given[:2]


def test_a_full_disk_stores_nothing_of_the_batch(db: Database) -> None:
    db.exporter.export_batch(pages(1))
    before = everything(db)
    db.connection.execute(f"PRAGMA max_page_count = {db.value('PRAGMA page_count') + 3}")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        db.exporter.export_batch(pages(*range(2, 40)))
    assert everything(db) == before
    assert not db.exporter.lock.is_locked


def test_a_batch_can_be_written_again_when_the_disk_has_space(db: Database) -> None:
    db.connection.execute(f"PRAGMA max_page_count = {db.value('PRAGMA page_count') + 3}")
    with pytest.raises(sqlite3.OperationalError):
        db.exporter.export_batch(pages(*range(40)))
    db.connection.execute("PRAGMA max_page_count = 1000000")
    db.exporter.export_batch(pages(*range(40)))
    assert (db.count("pages"), db.count("articles")) == (40, 40)


def test_a_transaction_rolled_back_by_sqlite_stores_nothing(db: Database) -> None:
    db.connection.execute(
        "CREATE TRIGGER broken BEFORE INSERT ON articles WHEN new.title = '"
        f"{news(2).title}' BEGIN SELECT RAISE(ROLLBACK, 'broken'); END"
    )
    with pytest.raises(sqlite3.Error):
        db.exporter.export_batch(pages(1, 2, 3))
    assert [db.count(name) for name in ("pages", "articles", "rejects")] == [0, 0, 0]


def test_an_error_of_ours_stores_nothing_of_the_batch(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Archive.store

    def failing(archive: Archive, page: Page, seen_at: str) -> Stored:
        if page.url.endswith("/2"):
            raise sqlite3.OperationalError("disk I/O error")
        return store(archive, page, seen_at)

    monkeypatch.setattr(Archive, "store", failing)
    with pytest.raises(sqlite3.OperationalError):
        db.exporter.export_batch(pages(1, 2, 3))
    assert db.count("pages") == 0
    assert not db.connection.in_transaction


def test_an_unchanged_second_export_adds_nothing(db: Database) -> None:
    seen = [
        Seen(
            f"{ELSEWHERE}1", elsewhere(news(1), news(2), keywords="جسر، نهر", similar=(news(3).title, "عنوان آخر لا يعرفه أحد"))
        ),
        Seen("https://site.example/1", own_site(news(1), closing="بقلم: حيدر ناهي")),
        Seen("https://site.example/2", "الرئيسية"),
    ]
    db.add(*seen)
    before = everything(db)
    db.add(*seen)
    assert everything(db) == before


def test_pages_of_one_batch_see_each_other(db: Database) -> None:
    db.exporter.export_batch([Seen(f"{ELSEWHERE}{number}", elsewhere(news(1))).read() for number in range(3)])
    assert (db.count("articles"), db.count("appearances")) == (1, 3)


def test_a_capture_keeps_every_line_with_its_role_and_rule(db: Database) -> None:
    page = Seen(f"{ELSEWHERE}1", elsewhere(news(1), news(2), similar=(news(3).title, "عنوان آخر لا يعرفه أحد"))).read()
    db.exporter.export_batch([page])
    packed = db.value("SELECT lines FROM captures")
    assert json.loads(zlib.decompress(packed)) == [[one.number, one.role, one.rule, one.text, one.article] for one in page.lines]
    assert [line["text"] for line in page_lines(packed)] == [line.text for line in page.lines]
    assert all(line["role"] and line["rule"] for line in page_lines(packed))


@pytest.mark.parametrize(("headlines", "place"), [(1, 2), (MANY_ROWS, 1)], ids=["memory", "file"])
def test_what_may_be_taken_back_is_in_memory_unless_a_page_has_many_rows(db: Database, headlines: int, place: int) -> None:
    page = Seen(
        f"{ELSEWHERE}1", elsewhere(news(1), similar=tuple(f"عنوان الخبر رقم {number}" for number in range(headlines)))
    ).read()
    db.exporter.export_batch([page])
    assert db.count("mentions") == headlines
    assert db.value("PRAGMA temp_store") == place


def test_only_evidence_becomes_rows_of_lines(db: Database) -> None:
    page = Seen(
        f"{ELSEWHERE}1", elsewhere(news(1), news(2), keywords="جسر", similar=(news(3).title, "عنوان آخر لا يعرفه أحد"))
    ).read()
    db.exporter.export_batch([page])
    expected = [(one.number, one.role, one.rule, one.text) for one in page.lines if one.role in EVIDENCE]
    assert db.rows("SELECT number, role, rule, text FROM lines ORDER BY number") == expected
    assert {row[1] for row in expected} == {"source", "keywords", "marker", "date"}


def test_a_reject_met_again_with_nothing_new_to_say_is_counted_once(db: Database) -> None:
    lost = Seen("https://site.example/2", "الرئيسية")
    db.add(lost, lost, lost)
    assert db.rows("SELECT reason, count FROM rejects") == [("no_article", 1)]


def test_a_reject_with_something_new_to_say_is_counted(db: Database) -> None:
    db.add(Seen("https://site.example/2", "الرئيسية"), Seen("https://site.example/2", "الرئيسية\n\nسياسة"))
    assert db.rows("SELECT reason, count FROM rejects") == [("no_article", 2)]


def test_two_processes_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    SqliteItemExporter(path).finish_exporting()
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(2)
    writers = [context.Process(target=write_pages, args=(path, start, first, 300)) for first in (0, 300)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    with closing(sqlite3.connect(path)) as connection:
        counts = [connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("pages", "captures", "articles")]
    assert counts == [600, 600, 600]
    assert integrity(path) == "ok"


def test_a_closed_database_is_one_whole_file(tmp_path: Path) -> None:
    exporter = SqliteItemExporter(tmp_path / "a.db")
    exporter.export_batch(pages(1, 2))
    exporter.finish_exporting()
    (tmp_path / "copy.db").write_bytes((tmp_path / "a.db").read_bytes())
    with closing(sqlite3.connect(tmp_path / "copy.db")) as connection:
        assert connection.execute("SELECT count(*) FROM pages").fetchone() == (2,)
