"""The commands as a user types them."""

import json
import sqlite3
from collections import Counter
from pathlib import Path
from unittest.mock import Mock

import pytest

from almasalla_crawler import rereading
from almasalla_crawler.items import Page
from almasalla_crawler.storage import archive, captures, frontier
from tests.typed import scrapy


def ask(database: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(database) as connection:
        return connection.execute(query).fetchall()


def test_articles_lists_the_newest_first(database: Path) -> None:
    shown = scrapy("articles", "--json", "-s", f"DATABASE_PATH={database}")
    rows = json.loads(shown.stdout)
    assert [(row["date"], row["role"], row["publisher"]) for row in rows] == [
        ("2025-03-02", "main", "المسلة"),
        ("2025-03-01", "main", "المسلة"),
    ]


def test_articles_shows_one_whole_with_the_rule_of_each_line(database: Path) -> None:
    identifier = json.loads(scrapy("articles", "--json", "-s", f"DATABASE_PATH={database}").stdout)[0]["id"]
    article = json.loads(scrapy("articles", "--json", str(identifier), "-s", f"DATABASE_PATH={database}").stdout)
    assert {appearance["role"] for appearance in article["appearances"]} == {"main", "related"}
    assert all(line["rule"] for appearance in article["appearances"] for line in appearance["lines"])
    assert "الدروس المرئية" in scrapy("articles", str(identifier), "-s", f"DATABASE_PATH={database}").stdout


@pytest.mark.parametrize("arguments", [["77"], ["9" * 30], ["x"], ["1", "2"]], ids=["unknown", "too_large", "no_number", "two"])
def test_articles_says_what_is_wrong_with_an_id(database: Path, arguments: list[str]) -> None:
    shown = scrapy("articles", *arguments, "-s", f"DATABASE_PATH={database}")
    assert shown.returncode != 0
    assert "scrapy articles" in shown.stderr + shown.stdout
    assert "Traceback" not in shown.stderr


def test_a_backup_is_a_whole_database_and_overwrites_nothing(database: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    assert scrapy("backup", str(target), "-s", f"DATABASE_PATH={database}").returncode == 0
    assert ask(target, "SELECT count(*) FROM articles") == [(2,)]
    again = scrapy("backup", str(target), "-s", f"DATABASE_PATH={database}")
    assert (again.returncode, str(target) in again.stderr) == (1, True)


def test_forget_removes_a_page_and_what_only_it_carried(database: Path) -> None:
    done = scrapy("forget", "seed:saved/harbour.txt", "-s", f"DATABASE_PATH={database}")
    assert "harbour.txt is still there" in done.stdout
    assert ask(database, "SELECT url FROM pages") == [("seed:saved/school.txt",)]
    assert ask(database, "SELECT dateline_place FROM articles") == [("أربيل",)]  # the other page shows it too
    assert "الفاو".encode() not in database.read_bytes()
    assert ask(database, "PRAGMA foreign_key_check") == []


def test_forget_says_that_a_page_is_unknown(database: Path) -> None:
    done = scrapy("forget", "https://example.org/nothing", "-s", f"DATABASE_PATH={database}")
    assert (done.returncode, "https://example.org/nothing" in done.stderr) == (1, True)


@pytest.fixture
def newer_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (archive, captures, frontier):
        monkeypatch.setattr(module, "RULES_VERSION", "newer")


@pytest.mark.usefixtures("newer_rules")
def test_reparse_reads_again_what_older_rules_read_and_adds_no_revision(database: Path) -> None:
    before = ask(database, "SELECT id, title, body FROM articles")
    assert rereading.reparse(database, 1 << 20)["read"] == 2
    assert ask(database, "SELECT id, title, body FROM articles") == before
    assert ask(database, "SELECT count(*) FROM revisions") == [(0,)]
    assert rereading.reparse(database, 1 << 20)["read"] == 0


@pytest.mark.usefixtures("newer_rules")
def test_reparse_removes_an_article_that_newer_rules_no_longer_see(
    database: Path, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    (folder / "school.txt").unlink()
    scrapy("forget", "seed:saved/school.txt", "-s", f"DATABASE_PATH={database}")

    def without_related(page: object) -> None:
        page.articles = [one for one in page.articles if one.role == "main"]  # type: ignore[attr-defined]

    monkeypatch.setattr(rereading, "deduplicate", without_related)
    counts = rereading.reparse(database, 1 << 20)
    assert counts["articles superseded"] == 1
    assert ask(database, "SELECT count(*) FROM articles") == [(1,)]


@pytest.mark.usefixtures("newer_rules")
def test_reparse_leaves_captures_alone_whose_bytes_are_gone(database: Path, folder: Path) -> None:
    (folder / "school.txt").unlink()
    (folder / "harbour.txt").write_text("شيء آخر تماما", "utf-8")
    assert rereading.reparse(database, 1 << 20) == {"bytes gone": 1, "bytes changed": 1}
    assert ask(database, "SELECT count(*) FROM articles") == [(2,)]


@pytest.mark.usefixtures("newer_rules")
def test_reparse_finds_a_file_whose_name_is_no_utf8(folder: Path, tmp_path: Path) -> None:
    (folder / "school.txt").rename(folder / "caf\udce9.txt")
    scrapy("crawl", "seeds", "-a", f"path={folder}", "-s", f"DATABASE_PATH={tmp_path / 'b.db'}", "--nolog")
    assert rereading.reparse(tmp_path / "b.db", 1 << 20)["read"] == 2


@pytest.mark.usefixtures("newer_rules")
def test_reparse_judges_each_page_alone(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(page: Page) -> None:
        if page.url.endswith("school.txt"):
            raise TypeError("a bug")

    monkeypatch.setattr(rereading, "deduplicate", failing)
    counts = rereading.reparse(database, 1 << 20)
    assert (counts["read"], counts["errors in the code"], rereading.judge_counts(counts).exit_code) == (2, 1, 1)
    assert ask(database, "SELECT url, reason, detail FROM rejects") == [
        ("seed:saved/school.txt", "internal_error", "TypeError: a bug")
    ]
    query = "SELECT status, pages, rejects, errors FROM crawls WHERE spider = 'reparse'"
    assert ask(database, query) == [("failed", 1, 1, 1)]
    assert ask(database, "SELECT count(*) FROM articles") == [(2,)]


@pytest.mark.usefixtures("newer_rules")
def test_reparse_that_cannot_store_says_so_in_its_row(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rereading, "_store", Mock(side_effect=sqlite3.OperationalError("disk I/O error")))
    with pytest.raises(sqlite3.OperationalError):
        rereading.reparse(database, 1 << 20)
    assert ask(database, "SELECT status, finish_reason FROM crawls WHERE spider = 'reparse'") == [("failed", "storage_failed")]


@pytest.mark.parametrize(
    ("counts", "exit_code"),
    [({}, 0), ({"read": 2, "rejected": 1}, 0), ({"bytes gone": 2}, 1), ({"read": 1, "rejected": 1}, 1)],
    ids=["nothing_due", "one_rejected", "bytes_gone", "all_rejected"],
)
def test_exit_status_of_reparse_is_true(counts: dict[str, int], exit_code: int) -> None:
    assert rereading.judge_counts(Counter(counts)).exit_code == exit_code
