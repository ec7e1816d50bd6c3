"""Pages that show nothing before their scripts run: the text often stands in a script, as one string of html, as the
paragraphs of a list, or as the `articleBody` of its structured data."""

import json
import re
from collections.abc import Iterator
from html import escape
from itertools import islice
from typing import Any

from almasalla_crawler.readers.running import SHORT, is_closed

MIN_LENGTH = 300  # characters of such a string, as the script spells it
MIN_PARAGRAPHS = 3

# On one line, from a quote that is not escaped to the next: what is open at the end of the line is looked at once.
_STRING = re.compile(r'(?<!\\)"(?:[^"\\\n]|\\.)*+"')
_JSON_SCRIPT = re.compile(r"<script\b[^>]{0,300}\bapplication/json\b[^>]{0,300}>(?=\s{0,99}[{\[])", re.I)
MAX_SCRIPTS = 20
MAX_JSON = 1_000_000  # characters of them that are taken apart: a quarter of a second
_NAMES_OF_LINKS = frozenset({"url", "href", "link", "slug", "permalink", "path"})  # what has one is a teaser, no paragraph
_MARKUP = ("<p", "\\u003cp", "\\u003Cp")


def html_in_scripts(source: str, stated: str = "") -> str:
    """The longest string with paragraphs of html in the source of a page; else its paragraphs in JSON; else `stated`, which is
    plain text; "" if there is none."""
    if (found := _longest_html(source)) or (found := _longest_list(source)):
        return found
    return "".join(f"<p>{escape(line)}</p>" for line in stated.splitlines()) if len(stated) >= MIN_LENGTH else ""


def _longest_html(source: str) -> str:
    longest = ""
    for match in _STRING.finditer(source):
        start, end = match.span()
        if end - start > max(MIN_LENGTH, len(longest)) and any(source.find(sign, start, end) >= 0 for sign in _MARKUP):
            value = _value(match[0])
            longest = value if value.count("</p>") >= MIN_PARAGRAPHS and len(value) > len(longest) else longest
    return longest


def _value(literal: str) -> str:
    try:
        return str(json.loads(literal, strict=False))
    except ValueError:  # an escape that only scripts know
        return ""


def _longest_list(source: str) -> str:
    """The list with the longest paragraphs among the JSON of a page, as html."""
    lists = (one for data in _json_scripts(source) for one in _lists(data))
    paragraphs = max(map(_paragraphs, lists), key=lambda texts: sum(map(len, texts)), default=[])
    is_text = len(paragraphs) >= MIN_PARAGRAPHS and sum(map(len, paragraphs)) >= MIN_LENGTH
    return "".join(f"<p>{text}</p>" for text in paragraphs) if is_text else ""


def _json_scripts(source: str) -> Iterator[Any]:
    left = MAX_JSON
    for start in (script.end() for script in islice(_JSON_SCRIPT.finditer(source), MAX_SCRIPTS)):
        end = source.find("</script", start)
        left -= max(0, end - start)
        if left < 0:
            return
        try:
            yield json.loads(source[start:end], strict=False)
        except (ValueError, RecursionError):
            continue


def _lists(data: Any) -> Iterator[list[Any]]:
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            yield one
        waiting.extend(one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())


def _paragraphs(items: list[Any]) -> list[str]:
    """One for each entry that says a sentence: `"..."`, `{"text": "..."}` or `{"data": {"text": "..."}}`."""
    return [text for item in items if (text := _said(item, depth=2))]


def _said(item: Any, depth: int) -> str:
    if isinstance(item, str):
        return item if len(item) >= SHORT and is_closed(item) else ""
    if not isinstance(item, dict) or not depth or not _NAMES_OF_LINKS.isdisjoint(item):
        return ""
    return max((_said(value, depth - 1) for value in item.values()), key=len, default="")
