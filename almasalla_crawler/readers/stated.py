"""The text of an article as a page's scripts state it, beside what the page shows."""

import json
import re
from itertools import islice

from almasalla_crawler.readers.entities import unescape

MAX_STATED = 5  # texts in scripts that are looked at
_TAG = re.compile(r"<[/!?a-zA-Z][^>]*>?")
_JSON = json.JSONDecoder(strict=False)
_STATED = re.compile(r'"articleBody"\s{0,9}:\s{0,9}"')


def stated_text(source: str) -> str:
    """The longest `articleBody` among the page's scripts, without markup; "" if none is whole."""
    values = islice(_STATED.finditer(source), MAX_STATED) if '"articleBody"' in source else ()
    texts = (_json_string(source, value.end() - 1) for value in values)
    return _TAG.sub(" ", unescape(max(texts, key=len, default="")))


def _json_string(source: str, start: int) -> str:
    """The JSON string whose quote stands at `start`; "" if it is none."""
    try:
        value, _ = _JSON.raw_decode(source, start)
    except ValueError:
        return ""
    return value if isinstance(value, str) else ""
