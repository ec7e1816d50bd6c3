"""Pages of WordPress that a theme made of blocks built: it names the account that published a post in a block of its own."""

from collections.abc import Iterator
from itertools import dropwhile, islice

from lxml import etree

from almasalla_crawler.items import Fact
from almasalla_crawler.readers.microdata import text_of

MARK = "wp-block-post-author"
_NAMES = frozenset({f"{MARK}__name", f"{MARK}-name"})  # the latter since WordPress 6.2
_CARD = "wp-block-post"  # of a list of posts, each with its author


def read_block_authors(root: etree._Element) -> Iterator[Fact]:
    """The one below the headline in the part of the page that holds the post; if there are more, who tells which is its?"""
    part = next((one for tag in ("main", "article") for one in root.iter(tag)), None)
    below = dropwhile(lambda one: one.tag != "h1", _not_beside(part) if part is not None else ())
    found = [*islice((one for one in below if not _NAMES.isdisjoint(_classes(one))), 2)]
    if len(found) == 1:
        yield Fact("author", text_of(found[0]), "block:post-author", text_of(found[0]))


def _not_beside(part: etree._Element) -> Iterator[etree._Element]:
    """The elements in the order of the page, without boxes and cards; asking each for those above it would be quadratic."""
    walk = etree.iterwalk(part, events=("start",))
    for _, one in walk:
        if one is not part and (one.tag in ("aside", "nav") or _CARD in _classes(one)):
            walk.skip_subtree()
        else:
            yield one


def _classes(element: etree._Element) -> list[str]:
    return (element.get("class") or "").split()
