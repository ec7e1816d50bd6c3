"""What one line looks like on its own: a headline, running text, a sentence without its full stop."""

import re

from almasalla_crawler.items import Line
from almasalla_crawler.readers.running import letters

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SENTENCE_MARKS = (".", "؟", "?", "!", "…", "۔", "،", "؛", ":")
_SENTENCE_END = (".", "؛", "،", ":", "۔", "。", "।", "።")
_VOWELS = re.compile("[\u064c-\u0650\u0652]")  # neither the doubling of a letter nor the ending of adverbs: news have these
_POINT = re.compile(r"(?:\d{1,2}\s?[-–.)]|(?:أولا|ثانيا|ثالثا|رابعا|خامسا|سادسا|سابعا|ثامنا|تاسعا|عاشرا)ً?\s?[:،–-])\s?[^\W\d]")
CLOSING = "”\"»)]'’」』）"
MAX_TITLE_WORDS = 24
MIN_TITLE_SIGNS = 8  # of a heading in Chinese or Japanese, which set no spaces
MIN_PARAGRAPH_WORDS = 20  # a line this long without a full stop is a paragraph, shorter it may be a headline
MIN_SENTENCE_WORDS = 9  # a line this long may be a sentence without its full stop


def is_title_like(line: Line) -> bool:
    """Could this line be a headline? Ordinary, short, and not closed like a sentence."""
    if line.role or line.key.count(" ") >= MAX_TITLE_WORDS or len(line.text) > 200:
        return False
    if line.tag in HEADINGS or line.text.endswith(("..", "…")):
        return line.key.count(" ") >= 1 or letters(line.text) - len(line.text) >= MIN_TITLE_SIGNS
    return line.key.count(" ") >= 1 and not line.text.rstrip(CLOSING).endswith(_SENTENCE_END)


def is_paragraph(line: Line) -> bool:
    """Is this line running text on its own account: long, or a closed sentence?"""
    if line.role:
        return False
    words = _words(line.key)
    if line.href and not (line.zone == "content" and words >= MIN_PARAGRAPH_WORDS):
        return False  # a link is a headline, unless the text itself is one
    if (line.tag in HEADINGS and words < MIN_PARAGRAPH_WORDS) or (line.text.endswith("..") and words < MIN_PARAGRAPH_WORDS):
        return False
    return words >= MIN_PARAGRAPH_WORDS or (
        words >= 4 and line.text.rstrip(CLOSING).endswith((".", "،", "؛", "۔", "。", "।", "።"))
    )


def has_length(line: Line) -> bool:
    """Of a sentence, and none of the marks of a headline in html? It may lack its full stop."""
    is_plain = not (line.role or line.href) and line.tag not in HEADINGS and line.tag != "li"
    return is_plain and line.key.count(" ") >= MIN_SENTENCE_WORDS - 1


def are_verses(lines: list[Line]) -> bool:
    """Are most of the lines written with their vowels? Headlines are not."""
    return 2 * sum(_VOWELS.search(line.text) is not None for line in lines) > len(lines)


def may_be_a_verse(line: Line) -> bool:
    """Short, and neither closed like a sentence nor set as a heading."""
    is_short = line.key.count(" ") + 1 < MIN_SENTENCE_WORDS and line.tag not in HEADINGS
    return is_short and not line.text.rstrip(CLOSING).endswith((".", ":", "۔"))


def is_enumerated(line: Line) -> bool:
    """A point of several: `ثالثاً: ...`, `3- ...`."""
    return _POINT.match(line.text) is not None


def _words(key: str) -> int:
    """Words of a line; in a script that sets no spaces three letters are taken for one."""
    spaces = key.count(" ")
    return spaces + 1 if len(key) < 16 * (spaces + 1) else len(key) // 3
