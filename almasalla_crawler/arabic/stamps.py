"""The day and the instant that one label of a line stands for: a day with its clock, a distance from now, seconds since 1970."""

from calendar import monthrange
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from almasalla_crawler.arabic.date_grammar import Part, parts_of
from almasalla_crawler.arabic.months import Token
from almasalla_crawler.arabic.named_days import Context, named_day

MAX_MONTHS_BACK = 240  # `100 years ago` is a headline
# An hour as written -> the hour of the day. 17:05 م is 17:05; 17:05 ص and 00:30 م are nothing.
_HOURS = {
    "": {hour: hour for hour in range(24)},
    "am": {12: 0, **{hour: hour for hour in range(12)}},
    "pm": {12: 12, **{hour: hour + 12 for hour in range(1, 12)}, **{hour: hour for hour in range(13, 24)}},
    "noon": {11: 11, 12: 12, 1: 13, 2: 14, 3: 15, 13: 13, 14: 14, 15: 15},
    "night": {12: 0, **{hour: hour for hour in (0, 1, 2, 3, 4)}, **{hour: hour + 12 for hour in range(6, 12)},
              **{hour: hour for hour in range(18, 24)}},
}  # fmt: skip


class Reading(NamedTuple):
    day: date
    instant: datetime | None
    precision: str
    rule: str


def read_stamp(tokens: list[Token], context: Context) -> Reading | None:
    parts = parts_of(tokens)
    if len(parts) == 1 and (read := _READ_ALONE.get(parts[0].rule)):
        return read(parts[0], context)
    return _read_day_and_clock(parts, context)


def _read_distance(part: Part, context: Context) -> Reading | None:
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
        return Reading(local.date(), None, "day", "relative")
    precision = "second" if "seconds" in back else "minute"
    return _found(local if precision == "second" else local.replace(second=0), precision, "relative")


def _read_now(_: Part, context: Context) -> Reading | None:
    if not context.now or context.has_tail:
        return None
    return _found(context.now.astimezone(context.zone).replace(second=0), "minute", "now")


def _read_epoch(part: Part, context: Context) -> Reading | None:
    """Seconds or milliseconds since 1970, from 2010 on: before, a number of ten digits is more likely a telephone's."""
    digits = part.tokens[0].name
    if len(digits) not in (10, 13) or not 1_262_304_000 <= int(digits[:10]) < 2_000_000_000:
        return None
    return _found(datetime.fromtimestamp(int(digits[:10]), context.zone), "second", "epoch")


_READ_ALONE = {"relative": _read_distance, "now": _read_now, "epoch": _read_epoch}


def _found(local: datetime, precision: str, rule: str) -> Reading:
    return Reading(local.date(), local.astimezone(UTC).replace(microsecond=0), precision, rule)


def _months_before(moment: datetime, months: int) -> datetime:
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


def _read_day_and_clock(parts: list[Part], context: Context) -> Reading | None:
    clocks = [part for part in parts if part.rule == "clock"]
    alone = any(part.rule in _READ_ALONE for part in parts)
    named = None if alone or len(clocks) > 1 else named_day(parts, context)
    if not named:
        return None
    zones = [_zone(part, context.zone) for part in parts if part.rule == "zone" or part.offset]
    clock = _clock(clocks[0]) if clocks else None
    if not clock:
        return None if clocks else Reading(named.day, None, "day", named.rule)
    has_seconds = len(clocks[0].face) > 3
    if has_seconds and clock == time() and not zones and named.rule in ("iso", "numeric", "compact"):
        return Reading(named.day, None, "day", named.rule)  # 00:00:00 is how machines write "no time"
    instants = {_instant(named.day, clock, zone) for zone in zones or [context.zone]}
    instant = instants.pop()
    if instants or not instant:
        return None
    return Reading(named.day, instant, "second" if has_seconds else "minute", named.rule)


def _instant(day: date, clock: time, zone: tzinfo | None) -> datetime | None:
    return datetime.combine(day, clock, zone).astimezone(UTC) if zone else None


def _clock(part: Part) -> time | None:
    hour, minute, second, *_ = [*(token.number for token in part.face if token.kind == "n"), 0, 0, 0]
    hour24 = _HOURS[part.half[0].name if part.half else ""].get(hour)
    return time(hour24, minute, second) if hour24 is not None and max(minute, second) < 60 else None


def _zone(part: Part, local: tzinfo) -> tzinfo | None:
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
