"""What a DOCTYPE declares: no text, and neither are its entities. A reader of HTML knows nothing of them, as a browser does."""

import re
from html.entities import html5

_START = re.compile(r"<!DOCTYPE[^\[>]{0,300}\[", re.I)
_END = re.compile(r"\]\s{0,9}>")
_ELEMENT = re.compile(r"<(?:html|head|body|p|div|article|h1)\b", re.I)
_WITHIN = 2000  # characters of the page in which a DOCTYPE begins
_LONGEST = 100_000
_REFERENCE = re.compile(r"&([a-zA-Z_][\w.-]{0,60});")


def without_declarations(text: str) -> str:
    """`text` without the declarations inside its DOCTYPE and without references to entities that HTML does not know."""
    start = _START.search(text, 0, _WITHIN)
    if start is None:
        return text
    limit = start.end() + _LONGEST
    element = _ELEMENT.search(text, start.end(), limit)
    ends = list(_END.finditer(text, start.end(), element.start() if element else limit))
    end = ends[-1] if ends else _END.search(text, start.end(), limit)
    if end is None:
        return text
    return _REFERENCE.sub(_known, text[: start.start()] + text[end.end() :])


def _known(reference: re.Match[str]) -> str:
    return reference[0] if f"{reference[1]};" in html5 else ""
