"""Reads the date of a short line by a closed grammar: a line with one word outside it has no date.

A line becomes tokens, each with a one-letter kind; the productions of the grammar are regular expressions over these
letters. `30 أغسطس 2024 - 5:05 م` is `nMy-n:nm`: production day_month_year, a separator, a clock.
"""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from almasalla_crawler.arabic.months import MAX_LENGTH, Token, may_open_a_date, tokenize

BAGHDAD = ZoneInfo("Asia/Baghdad")
_MAX_RAW_LENGTH = 2 * MAX_LENGTH
MAX_MONTHS_BACK = 240  # `100 years ago` is a headline
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
    rule: str  # what read the day: a key of _DATES, "hijri", "jalali", "relative", "now" or "epoch"
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
    end = tail.start() if (tail := _TAIL.search(shape)) else len(shape)
    context = _Context(now, zone, persian=bool(_PERSIAN.search(text)), has_tail=bool(tail))
    readings: list[tuple[str, _Reading]] = []
    for part in _LABELLED.finditer(shape, 0, end):
        reading = _read_stamp(tokens[part.start() : part.end()], context)
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
    stamps = [_parts(tokens[part.start() : part.end()]) for part in _LABELLED.finditer(shape)]
    return any(part.rule in _DATES and part.rule != "yearless" for parts in stamps for part in parts)


def _is_time_of_change(tokens: list[Token]) -> bool:
    """`آخر تحديث 14:00` behind a day."""
    return _label(tokens[0]) == "modified" and {part.rule for part in _parts(tokens)} in ({"clock"}, {"clock", "zone"})


def _label(first: Token) -> str:
    return first.name if first.kind == "l" else ""


class _Reading(NamedTuple):
    day: date
    instant: datetime | None
    precision: str
    rule: str


class _Context(NamedTuple):
    now: datetime | None
    zone: tzinfo
    persian: bool  # Persian digits or label: a bare year 13xx or 14xx is Jalali
    has_tail: bool


# --- from tokens to parts

_MONTH = r"(?:M(?:[/(\-,|]?M\)?)?|[HJ])"  # a second name for the month must mean the same
_GAP = r"[,/.\-]{0,2}"
# A lone م after the year means Gregorian, but before a clock without ص or م it may be its PM: then nothing is read.
_ERA = r"[ah]?(?:m(?!n:n(?::n)?(?![:pm])))?"
_DATES = {  # production: order of its numbers, pattern
    "day_month_year": ("dy", rf"ns?{_GAP}o?{_MONTH}{_GAP}y{_ERA}"),
    "month_day_year": ("dy", rf"{_MONTH}{_GAP}ns?{_GAP}y{_ERA}"),
    "year_month_day": ("yd", rf"y{_GAP}{_MONTH}{_GAP}n{_ERA}"),
    "day_month_short_year": ("ds", r"n(?P<g1>[/\-])M(?P=g1)n"),
    "iso": ("ymd", rf"y(?P<g2>[/.\-])n(?P=g2)n{_ERA}"),
    "compact": ("ymd", "y~n~n"),
    "numeric": ("dmy", rf"n(?P<g3>[/.\-])n(?P=g3)y{_ERA}"),
    "numeric_short_year": ("dms", r"n(?P<g4>[/.\-])n(?P=g4)n"),
    "yearless": ("d", r"no?M(?:[/(\-,|]?M\)?)?"),
}
_AMOUNT = "(?:[nk]?[uD]|[nk]U|d)"
_NO_DATE_FOLLOWS = r"(?![\-/.:nsoMHJ])"
_PATTERNS = {
    "relative": rf"gv?{_AMOUNT}(?:&?{_AMOUNT})?|v?{_AMOUNT}(?:[&,]?{_AMOUNT})?[gG]",
    "now": "i",
    **{name: pattern for name, (_, pattern) in _DATES.items()},
    # After a minute a minus is an offset only in the form -0300: 10:30 - 12:00 is a range.
    "clock": r"c?(?:(?P<face>n[:q]n(?P<seconds>:n(?:\.[nkye])?)?|(?<=c)n(?:\.n)?|n(?:\.n)?(?=[pm]))(?P<half>[pm])?"
    rf"(?P<offset>(?:\+(?:n:n|n)|[+\-]y|(?(seconds)-n:n|(?!))){_NO_DATE_FOLLOWS})?)",
    "zone": rf"z(?P<shift>[+\-](?:n:n|n|y){_NO_DATE_FOLLOWS})?",
    "weekday": "w",
    "day_back": "p?tp?",
    "epoch": "e",
    "label": "l",
    "filler": r"[,/.\-|():bcTD]",
}
_PART = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS.items()))
_LABELLED = re.compile("l+[^l]*|[^l]+")
_TAIL = re.compile(r"[,\-|(]+(?:[nk][uU]?)?x.*|x.*|\|[^nykel?]*\?[^nykel]*$")


