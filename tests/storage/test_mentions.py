"""A headline finds its article, whichever of the two is known first."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from almasalla_crawler.items import Page, Visit
from tests.storage.news_pages import ELSEWHERE, Database, Seen, elsewhere, news, own_site

BRIDGE, MUSEUM, HARVEST = news(1), news(2), news(3)
OWN = "https://almasalah.com/archives/1"
ORIGINAL = Seen(OWN, own_site(BRIDGE))
OTHER_HEADLINE = "مسابقة للخط العربي تستقطب طلبة عشر محافظات"
BOTH_ORDERS = pytest.mark.parametrize("order", [1, -1], ids=["article_first", "headline_first"])


def naming(*headlines: str, number: int = 5) -> Seen:
    return Seen(f"{ELSEWHERE}{number}", elsewhere(MUSEUM, similar=(*headlines, OTHER_HEADLINE)), 2)


def linking(url: str, text: str, place: str = "similar") -> Seen:
    """An html page that links to `url`: from its list of headlines or from a sentence."""
    link = f'<a href="{url}">{text}</a>'
    first, *rest = MUSEUM.body
    inside = f"<p>بغداد/المسلة: {first}</p>" + "".join(f"<p>{one}</p>" for one in rest)
    if place == "body":
        inside += f"<p>وكانت الصحيفة قد نشرت في وقت سابق من هذا اليوم تقريراً عن {link} نقلاً عن مصادر محلية.</p>"
        link = ""
    other = '<a href="/other">مسابقة للخط العربي تستقطب طلبة عشر محافظات</a>'
    return Seen(
        "https://alofoq.example/9",
        f"<html><body><article><h1>{MUSEUM.title}</h1><p>22 أيار 2025</p>{inside}</article>"
        f"<h3>مقالات مشابهة</h3><ul><li>{link or other}</li><li>{other}</li></ul></body></html>",
        2,
    )


def named(db: Database, text: str) -> Any:
    """Title of the article that the mention with these words names; None if it is open."""
    query = "SELECT a.title FROM mentions m LEFT JOIN articles a ON a.id = m.article_id WHERE m.title = ?"
    return db.value(query, text)


@BOTH_ORDERS
def test_a_headline_finds_its_article(db: Database, order: int) -> None:
    db.add(*(ORIGINAL, naming(BRIDGE.title))[::order])
    assert named(db, BRIDGE.title) == BRIDGE.title
    assert named(db, OTHER_HEADLINE) is None


@BOTH_ORDERS
def test_a_headline_finds_its_article_across_spelling(db: Database, order: int) -> None:
    article = Seen(OWN, own_site(replace(BRIDGE, title="افتتاح مدرسة الأمل في الحيّ الشرقيّ بعد انتهاء أعمال التأهيل")))
    headline = "إفتتاح مدرسه الامل فى الحي الشرقي بعد إنتهاء اعمال التأهيل"
    db.add(*(article, naming(headline))[::order])
    assert named(db, headline) is not None


@BOTH_ORDERS
def test_a_headline_finds_a_related_article(db: Database, order: int) -> None:
    db.add(*(Seen(f"{ELSEWHERE}6", elsewhere(HARVEST, BRIDGE)), naming(BRIDGE.title))[::order])
    assert named(db, BRIDGE.title) == BRIDGE.title


def test_a_headline_that_two_articles_share_stays_open(db: Database) -> None:
    db.add(ORIGINAL, Seen(f"{OWN}0", own_site(replace(HARVEST, title=BRIDGE.title))), naming(BRIDGE.title))
    assert named(db, BRIDGE.title) is None


def test_a_headline_that_two_articles_come_to_share_is_open_again(db: Database) -> None:
    db.add(ORIGINAL, naming(BRIDGE.title))
    db.add(Seen(f"{OWN}0", own_site(replace(HARVEST, title=BRIDGE.title))))
    assert named(db, BRIDGE.title) is None


def test_a_headline_that_two_articles_share_no_more_finds_the_one_left(db: Database) -> None:
    other = Seen(f"{OWN}0", own_site(replace(HARVEST, title=BRIDGE.title)))
    db.add(ORIGINAL, other, naming(BRIDGE.title))
    db.add(replace(other, text=own_site(HARVEST), day=3))
    assert named(db, BRIDGE.title) == BRIDGE.title


@BOTH_ORDERS
def test_a_link_in_a_list_finds_the_article_of_its_page_whatever_its_words(db: Database, order: int) -> None:
    words = "تفاصيل جديدة عن أعمال تأهيل الجسر في المدينة"
    db.add(*(ORIGINAL, linking(OWN, words))[::order])
    assert named(db, words) == BRIDGE.title


@BOTH_ORDERS
def test_the_url_of_a_headline_counts_before_its_words(db: Database, order: int) -> None:
    namesake = Seen(f"{OWN}0", own_site(HARVEST))
    db.add(*(ORIGINAL, namesake, linking(OWN, HARVEST.title))[::order])
    assert named(db, HARVEST.title) == BRIDGE.title


def test_the_url_of_a_headline_counts_as_soon_as_its_page_is_known(db: Database) -> None:
    db.add(Seen(f"{OWN}0", own_site(HARVEST)), linking(OWN, HARVEST.title))
    assert named(db, HARVEST.title) == HARVEST.title
    db.add(ORIGINAL)
    assert named(db, HARVEST.title) == BRIDGE.title


@BOTH_ORDERS
def test_a_link_in_a_body_finds_the_article_of_its_page(db: Database, order: int) -> None:
    db.add(*(ORIGINAL, linking(OWN, "تأهيل الجسر", "body"))[::order])
    assert named(db, "تأهيل الجسر") == BRIDGE.title


@BOTH_ORDERS
def test_a_link_in_a_body_is_not_resolved_by_its_words(db: Database, order: int) -> None:
    db.add(*(ORIGINAL, linking(f"{OWN}77", BRIDGE.title, "body"))[::order])
    assert db.rows("SELECT kind, article_id FROM mentions WHERE title = ?", BRIDGE.title) == [("link", None)]


def test_the_mentions_of_a_page_are_those_of_its_latest_capture(db: Database) -> None:
    db.add(naming(BRIDGE.title), replace(naming(HARVEST.title), day=3), replace(naming(news(4).title), day=1))
    assert {row[0] for row in db.rows("SELECT title FROM mentions")} == {HARVEST.title, OTHER_HEADLINE}


def test_a_mention_is_open_again_when_its_article_is_forgotten(tmp_path: Path) -> None:
    from almasalla_crawler.storage.forget import forget_page

    db = Database(tmp_path / "b.db")
    db.add(ORIGINAL, naming(BRIDGE.title))
    forget_page(db.connection, [OWN])
    assert named(db, BRIDGE.title) is None
    db.close()


@BOTH_ORDERS
def test_a_link_to_another_spelling_of_an_address_finds_the_article(db: Database, order: int) -> None:
    """Found through `urls`: a redirect, a shortlink, a guid."""
    short = "https://almasalah.com/?p=1"
    db.add(ORIGINAL)
    again = Page(OWN, "html", observed_at="2025-06-03T00:00:00Z")
    again.visit = Visit(0, OWN, 304, "unchanged", spellings=[(short, "shortlink")])
    for page in (again, linking(short, "تأهيل الجسر", "body").read())[::order]:
        db.exporter.export_batch([page])
    assert named(db, "تأهيل الجسر") == BRIDGE.title


def test_a_link_counts_before_a_headline_that_two_articles_share(db: Database) -> None:
    db.add(ORIGINAL, Seen(f"{OWN}0", own_site(replace(HARVEST, title=BRIDGE.title))), linking(OWN, BRIDGE.title))
    assert named(db, BRIDGE.title) == BRIDGE.title


def test_a_headline_that_a_revision_takes_away_is_open_again(db: Database) -> None:
    db.add(ORIGINAL, naming(BRIDGE.title))
    db.add(replace(ORIGINAL, text=own_site(replace(BRIDGE, title="عنوان آخر لا يشبه الأول في شيء")), day=3))
    assert named(db, BRIDGE.title) is None
