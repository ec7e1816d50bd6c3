"""`scrapy report`: the same values for a person, a pipe, a program and a browser."""

import json
import re
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import closing
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from sqlite3 import Connection
from typing import Any

import pytest
from scrapy.settings import Settings

from almasalla_crawler.commands import report
from almasalla_crawler.health.figures import PREFIX
from almasalla_crawler.health.findings import FAILED, Finding
from almasalla_crawler.reports.gather import Report, report_of_crawl, report_of_days
from almasalla_crawler.reports.sections import Phrase, sections, title_of
from almasalla_crawler.storage.crawls import CrawlEnd
from almasalla_crawler.storage.database import open_readonly
from tests.storage.news_pages import Database, Seen, news, own_site

NOW = "2100-01-01T00:00:00Z"
ATTACK = '<script>alert(1)</script>"&'
OPTIONS = {
    "days": 7,
    "crawl": None,
    "json": False,
    "html": None,
    "metrics": None,
    "accept": None,
    "alert": None,
    "dry_run": False,
    "language": "en",
}


def stats(kept: int, rejected: int) -> dict[str, Any]:
    figures = {
        "asked": kept + rejected,
        "answered": kept + rejected,
        "read": kept + rejected,
        "kept": kept,
        "main": kept,
        "title": kept,
    }
    return {**{f"{PREFIX}{name}": n for name, n in figures.items()}, "almasalla/rejects/no_article": rejected,
            "almasalla/articles_revised": 1}  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Three crawls of an outlet with a hostile name and of another; the last one brought six articles and failed."""
    db = Database(tmp_path / "a.db")
    for outlet, kept in ((ATTACK, 20), ("cellar", 5)):
        db.exporter.begin_crawl("site", outlet, {})
        db.exporter.end_crawl(CrawlEnd("finished", "ok", kept, 0, 0, 0, 0, stats(kept, 0), []))
    db.exporter.begin_crawl("site", ATTACK, {})
    db.add(*(Seen(f"https://roof.example/{n}", own_site(news(n)), outlet=ATTACK) for n in range(6)))
    problem = Finding("kept", FAILED, f"6 of 10 pages {ATTACK}", 0.6, 1.0)
    db.exporter.end_crawl(CrawlEnd("finished", "failed", 6, 6, 0, 4, 0, stats(6, 4), [problem]))
    db.close()
    return tmp_path / "a.db"


def typed(path: Path, **options: Any) -> int:
    command = report.Command()
    command.settings = Settings({"DATABASE_PATH": str(path)})
    command.run([], Namespace(**OPTIONS | options))
    return int(command.exitcode)


def as_json(path: Path, capsys: pytest.CaptureFixture[str], **options: Any) -> dict[str, Any]:
    assert typed(path, json=True, **options) == 0
    return dict(json.loads(capsys.readouterr().out))


def test_it_tells_what_came_in_and_what_was_refused(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = as_json(path, capsys)
    roof = next(one for one in told["outlets"] if one["outlet"] == ATTACK)
    assert (roof["crawls"], roof["failed"], roof["new"], roof["revised"], roof["health"]) == (2, 1, 6, 2, FAILED)
    assert roof["rejects"] == {"no_article": 4}
    assert sum(told["days"].values()) == 6
    assert len(told["days"]) == 7


def test_it_tells_how_complete_the_articles_are(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts = as_json(path, capsys)["completeness"][ATTACK]
    assert (counts["articles"], counts["title"], counts["authors"]) == (6, 6, 0)


def test_outlets_stand_beside_pages_of_none(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = Database(path)
    db.add(Seen("seed:saved.txt", own_site(news(9))))
    db.close()
    assert as_json(path, capsys)["completeness"].keys() == {"", ATTACK}


def test_it_tells_what_is_wrong(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (problem,) = as_json(path, capsys)["problems"]
    assert (problem["monitor"], problem["level"], problem["value"]) == ("kept", FAILED, 0.6)


def test_one_crawl_is_compared_with_those_before(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = as_json(path, capsys, crawl=3)
    kept = next(one for one in told["drift"] if one["monitor"] == "kept")
    assert (kept["before"], kept["now"]) == (1.0, 0.6)
    assert [one["outlet"] for one in told["outlets"]] == [ATTACK]
    assert len(told["newest"]) == 6


def test_a_crawl_that_is_none_is_said_to_be_none(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(path, crawl=99) == 1
    assert "There is no crawl 99" in capsys.readouterr().err


def test_plain_text_has_a_row_a_line(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(path) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "Rejected, and why" in lines
    assert f"{ATTACK}\tno_article\t4" in lines


def test_plain_text_in_arabic_has_the_commas_of_arabic(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(path, language="ar", crawl=3) == 0
    title = capsys.readouterr().out.splitlines()[0]
    assert title.startswith(f"تقرير عن عملية الزحف 3: {ATTACK}، 20")


class Tags(HTMLParser):
    """Names of elements and of whatever they load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.loads: list[str | None] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.loads += [value for name, value in attrs if name in ("src", "href", "xlink:href")]


