"""An article reads like a newspaper page, with where it comes from and what became of it."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.inspect.browsing import Browser
from tests.inspect.conftest import SITE
from tests.storage.news_pages import ELSEWHERE, news

Ask = Callable[..., Any]


@pytest.fixture
def ask(path: Path) -> Iterator[Ask]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        yield lambda query, *values: connection.execute(query, values).fetchone()[0]


def article_of(ask: Ask, number: int) -> int:
    return int(ask("SELECT id FROM articles WHERE title = ? ORDER BY id LIMIT 1", news(number).title))


def test_an_article_shows_headline_day_publisher_and_paragraphs(browser: Browser, ask: Ask) -> None:
    page = browser.get(f"/articles/{article_of(ask, 2)}?lang=en")
    assert page.texts("h1") == [news(2).title]
    assert page.texts(".story time") == ["Thursday 22 May 2025"]
    assert page.texts(".kicker")[0].startswith("المسلة")
    body = page.texts(".text p")
    assert [text for text in body if text in news(2).body] == list(news(2).body[1:])  # the dateline stands before the first


def test_the_chosen_fact_of_each_field_is_marked(browser: Browser, ask: Ask) -> None:
    page = browser.get(f"/articles/{article_of(ask, 2)}?lang=en")
    chosen = page.texts(".facts .chosen")
    assert any(news(2).title in text for text in chosen)
    assert all("taken" in text for text in chosen)


def test_an_earlier_wording_shows_the_words_that_changed(browser: Browser, ask: Ask) -> None:
    page = browser.get(f"/articles/{article_of(ask, 1)}")
    assert "تأجل" in " ".join(page.texts(".changes ins"))
    assert news(1).body[-1].split()[-1] in " ".join(page.texts(".changes del"))
    assert news(1).body[0] not in " ".join(page.texts(".changes"))
    assert "changed by the page itself" in page.texts("#earlier ~ details summary")[0]


def test_the_same_text_elsewhere_is_named_and_compared(browser: Browser, ask: Ask) -> None:
    first, second = (row for row in (ask("SELECT min(article_a) FROM pairs"), ask("SELECT max(article_b) FROM pairs")))
    page = browser.get(f"/articles/{first}?lang=en")
    assert any("copy · alike 100 %" in text for text in page.texts("#same + ul li"))
    assert {"published first", "seen first"} & set(page.texts("#same + ul .first"))
    assert f"/articles/{first}/beside/{second}" in page.links("#same + ul a")
    compared = browser.get(f"/articles/{first}/beside/{second}")
    assert compared.status == 200
    assert news(3).body[1] in compared.text


def test_mentions_lead_in_both_directions(browser: Browser, ask: Ask) -> None:
    naming = ask("SELECT article_id FROM appearances p JOIN pages g ON g.id = p.page_id WHERE g.url = ? AND role = 'main'",
                 f"{ELSEWHERE}10")  # fmt: skip
    named = article_of(ask, 2)
    page = browser.get(f"/articles/{naming}")
    assert f"/articles/{named}" in page.links("[aria-labelledby=names] a")
    assert news(9).title in " ".join(page.texts("[aria-labelledby=names] li"))  # not collected yet, and named all the same
    assert f"/articles/{naming}" in browser.get(f"/articles/{named}").links("[aria-labelledby=named] a")


def test_markup_in_the_data_is_text(browser: Browser, ask: Ask) -> None:
    number = ask("SELECT id FROM articles WHERE title LIKE '%script%'")
    for address in (f"/articles/{number}", f"/articles/{number}/beside/{number}", "/articles", "/",
                    f"/pages/{ask('SELECT id FROM pages WHERE url = ?', f'{SITE}5')}", "/almasalla/articles"):  # fmt: skip
        page = browser.get(address)
        assert page.status == 200
        assert page.texts("main script, main img, main b:contains('العريض')") == []
        assert "alert(" in page.text, address


def test_pictures_are_never_loaded(browser: Browser, ask: Ask) -> None:
    assert browser.get(f"/articles/{article_of(ask, 2)}").texts("img, iframe, video, object, embed") == []


@pytest.mark.parametrize("address", ["/articles/999", "/articles/1/beside/999", "/pages/999", "/crawls/999"])
def test_what_is_not_there_is_said_in_a_page_of_ours(browser: Browser, address: str) -> None:
    page = browser.get(address)
    assert page.status == 404
    assert "There is no" in page.text
    assert page.texts(".masthead")


def test_what_is_not_there_is_said_in_arabic_too(browser: Browser) -> None:
    assert "لا مقال برقم 999." in browser.get("/articles/999?lang=ar").text
    assert "لا كلمات في البحث" in browser.get("/search?q=...&lang=ar").text
    assert "طول البحث" in browser.get(f"/search?q={'x' * 5000}&lang=ar").text


@pytest.mark.parametrize("address", [f"/articles/{'9' * 18}", f"/articles/{'9' * 40}", "/pages/x", "/articles/-1", "/nothing"])
def test_numbers_that_no_row_has_are_not_found(browser: Browser, address: str) -> None:
    assert browser.get(address).status == 404


def test_articles_are_listed_once_over_all_pages(browser: Browser, monkeypatch: pytest.MonkeyPatch, ask: Ask) -> None:
    monkeypatch.setattr("almasalla_crawler.inspect.reading._PER_PAGE", 2)
    seen: list[str] = []
    address = "/articles"
    for _ in range(20):
        page = browser.get(address)
        seen += page.links(".card-title a")
        if not (further := page.links("a[rel=next]")):
            break
        address = further[0]
    assert len(seen) == len(set(seen)) == ask("SELECT count(*) FROM articles")


def test_articles_are_listed_by_publisher_and_day(browser: Browser) -> None:
    assert browser.get("/articles?publisher=المسلة&since=2025-05-22&until=2025-05-22").texts(".card")
    assert not browser.get("/articles?publisher=المسلة&since=2025-05-23").texts(".card")
    assert not browser.get("/articles?publisher=صحيفة+أخرى").texts(".card")


@pytest.mark.parametrize(
    "query", ["since=x", "after=1", "after=2025-01-01,99999999999999999999", "after=,", "publisher=", "since=%00"]
)
def test_a_query_that_means_nothing_breaks_nothing(browser: Browser, query: str) -> None:
    assert browser.get(f"/articles?{query}").status == 200


def test_a_link_of_the_data_is_a_link_only_to_the_web(browser: Browser, ask: Ask) -> None:
    page = browser.get(f"/articles/{article_of(ask, 2)}")
    assert all(re.match(r"/|https?://|#", link) for link in page.links("a"))
