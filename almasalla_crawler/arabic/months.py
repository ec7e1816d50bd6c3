"""Names of months and weekdays as Arabic news pages spell them, and the two calendars that need arithmetic.

Spellings that differ only in hamza, ta marbuta, harakat or Persian letters stand here once: the reader folds them.
"""

from datetime import date, timedelta

# Each row is one month: Gulf and Egypt, Iraq and the Levant, Morocco and Mauritania, Algeria and Tunisia,
# Jamahiriya (those that are not ordinary words), Persian, English, French.
GREGORIAN = (
    "يناير|ينايرر|كانون الثاني|كانون ثاني|كانون ثان|كانون 2|ك 2|ك الثاني|جانفي|أي النار|ژانویه|january|jan|janvier",
    "فبراير|فبرائر|شباط|اشباط|فيفري|فوریه|february|feb|fevrier",
    "مارس|آذار|مارت|مارس آذار|march|mar|mars",
    "أبريل|إبريل|نيسان|أفريل|آوریل|april|apr|avril",
    "مايو|أيار|مايس|ماي|مي|مه|may|mai",
    "يونيو|يونيه|يونية|حزيران|جوان|ژوئن|june|jun|juin",
    "يوليو|يوليه|يولية|تموز|يوليوز|جويلية|جويليه|ژوئیه|july|jul|juillet",
    "أغسطس|أوغسطس|اغسطوس|آب|غشت|أغشت|أوت|هانيبال|august|aug|aout",
    "سبتمبر|سيبتمبر|أيلول|شتنبر|شتمبر|الفاتح|سپتامبر|september|sept|sep|septembre",
    "أكتوبر|اوكتوبر|تشرين الأول|تشرين أول|تشرين 1|ت 1|ت الأول|التمور|اکتبر|october|oct|octobre",
    "نوفمبر|نوفنبر|تشرين الثاني|تشرين ثاني|تشرين ثان|تشرين 2|ت 2|ت الثاني|نونبر|نوامبر|november|nov|novembre",
    "ديسمبر|دسمبر|كانون الأول|كانون أول|كانون 1|ك 1|ك الأول|دجنبر|دجمبر|الكانون|دسامبر|december|dec|decembre",
)

HIJRI = (
    "محرم|المحرم|محرم الحرام|محرم المحرم|muharram",
    "صفر|صفر الخير|صفر المظفر|safar",
    "ربيع الأول|ربيع أول|ربيع 1|ربيع الأنور",
    "ربيع الثاني|ربيع الآخر|ربيع ثاني|ربيع ثان|ربيع آخر|ربيع 2",
    "جمادى الأولى|جمادى الأول|جمادى أولى|جماد الأولى|جماد الأول|جماد أول|جمادى 1|جماد 1",
    "جمادى الآخرة|جمادى الثانية|جمادى الآخر|جمادى الثاني|جماد الآخرة|جماد الثانية|جماد الثاني|جماد الآخر|جماد ثاني"
    "|جمادى 2|جماد 2",
    "رجب|رجب المرجب|رجب الأصب|رجب الفرد|rajab",
    "شعبان|شعبان المعظم|shaaban|shaban",
    "رمضان|رمضان المبارك|شهر رمضان|شهر رمضان المبارك|ramadan",
    "شوال|شوال المكرم|shawwal",
    "ذو القعدة|ذي القعدة|ذوالقعدة|ذيالقعدة|ذى القعدة|ذا القعدة|ذو القعدة الحرام|ذي القعدة الحرام|القعدة",
    "ذو الحجة|ذي الحجة|ذوالحجة|ذيالحجة|ذى الحجة|ذا الحجة|ذو الحجة الحرام|ذي الحجة الحرام",
)

JALALI = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد|امرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")

# Monday first, as date.weekday() counts. "X" also stands for "يوم X"; the reader adds that.
WEEKDAYS = (
    "الاثنين|اثنين|الاتنين|الأثنان|دوشنبه|دو شنبه|monday|mon|lundi",
    "الثلاثاء|ثلاثاء|الثلثاء|الثلاثة|الثلاثى|التلاتاء|سهشنبه|سه شنبه|tuesday|tue|tues|mardi",
    "الأربعاء|أربعاء|الأربعة|الاربع|چهارشنبه|چهار شنبه|wednesday|wed|mercredi",
    "الخميس|خميس|پنجشنبه|پنج شنبه|thursday|thu|thur|thurs|jeudi",
    "الجمعة|جمعة|جمعه|friday|fri|vendredi",
    "السبت|سبت|شنبه|saturday|sat|samedi",
    "الأحد|أحد|الاحدى|یکشنبه|يك شنبه|sunday|sun|dimanche",
)

_FIRST_OF_1403 = date(2024, 3, 20)
_JALALI_MONTH_LENGTHS = (31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 29)


def hijri_day(year: int, month: int, day: int) -> date | None:
    """The Gregorian day by the Umm al-Qura calendar (1343-1500); local sighting may differ by a day. None if no such day."""
    from hijridate import Hijri  # noqa: PLC0415 - few pages need it

    try:
        gregorian = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(gregorian.year, gregorian.month, gregorian.day)


def jalali_day(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Jalali one (years 1300-1472, where the 33-year rule agrees with the equinox)."""
    if not (1300 <= year <= 1472 and 1 <= month <= 12):
        return None
    length = _JALALI_MONTH_LENGTHS[month - 1] + (month == 12 and _is_jalali_leap(year))
    if not 1 <= day <= length:
        return None
    days = _days_before_jalali_year(year) - _days_before_jalali_year(1403)
    return _FIRST_OF_1403 + timedelta(days + sum(_JALALI_MONTH_LENGTHS[: month - 1]) + day - 1)


def _is_jalali_leap(year: int) -> bool:
    return (25 * year + 11) % 33 < 8


def _days_before_jalali_year(year: int) -> int:
    return 365 * year + sum(map(_is_jalali_leap, range(1300, year)))
