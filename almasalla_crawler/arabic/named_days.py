"""The day that the parts of a line name: absolute, without its year, or so many days back."""

from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from almasalla_crawler.arabic.calendars import YEARS, gregorian_day, hijri_day, jalali_day
from almasalla_crawler.arabic.date_grammar import DATES, Part
from almasalla_crawler.arabic.months import Token

_UNSET = {date(1970, 1, 1), date(1900, 1, 1)}  # what machines write for no date
# What counts when a line names its day in two calendars; local sighting moves a Hijri day by one or two.
_TRUST = {"gregorian": 0, "jalali": 1, "hijri": 2}
_SLACK = {"gregorian": timedelta(0), "jalali": timedelta(0), "hijri": timedelta(2)}
_CALENDAR_OF = {"M": "gregorian", "a": "gregorian", "m": "gregorian", "J": "jalali", "H": "hijri", "h": "hijri"}


class Context(NamedTuple):
    now: datetime | None
    zone: tzinfo
    persian: bool  # Persian digits or label: a bare year 13xx or 14xx is Jalali
    has_tail: bool


class NamedDay(NamedTuple):
    calendar: str
    day: date
    rule: str


def named_day(parts: list[Part], context: Context) -> NamedDay | None:
    """The one day that all dates of the line name: the Gregorian if it stands there, and the weekday agrees."""
    named: list[NamedDay] = []
    for part in parts:
        if part.rule in DATES:
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


def _day_back(parts: list[Part], context: Context) -> NamedDay | None:
    back = [token.number for part in parts if part.rule == "day_back" for token in part.tokens if token.kind == "t"]
    if len(back) != 1 or not context.now or context.has_tail:
        return None
    today = context.now.astimezone(context.zone).date()
    return _on_weekday(NamedDay("gregorian", today - timedelta(back[0]), "relative"), parts)


def _on_weekday(named: NamedDay, parts: list[Part]) -> NamedDay | None:
    """None if the line names another weekday. A Hijri day moves to the weekday named beside it, by one day at most; of
    `Mon, 10/05/2026 - 09:14` the weekday tells that the month stands first: people misprint weekdays, clocks do not."""
    weekdays = {token.number for part in parts if part.rule == "weekday" for token in part.tokens}
    if not weekdays or weekdays == {named.day.weekday()}:
        return named
    near = [named.day + timedelta(1), named.day - timedelta(1)] if named.calendar == "hijri" else []
    if named.rule == "numeric" and named.day.day <= 12 and any(part.rule == "clock" for part in parts):
        near = [named.day.replace(month=named.day.day, day=named.day.month)]
    return next((named._replace(day=day) for day in near if weekdays == {day.weekday()}), None)


def _absolute_day(part: Part, context: Context) -> NamedDay | None:
    numbers = [token for token in part.tokens if token.kind in "ny"]
    fields = dict(zip(DATES[part.rule][0], numbers, strict=True))
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
    if claims or year not in YEARS.get(calendar, ()):
        return None
    found = {"gregorian": gregorian_day, "jalali": jalali_day, "hijri": hijri_day}[calendar](year, month, day)
    return NamedDay(calendar, found, part.rule if calendar == "gregorian" else calendar) if found else None


def _calendar_of_bare_year(year: int, context: Context) -> str:
    """Empty when it is none, or fits two: 1403 is 2024 in Persia and 1983 in Arabia. 1446 lies far ahead in Persia."""
    if year in YEARS["gregorian"]:
        return "gregorian"
    if 1421 <= year <= 1450:
        return "hijri"
    return "jalali" if year <= 1420 and context.persian else ""


def _short_year(part: Part, written: Token, context: Context) -> int:
    """A year of this century that is not ahead; 0 for what may be a version or a score."""
    numbers = [token for token in part.tokens if token.kind == "n"]
    padded = all(len(token.name) == 2 for token in numbers)
    mark = part.tokens[1].kind
    if not context.now or len(written.name) != 2 or not (padded or mark == "/" or part.rule == "day_month_short_year"):
        return 0
    return 2000 + written.number if 2000 + written.number <= context.now.year + 1 else 0


def _may_begin_with_the_year(part: Part, month: int, context: Context) -> bool:
    """`24-05-06` is the sixth of May as machines write it; `13-08-24` would be too long ago for that.

    Between slashes the day stands first, unless the other reading is the later one.
    """
    numbers = [token.number for token in part.tokens if token.kind == "n"]
    day_first = gregorian_day(2000 + numbers[-1], month, numbers[0])
    year_first = gregorian_day(2000 + numbers[0], month, numbers[-1])
    if not context.now or not day_first or not year_first or day_first == year_first:
        return False
    tomorrow = context.now.date() + timedelta(1)
    is_recent = part.tokens[1].kind != "/" and year_first > tomorrow - timedelta(5 * 366)
    return year_first <= tomorrow and (is_recent or day_first > tomorrow or year_first > day_first)


def _nearest_past(month: int, day: int, context: Context) -> NamedDay | None:
    """None before a tail: `7 أكتوبر | X` is a headline."""
    if not context.now or context.has_tail:
        return None
    today = context.now.astimezone(context.zone).date()
    years = range(today.year, today.year - 8, -1)  # 29 February may be up to eight years back
    past = (found for year in years if (found := gregorian_day(year, month, day)) and found <= today)
    return next((NamedDay("gregorian", found, "yearless") for found in past), None)
