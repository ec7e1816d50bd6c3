"""All lines of a page as captures.lines holds them: compressed JSON."""

import json
import zlib
from typing import Any

from almasalla_crawler.items import Line


def pack_lines(lines: list[Line]) -> bytes:
    rows = [(line.number, line.role, line.rule, line.text, line.article) for line in lines]
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def page_lines(packed: bytes) -> list[dict[str, Any]]:
    """All lines of a capture: number, role, rule, text, article (index on the page, None outside articles)."""
    names = ("number", "role", "rule", "text", "article")
    return [dict(zip(names, line, strict=True)) for line in json.loads(zlib.decompress(packed))]
