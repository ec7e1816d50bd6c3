"""Cookies are sent back, and no other host is asked for them."""

import pytest
from scrapy import Request
from scrapy.downloadermiddlewares import cookies
from scrapy.http import Response
from scrapy.utils.defer import deferred_f_from_coro_f
from scrapy.utils.test import get_crawler

from almasalla_crawler.downloader.cookies import OfflineCookiesMiddleware
from tests.downloader.conftest import Ask
from tests.servers.bad import Answer, BadServer


def circle(answer: Answer) -> None:
    """Sends a reader without its cookie to the same address, with it."""
    if "edition=baghdad" in answer.asked.headers.get("cookie", ""):
        answer.page()
    else:
        answer.page(b"", "302 Found", location="/news/7", set_cookie="edition=baghdad; Path=/")


@deferred_f_from_coro_f
async def test_a_site_that_wants_its_cookie_back_gets_it(ask: Ask) -> None:
    with BadServer({"/news/7": circle}) as server:
        spider = await ask(server.url("/news/7"))
        assert spider.responses[server.url("/news/7")].status == 200
        assert server.times()["/news/7"] == 2


def test_the_list_of_domains_is_not_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("requests.Session.send", lambda *_, **__: pytest.fail("another host was asked"))
    monkeypatch.setattr(cookies._split_domain._cache, "enabled", False)
    monkeypatch.setattr(cookies._split_domain, "_extractor", None)
    middleware = OfflineCookiesMiddleware.from_crawler(get_crawler())
    request = Request("http://news.example/")
    middleware.process_response(request, Response(request.url, headers={"Set-Cookie": "edition=baghdad; Domain=news.example"}))
    follower = Request("http://news.example/7")
    middleware.process_request(follower)
    assert follower.headers["Cookie"] == b"edition=baghdad"
