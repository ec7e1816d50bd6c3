"""HTML to lines, safely: what would stall or deceive the parser is met before it, text that it loses is noticed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import etree

from almasalla_crawler.arabic.letters import count_letters, display_text, search_key
from almasalla_crawler.items import Fact, Layout, Line
from almasalla_crawler.readers.addresses import canonical_url, web_address
from almasalla_crawler.readers.blocks import Blocks, read_blocks
from almasalla_crawler.readers.content import find_content
from almasalla_crawler.readers.declarations import without_declarations
from almasalla_crawler.readers.entities import unescape
from almasalla_crawler.readers.headers import mark_author
from almasalla_crawler.readers.layouts import layouts_that_hold
from almasalla_crawler.readers.markup import INVISIBLE, flat_lines, flat_pieces, flat_text, shown_source
from almasalla_crawler.readers.schema_org import is_article_type
from almasalla_crawler.readers.script_articles import article_in_scripts
from almasalla_crawler.readers.scripts import html_in_scripts
from almasalla_crawler.readers.stated import stated_text, text_of_the_page
from almasalla_crawler.readers.structured import read_facts
from almasalla_crawler.readers.tags import mark_tags

MAX_TAGS = 70_000  # beyond, building lines would hold the event loop for a second: the flat pass reads it
MAX_DEPTH = 2000  # libxml2 drops what is nested deeper than 2,048 elements
MAX_LOST = 100  # characters that flat pass and parser may differ by

_EMPTY = ("img", "input", "link", "meta", "param", "area", "col")  # libxml2 takes those of HTML 5 for elements with text
_SIGNS_OF_CODE = ('">', '="', "='", '=\\"', '":"')  # attributes and scripts that a `>` or a `</script>` inside them cut in two
MAX_STATED_TEXT = 200_000  # characters
MIN_BODY = 20  # characters that a layout finds; in less there is no text
_LISTS = frozenset({"archive", "search", "collectionpage", "searchresultspage"})
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MARKUP = re.compile(r"<!doctype html|</?(?:html|head|body|p|div|br|span|article|h[1-6]|meta|td)(?=[\s>/])", re.I)
_LOOK = 100_000  # characters of a page in which it shows what it is
_NAMED_HTML = re.compile(r"\.html?(?:\.gz)?$", re.I)
# A tag without `<` in its attributes: the next `<` ends every attempt, so the search is linear whatever is left open.
_PLAIN_TAG = re.compile(r"<[a-zA-Z](?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+>")


@dataclass(frozen=True, slots=True)
class HtmlPage:
    lines: list[Line]
    facts: list[Fact]  # what the markup states about the article
    letter_count: int  # letters of the visible text, counted without building lines
    shape: str = ""  # what its structure shows: see items.Page


def is_html(text: str, name: str = "") -> bool:
    """Does this look like markup? By its first tags, or by any tag if the file called `name` says that it is."""
    if _MARKUP.search(text, 0, _LOOK) is not None:
        return True
    if text.find("<", 0, _LOOK) >= 0 and _MARKUP.search(shown_source(text), 0, _LOOK) is not None:
        return True  # behind a long script
    return _NAMED_HTML.search(name) is not None and _PLAIN_TAG.search(text) is not None


def read_html(text: str, url: str = "", layouts: Sequence[Layout] = (), seen: str = "") -> HtmlPage:
    """Lines and facts of the page at `url`. Raises Rejected(bad_html) for a tag that would stall the parser.

    `layouts` are those of its outlet and `seen` the ISO day on which the page looked like this, "" if nobody knows. The first
    one that may hold and finds a text tells the lines' zones; where none does, the page tells them, and a fact says so.

    Text that libxml2 drops (deeper than its limit of 2,048 elements) shows when its letters are compared with a flat
    pass over the source; then the flat pass gives the lines: without structure, but whole.
    """
    text = without_declarations(text)
    source = shown_source(text)
    if source.count("<") > MAX_TAGS:
        return _flat_page(source, [])
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False)
    root = etree.fromstring(text.encode().replace(b"\0", b""), parser)  # a search for NUL among wide characters takes as long
    if root is None:
        return _flat_page(source, [])
    root.extend(list(root.itersiblings(etree.Element)))  # what stands behind </html>
    facts = read_facts(root, source, url)
    etree.strip_elements(root, *INVISIBLE, *_EMPTY, "head", with_tail=False)
    body = root  # text behind </body> and in a second body is text too
    visible = etree.tostring(body, encoding="unicode", method="text")
    if _has_lost_text(source, root, visible):
        return _flat_page(source, facts)
    if not visible.strip() and (built := _text_in_scripts(text, facts, url)):
        return replace(read_html(built, url, layouts, seen), facts=facts)
    described, missed = _described(body, layouts_that_hold(layouts, seen, _stated_day(facts))) if layouts else (None, [])
    blocks = described or read_blocks(body, names_body="articleBody" in source)
    if blocks.deepest >= MAX_DEPTH:
        return _flat_page(source, facts)
    titles = _titles(facts)
    if not described:
        mark_author(blocks, titles)  # a byline is no headline, whatever the head states
        if not any(fact.field == "keyword" for fact in facts):
            mark_tags(blocks, titles)
    is_article = _is_surely_an_article(facts)
    may_list = not is_article and (_states_a_list(facts) or not _states_an_article(facts))
    found = described or find_content(blocks, stated_text(text), _authors(facts), is_article, url, may_list)
    shape = found if isinstance(found, str) else "article"
    page = HtmlPage(blocks.lines, facts + missed, count_letters(visible), shape)
    if _lacks_its_text(shape, facts) and (built := _text_in_scripts(text, facts, url)):
        one = article_in_scripts(text, built, _keys_of(titles))
        return _filled(replace(page, facts=page.facts + one.facts), read_html(one.html, url, layouts, seen))
    return page


def _lacks_its_text(shape: str, facts: list[Fact]) -> bool:
    """Does a page that calls itself an article show none? Beside a list of others it may, if structured data says so."""
    return (shape == "no text" and _states_an_article(facts)) or (shape == "listing" and _is_surely_an_article(facts))


def _text_in_scripts(text: str, facts: list[Fact], url: str) -> str:
    return html_in_scripts(text, _text_of_the_article(text, facts, url), _keys_of(_titles(facts)))


def _titles(facts: list[Fact]) -> list[str]:
    return [fact.value for fact in facts if fact.field == "title"]


def _keys_of(titles: list[str]) -> list[str]:
    return sorted({*map(search_key, titles)} - {""})


def _text_of_the_article(text: str, facts: list[Fact], url: str) -> str:
    """The one `articleBody` that structured data states about the page, "" if it does not or states several."""
    is_one = _is_surely_an_article(facts) and text.count('"articleBody"') == 1
    canonical = [fact.value for fact in facts if fact.source == "link:canonical"]
    addresses = {canonical_url(url), *(address for href in canonical if (address := web_address(url, href)))} - {""}
    stated = text_of_the_page(text, addresses) if is_one else ""
    return stated if len(stated) <= MAX_STATED_TEXT else ""


def _authors(facts: list[Fact]) -> list[str]:
    """People whom the page states; a text may well end with what its agency could not verify."""
    publishers = {fact.value for fact in facts if fact.field == "publisher"}
    stated = (fact for fact in facts if fact.field == "author" and not fact.source.endswith("Organization"))
    return [fact.value for fact in stated if fact.value not in publishers]


def _states_an_article(facts: list[Fact]) -> bool:
    return any(fact.field == "page_type" and fact.value.lower().endswith("article") for fact in facts)


def _states_a_list(facts: list[Fact]) -> bool:
    """The plugins of WordPress call archives articles too."""
    return any(fact.field == "page_type" and fact.value.lower() in _LISTS for fact in facts)


def _is_surely_an_article(facts: list[Fact]) -> bool:
    """Does structured data or the class of a post say so? `og:type` is `article` on many a front page."""
    kinds = [fact for fact in facts if fact.field == "page_type" and not fact.source.startswith("og:")]
    return any(fact.value == "single" or is_article_type(fact.value) for fact in kinds)


def _filled(frame: HtmlPage, built: HtmlPage) -> HtmlPage:
    """A page that shows a frame before its scripts run, with their text above its footer; as it was if they hold none."""
    if built.shape != "article":
        return frame
    footer = next((index for index, line in enumerate(frame.lines) if line.zone == "footer"), len(frame.lines))
    lines = [*frame.lines[:footer], *built.lines, *frame.lines[footer:]]
    lines = [replace(line, number=number) for number, line in enumerate(lines, 1)]
    return HtmlPage(lines, frame.facts, frame.letter_count + built.letter_count, built.shape)


def _described(body: etree._Element, layouts: list[Layout]) -> tuple[Blocks | None, list[Fact]]:
    """The lines as the first layout that finds a text sees them, None if none does; and which selectors found nothing."""
    for layout in layouts:
        blocks = read_blocks(body, layout)
        found = {line.part for line in blocks.lines}
        missed = [part for part in ("title", "date") if getattr(layout, part) and part not in found]
        if _holds_a_text(blocks) and not ("title" in missed and _count_bodies(blocks) > 1):
            return blocks, [_missed(layout, part) for part in missed]
    return None, [_missed(layout, "body") for layout in layouts[:1]]


def _holds_a_text(blocks: Blocks) -> bool:
    return sum(len(line.text) for line in blocks.lines if line.zone == "content" and line.part == "body") >= MIN_BODY


def _count_bodies(blocks: Blocks) -> int:
    """Elements that the selector of the body selects. Archives show the start of each article in one, and no headline."""
    return sum(block.part == "body" != blocks.blocks[block.parent].part for block in blocks.blocks)


def _missed(layout: Layout, part: str) -> Fact:
    return Fact("problem", f"outlet_selector_{part}", "outlet", getattr(layout, part))


def _stated_day(facts: list[Fact]) -> str:
    """The day on which the page says it was published, as ISO; "" if it does not say so in ISO."""
    days = (match[0] for fact in facts if fact.field == "date_published" and (match := _ISO_DAY.match(fact.value)))
    return next(days, "")


def _has_lost_text(source: str, root: etree._Element, visible: str) -> bool:
    """Is text of the source missing in the tree? Told by its amount; then piece by piece, as a `>` in an attribute is no text."""
    pieces, shown = flat_pieces(source), _ink(visible)
    flat = "".join(pieces)
    if _ink(flat) - shown <= MAX_LOST:
        return False  # whatever its entities stand for is shorter
    ink = _ink(unescape(flat))
    if ink - shown <= max(MAX_LOST, ink // 20):
        return False
    kept = {text.strip() for text in root.itertext()}
    pieces = [unescape(piece).strip() for piece in pieces]
    lost = sum(len(piece) for piece in pieces if piece not in kept and not any(sign in piece for sign in _SIGNS_OF_CODE))
    return lost > max(MAX_LOST, ink // 20)


def _ink(text: str) -> int:
    """Characters of a text without its blanks."""
    return len(text) - sum(map(text.count, " \n\t\r\xa0"))


def _flat_page(source: str, facts: list[Fact]) -> HtmlPage:
    """Lines where block elements begin and end; they have no structure."""
    shown = [text for raw in flat_lines(source) if (text := display_text(raw))]
    lines = [Line(number, text, "text", gap=True) for number, text in enumerate(shown, 1)]
    return HtmlPage(lines, facts, count_letters(flat_text(source)))
