"""Bars of the charts: what they count and how high they are. Templates draw them as SVG."""

from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MOST_BARS = 120
HEIGHT = 100  # of the tallest bar
_WIDTH = {"day": 10, "month": 7, "year": 4}  # characters of an ISO day that name it


@dataclass(frozen=True)
class Bar:
    label: str  # ISO day, month or year
    since: str  # first and last ISO day that it counts
    until: str
    count: int
    height: float


@dataclass(frozen=True)
class Chart:
    unit: str  # day, month, year
    bars: list[Bar]

    @property
    def top(self) -> int:
        return max(bar.count for bar in self.bars)


def charts(days: Sequence[tuple[str | None, int]]) -> list[Chart]:
    """The latest days; and all of time in months, or years, where it is longer. None without a dated article."""
    known = [(day, count) for day, count in days if day]
    if not known:
        return []
    first, last = known[0][0], known[-1][0]
    found = [_chart(known, "day")]
    if first < found[0].bars[0].since:
        is_long = _ordinal(last, "month") - _ordinal(first, "month") >= MOST_BARS
        found.append(_chart(known, "year" if is_long else "month"))
    return found


def _chart(known: list[tuple[str, int]], unit: str) -> Chart:
    """One bar for each day, month or year up to the last, empty ones included, at most MOST_BARS."""
    counts: Counter[str] = Counter()
    for day, count in known:
        counts[day[: _WIDTH[unit]]] += count
    end = _ordinal(known[-1][0], unit)
    begin = max(_ordinal(known[0][0], unit), end - MOST_BARS + 1)
    labels = [_label(ordinal, unit) for ordinal in range(begin, end + 1)]
    top = max(counts[label] for label in labels)
    return Chart(unit, [_bar(label, counts[label], top) for label in labels])


def _bar(label: str, count: int, top: int) -> Bar:
    return Bar(label, (label + "-01-01")[:10], _last_day(label), count, round(HEIGHT * count / top, 1))


def _last_day(label: str) -> str:
    year, *month_and_day = (int(part) for part in label.split("-"))
    month = month_and_day[0] if month_and_day else 12
    return label if len(month_and_day) == 2 else f"{year:04}-{month:02}-{monthrange(year, month)[1]}"


def _ordinal(day: str, unit: str) -> int:
    parsed = date.fromisoformat(day)
    return {"day": parsed.toordinal(), "month": parsed.year * 12 + parsed.month - 1, "year": parsed.year}[unit]


def _label(ordinal: int, unit: str) -> str:
    if unit == "day":
        return date.fromordinal(ordinal).isoformat()
    return f"{ordinal // 12:04}-{ordinal % 12 + 1:02}" if unit == "month" else f"{ordinal:04}"
