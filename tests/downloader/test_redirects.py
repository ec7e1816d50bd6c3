"""Where a redirect came from is known, and not every one is followed."""

from pathlib import Path

import pytest
from scrapy.http import Request, Response
from scrapy.utils.defer import deferred_f_from_coro_f
from scrapy.utils.test import get_crawler

from almasalla_crawler.downloader.redirects import TracedRedirectMiddleware
from almasalla_crawler.items import Rejected
from tests.downloader.conftest import Ask
from tests.servers.bad import BadServer


@deferred_f_from_coro_f
async def test_the_chain_of_redirects_comes_with_the_page(ask: Ask) -> None:
    behaviours = {"/?p=12": lambda a: a.redirect("/news/12"), "/news/12": lambda a: a.redirect("/news/12-bridge"),
                  "/news/12-bridge": lambda a: a.page()}  # fmt: skip
    with BadServer(behaviours) as server:
        spider = await ask(server.url("/?p=12"))
    response = spider.responses[server.url("/?p=12")]
    assert response.url == server.url("/news/12-bridge")
    assert response.meta["redirect_urls"] == [server.url("/?p=12"), server.url("/news/12")]


@deferred_f_from_coro_f
async def test_a_page_is_answered_although_another_led_to_it_before(ask: Ask) -> None:
    with BadServer({"/a": lambda a: a.redirect("/c"), "/b": lambda a: a.redirect("/c"), "/c": lambda a: a.page()}) as server:
        spider = await ask(server.url("/a"), server.url("/b"), server.url("/c"))
    assert [*spider.came.values()] == [["page"]] * 3


@deferred_f_from_coro_f
async def test_a_loop_is_recorded_with_its_way(ask: Ask, tmp_path: Path) -> None:
    with BadServer({"/a": lambda a: a.redirect("/b"), "/b": lambda a: a.redirect("/a")}) as server:
        spider = await ask(server.url("/a"))
    assert str(spider.failures[server.url("/a")]).endswith(" > ".join([server.url("/a"), server.url("/b")] * 3))
    assert server.times() == {"/robots.txt": 1, "/a": 3, "/b": 3}


def redirected(target: str) -> Request | Response:
    response = Response("https://news.example/a", status=301, headers={"Location": target})
    return TracedRedirectMiddleware.from_crawler(get_crawler()).process_response(Request("https://news.example/a"), response)


def test_from_https_nothing_leads_back_to_http() -> None:
    followed = redirected("http://www.news.example/a")
    assert isinstance(followed, Request)
    assert followed.url == "https://www.news.example/a"


@pytest.mark.parametrize("target", ["http://news.example/a", "http://news.example:8080/a"])
def test_a_page_that_is_there_without_tls_only_is_refused(target: str) -> None:
    with pytest.raises(Rejected, match="insecure_redirect"):
        redirected(target)
