"""Near-duplicates found while articles are stored, and what becomes of them when articles change or go."""

from dataclasses import replace
from pathlib import Path

import pytest

from almasalla_crawler.exporters import SqliteItemExporter
from almasalla_crawler.storage.forget import forget_page
from almasalla_crawler.storage.pairs import pair_again
from tests.arabic.told_again import DISCLAIMER, MORE, OF_ANOTHER, PARAGRAPHS
from tests.storage.news_pages import Database, News, Seen, news, own_site

LIBRARY = News("مكتبة عامة جديدة في الكوت", PARAGRAPHS)
SHORTENED = replace(LIBRARY, body=PARAGRAPHS[:2])
EDITED = replace(LIBRARY, body=tuple(text.replace("المكتبة", "الدار").replace("مجانيا", "بلا رسوم") for text in PARAGRAPHS))
OTHER_TEXTS = {
    "edited": (EDITED, "edited"),
    "shortened": (SHORTENED, "shortened"),
    "extended": (replace(LIBRARY, body=(*PARAGRAPHS, *MORE)), "extended"),
    "other_dateline": (replace(LIBRARY, agency="الأفق"), "copy"),
    "disclaimer": (replace(LIBRARY, body=(*PARAGRAPHS, DISCLAIMER)), "copy"),
}
BOTH_ORDERS = pytest.mark.parametrize("order", [1, -1], ids=["original_first", "original_last"])


def page(number: int, text: News, day: int = 1) -> Seen:
    """A text on a site of its own: every page is an article."""
    return Seen(f"https://site{number}.example/news/1", own_site(text), day)


def pairs(db: Database) -> list[tuple[str, str, str]]:
    """Sites of both articles and what the second is of the first; the one with the lower number first."""
    rows = db.rows(
        "SELECT a.url, b.url, p.kind FROM pairs p JOIN articles a ON a.id = p.article_a JOIN articles b ON b.id = p.article_b"
    )
    turned = {"shortened": "extended", "extended": "shortened"}
    return sorted((a[12], b[12], kind) if a < b else (b[12], a[12], turned.get(kind, kind)) for a, b, kind in rows)


def clusters(db: Database) -> list[list[str]]:
    """Sites of the articles of each cluster."""
    rows = db.rows("SELECT group_concat(substr(url, 13, 1), '') FROM articles WHERE cluster_id IS NOT NULL GROUP BY cluster_id")
    return sorted(sorted(sites) for (sites,) in rows)


@BOTH_ORDERS
@pytest.mark.parametrize(("other", "kind"), OTHER_TEXTS.values(), ids=OTHER_TEXTS)
def test_a_version_of_a_stored_text_is_paired_with_it(db: Database, other: News, kind: str, order: int) -> None:
    db.add(*(page(1, LIBRARY), page(2, other))[::order])
    assert pairs(db) == [("1", "2", kind)]


def test_the_report_of_another_outlet_is_no_pair(db: Database) -> None:
    db.add(page(1, LIBRARY), page(2, replace(LIBRARY, body=OF_ANOTHER)))
    assert pairs(db) == []


def test_an_old_article_is_found_behind_many_newer_ones(db: Database) -> None:
    db.add(
        page(1, LIBRARY),
        *(Seen(f"https://other.example/{number}", own_site(news(number))) for number in range(150)),
        page(2, EDITED),
    )
    assert ("1", "2", "edited") in pairs(db)


def test_articles_of_one_batch_see_each_other(db: Database) -> None:
    db.exporter.export_batch([page(1, LIBRARY).read(), page(2, EDITED).read()])
    assert pairs(db) == [("1", "2", "edited")]


def test_containment_alone_joins_no_cluster(db: Database) -> None:
    db.add(page(1, LIBRARY), page(2, SHORTENED), page(3, EDITED))
    assert clusters(db) == [["1", "3"]]


def test_short_notes_are_not_compared(db: Database) -> None:
    note = News("تعطيل الدوام", ("أعلنت البلدية تعطيل الدوام غداً بسبب الأمطار الغزيرة المتوقعة في المدينة.",))
    db.add(page(1, note), page(2, note.edited("أعلنت البلدية تعطيل الدوام غداً بسبب الرياح الشديدة المتوقعة في المدينة.")))
    assert pairs(db) == []


def test_a_revision_that_takes_the_text_over_brings_its_article_into_the_cluster(db: Database) -> None:
    db.add(page(1, LIBRARY), page(2, news(1)))
    assert clusters(db) == []
    db.add(page(2, EDITED, day=2))
    assert (pairs(db), clusters(db)) == ([("1", "2", "edited")], [["1", "2"]])


