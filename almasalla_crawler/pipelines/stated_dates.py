"""The dates among those a page states: ISO and its many spellings, times without an offset, times with a false one."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

from almasalla_crawler.arabic.calendars import jalali_day
from almasalla_crawler.arabic.dates import FoundDate, read_date
from almasalla_crawler.items import Fact

_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]{1,2}(\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]\d{1,12})? ?(Z|UTC|GMT|[+\-]\d\d(?::?\d\d)?)?Z?)?",
    re.I,
)
# A year between 1380 and 1419 is Persian where the text is: as a Hijri one it ended before the year 2000.
_JALALI = re.compile(r"\A(13[89]\d|14[01]\d)([-/])(\d\d?)\2(\d\d?)(?!\d)")
_COUNT_SO = frozenset({"fa", "prs", "ps"})
_EPOCH = re.compile(r"\d{10}|\d{13}")
_NUMBERS_ALONE = frozenset({"numeric", "numeric_short_year"})  # 5/8/2024 is May in one country and August in the next
_ELSEWHERE = timezone(timedelta(hours=5))
_NO_OFFSET = timedelta(0)
_MAX_AHEAD = timedelta(minutes=30)  # of the moment the page was seen: clocks differ
_NEAR = timedelta(days=7)  # within it the offset of one date of the page is that of another
_LARGEST_OFFSET = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class DatedFact:
    fact: Fact
    found: FoundDate
    clock: datetime | None  # as written, without its offset; None for a day alone
    offset: timedelta | None  # as written; None if there is none
    precision: str = "second"  # of the clock

    @property
    def instant(self) -> datetime | None:
        return self.found.instant


@dataclass(frozen=True, slots=True)
class ShownDate:
    """The date of publication in the text of the page."""

    date: FoundDate | None = None
    is_certain: bool = False  # labelled as publication, or standing between title and text


def may_be_jalali(value: str) -> bool:
    """Is it a date of a machine that counts the years as Iran does?"""
    return _JALALI.match(value.strip()) is not None


def read_stated(fact: Fact, now: datetime | None, zone: tzinfo | None, language: str = "") -> DatedFact | None:
    """What the value of `fact` means; it becomes ISO. None for what is no date, or could be two.

    `zone` is that of the readers, for words; a clock in ISO without an offset stays without one. `language` is that of the
    text, "" if nobody knows.
    """
    dated = (
        _read_iso(fact, not language or language.partition("-")[0] in _COUNT_SO)
        or _read_mail_date(fact)
        or _read_epoch(fact)
        or _read_words(fact, now, zone)
    )
    if dated is not None:
        fact.value = f"{dated.clock or dated.found.day}" if dated.instant is None else _iso(dated.instant)
    return dated


def _iso(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _read_iso(fact: Fact, is_persian: bool) -> DatedFact | None:
    value = fact.value.strip().partition("[")[0]  # `[Asia/Baghdad]`, as Java writes it behind the offset
    match = _ISO.fullmatch(_JALALI.sub(_gregorian, value, count=1) if is_persian else value)
    if match is None:
        return None
    year, month, day, hour, minute, second, offset = match.groups()
    try:
        if hour is None:
            return _dated(fact, datetime.fromisoformat(f"{year}-{month}-{day}"), None, "day")
        clock = datetime.fromisoformat(f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}")
        return _dated(fact, clock, _offset(offset), "second" if second else "minute")
    except (ValueError, OverflowError):
        return None


def _gregorian(jalali: re.Match[str]) -> str:
    day = jalali_day(int(jalali[1]), int(jalali[3]), int(jalali[4]))
    return day.isoformat() if day else jalali[0]


def _offset(text: str | None) -> timedelta | None:
    if not text:
        return None
    if text[0] not in "+-":
        return timedelta(0)
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if offset > _LARGEST_OFFSET:
        raise ValueError(text)
    return -offset if text[0] == "-" else offset


def _dated(fact: Fact, clock: datetime, offset: timedelta | None, precision: str) -> DatedFact | None:
    if not 1990 <= clock.year <= 2100:
        return None
    is_day = precision == "day" or (offset is None and clock.time() == datetime.min.time())
    instant = (clock - offset).replace(tzinfo=UTC) if offset is not None and not is_day else None
    found = FoundDate(fact.raw.strip(), clock.date(), instant, precision if instant else "day", fact.source)
    return DatedFact(fact, found, None if is_day else clock, None if is_day else offset, precision)


def _read_mail_date(fact: Fact) -> DatedFact | None:
    """`Mon, 05 Aug 2024 12:47:21 GMT`."""
    if not (fact.value[:3].isalpha() and ":" in fact.value and fact.value.isascii()):
        return None
    try:
        read = parsedate_to_datetime(fact.value)
    except (ValueError, IndexError, OverflowError):
        return None
    return _dated(fact, read.replace(tzinfo=None), read.utcoffset(), "second")


def _read_epoch(fact: Fact) -> DatedFact | None:
    if not _EPOCH.fullmatch(fact.value):
        return None
    return _dated(fact, datetime.fromtimestamp(int(fact.value[:10]), UTC).replace(tzinfo=None), timedelta(0), "second")


def _read_words(fact: Fact, now: datetime | None, zone: tzinfo | None) -> DatedFact | None:
    """Arabic prose and Jalali days where a machine's date belongs."""
    found = read_date(fact.value, now, zone or UTC)
    if found is None or (zone is None and found.rule in _NUMBERS_ALONE):
        return None
    if zone is None:
        found = without_guessed_zone(found, now)
    return DatedFact(fact, replace(found, rule=fact.source), None, None)


