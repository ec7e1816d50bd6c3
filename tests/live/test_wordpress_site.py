"""A WordPress site with its REST interface, crawled again and again."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from scrapy.utils.defer import deferred_f_from_coro_f

from almasalla_crawler.commands.verify import verify
from almasalla_crawler.live import walks
from almasalla_crawler.readers import wordpress_routes
from almasalla_crawler.rereading import reparse
from almasalla_crawler.storage.database import open_readonly
from tests.live.crawls import crawl, rows, value
from tests.live.test_plain_sites import with_due
from tests.servers.serving import Answer, Site, serve
from tests.servers.wordpress import Post, WordPress, post

LATER = datetime.fromisoformat("2025-07-01T12:00:05")


@pytest.fixture
def wordpress() -> WordPress:
    return WordPress({number: post(number) for number in range(1, 41)})


@pytest.fixture
def site(wordpress: WordPress) -> Iterator[Site]:
    with serve(wordpress) as site:
        yield site


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


@deferred_f_from_coro_f
async def test_every_public_post_and_no_other_is_stored(wordpress: WordPress, site: Site, database: Path) -> None:
    wordpress.posts[3] = post(3, password="سر")
    wordpress.posts[4] = post(4, status="draft")
    await crawl(site.url, database)
    stored = {url for (url,) in rows(database, "SELECT url FROM articles")}
    assert stored == {site.url.rstrip("/") + one.path for one in wordpress.public() if not one.password}
    assert rows(database, "SELECT url, reason FROM rejects") == [(site.url.rstrip("/") + post(3).path, "protected")]


@deferred_f_from_coro_f
async def test_a_post_says_its_title_time_author_categories_and_tags(site: Site, database: Path) -> None:
    await crawl(site.url, database)
    url = site.url.rstrip("/") + post(1).path
    query = (
        "SELECT id, title, publisher, date_published_utc, date_published_date, date_published_precision, section FROM articles"
        " WHERE url = ?"
    )
    ((number, *said),) = rows(database, query, url)
    assert said == [post(1).text.title, "صحيفة الواحة", "2025-05-01T10:30:15Z", "2025-05-01", "second", "محليات"]
    assert rows(database, "SELECT name FROM authors WHERE article_id = ?", number) == [("سلمى الحداد",)]
    keywords = rows(database, "SELECT keyword, kind FROM keywords WHERE article_id = ?", number)
    assert set(keywords) == {("محليات", "category"), ("ثقافة", "category"), ("جسر", "tag"), ("مكتبة عامة", "tag")}


@deferred_f_from_coro_f
async def test_the_body_of_a_post_is_its_text(site: Site, database: Path) -> None:
    await crawl(site.url, database)
    url = site.url.rstrip("/") + post(1).path
    assert value(database, "SELECT body FROM articles WHERE url = ?", url) == "\n\n".join(post(1).text.body)


@deferred_f_from_coro_f
async def test_posts_are_read_again_from_the_archive_with_all_that_they_state(site: Site, database: Path, tmp_path: Path) -> None:
    """Also what their lists state; nothing is new, and nothing is damaged."""
    await crawl(site.url, database, {"WARC_DIR": str(tmp_path / "warc")})
    tables = ("articles ORDER BY id", "authors ORDER BY 1, 2", "keywords ORDER BY 1, 2", "facts ORDER BY 1, 2, 3, 4", "revisions")
    before = [rows(database, f"SELECT * FROM {table}") for table in tables]
    counts = reparse(database, 1 << 25, everything=True)
    assert {name: count for name, count in counts.items() if name != "mentions"} == {
        "read": 40, "articles new": 0, "articles revised": 0, "articles superseded": 0,
    }  # fmt: skip
    assert [rows(database, f"SELECT * FROM {table}") for table in tables] == before
    with closing(open_readonly(database)) as connection:
        assert not any(verify(connection, quick=False, max_bytes=1 << 25).values())


@deferred_f_from_coro_f
async def test_a_first_crawl_asks_for_lists_and_posts_in_bulk(site: Site, database: Path) -> None:
    await crawl(site.url, database)
    assert len(site.pages_asked()) <= 8


@deferred_f_from_coro_f
async def test_a_second_crawl_of_an_unchanged_site_asks_for_its_list_alone(site: Site, database: Path) -> None:
    await crawl(site.url, database)
    site.asked.clear()
    second = await crawl(site.url, database)
    assert [path.partition("?")[0] for path in site.pages_asked()] == ["/", "/wp-json/wp/v2/posts"]
    assert second.verdict.exit_code == 0
    assert second.pages_not_due == 40


@deferred_f_from_coro_f
async def test_what_is_new_edited_and_deleted_is_found_and_nothing_else_asked_for(
    wordpress: WordPress, site: Site, database: Path
) -> None:
    await crawl(site.url, database)
    back_dated = datetime.fromisoformat("2020-02-02T08:00:01")
    wordpress.posts |= {41: post(41, date=LATER, modified=LATER), 42: post(42, date=back_dated, modified=back_dated)}
    wordpress.posts[7] = replace(post(7), text=post(7).text.edited(), modified=LATER)
    del wordpress.posts[9]
    site.asked.clear()
    second = await crawl(site.url, database)
    assert (second.pages_new, second.pages_changed, second.pages_gone) == (2, 1, 1)
    assert len(site.pages_asked()) == 4  # front page, list, the three posts, the deleted one
    assert value(database, "SELECT state FROM pages WHERE url LIKE '%/post-9/'") == "gone"
    assert value(database, "SELECT count(*) FROM articles WHERE url LIKE '%/post-9/'") == 1
    assert value(database, "SELECT count(*) FROM revisions") == 1


@deferred_f_from_coro_f
async def test_a_post_in_the_bin_is_gone(wordpress: WordPress, site: Site, database: Path) -> None:
    await crawl(site.url, database)
    wordpress.posts[5] = replace(post(5), status="trash")
    assert (await crawl(site.url, database)).pages_gone == 1


@deferred_f_from_coro_f
async def test_a_post_with_another_slug_is_the_same_page_and_article(wordpress: WordPress, site: Site, database: Path) -> None:
    await crawl(site.url, database)
    before = value(database, "SELECT id FROM articles WHERE url LIKE '%/post-6/'")
    wordpress.posts[6] = replace(post(6), slug="bridge", modified=LATER)
    await crawl(site.url, database)
    assert value(database, "SELECT id FROM articles WHERE url LIKE '%/bridge/'") == before
    assert value(database, "SELECT count(*) FROM articles") == 40
    assert value(database, "SELECT kind FROM urls WHERE url LIKE '%/post-6/'") == "redirect"


@deferred_f_from_coro_f
async def test_a_new_time_of_change_alone_is_no_change(wordpress: WordPress, site: Site, database: Path) -> None:
    await crawl(site.url, database)
    wordpress.posts[8] = replace(post(8), modified=LATER)
    second = await crawl(site.url, database)
    assert (second.pages_changed, second.pages_unchanged) == (0, 1)


@deferred_f_from_coro_f
async def test_a_site_without_permalinks_is_read_over_rest_route(tmp_path: Path) -> None:
    with serve(WordPress({number: post(number) for number in range(1, 6)}, permalinks=False)) as site:
        await crawl(site.url, tmp_path / "a.db")
    assert value(tmp_path / "a.db", "SELECT count(*) FROM captures WHERE door = 'rest' AND kept_line_count > 0") == 5


@deferred_f_from_coro_f
async def test_what_robots_txt_forbids_is_a_reject_also_over_rest(wordpress: WordPress, site: Site, database: Path) -> None:
    wordpress.robots = f"User-agent: *\nDisallow: {post(11).path}\n"
    await crawl(site.url, database)
    assert value(database, "SELECT count(*) FROM articles") == 39
    assert value(database, "SELECT url FROM rejects WHERE reason = 'robots_disallowed'").endswith("/post-11/")


@deferred_f_from_coro_f
async def test_since_and_limit_bound_a_crawl(site: Site, database: Path) -> None:
    first = await crawl(site.url, database, since="2025-05-02", limit="3")
    assert first.pages_new == 3
    assert first.pages_left > 0
    assert value(database, "SELECT min(date_published_date) FROM articles") >= "2025-05-02"


@deferred_f_from_coro_f
async def test_a_dry_run_reads_lists_of_several_pages_to_their_end(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serve(WordPress({number: post(number) for number in range(1, 206)})) as site:
        crawled = await crawl(site.url, database, dry_run="1")
    assert len(capsys.readouterr().out.split()) == 205
    assert crawled.verdict.exit_code == 0


@deferred_f_from_coro_f
async def test_a_dry_run_names_the_posts_and_asks_for_none(
    wordpress: WordPress, site: Site, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await crawl(site.url, database, dry_run="1", limit="5")
    shown = capsys.readouterr().out.split()
    assert len(shown) == 5
    assert set(shown) <= {site.url.rstrip("/") + one.path for one in wordpress.public()}
    assert value(database, "SELECT count(*) FROM articles") == 0


@deferred_f_from_coro_f
async def test_a_post_without_text_of_its_own_is_read_from_its_page(
    wordpress: WordPress, site: Site, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = wordpress._record
    empty = {"rendered": "<div></div>", "protected": False}
    monkeypatch.setattr(wordpress, "_record", lambda one, *rest: whole(one, *rest) | ({"content": empty} if one.id == 12 else {}))
    await crawl(site.url, database)
    url = site.url.rstrip("/") + post(12).path
    assert value(database, "SELECT c.door FROM captures c JOIN pages p ON p.id = c.page_id WHERE p.url = ?", url) == "html"


@pytest.fixture
def long_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists of four pages count as too long to be read whole in every crawl."""
    monkeypatch.setattr(wordpress_routes, "PER_PAGE", 10)
    monkeypatch.setattr(walks, "WHOLE_LIST_PAGES", 1)


