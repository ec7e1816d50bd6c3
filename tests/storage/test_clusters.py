"""Clusters are components over pairs: whatever the order of arrival, the same ones; and who was first in them."""

import itertools
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.arabic.told_again import MORE, PARAGRAPHS
from tests.storage.news_pages import ELSEWHERE, Database, News, Seen, elsewhere, news, own_site

LIBRARY = News("مكتبة عامة جديدة في الكوت", PARAGRAPHS)
DRIFTED = [
    replace(LIBRARY, body=tuple(" ".join(word if (place + step) % 9 or place % 4 >= step else f"{word}ات" for place, word in enumerate(text.split()))
                                for text in PARAGRAPHS))
    for step in range(4)
]  # fmt: skip
TEXTS = [
    *DRIFTED,
    replace(LIBRARY, body=PARAGRAPHS[:2]),
    replace(LIBRARY, body=(*PARAGRAPHS, *MORE)),
    news(1),
    news(1).edited(),
    news(2),
]
PAGES = [Seen(f"https://site{number}.example/1", own_site(text)) for number, text in enumerate(TEXTS)]
ORDERS = [random.Random(seed).sample(PAGES, len(PAGES)) for seed in range(6)]


def clusters(db: Database) -> set[frozenset[str]]:
    rows = db.rows("SELECT cluster_id, url FROM articles WHERE cluster_id IS NOT NULL ORDER BY cluster_id")
    return {frozenset(url for _, url in group) for _, group in itertools.groupby(rows, key=lambda row: row[0])}


def pairs(db: Database) -> set[tuple[frozenset[str], float]]:
    query = "SELECT a.url, b.url, similarity FROM pairs JOIN articles a ON a.id = article_a JOIN articles b ON b.id = article_b"
    return {(frozenset((one, other)), similarity) for one, other, similarity in db.rows(query)}


def test_any_order_of_arrival_gives_the_same_pairs_and_clusters(tmp_path: Path) -> None:
    results = []
    for number, order in enumerate(ORDERS):
        db = Database(tmp_path / f"{number}.db")
        db.add(*order)
        results.append((pairs(db), clusters(db)))
        assert db.value("SELECT count(*) FROM articles WHERE cluster_id > id") == 0
        db.close()
    assert len(results[0][1]) == 2
    assert all(result == results[0] for result in results)


# --- first publication ------------------------------------------------------------------------------------------------

FIRST = "SELECT f.url, s.url FROM clusters c LEFT JOIN articles f ON f.id = first_by_date LEFT JOIN articles s ON s.id = first_by_sighting"


def dated(number: int, day: str, agency: str = "المسلة") -> Seen:
    return Seen(f"https://site{number}.example/1", own_site(replace(LIBRARY, day=day, agency=agency)))


@pytest.mark.parametrize(
    ("days", "first"),
    [
        (("22 أيار 2025", "21 أيار 2025", "23 أيار 2025"), 1),
        (("21 أيار 2025 10:30", "21 أيار 2025 09:15", "22 أيار 2025"), 1),
        (("21 أيار 2025", "21 أيار 2025 09:15", "22 أيار 2025"), None),
        (("22 أيار 2025", "22 أيار 2025", "23 أيار 2025"), None),
        (("", "22 أيار 2025", "23 أيار 2025"), 1),
    ],
    ids=["by_day", "by_the_hour", "an_hour_is_missing", "the_same_day", "undated"],
)
def test_the_first_by_date_is_told_where_the_dates_tell(db: Database, days: tuple[str, ...], first: int | None) -> None:
    db.add(*(dated(number, day) for number, day in enumerate(days)))
    wanted = None if first is None else f"https://site{first}.example/1"
    assert db.rows(FIRST) == [(wanted, "https://site0.example/1")]


def syndication(db: Database) -> list[tuple[Any, ...]]:
    return db.rows("SELECT from_outlet, to_outlet, articles, median_delay_hours FROM syndication")


def test_syndication_counts_copies_from_the_first_to_the_others_with_the_median_delay(db: Database) -> None:
    for number, hours in enumerate((2, 6, 3)):
        text = replace(news(number), day=f"21 أيار 2025 0{hours}:00")
        first = replace(news(number), day="21 أيار 2025 01:00")
        db.add(Seen(f"https://alofoq.example/{number}", own_site(replace(text, agency="الأفق"))))
        db.add(Seen(f"https://almasalah.com/{number}", own_site(first)))
    assert syndication(db) == [("المسلة", "الأفق", 3, 2.0)]


def test_a_shortened_text_counts_as_taken(db: Database) -> None:
    short = replace(LIBRARY, body=PARAGRAPHS[:2], day="24 أيار 2025", agency="الأفق")
    db.add(Seen("https://alofoq.example/1", own_site(short)), Seen("https://almasalah.com/1", own_site(LIBRARY)))
    assert syndication(db) == [("المسلة", "الأفق", 1, 48.0)]


def test_an_aggregator_that_is_no_outlet_of_ours_is_told_by_its_host(db: Database) -> None:
    db.add(Seen("https://almasalah.com/1", own_site(LIBRARY)), Seen(f"{ELSEWHERE}1", elsewhere(LIBRARY)))
    host = ELSEWHERE.split("/")[2]
    assert [row[:3] for row in syndication(db)] == [("المسلة", host, 1)]


def test_a_site_takes_nothing_from_itself(db: Database) -> None:
    db.add(Seen("https://almasalah.com/1", own_site(LIBRARY)), Seen("https://almasalah.com/2", elsewhere(LIBRARY)))
    assert syndication(db) == []


def test_a_text_is_taken_once_from_the_first_of_those_it_is_a_part_of(db: Database) -> None:
    hours = {"المسلة": 1, "الأفق": 2, "الواحة": 4}
    for agency, hour in hours.items():
        text = replace(LIBRARY, day=f"21 أيار 2025 0{hour}:00", agency=agency)
        db.add(Seen(f"https://site{hour}.example/1", own_site(text)))
    short = replace(LIBRARY, body=PARAGRAPHS[:2], day="21 أيار 2025 03:00", agency="النهار")
    db.add(Seen("https://site3.example/1", own_site(short)))
    assert syndication(db) == [("المسلة", "الأفق", 1, 1.0), ("المسلة", "النهار", 1, 2.0), ("المسلة", "الواحة", 1, 3.0)]


def test_the_page_of_an_aggregator_counts_as_taken(db: Database) -> None:
    db.add(Seen("https://almasalah.com/1", own_site(LIBRARY), outlet="almasalah"))
    db.add(Seen(f"{ELSEWHERE}1", elsewhere(LIBRARY), outlet="arabkhabar"))
    assert [row[:3] for row in syndication(db)] == [("المسلة", "arabkhabar", 1)]
