"""The text of an article as a page's scripts state it, beside what the page shows."""

import json
import re
from itertools import islice

from almasalla_crawler.readers.entities import unescape
from almasalla_crawler.readers.jsonld import read_nodes
from almasalla_crawler.readers.schema_org import articles_of_the_page

MAX_STATED = 5  # texts in scripts that are looked at
MAX_SCRIPTS = 20
_TAG = re.compile(r"<[/!?a-zA-Z][^>]*>?")
_JSON = json.JSONDecoder(strict=False)
_STATED = re.compile(r'"articleBody"\s{0,9}:\s{0,9}"')
_JSON_LD = re.compile(r"<script\b[^>]{0,300}\bld\+json\b[^>]{0,300}>", re.I)


def stated_text(source: str) -> str:
    """The longest `articleBody` among the page's scripts, without markup; "" if none is whole."""
    values = islice(_STATED.finditer(source), MAX_STATED) if '"articleBody"' in source else ()
    texts = (_json_string(source, value.end() - 1) for value in values)
    return _TAG.sub(" ", unescape(max(texts, key=len, default="")))


def text_of_the_page(source: str, addresses: set[str]) -> str:
    """The `articleBody` of the JSON-LD node that describes the page with these addresses, without markup; "" if it has none."""
    starts = [script.end() for script in islice(_JSON_LD.finditer(source), MAX_SCRIPTS)]
    scripts = [source[start : source.find("</script", start)] for start in starts]
    own = articles_of_the_page(read_nodes(scripts, lambda *_: None), addresses)
    texts = (text for node in own if isinstance(text := node.get("articleBody"), str))
    return _TAG.sub(" ", unescape(max(texts, key=len, default="")))


def _json_string(source: str, start: int) -> str:
    """The JSON string whose quote stands at `start`; "" if it is none."""
    try:
        value, _ = _JSON.raw_decode(source, start)
    except ValueError:
        return ""
    return value if isinstance(value, str) else ""
