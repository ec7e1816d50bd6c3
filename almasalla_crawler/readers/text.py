"""Saved text to lines: one block a line, as browsers copy it and extractors write it."""

import re

from almasalla_crawler.arabic.letters import display_text
from almasalla_crawler.items import Line

_BULLETS = "•●▪◦‣"
_DASHES = ("- ", "– ", "* ", "— ")
_NUMBERED = re.compile(r"[\d٠-٩۰-۹]{1,2}\s?[-–.)]\s?(?=[^\d٠-٩۰-۹\s])")


def read_lines(text: str) -> list[Line]:
    """The non-blank lines of `text`, numbered from 1, in display spelling. Bullets become the tag `li`."""
    lines: list[Line] = []
    gap = False
    for raw in text.splitlines():
        shown = display_text(raw)
        if not shown:
            gap = True
            continue
        bulleted = shown[0] in _BULLETS
        tag = "li" if bulleted or shown.startswith(_DASHES) or _NUMBERED.match(shown) else "text"
        lines.append(Line(len(lines) + 1, shown.lstrip(_BULLETS + " ") or shown if bulleted else shown, tag, gap=gap))
        gap = False
    return lines
