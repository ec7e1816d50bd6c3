"""Crawls that are bounded by a day or a number of pages, and those behind them."""

from pathlib import Path

import pytest
from scrapy.utils.defer import deferred_f_from_coro_f

from almasalla_crawler.items import Reject
from almasalla_crawler.live.advice import advice
from almasalla_crawler.spiders.site import SiteSpider
from tests.live.crawls import crawl, rows, value
from tests.servers.serving import Answer, serve
from tests.servers.wordpress import NOT_FOUND, WordPress, post

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


@pytest.mark.parametrize("doors", [FEED, frozenset({"rest"})], ids=["feed", "rest"])
@deferred_f_from_coro_f
async def test_a_crawl_of_a_range_without_articles_went_well(doors: frozenset[str], database: Path) -> None:
    with serve(some(5, doors)) as site:
        crawled = await crawl(site.url, database, since="2999-01-01")
        assert (crawled.verdict.exit_code, crawled.verdict.why) == (0, "nothing in the range that was asked for")
        await crawl(site.url, database)
        assert not (
            "rest" in doors and [path for path in site.asked if "/post-" in path]
        )  # its posts come over REST all the same
    assert value(database, "SELECT count(*) FROM articles") == 5


@deferred_f_from_coro_f
async def test_a_range_without_articles_among_those_that_are_known_went_well(database: Path) -> None:
    with serve(some(5, SITEMAP)) as site:
        await crawl(site.url, database, dry_run="1")
        crawled = await crawl(site.url, database, since="2999-01-01")
    assert (crawled.verdict.exit_code, crawled.pages_left) == (0, 5)


@deferred_f_from_coro_f
async def test_a_limit_of_none_reads_the_front_page_alone(database: Path) -> None:
    with serve(some(5, FEED)) as site:
        crawled = await crawl(site.url, database, limit="0")
    assert (crawled.verdict.exit_code, [path for path in site.asked if "/post-" in path]) == (0, [])


@pytest.mark.parametrize("body", ["", "<form><input name=user></form>", "<div id=app></div><script src=/app.js></script>"])
@deferred_f_from_coro_f
async def test_a_front_page_without_articles_is_said(body: str, database: Path, caplog: pytest.LogCaptureFixture) -> None:
    def answer(path: str, headers: dict[str, str]) -> Answer:
        return (200, {"Content-Type": "text/html"}, f"<html><body>{body}</body></html>".encode()) if path == "/" else NOT_FOUND

    with serve(answer) as site:
        crawled = await crawl(site.url, database)
    assert crawled.verdict.exit_code == 1
    assert f"{site.url} names no article" in caplog.text


@pytest.mark.parametrize("pages", ["abc", "-1", "0"])
@deferred_f_from_coro_f
async def test_a_setting_that_is_no_number_of_pages_is_named(
    pages: str, database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with serve(some(1, FEED)) as site:
        crawled = await crawl(site.url, database, {"PAGES_PER_CRAWL": pages})
    assert (crawled.verdict.exit_code, site.asked) == (1, [])
    assert f"PAGES_PER_CRAWL is {pages}" in caplog.text


@pytest.mark.parametrize(
    ("given", "said"),
    [({"since": "2024-13-45"}, "-a since=2024-13-45 is no day such as 2024-01-31"), ({"limit": "abc"}, "-a limit=abc is no number"),
     ({"dryrun": "1"}, "-a dryrun=: there is no such argument"), ({"dry_run": "maybe"}, "-a dry_run=maybe")], ids=str,
)  # fmt: skip
def test_an_argument_that_cannot_be_used_is_named_with_what_was_expected(given: dict[str, str], said: str) -> None:
    assert SiteSpider("https://news.example/", **given).problem.startswith(said)


@pytest.mark.parametrize(
    ("reject", "said"),
    [(Reject("fetch", "robots_unavailable", "dns_error: DNS lookup failed"), "is the address right?"),
     (Reject("fetch", "robots_unavailable", "tls_error: wrong version number"), "http://"),
     (Reject("fetch", "forbidden_address", "127.0.0.1 is not public"), "-s ALLOW_PRIVATE_ADDRESSES=True"),
     (Reject("fetch", "http_error", "HTTP 500"), "")], ids=str,
)  # fmt: skip
def test_whoever_cannot_read_a_front_page_is_told_what_to_do(reject: Reject, said: str) -> None:
    assert said in advice(reject)
    assert bool(advice(reject)) == bool(said)
