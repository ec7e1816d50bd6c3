"""Character references of HTML: `&quot;`, `&#1575;`."""

import html
import re

_ENDLESS = re.compile(r"&#[0-9]{100,}+;?")  # from 4,300 digits on int() raises ValueError


def unescape(text: str) -> str:
    """The text with its references resolved, whatever stands in them; a number of no character becomes U+FFFD."""
    return html.unescape(_ENDLESS.sub("\ufffd", text))
