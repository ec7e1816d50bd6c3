"""Which stored article a text is: the cases, each in both orders of arrival."""

import itertools
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from almasalla_crawler.items import Reject
from almasalla_crawler.storage.archive import Stored
from tests.storage.news_pages import ELSEWHERE, Database, News, Seen, elsewhere, news, own_site

OWN, OTHER_OWN = "https://almasalah.com/archives/1", "https://alofoq.example/news/1"
BRIDGE, MUSEUM, HARVEST = news(1), news(2), news(3)
EDITED = BRIDGE.edited()
BOTH_ORDERS = pytest.mark.parametrize("order", [1, -1], ids=["as_observed", "backwards"])
STUB = News("إعلان تعطيل الدوام", ("أعلنت البلدية تعطيل الدوام غداً بسبب الأمطار.",))


def on_own_site(text: News = BRIDGE, day: int = 1, url: str = OWN, **given: Any) -> Seen:
    return Seen(url, own_site(text, **given), day)


def on_aggregator(text: News = BRIDGE, *related: News, day: int = 2, number: int = 1, **given: Any) -> Seen:
    return Seen(f"{ELSEWHERE}{number}", elsewhere(text, *related, **given), day)


def added(db: Database, order: int, *seen: Seen) -> Database:
    db.add(*seen[::order])
    return db


def arrivals(count: int) -> pytest.MarkDecorator:
    """Every order of `count` observations."""
    orders = list(itertools.permutations(range(count)))
    return pytest.mark.parametrize("arrival", orders, ids=["".join(map(str, order)) for order in orders])


CREDITED_TO_ANOTHER = on_aggregator(replace(BRIDGE, agency="الأفق"), source="الأفق")


# --- copies -----------------------------------------------------------------------------------------------------------


@BOTH_ORDERS
def test_a_copy_on_an_aggregator_is_the_article_of_its_own_site(db: Database, order: int) -> None:
    added(db, order, on_own_site(), on_aggregator())
    assert db.rows("SELECT url, publisher FROM articles") == [(OWN, "المسلة")]
    assert db.count("appearances") == 2
    assert db.count("revisions") == 0


def test_an_own_site_page_adopts_the_article_and_its_id_stays(db: Database) -> None:
    db.add(on_aggregator())
    known = db.value("SELECT id FROM articles")
    db.add(on_own_site())
    assert db.rows("SELECT id, url FROM articles") == [(known, OWN)]


@BOTH_ORDERS
def test_a_copy_that_credits_another_publisher_is_the_article_of_the_site_that_has_it(db: Database, order: int) -> None:
    added(db, order, on_own_site(), CREDITED_TO_ANOTHER)
    assert db.rows("SELECT url, publisher FROM articles") == [(OWN, "المسلة")]


@arrivals(3)
def test_a_copy_belongs_to_the_own_site_that_it_credits(db: Database, arrival: tuple[int, ...]) -> None:
    seen = [on_own_site(), on_own_site(replace(BRIDGE, agency="الأفق"), url=OTHER_OWN), CREDITED_TO_ANOTHER]
    db.add(*(seen[number] for number in arrival))
    query = (
        "SELECT a.url FROM appearances p JOIN articles a ON a.id = p.article_id JOIN pages g ON g.id = p.page_id WHERE g.url = ?"
    )
    assert db.value(query, CREDITED_TO_ANOTHER.url) == OTHER_OWN


@BOTH_ORDERS
def test_one_text_on_two_own_sites_is_two_articles_in_one_cluster(db: Database, order: int) -> None:
    added(db, order, on_own_site(), on_own_site(url=OTHER_OWN, day=2))
    assert sorted(db.rows("SELECT url FROM articles")) == [(OWN,), (OTHER_OWN,)]
    assert db.rows("SELECT kind, similarity FROM pairs") == [("copy", 1.0)]
    assert db.rows("SELECT count(DISTINCT cluster_id), count(cluster_id) FROM articles") == [(1, 2)]


def test_three_copies_on_own_sites_are_one_cluster(db: Database) -> None:
    db.add(*(on_own_site(url=f"https://site{number}.example/1") for number in range(3)))
    assert db.rows("SELECT count(*), count(DISTINCT cluster_id), count(cluster_id) FROM articles") == [(3, 1, 3)]


