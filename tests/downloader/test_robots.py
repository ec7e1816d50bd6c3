"""robots.txt: obeyed as far as it can be read; a host that cannot be asked is not crawled."""

import gzip
from collections.abc import Callable
from typing import Any

import pytest
from scrapy.resolver import HostResolution
from scrapy.utils.defer import deferred_f_from_coro_f
from twisted.internet.interfaces import IHostnameResolver
from zope.interface import implementer

from almasalla_crawler.downloader import robots
from almasalla_crawler.downloader.outcomes import Postponed
from tests.downloader.conftest import Ask
from tests.servers.bad import Answer, BadServer, Behaviour

RULES = "User-agent: *\nDisallow: /private\n"


def text(rules: str | bytes, status: str = "200 OK", **headers: str) -> Behaviour:
    body = rules.encode() if isinstance(rules, str) else rules
    return lambda answer: answer.page(body, status, **{"content_type": "text/plain", **headers})


def site(robots_txt: Behaviour) -> BadServer:
    return BadServer({"/robots.txt": robots_txt, "/public": lambda a: a.page(), "/private": lambda a: a.page()})


def silent(answer: Answer) -> None:
    answer.server.stopped.wait()


def endless(answer: Answer) -> None:
    answer.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", RULES.encode())
    answer.forever(b"# " + b"x" * 60_000 + b"\n")


OBEYED = {
    "plain": text(RULES),
    "our name": text("User-agent: *\nDisallow:\n\nUser-agent: almasalla_crawler\nDisallow: /private\n"),
    "byte order mark": text(b"\xef\xbb\xbf" + RULES.encode()),
    "UTF-16": text(RULES.encode("utf-16")),
    "Windows line ends, Arabic comment in windows-1256": text(
        "# ممنوع\r\n".encode("cp1256") + RULES.replace("\n", "\r\n").encode()
    ),
    "packed": text(gzip.compress(RULES.encode()), content_encoding="gzip"),
    "a bomb behind the rules": text(gzip.compress(RULES.encode() + bytes(40_000_000)), content_encoding="gzip"),
    "endless": endless,
    "a gigabyte announced": lambda answer: answer.page(RULES.encode() + b"\n" * 600_000, length=2**30),
    "moved": lambda answer: answer.redirect("/robots2.txt"),
}
ALLOWED = {
    "absent": text("no", "404 Not Found"),
    "forbidden": text("no", "403 Forbidden"),
    "gone": text("no", "410 Gone"),
    "a page": text("<html><body>Welcome</body></html>"),
    "empty": text(""),
}
UNAVAILABLE = {
    "500": text("oops", "500 Internal Server Error"),
    "503": text("oops", "503 Service Unavailable", retry_after="0"),
    "429": text("slow down", "429 Too Many Requests", retry_after="0"),
    "another host": lambda answer: answer.redirect(answer.server.url("/elsewhere").replace("127.0.0.1", "localhost")),
    "a loop": lambda answer: answer.redirect("/robots.txt"),
}  # fmt: skip


@pytest.mark.parametrize("robots_txt", OBEYED.values(), ids=OBEYED)
@deferred_f_from_coro_f
async def test_rules_are_obeyed(ask: Ask, robots_txt: Behaviour) -> None:
    with site(robots_txt) as server:
        server.behaviours["/robots2.txt"] = text(RULES)
        spider = await ask(server.url("/public"), server.url("/private"))
    assert [*spider.came.values()] == [["page"], ["robots_disallowed"]]


@pytest.mark.parametrize("robots_txt", ALLOWED.values(), ids=ALLOWED)
@deferred_f_from_coro_f
async def test_a_host_without_rules_is_crawled(ask: Ask, robots_txt: Behaviour) -> None:
    with site(robots_txt) as server:
        spider = await ask(server.url("/public"), server.url("/private"))
    assert [*spider.came.values()] == [["page"], ["page"]]


@pytest.mark.parametrize("robots_txt", UNAVAILABLE.values(), ids=UNAVAILABLE)
@deferred_f_from_coro_f
async def test_a_host_that_cannot_be_asked_is_left_alone(ask: Ask, robots_txt: Behaviour) -> None:
    with site(robots_txt) as server:
        spider = await ask(server.url("/public"), server.url("/private"))
    assert [*spider.came.values()] == [["robots_unavailable"]] * 2
    assert all(isinstance(failure, Postponed) for failure in spider.failures.values())
    assert not {"/public", "/private"} & server.times().keys()


@deferred_f_from_coro_f
async def test_a_silent_robots_txt_is_asked_for_twice(ask: Ask) -> None:
    with site(silent) as server:
        spider = await ask(server.url("/public"), DOWNLOAD_TIMEOUT=0.3)
    assert spider.came == {server.url("/public"): ["robots_unavailable"]}
    assert server.times() == {"/robots.txt": 2}


@implementer(IHostnameResolver)
class NoNames:
    """A name server that knows none."""

    def resolveHostName(self, receiver: Any, hostName: str, *_: Any, **__: Any) -> HostResolution:  # noqa: N802, N803
        resolution = HostResolution(hostName)
        receiver.resolutionBegan(resolution)
        receiver.resolutionComplete()
        return resolution


@deferred_f_from_coro_f
async def test_a_host_that_does_not_exist_is_robots_unavailable(ask: Ask) -> None:
    from twisted.internet import reactor

    usual = reactor.installNameResolver(NoNames())
    try:
        spider = await ask("http://news.invalid/", CONTACT="editor@news.example")
    finally:
        reactor.installNameResolver(usual)
    assert spider.came == {"http://news.invalid/": ["robots_unavailable"]}
    assert "dns_error" in str(spider.failures["http://news.invalid/"])


@deferred_f_from_coro_f
async def test_rules_are_asked_for_once(ask: Ask) -> None:
    with site(text(RULES)) as server:
        await ask(*(server.url(path) for path in ("/public", "/private", "/public?2", "/public?3")))
    assert server.times()["/robots.txt"] == 1


@deferred_f_from_coro_f
async def test_a_crawl_delay_is_kept_up_to_a_limit(ask: Ask) -> None:
    with site(text("User-agent: *\nCrawl-delay: 1000\n")) as server:
        await ask(server.url("/public"), server.url("/private"), CRAWL_DELAY_MAX=0.4)
    first, second = (asked.at for asked in server.asked if asked.path != "/robots.txt")
    assert 0.35 < second - first < 3


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        (b"Disallow: /a\n", b"Disallow: /a\n"),
        (b"Disallow: /a\nDisallow: /archive", b"Disallow: /a\n"),
        (b"\xff\xfe" + "Disallow: /أ\n".encode("utf-16-le"), "Disallow: /أ\n".encode()),
    ],
    ids=["short", "half a rule at the limit", "UTF-16"],
)
def test_half_a_rule_is_none(body: bytes, rules: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robots, "MAX_BYTES", 20)
    assert robots.readable(body) == rules


def test_www_is_the_same_site() -> None:
    same: Callable[[str, str], bool] = lambda a, b: robots._site(a) == robots._site(b)  # noqa: E731
    assert same("http://news.example/robots.txt", "https://www.news.example/robots.txt")
    assert not same("http://news.example/robots.txt", "http://news.example:8080/robots.txt")
    assert not same("http://news.example/robots.txt", "http://other.example/robots.txt")
