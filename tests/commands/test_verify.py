"""`scrapy verify`: silent on a database that is whole, and names what is not, with what to do."""

import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from in_process import typed

from almasalla_crawler.commands import dedupe, forget, verify
from benchmarks.verify import count, fill_other_tables, finds
from tests.exports.stored import add_related, change, fill
from tests.storage.news_pages import ELSEWHERE, Database, Seen, elsewhere, news, own_site

SEEN_AGAIN = (("pages", "last_seen_at"), ("rejects", "last_seen_at"))  # have no seal


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A closed database with an author, revisions, copies, mentions, related articles and a page without an article."""
    db = Database(tmp_path / "ours.db")
    db.exporter.begin_crawl("seeds", "seeds", {})
    fill(db, 3)
    add_related(db)
    db.add(Seen("https://almasalah.com/1", own_site(news(1)), 1), Seen("https://almasalah.com/1", own_site(news(1).edited()), 3))
    db.add(Seen("https://almasalah.com/copy", own_site(news(1).edited()), 4))
    db.add(Seen(f"{ELSEWHERE}7", elsewhere(news(7), keywords="نهر جسر", similar=(news(2).title,)), 5))
    change(db, "INSERT INTO authors VALUES (1, 0, 'كاظم العامري')")
    db.add(Seen("https://site.example/none", "لا شيء هنا"))
    db.close()
    return tmp_path / "ours.db"


def found(path: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    """The problems as JSON; the exit status fits them."""
    status = typed(verify, path, "--json", *arguments)
    answer = json.loads(capsys.readouterr().out)
    assert (status == 0) == answer["ok"]
    return list(answer["problems"])


def without_triggers(path: Path, *statements: str) -> None:
    """Changes rows as damage would: nobody notes it. The triggers are there again afterwards."""
    with closing(sqlite3.connect(path)) as connection, connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)


def test_rows_of_another_program_are_not_vouched_for(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(ours)) as connection, connection:
        connection.execute("UPDATE articles SET section = 'اقتصاد' WHERE id = 1")
    (note,) = found(ours, capsys)
    assert note["is_note"]
    assert "not vouched for" in note["text"]
    assert "as they are" in note["mend"]


def test_articles_that_were_never_compared_are_noted(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    without_triggers(ours, "DELETE FROM sketches WHERE article_id < 3", "DELETE FROM sketch_numbers WHERE article_id < 3")
    (note,) = found(ours, capsys)
    assert (note["is_note"], note["mend"]) == (True, "scrapy dedupe")
    assert note["text"].endswith("no other: 2")
    assert typed(dedupe, ours) == 0
    capsys.readouterr()
    assert found(ours, capsys) == []


def test_a_whole_database_has_no_problem(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert found(ours, capsys) == []


def test_a_real_crawl_has_no_problem_and_every_check_is_named(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, shown = typed(verify, database), capsys.readouterr()
    assert (status, shown.err) == (0, "")
    checks = ["file", "references", "clusters", "dates", "search index", "seals", "texts", "sketches", "lines", "kept bytes"]
    assert [line[2:15].strip() for line in shown.out.splitlines()[1:]] == checks
    assert shown.out.count("ok") == len(checks)


@pytest.mark.parametrize(
    ("damage", "check", "said"),
    [
        ("UPDATE articles SET body = replace(body, 'المتحدث', 'المتحدت') WHERE id = 1", "texts", "body_key"),
        ("UPDATE articles SET body = replace(body, 'إن', 'أن') WHERE id = 1", "seals", "changed on the disk"),
        ("UPDATE articles SET word_count = 3 WHERE id = 1", "texts", "word_count"),
        ("UPDATE articles SET title_key = 'س' WHERE id = 1", "texts", "title_key"),
        ("UPDATE articles SET fingerprint = 'س' WHERE id = 1", "texts", "fingerprint"),
        ("UPDATE captures SET lines = x'789c' WHERE id = 1", "lines", "cannot be read"),
        ("UPDATE captures SET letter_count = letter_count + 1 WHERE id = 1", "lines", "letters"),
        ("UPDATE captures SET line_count = line_count + 1 WHERE id = 1", "lines", "lines were stored"),
        ("UPDATE lines SET text = replace(text, 'ا', 'أ') WHERE page_id = 1", "lines", "not those of a capture"),
        ("DELETE FROM lines WHERE page_id = 1", "lines", "not those of a capture"),
        ("DELETE FROM pages WHERE id = 1", "references", "not there"),
        ("DELETE FROM appearances WHERE article_id = 1", "references", "no page shows it"),
        ("UPDATE articles SET date_published_date = '2025-02-30' WHERE id = 1", "dates", "2025-02-30"),
        ("UPDATE articles SET date_published_utc = '2025-06-30T00:00:00Z' WHERE id = 1", "dates", "date_published_utc"),
        ("UPDATE articles SET cluster_id = 99 WHERE id = 2", "clusters", "no pair"),
        ("UPDATE articles SET cluster_id = NULL", "clusters", "no cluster"),
        ("DELETE FROM pairs", "clusters", "no pair"),
    ],
)  # fmt: skip
def test_damage_is_named_by_the_check_that_sees_it(
    ours: Path, capsys: pytest.CaptureFixture[str], damage: str, check: str, said: str
) -> None:
    without_triggers(ours, damage)
    problems = found(ours, capsys)
    assert [one for one in problems if one["check"] == check and said in one["text"] and one["mend"]]
    assert "cluster_id" in damage or [one for one in problems if one["check"] == "seals"]  # it follows from the pairs


def test_two_clusters_that_share_a_number_are_found(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = Database(ours)
    db.add(*(Seen(f"https://almasalah.com/other/{number}", own_site(news(50)), number + 1) for number in range(2)))
    change(db, "UPDATE articles SET cluster_id = (SELECT min(cluster_id) FROM articles) WHERE cluster_id IS NOT NULL")
    db.close()
    assert [one["check"] for one in found(ours, capsys) if not one["is_note"]] == ["clusters"]


def test_a_note_is_no_failure(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(ours)) as connection, connection:
        connection.execute("UPDATE articles SET section = 'اقتصاد' WHERE id = 1")
    (note,) = found(ours, capsys)
    assert (note["is_note"], note["check"]) == (True, "seals")


def test_quick_reads_no_text_and_still_follows_references(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    without_triggers(ours, "UPDATE articles SET word_count = 3", "DELETE FROM pages WHERE id = 1")
    assert {one["check"] for one in found(ours, capsys, "--quick")} == {"references"}


def test_the_terminal_shows_what_to_type(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    without_triggers(ours, "UPDATE articles SET title = 'غيره'")
    assert typed(verify, ours) == 1
    shown = capsys.readouterr().out
    assert re.search(r"seals +\d+ problems", shown)
    assert "mend: restore a backup; without one: scrapy forget https://site.example/1" in shown


def test_what_is_wrong_with_a_reference_is_mended_by_the_command_that_is_named(
    ours: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    without_triggers(ours, "DELETE FROM articles WHERE id = 2")
    while problems := [one for one in found(ours, capsys) if '"' in one["mend"]]:
        statement = problems[0]["mend"].split('"')[1]
        with closing(sqlite3.connect(ours)) as connection, connection:
            connection.execute(statement)
    assert {one["mend"] for one in found(ours, capsys) if not one["is_note"]} == {"scrapy dedupe --all"}
    assert typed(dedupe, ours, "--all") == 0
    capsys.readouterr()
    assert found(ours, capsys) == []


def test_a_damaged_article_is_whole_again_after_forgetting_and_crawling(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    without_triggers(ours, "UPDATE articles SET body = replace(body, 'المتحدث', 'المتحدت') WHERE id = 2")
    url = found(ours, capsys)[0]["mend"].split("scrapy forget ")[1].split(",")[0]
    assert typed(forget, ours, url) == 0
    capsys.readouterr()
    db = Database(ours)
    db.add(Seen(url, own_site(news(2))))
    db.close()
    assert found(ours, capsys) == []


@pytest.mark.parametrize(
    ("change_file", "said", "is_note"),
    [
        (lambda file: file.unlink(), "is gone", True),
        (lambda file: file.write_bytes(file.read_bytes()[:-1] + b"X"), "is not what was read", False),
    ],
    ids=["gone", "changed"],
)
def test_the_files_that_were_read_are_compared(
    ours: Path, capsys: pytest.CaptureFixture[str], change_file: Callable[[Path], object], said: str, is_note: bool
) -> None:
    seen, file = Seen("https://site.example/file", own_site(news(70))), ours.with_name("page.txt")
    file.write_text(seen.text, "utf-8")
    page = seen.read()
    page.raw_at = str(file)
    db = Database(ours)
    db.exporter.export_batch([page])
    db.close()
    assert found(ours, capsys) == []
    change_file(file)
    (problem,) = found(ours, capsys)
    assert (problem["check"], said in problem["text"], problem["is_note"]) == ("kept bytes", True, is_note)


def test_verify_runs_beside_a_crawl(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = Database(ours)
    db.connection.execute("BEGIN IMMEDIATE")  # a batch in the middle
    db.connection.execute("UPDATE articles SET title = 'غيره'")
    assert found(ours, capsys) == []
    db.connection.execute("ROLLBACK")
    db.close()


def test_an_index_that_lacks_a_row_is_made_anew(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(ours)) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = sql || ' AND id > 1' WHERE name = 'articles_cluster'")
    with closing(sqlite3.connect(ours)) as connection, connection:
        connection.execute("REINDEX articles_cluster")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = replace(sql, ' AND id > 1', '') WHERE name = 'articles_cluster'")
        connection.execute("UPDATE articles SET cluster_id = 4 WHERE id = 1 AND 0")
    problems = found(ours, capsys)
    assert all("REINDEX" in one["mend"] for one in problems if "index" in one["text"])


def test_another_value_is_found_in_every_table(ours: Path) -> None:
    fill_other_tables(ours)
    with closing(sqlite3.connect(ours)) as connection:
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'articles_[fw]*' AND name <> 'unsealed'"
        columns = {
            table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if (table, row[1]) not in SEEN_AGAIN]
            for (table,) in connection.execute(tables).fetchall()
        }
        empty = [table for table in columns if connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)]
    assert (len(columns) > 20, empty) == (True, [])
    for table, (key, *_, column) in columns.items():
        damaged = ours.with_name(f"{table}.db")
        shutil.copy(ours, damaged)
        changed = f"UPDATE OR REPLACE {table} SET {column} = '2031' WHERE {key} = (SELECT max({key}) FROM {table})"
        without_triggers(damaged, changed)
        assert finds(damaged), f"{table}.{column}"


def test_bit_rot_is_found(ours: Path) -> None:
    fill_other_tables(ours)
    counts = count(ours, 25, seed=5)
    assert (counts["damage"], counts["found by verify"]) == (25, 25), counts


# --- the search index -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("", ""),
        ("DELETE FROM articles_fts_docsize WHERE id = 1", "is not in the search index"),
        ("INSERT INTO articles_fts_docsize SELECT 999, sz FROM articles_fts_docsize WHERE id = 1", "and not there"),
        ("UPDATE articles SET body_key = 'س' WHERE id = 1", "does not fit the articles"),
    ],
    ids=["whole", "missing", "too_many", "other_words"],
)
def test_the_search_index_is_in_step_with_the_articles(
    ours: Path, capsys: pytest.CaptureFixture[str], damage: str, said: str
) -> None:
    if damage:
        without_triggers(ours, damage)
    problems = [one for one in found(ours, capsys) if one["check"] == "search index"]
    assert any(said in one["text"] and "rebuild" in one["mend"] for one in problems) == bool(damage)


# --- what is made out of other rows is made again ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM pairs",
        "UPDATE pairs SET similarity = 0.25",
        "UPDATE pairs SET kind = 'shortened'",
        "INSERT INTO pairs VALUES (2, 3, 'copy', 1.0)",
        "UPDATE articles SET cluster_id = NULL",
        "UPDATE articles SET cluster_id = 99 WHERE cluster_id IS NOT NULL",
        "UPDATE mentions SET article_id = NULL",
        "UPDATE mentions SET article_id = 1",
        "UPDATE sketches SET sketch = x'00'",
        "UPDATE sketches SET version = version - 1",
        "DELETE FROM sketch_numbers WHERE article_id = 1",
    ],
)
def test_comparing_again_mends_what_comparing_made(ours: Path, capsys: pytest.CaptureFixture[str], damage: str) -> None:
    without_triggers(ours, damage)
    assert {one["mend"].removeprefix("if its seal is whole, ") for one in found(ours, capsys)} == {"scrapy dedupe --all"}
    assert typed(dedupe, ours, "--all") == 0
    capsys.readouterr()
    assert found(ours, capsys) == []


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE articles SET body = replace(body, 'إن', 'أن')",
        "UPDATE articles SET body_key = replace(body_key, 'ان', 'انن')",
        "UPDATE articles SET section = 'غيره'",
        "UPDATE revisions SET body = replace(body, 'إن', 'أن')",
        "UPDATE mentions SET title = 'غيره'",
        "UPDATE mentions SET title_key = 'غيره'",
        "UPDATE facts SET value = 'غيره'",
        "UPDATE captures SET etag = 'x'",
    ],
)
def test_comparing_again_seals_no_damage(ours: Path, capsys: pytest.CaptureFixture[str], damage: str) -> None:
    without_triggers(ours, damage)
    before = {one["subject"] for one in found(ours, capsys) if one["check"] == "seals"}
    assert before
    assert typed(dedupe, ours, "--all") == 0
    capsys.readouterr()
    assert before <= {one["subject"] for one in found(ours, capsys) if one["check"] == "seals"}


def test_a_new_copy_of_a_damaged_article_seals_no_damage(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    without_triggers(ours, "UPDATE articles SET body = replace(body, 'إن', 'أن') WHERE id = 2")
    db = Database(ours)
    before = db.count("pairs")
    db.add(Seen("https://almasalah.com/again", own_site(news(2)), 9))
    assert db.count("pairs") > before
    db.close()
    assert [one["subject"] for one in found(ours, capsys)] == ["article 2"]
