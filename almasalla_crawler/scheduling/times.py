"""When an entry of crawls.toml is due: `every` counts elapsed time, `cron` the wall clock of a time zone."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

_INSTANT = timedelta(microseconds=1)
_NEAR = timedelta(hours=3)  # a wall clock that was or will be moved within that time shows some times twice, or not
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LONGEST = 366 * 86400
_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun")  # as cron counts them: 0 and 7 are Sunday
_WEEKDAY_ITEM = re.compile(r"(?P<first>\*|[0-7]|[a-z]{3})(?:-(?P<last>[0-7]|[a-z]{3}))?(?:/(?P<step>[1-7]))?", re.I)


def seconds_of(text: str) -> int:
    """90 of "90s"; also m, h and d. Raises ValueError."""
    found = re.fullmatch(r"([0-9]{1,9}) ?([smhd])", text)
    seconds = int(found[1]) * _UNITS[found[2]] if found else 0
    if not 0 < seconds <= _LONGEST:
        raise ValueError('a number and s, m, h or d is needed, as in "90s", "15m", "2h" or "1d"')
    return seconds


@dataclass(frozen=True)
class Every:
    """So long after it was due the last time, whatever clocks on walls do meanwhile."""

    text: str

    def __post_init__(self) -> None:
        seconds_of(self.text)

    def __str__(self) -> str:
        return f"every {self.text}"

    @cached_property
    def period(self) -> timedelta:
        return timedelta(seconds=seconds_of(self.text))

    def first(self, now: datetime) -> datetime:
        """At once: who writes a new entry wants to see what it does."""
        return now

    def next(self, due_at: datetime, now: datetime) -> datetime:
        """The first time after `now` in step with `due_at`: what was missed is one run."""
        from apscheduler.triggers.interval import IntervalTrigger

        trigger = IntervalTrigger(seconds=int(self.period.total_seconds()), start_date=due_at, timezone=UTC)
        found: datetime = trigger.get_next_fire_time(None, now + _INSTANT)
        return found

    def latest(self, now: datetime) -> datetime:
        """No clock that was right all the time makes it due later than this."""
        return now + self.period


@dataclass(frozen=True)
class Cron:
    """The five fields of crontab(5), read on the wall clock of a time zone.

    As cron does it: if both days of the month and weekdays are given, either is enough. A time that the clock skips in
    spring comes as much later, one that it shows twice in autumn comes once; lines with `*` for the hour go on with the
    time that passes. So no day is left out and none comes twice.
    """

    line: str
    zone: str

    def __post_init__(self) -> None:
        if len(self.line.split()) != 5:
            raise ValueError('five fields are needed (minute, hour, day, month, weekday), as in "0 6 * * *"')
        try:
            self.after(datetime(2024, 1, 1, tzinfo=UTC))  # a leap year follows within the eight that are looked through
        except ValueError as error:
            raise ValueError(f"{error}; see crontab(5)") from error

    def __str__(self) -> str:
        return f'cron "{self.line}" {self.zone}'

    def first(self, now: datetime) -> datetime:
        return self.after(now)

    def next(self, due_at: datetime, now: datetime) -> datetime:
        return self.after(now)

    def latest(self, now: datetime) -> datetime:
        """One time later than the next, a little less: so the day stays done whose time a clock shows again."""
        following = self.after(now)
        return max(following, now + (self.after(following) - following) * 1.5)

    def after(self, moment: datetime) -> datetime:
        """The first time after `moment`, UTC. Raises ValueError if none comes."""
        earlier, local, later = ((moment + shift).astimezone(self._zone) for shift in (-_NEAR, timedelta(), _NEAR))
        wall = (local if earlier.utcoffset() == later.utcoffset() else earlier).replace(tzinfo=None)
        shown_again = []
        while True:
            wall = self._next_on_the_wall(wall)
            first, second = (wall.replace(tzinfo=self._zone, fold=fold).astimezone(UTC) for fold in (0, 1))
            if self._is_hourly and second > first and second > moment:
                shown_again.append(second)
            if first > moment:
                return min([first, *shown_again])

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def _is_hourly(self) -> bool:
        return self.line.split()[1].startswith("*")

    def _next_on_the_wall(self, wall: datetime) -> datetime:
        """The library reads the fields; here a wall clock is taken for UTC, which shows each time once."""
        moment = wall.replace(tzinfo=UTC) + _INSTANT
        found = [trigger.get_next_fire_time(None, moment) for trigger in self._triggers]
        if not (times := [one.replace(tzinfo=None) for one in found if one]):
            raise ValueError("no such day ever comes")
        following: datetime = min(times)
        return following

    @cached_property
    def _triggers(self) -> list[Any]:
        from apscheduler.triggers.cron import CronTrigger

        minute, hour, day, month, weekday = self.line.split()
        names = _weekday_names(weekday)
        either = [(day, "*"), ("*", names)] if not day.startswith("*") and not weekday.startswith("*") else [(day, names)]
        return [
            CronTrigger(minute=minute, hour=hour, day=one, month=month, day_of_week=other, timezone=UTC) for one, other in either
        ]


Timing = Every | Cron
LONGEST_BACK_OFF = timedelta(hours=6)


def due_after_failures(timing: Timing, due_at: datetime, now: datetime, failures: int) -> datetime:
    """After the first failure the next regular time, then every second, fourth, eighth: at most six hours are left out."""
    following = timing.next(due_at, now)
    left_out = min((timing.next(following, following) - following) * (2 ** min(failures - 1, 20) - 1), LONGEST_BACK_OFF)
    return timing.next(due_at, now + left_out)


def believable(timing: Timing, due_at: datetime, now: datetime, failures: int = 0) -> datetime:
    """`due_at`, or an earlier time if only a clock that was wrong can have put it so far ahead."""
    latest = timing.latest(now) if failures < 2 else due_after_failures(timing, timing.latest(now), now, failures)
    return due_at if due_at <= latest else timing.next(now, now)


def _weekday_names(field: str) -> str:
    """`5,6` -> `fri,sat`: the library counts weekdays from Monday, and knows no range over the end of its week."""
    names = [_weekdays_of_item(item) for item in field.split(",")]
    return field if field == "*" else ",".join(dict.fromkeys(name for item in names for name in item))


def _weekdays_of_item(item: str) -> list[str]:
    found = _WEEKDAY_ITEM.fullmatch(item)
    if not found or (found["first"] == "*" and found["last"]):
        raise ValueError(f"{item!r} is no weekday: 0 to 7 from Sunday, or sun, mon ... sat")
    first = 0 if found["first"] == "*" else _weekday_number(found["first"])
    last = 6 if found["first"] == "*" else _weekday_number(found["last"] or ("6" if found["step"] else found["first"]))
    span = range(first, (last if last >= first else last + 7) + 1, int(found["step"] or 1))
    return [_WEEKDAYS[number % 7] for number in span]


def _weekday_number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if text.lower() not in _WEEKDAYS:
        raise ValueError(f"{text!r} is no weekday: 0 to 7 from Sunday, or sun, mon ... sat")
    return _WEEKDAYS.index(text.lower())