@BOTH_ORDERS
def test_one_text_on_two_aggregator_pages_is_one_article(db: Database, order: int) -> None:
    added(db, order, on_aggregator(number=1), on_aggregator(number=2, day=3))
    assert (db.count("articles"), db.count("appearances"), db.count("revisions")) == (1, 2, 0)


@BOTH_ORDERS
def test_a_copy_with_a_dateline_of_its_own_is_the_same_article(db: Database, order: int) -> None:
    copy = Seen(f"{ELSEWHERE}7", elsewhere(BRIDGE).replace("بغداد/المسلة:", "بغداد/الأفق:").replace("المسلة", "الأفق"), 2)
    added(db, order, on_aggregator(), copy)
    assert (db.count("articles"), db.count("revisions")) == (1, 0)


@BOTH_ORDERS
def test_a_related_article_seen_elsewhere_as_main_is_one_article(db: Database, order: int) -> None:
    added(db, order, on_aggregator(MUSEUM, BRIDGE), on_aggregator(BRIDGE, number=2, day=3))
    assert db.count("articles") == 2
    query = "SELECT p.role FROM appearances p JOIN articles a ON a.id = p.article_id WHERE a.title = ? ORDER BY 1"
    assert db.rows(query, BRIDGE.title) == [("main",), ("related",)]


# --- edits ------------------------------------------------------------------------------------------------------------


@BOTH_ORDERS
def test_an_edit_on_its_own_site_is_a_revision(db: Database, order: int) -> None:
    added(db, order, on_own_site(day=1), on_own_site(EDITED, day=2))
    assert EDITED.body[-1] in db.value("SELECT body FROM articles")
    assert BRIDGE.body[-1] in db.value("SELECT body FROM revisions")
    assert db.value("SELECT observed_at FROM articles") == "2025-06-02T00:00:00Z"
    assert db.value("SELECT observed_at FROM revisions") == "2025-06-01T00:00:00Z"


@BOTH_ORDERS
def test_a_page_rewritten_on_its_own_site_stays_the_article_of_its_url(db: Database, order: int) -> None:
    added(db, order, on_own_site(day=1), on_own_site(MUSEUM, day=2))
    assert db.value("SELECT title FROM articles") == MUSEUM.title
    assert db.value("SELECT title FROM revisions") == BRIDGE.title


@BOTH_ORDERS
def test_an_edit_seen_through_an_aggregator_is_a_revision(db: Database, order: int) -> None:
    added(db, order, on_aggregator(day=1), on_aggregator(EDITED, day=2))
    assert EDITED.body[-1] in db.value("SELECT body FROM articles")
    assert BRIDGE.body[-1] in db.value("SELECT body FROM revisions")


@BOTH_ORDERS
def test_an_edited_related_article_is_a_revision(db: Database, order: int) -> None:
    added(db, order, on_aggregator(MUSEUM, BRIDGE, day=1), on_aggregator(MUSEUM, EDITED, day=2))
    assert (db.count("articles"), db.count("revisions")) == (2, 1)


@BOTH_ORDERS
def test_another_article_in_the_same_place_is_new(db: Database, order: int) -> None:
    added(db, order, on_aggregator(BRIDGE, day=1), on_aggregator(MUSEUM, day=2))
    assert (db.count("articles"), db.count("revisions")) == (2, 0)


@BOTH_ORDERS
def test_another_related_article_in_the_same_place_is_new(db: Database, order: int) -> None:
    added(db, order, on_aggregator(BRIDGE, MUSEUM, day=1), on_aggregator(BRIDGE, HARVEST, day=2))
    assert (db.count("articles"), db.count("revisions")) == (3, 0)


@arrivals(3)
def test_a_revert_on_its_own_site_is_the_current_text(db: Database, arrival: tuple[int, ...]) -> None:
    seen = [on_own_site(day=1), on_own_site(EDITED, day=2), on_own_site(day=3)]
    db.add(*(seen[number] for number in arrival))
    assert BRIDGE.body[-1] in db.value("SELECT body FROM articles")
    assert EDITED.body[-1] in db.value("SELECT body FROM revisions")


