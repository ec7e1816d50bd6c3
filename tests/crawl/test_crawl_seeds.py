"""`scrapy crawl seeds` as a person or cron runs it: what it says, how it ends, what it leaves."""

import csv
import hashlib
import json
import re
import shutil
import signal
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from almasalla_crawler.storage.locks import lock_outlet
from tests.crawl.saved_crawls import ALMASALAH, asked, command, crawl, everything, save, save_many, stopped, without_time
from tests.storage.news_pages import ELSEWHERE, elsewhere, news, own_site
from tests.typed import scrapy

FORMULA = "=HYPERLINK إعلان افتتاح الجسر الجديد في الناصرية"


def save_some(folder: Path) -> None:
    similar = (news(3).title, "مسابقة للخط العربي تستقطب طلبة عشر محافظات")
    copy = elsewhere(news(1), news(2), keywords="جسر، نهر", similar=similar)
    save(folder, "almasalah/1.txt", own_site(news(1)), url=f"{ALMASALAH}1", outlet="almasalah")
    save(folder, "arabkhabar/1.txt", copy, url=f"{ELSEWHERE}1", outlet="arabkhabar")
    save(folder, "arabkhabar/4.txt", elsewhere(replace(news(4), title=FORMULA)), url=f"{ELSEWHERE}4", outlet="arabkhabar")
    save(folder, "no-url.txt", elsewhere(news(3)))
    save(folder, "picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    save(folder, "notes.md", "لا صفحة")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, subprocess.CompletedProcess[str]]:
    """Directory, database and answer of a first crawl with both feeds."""
    folder = tmp_path_factory.mktemp("first")
    save_some(folder / "pages")
    feeds = (option for name in ("out.jsonl", "out.csv") for option in ("-o", str(folder / name)))
    return folder / "pages", folder / "a.db", crawl(folder / "pages", folder / "a.db", *feeds)


@pytest.fixture
def crawled(first: tuple[Path, Path, subprocess.CompletedProcess[str]], tmp_path: Path) -> tuple[Path, Path]:
    """A copy of the directory and of the database of the first crawl."""
    shutil.copytree(first[0], tmp_path / "pages")
    shutil.copy(first[1], tmp_path / "a.db")
    return tmp_path / "pages", tmp_path / "a.db"


# --- a crawl ------------------------------------------------------------------------------------------------------------


def test_a_crawl_says_what_it_did(first: tuple[Path, Path, subprocess.CompletedProcess[str]]) -> None:
    _, database, done = first
    assert done.returncode == 0
    said = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert said[1].startswith("scrapy crawl seeds: ok (finished) in ")
    assert said[2:7] == [
        "pages 4 read",
        "articles 4 main, 1 related on these pages: 4 new, 0 revised",
        "mentions 2 headlines and links of other articles",
        "rejects 1: 1 not_text",
        "ignored 1 files that are not .txt, .html, .htm or .gz of these",
    ]
    assert said[7] == f"database {database}"


def test_a_crawl_writes_its_row(first: tuple[Path, Path, subprocess.CompletedProcess[str]]) -> None:
    query = "SELECT spider, outlet, status, finish_reason, pages, articles, mentions, rejects, errors FROM crawls"
    assert asked(first[1], query) == [("seeds", "seeds", "ok", "finished", 4, 4, 2, 1, 0)]
    assert json.loads(asked(first[1], "SELECT arguments FROM crawls")[0][0]) == {"path": str(first[0])}


def test_a_bad_file_is_a_reject_and_costs_no_other_page(first: tuple[Path, Path, subprocess.CompletedProcess[str]]) -> None:
    assert asked(first[1], "SELECT url, stage, reason FROM rejects") == [("seed:pages/picture.txt", "read", "not_text")]
    assert asked(first[1], "SELECT count(*) FROM pages WHERE state = 'stored'") == [(4,)]


def test_a_copy_is_the_article_of_its_own_site(first: tuple[Path, Path, subprocess.CompletedProcess[str]]) -> None:
    query = "SELECT g.url FROM articles a JOIN appearances p ON p.article_id = a.id JOIN pages g ON g.id = p.page_id"
    assert asked(first[1], f"{query} WHERE a.url = '{ALMASALAH}1' ORDER BY 1") == [(f"{ALMASALAH}1",), (f"{ELSEWHERE}1",)]


def test_json_lines_have_one_row_an_article(first: tuple[Path, Path, subprocess.CompletedProcess[str]]) -> None:
    text = first[1].with_name("out.jsonl").read_text("utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    assert sorted(row["title"] for row in rows) == sorted([news(1).title, news(2).title, news(3).title, FORMULA])
    assert "\\u" not in text
    assert {row["id"] for row in rows} == {row[0] for row in asked(first[1], "SELECT id FROM articles")}


def test_csv_is_readable_and_safe_to_open(first: tuple[Path, Path, subprocess.CompletedProcess[str]]) -> None:
    with first[1].with_name("out.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["title"]: row for row in csv.DictReader(file)}
    assert set(rows) == {news(1).title, news(2).title, news(3).title, f"'{FORMULA}"}
    assert rows[news(2).title]["publisher"] == "المسلة"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows.values() for cell in row.values())


def test_lists_in_csv_are_readable(tmp_path: Path) -> None:
    save(tmp_path / "pages", "1.txt", elsewhere(news(1), keywords="جسر، نهر، سوق"))
    crawl(tmp_path / "pages", tmp_path / "a.db", "-o", str(tmp_path / "out.csv"))
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert [row["keywords"] for row in csv.DictReader(file)] == ["جسر، نهر، سوق"]


def test_a_feed_on_standard_output_has_nothing_else_there(crawled: tuple[Path, Path], tmp_path: Path) -> None:
    done = crawl(crawled[0], tmp_path / "new.db", "-o", "-:jsonl")
    assert done.returncode == 0
    assert len([json.loads(line) for line in done.stdout.splitlines()]) == 4
    assert "scrapy crawl seeds: ok (finished)" in done.stderr


def test_an_output_file_that_cannot_be_written_fails_the_crawl(crawled: tuple[Path, Path], tmp_path: Path) -> None:
    done = crawl(crawled[0], tmp_path / "new.db", "-o", str(tmp_path / "pages" / "no-url.txt" / "out.jsonl"))
    assert (done.returncode, "an output file could not be written" in done.stdout) == (1, True)


# --- again ----------------------------------------------------------------------------------------------------------------


def test_a_second_crawl_changes_nothing(crawled: tuple[Path, Path]) -> None:
    before = everything(crawled[1])
    done = crawl(crawled[0], crawled[1])
    assert done.returncode == 0
    assert everything(crawled[1]) == before
    assert asked(crawled[1], "SELECT count(*) FROM crawls") == [(2,)]
    assert "0 read, 4 unchanged" in " ".join(done.stdout.split())


def test_only_a_changed_file_is_read_again(crawled: tuple[Path, Path]) -> None:
    (crawled[0] / "no-url.txt").write_text(elsewhere(news(3).edited()), "utf-8")
    done = crawl(crawled[0], crawled[1])
    said = " ".join(done.stdout.split())
    assert (done.returncode, "pages 1 read, 3 unchanged" in said, "0 new, 1 revised" in said) == (0, True, True)
    assert news(3).edited().body[-1] in asked(crawled[1], f"SELECT body FROM articles WHERE title = '{news(3).title}'")[0][0]
    assert asked(crawled[1], "SELECT count(*) FROM revisions") == [(1,)]


def test_a_url_that_the_index_gets_later_joins_the_page_of_its_file(crawled: tuple[Path, Path]) -> None:
    pages, articles = (asked(crawled[1], f"SELECT count(*) FROM {table}") for table in ("pages", "articles"))
    save(crawled[0], "no-url.txt", (crawled[0] / "no-url.txt").read_bytes(), url=f"{ELSEWHERE}3", outlet="arabkhabar")
    crawl(*crawled)
    assert [asked(crawled[1], f"SELECT count(*) FROM {table}") for table in ("pages", "articles")] == [pages, articles]
    assert asked(crawled[1], "SELECT url FROM pages WHERE url LIKE '%no-url%'") == []
    assert "0 read, 4 unchanged" in " ".join(crawl(*crawled).stdout.split())


def test_rejects_known_from_before_are_shown_where_to_look(crawled: tuple[Path, Path]) -> None:
    assert f"sqlite-utils rows {crawled[1]} rejects" in crawl(*crawled).stdout


# --- what cannot be crawled ---------------------------------------------------------------------------------------------


def test_a_directory_without_pages_fails(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    done = crawl(tmp_path / "pages", tmp_path / "a.db")
    assert (done.returncode, "failed (nothing readable)" in done.stdout) == (1, True)
    assert asked(tmp_path / "a.db", "SELECT status, finish_reason FROM crawls") == [("failed", "finished")]
    assert f"because {tmp_path / 'pages'} holds no pages" in " ".join(done.stdout.split())
    assert "Look inside" not in done.stdout


def test_a_directory_without_anything_readable_fails_every_time(tmp_path: Path) -> None:
    save(tmp_path / "pages", "picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    assert [crawl(tmp_path / "pages", tmp_path / "a.db").returncode for _ in range(2)] == [1, 1]


def test_a_directory_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = crawl(tmp_path / "صفحات", tmp_path / "a.db")
    assert done.returncode == 1
    assert f"{tmp_path / 'صفحات'} is no directory" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_outlet_that_is_being_crawled_is_busy_at_once(crawled: tuple[Path, Path]) -> None:
    before = everything(crawled[1])
    with lock_outlet(crawled[1], "seeds"):
        done = crawl(crawled[0], crawled[1])
    assert (done.returncode, "already being crawled" in done.stdout) == (75, True)
    assert everything(crawled[1]) == before
    assert "Traceback" not in done.stderr


def test_a_database_of_another_program_is_refused_and_not_touched(crawled: tuple[Path, Path], tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "books.db")) as connection:
        connection.execute("CREATE TABLE books (title TEXT)")
    before = (tmp_path / "books.db").read_bytes()
    done = crawl(crawled[0], tmp_path / "books.db")
    assert done.returncode == 1
    assert "books.db: a database of another program" in done.stderr
    assert (tmp_path / "books.db").read_bytes() == before
    assert "Traceback" not in done.stderr


def test_a_directory_whose_name_is_no_utf8_is_crawled(tmp_path: Path) -> None:
    pages = tmp_path / "caf\udce9"
    save(pages, "1.txt", elsewhere(news(1)))
    done = crawl(pages, tmp_path / "a.db")
    assert done.returncode == 0
    assert asked(tmp_path / "a.db", "SELECT url FROM pages") == [("seed:caf%E9/1.txt",)]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["-a", "path=/no/such/directory"], "because /no/such/directory is no directory"),
        (["-a", "paht=/tmp"], "because -a paht=: there is no such argument"),
        (["-s", "SEED_MAXSIZE=much"], "because ValueError: invalid literal for int() with base 10: 'much'"),
        (["-s", 'ITEM_PIPELINES={"no.such.Pipeline": 1}'], "because ModuleNotFoundError: No module named 'no'"),
    ],
    ids=["directory", "argument", "setting", "pipeline"],
)
def test_without_a_log_the_summary_says_why_the_crawl_failed(
    crawled: tuple[Path, Path], tmp_path: Path, options: list[str], reason: str
) -> None:
    done = crawl(crawled[0], tmp_path / "new.db", "--nolog", *options)
    assert (done.returncode, reason in " ".join(done.stdout.split())) == (1, True)


