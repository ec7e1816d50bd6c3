"""Days of the Gregorian calendar, the Hijri and the Jalali one, as Gregorian days. None if there is no such day."""

from datetime import date, timedelta

# The years a page can mean.
YEARS = {"gregorian": range(1900, 2100), "jalali": range(1300, 1473), "hijri": range(1343, 1501)}


def gregorian_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def hijri_day(year: int, month: int, day: int) -> date | None:
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
    if year not in YEARS["jalali"] or not 1 <= month <= 12:
        return None
    if not 1 <= day <= _JALALI_MONTH_DAYS[month - 1] + (month == 12 and _is_jalali_leap(year)):
        return None
    leaps = sum(map(_is_jalali_leap, range(1300, year))) - sum(map(_is_jalali_leap, range(1300, 1403)))
    return _FIRST_OF_1403 + timedelta(365 * (year - 1403) + leaps + sum(_JALALI_MONTH_DAYS[: month - 1]) + day - 1)


def _is_jalali_leap(year: int) -> bool:
    return (25 * year + 11) % 33 < 8
