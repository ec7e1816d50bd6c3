"""`scrapy newoutlet` drafts an outlet from one page: in a copy of the project, as a user types it."""

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from unittest.mock import Mock

import pytest
from scrapy.exceptions import IgnoreRequest, UsageError
from scrapy.http import HtmlResponse
from scrapy.spiderloader import get_spider_loader
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.project import get_project_settings
from twisted.python.failure import Failure

from almasalla_crawler.commands.newoutlet import Command
from almasalla_crawler.drafts.draft import Draft, NoDraftError
from almasalla_crawler.drafts.fetch import OnePageSpider, page_of
from almasalla_crawler.items import Rejected

ROOT = Path(__file__).parents[2]
FIRST = "رمم نجارون من سوق الصدرية باب خان قديم عمره مئتا عام، واستعملوا فيه خشب الصاج ومسامير مطروقة باليد كما صنعه أجدادهم."
SECOND = "وقال شيخ النجارين عباس الكرخي إن الباب سيعاد إلى مكانه في احتفال يحضره تلاميذ المدارس القريبة مطلع الشهر المقبل."
HTML = f"""<!doctype html><html lang="ar"><head><title>نجارون يعيدون باب خان قديم - صحيفة الخان</title>
<link rel="canonical" href="https://khan.example/n/door"><meta property="og:site_name" content="صحيفة الخان">
<link rel="alternate" type="application/rss+xml" href="/feed"><link rel="alternate" type="application/rss+xml" href="/comments/feed">
</head><body><nav><a href="/">الرئيسية</a></nav><article><h1 class="head">نجارون يعيدون باب خان قديم</h1>
<div class="when">12 نيسان 2025</div><div class="story"><p>{FIRST}</p><p>{SECOND}</p></div></article>
<footer>جميع الحقوق محفوظة</footer></body></html>"""
LISTING = "<!doctype html><html><body><ul><li><a href='/1'>خبر</a></li><li><a href='/2'>خبر آخر</a></li></ul></body></html>"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing on the test's output."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project without the pages of its outlets."""
    for name in ("almasalla_crawler", "tests/conftest.py", "tests/test_outlets.py", "scrapy.cfg", "pyproject.toml"):
        target = tmp_path / "project" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, target)
    return tmp_path / "project"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """A web site on this machine."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "door.html").write_text(HTML, "utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(project)})


def test_a_page_of_the_web_becomes_an_outlet_with_a_passing_test(project: Path, site: str) -> None:
    done = run(
        project, "scrapy", "newoutlet", "khan", f"{site}/door.html", "-s", "DOWNLOAD_DELAY=0", "-s", "ALLOW_PRIVATE_ADDRESSES=1"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Selectors found for body, title, date." in done.stdout
    answer = json.loads((project / "tests/outlets/khan/door.json").read_text("utf-8"))
    assert answer["articles"][0]["body"] == [FIRST, SECOND]
    assert (project / "tests/outlets/khan/door.html").read_bytes() == HTML.encode()
    checked = run(project, "pytest", "-n", "0", "tests/test_outlets.py", "-k", "khan")
    assert checked.returncode == 0, checked.stdout


@pytest.fixture
def khan(tmp_path: Path) -> Path:
    """The files drafted from the page, in folders of their own."""
    Draft("khan", HTML.encode(), "https://khan.example/n/door", "").write(tmp_path, tmp_path / "khan", "Door 7")
    return tmp_path


def test_the_class_says_what_the_page_shows(khan: Path) -> None:
    source = (khan / "khan.py").read_text("utf-8")
    assert source.partition("class ")[2] == """KhanSpider(NewsSpider):
    name = "khan"
    start_url = "https://khan.example/"
    allowed_domains = ["khan.example"]
    publisher = "صحيفة الخان"
    language = "ar"
    layouts = [
        Layout(
            body="div.story",
            title="h1.head",
            date="div.when",
        ),
    ]
    feeds = [
        "https://khan.example/feed",
    ]
