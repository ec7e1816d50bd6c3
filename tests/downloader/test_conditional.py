"""Only what is new is fetched, and nobody's validators are taken for another's."""

import hashlib

import pytest
from scrapy.utils.defer import deferred_f_from_coro_f

from almasalla_crawler.downloader.conditional import Fetched
from almasalla_crawler.downloader.outcomes import Unchanged
from tests.downloader.conftest import Ask
from tests.servers.bad import PAGE, Answer, BadServer

SHA256 = hashlib.sha256(PAGE).hexdigest()
DAY, NEXT_DAY = "Sun, 01 Jun 2025 10:00:00 GMT", "Mon, 02 Jun 2025 10:00:00 GMT"


def knows(answer: Answer) -> None:
    """Version "v2" of a page."""
    if answer.asked.headers.get("if-none-match") == '"v2"' or answer.asked.headers.get("if-modified-since") == NEXT_DAY:
        answer.page(b"", "304 Not Modified", etag='"v2"')
    else:
        answer.page(etag='W/"v2"', last_modified=NEXT_DAY)


@pytest.mark.parametrize(
    ("meta", "came"),
    [
        ({}, "page"), ({"etag": '"v1"'}, "page"), ({"etag": 'W/"v2"'}, "unchanged"), ({"last_modified": NEXT_DAY}, "unchanged"),
        ({"last_modified": DAY}, "page"), ({"etag": '"v1"', "body_sha256": SHA256}, "unchanged"),
        ({"etag": None, "last_modified": None, "body_sha256": None}, "page"), ({"body_sha256": "0" * 64}, "page"),
    ],
)  # fmt: skip
@deferred_f_from_coro_f
async def test_a_page_is_read_only_if_it_changed(ask: Ask, meta: dict[str, str], came: str) -> None:
    with BadServer({"/": knows}) as server:
        spider = await ask((server.url("/"), meta))
    assert spider.came == {server.url("/"): [came]}


@deferred_f_from_coro_f
async def test_what_the_next_request_wants_comes_with_the_page(ask: Ask) -> None:
    with BadServer({"/": knows}) as server:
        spider = await ask(server.url("/"))
    assert spider.responses[server.url("/")].meta["fetched"] == Fetched(SHA256, 'W/"v2"', NEXT_DAY, "")


@deferred_f_from_coro_f
async def test_an_unchanged_page_tells_its_new_validators(ask: Ask) -> None:
    with BadServer({"/": knows}) as server:
        spider = await ask((server.url("/"), {"etag": '"v1"', "body_sha256": SHA256}))
    unchanged = spider.failures[server.url("/")]
    assert isinstance(unchanged, Unchanged)
    assert (unchanged.status, unchanged.etag, unchanged.last_modified) == (200, 'W/"v2"', NEXT_DAY)


@deferred_f_from_coro_f
async def test_validators_do_not_follow_a_redirect(ask: Ask) -> None:
    with BadServer({"/": knows, "/moved": lambda answer: answer.redirect("/")}) as server:
        spider = await ask((server.url("/moved"), {"etag": '"v2"', "last_modified": NEXT_DAY}))
    assert spider.came == {server.url("/moved"): ["page"]}
    assert "if-none-match" not in server.asked[-1].headers
    assert spider.responses[server.url("/moved")].meta["redirect_urls"] == [server.url("/moved")]


@deferred_f_from_coro_f
async def test_a_304_about_another_version_is_not_believed(ask: Ask) -> None:
    def confused(answer: Answer) -> None:
        if "if-none-match" in answer.asked.headers:
            answer.page(b"", "304 Not Modified", etag='"v9"')
        else:
            answer.page(etag='"v9"')

    with BadServer({"/": confused}) as server:
        spider = await ask((server.url("/"), {"etag": '"v1"'}))
    assert spider.came == {server.url("/"): ["page"]}


@deferred_f_from_coro_f
async def test_an_etag_that_was_marked_when_it_was_packed_is_the_same(ask: Ask) -> None:
    with BadServer({"/": lambda answer: answer.page(b"", "304 Not Modified", etag='"v1"')}) as server:
        spider = await ask((server.url("/"), {"etag": '"v1-gzip"'}))
    assert spider.came == {server.url("/"): ["unchanged"]}


@deferred_f_from_coro_f
async def test_whoever_brings_headers_of_their_own_gets_the_304(ask: Ask) -> None:
    meta = {"own_headers": {"If-None-Match": '"v2"'}, "handle_httpstatus_list": [304]}
    with BadServer({"/": knows}) as server:
        spider = await ask((server.url("/"), meta))
    assert spider.responses[server.url("/")].status == 304
