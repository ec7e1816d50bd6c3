"""Own cases for every production of the date grammar, and lines that are no dates. Now is a Tuesday noon."""

import json
import time
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almasalla_crawler.arabic.calendars import jalali_day
from almasalla_crawler.arabic.dates import BAGHDAD, is_date_shaped, read_date
from almasalla_crawler.arabic.months import GREGORIAN, HIJRI, JALALI, WEEKDAYS

NOW = datetime(2024, 10, 15, 12, 0, tzinfo=BAGHDAD)
SHARED_ROWS = Path(__file__).parents[3] / "shared/arabic/dates.json"

# A day alone is day precision; a naive time is Baghdad's.
DATED = {
    "gulf": {
        "15 فبراير 2023": "2023-02-15",
        "1 إبريل 2022": "2022-04-01",
        "2 يونية 2024": "2024-06-02",
        "3 يوليه 2024": "2024-07-03",
        "6 اكتوبر 2024": "2024-10-06",
        "ديسمبر 31، 2023": "2023-12-31",
        "2024 أغسطس 12": "2024-08-12",
        "12/أغسطس/2024": "2024-08-12",
        "12-أغسطس-24": "2024-08-12",
        "12 من أغسطس 2024": "2024-08-12",
        "12 أغسطس2024": "2024-08-12",
        "(12 أغسطس 2024)": "2024-08-12",
        "5 أوغسطس 2023": "2023-08-05",
        "1 يناير، 2024 م": "2024-01-01",
    },
    "iraqi": {
        "5 كانون الثاني 2025": "2025-01-05",
        "5 ك2 2025": "2025-01-05",
        "5 ك 2 2025": "2025-01-05",
        "9 ت١ 2024": "2024-10-09",
        "9 تشرين اول 2024": "2024-10-09",
        "12 تشرين2 2023": "2023-11-12",
        "4 مايس 2024": "2024-05-04",
        "4 اذار 2024": "2024-03-04",
        "تموز 16، 2024": "2024-07-16",
        "26-آب-2024": "2024-08-26",
        "كانون الأول 23, 2023": "2023-12-23",
        "٣ حزيران ٢٠٢٤": "2024-06-03",
    },
    "maghreb": {
        "3 ماي 2024": "2024-05-03",
        "3 شتنبر 2024": "2024-09-03",
        "3 دجنبر 2023": "2023-12-03",
        "14 جويلية 2024": "2024-07-14",
        "15 اوت 2023": "2023-08-15",
        "5 دجمبر 2023": "2023-12-05",
        "الإثنين 2 شتنبر 2024 - 14:30": "2024-09-02T14:30",
        "الخميس 4 يوليوز 2024 على الساعة 10:15": "2024-07-04T10:15",
        "21 غشت 2024 - 14h30": "2024-08-21T14:30",
        "20 août 2024": "2024-08-20",
    },
    "time": {
        "12 أغسطس 2024 22:15:33": "2024-08-12T22:15:33",
        "12 أغسطس 2024 | 10:30 ص": "2024-08-12T10:30",
        "12 أغسطس 2024، الساعة 10:30 مساءً": "2024-08-12T22:30",
        "12 أغسطس 2024 في 10:30 م": "2024-08-12T22:30",
        "10:30 ص - 12 أغسطس 2024": "2024-08-12T10:30",
        "10:30 - 20 أغسطس 2024": "2024-08-20T10:30",
        "10:30 - 20/08/2024": "2024-08-20T10:30",
        "12 أغسطس 2024 12:00 ظهرا": "2024-08-12T12:00",
        "12 أغسطس 2024 1:30 ظهرا": "2024-08-12T13:30",
        "12 أغسطس 2024 11:45 ليلا": "2024-08-12T23:45",
        "12 أغسطس 2024 1:45 ليلا": "2024-08-12T01:45",
        "12 أغسطس 2024 12:30 مساءً": "2024-08-12T12:30",
        "12 أغسطس 2024 4:30 عصراً": "2024-08-12T16:30",
        "12 أغسطس 2024 5:05م": "2024-08-12T17:05",
        "12 أغسطس 2024 5 م": "2024-08-12T17:00",
        "12 أغسطس 2024 17:05 م": "2024-08-12T17:05",
        "12 أغسطس 2024 10.30 ص": "2024-08-12T10:30",
        "12 أغسطس 2024 الساعة 10": "2024-08-12T10:00",
        "12 أغسطس 2024م 10:30": "2024-08-12T10:30",
        "12 أغسطس 2024 م 10:30 ص": "2024-08-12T10:30",
    },
    "zone": {
        "12 أغسطس 2024 20:20 GMT": "2024-08-12T20:20+00:00",
        "12 أغسطس 2024 20:20 ت غ": "2024-08-12T20:20+00:00",
        "12 أغسطس 2024 20:20 بتوقيت مكة المكرمة": "2024-08-12T20:20+03:00",
        "12 أغسطس 2024 - 20:20 بتوقيت أبوظبي": "2024-08-12T20:20+04:00",
        "12 يناير 2024 - 20:20 (بتوقيت القاهرة)": "2024-01-12T20:20+02:00",
        "12 أغسطس 2024 - 20:20 (GMT+3)": "2024-08-12T20:20+03:00",
        "12 أغسطس 2024 - 20:20 +04:30": "2024-08-12T20:20+04:30",
        "12 أغسطس 2024 20:20 بالتوقيت المحلي": "2024-08-12T20:20",
        "2020-03-15 20:18:45 GST": "2020-03-15T20:18:45+04:00",
        "الاثنين، ١٢ أغسطس ٢٠٢٤ في ١٠:٣٠:٠٠ ص غرينتش+٣": "2024-08-12T10:30:00+03:00",
    },
    "weekday": {
        "الجمعه 23 أغسطس 2024": "2024-08-23",
        "الأثنين: 12 آب 2024": "2024-08-12",
        "الاربعا 14 آب 2024": "2024-08-14",
        "الثلاثا 13/8/2024": "2024-08-13",
        "الاحد 11-08-2024": "2024-08-11",
        "يوم الخميس الموافق 15-08-2024": "2024-08-15",
        "23 أغسطس 2024، الجمعة": "2024-08-23",
        "اليوم الأربعاء 14 آب 2024": "2024-08-14",
        "السبت17أغسطس2024": "2024-08-17",
        "Monday, 12 August 2024": "2024-08-12",
        "Mon, 10/05/2020 - 09:14": "2020-10-05T09:14",
    },
    "hijri": {
        "1 رمضان 1445": "2024-03-11",
        "25 شوال 1445هـ": "2024-05-04",
        "3 جماد ثاني 1446 هـ": "2024-12-04",
        "12 ربيع أول 1446 ه": "2024-09-15",
        "15 شعبان المعظم 1446 هجرية": "2025-02-14",
        "1446/2/20 هـ": "2024-08-24",
        "20-02-1446هـ": "2024-08-24",
        "20/2/1446": "2024-08-24",
        "الأحد 20 صفر 1446 هـ": "2024-08-25",
        "19 رمضان 1445هـ (29 مارس 2024)": "2024-03-29",
        "20 رمضان 1445 هـ الموافق لـ 29 مارس 2024 م": "2024-03-29",
        "الثلاثاء 1440/11/20 هـ الموافق 2019/07/23 م": "2019-07-23",
    },
    "jalali": {
        "۹ شهریور ۱۴۰۳": "2024-08-30",
        "سه‌شنبه ۲۳ مرداد ۱۴۰۳ - ۱۰:۳۰": "2024-08-13T10:30",
        "۱۴۰۳/۰۶/۰۹": "2024-08-30",
        "تاریخ انتشار: 1403/06/09": "2024-08-30",
        "۳۰ اسفند ۱۴۰۳": "2025-03-20",
        "۳۰ اوت ۲۰۲۴": "2024-08-30",
    },
    "label": {
        "تاريخ النشر 13-08-2024": "2024-08-13",
        "نُشر بتاريخ 13 أغسطس 2024": "2024-08-13",
        "نُشرت في 13 أغسطس، 2024": "2024-08-13",
        "كتب في: 13/08/2024": "2024-08-13",
        "تم التحديث: 13/08/2024 10:30": "2024-08-13T10:30",
        "حُدّث في 13 أغسطس 2024": "2024-08-13",
        "أُضيف في 13 أغسطس 2024": "2024-08-13",
        "التاريخ : الثلاثاء 13 آب 2024": "2024-08-13",
        "Posted on August 13, 2024 at 10:30 am": "2024-08-13T10:30",
        "Last Updated: August 13, 2024": "2024-08-13",
        "نشر منذ 3 ساعات": "2024-10-15T09:00",
        "13 أغسطس 2024 - بقلم أحمد": "2024-08-13",
        "13 أغسطس 2024 | المسلة": "2024-08-13",
        "13 أغسطس 2024 - 123 مشاهدة": "2024-08-13",
        "13 أغسطس 2024 - 2 دقيقة للقراءة": "2024-08-13",
    },
    "dual": {
        "2 كانون الثاني/يناير 2024": "2024-01-02",
        "يناير/كانون الثاني 2, 2024": "2024-01-02",
        "2 يناير - كانون الثاني 2024": "2024-01-02",
        "15 تشرين الثاني (نوفمبر) 2023": "2023-11-15",
        "20 أيار ـ مايو 2024": "2024-05-20",
        "20 أيار | مايو 2024": "2024-05-20",
    },
    "numeric": {
        "2024/8/3": "2024-08-03",
        "2024.08.30": "2024-08-30",
        "13-8-2024": "2024-08-13",
        "13 / 08 / 2024": "2024-08-13",
        "13/08/24": "2024-08-13",
        "13-08-24": "2024-08-13",
        "1.8.2024": "2024-08-01",
        "08-30-2024": "2024-08-30",
        "30\\08\\2024": "2024-08-30",
        "2024-8-30 5:05 PM": "2024-08-30T17:05",
    },
    "machine": {
        "2024-08-30T10:30:00Z": "2024-08-30T10:30:00+00:00",
        "2024-08-30T10:30:00.123456+03:00": "2024-08-30T10:30:00+03:00",
        "2024-08-30T10:30:00-05:00": "2024-08-30T10:30:00-05:00",
        "2024-08-30T10:30": "2024-08-30T10:30",
        "2024-08-30 00:00:00": "2024-08-30",
        "2024-08-30T00:00:00+03:00": "2024-08-30T00:00:00+03:00",
        "Fri, 30 Aug 2024 10:30:00 +0300": "2024-08-30T10:30:00+03:00",
        "Fri Aug 30 2024 10:30:00 GMT+0300 (Arabian Standard Time)": "2024-08-30T10:30:00+03:00",
        "Friday, August 30, 2024 10:30 AM": "2024-08-30T10:30",
        "30 Aug 2024 12:30 UTC": "2024-08-30T12:30+00:00",
        "30-Aug-24": "2024-08-30",
        "1st, January 2024 GMT": "2024-01-01",
        "August 30th, 2024": "2024-08-30",
        "Sept. 5, 2024": "2024-09-05",
        "20240830": "2024-08-30",
        "20240830103000": "2024-08-30T10:30:00",
        "20240830T103000Z": "2024-08-30T10:30:00+00:00",
        "1725003001000": "2024-08-30T07:30:01+00:00",
    },
    "noise": {
        "\u202b13 أغسطس 2024\u202c": "2024-08-13",
        "13\u00a0أغسطس\u00a02024": "2024-08-13",
        "13 أَغُسْطُس 2024": "2024-08-13",
        "13ـ8ـ2024": "2024-08-13",
        "13\tأغسطس\n2024": "2024-08-13",
        "🕒 13 أغسطس 2024": "2024-08-13",
        "| 13 أغسطس 2024 |": "2024-08-13",
        "13 \ufe83\ufecf\ufeb4\ufec4\ufeb2 2024": "2024-08-13",
    },
    "yearless": {
        "15 أكتوبر": "2024-10-15",
        "16 أكتوبر": "2023-10-16",
        "29 فبراير": "2024-02-29",
        "الاثنين 14 أكتوبر": "2024-10-14",
        "14 أكتوبر 10:30 م": "2024-10-14T22:30",
    },
    "urdu, sorani, turkish": {
        "بدھ 15 جنوری 2025": "2025-01-15",
        "12 اگست 2024": "2024-08-12",
        "12ی ئایاری 2024": "2024-05-12",
        "یەکشەممە، 3 تشرینی دووەم 2024": "2024-11-03",
        "پیر 15 جنوری 2025": None,  # that was a Wednesday
        "Pazartesi 12 Ağustos 2024": "2024-08-12",
        "3 Kasım 2024 - 3,201 views": "2024-11-03",
    },
    "relative": {
        "منذ دقيقة واحدة": "2024-10-15T11:59",
        "قبل ساعة ونصف": "2024-10-15T10:30",
        "منذ ساعة و20 دقيقة": "2024-10-15T10:40",
        "قبل خمس وعشرين دقيقة": "2024-10-15T11:35",
        "قبل ثلاث عشرة ساعة": "2024-10-14T23:00",
        "منذ 120 دقيقة": "2024-10-15T10:00",
        "منذ 30 ثانية": "2024-10-15T11:59:30",
        "منذ يوم": "2024-10-14",
        "قبل أحد عشر يوماً": "2024-10-04",
        "قبل 3 أسابيع": "2024-09-24",
        "منذ 8 أشهر": "2024-02-15",
        "قبل عامين": "2022-10-15",
        "أول أمس": "2024-10-13",
        "أمس الساعة 10:30 م": "2024-10-14T22:30",
        "أمس الاثنين": "2024-10-14",
        "3 hours ago": "2024-10-15T09:00",
        "Yesterday at 10:30 PM": "2024-10-14T22:30",
        "۳ ساعت پیش": "2024-10-15T09:00",
        "دیروز": "2024-10-14",
        "منذ لحظات": "2024-10-15T12:00",
    },
}