def list_pages_asked(site: Site) -> list[str]:
    return [parse_qs(path)["page"][0] for path in site.asked if "_fields=id%2Clink%2Cstatus" in path]


@pytest.mark.usefixtures("long_list")
@deferred_f_from_coro_f
async def test_a_long_list_is_read_from_the_last_change_until_nothing_is_new(
    wordpress: WordPress, site: Site, database: Path
) -> None:
    assert (await crawl(site.url, database)).pages_new == 40
    wordpress.posts[41] = post(41, date=LATER, modified=LATER)
    site.asked.clear()
    assert (await crawl(site.url, database)).pages_new == 1
    assert list_pages_asked(site) == ["1", "2", "3"]


@pytest.mark.usefixtures("long_list")
@deferred_f_from_coro_f
async def test_days_later_too_a_long_list_is_read_until_nothing_is_new(site: Site, database: Path) -> None:
    await crawl(site.url, database)
    with_due(database, "%wp-json%", "kind = 'rest' AND due_at IS NOT NULL")
    site.asked.clear()
    await crawl(site.url, database)
    assert list_pages_asked(site) == ["1", "2"]


@deferred_f_from_coro_f
async def test_the_list_of_an_earlier_range_is_not_asked_for_again(site: Site, database: Path) -> None:
    await crawl(site.url, database, since="2025-05-02")
    await crawl(site.url, database)
    with_due(database, "%wp-json%", "kind = 'rest' AND due_at IS NOT NULL")
    site.asked.clear()
    await crawl(site.url, database)
    assert not any("after=" in path for path in site.asked)
    assert len(list_pages_asked(site)) == 1


