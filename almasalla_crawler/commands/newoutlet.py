"""`scrapy newoutlet NAME URL|FILE [--url URL] [--force]`: drafts an outlet from one of its pages."""

import argparse
import json
import keyword
import re
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import scrapy
from scrapy import Request
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import IgnoreRequest, UsageError
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from almasalla_crawler.drafts import answer_of, class_source, describe_outlet, find_feeds, find_layout, main_article, read_tree
from almasalla_crawler.items import Layout, Outlet, Page, Rejected
from almasalla_crawler.news_spider import NewsSpider
from almasalla_crawler.outlets import Outlets
from almasalla_crawler.paths import project_path
from almasalla_crawler.pipelines.clean import clean
from almasalla_crawler.pipelines.deduplicate import deduplicate
from almasalla_crawler.pipelines.describe import describe
from almasalla_crawler.pipelines.split import split
from almasalla_crawler.readers.addresses import canonical_url, web_address
from almasalla_crawler.readers.encoding import decode
from almasalla_crawler.readers.files import read_regular_file, unpack
from almasalla_crawler.readers.html import is_html
from almasalla_crawler.readers.page import read_page
from almasalla_crawler.verdict import FAILED


class NoDraftError(Exception):
    """Why there is none, for a person."""


class OnePageSpider(scrapy.Spider):
    """Fetches one page with the settings of the project."""

    name = "newoutlet"
    custom_settings = {  # noqa: RUF012 - Scrapy's convention
        "ITEM_PIPELINES": {},
        "EXTENSIONS": {},
        "WARC_DIR": "",
        "AUTOTHROTTLE_ENABLED": False,  # its first delay is five seconds, for robots.txt and one page
    }

    def __init__(self, url: str, found: list[Response], problems: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.url, self.found, self.problems = url, found, problems

    async def start(self) -> AsyncIterator[Any]:
        yield Request(self.url, self.parse, errback=self.refused)

    def parse(self, response: Response) -> None:
        self.found.append(response)

    def refused(self, failure: Failure) -> None:
        error = failure.value
        if isinstance(error, HttpError):
            self.problems.append(f"the server answered {error.response.status}")
        elif isinstance(error, IgnoreRequest):
            self.problems.append(f"it must not be fetched: {error}")
        else:
            self.problems.append(f"{type(error).__name__}: {failure.getErrorMessage()}")


class Command(ScrapyCommand):
    requires_project = True
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's convention

    def syntax(self) -> str:
        return "[options] NAME URL|FILE"

    def short_desc(self) -> str:
        return "Draft a new outlet from one of its article pages: class, saved page, answer"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--url", default="", help="address FILE was saved from, if the page does not name it")
        parser.add_argument("--force", action="store_true", help="replace the outlet of that name")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 2:
            raise UsageError("scrapy newoutlet takes a NAME and the URL or FILE of an article", print_help=False)
        name, source = args
        try:
            self._check_name(name, opts.force)
            body, url, saved_at = self._fetch(source) if "://" in source else (*self._open(source, opts.url), "")
            draft = Draft(name, body, url, saved_at)
            self._check_host(name, draft.url)
            written = draft.write(self._spiders(), project_path("tests/outlets") / name, Path(source).stem)
        except (NoDraftError, Rejected) as error:
            sys.stderr.write(f"{source}: {error}\n" if not isinstance(error, NoDraftError) else f"{error}\n")
            self.exitcode = FAILED
            return
        sys.stdout.write(next_steps(name, written, draft.layout))

    def _check_name(self, name: str, force: bool) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]{1,39}", name) or keyword.iskeyword(name):
            raise NoDraftError(f"{name!r} is no name for an outlet: small letters, digits and _, first a letter.")
        assert self.crawler_process is not None
        loader = self.crawler_process.spider_loader
        if name not in loader.list() and not (self._spiders() / f"{name}.py").exists():
            return
        if name in loader.list() and not issubclass(loader.load(name), NewsSpider):
            raise NoDraftError(f"{name} is a spider of this project and no outlet; take another name.")
        if not force:
            raise NoDraftError(f"There is an outlet {name} already; --force replaces its class and draft.")

    def _check_host(self, name: str, url: str) -> None:
        assert self.settings is not None
        known = Outlets.from_settings(self.settings).of(url)
        if known is not None and known.name != name:
            raise NoDraftError(f"{url} is a page of the outlet {known.name}, which is described already.")

    def _spiders(self) -> Path:
        assert self.settings is not None
        return Path(str(import_module(self.settings["NEWSPIDER_MODULE"]).__file__)).parent

    def _fetch(self, url: str) -> tuple[bytes, str, str]:
        if not canonical_url(url):
            raise NoDraftError(f"{url} is no address of the web.")
        assert self.crawler_process is not None
        found: list[Response] = []
        problems: list[str] = []
        self.crawler_process.crawl(OnePageSpider, url=url, found=found, problems=problems)
        self.crawler_process.start()
        return page_of(url, found, problems)

    def _open(self, source: str, url: str) -> tuple[bytes, str]:
        assert self.settings is not None
        path, max_bytes = Path(source).expanduser(), self.settings.getint("SEED_MAXSIZE")
        return unpack(read_regular_file(path, path.parent.resolve(), max_bytes), max_bytes), canonical_url(url)


