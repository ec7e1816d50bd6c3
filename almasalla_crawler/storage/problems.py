"""What `scrapy verify` finds."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    subject: str  # what it is about: a table and its row, an address, a file
    text: str  # what is wrong
    mend: str  # what to do: a command where there is one
    is_note: bool = False  # worth knowing, no damage


FORGET = "restore a backup; without one: scrapy forget {url}, then crawl it again"  # of a page that is damaged
Found = Iterator[list[Problem]]  # a check gives what it found, slice by slice; mostly nothing
