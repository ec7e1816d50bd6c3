"""The rows of `lines` are those of the latest capture, whatever comes later of earlier days."""

import itertools
from pathlib import Path

import pytest

from almasalla_crawler.storage.kept_lines import check_lines
from tests.storage.news_pages import ELSEWHERE, Database, Seen, elsewhere, news

URL = f"{ELSEWHERE}1"
FILE = Seen(URL, elsewhere(news(1), source="رويترز"), 2, "file:page")
LATER, OLDER = (Seen(URL, elsewhere(news(1).edited(), source=name), day, "rest") for name, day in (("الواحة", 5), ("النخيل", 1)))
NEWER_OTHER = Seen(URL, elsewhere(news(1), source="البصرة"), 6, "rest")


@pytest.mark.parametrize("seen", [*itertools.permutations((FILE, LATER, OLDER))])
def test_an_older_reading_of_a_door_does_not_replace_a_newer_one(db: Database, seen: tuple[Seen, ...]) -> None:
    db.add(*seen)
    assert [problem for part in check_lines(db.connection) for problem in part] == []
    assert db.rows("SELECT door, observed_at FROM captures ORDER BY door") == [
        ("file:page", "2025-06-02T00:00:00Z"),
        ("rest", "2025-06-05T00:00:00Z"),
    ]
    assert db.rows("SELECT text FROM lines WHERE role = 'source'") == [("المصدر: الواحة",)]


def test_a_newer_reading_of_a_door_replaces_the_older_one(db: Database) -> None:
    db.add(FILE, LATER, NEWER_OTHER)
    assert [problem for part in check_lines(db.connection) for problem in part] == []
    assert db.rows("SELECT text FROM lines WHERE role = 'source'") == [("المصدر: البصرة",)]


def test_an_older_text_is_still_a_revision(tmp_path: Path) -> None:
    older = Seen(URL, elsewhere(news(1)), 1, "rest")
    results = []
    for number, seen in enumerate(itertools.permutations((LATER, older, FILE))):
        db = Database(tmp_path / f"{number}.db")
        db.add(*seen)
        results.append(db.facts_of_the_world())
        db.close()
    assert len(results[0]["revisions"]) == 1
    assert all(result == results[0] for result in results)
