"""Pages of WordPress that a theme made of blocks built: it names the account that published a post in a block of its own."""

from collections.abc import Iterator
from itertools import dropwhile, takewhile

from lxml import etree

from almasalla_crawler.items import Fact
from almasalla_crawler.readers.microdata import text_of

MARK = "wp-block-post-author"
_NAMES = frozenset({f"{MARK}__name", f"{MARK}-name"})  # the latter since WordPress 6.2
_CARD = "wp-block-post"  # of a list of posts, each with its author


def read_block_authors(root: etree._Element) -> Iterator[Fact]:
    """The one below the headline in the part of the page that holds the post; if there are more, who tells which is its?"""
    part = next((one for tag in ("main", "article") for one in root.iter(tag)), None)
    below = dropwhile(lambda one: one.tag != "h1", part.iter("*") if part is not None else ())
    found = [one for one in below if not _NAMES.isdisjoint(_classes(one)) and not _is_beside(one, part)]
    if len(found) == 1:
        yield Fact("author", text_of(found[0]), "block:post-author", text_of(found[0]))


def _is_beside(element: etree._Element, part: etree._Element | None) -> bool:
    above = takewhile(lambda one: one is not part, element.iterancestors())
    return any(one.tag in ("aside", "nav") or _CARD in _classes(one) for one in above)


def _classes(element: etree._Element) -> list[str]:
    return (element.get("class") or "").split()