UNDATED = {
    "page rendering time": ["2025-05-20@23:53:27 GMT", "2024-08-30@10:30"],
    "sentence": [
        "أسعار النفط ليوم 30 أغسطس 2024",
        "7 أكتوبر 2023 إلى اليوم",
        "حدث اليوم",
        "8 مارس يوم المرأة",
        "أمس واليوم",
    ],
    "event": ["ثورة 14 تموز", "أحداث 11 سبتمبر", "الاثنين الأسود", "7 أكتوبر | يوم لا ينسى", "كأس العالم 2026"],
    "range": [
        "1-3 مايو 2024",
        "1 - 3 مايو 2024",
        "1ـ3 مايو 2024",
        "1 آب - 30 آب 2024",
        "30 أغسطس 2024 10:00-12:00",
        "30 أغسطس 2024 09:00 - 05:00",
    ],
    "no such day": [
        "31 يونيو 2024",
        "0 مايو 2024",
        "29/02/2023",
        "13/13/2024",
        "2024-13-01",
        "2024-30-08",
        "30 محرم 1446",
        "۳۱ مهر ۱۴۰۳",
        "0000-00-00 00:00:00",
    ],
    "no such time": ["30 أغسطس 2024 25:30", "30 أغسطس 2024 17:05 ص", "30 أغسطس 2024 10:75", "2024-08-30T24:00:00"],
    "no day": [
        "2024",
        "عام 2024",
        "مايو 2024",
        "مارس",
        "رمضان 1445",
        "الجمعة",
        "الجمعة 10:30 م",
        "2023/2024",
        "5/2024",
    ],
    "no date": [
        "10:30 م",
        "الساعة 10:30",
        "24/7",
        "9/11",
        "2-1",
        "3 - 2",
        "4-4-2",
        "50%",
        "$1,250",
        "1,500 دينار",
        "-5",
    ],
    "number": [
        "192.168.1.1",
        "10.10.20.24",
        "2.1.24",
        "07701234567",
        "7701234567",
        "1234567890",
        "99999999",
        "1725003",
    ],
    "contradiction": [
        "السبت 30 أغسطس 2024",
        "أمس الأحد",
        "15 نوفمبر/تشرين الأول 2024",
        "19 رمضان 1445 هـ الموافق 29 مايو 2024",
        "30 أغسطس 2024 30 أغسطس 2023",
        "30 أغسطس 1446 هـ",
        "19 رمضان 1445 م",
    ],
    "two readings": [
        "1403/06/09",
        "24/08/30",
        "26/11/2024 م 05:30",
        "30/08-2024",
        "مايو 20",
        "29/5/1453",
        "24-05-06",
        "24-أيار-06",
        "24/05/06",
    ],
    "unset": ["1970-01-01T00:00:00Z", "1 يناير، 1970"],
    "vague": [
        "منذ ساعات",
        "قبل أيام",
        "منذ قليل",
        "منذ عام 2018",
        "قبل 100 عام",
        "منذ 50 عاما",
        "منذ 2018",
        "بعد 3 أيام",
        "غدا",
        "24 ساعة",
        "قبل الظهر",
    ],
    "empty": ["", "   ", "\u200f", "|", "المصدر: الحرة", "تاريخ النشر:"],
}