# --- what goes wrong meanwhile --------------------------------------------------------------------------------------------

A_BUG = """
from almasalla_crawler.storage.archive import Archive
store = Archive.store

def failing(archive, page, seen_at):
    if page.url.endswith("no-url.txt"):
        raise TypeError("a bug")
    return store(archive, page, seen_at)

Archive.store = failing
"""
A_CHANGE = """
from almasalla_crawler.downloader import files
read = files.read_regular_file

def changing(path, root, max_bytes):
    with path.open("a") as file:
        file.write("\\n\\n" + "نص أضيف بين البحث والقراءة")
    return read(path, root, max_bytes)

files.read_regular_file = changing
"""
A_FULL_DISK = """
from almasalla_crawler import exporters
open_database = exporters.open_database

def opened(path, synchronous):
    connection = open_database(path, synchronous)
    connection.execute("PRAGMA max_page_count = 100")
    return connection

exporters.open_database = opened
"""

SLOW_FILES = """
import os, threading, time
from almasalla_crawler.spiders import seeds
os.environ["PYTHONASYNCIODEBUG"] = "1"

def slow(function):
    def slowed(*arguments):
        time.sleep(0.4)
        print(function.__name__, "in", threading.current_thread().name)
        return function(*arguments)
    return slowed

seeds.find_seeds, seeds.read_regular_file = slow(seeds.find_seeds), slow(seeds.read_regular_file)
"""