@arrivals(3)
def test_a_stale_copy_does_not_turn_an_edit_of_the_own_site_back(db: Database, arrival: tuple[int, ...]) -> None:
    seen = [on_own_site(day=1), on_own_site(EDITED, day=2), on_aggregator(day=3)]
    db.add(*(seen[number] for number in arrival))
    assert EDITED.body[-1] in db.value("SELECT body FROM articles")
    assert BRIDGE.body[-1] in db.value("SELECT body FROM revisions")


@arrivals(3)
def test_the_latest_of_three_texts_is_current(db: Database, arrival: tuple[int, ...]) -> None:
    seen = [
        on_own_site(day=1),
        on_own_site(EDITED, day=2),
        on_own_site(BRIDGE.edited("وألغيت الخطة كلها بقرار من المجلس."), day=3),
    ]
    db.add(*(seen[number] for number in arrival))
    assert "وألغيت الخطة" in db.value("SELECT body FROM articles")
    assert db.count("revisions") == 2


@arrivals(3)
def test_an_edit_makes_two_own_sites_copies(db: Database, arrival: tuple[int, ...]) -> None:
    seen = [on_own_site(day=1), on_own_site(EDITED, day=1, url=OTHER_OWN), on_own_site(EDITED, day=2)]
    db.add(*(seen[number] for number in arrival))
    assert db.rows("SELECT kind FROM pairs") == [("copy",)]


def test_copies_that_part_are_a_pair_no_more(db: Database) -> None:
    db.add(on_own_site(), on_own_site(url=OTHER_OWN), on_own_site(MUSEUM, day=2))
    assert db.rows("SELECT * FROM pairs WHERE kind = 'copy'") == []


# --- headlines ----------------------------------------------------------------------------------------------------------

RENAMED = replace(BRIDGE, title="الإدارة تعدل عنوان خبر الجسر بعد النشر")
RENAMED_AGAIN = replace(BRIDGE, title="عنوان ثالث للخبر نفسه من دون تغيير في النص")
EDITIONS = pytest.mark.parametrize("page", [on_own_site, on_aggregator], ids=["own_site", "aggregator"])
HEADLINES = "SELECT changed, title, observed_at FROM revisions ORDER BY observed_at, title"


@EDITIONS
@BOTH_ORDERS
def test_an_edited_headline_is_a_revision_with_the_earlier_one(db: Database, order: int, page: Any) -> None:
    added(db, order, page(day=1), page(RENAMED, day=2))
    assert db.rows("SELECT title, text_title FROM articles") == [(RENAMED.title, RENAMED.title)]
    assert db.rows(HEADLINES) == [("title", BRIDGE.title, "2025-06-01T00:00:00Z")]


@EDITIONS
@pytest.mark.parametrize("titles", [(BRIDGE, RENAMED), (RENAMED, BRIDGE)], ids=["greater", "less"])
def test_a_headline_edited_in_a_file_whose_saved_at_stays_is_a_revision(
    db: Database, page: Any, titles: tuple[News, News]
) -> None:
    before, after = titles
    db.add(page(before, day=1), page(after, day=1))
    assert db.rows("SELECT title, text_title FROM articles") == [(after.title, after.title)]
    assert [row[1] for row in db.rows(HEADLINES)] == [before.title]


def test_another_headline_in_another_file_of_the_same_moment_is_no_edit(db: Database) -> None:
    db.add(on_own_site(day=1), replace(on_own_site(RENAMED, day=1), door="file:other.html"))
    assert db.count("revisions") == 0


def test_an_edited_headline_counts_as_revised(db: Database) -> None:
    _, answer = db.add(on_own_site(day=1), on_own_site(RENAMED, day=2))
    assert isinstance(answer, Stored)
    assert (answer.new, answer.revised) == (0, 1)


@EDITIONS
@arrivals(3)
def test_every_earlier_headline_is_kept(db: Database, arrival: tuple[int, ...], page: Any) -> None:
    seen = [page(day=1), page(RENAMED, day=2), page(RENAMED_AGAIN, day=3)]
    db.add(*(seen[number] for number in arrival))
    assert db.value("SELECT title FROM articles") == RENAMED_AGAIN.title
    assert [row[1] for row in db.rows(HEADLINES)] == [BRIDGE.title, RENAMED.title]


