"""Sites with a feed, a sitemap, or neither; pages in parts, redirects, errors."""

import asyncio
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from scrapy.utils.defer import deferred_f_from_coro_f
from warcio.archiveiterator import ArchiveIterator

from almasalla_crawler.live import leases, walks
from tests.live.crawls import crawl, rows, value
from tests.servers.serving import Answer, serve
from tests.servers.wordpress import NOT_FOUND, WordPress, post

FEED, SITEMAP, NEITHER = frozenset({"feed"}), frozenset({"sitemap"}), frozenset[str]()
LATER = datetime.fromisoformat("2025-07-01T12:00:05")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


def some(count: int, doors: frozenset[str]) -> WordPress:
    return WordPress({number: post(number) for number in range(1, count + 1)}, doors=doors)


@pytest.mark.parametrize("doors", [FEED, SITEMAP], ids=["feed", "sitemap"])
@deferred_f_from_coro_f
async def test_every_post_is_found(doors: frozenset[str], database: Path) -> None:
    with serve(some(25, doors)) as site:
        await crawl(site.url, database)
    assert value(database, "SELECT count(*) FROM articles") == 25


@pytest.mark.parametrize("doors", [FEED, SITEMAP, NEITHER], ids=["feed", "sitemap", "neither"])
@deferred_f_from_coro_f
async def test_an_unchanged_site_is_asked_for_no_article(doors: frozenset[str], database: Path) -> None:
    with serve(some(12, doors)) as site:
        await crawl(site.url, database)
        site.asked.clear()
        second = await crawl(site.url, database)
    assert not [path for path in site.asked if "/post-" in path]
    assert second.verdict.exit_code == 0


@deferred_f_from_coro_f
async def test_a_list_that_is_as_before_is_archived_without_its_body(database: Path, tmp_path: Path) -> None:
    with serve(some(3, FEED)) as site:
        for _ in range(2):
            await crawl(site.url, database, {"WARC_DIR": str(tmp_path / "warc")})
    records = [(record.rec_type, record.rec_headers.get_header("WARC-Target-URI") or "")
               for path in sorted((tmp_path / "warc").iterdir()) for record in ArchiveIterator(BytesIO(path.read_bytes()))]  # fmt: skip
    assert [url for kind, url in records if kind == "revisit"] == [f"{site.url}feed/"]


@deferred_f_from_coro_f
async def test_facts_of_the_feed_meet_those_of_the_page(database: Path) -> None:
    with serve(some(5, FEED)) as site:
        await crawl(site.url, database)
    assert set(rows(database, "SELECT name FROM authors")) == {("سلمى الحداد",)}
    assert value(database, "SELECT date_published_utc FROM articles WHERE url LIKE '%/post-5/'") == "2025-05-01T14:30:15Z"
    assert ("feed:title",) in rows(database, "SELECT DISTINCT source FROM facts")


@deferred_f_from_coro_f
async def test_facts_of_a_long_feed_are_known_of_pages_that_a_sitemap_named_first(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "LEASED_AT_ONCE", 4)
    with serve(some(35, FEED | SITEMAP)) as site:
        await crawl(site.url, database)
    query = "SELECT count(*) FROM facts WHERE source = 'feed:published'"
    assert value(database, query) == 35


@deferred_f_from_coro_f
async def test_articles_that_a_long_feed_named_do_not_wait_for_its_end(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "LEASED_AT_ONCE", 4)
    with serve(some(35, FEED)) as site:
        await crawl(site.url, database)
    first, last = ([i for i, path in enumerate(site.asked) if part in path] for part in ("/post-", "paged="))
    assert first[0] < last[-1]