def without_guessed_zone(found: FoundDate, now: datetime | None) -> FoundDate:
    """A day alone, if the instant would be another one elsewhere: the text names no zone."""
    elsewhere = read_date(found.raw, now, _ELSEWHERE)
    return found if elsewhere and elsewhere.instant == found.instant else _day_only(found)


def choose_published(
    stated: list[DatedFact], modified: list[DatedFact], shown: ShownDate, zone: tzinfo | None, now: datetime | None
) -> DatedFact | None:
    """The first date stated, its time put right by the others. None if the date the text shows is the one to believe."""
    stated = [one for one in stated if now is None or one.found.day <= (now + _LARGEST_OFFSET).date()] or stated
    if not stated:
        return None
    best = _with_true_offset(_most_exact(stated), stated, modified, shown, zone)
    if best.instant and now and best.instant > now + _MAX_AHEAD:
        best = replace(best, found=_day_only(best.found))
    if shown.date is None:
        return best
    if shown.date.day in _days(best, zone):
        lies = best.offset == _NO_OFFSET and _same_clock(best, shown, zone)
        return None if best.instant is None or lies else replace(best, found=replace(best.found, day=shown.date.day))
    confirmed = (
        ":datePublished" in best.fact.source
        or best.fact.source == "rest:date"
        or sum(one.found.day == best.found.day for one in stated) > 1
    )
    return best if confirmed or not shown.is_certain else None


def choose_modified(modified: list[DatedFact], published: FoundDate | None, zone: tzinfo | None) -> DatedFact | None:
    """The first instant that is not before the publication."""
    known = (one for dated in modified if (one := _in_zone(dated, zone)).instant)
    return next((one for one in known if published is None or not _is_before(one.found, published)), None)


def _is_before(one: FoundDate, other: FoundDate) -> bool:
    return one.instant < other.instant if one.instant and other.instant else one.day < other.day


def _most_exact(stated: list[DatedFact]) -> DatedFact:
    """The first, or where it is a day alone the first with a time on that day."""
    first = stated[0]
    if first.clock or first.instant:
        return first
    return next((one for one in stated if one.clock and first.found.day in (one.clock.date(), one.found.day)), first)


def _with_true_offset(
    best: DatedFact, stated: list[DatedFact], modified: list[DatedFact], shown: ShownDate, zone: tzinfo | None
) -> DatedFact:
    """A time without an offset gets that of the same time elsewhere on the page; so does a local time that claims to be UTC."""
    if best.clock is None or (best.offset is not None and best.offset != _NO_OFFSET):
        return best
    twin = next((one for one in stated if one.offset and _minute(one.clock) == _minute(best.clock)), None)
    if twin is not None:
        return _at(best, twin.offset)
    near = next((one for one in (*stated, *modified) if one.offset and one.clock and abs(one.clock - best.clock) <= _NEAR), None)
    if best.offset is None:
        named = next((one for one in stated if one.offset == _NO_OFFSET and _minute(one.clock) == _minute(best.clock)), None)
        return _at(best, near.offset) if near else _at(best, _NO_OFFSET) if named else _in_zone(best, zone)
    if near is not None and (_same_clock(best, shown, zone) or _is_later_than_its_change(best, near, modified)):
        return _at(best, near.offset)
    return best


def _is_later_than_its_change(best: DatedFact, near: DatedFact, modified: list[DatedFact]) -> bool:
    """Published after it was changed by the instant, but not by the clocks: then the clock of the publication is local."""
    if near not in modified or not (best.instant and near.instant and best.clock and near.clock):
        return False
    return best.instant > near.instant and best.clock <= near.clock


def _same_clock(best: DatedFact, shown: ShownDate, zone: tzinfo | None) -> bool:
    if shown.date is None or shown.date.instant is None or zone is None:
        return False
    return _minute(best.clock) == _minute(shown.date.instant.astimezone(zone).replace(tzinfo=None))


def _minute(clock: datetime | None) -> datetime | None:
    return clock.replace(second=0) if clock else None


def _days(dated: DatedFact, zone: tzinfo | None) -> set[date]:
    """The days that an article of this instant may show: as stated, in Greenwich, where its readers are."""
    days = {dated.found.day}
    if dated.instant:
        days |= {dated.instant.date(), dated.instant.astimezone(zone or UTC).date()}
    return days


def _at(dated: DatedFact, offset: timedelta | None) -> DatedFact:
    if dated.clock is None or offset is None:
        return dated
    instant = (dated.clock - offset).replace(tzinfo=UTC)
    return replace(dated, offset=offset, found=replace(dated.found, instant=instant, precision=dated.precision))


def _in_zone(dated: DatedFact, zone: tzinfo | None) -> DatedFact:
    """A time that no other source explains is one of the readers' zone; without one only its day is known."""
    if dated.clock is None or dated.offset is not None or zone is None:
        return dated
    instant = dated.clock.replace(tzinfo=zone).astimezone(UTC)
    return replace(dated, found=replace(dated.found, instant=instant, precision=dated.precision))


def _day_only(found: FoundDate) -> FoundDate:
    return replace(found, instant=None, precision="day")
