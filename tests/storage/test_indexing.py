"""The full-text index is in step with the articles after every kind of history, whoever writes them."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from almasalla_crawler.items import Reject
from almasalla_crawler.storage.database import open_database
from almasalla_crawler.storage.forget import forget_page
from almasalla_crawler.storage.indexing import indexed_together
from almasalla_crawler.storage.migrations import migrations
from almasalla_crawler.storage.search import search
from tests.storage.news_pages import ELSEWHERE, Database, Seen, elsewhere, news, own_site

OWN = "https://almasalah.com/archives/1"
BRIDGE, MUSEUM = news(1), news(2)
RARE = "سمندل"
EDITED = BRIDGE.edited(f"وظهر في الصورة {RARE} صغير قرب البركة.")
_INSERT = (
    "INSERT INTO articles (title, title_key, body, body_key, block_roles, paragraph_count, word_count, fingerprint, first_seen_at,"
    " observed_at, text_rank) VALUES (?1, ?1, ?2, ?2, '[]', 1, 1, ?2, '', '', 2)"
)


def found(db: Database, text: str) -> list[int]:
    return [hit.id for hit in search(db.connection, text).hits]


def test_the_check_sees_an_index_that_is_behind(db: Database) -> None:
    db.connection.execute("BEGIN")
    db.connection.execute("UPDATE indexing SET until = 0")
    db.connection.execute(_INSERT, ("عنوان", "نص"))
    with pytest.raises(sqlite3.DatabaseError):
        db.check_index()
    db.connection.execute("ROLLBACK")


def test_a_revision_is_found_by_its_new_words_only(db: Database) -> None:
    db.add(Seen(OWN, own_site(EDITED)))
    assert found(db, RARE) == [1]
    db.add(Seen(OWN, own_site(BRIDGE), 2))
    assert found(db, RARE) == []


def test_pages_of_one_batch_that_edit_each_others_articles_are_indexed_once(db: Database) -> None:
    seen = [Seen(f"{ELSEWHERE}1", elsewhere(BRIDGE, MUSEUM)), Seen(OWN, own_site(BRIDGE), 2), Seen(OWN, own_site(EDITED), 3)]
    db.exporter.export_batch([one.read() for one in seen])
    assert found(db, RARE) == [db.value("SELECT id FROM articles WHERE url = ?", OWN)]


def test_articles_that_are_merged_are_found_as_one(db: Database) -> None:
    saved = Seen("seed:saved/bridge.txt", own_site(BRIDGE), 2, door="file:bridge.txt")
    db.add(saved, Seen(OWN, own_site(EDITED), 3, door="file:again.html"))
    assert len(found(db, BRIDGE.title)) == 2
    db.add(replace(saved, url=OWN, file_url=saved.url))
    assert len(found(db, BRIDGE.title)) == 1


def test_a_page_that_cannot_be_stored_leaves_the_index_as_it_was(db: Database) -> None:
    db.add(Seen(OWN, own_site(BRIDGE)))
    edited, other = Seen(OWN, own_site(EDITED), 2).read(), Seen("https://almasalah.com/archives/2", own_site(MUSEUM)).read()
    edited.lines[-1].text = "سطر \ud800 مكسور"
    edited.lines[-1].role = "credit"  # is stored after the article
    answers = db.exporter.export_batch([edited, other])
    assert isinstance(answers[0], Reject)
    assert (found(db, RARE), len(found(db, MUSEUM.title))) == ([], 1)


def test_a_batch_that_fails_leaves_the_index_as_it_was(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    db.add(Seen(OWN, own_site(BRIDGE)))

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("almasalla_crawler.storage.archive.resolve_headlines", fail)
    with pytest.raises(sqlite3.OperationalError):
        db.exporter.export_batch([Seen(OWN, own_site(EDITED), 2).read()])
    assert found(db, RARE) == []
    assert db.rows("SELECT until FROM indexing") == [(None,)]


def test_a_forgotten_page_leaves_no_word_in_the_file(db: Database) -> None:
    db.add(Seen(OWN, own_site(EDITED)), Seen(f"{ELSEWHERE}2", elsewhere(MUSEUM), 2))
    forget_page(db.connection, [OWN])
    assert found(db, RARE) == []
    assert RARE.encode() not in db.exporter.path.read_bytes()
    assert db.rows("SELECT count(*) FROM articles_words WHERE term = ?", RARE) == [(0,)]


def test_another_programs_insert_update_and_delete_are_followed(db: Database) -> None:
    db.connection.execute(_INSERT, ("قنفذ الحديقة", "وجد الحارس قنفذا"))
    assert found(db, "قنفذ") == [1]
    db.connection.execute("UPDATE articles SET body_key = 'وجد الحارس سلحفاه', title_key = NULL")
    assert (found(db, "قنفذ"), found(db, "سلحفاة")) == ([], [1])
    db.connection.execute("DELETE FROM articles")
    assert found(db, "سلحفاة") == []


def test_an_id_that_is_used_again_in_one_transaction_is_indexed(db: Database) -> None:
    db.connection.execute(_INSERT, ("قنفذ", "نص أول"))
    db.connection.execute("BEGIN")
    with indexed_together(db.connection):
        db.connection.execute("DELETE FROM articles WHERE id = 1")
        db.connection.execute(_INSERT, ("سلحفاه", "نص ثان"))
        db.connection.execute(_INSERT, ("ضفدع", "نص ثالث"))
        db.connection.execute("UPDATE articles SET title_key = 'ضفدعه' WHERE id = 2")
        db.connection.execute(_INSERT, ("حلزون", "نص رابع"))
        db.connection.execute("DELETE FROM articles WHERE id = 3")
    db.connection.execute("COMMIT")
    assert [found(db, word) for word in ("قنفذ", "سلحفاة", "ضفدعة", "حلزون")] == [[], [1], [2], []]


def test_a_database_of_before_the_search_is_indexed_when_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = list(migrations._migrations)
    with monkeypatch.context() as before:
        before.setattr(migrations, "_migrations", steps[: [step.name for step in steps].index("add_search")])
        with closing(open_database(tmp_path / "old.db")) as connection:
            connection.execute(_INSERT, ("قنفذ الحديقة", "وجد الحارس قنفذا"))
    with closing(open_database(tmp_path / "old.db")) as connection:
        assert [hit.title for hit in search(connection, "القنفذ").hits] == ["قنفذ الحديقة"]
        connection.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")
