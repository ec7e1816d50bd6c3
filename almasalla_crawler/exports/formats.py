"""Which formats there are, and which one a file name asks for."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from almasalla_crawler.exports.atom import write_atom
from almasalla_crawler.exports.fields import Exported
from almasalla_crawler.exports.lines import write_csv, write_jsonl, write_txt
from almasalla_crawler.exports.parquet import write_parquet

Write = Callable[[Iterable[Exported], BinaryIO], None]

FORMATS = ("jsonl", "csv", "parquet", "txt", "atom")
TAKE_A_BOM = ("csv", "txt")  # Excel reads UTF-8 with one only; it would be no JSON and no XML
_SUFFIXES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet", ".txt": "txt", ".atom": "atom",
             ".xml": "atom"}  # fmt: skip


def format_of(path: Path) -> str | None:
    """The format that the suffix of a file names, None if it names none."""
    return _SUFFIXES.get(path.suffix.lower())


def writer(name: str, now: str) -> Write:
    if name == "atom":
        return lambda articles, file: write_atom(articles, file, now)
    return {"jsonl": write_jsonl, "csv": write_csv, "parquet": write_parquet, "txt": write_txt}[name]
