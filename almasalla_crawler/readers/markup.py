"""The source of an HTML page before it is parsed: what of it may show, and whether the parser would stall.

All of it takes time linear in the length of the source. What shows is told without the parser and without its idea of a tag:
what one of them loses, the other one shows.
"""

import re

from almasalla_crawler.items import Rejected
from almasalla_crawler.readers.entities import unescape

MAX_ATTRIBUTES = 5000  # a tag with 40,000 stalls libxml2 for 4 s, with 200,000 for 4 minutes
INVISIBLE = ("script", "style", "template", "noscript", "svg", "iframe", "object", "textarea", "title", "math")
_OF_CODE = frozenset({"script", "style"})

_TAG = re.compile(r"<[/!?a-zA-Z][^>]*>?")
_BLOCK_START = re.compile(
    r"<(?=/?(?:p|div|br|li|ul|ol|dl|dt|dd|h[1-6]|tr|td|th|table|section|article|header|footer|blockquote|nav|aside|hr)\b)", re.I
)
_FIRST_LETTERS = "".join(sorted({tag[0] for tag in INVISIBLE}))  # most tags have another one, and are passed over at once
_INVISIBLE_START = re.compile(rf"<(?=[!{_FIRST_LETTERS}])(?:!--|({'|'.join(INVISIBLE)})\b)", re.I)
_INVISIBLE_ENDS = {tag: re.compile(rf"</{tag}\b", re.I) for tag in INVISIBLE}
# As browsers read them: a `>` between quotes ends no tag.
_ATTRIBUTES = r"""(?:[^>=]++|=\s*+(?:"[^"]*+"?|'[^']*+'?|(?!["'])[^\s>]*+))*+"""
_START_TAG = re.compile(rf"<[a-zA-Z]{_ATTRIBUTES}")
_QUOTED = re.compile(r"""=\s*+(?:"[^"]*+"?|'[^']*+'?)""")


def shown_source(source: str) -> str:
    """The source without comments and the elements that show no text. Raises Rejected(bad_html) for a tag that would stall."""
    pieces: list[str] = []
    end = 0
    while start := _INVISIBLE_START.search(source, end):
        begin = start.start()
        pieces.append(source[end:begin])
        end = _end_of_invisible(source, start)
        if end - begin > 2 * MAX_ATTRIBUTES and start[1] is not None:
            tag = _START_TAG.match(source, begin, end) if start[1].lower() in _OF_CODE else None
            _refuse_endless_tags(tag[0] if tag else source[begin:end])
    shown = " ".join([*pieces, source[end:]])
    _refuse_endless_tags(shown)
    return shown


def _end_of_invisible(source: str, start: re.Match[str]) -> int:
    """Position behind the element or comment; the end of the source if it is never closed, as in a browser."""
    if start[1] is None:
        close = source.find("-->", start.end() - 2)  # `<!-->` is a comment too
        return close + 3 if close >= 0 else len(source)
    closing = _INVISIBLE_ENDS[start[1].lower()].search(source, start.end())
    close = source.find(">", closing.end()) if closing else -1
    return close + 1 if close >= 0 else len(source)


def _refuse_endless_tags(source: str) -> None:
    if source.count("=") <= MAX_ATTRIBUTES and not _has_long_piece(source):
        return
    for tag in _START_TAG.findall(source):
        if len(tag) > 2 * MAX_ATTRIBUTES and len(_QUOTED.sub(" ", tag).replace("/", " ").split()) > MAX_ATTRIBUTES:
            raise Rejected("read", "bad_html", f"a tag with more than {MAX_ATTRIBUTES} attributes: {tag[:40]!r}")


def _has_long_piece(source: str) -> bool:
    """Do more than 2 * MAX_ATTRIBUTES characters stand between two `>`? Looks at few of them: at the last one in each stretch."""
    place = 0
    while len(source) - place > 2 * MAX_ATTRIBUTES:
        place = source.rfind(">", place, place + 2 * MAX_ATTRIBUTES + 1) + 1
        if not place:
            return True
    return False


def flat_pieces(shown: str) -> list[str]:
    """What stands between the tags, entities not resolved."""
    return _TAG.split(shown)


def flat_text(shown: str) -> str:
    """The text without its tags: no tree was needed for it."""
    return unescape(_TAG.sub("", shown))


def flat_lines(shown: str) -> list[str]:
    """The flat text, cut where block elements begin and end."""
    return flat_text(_BLOCK_START.sub("\n<", shown)).splitlines()