def test_a_revision_can_split_a_cluster(db: Database) -> None:
    half = replace(
        LIBRARY, body=tuple(text.replace("ال", "بال") if place % 3 == 0 else text for place, text in enumerate(PARAGRAPHS))
    )
    db.add(page(1, LIBRARY), page(2, half), page(3, LIBRARY), page(4, half))
    assert clusters(db) == [["1", "2", "3", "4"]]
    db.add(page(1, news(1), day=2), page(3, news(2), day=2))
    assert clusters(db) == [["2", "4"]]
    assert pairs(db) == [("2", "4", "copy")]


STATION = News(
    "افتتاح محطة جديدة للقطارات",
    (
        "افتتح وزير النقل محطة جديدة للقطارات في الموصل بحضور عدد من المسؤولين وأهالي المدينة الذين رحبوا بالمشروع الجديد.",
        "وقال الوزير إن المحطة ستخدم آلاف المسافرين وتربط المحافظة بالعاصمة خلال ساعات، وإن المرحلة الثانية ستبدأ مطلع العام.",
    ),
)
MENDED = replace(STATION, body=(STATION.body[0].replace("الموصل", "كركوك"), STATION.body[1]))
SUNDAY = replace(STATION, body=(STATION.body[0].replace("افتتح وزير النقل", "افتتح وزير النقل الأحد"), STATION.body[1]))
MONDAY = replace(SUNDAY, body=(SUNDAY.body[0].replace("الأحد", "الاثنين"), SUNDAY.body[1]))


def test_a_copy_of_what_an_article_was_stays_its_pair(db: Database) -> None:
    db.add(page(1, STATION), page(2, STATION), page(1, MENDED, day=2))
    assert (pairs(db), clusters(db)) == ([("1", "2", "edited")], [["1", "2"]])


def test_a_copy_of_what_an_article_was_is_found_when_it_comes_later(db: Database) -> None:
    db.add(page(1, STATION), page(1, MENDED, day=2), page(2, STATION, day=2))
    assert pairs(db) == [("1", "2", "edited")]


def test_one_town_for_another_in_a_short_text_that_neither_site_mended_is_another_article(db: Database) -> None:
    db.add(page(1, STATION), page(2, MENDED))
    assert pairs(db) == []


@pytest.mark.parametrize(("publisher", "day", "found"), [
    ("الأفق", "2025-05-24", [("1", "2", "edited")]),
    ("الأفق", "2025-05-25", []),
    ("الأفق", None, []),
    ("المسلة", "2025-05-22", []),
], ids=["two_days_later", "three_days_later", "no_day", "the_same_publisher"])  # fmt: skip
def test_another_day_of_the_week_is_mended_by_another_publisher_at_the_same_time(
    db: Database, publisher: str, day: str | None, found: list[tuple[str, str, str]]
) -> None:
    db.add(page(1, SUNDAY), page(2, MONDAY))
    db.connection.execute("UPDATE articles SET publisher = ?, date_published_date = ? WHERE id = 2", (publisher, day))
    pair_again(db.connection, 2)
    assert pairs(db) == found


def test_a_forgotten_article_leaves_no_trace_in_the_index(db: Database) -> None:
    db.add(page(1, LIBRARY), page(2, EDITED))
    forget_page(db.connection, ["https://site2.example/news/1"])
    assert (db.count("pairs"), db.count("sketches"), clusters(db)) == (0, 1, [])
    assert db.rows("SELECT DISTINCT article_id FROM sketch_numbers") == db.rows("SELECT id FROM articles")


def test_the_index_holds_the_numbers_of_the_current_text_only(db: Database) -> None:
    db.add(page(1, news(1)), page(1, LIBRARY, day=2))
    again = db.rows("SELECT number FROM sketch_numbers ORDER BY number")
    db.add(page(2, LIBRARY))
    assert db.rows("SELECT number FROM sketch_numbers WHERE article_id = 2 ORDER BY number") == again


def test_switched_off_equal_texts_are_found_and_no_others(tmp_path: Path) -> None:
    exporter = SqliteItemExporter(tmp_path / "off.db", near_duplicates=False)
    exporter.export_batch([page(1, LIBRARY).read(), page(2, EDITED).read(), page(3, LIBRARY).read()])
    kinds = exporter.connection.execute("SELECT article_a, article_b, kind FROM pairs").fetchall()
    sketches = exporter.connection.execute("SELECT count(*) FROM sketches").fetchone()
    exporter.finish_exporting()
    assert (kinds, sketches) == ([(1, 3, "copy")], (0,))
