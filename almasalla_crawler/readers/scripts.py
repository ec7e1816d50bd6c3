"""Pages that show nothing before their scripts run: the text often stands in a script, as one string of html, as the
paragraphs of a list, or as the `articleBody` of its structured data."""

import json
import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import islice
from typing import Any

from almasalla_crawler.readers.script_lists import MIN_PARAGRAPHS, Path, as_html, is_of_the_article, lists_of, sentences_of

MIN_LENGTH = 300  # characters of such a string, as the script spells it

# On one line, from a quote that is not escaped to the next: what is open at the end of the line is looked at once.
_STRING = re.compile(r'(?<!\\)"(?:[^"\\\n]|\\.)*+"')
_JSON_TYPE = re.compile(r"\bapplication/json\b", re.I)
MAX_TAG = 300  # characters before and behind it
MAX_SCRIPTS = 20
MAX_JSON = 1_000_000  # characters of them that are taken apart: a quarter of a second
_MARKUP = ("<p", "\\u003cp", "\\u003Cp")


def html_in_scripts(source: str, stated: str = "", titles: Sequence[str] = ()) -> str:
    """The longest string with paragraphs of html in the source of a page; else its paragraphs in JSON; else `stated`, which is
    plain text; "" if there is none. `titles` are search keys of the headlines that the page states."""
    if (found := _longest_html(source)) or (found := _longest_list(source, titles)):
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


def _longest_list(source: str, titles: Sequence[str]) -> str:
    """The list with the longest sentences that are the text of the page's article, among its JSON, as html."""
    best: list[Any] = []
    where: Path = ()
    most = MIN_LENGTH - 1
    for found in (one for data in json_scripts(source) for one in lists_of(data)):
        path, sentences = sentences_of(found.items)
        length = sum(map(len, sentences))
        if length > most and len(sentences) >= MIN_PARAGRAPHS and is_of_the_article(found, titles):
            best, most, where = found.items, length, path
    return as_html(best, where)


def _starts_of_json(source: str) -> Iterator[int]:
    """Looks for the type before the tag around it: there may be as many tags as a page has room for."""
    for kind in _JSON_TYPE.finditer(source):
        before = source[max(0, kind.start() - MAX_TAG) : kind.start()].lower()
        end = source.find(">", kind.end(), kind.end() + MAX_TAG) + 1
        is_tag = end and "<script" in before and ">" not in before[before.rfind("<script") :]
        if is_tag and source[end : end + 100].lstrip().startswith(("{", "[")):
            yield end


def json_scripts(source: str) -> Iterator[Any]:
    left = MAX_JSON
    for start in islice(_starts_of_json(source), MAX_SCRIPTS):
        end = source.find("</script", start)
        if not start <= end <= start + left:
            continue  # open to the end of the page, or too long
        left -= end - start
        try:
            yield json.loads(source[start:end], strict=False)
        except (ValueError, RecursionError):
            continue
