"""What a live crawl kept is read again by `scrapy crawl warc` into another database, as the crawl had read it."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from scrapy.utils.defer import deferred_f_from_coro_f

from almasalla_crawler.commands.verify import verify
from almasalla_crawler.items import Page
from almasalla_crawler.readers.joining import Joining
from almasalla_crawler.rereading import reparse
from almasalla_crawler.storage.database import open_readonly
from tests.live.crawls import crawl, rows, value
from tests.servers.serving import serve
from tests.servers.wordpress import WordPress, post

REST, SITEMAP, FEED = frozenset({"rest"}), frozenset({"sitemap"}), frozenset({"feed"})
_SAID = (
    "SELECT url, publisher, title, body, date_published_utc, date_modified_utc, section,"
    " (SELECT group_concat(name) FROM authors WHERE article_id = a.id),"
    " (SELECT group_concat(kind || keyword) FROM (SELECT * FROM keywords WHERE article_id = a.id ORDER BY kind, keyword))"
    " FROM articles a ORDER BY url"
)


async def crawl_and_read_again(wordpress: WordPress, folder: Path) -> Path:
    """The database of the live crawl is `live.db`; returns that of the archive."""
    with serve(wordpress) as site:
        await crawl(site.url, folder / "live.db", {"WARC_DIR": str(folder / "warc")})
    await crawl("", folder / "again.db", spider="warc", path=str(folder / "warc"))
    return folder / "again.db"


@deferred_f_from_coro_f
async def test_posts_that_came_over_rest_are_the_articles_of_the_live_crawl(tmp_path: Path) -> None:
    again = await crawl_and_read_again(WordPress({number: post(number) for number in range(1, 31)}, doors=REST), tmp_path)
    live: list[tuple[Any, ...]] = rows(tmp_path / "live.db", _SAID)
    assert len(live) == 30
    assert rows(again, _SAID) == live
    assert rows(again, "SELECT url, reason FROM rejects WHERE url LIKE '%/post-%' OR url LIKE '%wp-json%'") == []


@pytest.mark.parametrize("doors", [FEED, FEED | SITEMAP], ids=["feed", "feed and sitemap"])
@deferred_f_from_coro_f
async def test_what_lists_state_is_known_of_the_pages_of_an_archive_too(doors: frozenset[str], tmp_path: Path) -> None:
    again = await crawl_and_read_again(WordPress({number: post(number) for number in range(1, 4)}, doors=doors), tmp_path)
    live: list[tuple[Any, ...]] = rows(tmp_path / "live.db", _SAID)
    assert {authors for *_, authors, _ in live} == {"سلمى الحداد"}
    assert rows(again, _SAID) == live


@deferred_f_from_coro_f
async def test_posts_of_an_archive_are_known_the_second_time(tmp_path: Path) -> None:
    again = await crawl_and_read_again(WordPress({number: post(number) for number in range(1, 4)}, doors=REST), tmp_path)
    second = await crawl("", again, spider="warc", path=str(tmp_path / "warc"))
    assert (second.pages_unchanged, second.articles_new) == (3, 0)
    assert value(again, "SELECT count(*) FROM captures WHERE door = 'rest' AND raw_at GLOB '*.warc.gz#*:*'") == 3


@deferred_f_from_coro_f
async def test_an_article_in_parts_is_one_article_of_the_archive(tmp_path: Path) -> None:
    wordpress = WordPress({number: post(number) for number in range(1, 4)}, doors=SITEMAP)
    wordpress.posts[2] = post(2, parts=3)
    again = await crawl_and_read_again(wordpress, tmp_path)
    assert rows(again, "SELECT url, body FROM articles ORDER BY url") == rows(tmp_path / "live.db", "SELECT url, body FROM articles ORDER BY url")  # fmt: skip


@deferred_f_from_coro_f
async def test_an_article_whose_part_is_not_in_the_archive_is_truncated(tmp_path: Path) -> None:
    wordpress = WordPress({number: post(number) for number in range(1, 4)}, doors=SITEMAP)
    wordpress.posts[2], wordpress.missing_parts = post(2, parts=3), {(2, 3)}
    again = await crawl_and_read_again(wordpress, tmp_path)
    assert rows(again, "SELECT reason FROM rejects WHERE url LIKE '%/post-2/'") == [("truncated",)]
    assert value(again, "SELECT count(*) FROM articles") == 2
    shown = "SELECT url, state, crawl_id, first_seen_at FROM pages ORDER BY id"
    before = rows(again, shown)
    await crawl("", again, spider="warc", path=str(tmp_path / "warc"))
    assert rows(again, shown) == before


@deferred_f_from_coro_f
async def test_an_article_in_parts_is_read_again_whole_and_nothing_is_damaged(tmp_path: Path) -> None:
    wordpress = WordPress({number: post(number) for number in range(1, 4)}, doors=SITEMAP)
    wordpress.posts[2] = post(2, parts=3)
    again = await crawl_and_read_again(wordpress, tmp_path)
    for database in (tmp_path / "live.db", again):
        before = rows(database, "SELECT url, title, body FROM articles ORDER BY id")
        counts = reparse(database, 1 << 25, everything=True)
        assert (counts["bytes changed"], counts["bytes gone"], counts["articles revised"]) == (0, 0, 0)
        assert counts["read"] >= 3
        assert rows(database, "SELECT url, title, body FROM articles ORDER BY id") == before
        with closing(open_readonly(database)) as connection:
            assert not any(verify(connection, quick=False, max_bytes=1 << 25).values())


@pytest.mark.parametrize(("url", "second"), [("", "page/2/"), ("", "?page=2"), ("category/news/", "category/news/page/2/")])
def test_pages_of_lists_are_no_parts_of_an_article(url: str, second: str) -> None:
    page = Page(f"https://site.example/{url}", "warc", body=f'<html><body><a href="/{second}">2</a></body></html>'.encode())
    assert list(Joining().add(page)) == [page]


@deferred_f_from_coro_f
async def test_a_folder_without_archives_is_said_to_have_none(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing")
    crawled = await crawl("", tmp_path / "a.db", spider="warc", path=str(tmp_path))
    assert (crawled.verdict.exit_code, "no WARC file in it" in crawled.verdict.why) == (1, True)
