"""`scrapy schedule` as a user types it."""

import json
import signal
import sqlite3
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from scrapy.exceptions import UsageError
from scrapy.utils.project import get_project_settings

from almasalla_crawler.commands import schedule
from almasalla_crawler.scheduling.crawls_file import CrawlsFileError, read_crawls
from almasalla_crawler.scheduling.outlet_finder import outlet_finder
from almasalla_crawler.scheduling.scheduler import schedule_lock
from almasalla_crawler.storage.database import open_database
from tests.typed import ROOT, running, scrapy

CRAWLS = """\
time_zone = "Asia/Baghdad"
[crawl.saved]
spider = "seeds"
arguments = { path = "PAGES" }
every = "1h"
[crawl.oasis]
spider = "site"
arguments = { url = "http://oasis.example/" }
cron = "0 6 * * *"
"""
NOW = datetime(2025, 6, 1, 10, 20, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path, folder: Path) -> Path:
    (tmp_path / "crawls.toml").write_text(CRAWLS.replace("PAGES", str(folder)), "utf-8")
    return tmp_path / "crawls.toml"


Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture
def typed(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Types an action in this process: exit status, what it printed, what it complained of."""
    monkeypatch.setattr(schedule, "_now", lambda: NOW)

    def run(*args: str, **given: Any) -> tuple[int, str, str]:
        command = schedule.Command()
        command.settings = get_project_settings()
        command.settings.setdict({"DATABASE_PATH": str(tmp_path / "a.db"), "CRAWLS_FILE": str(file)}, "cmdline")
        command.run(list(args), Namespace(**{"json": False, "limit": 20, "once": False, "quiet": False, "set": []} | given))
        shown = capsys.readouterr()
        return command.exitcode, shown.out, shown.err

    return run


def rows(database: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()


def test_list_shows_what_recurs_before_there_is_a_database(typed: Typed, tmp_path: Path) -> None:
    status, shown, _ = typed("list")
    assert (status, shown) == (
        0,
        "saved\tevery 1h\tdue\t2025-06-01 13:20 +03\t\t0\n"
        'oasis\tcron "0 6 * * *" Asia/Baghdad\twaiting\t2025-06-02 06:00 +03\t\t0\n',
    )
    assert not (tmp_path / "a.db").exists()


def test_list_as_json_has_times_in_utc(typed: Typed) -> None:
    found = json.loads(typed("list", json=True)[1])
    assert found[1] == {
        "name": "oasis", "spider": "site", "outlet": "oasis.example", "timing": 'cron "0 6 * * *" Asia/Baghdad',
        "time_zone": "Asia/Baghdad", "state": "waiting", "due_at": "2025-06-02T03:00:00Z", "failures": 0, "last_status": None,
        "last_started_at": None, "last_ended_at": None,
    }  # fmt: skip


def test_due_and_next_tell_what_comes(typed: Typed) -> None:
    assert [row["name"] for row in json.loads(typed("due", json=True)[1])] == ["saved"]
    assert json.loads(typed("next", json=True, limit=3)[1]) == [
        {"due_at": "2025-06-01T10:20:00Z", "name": "saved"},
        {"due_at": "2025-06-01T11:20:00Z", "name": "saved"},
        {"due_at": "2025-06-01T12:20:00Z", "name": "saved"},
    ]


def test_a_crawl_is_paused_and_resumed(typed: Typed, tmp_path: Path) -> None:
    open_database(tmp_path / "a.db").close()
    assert typed("pause", "saved")[0] == 0
    assert [row["state"] for row in json.loads(typed("list", json=True)[1])] == ["paused", "waiting"]
    assert [row["name"] for row in json.loads(typed("next", json=True, limit=1)[1])] == ["oasis"]
    assert typed("resume", "saved")[0] == 0
    assert [row["state"] for row in json.loads(typed("list", json=True)[1])] == ["due", "waiting"]


def test_what_is_not_in_the_file_cannot_be_paused(typed: Typed, tmp_path: Path) -> None:
    open_database(tmp_path / "a.db").close()
    status, shown, complaint = typed("pause", "saveed")
    assert (status, shown) == (1, "")
    assert complaint == f"{tmp_path / 'crawls.toml'}: there is no crawl saveed; did you mean saved?\n"
    assert typed("history", "saveed")[0] == 1


@pytest.mark.parametrize("action", ["list", "due", "next", "run"])
def test_a_mistake_in_the_file_is_one_line_with_its_place(typed: Typed, file: Path, action: str) -> None:
    file.write_text(CRAWLS.replace('"1h"', '"1 hour"'), "utf-8")
    status, shown, complaint = typed(action)
    assert (status, shown) == (1, "")
    assert complaint.startswith(f'{file}:5: every = "1 hour": a number and s, m, h or d is needed')
    assert complaint.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('spider = "almasala"\nevery = "1h"', 'spider = "almasala": there is no such spider; did you mean almasalah?'),
        ('spider = "site"\nevery = "1h"', "the address of a site is needed"),
        ('spider = "seeds"\nevery = "1h"\narguments = { pth = "a" }', "-a pth=: there is no such argument"),
        ('spider = "warc"\nevery = "1h"\narguments = { pth = "a" }', "-a pth=: there is no such argument"),
        ('spider = "almasalah"\nevery = "1h"\narguments = { since = "May" }', "-a since=May is no day such as 2024-01-31"),
    ],
    ids=["spider", "no_url", "seeds", "warc", "since"],
)
def test_a_crawl_that_could_not_run_is_told_at_start(typed: Typed, file: Path, text: str, words: str) -> None:
    file.write_text(f"[crawl.a]\n{text}\n", "utf-8")
    status, _, complaint = typed("list")
    assert (status, words in complaint, complaint.startswith(f"{file}:2: ")) == (1, True, True)


def test_a_number_of_crawls_that_is_none_is_named() -> None:
    with pytest.raises(CrawlsFileError, match="CRAWLS_AT_ONCE is '0'; give a number of crawls, at least 1"):
        schedule._number_of_crawls("0")


@pytest.mark.parametrize("arguments", [[], ["start"], ["pause"], ["list", "saved"]], ids=["none", "unknown", "no_name", "a_name"])
def test_what_is_no_action_is_told_what_there_are(typed: Typed, arguments: list[str]) -> None:
    with pytest.raises(UsageError, match=r"list\|due\|next"):
        typed(*arguments)


def test_a_second_scheduler_ends_with_75(typed: Typed, tmp_path: Path) -> None:
    with schedule_lock(tmp_path / "a.db"):
        status, shown, _ = typed("run", quiet=True)
    assert (status, shown) == (75, "")


def test_the_example_is_valid_also_where_it_is_commented_out(tmp_path: Path) -> None:
    text = (ROOT / "crawls.example.toml").read_text("utf-8")
    whole = tmp_path / "crawls.toml"
    whole.write_text("\n".join(line.removeprefix("# ") for line in text.splitlines()[1:]), "utf-8")
    outlet_of = outlet_finder(get_project_settings())
    assert list(read_crawls(ROOT / "crawls.example.toml", outlet_of)) == ["seeds"]
    found = read_crawls(whole, outlet_of)
    assert {name: entry.outlet for name, entry in found.items()} == {
        "seeds": "seeds", "almasalah": "almasalah", "oasis": "news.example",
    }  # fmt: skip


# --- with real crawls ---------------------------------------------------------------------------------------------------


def test_run_once_crawls_what_is_due_keeps_logs_and_says_only_what_failed(file: Path, tmp_path: Path, typed: Typed) -> None:
    lost = '[crawl.lost]\nspider = "warc"\nevery = "1h"\narguments = { path = "' + str(tmp_path / "none") + '" }\n'
    file.write_text(file.read_text("utf-8") + lost, "utf-8")
    done = scrapy("schedule", "run", "--once", "--quiet", "-s", f"DATABASE_PATH={tmp_path / 'a.db'}", "-s", f"CRAWLS_FILE={file}")
    assert (done.returncode, done.stdout) == (1, "")
    assert "there is no such file or directory" in done.stderr
    assert "saved" not in done.stderr
    assert [(row["name"], row["state"], row["last_status"]) for row in json.loads(typed("list", json=True)[1])] == [
        ("saved", "waiting", "ok"), ("oasis", "waiting", None), ("lost", "waiting", "failed"),
    ]  # fmt: skip
    (saved,) = json.loads(typed("history", "saved", json=True)[1])
    assert (saved["articles"], Path(saved["log_file"]).parent) == (2, tmp_path / "logs")
    assert "Spider closed (finished)" in Path(saved["log_file"]).read_text("utf-8")
    (failed,) = json.loads(typed("history", "lost", json=True)[1])
    assert "there is no such file or directory" in failed["said"]
    cells = typed("history", "lost")[1].rstrip("\n").split("\t")
    assert (cells[1], *cells[4:6]) == ("lost", "failed", "exit status 1")


def test_run_stays_starts_what_is_due_and_ends_when_it_is_told(file: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "scrapy",
        "schedule",
        "run",
        "-s",
        f"DATABASE_PATH={tmp_path / 'a.db'}",
        "-s",
        f"CRAWLS_FILE={file}",
    ]
    with running(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        alarm = Timer(120, process.kill)
        alarm.start()
        assert any("saved: ok" in line for line in process.stderr)
        alarm.cancel()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert process.returncode == 0
    assert rows(tmp_path / "a.db", "SELECT status FROM runs") == [("ok",)]
    assert rows(tmp_path / "a.db", "SELECT count(*) FROM articles") == [(2,)]