@pytest.mark.usefixtures("long_list")
@deferred_f_from_coro_f
async def test_a_long_list_with_another_total_is_read_whole(wordpress: WordPress, site: Site, database: Path) -> None:
    await crawl(site.url, database)
    del wordpress.posts[1]
    assert (await crawl(site.url, database)).pages_gone == 1


@pytest.mark.usefixtures("long_list")
@deferred_f_from_coro_f
async def test_posts_that_are_counted_and_not_shown_do_not_make_every_crawl_read_a_long_list_whole(
    wordpress: WordPress, site: Site, database: Path
) -> None:
    wordpress.posts[3] = post(3, password="سر")
    await crawl(site.url, database)
    for number in (41, 42):
        wordpress.posts[number] = post(number, date=LATER, modified=LATER)
        site.asked.clear()
        assert (await crawl(site.url, database)).pages_new == 1
        assert list_pages_asked(site) == ["1", "2", "3"]
    del wordpress.posts[1]
    assert (await crawl(site.url, database)).pages_gone == 1


@deferred_f_from_coro_f
async def test_a_list_that_hides_its_totals_is_read_to_its_end(
    wordpress: WordPress, site: Site, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wordpress_routes, "PER_PAGE", 10)
    whole = wordpress._list

    def without_totals(*given: Any) -> Answer:
        status, headers, body = whole(*given)
        return status, {"Content-Type": headers["Content-Type"]}, body

    monkeypatch.setattr(wordpress, "_list", without_totals)
    assert (await crawl(site.url, database)).pages_new == 40