def page_of(url: str, found: list[Response], problems: list[str]) -> tuple[bytes, str, str]:
    """Bytes of the page that came back, its canonical address, and now. Raises NoDraftError if none or no html did."""
    if not found:
        raise NoDraftError(f"{url}: {''.join(problems) or 'nothing came back'}.")
    [response] = found
    if not is_html(decode(response.body).text):
        kind = (response.headers.get("Content-Type") or b"unknown").decode("latin-1")
        raise NoDraftError(f"{url} is no html page (Content-Type: {kind}).")
    return response.body, canonical_url(response.url), datetime.now(UTC).isoformat(timespec="seconds")


class Draft:
    """One page of an outlet nobody has described yet."""

    def __init__(self, name: str, body: bytes, url: str, saved_at: str) -> None:
        """Raises Rejected for a page that cannot be read, NoDraftError for one without an article or an address."""
        self.name, self.body, self.saved_at = name, body, saved_at
        self.now = datetime.fromisoformat(saved_at) if saved_at else None
        self.site: Outlet | None = None
        self.url = url or "seed:new/page"
        page = self.read(None)
        if main_article(page) is None:
            raise NoDraftError(f"{url or 'The page'} shows no article: {page.reject.detail if page.reject else 'no text'}.")
        stated = next((fact.value for fact in page.facts if fact.source in ("link:canonical", "og:url")), "")
        self.url = url or web_address("", stated) or ""
        if not self.url:
            raise NoDraftError("The page does not name its address: say it with --url URL.")
        self.site = describe_outlet(name, page, self.url)
        text = decode(body).text
        self.is_html = is_html(text)
        tree = read_tree(text) if self.is_html else None
        self.layout = find_layout(tree, self.read) if tree is not None else None
        self.feeds = find_feeds(tree, self.url) if tree is not None else []

    def read(self, layout: Layout | None) -> Page:
        """The page through all stages, as the outlet would read it with this layout."""
        site = self.site
        if site is not None:
            site = Outlet(site.name, site.hosts, site.publisher, site.time_zone, site.language, (layout,) if layout else ())
        page = Page(self.url, "file:page", outlet=self.name, site=site, observed_at=self.saved_at, now=self.now)
        read_page(self.body, page)
        for stage in (clean, split, describe, deduplicate):
            if page.reject is None:
                stage(page)
        return page

    def write(self, spiders: Path, folder: Path, stem: str) -> dict[Path, str]:
        """Writes class, page and answer; returns what each file is."""
        assert self.site is not None
        scheme, _, rest = self.url.partition("://")
        source = class_source(self.site, f"{scheme}://{rest.partition('/')[0]}/", self.layout, self.feeds)
        slug = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:60] or "page"
        page, answer = folder / f"{slug}{'.html' if self.is_html else '.txt'}", folder / f"{slug}.json"
        folder.mkdir(parents=True, exist_ok=True)
        page.write_bytes(self.body)
        drafted = answer_of(self.read(self.layout), self.saved_at)
        answer.write_text(json.dumps(drafted, ensure_ascii=False, indent=1) + "\n", "utf-8")
        (spiders / f"{self.name}.py").write_text(source, "utf-8")
        return {spiders / f"{self.name}.py": "the outlet", page: "the page", answer: "what it must give"}


def next_steps(name: str, written: dict[Path, str], layout: Layout | None) -> str:
    """What was drafted and what a person does now."""
    root = project_path(".").resolve()
    shown = {str(path.relative_to(root)) if path.is_relative_to(root) else str(path): what for path, what in written.items()}
    width = max(map(len, shown))
    files = "".join(f"  {path:{width}}  {what}\n" for path, what in shown.items())
    found = [part for part in ("body", "title", "date") if layout and getattr(layout, part)]
    selectors = f"Selectors found for {', '.join(found)}." if found else "No selector gives the same text as reading without one."
    return (
        f"{files}{selectors}\nNow:\n"
        f'  1. Open the first file: is the publisher right? "" if the site shows the articles of others. Add a time zone.\n'
        f"  2. Correct the answer by hand, from the page. Publish no page that is not yours: rewrite its text.\n"
        f"  3. python -m pytest tests/test_outlets.py -k {name}\n"
        f"  4. scrapy reparse --all, if pages of it are stored already.\n"
    )