class _Part(NamedTuple):
    rule: str
    tokens: list[Token]
    face: Sequence[Token] = ()  # of a clock: its digits
    half: Sequence[Token] = ()  # of a clock: am or pm
    offset: Sequence[Token] = ()  # of a clock or a zone: what stands from the sign on


def _parts(tokens: list[Token]) -> list[_Part]:
    """The parts of a line in their order, fillers left out; empty if some token belongs to none."""
    shape = "".join(token.kind for token in tokens)
    parts: list[_Part] = []
    place = 0
    while place < len(shape):
        match = _PART.match(shape, place)
        if not match or not match.lastgroup:
            return []
        rule = match.lastgroup
        names = {"clock": ("face", "half", "offset"), "zone": ("face", "half", "shift")}.get(rule, ())
        groups = [tokens[slice(*match.span(name))] for name in names]
        if rule not in ("filler", "label"):
            parts.append(_Part(rule, tokens[place : match.end()], *groups))
        place = match.end()
    return parts


# --- from parts to a date


def _read_stamp(tokens: list[Token], context: _Context) -> _Reading | None:
    parts = _parts(tokens)
    if len(parts) == 1 and (read := _READ_ALONE.get(parts[0].rule)):
        return read(parts[0], context)
    return _read_day_and_clock(parts, context)


def _read_distance(part: _Part, context: _Context) -> _Reading | None:
    """A day is read from days, weeks, months and years; a minute from hours and minutes."""
    if not context.now:
        return None
    back: Counter[str] = Counter()
    count = 1
    for token in part.tokens:
        if token.kind in "nk":
            count = token.number
        elif token.name:
            back[token.name] += count * token.number
            count = 1
    if back["months"] > MAX_MONTHS_BACK:
        return None
    try:
        then = context.now - timedelta(days=back["days"], minutes=back["minutes"], seconds=back["seconds"])
        local = _months_before(then.astimezone(context.zone), back["months"])
    except (ValueError, OverflowError):
        return None
    if not back.keys() & {"minutes", "seconds"}:
        return _Reading(local.date(), None, "day", "relative")
    precision = "second" if "seconds" in back else "minute"
    return _found(local if precision == "second" else local.replace(second=0), precision, "relative")


def _read_now(_: _Part, context: _Context) -> _Reading | None:
    if not context.now or context.has_tail:
        return None
    return _found(context.now.astimezone(context.zone).replace(second=0), "minute", "now")


def _read_epoch(part: _Part, context: _Context) -> _Reading | None:
    """Seconds or milliseconds since 1970, from 2010 on: before, a number of ten digits is more likely a telephone's."""
    digits = part.tokens[0].name
    if len(digits) not in (10, 13) or not 1_262_304_000 <= int(digits[:10]) < 2_000_000_000:
        return None
    return _found(datetime.fromtimestamp(int(digits[:10]), context.zone), "second", "epoch")


_READ_ALONE = {"relative": _read_distance, "now": _read_now, "epoch": _read_epoch}


def _found(local: datetime, precision: str, rule: str) -> _Reading:
    return _Reading(local.date(), local.astimezone(UTC).replace(microsecond=0), precision, rule)


def _months_before(moment: datetime, months: int) -> datetime:
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


def _read_day_and_clock(parts: list[_Part], context: _Context) -> _Reading | None:
    clocks = [part for part in parts if part.rule == "clock"]
    alone = any(part.rule in _READ_ALONE for part in parts)
    named = None if alone or len(clocks) > 1 else _named_day(parts, context)
    if not named:
        return None
    zones = [_zone(part, context.zone) for part in parts if part.rule == "zone" or part.offset]
    clock = _clock(clocks[0]) if clocks else None
    if not clock:
        return None if clocks else _Reading(named.day, None, "day", named.rule)
    has_seconds = len(clocks[0].face) > 3
    if has_seconds and clock == time() and not zones and named.rule in ("iso", "numeric", "compact"):
        return _Reading(named.day, None, "day", named.rule)  # 00:00:00 is how machines write "no time"
    instants = {_instant(named.day, clock, zone) for zone in zones or [context.zone]}
    instant = instants.pop()
    if instants or not instant:
        return None
    return _Reading(named.day, instant, "second" if has_seconds else "minute", named.rule)