@EDITIONS
@arrivals(3)
def test_a_headline_that_comes_back_is_no_earlier_one(db: Database, arrival: tuple[int, ...], page: Any) -> None:
    seen = [page(day=1), page(RENAMED, day=2), page(day=3)]
    db.add(*(seen[number] for number in arrival))
    assert db.value("SELECT title FROM articles") == BRIDGE.title
    assert db.rows(HEADLINES) == [("title", RENAMED.title, "2025-06-02T00:00:00Z")]


@arrivals(3)
def test_a_headline_edited_before_the_text_is_kept_beside_the_earlier_text(db: Database, arrival: tuple[int, ...]) -> None:
    seen = [on_own_site(day=1), on_own_site(RENAMED, day=2), on_own_site(RENAMED.edited(), day=3)]
    db.add(*(seen[number] for number in arrival))
    assert [row[:2] for row in db.rows(HEADLINES)] == [("title", BRIDGE.title), ("text", RENAMED.title)]


@arrivals(3)
def test_another_headline_elsewhere_is_no_edit(db: Database, arrival: tuple[int, ...]) -> None:
    seen = [on_own_site(day=1), on_aggregator(RENAMED, day=2), on_aggregator(RENAMED_AGAIN, day=3)]
    db.add(*(seen[number] for number in arrival))
    assert db.rows(HEADLINES) == []


@arrivals(3)
def test_a_copy_with_the_new_headline_changes_nothing(db: Database, arrival: tuple[int, ...]) -> None:
    seen = [on_own_site(day=1), on_own_site(RENAMED, day=2), on_aggregator(RENAMED, day=3)]
    db.add(*(seen[number] for number in arrival))
    assert db.rows(HEADLINES) == [("title", BRIDGE.title, "2025-06-01T00:00:00Z")]


@arrivals(4)
def test_headlines_of_an_aggregator_are_no_history_of_the_own_sites_text(db: Database, arrival: tuple[int, ...]) -> None:
    seen = [on_aggregator(day=1), on_aggregator(RENAMED, day=2), on_own_site(day=3), on_own_site(EDITED, day=4)]
    db.add(*(seen[number] for number in arrival))
    assert db.rows(HEADLINES) == [("text", BRIDGE.title, "2025-06-03T00:00:00Z")]


@BOTH_ORDERS
def test_a_headline_that_is_only_spelled_otherwise_is_no_edit(db: Database, order: int) -> None:
    added(db, order, on_own_site(day=1), on_own_site(replace(BRIDGE, title=BRIDGE.title.replace("إ", "ا") + "."), day=2))
    assert db.count("revisions") == 0


@BOTH_ORDERS
def test_a_headline_that_a_page_lost_is_no_edit(db: Database, order: int) -> None:
    added(db, order, on_own_site(day=1), on_own_site(day=2, title=False))
    assert (db.count("revisions"), db.value("SELECT title FROM articles")) == (0, BRIDGE.title)


# --- texts too short to be told apart -----------------------------------------------------------------------------------


@BOTH_ORDERS
def test_a_stub_seen_again_on_its_page_is_one_article(db: Database, order: int) -> None:
    added(db, order, on_aggregator(STUB, day=1), on_aggregator(STUB, day=2))
    assert (db.count("articles"), db.count("revisions")) == (1, 0)


@BOTH_ORDERS
def test_a_stub_on_two_pages_is_two_articles(db: Database, order: int) -> None:
    added(db, order, on_aggregator(STUB, number=1), on_aggregator(STUB, number=2))
    assert (db.count("articles"), db.count("pairs")) == (2, 0)


@BOTH_ORDERS
def test_a_stub_on_two_own_sites_is_two_articles_and_no_pair(db: Database, order: int) -> None:
    added(db, order, on_own_site(STUB), on_own_site(STUB, url=OTHER_OWN))
    assert (db.count("articles"), db.count("pairs")) == (2, 0)


