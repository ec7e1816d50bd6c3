"""Which parts of a page an outlet's selectors name, and which of its layouts a page may have."""

from collections.abc import Sequence
from functools import lru_cache

from lxml import etree

from almasalla_crawler.items import Layout
from almasalla_crawler.readers.selectors import Chain, matches, read_selectors

MAX_KNOWN_NAMES = 8192
# Field of a layout -> zone of the lines inside what it selects. In the order in which they count for one element.
ZONE_OF_PART = {
    "drop": "dropped", "related": "related", "author_box": "author_box", "title": "title", "date": "date", "authors": "byline",
    "section": "section", "tags": "keywords", "body": "content",
}  # fmt: skip


def layouts_that_hold(layouts: Sequence[Layout], seen: str, published: str = "") -> list[Layout]:
    """The layouts a page may have, the likeliest first.

    `seen` is the ISO day on which the page looked like this: it has the layout of that day. Where nobody knows, a page
    looks like its own day, `published`, or like any later one.
    """
    in_order = sorted(layouts, key=lambda layout: layout.until or "9999")
    since = [layout for layout in in_order if not layout.until or layout.until >= (seen or published)]
    return since[:1] if seen else since[::-1]


class Parts:
    """The selectors of one layout, asked element by element."""

    def __init__(self, layout: Layout) -> None:
        """Raises ValueError for a selector that cannot be used."""
        self.chains = [(part, chain) for part in ZONE_OF_PART for chain in read_selectors(getattr(layout, part))]
        self._candidates: dict[tuple[str, str, str | None], list[tuple[str, Chain]]] = {}

    def part_of(self, element: etree._Element, tag: str, css_class: str, own_id: str | None) -> str:
        """Field of the layout whose selector selects this element, "" if none does."""
        names = (tag, css_class, own_id)
        candidates = self._candidates.get(names)
        if candidates is None:
            candidates = self._candidates[names] = self._find(*names)
        for part, chain in candidates:
            if matches(element, chain):
                return part
        return ""

    def _find(self, tag: str, css_class: str, own_id: str | None) -> list[tuple[str, Chain]]:
        """The selectors that may select an element of this tag and these names: mostly none."""
        if len(self._candidates) >= MAX_KNOWN_NAMES:  # posts have numbers among their names
            self._candidates.clear()
        classes = frozenset(css_class.split())
        return [(part, chain) for part, chain in self.chains if chain[0].may_be(tag, classes, own_id or "")]


parts_of = lru_cache(maxsize=256)(Parts)