def test_the_page_runs_nothing_loads_nothing_and_escapes_everything(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    assert typed(path, html=str(file)) == 0
    page = file.read_text("utf-8")
    tags = Tags(page)
    assert {"script", "link", "img", "iframe"} & tags.names == set()
    assert tags.loads == []
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org)", page.partition("<body>")[0])
    assert "&lt;script&gt;" in page
    assert 'dir="auto"' in page
    assert "<svg" in page


def test_a_page_in_arabic_is_arabic_from_right_to_left(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    assert typed(path, html=str(file), language="ar", crawl=3) == 0
    page = file.read_text("utf-8")
    assert '<html lang="ar" dir="rtl">' in page
    assert f"<h1>تقرير عن عملية الزحف 3: {escape(ATTACK)}</h1>" in page
    assert '<td dir="auto" class="failed">أخفق</td>' in page
    assert "لا مقال فيها" in page  # no_article


Told = Callable[[Connection], Report | None]


@pytest.mark.parametrize(
    "made",
    [
        lambda connection: report_of_crawl(connection, 3, NOW),
        lambda connection: report_of_days(connection, 1, NOW),
        lambda connection: report_of_days(connection, 30, NOW),
    ],
    ids=["crawl", "today", "days"],
)
def test_every_word_of_a_report_has_its_arabic(path: Path, made: Told) -> None:
    with closing(open_readonly(path)) as connection:
        told = made(connection)
    assert told is not None
    shown = list(sections(told, "ar"))
    phrases = [str(cell) for section in shown for row in section.rows for cell in row if isinstance(cell, Phrase)]
    words = [title_of(told, "ar"), *phrases, *(text for one in shown for text in (one.title, one.note, *one.columns))]
    assert [word for word in words if word and not re.search("[ء-ي]", word)] == []


def test_a_page_that_cannot_be_written_is_named(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(path, html=str(tmp_path / "no" / "report.html")) == 1
    assert "report.html: No such file or directory; --html names another file." in capsys.readouterr().err


def test_an_empty_database_makes_a_report_that_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Database(tmp_path / "empty.db").close()
    assert typed(tmp_path / "empty.db") == 0
    assert "Nothing was crawled." in capsys.readouterr().out
    assert typed(tmp_path / "empty.db", html=str(tmp_path / "report.html")) == 0


def test_an_accepted_outlet_has_no_open_problem(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(path, accept=ATTACK) == 0
    assert "1 problems are over" in capsys.readouterr().out
    assert as_json(path, capsys)["problems"] == []


def test_an_outlet_that_was_never_crawled_cannot_be_accepted(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(path, accept="attic") == 1
    assert "attic was never crawled" in capsys.readouterr().err


def test_a_dry_run_of_alerts_prints_them(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(path, alert="json://127.0.0.1:9/", dry_run=True) == 0
    assert "failure: " in capsys.readouterr().out


def test_a_secret_on_the_command_line_is_refused(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(path, alert="tgram://12:AA/9") == 1
    assert "a secret stands in" in capsys.readouterr().err


@pytest.mark.parametrize("days", ["5", "7"])
def test_a_report_is_on_days_or_on_a_crawl(days: str, capsys: pytest.CaptureFixture[str]) -> None:
    command, parser = report.Command(), ArgumentParser()
    command.settings = Settings()
    command.add_options(parser)
    with pytest.raises(SystemExit):
        parser.parse_args(["--days", days, "--crawl", "1"])
    assert "not allowed with" in capsys.readouterr().err


def test_a_report_is_on_seven_days_unless_told(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(path, days=None, json=True) == 0
    assert len(json.loads(capsys.readouterr().out)["days"]) == 7
