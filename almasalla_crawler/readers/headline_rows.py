"""Rows below a headline whose parts only a style sheet keeps apart: author, day, number of readers."""

import re
from collections.abc import Collection, Iterator
from itertools import islice, takewhile

from lxml import etree

from almasalla_crawler.arabic.dates import is_date_shaped
from almasalla_crawler.readers.headers import (
    HEADINGS,
    MIN_HEADLINE_SPACES,
    is_named_for_an_author,
    leads_to_an_author,
    may_be_the_headline,
)
from almasalla_crawler.readers.running import LONG
from almasalla_crawler.readers.zones import zone_of

MAX_ROW = 160  # characters
MAX_PART_WORDS = 6
MAX_HEADINGS = 40  # that are looked at for the headline
MAX_PIECES = 400  # of a text, and of what stands below the headline, that are looked at
MAX_PARTS = 20  # of a row
_ROWS = frozenset({"div", "header", "section"})
_PARTS = frozenset({"span", "a", "b", "strong", "small", "em", "i", "button"})
_OF_OTHERS = frozenset({"caption", "related", "aside", "advert", "navigation"})
_PICTURES = ("img", "picture", "figure", "video", "audio")
_SENTENCE_ENDS = (".", "؟", "?", "!", "…", "۔")
_MARKS = ("·", "•", "|")
_CLOCK = re.compile(r"\W*\d?\d[:٫.]\d\d\b.*")
_PEOPLE = re.compile(r"(?:بقلم|الكاتب|كتبت?|نویسنده|Haber|By)\s?:\s*\S|By(?: [A-Z][\w'’-]+\.?){2,4}\Z")
_READERS = re.compile(
    r"\d+ (?:دقائق|دقيقة) (?:لل)?قراءة|[\d.,٬]+ (?:مشاهدة|مشاهدات|قراءة|تعليق|تعليقات|okunma|views|comments?)"
    r"|\d+ min(?:ute)? read"
)
_EYE = re.compile(r"(?<!\S)(?:[a-z]{1,9}-){0,2}eye(?!\S)")  # an icon before a number of readers: `fa-eye`
# Of a change, a picture, or anything that a label names: no day of publication.
_SAYS_WHAT_FOLLOWS = re.compile(
    r"[^\d\s]\s?:|تحديث|تعديل|updated|modified|بروزرسانی|güncelle|mis à jour|تصوير|عدسة|صورة|أرشيف|photo|foto", re.I
)


def set_rows_apart(root: etree._Element, titles: Collection[str]) -> None:
    """`<h1>...</h1><div><span>هدى كاظم</span><span>12 مايو 2024</span></div>`: each part becomes a block.

    Only where one part alone is a date, the row as it stands is none, and no part tells what the next one is: no word, clock
    or label is cut off another one, and no sentence in two. A place, a match, a guest or a painter has a day too, so one part
    must be called an author or a number of readers, and no other date stand near. For pages that state no day.
    """
    headline = _headline_of(root, titles)
    for text, parts in _rows_below(headline) if headline is not None else ():
        shown = [*map(_text, parts)]
        pairs = [*zip(parts, shown, strict=True)]
        beside = [text, *(part.tail or "" for part, words in pairs if words)]
        behind_icons = [part.tail or "" for part, words in pairs if not words]
        joined = "".join([text, *("".join(part.itertext()) + (part.tail or "") for part in parts)])
        if len(joined) > MAX_ROW or any(map(_has_words, beside)) or is_date_shaped(" ".join(joined.split())):
            continue
        pieces = [*filter(None, map(str.strip, [*beside, *behind_icons, *shown]))]
        are_labels = _are_labels(pieces) and not any(map(_leads_to_another, parts))
        says_so = any(map(_is_named_so, parts)) or any(
            _PEOPLE.match(one) or _READERS.fullmatch(one.strip("·•| ")) for one in pieces
        )
        for part, words in pairs if are_labels and says_so and not _has_another_date(headline) else ():
            part.tag = "div" if words else "br"


def _text(element: etree._Element) -> str:
    return " ".join("".join(islice(element.itertext(), MAX_PIECES)).split())


def _headline_of(root: etree._Element, titles: Collection[str]) -> etree._Element | None:
    """None where two texts may be the headline: the name of a site may stand in a heading too."""
    headings = islice(root.iter(*HEADINGS), MAX_HEADINGS)
    found = [one for one in headings if may_be_the_headline(str(one.tag), _text(one), titles)]
    return found[0] if len({*map(_text, found)}) == 1 else None


def _rows_below(headline: etree._Element) -> Iterator[tuple[str, list[etree._Element]]]:
    """The rows of inline elements right behind the headline, or behind what holds nothing else: text before them, and they."""
    beside = [*takewhile(lambda one: one.tag in _PARTS, islice(headline.itersiblings(), MAX_PARTS))]
    if beside:
        yield from [] if any(map(_has_a_picture, beside)) else [(headline.tail or "", beside)]
        return
    around = headline.getparent()
    while around is not None and len(around) == 1 and around.tag in _ROWS:
        headline, around = around, around.getparent()
    for row in takewhile(lambda one: not _has_a_picture(one), islice(headline.itersiblings(), 2)):
        is_row = row.tag in _ROWS and len(row) <= MAX_PARTS and all(part.tag in _PARTS for part in row)
        if is_row and zone_of(row.tag, row.get("class") or "", "") not in _OF_OTHERS:
            yield row.text or "", [*row]


def _has_a_picture(element: etree._Element) -> bool:
    """It may have a caption, with a day of its own."""
    return next(element.iter(*_PICTURES), None) is not None


def _leads_to_another(part: etree._Element) -> bool:
    """Is a link in it as long as the headline of another article?"""
    return any(_text(link).count(" ") >= MIN_HEADLINE_SPACES for link in part.iter("a"))


def _has_words(text: str) -> bool:
    """Of a sentence, maybe, with the element beside them; a date has none of these, and a mark parts labels."""
    return any(map(str.isalpha, text)) and not text.lstrip().startswith(_MARKS) and not is_date_shaped(text)


def _are_labels(pieces: list[str]) -> bool:
    is_plain = not any(_CLOCK.fullmatch(piece) or _says_what_follows(piece) for piece in pieces)
    are_short = all(piece.count(" ") < MAX_PART_WORDS and not piece.endswith(_SENTENCE_ENDS) for piece in pieces)
    return is_plain and are_short and len(pieces) > 1 and sum(map(is_date_shaped, pieces)) == 1


def _says_what_follows(piece: str) -> bool:
    return _SAYS_WHAT_FOLLOWS.search(piece) is not None and _PEOPLE.match(piece) is None


def _is_named_so(part: etree._Element) -> bool:
    """For an author, or an icon for the number of readers?"""
    names = part.get("class") or ""
    is_of_an_author = is_named_for_an_author(names) or any(leads_to_an_author(one.get("href") or "") for one in part.iter("a"))
    return is_of_an_author or _EYE.search(names) is not None


def _has_another_date(headline: etree._Element) -> bool:
    """Does another than that of the row stand beside the headline, above it by its name, or in front of the second paragraph?"""
    long = dates = 0
    for piece in islice(headline.xpath("following::text()"), MAX_PIECES):
        long += len(piece) >= LONG
        dates += is_date_shaped(piece)
        if long > 1 or dates > 1:
            break
    named = headline.xpath("preceding::*[@class]")[-MAX_PIECES:]
    above = [one for one in named if zone_of(one.tag, one.get("class"), "") == "date"]
    return dates > 1 or any(is_date_shaped(_text(one)) for one in (*above, *headline.itersiblings(preceding=True)))
