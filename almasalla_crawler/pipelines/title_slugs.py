"""The words of a title in the address of its page."""

import re
import unicodedata
from urllib.parse import unquote

from almasalla_crawler.arabic.letters import search_key

_SLUG_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "å": "a", "æ": "ae", "'": "", "’": ""})
_BEHIND_A_SLUG = frozenset("html htm shtml php aspx asp id article a".split())


def slug_of(url: str) -> str:
    """Words of the longest part of the address, without the numbers and the extension behind them."""
    path = url.partition("://")[2].partition("?")[0].partition("/")[2]
    parts = [part for part in unquote(path).split("/") if "-" in part or "_" in part]
    words = slug_words(max(parts, key=len, default="")).split()
    while words and (words[-1] in _BEHIND_A_SLUG or any(map(str.isdigit, words[-1]))):
        words.pop()
    return " ".join(words)


def slug_words(text: str) -> str:
    """Words as addresses spell them: without accents and signs, `ue` for `ü`."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_SLUG_LETTERS))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", search_key(letters)))