def cases(table):
    return [pytest.param(text, value, id=f"{kind}-{text}") for kind in table for text, value in table[kind].items()]


@pytest.mark.parametrize(("text", "expected"), cases(DATED))
def test_a_line_that_is_a_date_is_read(text, expected):
    assert answer(text) == expected_answer(expected)


@pytest.mark.parametrize("text", [text for texts in UNDATED.values() for text in texts])
def test_a_line_that_is_no_date_gives_none(text):
    assert read_date(text, NOW) is None


def answer(text, now=NOW):
    found = read_date(text, now)
    if not found:
        return None
    return found.day.isoformat() if found.precision == "day" else found.instant


def expected_answer(expected):
    if expected is None or len(expected) == len("2024-08-30"):
        return expected
    moment = datetime.fromisoformat(expected)
    return moment if moment.tzinfo else moment.replace(tzinfo=BAGHDAD)


@pytest.mark.skipif(not SHARED_ROWS.exists(), reason=f"{SHARED_ROWS} is not part of the repository")
def test_the_shared_rows_are_all_right():
    rows = json.loads(SHARED_ROWS.read_text(encoding="utf-8"))
    wrong = [
        row["text"]
        for row in rows
        if answer(row["text"], datetime.fromisoformat(row["reference_now"])) != expected_answer(row["expected_iso"])
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("text", "label", "day"),
    [
        ("تاريخ النشر: 30 آب 2024", "published", 30),
        ("آخر تحديث: 31 آب 2024", "modified", 31),
        ("بتاريخ: 30 آب 2024", "", 30),
        ("نشر في 30 آب 2024 | آخر تحديث 31 آب 2024", "published", 30),
        ("الجمعة، 30 آب/اغسطس 2024، آخر تحديث 14:00 (GMT+0400)", "", 30),
        ("آخر تحديث 31 آب 2024 - نشر في 30 آب 2024", "published", 30),
    ],
)
def test_the_label_is_told_and_published_comes_first(text, label, day):
    found = read_date(text)
    assert (found.label, found.day) == (label, date(2024, 8, day))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("30 آب 2024", "day_month_year"),
        ("آب 30، 2024", "month_day_year"),
        ("2024 آب 30", "year_month_day"),
        ("30-آب-24", "day_month_short_year"),
        ("2024-08-30", "iso"),
        ("20240830", "compact"),
        ("30/08/2024", "numeric"),
        ("30/08/24", "numeric_short_year"),
        ("30 آب", "yearless"),
        ("25 صفر 1446", "hijri"),
        ("۹ شهریور ۱۴۰۳", "jalali"),
        ("أمس", "relative"),
        ("الآن", "now"),
        ("1725003000", "epoch"),
    ],
)
def test_the_rule_names_the_production(text, rule):
    assert read_date(text, NOW).rule == rule