"""  # fmt: skip
    assert run(khan, "ruff", "format", "--check", "khan.py").returncode == 0


def test_files_are_named_after_the_page(khan: Path) -> None:
    assert {path.name for path in (khan / "khan").iterdir()} == {"door-7.html", "door-7.json"}


@pytest.fixture
def command() -> Command:
    command, settings = Command(), get_project_settings()
    command.settings = settings
    command.crawler_process = Mock(settings=settings, spider_loader=get_spider_loader(settings))
    return command


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["Khan!", "door.html"], "no name for an outlet"),
        (["class", "door.html"], "no name for an outlet"),
        (["seeds", "door.html"], "no outlet; take another name"),
        (["almasalah", "door.html"], "--force"),
        (["khan", "nowhere.html"], "nowhere.html"),
        (["khan", "ftp://khan.example/"], "no address of the web"),
        (["khan", str(ROOT / "tests/outlets/almasalah/library-bus.html")], "a page of the outlet almasalah"),
    ],
    ids=["name", "keyword", "another spider", "exists", "no file", "scheme", "known host"],
)
def test_what_is_wrong_with_the_arguments_is_said(
    command: Command, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    command.run(arguments, argparse.Namespace(force=False, url=""))
    assert (command.exitcode, words in capsys.readouterr().err) == (1, True)


def test_force_lets_an_outlet_be_replaced(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    command.run(["almasalah", "nowhere.html"], argparse.Namespace(force=True, url=""))
    assert "nowhere.html" in capsys.readouterr().err


def test_two_arguments_are_wanted(command: Command) -> None:
    with pytest.raises(UsageError, match="NAME"):
        command.run(["khan"], argparse.Namespace(force=False, url=""))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (HttpError(HtmlResponse("http://khan.example/", status=404), "x"), "the server answered 404"),
        (IgnoreRequest("Forbidden by robots.txt"), "must not be fetched: Forbidden by robots.txt"),
        (ConnectionRefusedError("refused"), "ConnectionRefusedError: refused"),
    ],
    ids=["not found", "robots", "unreachable"],
)
def test_why_a_page_was_not_fetched_is_said(error: Exception, words: str) -> None:
    spider = OnePageSpider("http://khan.example/", [], [])
    spider.refused(Failure(error))
    with pytest.raises(NoDraftError, match=words):
        page_of(spider.url, spider.found, spider.problems)


def test_what_is_no_html_is_refused_with_its_type() -> None:
    response = HtmlResponse("http://khan.example/x", body=b"{}", headers={"Content-Type": "application/json"})
    with pytest.raises(NoDraftError, match=r"no html page \(Content-Type: application/json\)"):
        page_of(response.url, [response], [])


@pytest.mark.parametrize(
    ("html", "url", "words"),
    [(LISTING, "https://khan.example/", "shows no article"), (HTML.replace("canonical", "x"), "", "--url")],
    ids=["no article", "no address"],
)
def test_a_page_that_gives_no_outlet_says_why(html: str, url: str, words: str) -> None:
    with pytest.raises(NoDraftError, match=words):
        Draft("khan", html.encode(), url, "")


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(Rejected, match="no visible text"):
        Draft("khan", b"<html></html>", "https://khan.example/", "")


def test_what_stands_beside_the_text_in_its_element_is_dropped() -> None:
    html = HTML.replace('<div class="story">', '<div class="story"><div class="promo">حملوا تطبيق صحيفة الخان الجديد الآن</div>')
    layout = Draft("khan", html.encode(), "https://khan.example/n/door", "").layout
    assert layout is not None
    assert (layout.body, layout.title) == ("div.story", "h1.head")


def test_no_selector_is_drafted_that_reads_a_page_differently() -> None:
    html = HTML.replace('<div class="story">', "").replace("</div></article>", "</article>").replace('class="when"', "")
    layout = Draft("khan", html.encode(), "https://khan.example/n/door", "").layout
    assert layout is None or layout.body == "article"
