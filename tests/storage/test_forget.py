"""A takedown leaves nothing that only the forgotten page gave, and says what stays and why."""

from dataclasses import replace
from typing import Any

import pytest

from almasalla_crawler.storage.forget import Forgotten, forget_page
from tests.storage.news_pages import ELSEWHERE, Database, News, Seen, elsewhere, news, own_site

OWN, COPY = "https://almasalah.com/archives/1", f"{ELSEWHERE}1"
BRIDGE, MUSEUM = news(1), news(2)
EDITED = BRIDGE.edited("وكشف الشاهد فلان عن تفاصيل طلب لاحقاً سحبها من النشر حفاظاً على خصوصية عائلته في المدينة.")


def original(text: News = BRIDGE, day: int = 1) -> Seen:
    return Seen(OWN, own_site(text, closing="بقلم: حيدر ناهي"), day)


def copy(text: News = BRIDGE, day: int = 2, **given: str) -> Seen:
    return Seen(COPY, elsewhere(text, **given), day)


def forgotten(db: Database, url: str) -> Forgotten:
    result = forget_page(db.connection, [url])
    assert result is not None
    return result


def holds(db: Database, words: str) -> bool:
    """Are the words anywhere in the rows? Compressed lines of captures of other pages do not count: they show them."""
    return any(words in line for line in db.connection.iterdump())


def test_a_text_that_only_the_forgotten_page_showed_goes_from_an_article_that_stays(db: Database) -> None:
    db.add(original(), copy(), original(EDITED, day=3))
    kept = forgotten(db, OWN).kept
    assert ([one.shown_by for one in kept], "body" in kept[0].lost) == ([[COPY]], True)
    assert BRIDGE.body[-1] in db.value("SELECT body FROM articles")
    assert not holds(db, EDITED.body[-1])


def test_an_earlier_text_that_only_the_forgotten_page_showed_goes(db: Database) -> None:
    db.add(original(EDITED, day=1), original(day=2), copy(day=3))
    assert "revisions" in forgotten(db, OWN).kept[0].lost
    assert db.count("revisions") == 0
    assert not holds(db, EDITED.body[-1])


@pytest.mark.parametrize("page", [original, copy], ids=["own_site", "aggregator"])
def test_an_earlier_headline_of_the_forgotten_page_goes(db: Database, page: Any) -> None:
    renamed = replace(BRIDGE, title="عنوان جديد للخبر بعد ساعات من نشره")
    db.add(page(day=1), page(renamed, day=3), Seen(f"{ELSEWHERE}9", elsewhere(renamed), 5))
    assert db.rows("SELECT changed, title FROM revisions") == [("title", BRIDGE.title)]
    forgotten(db, OWN if page is original else COPY)
    assert db.count("revisions") == 0
    assert not holds(db, BRIDGE.title)


def test_a_removed_article_is_named_in_one_line(db: Database) -> None:
    db.add(Seen(OWN, f"البصرة – المسلة:\n\n{BRIDGE.body[0]}\n\n{BRIDGE.body[1]}"))
    assert "\n" not in forgotten(db, OWN).removed[0][1]


def test_values_that_only_the_forgotten_page_gave_go(db: Database) -> None:
    db.add(original(), Seen(COPY, elsewhere(BRIDGE, title=False, day=False), 2))
    (kept,) = forgotten(db, OWN).kept
    assert {"url", "title", "date_published_raw", "authors"} <= set(kept.lost)
    assert db.rows("SELECT url, title, date_published_date, publisher FROM articles") == [(None, None, None, "المسلة")]
    assert db.count("authors") == 0
    assert not holds(db, BRIDGE.title)


def test_values_that_another_page_gives_too_are_those_of_that_page(db: Database) -> None:
    db.add(original(), copy(replace(BRIDGE, title="عنوان الناقل لهذا الخبر كما نشره"), keywords="جسر، نهر"))
    forgotten(db, OWN)
    assert db.rows("SELECT title, date_published_date FROM articles") == [("عنوان الناقل لهذا الخبر كما نشره", "2025-05-22")]
    assert db.count("keywords") == 2


def test_the_wording_of_a_text_is_that_of_a_page_that_still_shows_it(db: Database) -> None:
    wording = replace(BRIDGE, agency="المسلة الإخبارية", title="عنوان سحبه صاحبه")
    db.add(original(wording), copy())
    forgotten(db, OWN)
    assert not holds(db, "الإخبارية")
    assert not holds(db, wording.title)


def test_what_the_forgotten_page_gave_too_stays(db: Database) -> None:
    db.add(original(), copy())
    before = db.rows("SELECT url, title, body FROM articles")
    assert (forgotten(db, COPY).kept[0].lost, db.rows("SELECT url, title, body FROM articles")) == ([], before)


@pytest.mark.parametrize("order", [1, -1])
def test_forgetting_is_as_if_the_page_had_never_been_read(db: Database, order: int) -> None:
    db.add(*[copy(), Seen(f"{ELSEWHERE}2", elsewhere(MUSEUM, BRIDGE), 3)][::order])
    before = db.facts_of_the_world()
    db.add(original(EDITED, day=4), Seen(OWN, own_site(BRIDGE), 5))
    forgotten(db, OWN)
    assert db.facts_of_the_world() == before


def test_a_headline_that_two_articles_shared_names_the_one_left(db: Database) -> None:
    namesake = Seen("https://alofoq.example/1", own_site(replace(MUSEUM, title=BRIDGE.title)))
    db.add(Seen(OWN, own_site(BRIDGE)), namesake, Seen(COPY, elsewhere(news(3), similar=(BRIDGE.title, news(4).title))))
    assert db.value("SELECT article_id FROM mentions WHERE title = ?", BRIDGE.title) is None
    forgotten(db, namesake.url)
    assert db.value("SELECT a.url FROM mentions m JOIN articles a ON a.id = m.article_id") == OWN


def test_copies_of_a_forgotten_article_are_no_cluster(db: Database) -> None:
    db.add(Seen(OWN, own_site(BRIDGE)), Seen("https://alofoq.example/1", own_site(BRIDGE)))
    forgotten(db, OWN)
    assert db.rows("SELECT cluster_id FROM articles") == [(None,)]
