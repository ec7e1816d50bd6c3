"""Edits and deletions that the lists of a site show, without its REST interface and without times of change in its sitemaps."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from unittest.mock import Mock

import pytest
from scrapy.utils.defer import deferred_f_from_coro_f

from almasalla_crawler.live import fetched
from tests.live.crawls import crawl, value
from tests.servers.serving import Answer, serve
from tests.servers.wordpress import WordPress, post

FEED, ATOM = frozenset({"feed"}), frozenset({"feed", "atom"})
LATER = datetime.fromisoformat("2035-07-01T12:00:05")  # after the first crawl


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


def some(count: int, doors: frozenset[str] = frozenset()) -> WordPress:
    return WordPress({number: post(number) for number in range(1, count + 1)}, doors=doors)


class Indexed:
    """A site whose sitemap is an index of two, which list its pages in order and without times."""

    def __init__(self, wordpress: WordPress) -> None:
        self.wordpress = wordpress

    def __call__(self, path: str, headers: dict[str, str]) -> Answer:
        url = f"http://{headers['host']}"
        if path == "/sitemap.xml":
            named = "".join(f"<sitemap><loc>{url}/posts-{number}.xml</loc></sitemap>" for number in (1, 2))
            return 200, {}, f"<sitemapindex>{named}</sitemapindex>".encode()
        if path in ("/posts-1.xml", "/posts-2.xml"):
            shown = list(self.wordpress.posts.values())
            half = shown[:15] if "1" in path else shown[15:]
            named = "".join(f"<url><loc>{url}{one.path}</loc></url>" for one in half)
            return 200, {}, f"<urlset>{named}</urlset>".encode()
        return self.wordpress(path, headers)


@deferred_f_from_coro_f
async def test_a_page_that_left_the_sitemap_it_was_listed_in_is_looked_at_at_once(database: Path) -> None:
    wordpress = some(30)
    with serve(Indexed(wordpress)) as site:
        await crawl(site.url, database)
        del wordpress.posts[20]
        site.asked.clear()
        second = await crawl(site.url, database)
    assert (second.pages_gone, second.pages_new, second.pages_changed) == (1, 0, 0)
    assert [path for path in site.asked if "/post-" in path] == [post(20).path]


@deferred_f_from_coro_f
async def test_a_page_that_went_to_another_sitemap_stays(database: Path) -> None:
    wordpress = some(30)
    with serve(Indexed(wordpress)) as site:
        await crawl(site.url, database)
        del wordpress.posts[3]  # the first page of the second sitemap becomes the last of the first
        second = await crawl(site.url, database)
    assert second.pages_gone == 1
    assert value(database, "SELECT count(*) FROM pages WHERE state IN ('stored', 'unchanged') AND kind = 'article'") == 29


@deferred_f_from_coro_f
async def test_what_was_last_changed_before_the_first_day_that_is_asked_for_is_not_fetched(database: Path) -> None:
    with serve(some(25, frozenset({"sitemap"}))) as site:
        crawled = await crawl(site.url, database, since="2025-05-02")
    assert crawled.pages_new == len([path for path in site.asked if "/post-" in path]) == 11


@deferred_f_from_coro_f
async def test_an_edit_of_an_old_post_of_a_wordpress_without_rest_is_found(database: Path) -> None:
    wordpress = some(25, ATOM)
    with serve(wordpress) as site:
        await crawl(site.url, database)
        wordpress.posts[2] = replace(post(2), text=post(2).text.edited(), modified=LATER)
        site.asked.clear()
        second = await crawl(site.url, database)
    assert (second.pages_changed, second.pages_new) == (1, 0)
    assert [path for path in site.asked if "/post-" in path] == [post(2).path]


@deferred_f_from_coro_f
async def test_many_edits_are_all_found(database: Path) -> None:
    """Although no page of the list brings a new post."""
    wordpress = some(45, ATOM)
    with serve(wordpress) as site:
        await crawl(site.url, database)
        wordpress.posts |= {
            number: replace(post(number), text=post(number).text.edited(), modified=LATER) for number in range(1, 41)
        }
        second = await crawl(site.url, database)
    assert second.pages_changed == 40


@pytest.mark.parametrize("doors", [FEED, ATOM], ids=["rss", "atom"])
@deferred_f_from_coro_f
async def test_a_post_that_left_a_feed_between_two_others_is_looked_at_at_once(doors: frozenset[str], database: Path) -> None:
    wordpress = some(25, doors)
    with serve(wordpress) as site:
        await crawl(site.url, database)
        del wordpress.posts[22]
        site.asked.clear()
        second = await crawl(site.url, database)
    assert second.pages_gone == 1
    assert [path for path in site.asked if "/post-" in path] == [post(22).path]


@deferred_f_from_coro_f
async def test_a_headline_that_a_feed_tells_otherwise_is_a_revision(database: Path) -> None:
    wordpress = some(12, FEED)
    with serve(wordpress) as site:
        await crawl(site.url, database)
        wordpress.posts[9] = replace(post(9), text=replace(post(9).text, title="عنوان آخر للخبر نفسه بعد التصحيح"))
        second = await crawl(site.url, database)
    assert (second.pages_changed, second.pages_new) == (1, 0)
    assert value(database, "SELECT count(*) FROM revisions") == 1


class News:
    """A site whose only list is a sitemap of the newest, with titles and times of publication."""

    def __init__(self, wordpress: WordPress) -> None:
        self.wordpress = wordpress

    def __call__(self, path: str, headers: dict[str, str]) -> Answer:
        if path != "/news-sitemap.xml":
            return self.wordpress(path, headers)
        shown = sorted(self.wordpress.public(), key=lambda one: one.date, reverse=True)[:20]
        urls = "".join(
            f"<url><loc>http://{headers['host']}{one.path}</loc><n:news><n:title>{one.text.title}</n:title>"
            f"<n:publication_date>{one.date.isoformat()}Z</n:publication_date></n:news></url>"
            for one in shown
        )
        return 200, {}, f'<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'.encode()


@deferred_f_from_coro_f
async def test_a_sitemap_of_news_shows_new_headlines_and_what_was_withdrawn(database: Path) -> None:
    wordpress = some(25)
    with serve(News(wordpress)) as site:
        await crawl(site.url, database)
        wordpress.posts |= {number: post(number) for number in (26, 27, 28)}  # as many leave at the end: those stay
        wordpress.posts[20] = replace(post(20), text=replace(post(20).text, title="عنوان آخر للخبر نفسه بعد التصحيح"))
        del wordpress.posts[22]
        site.asked.clear()
        second = await crawl(site.url, database)
    assert (second.pages_new, second.pages_changed, second.pages_gone) == (3, 1, 1)
    assert {path for path in site.asked if "/post-" in path} == {post(number).path for number in (20, 22, 26, 27, 28)}


@deferred_f_from_coro_f
async def test_the_later_of_two_answers_of_one_second_counts(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetched, "datetime", Mock(now=lambda zone: datetime(2025, 6, 1, 8, tzinfo=zone)))
    wordpress = some(12, ATOM)
    with serve(wordpress) as site:
        await crawl(site.url, database)
        wordpress.posts |= {
            number: replace(post(number), text=post(number).text.edited(), modified=LATER) for number in range(1, 13)
        }
        second = await crawl(site.url, database)
    assert second.pages_changed == 12
    assert value(database, "SELECT count(*) FROM revisions") == 12
