"""A saved file that gets a url in the index later: one page, one article, and nothing says what it was before but `urls`."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.storage.news_pages import ELSEWHERE, Database, Seen, elsewhere, news, own_site

BRIDGE, MUSEUM = news(1), news(2)
FILE, URL = "seed:saved/bridge.txt", "https://almasalah.com/archives/1"
WITHOUT_URL = Seen(FILE, own_site(BRIDGE), 2, door="file:bridge.txt")
WITH_URL = replace(WITHOUT_URL, url=URL, file_url=FILE)
ALSO_SAVED = Seen(URL, own_site(BRIDGE), 3, door="file:again.html")
EDITED = Seen(URL, own_site(BRIDGE.edited()), 3, door="file:again.html")
AGGREGATOR = Seen(f"{ELSEWHERE}1", elsewhere(BRIDGE, MUSEUM), 2, door="file:a.txt")


@pytest.fixture
def undisturbed(tmp_path: Path) -> Database:
    """A database of someone who wrote the url into the index at once."""
    return Database(tmp_path / "undisturbed.db")


@pytest.mark.parametrize(
    "others",
    [[], [ALSO_SAVED], [EDITED], [AGGREGATOR], [EDITED, AGGREGATOR]],
    ids=["alone", "url_known", "url_known_edited", "elsewhere_too", "all_of_it"],
)
@pytest.mark.parametrize("file_first", [True, False], ids=["file_first", "file_later"])
def test_a_file_that_gets_a_url_is_as_if_it_always_had_it(
    db: Database, undisturbed: Database, others: list[Seen], file_first: bool
) -> None:
    db.add(*([WITHOUT_URL, *others] if file_first else [*others, WITHOUT_URL]), WITH_URL)
    undisturbed.add(*others, WITH_URL)
    assert db.facts_of_the_world() == undisturbed.facts_of_the_world()
    assert db.rows("PRAGMA foreign_key_check") == []
    undisturbed.close()


def test_page_capture_and_article_keep_their_ids(db: Database) -> None:
    query = (
        "SELECT g.id, c.id, p.id, a.id FROM pages g JOIN captures c ON c.page_id = g.id JOIN appearances p ON p.page_id = g.id"
    )
    query += " JOIN articles a ON a.id = p.article_id"
    db.add(WITHOUT_URL)
    before = db.rows(query)
    db.add(WITH_URL)
    assert db.rows(query) == before


@pytest.mark.parametrize("others", [[], [ALSO_SAVED]], ids=["alone", "url_known"])
def test_the_old_spelling_leads_to_the_page(db: Database, others: list[Seen]) -> None:
    db.add(*others, WITHOUT_URL, WITH_URL)
    rows = db.rows("SELECT u.url, u.kind, g.url FROM urls u JOIN pages g ON g.id = u.page_id ORDER BY 1")
    assert rows == [(URL, "canonical", URL), (FILE, "requested", URL)]


def test_an_aggregators_page_that_gets_its_url_keeps_both_its_articles(db: Database, undisturbed: Database) -> None:
    later = replace(AGGREGATOR, file_url="seed:saved/a.txt")
    db.add(replace(AGGREGATOR, url="seed:saved/a.txt"), later)
    undisturbed.add(later)
    assert db.facts_of_the_world() == undisturbed.facts_of_the_world()
    assert db.count("articles") == 2
    undisturbed.close()


def test_a_reject_goes_with_its_page(db: Database) -> None:
    empty = replace(WITHOUT_URL, text="\n")
    db.add(empty, replace(empty, url=URL, file_url=FILE))
    assert db.rows("SELECT url, reason FROM rejects") == [(URL, "empty")]
    assert db.rows("SELECT url, state FROM pages") == [(URL, "rejected")]


def test_a_text_of_another_event_under_the_same_url_stays_an_article(db: Database) -> None:
    db.add(replace(WITHOUT_URL, text=own_site(MUSEUM)), ALSO_SAVED, replace(WITH_URL, text=own_site(MUSEUM)))
    assert db.count("pages") == 1
    assert MUSEUM.body[1] in " ".join(row[0] for row in db.rows("SELECT body FROM articles UNION SELECT body FROM revisions"))
