"""`scrapy dedupe` as a user types it, and what `scrapy articles` shows of copies and corrections."""

import json
import sqlite3
from argparse import Namespace
from contextlib import closing
from pathlib import Path

import pytest
from scrapy.settings import Settings

from almasalla_crawler.commands import articles, dedupe
from almasalla_crawler.storage import dedupe as stored
from almasalla_crawler.storage.locks import lock_outlet
from tests.storage.news_pages import Database
from tests.storage.test_changes import CORRECTED, on
from tests.storage.test_pairs import EDITED, LIBRARY, SHORTENED, page
from tests.typed import scrapy


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A corrected article, an edited copy of it on another site, a shortened one on a third."""
    db = Database(tmp_path / "a.db")
    db.add(on(1, LIBRARY), on(2, CORRECTED), page(2, EDITED), page(3, SHORTENED))
    db.close()
    return tmp_path / "a.db"


def typed(module: object, path: Path, *arguments: str, **options: object) -> int:
    command = module.Command()  # type: ignore[attr-defined]
    command.settings = Settings({"DATABASE_PATH": str(path)})
    command.run([*arguments], Namespace(**({"all": False, "json": False, "limit": 9} | options)))
    return int(command.exitcode)


def test_it_says_what_it_found(path: Path) -> None:
    done = scrapy("dedupe", "-s", f"DATABASE_PATH={path}")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "scrapy dedupe: 3 articles compared\n"
        "  pairs     0 copy, 1 edited, 2 shortened, 0 extended\n"
        "  clusters  1\n"
        "  mentions  0 name an article, 0 are open\n"
    )


def test_it_says_so_in_json(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(dedupe, path, json=True) == 0
    counts = json.loads(capsys.readouterr().out)
    assert (counts["compared"], counts["edited"], counts["clusters"]) == (3, 1, 1)


def test_it_waits_for_no_crawl(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with lock_outlet(path, "seeds"):
        assert typed(dedupe, path) == 75
    assert "run it again when that crawl has ended" in capsys.readouterr().err


def test_interrupted_it_says_how_to_go_on(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(stored, "pair_again", interrupted)
    assert typed(dedupe, path) == 3
    assert "goes on where it was" in capsys.readouterr().err
    monkeypatch.undo()
    assert typed(dedupe, path) == 0
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM pairs").fetchone() == (3,)


def test_interrupted_among_the_mentions_it_keeps_what_was_compared(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with closing(sqlite3.connect(path)) as connection, connection:
        for table in ("sketches", "sketch_numbers"):  # a run was killed before it came to the third article
            connection.execute(f"DELETE FROM {table} WHERE article_id = 3")
    monkeypatch.setattr(stored, "resolve_pages", interrupted)
    assert typed(dedupe, path) == 3
    monkeypatch.undo()
    assert typed(dedupe, path, json=True) == 0
    assert json.loads(capsys.readouterr().out)["compared"] == 1


def test_an_article_is_shown_with_its_cluster_and_parts(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(articles, path, "1", json=True) == 0
    article = json.loads(capsys.readouterr().out)
    assert [(one["id"], one["kind"], one["first"]) for one in article["cluster"]] == [(1, None, ["sighting"]), (2, "edited", [])]
    assert [(one["id"], one["kind"]) for one in article["parts"]] == [(3, "shortened")]
    assert 0.9 < article["cluster"][1]["similarity"] < 1


def test_the_part_is_shown_with_what_it_was_taken_from(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(articles, path, "3", json=True) == 0
    article = json.loads(capsys.readouterr().out)
    assert article["cluster"] == []
    assert [(one["id"], one["kind"]) for one in article["parts"]] == [(1, "extended"), (2, "extended")]


def test_a_person_reads_what_changed_and_who_has_the_text(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(articles, path, "1") == 0
    shown = capsys.readouterr().out
    assert "words removed: 1, added: 1, by 2025-06-02T00:00:00Z" in shown
    assert "استمرت عامين وكلفت [-3-] {+5+}" in shown
    assert "the same text" in shown
    assert "edited" in shown
    assert "shortened" in shown