@pytest.mark.parametrize("text", ["أمس", "منذ ساعة", "الآن", "7 أكتوبر", "30/08/24", "30-آب-24"])
def test_without_now_a_line_that_needs_it_gives_none(text):
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "precision", "instant"),
    [
        ("30 آب 2024", "day", None),
        ("30 آب 2024 00:00", "minute", datetime(2024, 8, 29, 21, 0, tzinfo=UTC)),
        ("30 آب 2024 10:30:45", "second", datetime(2024, 8, 30, 7, 30, 45, tzinfo=UTC)),
    ],
)
def test_precision_is_what_is_written(text, precision, instant):
    found = read_date(text)
    assert (found.precision, found.instant) == (precision, instant)


def test_a_time_without_zone_is_local_to_the_given_one():
    found = read_date("30 آب 2024 10:30", zone=ZoneInfo("Asia/Dubai"))
    assert found.instant == datetime(2024, 8, 30, 6, 30, tzinfo=UTC)


def test_the_day_stays_as_written_when_it_is_another_in_utc():
    found = read_date("30 آب 2024 01:30")
    assert (found.day, found.instant.date()) == (date(2024, 8, 30), date(2024, 8, 29))


def test_yesterday_is_counted_in_the_zone_of_the_page():
    late = datetime(2024, 10, 14, 22, 30, tzinfo=UTC)  # already the 15th in Baghdad
    assert read_date("أمس", late).day == date(2024, 10, 14)


