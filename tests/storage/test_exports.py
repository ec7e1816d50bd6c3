"""Which articles an export has, and in which order."""

from pathlib import Path
from typing import Any

import pytest

from almasalla_crawler.storage.database import open_readonly
from almasalla_crawler.storage.exports import Selection, selected_articles
from tests.exports.stored import add_related, change, export, fill
from tests.storage.news_pages import Database


@pytest.fixture(autouse=True)
def several_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("almasalla_crawler.storage.exports._SLICE", 4)


@pytest.fixture
def path(tmp_path: Path, db: Database) -> Path:
    return tmp_path / "a.db"


def ids(path: Path, **selection: Any) -> list[int]:
    return [article["id"] for article in export(path, **selection)]


def test_every_article_is_exported_once_in_order_of_id(db: Database, path: Path) -> None:
    fill(db, 10)
    assert ids(path) == list(range(1, 11))


def test_an_export_goes_on_after_an_id(db: Database, path: Path) -> None:
    fill(db)
    assert ids(path, limit=2) + ids(path, since_id=2) == [1, 2, 3, 4, 5, 6]


def test_the_newest_come_first_where_a_feed_wants_it(db: Database, path: Path) -> None:
    fill(db)
    assert ids(path, limit=2, newest_first=True) == [6, 5]
    assert ids(path, since_id=4, newest_first=True) == [6, 5]


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        ({"since": "2025-05-05"}, [5, 6]),
        ({"until": "2025-05-02"}, [1, 2]),
        ({"since": "2025-05-03", "until": "2025-05-03"}, [3]),
        ({"since": "2025-06-01"}, []),
        ({"limit": 0}, []),
    ],
    ids=["since", "until", "one_day", "nothing", "none"],
)
def test_days_are_counted_in_full(db: Database, path: Path, selection: dict[str, Any], expected: list[int]) -> None:
    fill(db)
    assert ids(path, **selection) == expected


def test_an_article_without_a_date_is_of_no_day(db: Database, path: Path) -> None:
    fill(db, 2)
    change(db, "UPDATE articles SET date_published_date = NULL WHERE id = 1")
    assert (ids(path, since="1900-01-01"), ids(path)) == ([2], [1, 2])


@pytest.mark.parametrize("spelling", ["صحيفة النخيل", "صَحيفه النخيل", " صحيفة  النخيل ", "نخيل"])
def test_a_publisher_is_found_in_any_spelling(db: Database, path: Path, spelling: str) -> None:
    related = add_related(db)
    assert [article["headline"] for article in export(path, publisher=spelling)] == [related.title]


def test_roles_are_those_of_the_pages(db: Database, path: Path) -> None:
    related = add_related(db)
    assert [article["headline"] for article in export(path, role="related")] == [related.title]
    assert {article["role"] for article in export(path, role="main")} == {"main"}


def test_a_language_has_its_varieties(db: Database, path: Path) -> None:
    fill(db, 3)
    change(db, "UPDATE articles SET language = 'ar-IQ' WHERE id = 2")
    change(db, "UPDATE articles SET language = 'fa' WHERE id = 3")
    assert ids(path, language="AR") == [1, 2]


def in_one_cluster(db: Database, *columns: dict[str, Any]) -> None:
    """Articles 1, 2 ... of one cluster, with these columns."""
    for number, values in enumerate(columns, 1):
        for name, value in ({"cluster_id": 1} | values).items():
            change(db, f"UPDATE articles SET {name} = ? WHERE id = ?", value, number)


@pytest.mark.parametrize(
    ("columns", "first"),
    [
        ([{"date_published_date": "2025-05-09"}, {"date_published_date": "2025-05-08"}], 2),
        ([{"date_published_utc": "2025-05-08T10:00:00Z"}, {"date_published_utc": "2025-05-08T09:00:00Z"}], 2),
        ([{"date_published_date": None}, {"date_published_date": "2025-05-08"}], 2),
        ([{"date_published_date": "2025-05-08", "first_seen_at": "2025-06-02T00:00:00Z"},
          {"date_published_date": "2025-05-08", "first_seen_at": "2025-06-01T00:00:00Z"}], 2),
        ([{"date_published_date": "2025-05-08", "first_seen_at": "2025-06-01T00:00:00Z"},
          {"date_published_date": "2025-05-08", "first_seen_at": "2025-06-01T00:00:00Z"}], 1),
    ],
    ids=["day", "moment", "dated", "sighting", "id"],
)  # fmt: skip
def test_of_a_cluster_the_first_published_is_exported(
    db: Database, path: Path, columns: list[dict[str, Any]], first: int
) -> None:
    fill(db, 3)
    in_one_cluster(db, *columns)
    assert ids(path, clusters_first=True) == [first, 3]
    assert ids(path) == [1, 2, 3]


def test_the_first_of_a_cluster_is_that_of_the_whole_cluster(db: Database, path: Path) -> None:
    """So a text is in only one of two exports that are made for different days."""
    fill(db, 2)
    in_one_cluster(db, {}, {})
    assert ids(path, clusters_first=True, since="2025-05-02") == []


def test_an_article_written_while_an_export_runs_is_seen_and_the_writer_does_not_wait(db: Database, path: Path) -> None:
    fill(db, 10)
    connection = open_readonly(path, for_long=True)
    articles = selected_articles(connection, Selection())
    next(articles)
    add_related(db)  # waits for nothing, or this test hangs
    assert len(list(articles)) == 11
    connection.close()


def test_an_export_of_a_closed_database_sees_what_a_crawl_writes_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "closed.db"
    first = Database(path)
    fill(first, 10)
    first.close()
    connection = open_readonly(path, for_long=True)
    articles = selected_articles(connection, Selection())
    next(articles)
    second = Database(path)
    add_related(second)
    second.close()
    assert len(list(articles)) == 11
    connection.close()
