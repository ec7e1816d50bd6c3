"""An html tree becomes lines: block elements and <br> end a line, and each line knows the block it stands in."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from lxml import etree

from almasalla_crawler.arabic.letters import display_text
from almasalla_crawler.arabic.names import is_signed
from almasalla_crawler.items import Layout, Line
from almasalla_crawler.readers.layouts import ZONE_OF_PART, Parts, parts_of
from almasalla_crawler.readers.running import running_letters
from almasalla_crawler.readers.zones import zone_of

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code del dfn em font i img input ins kbd label mark q ruby rt s samp small span"
    " strike strong sub sup tt u var wbr picture source data output nobr".split()
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_STANDS_FOR_ITS_LIST = frozenset({"li", "blockquote", "td", "th", "figcaption"})
# A paragraph inside a list item is still a list item; a heading is always a heading.
_NEVER_PART_OF_AN_ITEM = _HEADINGS | {"ul", "ol", "article"}
_STORIES = frozenset({"h1", "article"})
_BREAKS = frozenset({"br", "hr"})
# An inline element of these zones is a line of its own: a date and an author's name often stand side by side in spans.
_OWN_LINE = frozenset({"date", "byline", "keywords", "section", "related", "share", "hidden", "advert", "author_box"})
# A text for screen readers inside one of these does not cut its sentence in two.
_HOLD_SENTENCES = _HEADINGS | {"p", "li", "td", "blockquote", "figcaption"}
_HIDDEN_WORDS = "hidden words"  # tag of a block of such a text
_SHOWN_ON_WIDE_SCREENS = re.compile(r"(?<!\S)d-(?:sm|md|lg|xl|xxl)-(?!none)")  # `d-none d-md-inline` of Bootstrap
_NEW_WINDOW = re.compile(
    r"\W{0,3}(?:(?:link )?opens (?:in )?(?:an? )?new (?:tab|window)|يفتح في (?:نافذة|علامة تبويب) جديدة)\W{0,3}", re.I
)
# Once inside a zone its outermost name holds, but for these.
_REFINABLE = frozenset({"", "content"})
MAX_CLASS = 300  # characters of a class attribute that are looked at
MIN_PAGE_CHARACTERS = 300  # of text; in less, nothing can be said to hold the page
_HOLD_NO_PAGE = frozenset(
    {"aside", "advert", "share", "navigation", "footer", "form", "related", "author_box", "hidden", "keywords"}
)
_HOLD_NO_HEADLINE = frozenset({"aside", "navigation", "breadcrumbs", "share"})  # whatever the block around an h1 is called
_NAMES_OF_LAYOUT = frozenset({"aside", "navigation", "share", "advert"})  # they also name what they do not hold


# What is looked at inside an element: nothing (the outlet selects it, and it is no text), names, or names and selectors.
_NOTHING, _NAMES, _SELECTORS = range(3)
_LOOKS_INSIDE = {"body": _SELECTORS, "related": _NAMES}  # of what an outlet selects
_Open = tuple[str, bool, int, bool, bool, int]


@dataclass(slots=True)
class Block:
    """An element that begins and ends lines: the lines from `start` to before `end`. Blocks stand in document order."""

    tag: str
    names: str  # its class and id
    zone: str  # what its names say
    parent: int  # index of the block around it, -1 for the first
    depth: int
    start: int
    is_body: bool = False  # marked up as the body of an article
    part: str = ""  # field of the outlet's layout that selects it, or the block around it that gave it its zone
    end: int = 0
    last: int = 0  # index of the last block inside it, its own if there is none


@dataclass(frozen=True, slots=True)
class Blocks:
    """The lines of a page, the blocks they stand in, and for each line the index of the innermost one."""

    lines: list[Line]
    blocks: list[Block]
    block_of: list[int]
    running: list[float]  # of each line: its letters of running text, wherever it stands
    deepest: int  # elements around one another


def read_blocks(body: etree._Element, layout: Layout | None = None, names_body: bool = True) -> Blocks:
    """What an outlet's layout selects is a block with the zone of that part, whatever its names say.

    `names_body`: may an element be marked up as the body of an article?
    """
    builder = _Builder(parts_of(layout) if layout else None, names_body)
    builder.read(body)
    running = list(map(running_letters, builder.lines))
    found = Blocks(builder.lines, builder.blocks, builder.block_of, running, builder.deepest)
    _name_zones(found)
    return found


class _Builder:
    """Walks the tree once and cuts its text into lines."""

    def __init__(self, selected: Parts | None, names_body: bool) -> None:
        self.selected = selected
        self.names_body = names_body
        self.lines: list[Line] = []
        self.blocks: list[Block] = [Block("div", "", "", -1, 0, 0)]
        self.block_of: list[int] = []
        self.parts: list[str] = []
        self.links: list[tuple[list[str], str]] = []
        self.href = ""  # of the link that is open, "" outside links
        self.outside_links: list[str] = []
        # Texts for screen readers inside the line that is open, and where they lead. Each is a line behind it.
        self.hidden: list[tuple[str, str]] = []
        self.gap = False
        self.breaks = 0
        self.deepest = 0

    def read(self, body: etree._Element) -> None:
        """One loop without calls for what most elements are: pages have thousands of them."""
        # Of each open element: tag its lines get, is it in a list of keywords, its block, does it end lines, is it a link,
        # and what is looked at inside it.
        outer: _Open = ("div", False, 0, False, False, _SELECTORS if self.selected else _NAMES)
        stack = [outer]
        parts = self.parts
        part_of = self.selected.part_of if self.selected else None
        deepest = 0
        self.walk = etree.iterwalk(body, events=("start", "end"))
        for event, element in self.walk:
            if event == "start":
                tag, looks = element.tag, outer[5]
                names = zone = part = ""
                if looks:
                    get = element.get
                    css_class, own_id = (get("class") or "")[:MAX_CLASS], get("id")
                    names, zone = _named(tag, css_class, own_id, get("role"), get("style"), get("hidden"))
                    part = part_of(element, tag, css_class, own_id) if part_of and looks == _SELECTORS else ""
                if tag not in _INLINE:
                    outer = self.open_block(element, tag, names, zone, part, outer)
                elif zone or part or tag == "a":
                    outer = self.open_inline(element, names, zone, part, outer)
                elif outer[3] or outer[4]:
                    outer = (*outer[:3], False, False, looks)
                stack.append(outer)
                deepest = deepest if len(stack) <= deepest else len(stack)  # max() takes as long as all of this
                text = element.text
            else:
                tag, _, block, own_line, is_link, _ = stack.pop()
                outer = stack[-1]
                if own_line:
                    if parts:
                        self.flush(tag, block)
                    self.gap = self.gap or element.tag != "br"
                if block != outer[2]:
                    self.end(block)
                if is_link:
                    self.href = ""
                text = element.tail
            if text and (parts or not text.isspace()):
                self.add(text)
        self.flush("div", 0)
        self.end(0)
        self.deepest = deepest

    def open_block(self, element: etree._Element, tag: str, names: str, zone: str, part: str, outer: _Open) -> _Open:
        outer_tag, in_keywords, block, _, _, looks = outer
        if self.parts:
            self.flush(outer_tag, block)
        if part:
            zone, looks = ZONE_OF_PART[part], _LOOKS_INSIDE.get(part, _NOTHING)
        if tag == "br":
            self.breaks += 1
            self.gap = self.gap or self.breaks > 1
        else:
            self.breaks, self.gap = 0, True
        if zone or (looks and tag not in _BREAKS):
            block = self.begin(element, tag, names, zone, part, block)
        tag = outer_tag if outer_tag in _STANDS_FOR_ITS_LIST and tag not in _NEVER_PART_OF_AN_ITEM else tag
        return tag, in_keywords or zone == "keywords", block, True, False, looks

    def begin(self, element: etree._Element, tag: str, names: str, zone: str, part: str, around: int) -> int:
        """Index of a new block inside the block with the index `around`."""
        blocks = self.blocks
        is_body = self.names_body and "articleBody" in (element.get("itemprop") or element.get("property") or "")
        blocks.append(Block(tag, names, zone, around, blocks[around].depth + 1, len(self.lines), is_body, part))
        return len(blocks) - 1

    def end(self, index: int) -> None:
        """Ends a block; one that holds nothing is none, unless it counts as a sign of a story."""
        block = self.blocks[index]
        block.end, block.last = len(self.lines), len(self.blocks) - 1
        is_empty = block.start == block.end and block.last == index > 0
        if is_empty and not block.part and block.tag not in _STORIES:
            self.blocks.pop()

    def open_inline(self, element: etree._Element, names: str, zone: str, part: str, outer: _Open) -> _Open:
        """A link, or an element whose names say what it holds, or that the layout selects."""
        outer_tag, in_keywords, block, _, in_link, looks = outer
        tag = element.tag
        if zone == "hidden" and outer_tag in _HOLD_SENTENCES and _SHOWN_ON_WIDE_SCREENS.search(names):
            zone = ""
        if zone == "hidden" and not part and self.parts and (in_link or outer_tag in _HOLD_SENTENCES):
            self.hidden.append(("".join(element.itertext()), self.href))
            element.text = None
            self.walk.skip_subtree()
            return outer_tag, in_keywords, block, False, False, looks
        if part:
            zone, looks = ZONE_OF_PART[part], _LOOKS_INSIDE.get(part, _NOTHING)
        elif zone in _OWN_LINE and _stands_in_a_sentence(element):
            zone = ""
        own_line = bool(part) or zone in _OWN_LINE or (tag == "a" and in_keywords)
        if own_line:
            if self.parts:
                self.flush(outer_tag, block)
            self.breaks, self.gap = 0, True
        if own_line or zone:
            block = self.begin(element, tag, names, zone, part, block)
        href = element.get("href") if tag == "a" else None
        if href:
            self.open_link(href)
            if len(element) and _NEW_WINDOW.fullmatch((element[-1].text or "").strip()):
                element[-1].set("hidden", "")  # it is shown to screen readers only, whatever its class is called
        return (
            tag if own_line and outer_tag not in _STANDS_FOR_ITS_LIST else outer_tag,
            in_keywords or zone == "keywords",
            block,
            own_line,
            bool(href),
            looks,
        )

    def open_link(self, href: str) -> None:
        if self.links and self.parts and not self.parts[-1][-1:].isspace():
            self.parts.append(" ")  # two links side by side are two words
        self.href = href
        self.links.append(([], href))

    def add(self, text: str) -> None:
        self.parts.append(text)
        if self.href:
            if not self.links:  # the link goes on behind a line break inside it
                self.links.append(([], self.href))
            self.links[-1][0].append(text)
        else:
            self.outside_links.append(text)

    def flush(self, tag: str, block: int) -> None:
        if len(self.parts) > 1 and tag not in _HOLD_SENTENCES and is_signed(*self.parts[:2]):
            self.parts[0] += " "  # a style sheet keeps `<b>بقلم</b><b>هدى كاظم</b>` apart
        text = display_text("".join(self.parts))
        if text:
            links = self.shown_links(text) if self.links else ()
            is_link = bool(links) and not (self.outside_links and any(map(str.isalnum, "".join(self.outside_links))))
            href = links[0][1] if is_link else ""
            self.lines.append(Line(len(self.lines) + 1, text, tag, href, "", links, self.gap))
            self.block_of.append(block)
            self.gap = False
            self.breaks = 0
        self.parts.clear()
        self.links.clear()
        self.outside_links.clear()
        if self.hidden:
            self.flush_hidden(block)

    def flush_hidden(self, around: int) -> None:
        """The name of what a link leads to may be hidden. Outside links such words are none of the page, whatever holds them."""
        for hidden, href in self.hidden:
            text = display_text(hidden)
            if not text:
                continue
            index, start = len(self.blocks), len(self.lines)
            depth, tag = self.blocks[around].depth + 1, "span" if href else _HIDDEN_WORDS
            self.blocks.append(Block(tag, "", "hidden", around, depth, start, end=start + 1, last=index))
            self.lines.append(Line(start + 1, text, "span", href, "", ((text, href),) if href else ()))
            self.block_of.append(index)
        self.hidden.clear()

    def shown_links(self, text: str) -> tuple[tuple[str, str], ...]:
        words, href = self.links[0]
        if self.parts[: len(words)] == words and not "".join(self.parts[len(words) :]).strip():
            return ((text, href),)  # blanks are all that stands behind it
        return tuple((shown, href) for words, href in self.links if (shown := display_text("".join(words))))


def _name_zones(page: Blocks) -> None:
    """Gives every line the zone of its block: the outermost name that says something, `content` refined by what is inside.

    Names such as `has-sidebar` or `modal-content` describe a wrapper's layout: what holds the page is no part of it.
    """
    lengths = [0, *accumulate(len(line.text) for line in page.lines)]
    texts = [0.0, *accumulate(page.running)]
    stories = [index for index, block in enumerate(page.blocks) if block.tag in _STORIES]
    is_long = max(lengths[-1], texts[-1]) >= MIN_PAGE_CHARACTERS
    outer, outer_part = "", ""
    for index, block in enumerate(page.blocks):
        if block.part or block.tag == _HIDDEN_WORDS:
            continue
        if index:
            around = page.blocks[block.parent]
            outer, outer_part = around.zone, around.part
        if outer not in _REFINABLE:
            block.zone = outer
        elif is_long and block.zone in _HOLD_NO_PAGE:
            share = (lengths[block.end] - lengths[block.start]) / lengths[-1]
            text_share = (texts[block.end] - texts[block.start]) / (texts[-1] or 1)
            holds_a_story = text_share > 0.3 and bisect_left(stories, index + 1) < bisect_left(stories, block.last + 1)
            holds_the_text = text_share > (0.4 if block.zone in _NAMES_OF_LAYOUT else 0.6)
            block.zone = outer if share > 0.6 or holds_a_story or holds_the_text else block.zone
        else:
            block.zone = block.zone or outer
        if block.zone == outer:
            block.part = outer_part
    for line, index in zip(page.lines, page.block_of, strict=True):
        line.zone, line.part = page.blocks[index].zone, page.blocks[index].part
        if line.tag == "h1" and not line.href and line.zone in _HOLD_NO_HEADLINE:
            line.zone = ""


def _stands_in_a_sentence(element: etree._Element) -> bool:
    """A <time> or a name in the middle of a paragraph is part of it."""
    parent = element.getparent()
    if parent is None or parent.tag != "p":
        return False
    return bool(
        (element.tail or "").strip(" .،,|-–/") or ((parent.text or "").strip(" .،,|-–/") and element.getprevious() is None)
    )


@lru_cache(maxsize=8192)
def _named(
    tag: str, css_class: str, own_id: str | None, role: str | None, style: str | None, hidden: str | None
) -> tuple[str, str]:
    """Class and id of an element, and the zone that they, its tag or its role name."""
    if hidden is not None or (style and "display:none" in style.replace(" ", "").lower()):
        return "", "hidden"
    if tag in _HEADINGS:
        own_id = None  # it is the text of the heading again, for links to it
    names = f"{css_class} {own_id or ''}"
    return names, zone_of(tag, names, role or "")