# --- files ------------------------------------------------------------------------------------------------------------


@BOTH_ORDERS
def test_a_page_saved_as_text_and_as_html_is_one_page_with_two_captures(db: Database, order: int) -> None:
    first, *rest = BRIDGE.body
    paragraphs = "".join(f"<p>{text}</p>" for text in (f"بغداد/المسلة: {first}", *rest))
    html = f"<html><body><article><h1>{BRIDGE.title}</h1><time>22 أيار 2025</time>{paragraphs}</article></body></html>"
    added(db, order, on_own_site(day=1), Seen(OWN, html, 2, "file:b.html"))
    tables = ("pages", "captures", "articles", "appearances", "revisions")
    assert [db.count(name) for name in tables] == [1, 2, 1, 1, 0]


@BOTH_ORDERS
def test_a_file_without_url_is_no_own_site(db: Database, order: int) -> None:
    added(db, order, Seen("seed:seeds/a.txt", own_site(BRIDGE)), on_aggregator())
    assert db.rows("SELECT url, publisher FROM articles") == [(None, "المسلة")]
    assert ("seed:seeds/a.txt",) in db.rows("SELECT url FROM pages")


@BOTH_ORDERS
def test_a_page_that_lost_its_article_keeps_the_stored_one(db: Database, order: int) -> None:
    lost = Seen(OWN, "الرئيسية", 2)
    answers = dict(zip((1, 2)[::order], db.add(*(on_own_site(day=1), lost)[::order]), strict=True))
    assert isinstance(answers[2], Reject)
    assert db.value("SELECT state FROM pages") == "stored"
    assert (db.count("articles"), db.count("appearances"), db.count("rejects")) == (1, 1, 1)


@arrivals(2)
def test_a_page_that_lost_its_article_keeps_its_mentions(db: Database, arrival: tuple[int, ...]) -> None:
    seen = [
        on_aggregator(similar=("افتتاح جناح جديد للأطفال", "مسابقة للخط العربي"), day=1),
        Seen(f"{ELSEWHERE}1", "الرئيسية", 2),
    ]
    db.add(*(seen[number] for number in arrival))
    assert db.count("mentions") == 2


def test_a_page_that_lost_its_article_keeps_the_validators_of_its_capture(db: Database) -> None:
    db.add(Seen(OWN, own_site(BRIDGE), 1, "html"))
    before = db.rows("SELECT * FROM captures")
    db.add(Seen(OWN, "الرئيسية", 2, "html"))
    assert db.rows("SELECT * FROM captures") == before


# --- values: own site, main elsewhere, related ----------------------------------------------------------------------------

RELATED = on_aggregator(MUSEUM, replace(BRIDGE, title="عنوان القائمة كما كتبه الموقع الناقل", day="23 أيار 2025"), day=5)
MAIN = on_aggregator(replace(BRIDGE, title="عنوان الناقل لهذا الخبر كما نشره", day="24 أيار 2025"), day=4, number=2)
QUERY = "SELECT title, date_published_date FROM articles WHERE title IS NOT ?"


@arrivals(3)
def test_values_of_the_own_site_win_in_any_order(db: Database, arrival: tuple[int, ...]) -> None:
    seen = [on_own_site(), MAIN, RELATED]
    db.add(*(seen[number] for number in arrival))
    assert db.rows(QUERY, MUSEUM.title) == [(BRIDGE.title, "2025-05-22")]


@BOTH_ORDERS
def test_values_of_a_main_article_win_over_those_of_a_related_one(db: Database, order: int) -> None:
    added(db, order, RELATED, MAIN)
    assert db.rows(QUERY, MUSEUM.title) == [("عنوان الناقل لهذا الخبر كما نشره", "2025-05-24")]


@BOTH_ORDERS
def test_null_never_replaces_a_value(db: Database, order: int) -> None:
    added(db, order, on_aggregator(), on_own_site(title=False))
    assert db.rows("SELECT url, title, date_published_date FROM articles") == [(OWN, BRIDGE.title, "2025-05-22")]


