"""A site that changes fails the first crawl after the change, and one that does not never fails."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from scrapy.utils.defer import deferred_f_from_coro_f

from almasalla_crawler.items import Layout
from almasalla_crawler.news_spider import NewsSpider
from tests.live.crawls import crawl, rows, value
from tests.servers.serving import Answer, serve
from tests.servers.wordpress import WordPress, post

FEED = frozenset({"feed"})
SCRIPT = b"<html lang=ar><body><div id=app></div><script src=/app.js></script></body></html>"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


def add(wordpress: WordPress, count: int) -> None:
    """So many new posts."""
    for number in range(max(wordpress.posts) + 1, max(wordpress.posts) + 1 + count):
        wordpress.posts[number] = post(number, date=datetime.fromisoformat("2025-07-01T12:00:00") + timedelta(minutes=number))


def make_due(database: Path) -> None:
    """Lists are due again at once, as if hours had passed."""
    if database.exists():
        with closing(sqlite3.connect(database)) as connection, connection:
            connection.execute("UPDATE pages SET due_at = '2020-01-01T00:00:00Z' WHERE kind <> 'article'")


def health(database: Path) -> str:
    return str(value(database, "SELECT health FROM crawls ORDER BY id DESC LIMIT 1"))


@deferred_f_from_coro_f
async def test_pages_that_become_a_script_fail_the_first_crawl_that_reads_them(database: Path) -> None:
    wordpress = WordPress({number: post(number) for number in range(1, 21)}, doors=FEED)
    is_redesigned = False

    def answer(path: str, headers: dict[str, str]) -> Answer:
        is_page = "/post-" in path and is_redesigned
        return (200, {"Content-Type": "text/html; charset=utf-8"}, SCRIPT) if is_page else wordpress(path, headers)

    with serve(answer) as site:
        first = await crawl(site.url, database)
        assert (first.verdict.exit_code, health(database)) == (0, "ok")
        is_redesigned = True
        add(wordpress, 4)
        make_due(database)
        second = await crawl(site.url, database)
    assert (second.verdict.exit_code, second.verdict.status, health(database)) == (1, "failed", "failed")
    assert value(database, "SELECT status FROM crawls ORDER BY id DESC LIMIT 1") == "failed"
    ((monitor, level, text),) = rows(database, "SELECT monitor, level, text FROM problems WHERE over_crawl_id IS NULL")
    assert (monitor, level) == ("kept", "failed")
    assert "0 of 4 pages have an article, 100% before: has the site changed?" in text


@deferred_f_from_coro_f
async def test_a_problem_is_over_when_the_site_is_mended(database: Path) -> None:
    wordpress = WordPress({number: post(number) for number in range(1, 21)}, doors=FEED)
    is_broken = False

    def answer(path: str, headers: dict[str, str]) -> Answer:
        is_page = "/post-" in path and is_broken
        return (200, {"Content-Type": "text/html; charset=utf-8"}, SCRIPT) if is_page else wordpress(path, headers)

    with serve(answer) as site:
        for now in (False, True, True, False):
            is_broken = now
            add(wordpress, 4)
            make_due(database)
            last = await crawl(site.url, database)
    assert last.verdict.exit_code == 0
    assert rows(database, "SELECT monitor, crawl_id, last_crawl_id, crawls, over_crawl_id FROM problems") == [
        ("kept", 2, 3, 2, 4)
    ]


@deferred_f_from_coro_f
async def test_selectors_that_find_nothing_any_more_fail_the_crawl(database: Path) -> None:
    wordpress = WordPress({number: post(number) for number in range(1, 21)}, doors=FEED)
    is_redesigned = False

    def answer(path: str, headers: dict[str, str]) -> Answer:
        status, names, body = wordpress(path, headers)
        return status, names, body.replace(b"entry-content", b"story-text") if is_redesigned else body

    with serve(answer) as site:

        class OasisSpider(NewsSpider):
            name = "oasis"
            start_url = site.url
            publisher = "صحيفة الواحة"
            layouts = [Layout(body="div.entry-content")]  # noqa: RUF012

        await crawl("", database, spider=OasisSpider)
        is_redesigned = True
        add(wordpress, 3)
        make_due(database)
        second = await crawl("", database, spider=OasisSpider)
    assert second.verdict.exit_code == 1
    assert "0 of 3 pages have something at `div.entry-content`" in json.dumps(second.stats["almasalla/problems"])


@deferred_f_from_coro_f
async def test_a_front_page_that_links_to_nothing_any_more_fails_the_crawl(database: Path) -> None:
    wordpress = WordPress({number: post(number) for number in range(1, 9)}, doors=frozenset())
    is_empty = False

    def answer(path: str, headers: dict[str, str]) -> Answer:
        return (
            (200, {"Content-Type": "text/html; charset=utf-8"}, SCRIPT) if is_empty and path == "/" else wordpress(path, headers)
        )

    with serve(answer) as site:
        for now in (False, False, True):
            is_empty = now
            add(wordpress, 2)
            make_due(database)
            last = await crawl(site.url, database)
    assert last.verdict.exit_code == 1
    assert "no listing names an article any more" in json.dumps(last.stats["almasalla/problems"])


@pytest.mark.parametrize(
    "doors", [FEED, frozenset({"sitemap"}), frozenset({"rest"}), frozenset()], ids=["feed", "sitemap", "rest", "none"]
)
@deferred_f_from_coro_f
async def test_a_site_with_little_news_or_none_is_well(doors: frozenset[str], database: Path) -> None:
    wordpress = WordPress({number: post(number) for number in range(1, 13)}, doors=doors)
    with serve(wordpress) as site:
        for new in (0, 2, 0):
            add(wordpress, new)
            make_due(database)
            last = await crawl(site.url, database)
            assert (last.verdict.exit_code, health(database)) == (0, "ok")
    assert rows(database, "SELECT * FROM problems") == []


@deferred_f_from_coro_f
async def test_a_deleted_post_and_an_edited_one_are_no_problem(database: Path) -> None:
    wordpress = WordPress({number: post(number) for number in range(1, 13)}, doors=frozenset({"sitemap"}))
    with serve(wordpress) as site:
        await crawl(site.url, database)
        del wordpress.posts[4]
        later = datetime.fromisoformat("2025-07-01T12:00:05")
        wordpress.posts[2] = replace(post(2), text=post(2).text.edited(), modified=later)
        second = await crawl(site.url, database)
    assert (second.verdict.exit_code, health(database)) == (0, "ok")


@deferred_f_from_coro_f
async def test_a_declared_minimum_fails_the_first_crawl(database: Path) -> None:
    with serve(WordPress({1: post(1)}, doors=FEED)) as site:
        crawled = await crawl(site.url, database, {"HEALTH_MINIMUMS": '{"articles": 5}'})
    assert crawled.verdict.exit_code == 1
    assert crawled.stats["almasalla/problems"] == ["failed: articles is 1, at least 5 is asked for"]


@deferred_f_from_coro_f
async def test_a_site_that_stays_down_is_a_failure_the_third_time(database: Path) -> None:
    with serve(WordPress({1: post(1)}, doors=FEED)) as site:
        await crawl(site.url, database)
    for level in ("warning", "warning", "failed"):
        assert (await crawl(site.url, database)).verdict.exit_code == 3
        assert (value(database, "SELECT level FROM problems WHERE monitor = 'crawl'"), health(database)) == (level, level)
