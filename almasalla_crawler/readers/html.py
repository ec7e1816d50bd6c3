"""HTML to lines: block elements and <br> end a line, structure names the part of the page it stands in."""

import html
import re
from dataclasses import dataclass

from lxml import etree

from almasalla_crawler.arabic.letters import count_letters, display_text, is_arabic_script
from almasalla_crawler.items import Fact, Line, Rejected
from almasalla_crawler.readers.structured import read_facts
from almasalla_crawler.readers.zones import zone_of

MAX_ATTRIBUTES = 5000  # a tag with 40,000 stalls libxml2 for 4 s, with 200,000 for 4 minutes
MAX_TAGS = 100_000  # beyond, building lines would hold the event loop for a second: the flat pass reads it
MAX_DEPTH = 2000  # libxml2 drops what is nested deeper than 2,048 elements

_INVISIBLE = ("script", "style", "template", "noscript", "svg", "iframe", "object", "textarea", "title", "math")
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code del dfn em font i img input ins kbd label mark q ruby rt s samp small span"
    " strike strong sub sup tt u var wbr picture source data output nobr".split()
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_STANDS_FOR_ITS_LIST = frozenset({"li", "blockquote", "td", "th", "figcaption"})
# An inline element of these zones is a line of its own: a date and an author's name often stand side by side in spans.
_OWN_LINE = frozenset({"date", "byline", "keywords", "section", "related", "share", "hidden", "advert", "author_box"})
# Once inside a zone its outermost name holds, but for these.
_REFINABLE = frozenset({"", "content"})
MIN_PAGE_CHARACTERS = 400  # of text; in less, nothing can be said to hold the page
_HOLD_NO_PAGE = frozenset(
    {"aside", "advert", "share", "navigation", "footer", "form", "related", "author_box", "hidden", "keywords"}
)
_TAG = re.compile(r"<[/!?a-zA-Z][^>]*>?")
_INVISIBLE_START = re.compile(rf"<!--|<({'|'.join(_INVISIBLE)})\b", re.I)
_BLOCK_START = re.compile(
    r"<(?=/?(?:p|div|br|li|ul|ol|dl|dt|dd|h[1-6]|tr|td|th|table|section|article|header|footer|blockquote|nav|aside|hr)\b)",
    re.I,
)
_MARKUP = re.compile(r"<!doctype html|</?(?:html|head|body|p|div|br|span|article|h[1-6]|meta|td)(?=[\s>/])", re.I)
_TAG_OR_QUOTE = re.compile(r"<(?=[a-zA-Z])|[>\"']")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


@dataclass(frozen=True, slots=True)
class HtmlPage:
    lines: list[Line]
    facts: list[Fact]  # what the markup states about the article
    letter_count: int  # letters of the visible text, counted without building lines


def is_html(text: str) -> bool:
    """Does this look like markup, whatever the file is called?"""
    return _MARKUP.search(text, 0, 100_000) is not None


def read_html(text: str, url: str = "") -> HtmlPage:
    """Lines and facts of the page at `url`. Raises Rejected(bad_html) for a tag that would stall the parser.

    Text that libxml2 drops (deeper than its limit of 2,048 elements) shows when its letters are compared with a flat
    pass over the source; then the flat pass gives the lines: without structure, but whole.
    """
    source = _without_invisible(text)
    _refuse_endless_tags(source)
    if source.count("<") > MAX_TAGS:
        return _flat_page(source, [])
    root = etree.fromstring(text.replace("\0", "").encode(), etree.HTMLParser(encoding="utf-8", huge_tree=True))
    if root is None:
        return _flat_page(source, [])
    root.extend(list(root.itersiblings(etree.Element)))  # what stands behind </html>
    facts = read_facts(root, text, url)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    etree.strip_elements(root, *_INVISIBLE, with_tail=False)
    etree.strip_elements(root, "head", with_tail=False)
    body = root  # text behind </body> and in a second body is text too
    visible = "".join(body.itertext())
    if _has_lost_text(source, visible):
        return _flat_page(source, facts)
    builder = _LineBuilder()
    lines = builder.read(body)
    if builder.deepest >= MAX_DEPTH:
        return _flat_page(source, facts)
    return HtmlPage(lines, facts, count_letters(visible))