def crawl_with(trouble: str, path: Path, database: Path) -> subprocess.CompletedProcess[str]:
    return scrapy(*command(path, database), first=trouble)


def test_a_bug_in_storing_ends_the_crawl_and_is_shown_once(crawled: tuple[Path, Path], tmp_path: Path) -> None:
    done = crawl_with(A_BUG, crawled[0], tmp_path / "new.db")
    assert (done.returncode, done.stderr.count("Traceback")) == (1, 1)


def test_a_full_disk_is_one_line(many: Path, tmp_path: Path) -> None:
    done = crawl_with(A_FULL_DISK, many, tmp_path / "full.db")
    assert (done.returncode, done.stderr.count("disk is full"), done.stderr.count("Traceback")) == (1, 1, 0)
    assert "database or disk is full" in done.stdout


def test_the_hash_of_a_capture_is_that_of_the_bytes_it_was_read_from(tmp_path: Path) -> None:
    save(tmp_path / "pages", "1.txt", elsewhere(news(1)))
    crawl_with(A_CHANGE, tmp_path / "pages", tmp_path / "a.db")
    digest = hashlib.sha256((tmp_path / "pages" / "1.txt").read_bytes()).hexdigest()
    assert asked(tmp_path / "a.db", "SELECT body_sha256 FROM captures") == [(digest,)]