def test_a_month_ago_ends_at_the_end_of_a_shorter_month():
    assert read_date("منذ شهر", datetime(2024, 3, 31, 12, tzinfo=BAGHDAD)).day == date(2024, 2, 29)


def test_a_date_after_now_is_still_read():
    assert read_date("30 آب 2031", NOW).day == date(2031, 8, 30)


def test_raw_is_the_text_without_invisible_characters():
    assert read_date("\ufeff\u200f 30 أغـسطس، 2024 \u200f").raw == "30 أغـسطس، 2024"


@pytest.mark.parametrize(
    ("number", "name"), [(number, name) for number, row in enumerate(GREGORIAN, 1) for name in row.split("|")]
)
def test_every_gregorian_month_name_is_read(number, name):
    for text in (f"5 {name} 2023", f"{name} 5, 2023", f"5-{name}-2023", f"5{name} 2023"):
        assert read_date(text).day == date(2023, number, 5)


@pytest.mark.parametrize("name", [name for row in HIJRI for name in row.split("|")])
def test_every_hijri_month_name_is_read(name):
    number = next(number for number, row in enumerate(HIJRI, 1) if name in row.split("|"))
    assert read_date(f"5 {name} 1446").day == read_date(f"5/{number}/1446 هـ").day


@pytest.mark.parametrize("name", [name for row in JALALI for name in row.split("|")])
def test_every_jalali_month_name_is_read(name):
    number = next(number for number, row in enumerate(JALALI, 1) if name in row.split("|"))
    assert read_date(f"5 {name} 1403").day == jalali_day(1403, number, 5)


