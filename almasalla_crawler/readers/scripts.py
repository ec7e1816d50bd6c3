"""Pages that show nothing before their scripts run: the text often stands in a script, as one string of html."""

import json
import re

MIN_LENGTH = 300  # characters of such a string, as the script spells it
MIN_PARAGRAPHS = 3

# On one line, from a quote that is not escaped to the next: what is open at the end of the line is looked at once.
_STRING = re.compile(r'(?<!\\)"(?:[^"\\\n]|\\.)*+"')
_MARKUP = ("<p", "\\u003cp", "\\u003Cp")


def html_in_scripts(source: str) -> str:
    """The longest string with paragraphs of html in the source of a page; "" if there is none."""
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
