"""On which line of a TOML document a key stands: tomllib does not tell."""

import tomllib
from collections.abc import Mapping
from typing import Any

Keys = tuple[str, ...]  # the way to a value: "crawl", NAME, "every"


def line_of(text: str, keys: Keys) -> int:
    """Number of the line on which a key of a valid document begins: with that line the document has it."""
    lines, begins = text.split("\n"), 1
    for number in range(1, len(lines) + 1):
        try:
            document = tomllib.loads("\n".join(lines[:number]))
        except tomllib.TOMLDecodeError:
            continue  # amid a value of several lines
        if _has(document, keys):
            break
        begins = number + 1
    return begins


def _has(document: Any, keys: Keys) -> bool:
    for key in keys:
        if not isinstance(document, Mapping) or key not in document:
            return False
        document = document[key]
    return True