@deferred_f_from_coro_f
async def test_a_bounded_crawl_reads_no_more_of_a_feed_than_it_needs(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(some(35, FEED | SITEMAP)) as site:
        await crawl(site.url, database, limit="3")
    assert not [path for path in site.asked if "paged=" in path]


@deferred_f_from_coro_f
async def test_a_sitemap_announces_what_is_new_edited_and_deleted(database: Path) -> None:
    wordpress = some(30, SITEMAP)
    with serve(wordpress) as site:
        await crawl(site.url, database)
        wordpress.posts[31] = post(31, date=LATER, modified=LATER)
        wordpress.posts[2] = replace(post(2), text=post(2).text.edited(), modified=LATER)
        del wordpress.posts[4]
        site.asked.clear()
        second = await crawl(site.url, database)
    assert (second.pages_new, second.pages_changed, second.pages_gone) == (1, 1, 1)
    assert len(site.pages_asked()) == 5  # front page, sitemap, three pages


@deferred_f_from_coro_f
async def test_pages_of_a_sitemap_without_times_are_looked_at_as_those_of_a_feed(database: Path) -> None:
    wordpress = some(3, SITEMAP)

    def answer(path: str, headers: dict[str, str]) -> Answer:
        status, names, body = wordpress(path, headers)
        return status, names, re.sub(rb"<lastmod>.*?</lastmod>", b"", body)

    with serve(answer) as site:
        await crawl(site.url, database)
    assert rows(database, "SELECT DISTINCT interval_s FROM pages WHERE kind = 'article'") == [(86_400,)]


@deferred_f_from_coro_f
async def test_a_sitemap_made_anew_with_one_time_for_all_announces_nothing(database: Path) -> None:
    wordpress = some(15, SITEMAP)
    with serve(wordpress) as site:
        await crawl(site.url, database)
        wordpress.posts = {number: replace(one, modified=LATER) for number, one in wordpress.posts.items()}
        site.asked.clear()
        await crawl(site.url, database)
    assert not [path for path in site.asked if "/post-" in path]


@deferred_f_from_coro_f
async def test_an_article_in_parts_is_one_article(database: Path) -> None:
    wordpress = some(3, SITEMAP)
    wordpress.posts[2] = post(2, parts=3)
    with serve(wordpress) as site:
        await crawl(site.url, database)
    assert value(database, "SELECT body FROM articles WHERE url LIKE '%/post-2/'") == "\n\n".join(post(2).text.body)
    assert value(database, "SELECT count(*) FROM articles") == 3
    assert value(database, "SELECT count(*) FROM urls WHERE kind = 'part'") == 2


@deferred_f_from_coro_f
async def test_an_article_with_a_part_missing_is_truncated_and_the_stored_text_stays(database: Path) -> None:
    wordpress = some(3, SITEMAP)
    wordpress.posts[2] = post(2, parts=3)
    with serve(wordpress) as site:
        await crawl(site.url, database)
        wordpress.posts[2] = replace(wordpress.posts[2], text=post(2).text.edited(), modified=LATER)
        wordpress.missing_parts = {(2, 2)}
        await crawl(site.url, database)
    assert value(database, "SELECT body FROM articles WHERE url LIKE '%/post-2/'") == "\n\n".join(post(2).text.body)
    assert value(database, "SELECT reason FROM rejects") == "truncated"


@deferred_f_from_coro_f
async def test_a_redirect_joins_its_address_to_the_page(database: Path) -> None:
    wordpress = some(3, NEITHER)

    def answer(path: str, headers: dict[str, str]) -> Answer:
        if path == "/":
            links = "".join(f'<h2><a href="/?p={number}">{post(number).text.title}</a></h2>' for number in (1, 2, 3))
            return 200, {"Content-Type": "text/html"}, f"<html><body>{links}</body></html>".encode()
        return wordpress(path, headers)

    with serve(answer) as site:
        await crawl(site.url, database)
    assert value(database, "SELECT count(*) FROM pages WHERE kind = 'article'") == 3
    assert value(database, "SELECT kind FROM urls WHERE url LIKE '%?p=1'") == "redirect"
    assert value(database, "SELECT url FROM articles WHERE url LIKE '%/post-1/'")


@deferred_f_from_coro_f
async def test_a_page_that_is_missing_is_gone_after_the_second_look(database: Path) -> None:
    wordpress = some(12, SITEMAP)
    with serve(wordpress) as site:
        await crawl(site.url, database)
        kept = wordpress.__class__._page
        wordpress._page = lambda path: NOT_FOUND if path == post(3).path else kept(wordpress, path)  # type: ignore[method-assign]
        for state in ("stored", "gone"):
            with_due(database, "%/post-3/")
            await crawl(site.url, database)
            assert value(database, "SELECT state FROM pages WHERE url LIKE '%/post-3/'") == state
    assert value(database, "SELECT count(*) FROM articles WHERE url LIKE '%/post-3/'") == 1


@deferred_f_from_coro_f
async def test_a_page_that_fails_is_a_reject_and_due_again(database: Path) -> None:
    wordpress = some(3, SITEMAP)
    kept = wordpress._page
    wordpress._page = lambda path: (500, {}, b"") if path == post(1).path else kept(path)  # type: ignore[method-assign]
    with serve(wordpress) as site:
        await crawl(site.url, database)
    assert rows(database, "SELECT state, attempts, due_at IS NOT NULL, leased_by FROM pages WHERE url LIKE '%/post-1/'") == [
        ("discovered", 1, 1, None)
    ]
    assert value(database, "SELECT reason FROM rejects") == "http_error"


@deferred_f_from_coro_f
async def test_a_page_that_a_list_names_in_vain_is_a_reject_and_nothing_new(database: Path) -> None:
    wordpress = some(5, SITEMAP)
    kept = wordpress._page
    home = 302, {"Location": "/"}, b""
    answers = {post(1).path: NOT_FOUND, post(2).path: home}
    wordpress._page = lambda path: answers.get(path) or kept(path)  # type: ignore[method-assign]
    with serve(wordpress) as site:
        first = await crawl(site.url, database)
    assert (first.pages_new, first.rejects) == (3, 2)
    assert rows(database, "SELECT reason, detail FROM rejects ORDER BY url") == [
        ("http_error", "HTTP 404"),
        ("http_error", "leads to the front page"),
    ]


@deferred_f_from_coro_f
async def test_a_site_that_does_not_answer_fails_the_crawl(database: Path) -> None:
    with serve(some(1, FEED)) as site:
        url = site.url
    crawled = await crawl(url, database)
    assert crawled.verdict.exit_code != 0


@deferred_f_from_coro_f
async def test_sections_that_name_each_other_and_change_at_every_look_are_read_once(database: Path) -> None:
    wordpress = some(4, NEITHER)

    def answer(path: str, headers: dict[str, str]) -> Answer:
        if path not in ("/", "/sport/", "/culture/"):
            return wordpress(path, headers)
        links = "".join(f'<h2><a href="/2025/05/post-{n}/">{post(n).text.title}</a></h2>' for n in (1, 2, 3, 4))
        menu = f'<a href="/sport/">رياضة</a><a href="/culture/">ثقافة</a><p>{min(len(site.asked), 90)} زائراً</p>'
        return 200, {"Content-Type": "text/html; charset=utf-8"}, f"<html><body>{menu}{links}</body></html>".encode()

    with serve(answer) as site:
        await crawl(site.url, database)
        assert [site.asked.count(path) for path in ("/", "/sport/", "/culture/")] == [1, 1, 1]
        site.asked.clear()
        await crawl(site.url, database)
    assert [site.asked.count(path) for path in ("/", "/sport/", "/culture/")] == [1, 1, 1]


@deferred_f_from_coro_f
async def test_a_section_is_followed_page_by_page(database: Path) -> None:
    wordpress = some(12, NEITHER)

    def answer(path: str, headers: dict[str, str]) -> Answer:
        if path == "/":
            body = '<nav><a href="/news/">أخبار</a><a href="/tag/x/">وسم</a></nav>'
        elif path.startswith("/news/"):
            number = int(path.rstrip("/").rpartition("/")[2]) if "page" in path else 1
            shown = list(wordpress.posts.values())[(number - 1) * 4 : number * 4]
            body = "".join(f'<h2><a href="{one.path}">{one.text.title}</a></h2>' for one in shown)
            body += f'<a class="next" href="/news/page/{number + 1}/">التالي</a>'
        else:
            return wordpress(path, headers)
        return 200, {"Content-Type": "text/html"}, f"<html><body>{body}</body></html>".encode()

    with serve(answer) as site:
        await crawl(site.url, database)
    assert value(database, "SELECT count(*) FROM articles") == 12
    assert max(int(path.split("/")[3]) for path in site.asked if path.startswith("/news/page/")) <= 5


@deferred_f_from_coro_f
async def test_a_host_that_is_left_alone_ends_the_crawl_early_and_costs_no_page(database: Path) -> None:
    pausing = {"DOWNLOADER_MIDDLEWARES": {"tests.live.pausing.PausingMiddleware": 50}}
    with serve(some(80, SITEMAP)) as site:
        first = await crawl(site.url, database, pausing)
        assert (first.verdict.exit_code, first.pages_new) == (3, 3)
        assert value(database, "SELECT sum(attempts) FROM pages") == 0
        assert value(database, "SELECT count(*) FROM rejects") <= 50
        second = await crawl(site.url, database)
    assert second.pages_new == 77


@deferred_f_from_coro_f
async def test_a_site_without_end_is_left_when_the_crawl_has_asked_for_enough(database: Path) -> None:
    with serve(some(20, SITEMAP)) as site:
        first = await crawl(site.url, database, {"PAGES_PER_CRAWL": 8})
        assert (first.verdict.exit_code, first.pages_new, first.pages_left) == (3, 8, 12)
        second = await crawl(site.url, database)
    assert (second.verdict.exit_code, second.pages_new) == (0, 12)


@deferred_f_from_coro_f
async def test_a_list_without_end_is_a_trap(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walks, "MAX_LIST_PAGES", 3)
    wordpress = some(60, FEED)
    with serve(wordpress) as site:
        await crawl(site.url, database)
    assert [path for path in site.asked if path.startswith("/feed/?")] == ["/feed/?paged=2", "/feed/?paged=3"]
    assert rows(database, "SELECT url, reason FROM rejects") == [(f"{site.url}feed/?paged=4", "trap")]


@deferred_f_from_coro_f
async def test_an_off_site_redirect_is_a_reject(database: Path) -> None:
    wordpress = some(3, SITEMAP)
    with serve(some(1, NEITHER)) as elsewhere:
        kept = wordpress._page
        moved = 301, {"Location": f"{elsewhere.url}2025/05/post-1/"}, b""
        wordpress._page = lambda path: moved if path == post(2).path else kept(path)  # type: ignore[method-assign]
        with serve(wordpress) as site:
            await crawl(site.url, database)
    assert value(database, "SELECT reason FROM rejects") == "off_site"
    assert value(database, "SELECT count(*) FROM articles") == 2


@deferred_f_from_coro_f
async def test_why_a_front_page_cannot_be_read_is_said(database: Path, caplog: pytest.LogCaptureFixture) -> None:
    crawled = await crawl("http://127.0.0.1:9999/", database, {"ALLOW_PRIVATE_ADDRESSES": False})
    assert crawled.verdict.exit_code == 1
    assert (
        "http://127.0.0.1:9999/ cannot be read: forbidden_address (127.0.0.1 is not public (ALLOW_PRIVATE_ADDRESSES))"
        in caplog.text
    )


@deferred_f_from_coro_f
async def test_a_front_page_that_is_missing_is_a_reject_and_said(database: Path, caplog: pytest.LogCaptureFixture) -> None:
    with serve(lambda path, headers: NOT_FOUND) as site:
        crawled = await crawl(site.url, database)
    assert (crawled.verdict.exit_code, crawled.rejects) == (1, 1)
    assert f"{site.url} cannot be read: http_error (HTTP 404)" in caplog.text


@deferred_f_from_coro_f
async def test_a_crawl_of_others_without_contact_comes_to_its_end(database: Path) -> None:
    crawled = await asyncio.wait_for(crawl("https://news.example/", database, {"LOG_LEVEL": "CRITICAL"}), 60)
    assert crawled.stats["finish_reason"] == "no_contact"
    assert (crawled.verdict.exit_code, crawled.pages_left) == (1, 0)


@deferred_f_from_coro_f
async def test_a_sitemap_that_names_another_host_says_so(database: Path) -> None:
    def answer(path: str, headers: dict[str, str]) -> Answer:
        status, names, body = some(3, SITEMAP)(path, headers)
        return status, names, body.replace(headers["host"].encode(), b"old.example") if "sitemap" in path else body

    with serve(answer) as site:
        await crawl(site.url, database)
    assert rows(database, "SELECT url, reason, detail FROM rejects") == [
        (f"{site.url}wp-sitemap.xml", "off_site",
         f"3 of 3 addresses lead to other sites, such as http://old.example{post(1).path}")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "given", [{"since": "gestern"}, {"limit": "all"}, {"limit": "-3"}, {"dry_run": "maybe"}, {"sinse": "2024-01-01"}], ids=str
)
@deferred_f_from_coro_f
async def test_an_argument_that_cannot_be_used_fails_the_crawl(given: dict[str, str], database: Path) -> None:
    with serve(some(1, FEED)) as site:
        crawled = await crawl(site.url, database, {"LOG_LEVEL": "CRITICAL"}, **given)
    assert (crawled.verdict.exit_code, site.asked) == (1, [])


@pytest.mark.parametrize("url", ["", "https://", "ftp://site.example/", "not a site"])
@deferred_f_from_coro_f
async def test_a_crawl_without_a_site_fails(url: str, database: Path) -> None:
    assert (await crawl(url, database, {"LOG_LEVEL": "CRITICAL"})).verdict.exit_code == 1


def with_due(database: Path, pattern: str, among: str = "1") -> None:
    """The time of the next look has come."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(f"UPDATE pages SET due_at = '2025-01-01T00:00:00Z' WHERE url LIKE ? AND {among}", (pattern,))
