"""Drafts for a new outlet: the class that declares what a page shows of its site, and the answer the page gives."""

import json
from dataclasses import fields
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from almasalla_crawler.drafts.layouts import main_article
from almasalla_crawler.items import Article, Layout, Outlet, Page
from almasalla_crawler.readers.addresses import web_address

_FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
_BEFORE_A_SITE = (" | ", " - ", " – ", " — ", " » ", " « ", " • ", " · ", " :: ", " : ")
_CLASS = '''"""{title}."""

from almasalla_crawler.items import Layout
from almasalla_crawler.news_spider import NewsSpider


class {class_name}(NewsSpider):
{attributes}
'''


def describe_outlet(name: str, page: Page, url: str) -> Outlet:
    """What a page at `url` says about its site."""
    article = main_article(page)
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    stated = next((fact.value for fact in page.facts if fact.field == "publisher" and fact.source == "og:site_name"), "")
    publisher = stated or (article.publisher if article else "") or _behind_the_headline(page, article) or host
    return Outlet(name, (host,), publisher, "", (article.language if article else "") or "")


def _behind_the_headline(page: Page, article: Article | None) -> str:
    """`The Courier` of `New bridge opens | The Courier` in the head of the page, "" if it says no more than the headline."""
    titles = [fact.value for fact in page.facts if fact.source == "html:title"]
    rest = titles[0].removeprefix(article.title) if titles and article and article.title else ""
    cut = next((cut for cut in _BEFORE_A_SITE if rest.startswith(cut)), None)
    return rest.removeprefix(cut).strip() if cut else ""


def find_feeds(tree: etree._Element, url: str) -> list[str]:
    """Addresses of the feeds that the page names, without those of its own comments."""
    links = [link for link in tree.iter("link") if (link.get("type") or "").lower() in _FEEDS]
    named = (web_address(url, link.get("href") or "") for link in links if "alternate" in (link.get("rel") or "").split())
    return list(dict.fromkeys(feed for feed in named if feed and "comment" not in feed and not feed.startswith(url)))


def class_source(outlet: Outlet, start_url: str, layout: Layout | None, feeds: list[str]) -> str:
    """The text of the outlet's file, as the formatter would write it."""
    values = {
        "name": outlet.name, "start_url": start_url, "allowed_domains": list(outlet.hosts), "publisher": outlet.publisher,
        "language": outlet.language,
    }  # fmt: skip
    lines = [f"    {name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items() if value]
    if layout:
        parts = [(field.name, getattr(layout, field.name)) for field in fields(layout)]
        selectors = [f"            {name}={json.dumps(css)}," for name, css in parts if css]
        lines += ["    layouts = [", "        Layout(", *selectors, "        ),", "    ]"]
    if feeds:
        lines += ["    feeds = [", *(f"        {json.dumps(feed)}," for feed in feeds), "    ]"]
    text = _CLASS.format(
        title=outlet.publisher.replace('"', "'"), class_name=class_name(outlet.name), attributes="\n".join(lines)
    )
    return text if layout else text.replace("from almasalla_crawler.items import Layout\n", "")


def class_name(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_")) + "Spider"


def answer_of(page: Page, saved_at: str) -> dict[str, Any]:
    """What a saved page must give: the answer beside it in tests/outlets/."""
    return {
        "url": page.url,
        "saved_at": saved_at,
        "articles": [answer_of_article(article) for article in page.articles],
        "mentions": [mention.title for mention in page.mentions],
    }


def answer_of_article(article: Article) -> dict[str, Any]:
    return {
        "role": article.role,
        "url": article.url,
        "title": article.title,
        "date_published": article.date_published_utc or article.date_published_date,
        "publisher": article.publisher,
        "authors": article.authors,
        "section": article.section,
        "keywords": [keyword for keyword, _ in article.keywords],
        "language": article.language,
        "body": article.body.split("\n\n"),
    }
