"""The tags of an article: a row of hashtags right below its text, or an element named for tags beside it."""

import re
from collections.abc import Iterator

from almasalla_crawler.items import Line
from almasalla_crawler.readers.blocks import Block, Blocks
from almasalla_crawler.readers.headers import MIN_HEADLINE_SPACES, header_of, leads_to_an_author

MIN_TAGS = 2
MAX_TAGS = 15
MAX_TAG_WORDS = 5
MAX_TAG_LINES = 3 * MAX_TAGS  # with signs between them
# `news__tags`, `article-page__tags`, `blog-item-tags`; those of a section, a channel or a service are other lists.
_NAMED_FOR_TAGS = re.compile(
    r"(?:(?:post|entry|article|news|story|single|tdb?|jeg)(?:[-_]{1,2}(?:page|item|content|details?|body|single|post))?"
    r"|blog-item|field-name-field)[-_]{1,2}(?:tags|keywords)|etiketler",
    re.I,
)
_OF_A_TOOL = re.compile(r"#?(?:(?:نسخة لل)?طباعة|أرسل|إرسال|تحميل|شارك|تابعو|اشترك|print|share|follow|download|e-?mail)", re.I)
_NETWORKS = re.compile(
    r"//(?:[a-z-]+\.)?(?:facebook|fb|twitter|x|t|telegram|wa|whatsapp|instagram|youtube|linkedin|tiktok|pinterest)\.(?:com|me)/",
    re.I,
)
_NUMBER = re.compile(r"[\W_]*\d{0,3}[\W_]*")  # of a page; a year has four digits
_SENTENCE_ENDS = (".", "؟", "?", "!", "…", ":", "۔")


def mark_tags(page: Blocks, titles: list[str]) -> None:
    """Gives such lines the zone `keywords`: inside the innermost block around headline and text, if it has one box of them."""
    title, first = header_of(page, titles)
    if first <= title:
        return
    around = page.blocks[page.block_of[first]]
    while not around.start <= title < around.end and around.parent >= 0:
        around = page.blocks[around.parent]
    named = [block for block in page.blocks if first < block.start < block.end <= around.end and _is_named(block)]
    boxes = _outermost_boxes(page, named) if named else []
    found = boxes or [range(i, i + 1) for i in _rows_of_hashtags(page, first, _container_of(page, first, around).end)]
    found = [box for box in found if not _are_of_others(page.lines[box.start : box.stop])]
    for index in found[0] if len(found) == 1 else ():
        page.lines[index].zone = "keywords"


def _container_of(page: Blocks, first: int, around: Block) -> Block:
    """The innermost block with all lines of running text inside `around`: what stands below it is of the page."""
    last = next(index for index in range(around.end - 1, first - 1, -1) if page.running[index])
    block = page.blocks[page.block_of[first]]
    while not (last < block.end and block.tag != "p") and block.parent >= 0:
        block = page.blocks[block.parent]
    return block


def _are_of_others(lines: list[Line]) -> bool:
    """Are they numbers of pages, authors, or the accounts of the site?"""
    links = [link for line in lines for link in line.links]
    return any(_NETWORKS.search(href) or leads_to_an_author(href) or _NUMBER.fullmatch(text) for text, href in links)


def _is_named(block: Block) -> bool:
    return block.end - block.start <= MAX_TAG_LINES and any(map(_NAMED_FOR_TAGS.fullmatch, block.names.split()))


def _outermost_boxes(page: Blocks, named: list[Block]) -> list[range]:
    known, on_cards = _places_of_links(page.lines), _places_on_cards(page)
    ranges = (range(block.start, block.end) for block in named if not on_cards[block.start])
    boxes = [box for box in ranges if _is_box(page.lines[box.start : box.stop], box.start, known)]
    found: list[range] = []
    for box in sorted(boxes, key=lambda one: (one.start, -one.stop)):
        if not found or box.start >= found[-1].stop:
            found.append(box)
    return found


def _is_box(lines: list[Line], start: int, known: dict[str, int]) -> bool:
    are_plain = all(
        line.zone in ("", "content", "footer") and (line.links or line.text.count(" ") < MAX_TAG_WORDS - 1) for line in lines
    )
    return are_plain and _are_tags([text for line in lines for text, _ in line.links], start, known)


def _places_of_links(lines: list[Line]) -> dict[str, int]:
    """Where a link with such a text stands first."""
    known: dict[str, int] = {}
    for index, line in enumerate(lines):
        for text, _ in line.links:
            known.setdefault(text, index)
    return known


def _places_on_cards(page: Blocks) -> list[bool]:
    """Does the headline of another article stand between the last text above and a line?"""
    found = [False]
    for line, running in zip(page.lines, page.running, strict=True):
        is_headline = bool(line.href) and line.text.count(" ") >= MIN_HEADLINE_SPACES
        found.append(not running and (is_headline or found[-1]))
    return found


def _are_tags(texts: list[str], start: int, known: dict[str, int]) -> bool:
    """Neither tools, nor headlines, nor the sections that the menu above has too?"""
    if not MIN_TAGS <= len(texts) <= MAX_TAGS or any(map(_OF_A_TOOL.match, texts)):
        return False
    are_short = all(text.count(" ") <= MAX_TAG_WORDS and not text.endswith(_SENTENCE_ENDS) for text in texts)
    are_headlines = all(text.count(" ") >= MIN_HEADLINE_SPACES for text in texts)
    return are_short and not are_headlines and not all(known[text] < start for text in texts)


def _rows_of_hashtags(page: Blocks, first: int, end: int) -> Iterator[int]:
    """A line of hashtags alone, that lead somewhere, right behind the last running text."""
    index = 1 + next((one for one in range(end - 1, first - 1, -1) if page.running[one]), end)
    if index < end and "#" in page.lines[index].text and _is_row(page.lines[index], index, _places_of_links(page.lines)):
        yield index


def _is_row(line: Line, place: int, known: dict[str, int]) -> bool:
    tags = [text for text, _ in line.links]
    beside = line.text
    for tag in tags:
        beside = beside.replace(tag, "", 1)
    are_tags = all(tag.startswith("#") for tag in tags) and _are_tags(tags, place, known)
    return are_tags and line.tag == "div" and line.zone in ("", "content") and not any(map(str.isalnum, beside))
