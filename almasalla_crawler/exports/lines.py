"""JSON lines, CSV and plain text: formats written from the first article on."""

import csv
import json
from collections.abc import Iterable
from io import TextIOWrapper
from typing import BinaryIO

from almasalla_crawler.exports.cells import SEPARATOR, safe_cell
from almasalla_crawler.exports.fields import FIELDS, Exported

BETWEEN_TEXTS = "\n\n\n"  # two blank lines; paragraphs have one between them


def write_jsonl(articles: Iterable[Exported], file: BinaryIO) -> None:
    for article in articles:
        file.write(json.dumps(article, ensure_ascii=False).encode() + b"\n")


def write_csv(articles: Iterable[Exported], file: BinaryIO) -> None:
    text = TextIOWrapper(file, "utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([field.name for field in FIELDS])
    for article in articles:
        cells = (SEPARATOR.join(value) if isinstance(value, list) else value for value in article.values())
        writer.writerow([safe_cell(cell) for cell in cells])
    text.detach()  # the file is not ours to close


def write_txt(articles: Iterable[Exported], file: BinaryIO) -> None:
    """Headline, blank line, paragraphs with one between them; two blank lines between articles."""
    between = ""
    for article in articles:
        text = "\n".join(filter(None, (_headline(article), *_paragraphs(article["articleBody"]))))
        file.write((between + text).encode())
        between = BETWEEN_TEXTS
    file.write(b"\n" if between else b"")


def _headline(article: Exported) -> str:
    return " ".join((article["headline"] or "").split())


def _paragraphs(body: str) -> list[str]:
    return [f"\n{block.strip()}" for block in body.split("\n\n") if block.strip()]
