"""No address that a page names leads into the network the crawl runs in."""

import asyncio
import socket
from typing import Any

import pytest
from scrapy.utils.defer import deferred_f_from_coro_f

from almasalla_crawler.downloader import http
from almasalla_crawler.downloader.addresses import is_loopback, is_public, refuse_strange
from almasalla_crawler.items import Rejected
from tests.downloader.conftest import Ask
from tests.servers.bad import BadServer

GOOD = {"/": lambda answer: answer.page(), "/secret": lambda answer: answer.page()}


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "64:ff9b::808:808", "::ffff:8.8.8.8", "2002:808:808::1"]
)
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.2.1",
        "198.18.0.1", "224.0.1.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1",
        "ff02::1", "ff0e::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "2002:7f00:1::", "2002:a00:1::1",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::7f00:1", "2001:0:7f00:1::1", "fec0::1", "", "example.org",
    ],
)  # fmt: skip
def test_addresses_of_a_network_of_ones_own_are_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(("host", "answer"), [("localhost", True), ("127.0.0.1", True), ("::1", True), ("10.0.0.1", False), ("a.example", False)])  # fmt: skip
def test_this_machine_is_known_by_its_names(host: str, answer: bool) -> None:
    assert is_loopback(host) is answer


@pytest.mark.parametrize(
    "url",
    [
        "http://news.example/أخبار",
        "https://news.example:8443/",
        "HTTP://news.example/",
        "http://[2606:2800::1]/",
        "http://xn--mgbh0fb.xn--kgbechtv/",
        "http://a_b.example./",
    ],
)
def test_addresses_of_pages_pass(url: str) -> None:
    refuse_strange(url, 2083)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "forbidden_scheme"), ("ftp://news.example/", "forbidden_scheme"), ("data:text/html,x", "forbidden_scheme"),
        ("javascript:alert(1)", "forbidden_scheme"), ("gopher://news.example/", "forbidden_scheme"), ("http:///nowhere", "bad_url"),
        ("http://user:pass@news.example/", "bad_url"), ("http://user@news.example/", "bad_url"), ("http://news.example:25/", "bad_url"),
        ("http://news.example:0/", "bad_url"), ("http://news.example:99999/", "bad_url"), ("http://[::1/", "bad_url"),
        ("http://news.example/" + "a" * 3000, "bad_url"), ("http://news..example/", "bad_url"), (f"http://{'a' * 64}.example/", "bad_url"),
        ("http://a b.example/", "bad_url"), ("http://.example/", "bad_url"), ("http://" + "a." * 200 + "example/", "bad_url"),
    ],
)  # fmt: skip
def test_other_addresses_are_refused(url: str, reason: str) -> None:
    with pytest.raises(Rejected) as refused:
        refuse_strange(url, 2083)
    assert (refused.value.reject.stage, refused.value.reject.reason) == ("fetch", reason)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "0.0.0.0"])
@deferred_f_from_coro_f
async def test_a_private_host_is_not_even_connected_to(ask: Ask, host: str) -> None:
    with BadServer(GOOD) as server:
        url = f"http://{host}:{server.netloc.rpartition(':')[2]}/secret"
        spider = await ask(url, ALLOW_PRIVATE_ADDRESSES=False, CONTACT="editor@news.example")
    assert spider.came == {url: ["forbidden_address"]}
    assert server.connections == 0


@deferred_f_from_coro_f
async def test_a_redirect_does_not_lead_to_a_private_host(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "is_public", lambda address: address == "127.0.0.1")
    with BadServer(GOOD) as private, BadServer({}) as server:
        target = private.url("/secret").replace("127.0.0.1", "127.0.0.2")
        server.behaviours["/"] = lambda answer: answer.redirect(target)
        spider = await ask(server.url("/"), ALLOW_PRIVATE_ADDRESSES=False)
    assert spider.came == {server.url("/"): ["forbidden_address"]}
    assert private.asked == []


@deferred_f_from_coro_f
async def test_a_name_that_changes_its_address_after_the_check_is_sent_nothing(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def first_answer(*_: Any, **__: Any) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 0))]

    monkeypatch.setattr(socket, "getaddrinfo", first_answer)  # Twisted, which connects, keeps the real one
    with BadServer(GOOD) as server:
        url = server.url("/secret").replace("127.0.0.1", "localhost")
        spider = await ask((url, {"dont_obey_robotstxt": True}), ALLOW_PRIVATE_ADDRESSES=False)
    assert spider.came == {url: ["forbidden_address"]}
    assert server.asked == []


@deferred_f_from_coro_f
async def test_behind_a_proxy_private_hosts_are_refused_too(ask: Ask) -> None:
    with BadServer({"http://10.0.0.1/": lambda answer: answer.page()}) as proxy:
        meta = {"proxy": f"http://{proxy.netloc}", "dont_obey_robotstxt": True}
        spider = await ask(("http://10.0.0.1/", meta), ALLOW_PRIVATE_ADDRESSES=False, CONTACT="editor@news.example")
    assert spider.came == {"http://10.0.0.1/": ["forbidden_address"]}
    assert proxy.connections == 0


@deferred_f_from_coro_f
async def test_a_proxy_may_be_on_this_machine(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    url = "http://news.example/"
    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", _unknown)
    with BadServer({url: lambda answer: answer.page()}) as proxy:
        meta = {"proxy": f"http://{proxy.netloc}", "dont_obey_robotstxt": True}
        spider = await ask((url, meta), ALLOW_PRIVATE_ADDRESSES=False, CONTACT="editor@news.example")
    assert spider.came == {url: ["page"]}


async def _unknown(*_: Any, **__: Any) -> Any:
    raise socket.gaierror("Name or service not known")
