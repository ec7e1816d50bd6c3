"""Selectors of a page that nobody has described yet: those with which it gives the same articles as without."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from lxml import etree

from almasalla_crawler.arabic.letters import display_text
from almasalla_crawler.items import Article, Layout, Page
from almasalla_crawler.readers.selectors import matches, read_selectors

Read = Callable[[Layout | None], Page]  # the page through all stages, with a layout or as any other page

MAX_TRIED = 40  # selectors for one part; each is tried on the whole page
MIN_DATE, MAX_DATE = 8, 120  # characters; of a byline too
_NAME = re.compile(r"[A-Za-z][A-Za-z_-]{2,39}")  # of a class or id that other pages of the site are likely to have
_SAYS_WHAT_IT_HOLDS = re.compile(r"body|content|text|article|story|entry|post|title|head|date|time|publish|created", re.I)
_PARAGRAPHS = frozenset({"p", "li", "blockquote", "h2", "h3", "h4"})
_TITLE_TAGS = ("h1", "h2", "h3", "div", "p", "span")


def main_article(page: Page) -> Article | None:
    return next((article for article in page.articles if article.role == "main"), None)


def read_tree(html: str) -> etree._Element:
    """The tree of a page without what shows no text."""
    tree = etree.HTML(html)
    etree.strip_elements(tree, etree.Comment, "script", "style", "noscript", "template", with_tail=False)
    return tree


def find_layout(tree: etree._Element, read: Read) -> Layout | None:
    """Selectors of body, title, date and authors with which the page gives the same articles as without; None without a body."""
    wanted = read(None)
    article = main_article(wanted)
    if article is None or not article.body:
        return None
    raw = article.date_published_raw or ""
    titles = [element for tag in _TITLE_TAGS for element in tree.iter(tag) if _text(element) == article.title]
    dates = [element for element in tree.iter(etree.Element) if raw and _shows_date(_text(element), raw)]
    title = next(_spellings(titles, tree), "")
    layout = _first_that_holds(_with_body(tree, article.body.split("\n\n"), title), wanted, read)
    if layout is None:
        return None
    bylines = [
        element for _, element in etree.iterwalk(tree) if _names_all(element, article.authors)
    ]  # the inner before the outer
    for part, elements in (("title", titles), ("date", dates[::-1]), ("authors", bylines)):
        found = (replace(layout, **{part: css}) for css in _spellings(elements, tree))
        layout = (None if getattr(layout, part) else _first_that_holds(found, wanted, read)) or layout
    return layout


def nearest_body(tree: etree._Element, read: Read) -> tuple[str, list[str]]:
    """Selector of the innermost element that holds all of the text, "" if there is none, and the blocks it holds beside it."""
    article = main_article(read(None))
    blocks = article.body.split("\n\n") if article else []
    layout = next(_with_body(tree, blocks, ""), None) if blocks else None
    found = main_article(read(layout)) if layout else None
    return (layout.body, [one for one in found.body.split("\n\n") if one not in blocks]) if layout and found else ("", [])


def _shows_date(text: str, raw: str) -> bool:
    """Is it about the line that was read as the date, or a part of that with a number?"""
    return len(text) <= MAX_DATE and (raw in text or (len(text) >= MIN_DATE and text in raw and any(map(str.isdigit, text))))


def _names_all(element: etree._Element, names: list[str]) -> bool:
    """Does it hold all the names and little else, no day either?"""
    text = _text(element) if names else ""
    return 0 < len(text) <= MAX_DATE and all(name in text for name in names) and not any(map(str.isdigit, text))


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
        if any(start in text for start in starts) and child.tag not in _PARAGRAPHS:
            yield from _foreign(child, starts)
        elif not any(start in text for start in starts) and text and len(names := _names(child)) > 1:
            yield names[0]


def _first_that_holds(layouts: Iterator[Layout], wanted: Page, read: Read) -> Layout | None:
    for layout in islice(layouts, MAX_TRIED):
        found = read(layout)
        is_same = _texts(found) == _texts(wanted) and (not layout.authors or _authors(found) == _authors(wanted))
        if is_same and not any(fact.source == "outlet" for fact in found.facts):
            return layout
    return None


def _texts(page: Page) -> list[tuple[str | None, ...]]:
    return [(one.role, one.title, one.body, one.date_published_date, one.date_published_utc) for one in page.articles]


def _authors(page: Page) -> list[list[str]]:
    return [article.authors for article in page.articles]


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
    found += [f"{tag}.{name}" for name in sorted(classes, key=_is_of_looks)]
    return [*found, *([f"{tag}#{own_id}"] if _NAME.fullmatch(own_id) else []), tag]


def _is_of_looks(name: str) -> bool:
    """`clearfix` and the like stand on many elements; what names its matter goes first."""
    return _SAYS_WHAT_IT_HOLDS.search(name) is None or name.startswith("text-")


def _text(element: etree._Element) -> str:
    """What an element shows; the tree has no scripts any more."""
    return display_text(" ".join(element.itertext()))