@pytest.mark.parametrize("name", [name for row in WEEKDAYS for name in row.split("|")])
def test_every_weekday_name_agrees_with_its_day_only(name):
    number = next(number for number, row in enumerate(WEEKDAYS) if name in row.split("|"))
    days = [day for day in range(12, 19) if read_date(f"{name} {day} آب 2024")]  # the 12th is a Monday
    assert days == [12 + number]


@pytest.mark.parametrize(
    ("jalali", "gregorian"),
    [
        ((1300, 1, 1), date(1921, 3, 21)),
        ((1357, 11, 22), date(1979, 2, 11)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1404, 1, 1), date(2025, 3, 21)),
        ((1403, 12, 30), date(2025, 3, 20)),
        ((1404, 12, 30), None),
        ((1403, 13, 1), None),
    ],
)
def test_known_jalali_days(jalali, gregorian):
    assert jalali_day(*jalali) == gregorian


def test_jalali_days_follow_each_other_without_gap():
    days = [jalali_day(y, m, d) for y in range(1300, 1473) for m in range(1, 13) for d in range(1, 32)]
    days = [day for day in days if day]
    assert days == [days[0] + timedelta(n) for n in range(len(days))]


@given(st.dates(date(1950, 1, 1), date(2080, 12, 31)))
def test_a_jalali_day_comes_back_from_its_date(day):
    year = day.year - 621 - (day < jalali_day(day.year - 621, 1, 1))
    months = [month for month in range(1, 13) if jalali_day(year, month, 1) <= day]
    number = (day - jalali_day(year, months[-1], 1)).days + 1
    assert jalali_day(year, months[-1], number) == day