@pytest.mark.parametrize(("total", "behind"), [("900", "the first page again"), ("60000", "nothing")])
@deferred_f_from_coro_f
async def test_a_list_ends_where_nothing_comes_whatever_total_it_states(
    wordpress: WordPress, site: Site, database: Path, monkeypatch: pytest.MonkeyPatch, total: str, behind: str
) -> None:
    whole = wordpress._list

    def with_total(query: dict[str, str], *given: Any) -> Answer:
        status, headers, body = whole(query | ({"page": "1"} if behind == "the first page again" else {}), *given)
        return 200, headers | {"X-WP-Total": total, "X-WP-TotalPages": "1"}, body if status == 200 else b"[]"

    monkeypatch.setattr(wordpress, "_list", with_total)
    assert (await crawl(site.url, database)).pages_new == 40
    del wordpress.posts[7]
    site.asked.clear()
    assert (await crawl(site.url, database)).pages_gone == 1
    assert list_pages_asked(site) == ["1", "2"]


@deferred_f_from_coro_f
async def test_a_list_that_is_none_any_more_fails_the_crawl_and_the_next_one_looks_for_another(
    wordpress: WordPress, site: Site, database: Path
) -> None:
    await crawl(site.url, database)
    wordpress.doors = frozenset({"sitemap"})
    wordpress.posts[41] = post(41, date=LATER, modified=LATER)
    assert (await crawl(site.url, database)).verdict.exit_code == 1
    third = await crawl(site.url, database)
    assert (third.verdict.exit_code, third.pages_new) == (0, 1)


