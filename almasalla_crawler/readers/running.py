"""Is a line running text, in any script? Letters are counted, not words: Japanese and Chinese set no spaces."""

import re

from almasalla_crawler.items import Line

SENTENCE_ENDS = frozenset(".!?…。！？؟۔।॥።;；")
_CLOSING = " \u00a0”\"»›)]'’」』）》“*"
_SAYS_MORE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")  # a sign that says as much as two letters of an alphabet
LONG = 80  # letters; a longer line is text without a full stop too
SHORT = 25  # letters; a shorter line is a label even with one


def is_closed(text: str) -> bool:
    """Does it end like a sentence?"""
    return text.rstrip(_CLOSING)[-1:] in SENTENCE_ENDS


def letters(text: str) -> int:
    """Length of a text, in letters of an alphabet."""
    return len(text) if text.isascii() else len(text) + len(_SAYS_MORE.findall(text))


def is_as_long(text: str, length: int) -> bool:
    """Has it so many letters? Most texts that have not, or have, need no counting."""
    return len(text) >= length or (not text.isascii() and letters(text) >= length)


def linked_letters(line: Line) -> int:
    return sum(letters(shown) for shown, _ in line.links)


def running_letters(line: Line) -> float:
    """Letters of a line of running text, fewer the more of it is links; 0 for headings, labels and links."""
    if line.href or (len(line.tag) == 2 and line.tag[0] == "h") or line.text.startswith(("http://", "https://")):
        return 0.0
    length = letters(line.text)
    if length < SHORT or (length < LONG and not is_closed(line.text)):
        return 0.0
    share = linked_letters(line) / length if line.links else 0.0
    return length * (1 - share) ** 2 if share < 0.5 else 0.0
