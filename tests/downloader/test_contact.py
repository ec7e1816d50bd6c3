"""Sites know who asks."""

import logging

import pytest
from scrapy.utils.defer import deferred_f_from_coro_f

from almasalla_crawler.downloader.identity import is_contact
from almasalla_crawler.verdict import FAILED, judge
from tests.downloader.conftest import Ask
from tests.servers.bad import BadServer

SITE = "http://news.invalid/"


@deferred_f_from_coro_f
async def test_a_crawl_of_others_without_contact_ends_with_one_clear_error(ask: Ask, caplog: pytest.LogCaptureFixture) -> None:
    spider = await ask(SITE, f"{SITE}2", f"{SITE}3")
    errors = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(errors) == 1
    assert "CONTACT" in errors[0]
    stats = spider.crawler.stats.get_stats()
    assert stats["finish_reason"] == "no_contact"
    assert judge(stats, "no_contact").exit_code == FAILED
    assert "downloader/request_count" not in stats


@deferred_f_from_coro_f
async def test_a_contact_that_is_no_address_is_said(ask: Ask, caplog: pytest.LogCaptureFixture) -> None:
    await ask(SITE, CONTACT="me")
    assert "CONTACT is not set, or no e-mail or web address." in caplog.text


@deferred_f_from_coro_f
async def test_the_contact_stands_in_every_request(ask: Ask) -> None:
    with BadServer({"/": lambda answer: answer.page()}) as server:
        await ask(server.url("/"), CONTACT="https://news.example/crawler")
    agents = {asked.headers["user-agent"] for asked in server.asked}
    assert len(server.asked) == 2
    assert agents == {"almasalla_crawler/0.1.0 (+https://news.example/crawler)"}


@deferred_f_from_coro_f
async def test_a_page_of_this_machine_that_leads_to_others_costs_itself_alone(ask: Ask) -> None:
    with BadServer({"/away": lambda answer: answer.redirect(SITE), "/": lambda answer: answer.page()}) as server:
        spider = await ask(server.url("/away"), server.url("/"), CONCURRENT_REQUESTS=1)
    assert [*spider.came.values()] == [["off_site"], ["page"]]


@deferred_f_from_coro_f
async def test_a_site_on_this_machine_needs_no_contact(ask: Ask) -> None:
    with BadServer({"/": lambda answer: answer.page()}) as server:
        spider = await ask(server.url("/"))
    assert spider.came == {server.url("/"): ["page"]}


@pytest.mark.parametrize(("text", "answer"), [("editor@news.example", True), ("https://news.example/", True), ("", False), ("me", False),
                                              ("a@b\r\nX-Evil: 1", False), ("محرر@news.example", False)])  # fmt: skip
def test_a_contact_is_an_address(text: str, answer: bool) -> None:
    assert is_contact(text) is answer