@arrivals(3)
def test_a_value_the_own_site_lacks_comes_from_the_main_article_elsewhere(db: Database, arrival: tuple[int, ...]) -> None:
    seen = [on_own_site(title=False), MAIN, RELATED]
    db.add(*(seen[number] for number in arrival))
    assert db.rows(QUERY, MUSEUM.title) == [("عنوان الناقل لهذا الخبر كما نشره", "2025-05-24")]


@BOTH_ORDERS
def test_keywords_of_two_pages_are_all_kept(db: Database, order: int) -> None:
    added(db, order, on_own_site(closing="كلمات دلالية: جسر، نهر"), on_aggregator(keywords="الناصرية، العراق"))
    assert {row[0] for row in db.rows("SELECT keyword FROM keywords")} == {"جسر", "نهر", "الناصرية", "العراق"}


# --- newer rules --------------------------------------------------------------------------------------------------------


def with_newer_rules(monkeypatch: pytest.MonkeyPatch, version: str = "9999") -> None:
    monkeypatch.setattr("almasalla_crawler.storage.archive.RULES_VERSION", version)


def reread(seen: Seen, text: str) -> Any:
    """The page as newer rules read the same bytes: what they see is what the old ones see in `text`."""
    page, old = replace(seen, text=text).read(), seen.read()
    page.body_sha256 = old.body_sha256
    return page