@deferred_f_from_coro_f
async def test_other_permalinks_for_the_whole_site_make_no_new_articles(
    wordpress: WordPress, site: Site, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await crawl(site.url, database)
    monkeypatch.setattr(Post, "path", property(lambda one: f"/?p={one.id}"))
    await crawl(site.url, database)
    assert value(database, "SELECT count(*) FROM articles") == 40
    assert value(database, "SELECT count(*) FROM articles WHERE url LIKE '%/?p=%'") == 40


@deferred_f_from_coro_f
async def test_articles_that_are_no_posts_are_found_through_other_lists(wordpress: WordPress, database: Path) -> None:
    def answer(path: str, headers: dict[str, str]) -> Answer:
        if "/wp/v2/posts" in path:
            return 200, {"Content-Type": "application/json", "X-WP-Total": "0", "X-WP-TotalPages": "0"}, b"[]"
        return wordpress(path, headers)

    with serve(answer) as site:
        crawled = await crawl(site.url, database)
    assert crawled.pages_new == 40


def of_two_types(wordpress: WordPress) -> WordPress:
    """The last ten posts are of the type `news`, which the site has beside `post`."""
    wordpress.posts |= {number: post(number, type="news") for number in range(31, 41)}
    wordpress.doors = frozenset({"rest"})
    return wordpress


@deferred_f_from_coro_f
async def test_articles_of_a_type_of_their_own_come_over_rest_too(wordpress: WordPress, database: Path) -> None:
    with serve(of_two_types(wordpress)) as site:
        crawled = await crawl(site.url, database)
    assert crawled.pages_new == 40
    assert value(database, "SELECT count(*) FROM captures WHERE door = 'rest' AND kept_line_count > 0") == 40
    query = (
        "SELECT k.keyword, k.kind FROM keywords k JOIN articles a ON a.id = k.article_id WHERE a.url LIKE '%/post-40/'"
        " ORDER BY k.kind, k.position"
    )
    expected = [("محليات", "category"), ("ثقافة", "category"), ("جسر", "tag"), ("مكتبة عامة", "tag")]
    assert rows(database, query) == expected


@deferred_f_from_coro_f
async def test_changes_of_a_type_of_its_own_are_found(wordpress: WordPress, database: Path) -> None:
    with serve(of_two_types(wordpress)) as site:
        await crawl(site.url, database)
        wordpress.posts[35] = replace(
            wordpress.posts[35], text=replace(wordpress.posts[35].text, title="عنوان آخر للخبر"), modified=LATER
        )
        wordpress.posts[36] = replace(wordpress.posts[36], status="trash")
        site.asked.clear()
        second = await crawl(site.url, database)
    assert (second.pages_new, second.pages_changed, second.pages_gone) == (0, 1, 1)
    assert len(site.pages_asked()) <= 5


@deferred_f_from_coro_f
async def test_articles_of_a_type_of_their_own_are_read_from_the_archive(wordpress: WordPress, tmp_path: Path) -> None:
    with serve(of_two_types(wordpress)) as site:
        await crawl(site.url, tmp_path / "live.db", {"WARC_DIR": str(tmp_path / "warc")})
    again = await crawl("", tmp_path / "again.db", spider="warc", path=str(tmp_path / "warc"))
    assert again.articles_new == 40


@deferred_f_from_coro_f
async def test_a_site_that_gives_few_posts_at_once_is_read_whole_with_all_they_state(
    wordpress: WordPress, database: Path
) -> None:
    wordpress.most_at_once = 10
    with serve(wordpress) as site:
        await crawl(site.url, database)
        assert len(site.pages_asked()) <= 14
    assert value(database, "SELECT count(DISTINCT article_id) FROM authors") == 40


@deferred_f_from_coro_f
async def test_a_post_that_is_looked_at_alone_keeps_its_author(wordpress: WordPress, database: Path) -> None:
    wordpress.most_at_once = 1
    wordpress.posts = {number: post(number) for number in (1, 2)}
    with serve(wordpress) as site:
        await crawl(site.url, database)
    assert value(database, "SELECT count(DISTINCT article_id) FROM authors") == 2


@deferred_f_from_coro_f
async def test_authors_that_rest_hides_come_from_two_pages_of_each(wordpress: WordPress, database: Path) -> None:
    wordpress.hides_accounts = True
    wordpress.posts |= {number: post(number, author="كريم الساعدي") for number in (5, 6)}
    with serve(wordpress) as site:
        await crawl(site.url, database, {"CONCURRENT_REQUESTS_PER_DOMAIN": 1})
        assert sum("/post-" in path for path in site.asked) == 4
    signed = "SELECT name, count(*) FROM authors GROUP BY name"
    assert dict(rows(database, signed)) == {"سلمى الحداد": 38, "كريم الساعدي": 2}


@deferred_f_from_coro_f
async def test_an_account_that_publishes_for_guests_signs_no_other_post(wordpress: WordPress, database: Path) -> None:
    wordpress.hides_accounts = wordpress.has_guests = True
    guests = ("رنا عواد", "كريم الساعدي", "هدى الكرخي", "سالم النجار")
    wordpress.posts = {number: post(number, author=guest) for number, guest in enumerate(guests, 1)}
    with serve(wordpress) as site:
        await crawl(site.url, database)
        looked_at = {wordpress.posts[int(path[-2])].author for path in site.asked if "/post-" in path}
    assert len(looked_at) == 2
    signed = rows(database, "SELECT article_id, name FROM authors")
    assert {name for _, name in signed} == looked_at
    assert len(signed) == 2
