"""What became of earlier texts and headlines: words removed and added, corrections, and what is no revision."""

import json
from dataclasses import replace
from typing import Any

import pytest

from almasalla_crawler.storage.articles import whole_article
from almasalla_crawler.storage.forget import forget_page
from tests.arabic.told_again import PARAGRAPHS
from tests.storage.news_pages import ELSEWHERE, Database, News, Seen, elsewhere, own_site

LIBRARY = News("مكتبة عامة جديدة في الكوت", PARAGRAPHS)
OWN = "https://almasalah.com/archives/1"
CORRECTED = replace(LIBRARY, body=tuple(text.replace("3 مليارات دينار", "5 مليارات دينار") for text in PARAGRAPHS))
AGAIN = replace(CORRECTED, body=tuple(text.replace("سعاد الموسوي", "سعاد علي الموسوي") for text in CORRECTED.body))
CORRECTIONS = (
    "SELECT changed, last_seen_at, changed_at, removed, added, words_removed, words_added FROM corrections ORDER BY changed_at"
)


def on(day: int, text: News, **given: Any) -> Seen:
    return Seen(OWN, own_site(text, **given), day)


def june(day: int) -> str:
    return f"2025-06-{day:02}T00:00:00Z"


@pytest.mark.parametrize("order", [1, -1], ids=["as_observed", "backwards"])
def test_a_corrected_text_is_a_correction_with_its_words(db: Database, order: int) -> None:
    db.add(*(on(1, LIBRARY), on(2, CORRECTED))[::order])
    assert db.rows(CORRECTIONS) == [("text", june(1), june(2), "3", "5", 1, 1)]


def test_each_text_is_compared_with_the_next(db: Database) -> None:
    db.add(on(1, LIBRARY), on(3, AGAIN), on(2, CORRECTED))
    assert db.rows(CORRECTIONS) == [("text", june(1), june(2), "3", "5", 1, 1), ("text", june(2), june(3), None, "علي", 0, 1)]


def test_a_correction_keeps_the_day_it_was_first_seen(db: Database) -> None:
    db.add(on(1, LIBRARY), on(2, CORRECTED), on(5, CORRECTED))
    assert db.rows("SELECT last_seen_at, changed_at FROM corrections") == [(june(1), june(2))]


def test_a_changed_headline_is_a_correction_of_the_title(db: Database) -> None:
    db.add(on(1, LIBRARY), on(2, replace(LIBRARY, title="الكوت تفتح مكتبة عامة في حي العزة")))
    query = "SELECT changed, title_before, title_after, words_removed, added FROM corrections"
    assert db.rows(query) == [("title", LIBRARY.title, "الكوت تفتح مكتبة عامة في حي العزة", 0, None)]


def test_what_another_outlet_changed_is_no_correction(db: Database) -> None:
    db.add(on(1, LIBRARY), Seen(f"{ELSEWHERE}1", elsewhere(LIBRARY), 2), Seen(f"{ELSEWHERE}1", elsewhere(CORRECTED), 3))
    assert db.count("revisions") == 1
    assert db.rows(CORRECTIONS) == []


def test_a_copy_elsewhere_does_not_stand_between_a_text_and_its_correction(db: Database) -> None:
    db.add(
        on(1, LIBRARY), Seen(f"{ELSEWHERE}1", elsewhere(LIBRARY), 2), Seen(f"{ELSEWHERE}1", elsewhere(AGAIN), 3), on(4, CORRECTED)
    )
    assert [row[3:5] for row in db.rows(CORRECTIONS) if row[1] == june(1)] == [("3", "5")]


def test_the_history_of_an_article_says_what_changed(db: Database) -> None:
    db.add(on(1, LIBRARY), on(2, CORRECTED))
    db.connection.row_factory = __import__("sqlite3").Row
    article = whole_article(db.connection, 1)
    assert article
    (revision,) = article["revisions"]
    assert (revision["words_removed"], revision["words_added"], revision["changed_at"]) == (1, 1, june(2))
    assert revision["differences"] == [{"behind": "استمرت عامين وكلفت", "removed": "3", "added": "5"}]


def test_changes_go_with_their_article(db: Database) -> None:
    db.add(on(1, LIBRARY), on(2, CORRECTED))
    forget_page(db.connection, [OWN])
    assert db.count("changes") == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("آخر تحديث: 12:30", "آخر تحديث: 18:45"),
        ("عدد المشاهدات: 153", "عدد المشاهدات: 2,891"),
        ("إقرأ أيضاً: افتتاح متحف النسيج", "إقرأ أيضاً: موسم حصاد وفير في الشمال"),
        ("مقالات مشابهة\n\nافتتاح متحف النسيج في المدينة", "مقالات مشابهة\n\nموسم حصاد وفير في قرى الشمال"),
        ("منذ ساعتين", "منذ 5 ساعات"),
        ("3 تعليقات", "17 تعليقاً"),
    ],
    ids=["time_of_update", "counter", "related_line", "related_block", "relative_time", "comments"],
)
@pytest.mark.parametrize("place", ["head", "end"])
def test_what_changes_around_a_text_is_no_revision(db: Database, before: str, after: str, place: str) -> None:
    title, day, text = own_site(LIBRARY).split("\n\n", 2)

    def shown(line: str) -> str:
        return "\n\n".join([title, day, line, text] if place == "head" else [title, day, text, line])

    if place == "head" and "مشابهة" in before:
        pytest.skip("a list of related articles stands below the text")
    db.add(Seen(OWN, shown(before), 1), Seen(OWN, shown(after), 2))
    assert json.dumps(db.rows("SELECT changed, title, body FROM revisions"), ensure_ascii=False) == "[]"