def _instant(day: date, clock: time, zone: tzinfo | None) -> datetime | None:
    return datetime.combine(day, clock, zone).astimezone(UTC) if zone else None


# An hour as written -> the hour of the day. 17:05 م is 17:05; 17:05 ص and 00:30 م are nothing.
_HOURS = {
    "": {hour: hour for hour in range(24)},
    "am": {12: 0, **{hour: hour for hour in range(12)}},
    "pm": {12: 12, **{hour: hour + 12 for hour in range(1, 12)}, **{hour: hour for hour in range(13, 24)}},
    "noon": {11: 11, 12: 12, 1: 13, 2: 14, 3: 15, 13: 13, 14: 14, 15: 15},
    "night": {12: 0, **{hour: hour for hour in (0, 1, 2, 3, 4)}, **{hour: hour + 12 for hour in range(6, 12)},
              **{hour: hour for hour in range(18, 24)}},
}  # fmt: skip


def _clock(part: _Part) -> time | None:
    hour, minute, second, *_ = [*(token.number for token in part.face if token.kind == "n"), 0, 0, 0]
    hour24 = _HOURS[part.half[0].name if part.half else ""].get(hour)
    return time(hour24, minute, second) if hour24 is not None and max(minute, second) < 60 else None


def _zone(part: _Part, local: tzinfo) -> tzinfo | None:
    """None if the offset is none that a country has, or stands after a zone other than Greenwich."""
    name = part.tokens[0].name if part.rule == "zone" else "Etc/UTC"
    if not part.offset:
        return ZoneInfo(name) if name else local
    sign, first, *rest = part.offset
    hours, minutes = divmod(first.number, 100) if first.kind == "y" else (first.number, 0)
    minutes += sum(token.number for token in rest)
    if name != "Etc/UTC" or hours > 14 or minutes not in (0, 30, 45):
        return None
    return timezone(timedelta(hours=hours, minutes=minutes) * (-1 if sign.kind == "-" else 1))


class _NamedDay(NamedTuple):
    calendar: str
    day: date
    rule: str


_UNSET = {date(1970, 1, 1), date(1900, 1, 1)}  # what machines write for no date


def _named_day(parts: list[_Part], context: _Context) -> _NamedDay | None:
    """The one day that all dates of the line name: the Gregorian if it stands there, and the weekday agrees."""
    named: list[_NamedDay] = []
    for part in parts:
        if part.rule in _DATES:
            day = _absolute_day(part, context)
            if not day or day.day in _UNSET:
                return None
            named.append(day)
    if not named:
        return _day_back(parts, context)
    best = min(named, key=lambda day: _TRUST[day.calendar]) if len(named) > 1 else named[0]
    if any(abs(day.day - best.day) > _SLACK[day.calendar] for day in named):
        return None
    return _on_weekday(best, parts)


def _day_back(parts: list[_Part], context: _Context) -> _NamedDay | None:
    back = [token.number for part in parts if part.rule == "day_back" for token in part.tokens if token.kind == "t"]
    if len(back) != 1 or not context.now or context.has_tail:
        return None
    today = context.now.astimezone(context.zone).date()
    return _on_weekday(_NamedDay("gregorian", today - timedelta(back[0]), "relative"), parts)


def _on_weekday(named: _NamedDay, parts: list[_Part]) -> _NamedDay | None:
    """None if the line names another weekday. A Hijri day moves to the weekday named beside it, by one day at most."""
    weekdays = {token.number for part in parts if part.rule == "weekday" for token in part.tokens}
    if not weekdays or weekdays == {named.day.weekday()}:
        return named
    near = [named.day + timedelta(1), named.day - timedelta(1)] if named.calendar == "hijri" else []
    return next((named._replace(day=day) for day in near if weekdays == {day.weekday()}), None)


# What counts when a line names its day in two calendars; local sighting moves a Hijri day by one or two.
_TRUST = {"gregorian": 0, "jalali": 1, "hijri": 2}
_SLACK = {"gregorian": timedelta(0), "jalali": timedelta(0), "hijri": timedelta(2)}
# The years a page can mean.
_YEARS = {"gregorian": range(1900, 2100), "jalali": range(1300, 1473), "hijri": range(1343, 1501)}
_CALENDAR_OF = {"M": "gregorian", "a": "gregorian", "m": "gregorian", "J": "jalali", "H": "hijri", "h": "hijri"}


