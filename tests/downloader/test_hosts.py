"""A host that asks for time gets it; one that keeps failing is left until the next crawl."""

import pytest
from scrapy.utils.defer import deferred_f_from_coro_f

from almasalla_crawler.downloader import hosts
from almasalla_crawler.downloader.hosts import retry_after
from almasalla_crawler.downloader.outcomes import Postponed
from almasalla_crawler.verdict import FAILED, STOPPED_EARLY, judge
from tests.downloader.conftest import Ask
from tests.servers.bad import Answer, BadServer, Behaviour

NOW = "Sun, 01 Jun 2025 10:00:00 GMT"


def busy(times: int = 10**9, **headers: str) -> Behaviour:
    """Busy the first times, then a page."""

    def behaviour(answer: Answer) -> None:
        if answer.times() <= times:
            answer.page(b"busy", "503 Service Unavailable", **headers)
        else:
            answer.page()

    return behaviour


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0), ("0", 0.0), ("1.5", 1.5), ("Sun, 01 Jun 2025 10:02:00 GMT", 120.0), ("Sun, 01 Jun 2025 09:00:00 GMT", 0.0),
        ("", None), ("-5", None), ("soon", None), ("1e400", None), ("Sun, 99 Jun 2025 10:02:00 GMT", None), ("9" * 300, None),
    ],
)  # fmt: skip
def test_retry_after_is_seconds_or_a_time_of_the_servers_clock(value: str, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


@pytest.mark.parametrize("headers", [{"retry_after": "1"}, {"date": NOW, "retry_after": "Sun, 01 Jun 2025 10:00:01 GMT"}], ids=["seconds", "time"])  # fmt: skip
@deferred_f_from_coro_f
async def test_a_busy_host_is_waited_for(ask: Ask, headers: dict[str, str]) -> None:
    others = {f"/{n}": lambda answer: answer.page() for n in range(4)}
    with BadServer({"/busy": busy(1, **headers), **others}) as server:
        spider = await ask(*map(server.url, ("/0", "/1", "/busy", "/2", "/3")), DOWNLOAD_DELAY=0.1)
    assert [*spider.came.values()] == [["page"]] * 5
    first = next(asked.at for asked in server.asked if asked.path == "/busy")
    later = [asked.at - first for asked in server.asked if asked.at > first]
    assert len(later) >= 3
    assert min(later) > 0.95


@deferred_f_from_coro_f
async def test_a_host_that_asks_for_hours_is_left_for_this_crawl(ask: Ask) -> None:
    with (
        BadServer({"/busy": busy(retry_after="86400"), "/next": lambda a: a.page()}) as server,
        BadServer({"/": lambda a: a.page()}) as other,
    ):
        spider = await ask(server.url("/busy"), server.url("/next"), other.url("/"), one_by_one=True)
    assert [*spider.came.values()] == [["host_paused"], ["host_paused"], ["page"]]
    assert server.times() == {"/robots.txt": 1, "/busy": 1}
    later = spider.failures[server.url("/next")]
    assert isinstance(later, Postponed)
    assert 3500 < later.wait_seconds <= 3600
    assert "left alone for 3600 s, longer than RETRY_AFTER_PATIENCE (120 s)" in later.reject.detail
    assert spider.statuses[server.url("/busy")] == 503
    assert judge(spider.crawler.stats.get_stats(), "finished").exit_code == STOPPED_EARLY


@deferred_f_from_coro_f
async def test_after_five_failures_in_a_row_a_host_is_left_alone(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosts, "FIRST_WAIT_SECONDS", 0.01)
    with BadServer({f"/{n}": busy() for n in range(6)}) as server:
        spider = await ask(*(server.url(f"/{n}") for n in range(6)), one_by_one=True)
    assert [came for [came] in spider.came.values()] == ["http_error", *["host_paused"] * 5]
    assert sum(server.times().values()) == 1 + 5


@deferred_f_from_coro_f
async def test_a_page_between_failures_begins_the_count_anew(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosts, "FIRST_WAIT_SECONDS", 0.01)
    behaviours = {"/1": busy(), "/2": lambda a: a.page(), "/3": busy(), "/4": lambda a: a.page()}
    with BadServer(behaviours) as server:
        spider = await ask(*map(server.url, behaviours), one_by_one=True)
    assert [came for [came] in spider.came.values()] == ["http_error", "page", "http_error", "page"]


@deferred_f_from_coro_f
async def test_a_host_that_refuses_connections_is_left_alone(ask: Ask) -> None:
    with BadServer({}) as server:
        pass
    urls = [(server.url(f"/{n}"), {"dont_obey_robotstxt": True}) for n in range(4)]
    spider = await ask(*urls, one_by_one=True)
    assert [came for [came] in spider.came.values()] == ["connection_failed", "host_paused", "host_paused", "host_paused"]
    assert judge(spider.crawler.stats.get_stats(), "finished").exit_code == FAILED
