"""Headline and text of a page, and the author between them, in an element named so."""

import re
from collections.abc import Collection

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.arabic.names import is_signed, is_whole_name, opens_with_a_name
from almasalla_crawler.items import Line
from almasalla_crawler.readers.blocks import Block, Blocks
from almasalla_crawler.readers.running import LONG, is_as_long

MAX_BYLINE = 60
MAX_BYLINE_WORDS = 7
MAX_LINES_TO_TEXT = 12
MIN_TITLE = 15
MIN_HEADLINE_SPACES = 3
_MAY_TITLE = frozenset({"h2", "h3"})  # beside h1
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
# `jeg_meta_author`, `field-author`, `artAuthor`; what is quoted, drawn or photographed has authors of its own.
_AUTHOR = re.compile(
    r"(?:(?:article|art|news|post|entry|story|page|single|content|meta|field|node|blog|details?|jeg|tdb?"
    r"|[bc])[-_]{1,2}){0,3}(?:author|writer|byline|reporter)s?(?:[-_]{1,2}(?:names?|link|meta|wrap))?"
    r"|(?:art|news|article|post|story|lbl)(?:Author|Writer|Reporter|Columnist)(?:Name)?"
)
# Such elements hold kickers, desks and first lines too: a label tells people from them, a name with a page, or names alone.
_PAGE_OF_AN_AUTHOR = re.compile(r"/(?:authors?|writers?|reporters?|journalists?|profiles?)/[^/?#]|[?&]author=[^&#]", re.I)
_HEADER = re.compile(r"(?:[a-z]+[-_]{1,2}){0,2}head(?:er)?", re.I)
# Where one is named, the name below the headline may be that of the guest.
_INTERVIEWER = re.compile(
    r"حاور(?:ت?ه|ت?ها|ت?هم)\b|(?:أجر[ىت]|أجراه?ا?) (?:ال)?(?:حوار|مقابلة|لقاء)\b|حوار ?[:/]|[Ii]nterview(?:ed)? by\b"
)
_BETWEEN_NAMES = re.compile(r"\s*[،,]\s*|\s+(?:و|and)\s+")


def mark_author(page: Blocks, titles: Collection[str]) -> None:
    """The one short element between headline and text that is named for an author, and names one, is a byline.

    Two are of the boxes of other articles, and so is what stands beside the headline of one. Whoever the headline names too
    may be the one who is asked or mourned.
    """
    title, first = header_of(page, titles)
    first = max(first, _end_of_header(page, title))
    above = page.lines[title + 1 : first]
    if not 0 < len(above) <= MAX_LINES_TO_TEXT or any(line.zone == "byline" or _may_be_a_headline(line) for line in above):
        return
    blocks = (block for block in page.blocks if title < block.start < block.end <= first)
    found = {block.end - 1 for block in blocks if _is_of_an_author(page, block)}
    if len(found) != 1 or any(_INTERVIEWER.match(line.text) and not line.href for line in page.lines[title + 1 :]):
        return
    for index in found:
        line = page.lines[index]
        if _names_an_author(line) and search_key(line.text) not in search_key(page.lines[title].text):
            line.zone = "byline"


def is_one_of(text: str, titles: Collection[str]) -> bool:
    return len(text) >= MIN_TITLE and any(text in title for title in titles)


def _is_named_for_an_author(names: str) -> bool:
    return any(map(_AUTHOR.fullmatch, names.split()))


def leads_to_an_author(href: str) -> bool:
    return _PAGE_OF_AN_AUTHOR.search(href) is not None


def header_of(page: Blocks, titles: Collection[str]) -> tuple[int, int]:
    """Indexes of the headline and of the first long line below it; the same one twice if there is none of them.

    The name of a site may stand in a heading too: of two texts that may be the headline none is.
    """
    lines = page.lines
    found = [i for i, line in enumerate(lines) if _may_be_the_headline(line, titles)]
    found = found or [i for i, line in enumerate(lines) if not line.href and is_one_of(line.text, titles)][:1]
    title = found[0] if len({lines[i].text for i in found}) == 1 else len(lines)
    return title, next((i for i in range(title + 1, len(lines)) if page.running[i] >= LONG), title)


def _may_be_the_headline(line: Line, titles: Collection[str]) -> bool:
    return is_as_long(line.text, MIN_TITLE) if line.tag == "h1" else line.tag in _MAY_TITLE and is_one_of(line.text, titles)


def _end_of_header(page: Blocks, title: int) -> int:
    """Index behind the element around the headline that calls itself a header, if it holds no more of the text than its lead."""
    index = page.block_of[title] if title < len(page.lines) else -1
    while index >= 0:
        block = page.blocks[index]
        is_header = block.tag == "header" or any(map(_HEADER.fullmatch, block.names.split()))
        if is_header and sum(one >= LONG for one in page.running[title + 1 : block.end]) < 2:
            return block.end
        index = block.parent
    return title


def _may_be_a_headline(line: Line) -> bool:
    return bool(line.href) and (line.tag in _HEADINGS or line.text.count(" ") >= MIN_HEADLINE_SPACES)


def _is_of_an_author(page: Blocks, block: Block) -> bool:
    """Is it one line, short and without a number, in an element with such a name? A label may stand above it, and no link."""
    *labels, line = page.lines[block.start : block.end]
    if line.zone not in ("", "content") or line.tag in _HEADINGS or len(labels) > 1 or any(one.text[-1] != ":" for one in labels):
        return False
    is_short = len(line.text) <= MAX_BYLINE and line.text.count(" ") < MAX_BYLINE_WORDS and not any(map(str.isdigit, line.text))
    return is_short and not page.lines[block.start - 1].href and _is_named_for_an_author(block.names)


def _names_an_author(line: Line) -> bool:
    has_page = any(leads_to_an_author(href) for _, href in line.links)
    if is_signed(*line.text.partition(" ")[::2]) or (has_page and opens_with_a_name(search_key(line.text))):
        return True
    return all(is_whole_name(search_key(name)) for name in _BETWEEN_NAMES.split(line.text))
