"""Reads the date of a short line by a closed grammar: a line with one word outside it has no date.

A line becomes tokens, each with a one-letter kind; the productions of the grammar are regular expressions over these
letters. `30 أغسطس 2024 - 5:05 م` is `nMy-n:nm`: production day_month_year, a separator, a clock.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from almasalla_crawler.arabic.date_grammar import DATES, LABELLED, TAIL, parts_of
from almasalla_crawler.arabic.months import MAX_LENGTH, Token, may_open_a_date, tokenize
from almasalla_crawler.arabic.named_days import Context
from almasalla_crawler.arabic.stamps import Reading, read_stamp

BAGHDAD = ZoneInfo("Asia/Baghdad")
_MAX_RAW_LENGTH = 2 * MAX_LENGTH
_NOT_A_NUMBER_OF_A_DATE = re.compile(r"(?:^|[،,]\s?)[-−]\d|[²³¹\u2070-\u2089]")  # negative, superscript
_INVISIBLE = re.compile("[\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_PERSIAN = re.compile("[۰-۹]|انتشار")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """What a line says about when something was published or changed."""

    raw: str  # the text as given, without invisible characters
    day: date  # calendar day as written, in the zone of the text
    instant: datetime | None  # aware, UTC; None at day precision
    precision: str  # "day" | "minute" | "second"
    rule: str  # what read the day: a key of DATES, "hijri", "jalali", "relative", "now" or "epoch"
    label: str = ""  # "published" | "modified" | "" when the line does not say


@lru_cache(maxsize=4096)  # `clean` asks whether a line is a date, `describe` which one
def read_date(text: str, now: datetime | None = None, zone: tzinfo = BAGHDAD) -> FoundDate | None:
    """The date `text` consists of, or None. Of a published and a modified date on one line, the published.

    `now` (aware) is needed for relative phrases, days without a year and two-digit years: without it they give None.
    """
    text = text.strip()
    if len(text) > _MAX_RAW_LENGTH or not may_open_a_date(text) or _NOT_A_NUMBER_OF_A_DATE.search(text):
        return None
    tokens = tokenize(text)
    shape = "".join(token.kind for token in tokens)
    end = tail.start() if (tail := TAIL.search(shape)) else len(shape)
    context = Context(now, zone, persian=bool(_PERSIAN.search(text)), has_tail=bool(tail))
    readings: list[tuple[str, Reading]] = []
    for part in LABELLED.finditer(shape, 0, end):
        reading = read_stamp(tokens[part.start() : part.end()], context)
        if not reading and readings and _is_time_of_change(tokens[part.start() : part.end()]):
            continue
        if not reading:
            return None
        readings.append((_label(tokens[part.start()]), reading))
    if not readings:
        return None
    label, reading = max(readings, key=lambda labelled: labelled[0] == "published")
    return FoundDate(_INVISIBLE.sub("", text).strip(), *reading, label)


def split_date(text: str, now: datetime | None = None, zone: tzinfo = BAGHDAD) -> tuple[str, FoundDate] | None:
    """What stands before the date that ends `text`, and the date: of `كتب: هدى كاظم 12 نوفمبر، 2020` both; None if none does."""
    words = text.split(" ")
    if len(text) > MAX_LENGTH or not any(map(str.isdigit, text)):
        return None
    for number in range(1, len(words)):
        rest = " ".join(words[number:]).lstrip("|-–— ")
        if found := read_date(rest, now, zone):
            if found.rule == "numeric" and number > 1 and is_date_shaped(" ".join(words[number - 1 :]).lstrip("|-–— ")):
                return None  # the weekday before it is of another order of day and month, or of none
            return " ".join(words[:number]).rstrip("|-–—،, "), found
    return None


def is_date_shaped(text: str) -> bool:
    """Is `text` made like a date with a year, whether or not it can be one? `31/02/2024` and `24-05-06` are."""
    text = text.strip()
    return len(text) <= MAX_LENGTH and may_open_a_date(text) and _is_shaped_like_a_date(text)


@lru_cache(maxsize=4096)  # the pages of a site share most of their short lines
def _is_shaped_like_a_date(text: str) -> bool:
    tokens = tokenize(text)
    shape = "".join(token.kind for token in tokens)
    stamps = [parts_of(tokens[part.start() : part.end()]) for part in LABELLED.finditer(shape)]
    return any(part.rule in DATES and part.rule != "yearless" for parts in stamps for part in parts)


def _is_time_of_change(tokens: list[Token]) -> bool:
    """`آخر تحديث 14:00` behind a day."""
    return _label(tokens[0]) == "modified" and {part.rule for part in parts_of(tokens)} in ({"clock"}, {"clock", "zone"})


def _label(first: Token) -> str:
    return first.name if first.kind == "l" else ""
