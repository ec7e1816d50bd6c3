"""`scrapy search` as a user types it."""

import json
from argparse import ArgumentParser
from pathlib import Path

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from almasalla_crawler.commands.search import Command
from almasalla_crawler.exporters import SqliteItemExporter
from tests.storage.news_pages import ELSEWHERE, News, Seen, elsewhere, own_site
from tests.typed import scrapy

FERRY = News(
    "عبّارة جديدة تربط ضفتي النهر",
    (
        "دشنت البلدية عبّارةً جديدة تنقل السكان والدراجات مجاناً.",
        "وقال ربان العبّارة إن الرحلة قصيرة، وإنها تعمل من الفجر حتى منتصف الليل في أيام الأسبوع كلها ما لم تشتد الرياح.",
        "وتتسع المقصورة لأربعين راكباً، وفي مقدمتها مكان للعربات الصغيرة التي يدفعها باعة الخضار إلى السوق كل صباح.",
    ),
)
MARKET = News(
    "سوق السمك يعود إلى ضفة النهر", ("عاد باعة السمك إلى أماكنهم بعد ترميم السوق القديم.",) * 2, "2 آذار 2024", "وكالة الأفق"
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    exporter = SqliteItemExporter(tmp_path_factory.mktemp("search") / "a.db")
    seen = [Seen("https://almasalah.com/archives/1", own_site(FERRY)), Seen(f"{ELSEWHERE}2", elsewhere(MARKET, FERRY), 2)]
    exporter.export_batch([one.read() for one in seen])
    exporter.finish_exporting()
    return exporter.path


def typed(path: Path, *arguments: str) -> int:
    """Exit status of the command with these arguments."""
    command, parser = Command(), ArgumentParser()
    command.settings = Settings({"DATABASE_PATH": str(path)})
    command.add_options(parser)
    options, words = parser.parse_known_args(arguments)
    command.run(words, options)
    return int(command.exitcode)


def test_it_prints_hits_as_json(path: Path) -> None:
    done = scrapy("search", "--json", "ضفة النهر", "-s", f"DATABASE_PATH={path}")
    hits = json.loads(done.stdout)
    assert [(hit["title"], hit["publisher"], hit["date"], hit["role"]) for hit in hits] == [
        (FERRY.title, "المسلة", "2025-05-22", "main"),
        (MARKET.title, "وكالة الأفق", "2024-03-02", "main"),
    ]
    assert [piece for piece, is_hit in hits[0]["title_parts"] if is_hit] == ["ضفتي النهر"]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["النهر", "--publisher", "وكاله الافق"], [MARKET]),
        (["النهر", "--from", "2025"], [FERRY]),
        (["النهر", "--to", "2024-03-02"], [MARKET]),
        (["النهر", "--recent", "--limit", "1"], [FERRY]),
        (["النهر", "--recent", "--offset", "1"], [MARKET]),
        (["النهر", "--role", "related"], []),
        (["عبّارة", "النهر"], [FERRY]),
        (["النهر -عبارة"], [MARKET]),
    ],
    ids=lambda value: " ".join(value) if value and isinstance(value[0], str) else "",
)
def test_one_line_for_each_hit(path: Path, arguments: list[str], found: list[News], capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(path, *arguments) == 0
    assert [line.split("\t")[4] for line in capsys.readouterr().out.splitlines()] == [text.title for text in found]


def test_a_terminal_shows_hits_in_colour_with_their_passage(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "200")
    typed(path, "عبارة")
    shown = capsys.readouterr().out
    assert "\x1b[1;30;43mالعبّارة\x1b[0m" in shown
    assert "1 to 1 of 1 articles" in shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["؟"], "no words"), (["نهر", "--publisher", "لا أحد"], "there are: المسلة، وكالة الأفق"), (["نهر", "--from", "يوما ما"], "is no date"),
     (["نهر", "--publisher", "\udcff"], "no article has the publisher")],
    ids=["no_words", "publisher", "date", "bytes"],
)  # fmt: skip
def test_what_cannot_be_looked_up_is_said_with_status_1(
    path: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(path, *arguments) == 1
    assert words in capsys.readouterr().err


def test_nothing_found_is_no_error(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(path, "سمندل", "--json") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_words_are_wanted(path: Path) -> None:
    with pytest.raises(UsageError, match="words to look for"):
        typed(path)
