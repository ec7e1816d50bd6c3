"""One page of an outlet nobody has described yet, and the files that describe it."""

import json
import re
from datetime import datetime
from pathlib import Path

from almasalla_crawler.drafts.describe import answer_of, class_source, describe_outlet, find_feeds
from almasalla_crawler.drafts.layouts import find_layout, main_article, nearest_body, read_tree
from almasalla_crawler.items import Layout, Outlet, Page
from almasalla_crawler.pipelines.clean import clean
from almasalla_crawler.pipelines.deduplicate import deduplicate
from almasalla_crawler.pipelines.describe import describe
from almasalla_crawler.pipelines.split import split
from almasalla_crawler.readers.addresses import web_address
from almasalla_crawler.readers.encoding import decode
from almasalla_crawler.readers.html import is_html
from almasalla_crawler.readers.page import read_page


class NoDraftError(Exception):
    """Why there is none, for a person."""


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
        self.nearest = nearest_body(tree, self.read) if tree is not None and self.layout is None else ("", [])
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