ALPHABET = "0123456789٣۴ :/.-،|()+@ـ\u200fمصهتكآبأغسطيونرثدقلع ء" + "tzgm"
PHRASES = [
    *("30", "2024", "1446", "۱۴۰۳", "999", "1725003000", "10:30", "+3", "GMT", "أغسطس", "آب", "صفر", "شهریور"),
    *("م", "ص", "هـ", "منذ", "ساعة", "شهر", "اليوم", "الجمعة", "نشر", "المصدر", "كلمة", "/", "-", ":", "|"),
]


@given(st.one_of(st.text(), st.text(ALPHABET), st.lists(st.sampled_from(PHRASES)).map(" ".join)))
def test_no_text_raises_and_every_answer_is_consistent(text):
    for now in (None, NOW):
        if found := read_date(text, now):
            assert (found.precision == "day") == (found.instant is None)
            assert found.instant is None or found.instant.tzinfo is UTC
            assert found.label in ("", "published", "modified")


@given(st.datetimes(datetime(2000, 1, 1), datetime(2035, 1, 1)), st.integers(-12, 14))  # noqa: DTZ001
def test_an_iso_stamp_comes_back(moment, hours):
    stamp = moment.replace(microsecond=0, second=moment.second or 1, tzinfo=timezone(timedelta(hours=hours)))
    assert read_date(stamp.isoformat()).instant == stamp


@pytest.mark.parametrize("unit", ["1", "1/", "30 أغسطس 2024 ", "|؟", "منذ ", "م ", "(", " ", "ـ", "\u200f", "نشر "])
@pytest.mark.parametrize("length", [240, 1_000_000])
def test_a_pathological_line_returns_at_once(unit, length):
    text = unit * (length // len(unit))
    start = time.process_time()
    read_date(text, NOW)
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize("text", ["24-05-06", "31 فبراير 2024", "تاريخ النشر: 45/13/2024"])
def test_date_that_cannot_be_told_is_shaped_like_one(text):
    assert answer(text) is None
    assert is_date_shaped(text)


@pytest.mark.parametrize("text", ["", "خبر", "بعد 3 أيام", "12345", "7 أكتوبر", "الموازنة 2024: أرقام", "فاز 2-1"])
def test_other_lines_are_not_shaped_like_a_date(text):
    assert not is_date_shaped(text)
