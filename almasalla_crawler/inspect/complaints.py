"""What Datasette and SQLite find wrong with a question, in the reader's language: names and values stay as they were typed."""

import re
from collections.abc import Callable

from almasalla_crawler.wording import isolated

PHRASES = (
    "Cannot sort table by {}", "_size must be <= {}", "_col={} - invalid columns", "_nocol={} - invalid columns",
    "no such column: {}", "no such table: {}", "no such function: {}", "ambiguous column name: {}",
    "near {}: syntax error", "unrecognized token: {}", "incomplete input", "misuse of aggregate: {}",
    "wrong number of arguments to function {}", "sub-select returns {} columns - expected {}",
)  # fmt: skip
_PATTERNS = {phrase: re.compile(re.escape(phrase).replace(r"\{\}", "(.+)"), re.S) for phrase in PHRASES}


def complained(message: str, say: Callable[[str], str]) -> str:
    """`message` as `say` has it; as it stands if it is none of these."""
    for phrase, pattern in _PATTERNS.items():
        if (found := pattern.fullmatch(message)) and (said := say(phrase)) != phrase:
            return said.format(*map(isolated, found.groups()))
    return message