def _has_lost_text(source: str, visible: str) -> bool:
    """Is text of the source missing in the tree? A few frequent letters tell for most pages, a flat pass for the others."""
    frequent = sum(map(visible.count, "اليمونر"))
    if is_arabic_script(visible) and source.count("&#") < 50:
        return sum(map(source.count, "اليمونر")) - frequent > max(50, frequent // 10) and _counts_less(visible, source)
    return _counts_less(visible, source)


def _counts_less(visible: str, source: str) -> bool:
    letters = count_letters(_flat_text(source))
    return letters - count_letters(visible) > max(100, letters // 20)


def _refuse_endless_tags(source: str) -> None:
    if source.count("=") <= MAX_ATTRIBUTES and max(map(len, source.split(">"))) < 2 * MAX_ATTRIBUTES:
        return
    start, quote = -1, ""
    for match in _TAG_OR_QUOTE.finditer(source):
        found = match[0]
        if start < 0:
            start = match.start() if found == "<" else -1
        elif quote or found in "\"'":
            quote = "" if found == quote else quote or found
        elif found == ">":
            _count_attributes(source[start : match.start()])
            start = -1
    if start >= 0:
        _count_attributes(source[start:])


def _count_attributes(tag: str) -> None:
    if len(tag) > 2 * MAX_ATTRIBUTES and len(_QUOTED.sub(" ", tag).replace("/", " ").split()) > MAX_ATTRIBUTES:
        raise Rejected("read", "bad_html", f"a tag with more than {MAX_ATTRIBUTES} attributes: {tag[:40]!r}")


class _LineBuilder:
    """Walks the tree once and cuts its text into lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.parts: list[str] = []
        self.links: list[tuple[list[str], str]] = []
        self.href = ""  # of the link that is open, "" outside links
        self.text_outside_links = False
        self.gap = False
        self.breaks = 0
        self.deepest = 0

    def read(self, body: etree._Element) -> list[Line]:
        letters = len("".join(body.itertext()))
        stack: list[tuple[str, str, bool, bool]] = [("div", "", False, False)]  # block tag, zone, own line, is a link
        for event, element in etree.iterwalk(body, events=("start", "end")):
            if event == "start":
                block, zone, _, _ = stack[-1]
                tag = element.tag
                named = zone_of_element(element, tag)
                if (named in _HOLD_NO_PAGE and zone in _REFINABLE and _wraps_the_page(element, letters)) or (
                    named in _OWN_LINE and tag in _INLINE and _stands_in_a_sentence(element)
                ):
                    named = ""
                zone = (named or zone) if zone in _REFINABLE else zone
                own_line = tag not in _INLINE or named in _OWN_LINE or (tag == "a" and zone == "keywords")
                if own_line:
                    self.flush(*stack[-1][:2])
                    self.note_break(tag)
                is_link = tag == "a" and bool(element.get("href"))
                if is_link:
                    self.open_link(element.get("href"))
                stack.append((_block_tag(tag, block) if own_line else block, zone, own_line, is_link))
                self.deepest = max(self.deepest, len(stack))
                self.add(element.text)
            else:
                block, zone, own_line, is_link = stack.pop()
                if own_line:
                    self.flush(block, zone)
                    self.gap = self.gap or element.tag != "br"
                if is_link:
                    self.href = ""
                self.add(element.tail if element is not body else None)
        self.flush("div", "")
        return self.lines

    def open_link(self, href: str) -> None:
        if self.links and self.parts and not self.parts[-1][-1:].isspace():
            self.parts.append(" ")  # two links side by side are two words
        self.href = href
        self.links.append(([], href))

    def add(self, text: str | None) -> None:
        if not text or (not self.parts and text.isspace()):
            return
        self.parts.append(text)
        if self.href:
            if not self.links:  # the link goes on behind a line break inside it
                self.links.append(([], self.href))
            self.links[-1][0].append(text)
        elif not self.text_outside_links and any(map(str.isalnum, text)):
            self.text_outside_links = True

    def note_break(self, tag: str) -> None:
        self.breaks = self.breaks + 1 if tag == "br" else 0
        self.gap = self.gap or tag != "br" or self.breaks > 1

    def flush(self, tag: str, zone: str) -> None:
        if not self.parts:
            self.links.clear()
            return
        text = display_text("".join(self.parts))
        if text:
            links = tuple((shown, href) for words, href in self.links if (shown := display_text("".join(words))))
            href = links[0][1] if links and not self.text_outside_links else ""
            line = Line(len(self.lines) + 1, text, tag, href, zone, links, self.gap)
            self.lines.append(line)
            self.gap = False
            self.breaks = 0
        self.parts.clear()
        self.links.clear()
        self.text_outside_links = False


def _wraps_the_page(element: etree._Element, letters: int) -> bool:
    """Names such as `has-sidebar` or `modal-content` describe a wrapper's layout: what holds the page is no part of it."""
    if letters < MIN_PAGE_CHARACTERS:
        return False
    share = len("".join(element.itertext())) / letters
    return share > 0.6 or (share > 0.3 and any(element.find(f".//{tag}") is not None for tag in ("h1", "article")))


def _stands_in_a_sentence(element: etree._Element) -> bool:
    """A <time> or a name in the middle of a paragraph is part of it."""
    parent = element.getparent()
    if parent is None or parent.tag != "p":
        return False
    return bool((element.tail or "").strip(" .،,|-–/") or ((parent.text or "").strip(" .،,|-–/") and not element.getprevious()))


def zone_of_element(element: etree._Element, tag: str) -> str:
    attributes = element.attrib
    if not attributes:
        return zone_of(tag, "", "")
    if "hidden" in attributes or "display:none" in attributes.get("style", "").replace(" ", "").lower():
        return "hidden"
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return zone_of(tag, names, attributes.get("role", "").lower())


def _block_tag(tag: str, outer: str) -> str:
    """A paragraph inside a list item is still a list item; a heading is always a heading."""
    return outer if outer in _STANDS_FOR_ITS_LIST and tag not in _HEADINGS and tag not in ("ul", "ol", "article") else tag


def _without_invisible(source: str) -> str:
    """The source without comments and the elements that show no text, in linear time."""
    pieces: list[str] = []
    end = 0
    for match in _INVISIBLE_START.finditer(source):
        if match.start() >= end:
            pieces.append(source[end : match.start()])
            end = _end_of_invisible(source, match)
    pieces.append(source[end:])
    return " ".join(pieces)


def _flat_text(source: str) -> str:
    """Visible text of the source without its tags, in linear time and without a tree."""
    return html.unescape(_TAG.sub("", source))


def _end_of_invisible(source: str, start: re.Match[str]) -> int:
    """Position behind the element or comment; the end of the source if it is never closed, as in a browser."""
    if start[1] is None:
        close = source.find("-->", start.end())
        return close + 3 if close >= 0 else len(source)
    closing = re.compile(rf"</{start[1]}\b", re.I).search(source, start.end())
    close = source.find(">", closing.end()) if closing else -1
    return close + 1 if close >= 0 else len(source)


def _flat_page(source: str, facts: list[Fact]) -> HtmlPage:
    """Lines where block elements begin and end; they have no structure."""
    flat = _flat_text(_BLOCK_START.sub("\n<", source))
    shown = [text for raw in flat.splitlines() if (text := display_text(raw))]
    lines = [Line(number, text, "text", gap=True) for number, text in enumerate(shown, 1)]
    return HtmlPage(lines, facts, count_letters(flat))