def test_looking_for_files_and_reading_them_does_not_hold_up_the_event_loop(crawled: tuple[Path, Path]) -> None:
    done = crawl_with(SLOW_FILES, *crawled)
    assert "0 read, 4 unchanged" in " ".join(done.stdout.split())
    assert "find_seeds in" in done.stdout
    assert "find_seeds in MainThread" not in done.stdout
    stalls = [float(seconds) for seconds in re.findall(r"Executing <.* took ([\d.]+) seconds", done.stderr)]
    one_file_each = done.stdout.count("read_regular_file in MainThread")
    assert len([stall for stall in stalls if stall >= 0.4]) >= one_file_each


# --- crawls that are stopped ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many") / "pages"
    save_many(folder, 300)
    return folder


@pytest.fixture(scope="module")
def undisturbed(many: Path) -> Path:
    database = many.with_name("undisturbed.db")
    assert crawl(many, database).returncode == 0
    return database


A_LITTLE_SLOWER = """
import time
from almasalla_crawler.spiders import seeds
read = seeds.read_regular_file
seeds.read_regular_file = lambda *arguments: time.sleep(0.02) or read(*arguments)
"""  # or all is read before the first page is stored


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_a_crawl_that_is_stopped_says_so_and_keeps_what_it_read(many: Path, tmp_path: Path, number: int) -> None:
    status, summary = stopped(many, tmp_path / "a.db", number, pages=1, first=A_LITTLE_SLOWER)
    assert (status, "partial (stopped early: shutdown)" in summary) == (3, True)
    assert "The same command goes on where it was." in summary
    ((state, reason, pages),) = asked(tmp_path / "a.db", "SELECT status, finish_reason, pages FROM crawls")
    assert (state, reason) == ("partial", "shutdown")
    assert asked(tmp_path / "a.db", "SELECT count(*) FROM pages WHERE state = 'stored'") == [(pages,)]
    assert 0 < pages < 300


def test_a_crawl_killed_again_and_again_ends_with_the_rows_of_an_undisturbed_one(
    many: Path, undisturbed: Path, tmp_path: Path
) -> None:
    database = tmp_path / "a.db"
    for pages in (0, 1, 50, 150):
        status, _ = stopped(many, database, signal.SIGKILL, pages)
        assert status == -signal.SIGKILL
        assert asked(database, "PRAGMA integrity_check") == [("ok",)]
    assert crawl(many, database).returncode == 0
    assert asked(database, "SELECT status FROM crawls") == [*[("failed",)] * 4, ("ok",)]
    assert without_time(database) == without_time(undisturbed)


def test_a_page_of_a_killed_crawl_is_there_whole_or_not_at_all(many: Path, tmp_path: Path) -> None:
    stopped(many, tmp_path / "a.db", signal.SIGKILL, pages=100)
    query = "SELECT count(*) FROM pages g WHERE NOT EXISTS (SELECT 1 FROM {} x WHERE x.page_id = g.id)"
    assert [asked(tmp_path / "a.db", query.format(name)) for name in ("captures", "appearances", "urls")] == [[(0,)]] * 3


def test_corrected_line_of_the_index_is_read_again(tmp_path: Path) -> None:
    seeds, database = tmp_path / "seeds", tmp_path / "a.db"
    save(seeds, "a.txt", own_site(news(1, 12)), url=f"{ALMASALAH}1")
    crawl(seeds, database)
    (seeds / "index.jsonl").write_text("", "utf-8")
    save(seeds, "a.txt", own_site(news(1, 12)), url=f"{ALMASALAH}1", outlet="almasalah", saved_at="2025-06-03T00:00:00Z")
    crawl(seeds, database)
    with closing(sqlite3.connect(database)) as connection:
        query = "SELECT p.outlet, c.saved_at FROM pages p JOIN captures c ON c.page_id = p.id"
        assert connection.execute(query).fetchall() == [("almasalah", "2025-06-03T00:00:00Z")]
