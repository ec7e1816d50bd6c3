"""Once per problem and once when it is over, whatever fails meanwhile."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from almasalla_crawler.alerts.messages import Message
from almasalla_crawler.alerts.send import send_alerts, send_apart
from almasalla_crawler.alerts.targets import Alerts, Target, read_alerts
from almasalla_crawler.health.findings import FAILED, OK, WARNING, Finding
from almasalla_crawler.storage.crawls import CrawlEnd
from almasalla_crawler.storage.health import note_cut_off
from tests.storage.news_pages import Database

ONE = read_alerts({"urls": ["json://127.0.0.1:1/"]})
TWO = read_alerts({"urls": ["json://127.0.0.1:1/", "json://127.0.0.1:2/"], "level": "warning"})


class Inbox:
    """What arrived, by target; `down` are targets that answer nothing."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, Message]] = []
        self.down: set[str] = set()

    def __call__(self, target: Target, message: Message, timeout_seconds: float) -> str:
        if target.url in self.down:
            return "connection refused"
        self.messages.append((target.url, message))
        return ""

    @property
    def titles(self) -> list[str]:
        return [message.title for _, message in self.messages]


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


def crawl(
    db: Database, level: str, outlet: str = "roof", monitor: str = "kept", text: str = "0 of 9 pages have an article"
) -> None:
    db.exporter.begin_crawl("site", outlet, {"url": f"https://{outlet}.example/"})
    db.exporter.end_crawl(CrawlEnd("finished", "ok", 9, 0, 0, 0, 0, {}, [Finding(monitor, level, text)]))


def test_a_problem_is_told_once_and_its_end_once(db: Database, inbox: Inbox) -> None:
    for level in (OK, FAILED, FAILED, OK, OK):
        crawl(db, level)
        assert send_alerts(db.exporter.path, ONE, send=inbox) == 0
    assert inbox.titles == ["roof: 0 of 9 pages have an article", "roof: all is well again"]
    assert [message.type for _, message in inbox.messages] == ["failure", "success"]


def test_a_problem_that_comes_back_is_told_again(db: Database, inbox: Inbox) -> None:
    for level in (FAILED, OK, FAILED):
        crawl(db, level)
        send_alerts(db.exporter.path, ONE, send=inbox)
    assert len(inbox.messages) == 3


def test_warnings_are_told_only_to_those_who_want_them(db: Database, inbox: Inbox) -> None:
    crawl(db, WARNING)
    send_alerts(db.exporter.path, ONE, send=inbox)
    assert inbox.messages == []
    send_alerts(db.exporter.path, TWO, send=inbox)
    assert len(inbox.messages) == 2


def test_what_could_not_be_sent_is_sent_the_next_time_and_others_hear_it_once(db: Database, inbox: Inbox) -> None:
    crawl(db, FAILED)
    inbox.down = {"json://127.0.0.1:1/"}
    assert send_alerts(db.exporter.path, TWO, send=inbox) == 1
    inbox.down = set()
    assert send_alerts(db.exporter.path, TWO, send=inbox) == 0
    assert sorted(url for url, _ in inbox.messages) == ["json://127.0.0.1:1/", "json://127.0.0.1:2/"]


def test_who_never_heard_of_a_problem_does_not_hear_of_its_end(db: Database, inbox: Inbox) -> None:
    crawl(db, FAILED)
    crawl(db, OK)
    send_alerts(db.exporter.path, ONE, send=inbox)
    assert inbox.messages == []


def test_several_problems_are_one_message(db: Database, inbox: Inbox) -> None:
    crawl(db, FAILED)
    crawl(db, FAILED, monitor="date", text="0 of 9 articles have a date")
    send_alerts(db.exporter.path, ONE, send=inbox)
    ((_, message),) = inbox.messages
    assert message.title == "roof: 2 problems"
    assert len(message.body.splitlines()) == 2


def test_an_outlet_s_targets_hear_of_that_outlet(db: Database, inbox: Inbox) -> None:
    crawl(db, FAILED)
    crawl(db, FAILED, "cellar")
    send_alerts(db.exporter.path, ONE, "cellar", send=inbox)
    assert inbox.titles == ["cellar: 0 of 9 pages have an article"]


def test_a_dry_run_prints_and_nobody_counts_as_told(db: Database, inbox: Inbox, capsys: pytest.CaptureFixture[str]) -> None:
    crawl(db, FAILED)
    assert send_alerts(db.exporter.path, read_alerts({"urls": ["${NOT_SET}"]}), is_dry=True) == 0
    assert "failure: roof: 0 of 9 pages have an article\n" in capsys.readouterr().out
    assert db.count("alerts") == 0


def test_a_killed_crawl_is_told_of(db: Database, inbox: Inbox) -> None:
    db.exporter.begin_crawl("site", "roof", {"url": "https://roof.example/"})
    note_cut_off(db.connection, "site", "roof", db.exporter.archive.crawl_id, FAILED, "it was killed by SIGKILL")
    send_alerts(db.exporter.path, ONE, "roof", send=inbox)
    assert inbox.titles == ["roof: it was killed by SIGKILL"]


def test_a_crawl_that_never_began_is_told_of_until_one_begins(db: Database, inbox: Inbox) -> None:
    for _ in range(2):
        note_cut_off(db.connection, "site", "roof", None, FAILED, "the process could not be started")
        send_alerts(db.exporter.path, ONE, "roof", send=inbox)
    crawl(db, OK, monitor="crawl")
    send_alerts(db.exporter.path, ONE, "roof", send=inbox)
    assert inbox.titles == ["roof: the process could not be started", "roof: all is well again"]


# --- through the real library -------------------------------------------------------------------------------------------

MESSAGE = Message("roof: 0 of 9 pages have an article", "منذ ساعة", "failure")


@contextmanager
def webhook(hangs: bool = False) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Address of a webhook on loopback, and what it was sent."""
    got: list[dict[str, Any]] = []
    released = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            if hangs:
                released.wait(60)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"json://127.0.0.1:{server.server_port}/", got
    finally:
        released.set()
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_webhook_gets_title_text_and_kind() -> None:
    pytest.importorskip("apprise")
    with webhook() as (url, got):
        assert send_apart(Target(url), MESSAGE, 60) == ""
    ((sent),) = got
    assert (sent["title"], sent["message"], sent["type"]) == (MESSAGE.title, MESSAGE.body, "failure")


def test_a_webhook_that_hangs_is_given_up() -> None:
    pytest.importorskip("apprise")
    with webhook(hangs=True) as (url, _):
        assert send_apart(Target(f"{url}?rto=50"), MESSAGE, 0.5) == "no answer within 0.5 s"


def test_why_an_alert_failed_is_said_without_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("apprise")
    monkeypatch.setenv("HOOK_TOKEN", "s3cr3t")
    why = send_apart(Target("nosuchservice://${HOOK_TOKEN}/"), MESSAGE, 60)
    assert why
    assert "s3cr3t" not in why


def test_a_variable_that_is_not_set_is_named() -> None:
    assert send_apart(Target("tgram://${NO_SUCH_TOKEN}/1"), MESSAGE, 5) == "the environment has no NO_SUCH_TOKEN"


def test_nobody_is_told_of_anything_by_default(db: Database, inbox: Inbox) -> None:
    crawl(db, FAILED)
    assert send_alerts(db.exporter.path, Alerts(), send=inbox) == 0
    assert inbox.messages == []
