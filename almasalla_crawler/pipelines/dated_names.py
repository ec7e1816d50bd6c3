"""`تعز - 12 ماي 2023`, `الأحد 12 مايو 2023 | صوت الجسر`: a place or the outlet beside a date, in the header of a page."""

import re
from datetime import datetime

from almasalla_crawler.arabic.dates import is_date_shaped, read_date
from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.arabic.places import is_place
from almasalla_crawler.items import Line
from almasalla_crawler.pipelines.evidence import Evidence
from almasalla_crawler.pipelines.line_shapes import HEADINGS, is_paragraph, is_title_like

RULE = "date_beside_a_name"
MAX_LENGTH = 60
_BETWEEN = re.compile(r"\s[|/–—-]\s|\s?[|،]\s")
_OF_A_TEXT = frozenset({*HEADINGS, "li", "td", "th"})


def mark_dated_names(evidence: Evidence, now: datetime | None) -> None:
    """Only above the first paragraph, and where there is one: several are a programme, and in a text they tell of events."""
    lines = evidence.lines
    first = next((index for index, line in enumerate(lines) if is_paragraph(line)), 0)
    dated = [(i, value) for i in range(1, first) if (value := _date_beside_a_name(lines[i], evidence.agencies, now))]
    for index, value in dated if len(dated) == 1 else []:
        line, above = lines[index], lines[index - 1]
        if above.role not in ("", "source") or _is_title(above):
            line.role, line.rule, line.value = "date", RULE, value


def _is_title(line: Line) -> bool:
    return is_title_like(line) and not line.text.endswith((":", "："))


def _date_beside_a_name(line: Line, agencies: frozenset[str], now: datetime | None) -> str:
    """The date, "" if the line is anything else but a name that is known and a date."""
    text = line.text
    is_short = len(text) <= MAX_LENGTH and line.role in ("", "byline") and line.tag not in _OF_A_TEXT
    if not is_short or not any(map(str.isdigit, text)):
        return ""
    for match in _BETWEEN.finditer(text):
        for name, date in ((text[: match.start()], text[match.end() :]), (text[match.end() :], text[: match.start()])):
            key = search_key(name)
            if (is_place(key) or key in agencies) and (read_date(date, now) or is_date_shaped(date)):
                return date
    return ""