def _absolute_day(part: _Part, context: _Context) -> _NamedDay | None:
    numbers = [token for token in part.tokens if token.kind in "ny"]
    fields = dict(zip(_DATES[part.rule][0], numbers, strict=True))
    months = {token.number for token in part.tokens if token.kind in "MHJ"} or {fields["m"].number}
    if len(months) > 1:
        return None
    day, month = fields["d"].number, months.pop()
    if part.rule.startswith("numeric") and day <= 12 < month and part.tokens[1].kind in "/-":
        day, month = month, day  # only the American order is a date
    if part.rule == "yearless":
        return _nearest_past(month, day, context)
    if "s" in fields and _may_begin_with_the_year(part, month, context):
        return None
    year = fields["y"].number if "y" in fields else _short_year(part, fields["s"], context)
    if part.rule == "compact" and year > (context.now.year + 1 if context.now else 2040):
        return None
    claims = {_CALENDAR_OF[token.kind] for token in part.tokens if token.kind in _CALENDAR_OF}
    calendar = claims.pop() if claims else _calendar_of_bare_year(year, context)
    if claims or year not in _YEARS.get(calendar, ()):
        return None
    found = {"gregorian": _gregorian_day, "jalali": jalali_day, "hijri": _hijri_day}[calendar](year, month, day)
    return _NamedDay(calendar, found, part.rule if calendar == "gregorian" else calendar) if found else None


def _calendar_of_bare_year(year: int, context: _Context) -> str:
    """Empty when it is none, or fits two: 1403 is 2024 in Persia and 1983 in Arabia. 1446 lies far ahead in Persia."""
    if year in _YEARS["gregorian"]:
        return "gregorian"
    if 1421 <= year <= 1450:
        return "hijri"
    return "jalali" if year <= 1420 and context.persian else ""


def _short_year(part: _Part, written: Token, context: _Context) -> int:
    """A year of this century that is not ahead; 0 for what may be a version or a score."""
    numbers = [token for token in part.tokens if token.kind == "n"]
    padded = all(len(token.name) == 2 for token in numbers)
    mark = part.tokens[1].kind
    if not context.now or len(written.name) != 2 or not (padded or mark == "/" or part.rule == "day_month_short_year"):
        return 0
    return 2000 + written.number if 2000 + written.number <= context.now.year + 1 else 0


def _may_begin_with_the_year(part: _Part, month: int, context: _Context) -> bool:
    """`24-05-06` is the sixth of May as machines write it; `13-08-24` would be too long ago for that.

    Between slashes the day stands first, unless the other reading is the later one.
    """
    numbers = [token.number for token in part.tokens if token.kind == "n"]
    day_first = _gregorian_day(2000 + numbers[-1], month, numbers[0])
    year_first = _gregorian_day(2000 + numbers[0], month, numbers[-1])
    if not context.now or not day_first or not year_first or day_first == year_first:
        return False
    tomorrow = context.now.date() + timedelta(1)
    is_recent = part.tokens[1].kind != "/" and year_first > tomorrow - timedelta(5 * 366)
    return year_first <= tomorrow and (is_recent or day_first > tomorrow or year_first > day_first)


def _nearest_past(month: int, day: int, context: _Context) -> _NamedDay | None:
    """None before a tail: `7 أكتوبر | X` is a headline."""
    if not context.now or context.has_tail:
        return None
    today = context.now.astimezone(context.zone).date()
    years = range(today.year, today.year - 8, -1)  # 29 February may be up to eight years back
    past = (found for year in years if (found := _gregorian_day(year, month, day)) and found <= today)
    return next((_NamedDay("gregorian", found, "yearless") for found in past), None)


def _gregorian_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _hijri_day(year: int, month: int, day: int) -> date | None:
    """By the Umm al-Qura calendar; local sighting may differ by a day."""
    from hijridate import Hijri

    try:
        found = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


_FIRST_OF_1403 = date(2024, 3, 20)
_JALALI_MONTH_DAYS = (31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 29)


def jalali_day(year: int, month: int, day: int) -> date | None:
    """By the 33-year rule, which agrees with the equinox from 1300 to 1472."""
    if year not in _YEARS["jalali"] or not 1 <= month <= 12:
        return None
    if not 1 <= day <= _JALALI_MONTH_DAYS[month - 1] + (month == 12 and _is_jalali_leap(year)):
        return None
    leaps = sum(map(_is_jalali_leap, range(1300, year))) - sum(map(_is_jalali_leap, range(1300, 1403)))
    return _FIRST_OF_1403 + timedelta(365 * (year - 1403) + leaps + sum(_JALALI_MONTH_DAYS[: month - 1]) + day - 1)


def _is_jalali_leap(year: int) -> bool:
    return (25 * year + 11) % 33 < 8