def test_newer_rules_overwrite_the_text_without_a_revision(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = on_own_site()
    db.add(seen)
    with_newer_rules(monkeypatch)
    db.exporter.export_batch([reread(seen, own_site(EDITED))])
    assert EDITED.body[-1] in db.value("SELECT body FROM articles")
    assert db.count("revisions") == 0


def test_newer_rules_overwrite_the_text_of_an_aggregator_page_too(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = on_aggregator(MUSEUM, BRIDGE)
    db.add(seen)
    with_newer_rules(monkeypatch)
    db.exporter.export_batch([reread(seen, elsewhere(MUSEUM, EDITED))])
    assert sorted(db.rows("SELECT instr(body, ?) > 0 FROM articles", EDITED.body[-1])) == [(0,), (1,)]
    assert (db.count("articles"), db.count("revisions")) == (2, 0)


def test_an_article_that_newer_rules_no_longer_see_is_removed_and_counted(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = on_aggregator(MUSEUM, BRIDGE)
    db.add(seen)
    with_newer_rules(monkeypatch)
    (answer,) = db.exporter.export_batch([reread(seen, elsewhere(MUSEUM))])
    assert answer.superseded == 1
    assert db.rows("SELECT title FROM articles") == [(MUSEUM.title,)]


def test_an_article_that_another_page_still_shows_stays(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = on_aggregator(MUSEUM, BRIDGE)
    db.add(seen, on_own_site())
    with_newer_rules(monkeypatch)
    (answer,) = db.exporter.export_batch([reread(seen, elsewhere(MUSEUM))])
    assert answer.superseded == 0
    assert db.rows("SELECT count(*) FROM articles WHERE url = ?", OWN) == [(1,)]


def test_other_bytes_read_with_newer_rules_remove_nothing(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    db.add(on_aggregator(MUSEUM, BRIDGE, day=2))
    with_newer_rules(monkeypatch)
    db.add(replace(on_aggregator(MUSEUM, day=3), door=on_aggregator(day=2).read().door))
    assert db.count("articles") == 2


def test_a_text_read_anew_twice_is_overwritten_twice(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = on_own_site()
    db.add(seen)
    for version, text in (("9998", EDITED), ("9999", BRIDGE)):
        with_newer_rules(monkeypatch, version)
        db.exporter.export_batch([reread(seen, own_site(text))])
    assert BRIDGE.body[-1] in db.value("SELECT body FROM articles")
    assert db.count("revisions") == 0


def test_a_headline_that_newer_rules_read_otherwise_is_no_revision(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = on_own_site()
    db.add(seen)
    with_newer_rules(monkeypatch)
    db.exporter.export_batch([reread(seen, own_site(RENAMED))])
    assert db.rows("SELECT title, text_title FROM articles") == [(RENAMED.title, RENAMED.title)]
    assert db.count("revisions") == 0


def test_a_text_that_newer_rules_read_otherwise_keeps_its_earlier_headline(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    db.add(replace(on_own_site(day=1), door="file:a"), last := replace(on_own_site(RENAMED, day=2), door="file:a"))
    with_newer_rules(monkeypatch)
    db.exporter.export_batch([reread(last, own_site(RENAMED.edited()))])
    assert db.rows("SELECT changed, title FROM revisions") == [("title", BRIDGE.title)]


# --- any order ----------------------------------------------------------------------------------------------------------

HISTORIES: dict[str, list[Seen]] = {
    "edited_and_copied": [on_own_site(day=1), on_aggregator(day=2), on_own_site(EDITED, day=3), on_aggregator(EDITED, day=4)],
    "copied_before_and_behind": [on_aggregator(day=1), on_own_site(day=2), on_aggregator(number=2, day=3), RELATED],
    "several_articles": [
        on_aggregator(MUSEUM, BRIDGE, day=1, number=1), on_aggregator(BRIDGE, HARVEST, day=2, number=2),
        on_own_site(HARVEST, day=3, url=f"{OWN}3"), on_aggregator(STUB, MUSEUM, day=4, number=3),
    ],
    "two_own_sites": [
        on_own_site(day=1), on_own_site(url=OTHER_OWN, day=2), on_own_site(EDITED, day=3), on_aggregator(MUSEUM, HARVEST, day=4),
    ],
    "headlines": [
        on_aggregator(MUSEUM, similar=(BRIDGE.title, HARVEST.title), day=1), on_own_site(BRIDGE, day=2),
        on_aggregator(HARVEST, number=3, similar=(MUSEUM.title, BRIDGE.title), day=3), on_own_site(EDITED, day=4),
    ],
    "edited_through_the_aggregator_then_stale": [
        on_aggregator(day=1, number=1), on_aggregator(EDITED, day=2, number=1), on_aggregator(day=3, number=2), on_own_site(day=1),
    ],
    "related_changes": [
        on_aggregator(MUSEUM, BRIDGE, day=1), on_aggregator(MUSEUM, HARVEST, day=2), on_aggregator(MUSEUM, EDITED, day=3),
        on_own_site(BRIDGE, day=1),
    ],
    "two_own_sites_and_a_copy_of_one": [on_own_site(day=1), on_own_site(replace(BRIDGE, agency="الأفق"), url=OTHER_OWN, day=2),
                                        on_aggregator(day=3)],
}  # fmt: skip
HISTORIES["copy_credited_to_another_publisher"] = [on_own_site(), CREDITED_TO_ANOTHER]
HISTORIES["keywords_of_two_pages"] = [on_own_site(closing="كلمات دلالية: جسر، نهر"), on_aggregator(keywords="الناصرية، العراق")]
TABLES = (
    "articles",
    "revisions",
    "appearances",
    "appearances_as_shown",
    "pairs",
    "mentions",
    "lines",
    "pages",
    "captures",
    "keywords",
)


def every_order(name: str, folder: Path) -> list[dict[str, Any]]:
    worlds = []
    for number, order in enumerate(itertools.permutations(HISTORIES[name])):
        db = Database(folder / f"{number}.db")
        db.add(*order)
        worlds.append(db.facts_of_the_world())
        db.close()
    return worlds


@pytest.mark.parametrize("name", HISTORIES)
def test_every_order_of_arrival_gives_the_same_rows(name: str, tmp_path: Path) -> None:
    worlds = every_order(name, tmp_path)
    outcomes = {table: {json.dumps(world[table], ensure_ascii=False, default=str) for world in worlds} for table in TABLES}
    assert [table for table, different in outcomes.items() if len(different) > 1] == []


def test_all_histories_together_in_shuffled_orders_give_the_same_rows(tmp_path: Path) -> None:
    every = [one for history in HISTORIES.values() for one in history]
    seen = [replace(one, door=f"file:{number}") for number, one in enumerate(every)]
    outcomes = set()
    for number in range(6):
        db = Database(tmp_path / f"{number}.db")
        db.add(*random.Random(number).sample(seen, len(seen)))
        outcomes.add(json.dumps(db.facts_of_the_world(), ensure_ascii=False))
        db.close()
    assert len(outcomes) == 1
