"""Datasette's own pages: tables, rows and SQL, in our frame and within bounds."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from datasette.database import Database

from almasalla_crawler.inspect import live
from almasalla_crawler.storage.database import open_live
from tests.inspect.browsing import Browser

TABLES = ("articles", "pages", "captures", "crawls", "rejects", "facts", "mentions", "revisions", "pairs", "lines", "appearances",
          "main_articles", "articles_by_day", "syndication", "crawl_health")  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_a_page_with_our_frame(browser: Browser, table: str) -> None:
    page = browser.get(f"/almasalla/{table}")
    assert page.status == 200
    assert page.texts(".masthead nav")


def test_a_row_has_a_page(browser: Browser) -> None:
    assert browser.get("/almasalla/articles/1").status == 200


def test_columns_are_described_by_the_comments_of_the_schema(browser: Browser) -> None:
    assert "whoever wrote it, also when an aggregator shows it" in browser.get("/almasalla/articles").source


def test_ids_lead_to_the_readable_pages(browser: Browser) -> None:
    links = browser.get("/almasalla/appearances").links()
    assert "/articles/1" in links
    assert "/pages/1" in links


def sql(query: str) -> str:
    return f"/almasalla.json?sql={quote(query)}&_shape=array"


def test_any_question_may_be_asked_in_sql(browser: Browser) -> None:
    answer = json.loads(browser.get(sql("SELECT count(*) AS n FROM articles WHERE publisher = 'المسلة'")).source)
    assert answer[0]["n"] > 1


@pytest.mark.parametrize(
    "query",
    ["DELETE FROM articles", "UPDATE articles SET title = ''", "ATTACH 'x.db' AS x", "PRAGMA writable_schema = 1", "VACUUM"],
)
def test_nothing_can_be_written(browser: Browser, query: str) -> None:
    assert browser.get(sql(query)).status == 400
    assert browser.get("/articles").texts(".card")


def test_a_question_without_end_is_ended(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser.datasette, "sql_time_limit_ms", 50)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    assert browser.get(sql(endless)).status == 400


def test_the_inside_of_the_full_text_index_is_not_listed(browser: Browser) -> None:
    listed = browser.get("/almasalla").links("h3 a")
    assert "/almasalla/articles" in listed
    assert [link for link in listed if "articles_words" in link or "articles_fts_" in link] == []


def test_who_wants_a_view_that_takes_long_asks_twice(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_TABLE_MS", 0.001)
    page = browser.get("/almasalla/syndication", accept_language="ar")
    assert page.status == 503
    assert "طال هذا أكثر مما ينبغي" in page.text
    (patiently,) = page.links("main a")
    assert browser.get(patiently).status == 200
    assert browser.get("/almasalla/syndication.csv").status == 200


def test_what_the_project_keeps_for_itself_is_not_listed(browser: Browser) -> None:
    listed = browser.get("/almasalla").links("h3 a")
    assert {"/almasalla/problems", "/almasalla/changes"} <= set(listed)
    assert not {"/almasalla/seals", "/almasalla/sketch_numbers", "/almasalla/unsealed"} & set(listed)


def test_a_count_that_takes_too_long_costs_no_page(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_COUNT_MS", 0.001)
    assert browser.get("/almasalla/facts").status == 200


@pytest.mark.parametrize("address", ["/almasalla", "/almasalla/facts"])
def test_rows_are_counted_in_steps_between_which_a_count_can_be_ended(
    address: str, browser: Browser, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    execute = Database.execute

    async def noted(self: Any, sql: str, *values: Any, **options: Any) -> Any:
        asked.append(sql)
        return await execute(self, sql, *values, **options)

    monkeypatch.setattr(Database, "execute", noted)
    browser.get(address)
    counts = [sql for sql in asked if sql.startswith("select count(*)")]
    assert counts
    with closing(open_live(path)) as connection:
        steps = [{row[1] for row in connection.execute(f"EXPLAIN {sql}")} for sql in counts]
    assert [count for count, opcodes in zip(counts, steps, strict=True) if "Count" in opcodes] == []
