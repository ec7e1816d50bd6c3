"""Crawls that are bounded by a day or a number of pages, and those behind them."""

from pathlib import Path

import pytest
from scrapy.utils.defer import deferred_f_from_coro_f

from tests.live.crawls import crawl, rows, value
from tests.servers.serving import Answer, serve
from tests.servers.wordpress import WordPress, post

FEED, SITEMAP = frozenset({"feed"}), frozenset({"sitemap"})


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


def some(count: int, doors: frozenset[str]) -> WordPress:
    return WordPress({number: post(number) for number in range(1, count + 1)}, doors=doors)


def oldest(database: Path) -> str:
    return str(value(database, "SELECT min(date_published_date) FROM articles"))


@pytest.mark.parametrize("doors", [FEED, SITEMAP], ids=["feed", "sitemap"])
@deferred_f_from_coro_f
async def test_what_a_bounded_crawl_left_out_comes_with_the_next(doors: frozenset[str], database: Path) -> None:
    with serve(some(25, doors)) as site:
        first = await crawl(site.url, database, since="2025-05-02")
        assert 0 < first.pages_new < 25
        await crawl(site.url, database)
    assert value(database, "SELECT count(*) FROM articles") == 25


@pytest.mark.parametrize("doors", [FEED, SITEMAP, frozenset({"rest"})], ids=["feed", "sitemap", "rest"])
@deferred_f_from_coro_f
async def test_since_bounds_what_is_known_already(
    doors: frozenset[str], database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serve(some(25, doors)) as site:
        await crawl(site.url, database, dry_run="1")
        capsys.readouterr()
        await crawl(site.url, database, dry_run="1", since="2025-05-02")
        assert len(capsys.readouterr().out.split()) == 11
        crawled = await crawl(site.url, database, since="2025-05-02", limit="3")
    assert crawled.pages_new == 3
    assert oldest(database) >= "2025-05-02"


@deferred_f_from_coro_f
async def test_links_of_the_front_page_learn_their_days_from_the_feed(database: Path) -> None:
    wordpress = some(20, FEED)

    def answer(path: str, headers: dict[str, str]) -> Answer:
        status, names, body = wordpress(path, headers)
        links = "".join(f'<h2><a href="{one.path}">{one.text.title}</a></h2>' for one in wordpress.public())
        return status, names, body.replace(b"<main>", f"<main>{links}".encode()) if path == "/" else body

    with serve(answer) as site:
        await crawl(site.url, database, since="2025-05-02")
    assert (value(database, "SELECT count(*) FROM articles"), oldest(database)) == (6, "2025-05-02")
    assert rows(database, "SELECT count(*) FROM pages WHERE kind = 'article' AND state = 'discovered'") == [(14,)]
