"""Drafts for a new outlet: selectors that a page shows, the class that declares them, and the answer the page gives."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from almasalla_crawler.arabic.letters import display_text
from almasalla_crawler.items import Article, Layout, Outlet, Page
from almasalla_crawler.readers.addresses import web_address
from almasalla_crawler.readers.selectors import matches, read_selectors

Read = Callable[[Layout | None], Page]  # the page through all stages, with a layout or as any other page

MAX_TRIED = 40  # selectors for one part; each is tried on the whole page
MAX_DATE = 120
_NAME = re.compile(r"[A-Za-z][A-Za-z_-]{2,39}")  # of a class or id that other pages of the site are likely to have
_TITLE_TAGS = ("h1", "h2", "h3", "div", "p", "span")
_FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
_CLASS = '''"""{title}."""

from almasalla_crawler.items import Layout
from almasalla_crawler.news_spider import NewsSpider


class {class_name}(NewsSpider):
{attributes}
'''


def main_article(page: Page) -> Article | None:
    return next((article for article in page.articles if article.role == "main"), None)


def read_tree(html: str) -> etree._Element:
    """The tree of a page without what shows no text."""
    tree = etree.HTML(html)
    etree.strip_elements(tree, etree.Comment, "script", "style", "noscript", "template", with_tail=False)
    return tree


# --- selectors -----------------------------------------------------------------------------------------------------------


def find_layout(tree: etree._Element, read: Read) -> Layout | None:
    """Selectors of body, title and date with which the page gives the same articles as without; None without a body."""
    wanted = read(None)
    article = main_article(wanted)
    if article is None or not article.body:
        return None
    raw = article.date_published_raw or ""
    titles = [element for tag in _TITLE_TAGS for element in tree.iter(tag) if _text(element) == article.title]
    dates = [element for element in tree.iter(etree.Element) if raw and raw in (text := _text(element)) and len(text) <= MAX_DATE]
    title = next(_spellings(titles, tree), "")
    layout = _first_that_holds(_with_body(tree, article.body.split("\n\n"), title), wanted, read)
    if layout is None:
        return None
    for part, elements in (("title", titles), ("date", dates[::-1])):
        found = (replace(layout, **{part: css}) for css in _spellings(elements, tree))
        layout = (None if getattr(layout, part) else _first_that_holds(found, wanted, read)) or layout
    return layout


def _with_body(tree: etree._Element, blocks: list[str], title: str) -> Iterator[Layout]:
    """Layouts whose body holds the first and the last block of the text, the innermost first, each as plain as it may be."""
    ends = (blocks[0][:60], blocks[-1][-60:])
    holders = [element for element in tree.iter(etree.Element) if all(end in _text(element) for end in ends)]
    for holder in reversed(holders):
        for css in _spellings([holder], tree):
            yield Layout(body=css)
            drop = ", ".join(dict.fromkeys(_foreign(holder, [block[:60] for block in blocks])))
            yield from (Layout(css, title=title), Layout(css, title=title, drop=drop)) if title else (Layout(css, drop=drop),)


def _foreign(element: etree._Element, starts: list[str]) -> Iterator[str]:
    """Selectors of what is inside an element beside the blocks of the text, which begin with `starts`."""
    for child in element.iterchildren(etree.Element):
        text = _text(child)
        if any(start in text for start in starts):
            yield from _foreign(child, starts)
        elif text and len(names := _names(child)) > 1:
            yield names[0]


def _first_that_holds(layouts: Iterator[Layout], wanted: Page, read: Read) -> Layout | None:
    for layout in islice(layouts, MAX_TRIED):
        found = read(layout)
        if _texts(found) == _texts(wanted) and not any(fact.source == "outlet" for fact in found.facts):
            return layout
    return None


def _texts(page: Page) -> list[tuple[str | None, ...]]:
    return [(one.role, one.title, one.body, one.date_published_date, one.date_published_utc) for one in page.articles]


def _spellings(elements: Iterable[etree._Element], tree: etree._Element) -> Iterator[str]:
    """Selectors that select each element and no other on the page: by its own names, else also by those around it."""
    for element in elements:
        own = _names(element)
        around = [name for outer in element.iterancestors() for name in _names(outer) if name != outer.tag]
        for css in (*own, *(f"{outer} {name}" for name in own for outer in around)):
            [chain] = read_selectors(css)
            if [one for one in tree.iter(element.tag) if matches(one, chain)] == [element]:
                yield css
                break


def _names(element: etree._Element) -> list[str]:
    """`main#story`, `div.entry-content`, `div[itemprop=articleBody]`, `h1`."""
    tag = str(element.tag)
    own_id, prop = element.get("id") or "", element.get("itemprop") or ""
    classes = [name for name in (element.get("class") or "").split() if _NAME.fullmatch(name)]
    found = [f"{tag}[itemprop={prop}]"] if _NAME.fullmatch(prop) else []
    found += [f"{tag}.{name}" for name in classes]
    return [*found, *([f"{tag}#{own_id}"] if _NAME.fullmatch(own_id) else []), tag]


def _text(element: etree._Element) -> str:
    """What an element shows; the tree has no scripts any more."""
    return display_text(" ".join(element.itertext()))


# --- the class -----------------------------------------------------------------------------------------------------------


def describe_outlet(name: str, page: Page, url: str) -> Outlet:
    """What a page at `url` says about its site."""
    article = main_article(page)
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    stated = next((fact.value for fact in page.facts if fact.field == "publisher" and fact.source == "og:site_name"), "")
    publisher = stated or (article.publisher if article else "") or host
    return Outlet(name, (host,), publisher, "", (article.language if article else "") or "")


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


# --- the answer ----------------------------------------------------------------------------------------------------------


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
