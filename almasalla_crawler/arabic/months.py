"""The words of a date line: months of three calendars, weekdays, numbers, units, labels, zones.

Spellings are separated by "|". One spelling stands for all that differ only in hamza, ta marbuta, harakat, tatweel,
Persian letters or digits: the reader folds them.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# Each row is one month: Gulf and Egypt, Iraq and the Levant, Algeria and Tunisia, Morocco and Mauritania, Libya before
# 2011 (where the name is not an ordinary word), Persian, English, French, Urdu, Sorani with and without its ending,
# Turkish.
GREGORIAN = (
    "يناير|كانون الثاني|كانون ثاني|كانون ثان|كانون 2|ك 2|جانفي|أي النار|ژانویه|january|jan"
    "|janvier|جنوری|کانوونی دووەم|کانوونی دووەمی|ocak",
    "فبراير|شباط|فيفري|فوریه|february|feb|fevrier|فروری|شوبات|شوباتی|şubat",
    "مارس|آذار|مارت|march|mar|mars|مارچ|ئازار|ئازاری|mart",
    "أبريل|نيسان|أفريل|آوریل|april|apr|avril|اپریل|نیسان|نیسانی|nisan",
    "مايو|أيار|مايس|ماي|مي|مه|may|mai|مئی|ئایار|ئایاری|mayıs",
    "يونيو|يونيه|حزيران|جوان|ژوئن|june|jun|juin|جون|حوزەیران|حوزەیرانی|haziran",
    "يوليو|يوليه|تموز|جويلية|يوليوز|ژوئیه|july|jul|juillet|جولائی|تەممووز|تەممووزی|تەمموز|تەمموزی|temmuz",
    "أغسطس|أوغسطس|آب|أوت|غشت|أغشت|هانيبال|august|aug|aout|اگست|ئاب|ئابی|ağustos",
    "سبتمبر|أيلول|شتنبر|شتمبر|الفاتح|سپتامبر|september|sept|sep|septembre|ستمبر|ئەیلوول|ئەیلوولی|ئەیلول|ئەیلولی|eylül",
    "أكتوبر|تشرين الأول|تشرين أول|تشرين 1|ت 1|التمور|اکتبر|october|oct|octobre|اکتوبر|تشرینی یەکەم|تشرینی یەکەمی|ekim",
    "نوفمبر|تشرين الثاني|تشرين ثاني|تشرين ثان|تشرين 2|ت 2|نونبر|نوامبر|november|nov"
    "|novembre|نومبر|تشرینی دووەم|تشرینی دووەمی|kasım",
    "ديسمبر|كانون الأول|كانون أول|كانون 1|ك 1|دجنبر|دجمبر|دسامبر|december|dec|decembre|دسمبر|کانوونی یەکەم|کانوونی یەکەمی|aralık",
)

HIJRI = (
    "محرم|المحرم|محرم الحرام|muharram",
    "صفر|صفر الخير|صفر المظفر|safar",
    "ربيع الأول|ربيع أول|ربيع 1|ربيع الأنور",
    "ربيع الثاني|ربيع الآخر|ربيع ثاني|ربيع ثان|ربيع آخر|ربيع 2",
    "جمادى الأولى|جمادى الأول|جمادى أولى|جماد الأولى|جماد الأول|جماد أول|جمادى 1|جماد 1",
    "جمادى الآخرة|جمادى الثانية|جمادى الآخر|جمادى الثاني|جمادى ثانية|جماد الآخرة|جماد الثانية|جماد الثاني|جماد الآخر"
    "|جماد ثاني|جمادى 2|جماد 2",
    "رجب|رجب المرجب|رجب الأصب|رجب الفرد|rajab",
    "شعبان|شعبان المعظم|shaaban|shaban",
    "رمضان|رمضان المبارك|شهر رمضان|شهر رمضان المبارك|ramadan",
    "شوال|شوال المكرم|shawwal",
    "ذو القعدة|ذي القعدة|ذا القعدة|ذوالقعدة|ذيالقعدة|ذو القعدة الحرام|ذي القعدة الحرام",
    "ذو الحجة|ذي الحجة|ذا الحجة|ذوالحجة|ذيالحجة|ذو الحجة الحرام|ذي الحجة الحرام",
)

JALALI = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد|امرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")

# Monday first, as date.weekday() counts. Each also stands after يوم.
WEEKDAYS = (
    "الاثنين|اثنين|الاتنين|دوشنبه|دو شنبه|monday|mon|lundi|پیر|دووشەممە|pazartesi",
    "الثلاثاء|ثلاثاء|الثلثاء|الثلاثة|التلاتاء|سهشنبه|سه شنبه|tuesday|tue|tues|mardi|منگل|سێشەممە|salı",
    "الأربعاء|أربعاء|الأربعة|چهارشنبه|چهار شنبه|wednesday|wed|mercredi|بدھ|چوارشەممە|çarşamba",
    "الخميس|خميس|پنجشنبه|پنج شنبه|thursday|thu|thur|thurs|jeudi|جمعرات|پێنجشەممە|perşembe",
    "الجمعة|جمعة|friday|fri|vendredi|جمعہ|هەینی|cuma",
    "السبت|سبت|شنبه|saturday|sat|samedi|ہفتہ|شەممە|cumartesi",
    "الأحد|أحد|یکشنبه|یک شنبه|sunday|sun|dimanche|اتوار|یەکشەممە|pazar",
)

NUMBERS = (
    "واحد|واحدة|احدى|a|an|one",
    "اثنان|اثنتين|اثنتان|two",
    "ثلاثة|ثلاث|three",
    "أربعة|أربع|four",
    "خمسة|خمس|five",
    "ستة|ست|six",
    "سبعة|سبع|seven",
    "ثمانية|ثماني|ثمان|eight",
    "تسعة|تسع|nine",
    "عشرة|عشر|ten",
    "أحد عشر|أحد عشرة|احدى عشرة|احدى عشر",
    "اثني عشر|اثنا عشر|اثنتي عشرة|اثنتا عشرة",
    *("|".join(f"{one} {ten}" for one in ones.split("|") for ten in ("عشر", "عشرة"))
      for ones in ("ثلاثة|ثلاث", "أربعة|أربع", "خمسة|خمس", "ستة|ست", "سبعة|سبع", "ثمانية|ثماني|ثمان", "تسعة|تسع")),
)  # fmt: skip
TENS = {20: "عشرين|عشرون", 30: "ثلاثين|ثلاثون", 40: "أربعين|أربعون", 50: "خمسين|خمسون"}

# حدث and كتب alone also begin other sentences.
LABELS = {
    "published": "نشر|النشر|نشرت|نشره|منشور|تم نشره|تم النشر|تم نشر|تاريخ النشر|تاريخ نشر|وقت النشر|توقيت النشر"
    "|تاريخ ووقت النشر|تاريخ و وقت النشر|نشر الخبر|نشر هذا الخبر|نشر هذا المقال|تاريخ نشر الخبر|تاريخ نشر المقال"
    "|تاريخ الخبر|تاريخ المقال|كتب في|كتب بتاريخ|كتب يوم|كتب :|كتبت في|كتبت بتاريخ|أضيف|أضيفت|تمت الإضافة|تم الإضافة"
    "|تمت إضافته|تاريخ الإضافة|أدرج|تاريخ الإدراج|أنشئ في|أنشئ بتاريخ|حرر|صدر"
    "|published|publish date|published date|date published|publication date|posted|post date|date posted"
    "|انتشار|تاریخ انتشار|زمان انتشار|publie|publie le",
    "modified": "آخر تحديث|تحديث|التحديث|أحدث تحديث|تم التحديث|تم تحديثه|تاريخ التحديث|تاريخ آخر تحديث|وقت التحديث"
    "|حدث في|حدث بتاريخ|حدث :|حدثت في|محدث|آخر تعديل|عدل|تم التعديل|تاريخ التعديل"
    "|updated|update|last update|last updated|date updated|date modified|modified|last modified"
    "|آخرین بروزرسانی|mis a jour|mis a jour le",
}

# Words that add nothing to the date they stand beside.
FILLERS = (
    "في|ب|ل|بتاريخ|التاريخ|تاريخ|در تاريخ|الموافق|الموافق ل|الموافق في|الموافق لتاريخ|المصادف|تم|تقريبا"
    "|on|date|the|date and time|le"
)
CLOCK_WORDS = "الساعة|على الساعة|عند الساعة|في تمام الساعة|تمام الساعة|الوقت|at"
HALF_DAYS = {
    "am": "ص|صباحا|صباح|الصباح|فجرا|قبل الظهر|منتصف الليل|بعد منتصف الليل|am|a . m|a . m .|ق . ظ",
    "pm": "مساء|المساء|عصرا|بعد الظهر|pm|p . m|p . m .|ب . ظ",
    "noon": "ظهرا|الظهر",
    "night": "ليلا",
}
GREGORIAN_ERA = "ميلادي|ميلادية|للميلاد|ad"
HIJRI_ERA = "هـ|هجري|هجرية|للهجرة|ah"
ORDINAL_ENDINGS = "st|nd|rd|th|ی"
OF = "من|من شهر|of"

# Unit of counting, how many of it, and the words for one, for several (read only after a number), for a whole quantity.
UNITS = [
    ("seconds", 1, "ثانية|second|sec", "ثوان|ثواني|seconds|secs", {2: "ثانيتين|ثانيتان"}),
    ("minutes", 1, "دقيقة|minute|min", "دقائق|دقايق|minutes|mins",
     {1: "دقيقة واحدة", 2: "دقيقتين|دقيقتان", 15: "ربع ساعة", 20: "ثلث ساعة", 30: "نصف ساعة|half an hour",
      60: "ساعة واحدة", 75: "ساعة وربع", 90: "ساعة ونصف|ساعة و نصف", 150: "ساعتين ونصف"}),
    ("minutes", 60, "ساعة|hour|hr", "ساعات|hours|hrs", {2: "ساعتين|ساعتان"}),
    ("days", 1, "يوما|day|روز", "أيام|days", {1: "يوم واحد", 2: "يومين|يومان"}),
    ("days", 7, "أسبوع|أسبوعا|week|هفته", "أسابيع|weeks", {1: "أسبوع واحد", 2: "أسبوعين|أسبوعان"}),
    ("months", 1, "شهر|شهرا|month|ماه", "أشهر|شهور|months", {1: "شهر واحد", 2: "شهرين|شهران"}),
    ("months", 12, "سنة|عام|عاما|year|سال", "سنوات|سنين|أعوام|years",
     {1: "سنة واحدة|عام واحد", 2: "سنتين|سنتان|عامين|عامان"}),
]  # fmt: skip
# A unit too, but they may also stand before a day or a clock.
UNIT_OR_FILLER = {"يوم": (1, "days"), "ساعت": (60, "minutes")}
BEFORE_NOW = "منذ|قبل"
AGO = "مضت|مضى|ago|پیش"
ABOUT = "حوالي|نحو|about"
AND = "و|and"
NOW = "الآن|للتو|منذ لحظات|قبل لحظات|منذ ثوان|قبل ثوان|منذ ثواني|قبل ثواني|just now|now"
DAYS_BACK = (
    "اليوم|هذا اليوم|today|امروز",
    "أمس|الأمس|بالأمس|البارحة|يوم أمس|yesterday|دیروز",
    "أول أمس|أمس الأول|أول من أمس|أول البارحة|پریروز",
)

# After one of these the rest of the line may be anything.
TAILS = (
    "المصدر|مصدر|نقلا عن|بواسطة|بقلم|الكاتب|المحرر|تحرير|عدد المشاهدات|المشاهدات|مشاهدات|مشاهدة|قراءة|للقراءة|القراءات"
    "|عدد القراءات|الزيارات|تعليق|تعليقات|التعليقات|لا تعليقات|لا توجد تعليقات|العدد|source|by|views|read|comments"
)

# Abbreviations that name one offset only: no AST, BST, IST, CST.
ZONES = {
    "Etc/UTC": "gmt|utc|ut|z|ت . غ|ت . غ .|ت غ|تغ|غرينتش|غرينيتش|جرينتش|جرينيتش|قرينتش|بالتوقيت العالمي|التوقيت العالمي"
    "|coordinated universal time",
    "Asia/Riyadh": "ksa|arabian standard time|arabia standard time|توقيت العرب الرسمي|التوقيت العربي الرسمي",
    "Asia/Dubai": "gst",
    "Europe/Moscow": "msk",
    "Etc/GMT-1": "cet",
    "Etc/GMT-2": "cest|eet",
    "Etc/GMT-3": "eest",
    "Etc/GMT+4": "edt",
    "Etc/GMT+5": "est|cdt",
    "Etc/GMT+7": "pdt",
    "Etc/GMT+8": "pst",
}
LOCAL_TIME = "بالتوقيت المحلي|التوقيت المحلي|توقيت محلي|local time"
# Read only after توقيت: alone the name is a place of the story. No عمان (Oman or Amman), no طرابلس (Libya or Lebanon).
PLACES = {
    "Etc/UTC": "غرينتش|غرينيتش|جرينتش|جرينيتش|قرينتش|غرينتش العالمي|العالمي|gmt|utc",
    "Asia/Baghdad": "بغداد|العراق|العاصمة بغداد",
    "Asia/Riyadh": "مكة المكرمة|مكة|السعودية|الرياض|المدينة المنورة",
    "Asia/Kuwait": "الكويت",
    "Asia/Qatar": "الدوحة|قطر",
    "Asia/Bahrain": "البحرين|المنامة",
    "Asia/Aden": "صنعاء|عدن|اليمن",
    "Asia/Dubai": "الإمارات|أبوظبي|أبو ظبي|دبي",
    "Asia/Muscat": "مسقط|سلطنة عمان",
    "Asia/Amman": "الأردن",
    "Africa/Cairo": "القاهرة|مصر",
    "Asia/Beirut": "بيروت|لبنان",
    "Asia/Damascus": "دمشق|سوريا|سورية",
    "Asia/Jerusalem": "القدس|القدس المحتلة",
    "Asia/Gaza": "غزة",
    "Asia/Tehran": "طهران|إيران",
    "Europe/Istanbul": "اسطنبول|أنقرة|تركيا",
    "Africa/Khartoum": "الخرطوم|السودان",
    "Africa/Tripoli": "ليبيا",
    "Africa/Tunis": "تونس",
    "Africa/Algiers": "الجزائر",
    "Africa/Casablanca": "الرباط|المغرب|الدار البيضاء",
    "Europe/London": "لندن",
    "Europe/Paris": "باريس",
    "Europe/Moscow": "موسكو",
}


MAX_LENGTH = 120  # characters without invisibles; a longer line is prose


class Token(NamedTuple):
    """A word, number or mark of a date line."""

    kind: str  # see _vocabulary and _number; punctuation is its own kind, "?" is outside the grammar
    number: int = 0
    name: str = ""


def _vocabulary() -> Iterator[tuple[str, Token]]:
    """Spellings separated by "|", and the token each of them is."""
    for kind, rows in {"M": GREGORIAN, "H": HIJRI, "J": JALALI, "k": NUMBERS}.items():
        yield from ((row, Token(kind, number)) for number, row in enumerate(rows, 1))
    for ten, row in TENS.items():
        yield row, Token("k", ten)
        yield from ((_pairs(ones, row, " و"), Token("k", ten + one)) for one, ones in enumerate(NUMBERS[:9], 1))
    for number, row in enumerate(WEEKDAYS):
        yield f"{row}|{_pairs('يوم', row)}", Token("w", number)
    for unit, count, single, several, whole in UNITS:
        yield single, Token("u", count, unit)
        yield several, Token("U", count, unit)
        yield from ((row, Token("d", count * times, unit)) for times, row in whole.items())
    yield from ((row, Token("D", count, unit)) for row, (count, unit) in UNIT_OR_FILLER.items())
    for kind, table in {"l": LABELS, "p": HALF_DAYS, "z": ZONES}.items():
        yield from ((row, Token(kind, 0, name)) for name, row in table.items())
    for name, row in PLACES.items():
        yield _pairs("توقيت|بتوقيت|حسب توقيت", row), Token("z", 0, name)
    yield from ((row, Token("t", days)) for days, row in enumerate(DAYS_BACK))
    yield "م", Token("m", 0, "pm")
    plain = {
        "b": FILLERS, "c": CLOCK_WORDS, "a": GREGORIAN_ERA, "h": HIJRI_ERA, "o": OF,
        "s": ORDINAL_ENDINGS, "T": "t", "q": "h", "g": BEFORE_NOW, "G": AGO, "v": ABOUT,
        "&": AND, "i": NOW, "x": TAILS, "z": LOCAL_TIME,
    }  # fmt: skip
    yield from ((row, Token(kind)) for kind, row in plain.items())


def _pairs(firsts: str, seconds: str, between: str = " ") -> str:
    return "|".join(f"{first}{between}{second}" for first in firsts.split("|") for second in seconds.split("|"))


# Marks, a hamza alone, bidi and zero-width characters vanish, and so do the clock and calendar signs used as icons.
_VANISHING = [
    (0x610, 0x61A), (0x621, 0x621), (0x64B, 0x65F), (0x670, 0x670), (0x6D6, 0x6ED), (0xAD, 0xAD), (0x61C, 0x61C),
    (0x180E, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE0F, 0xFE0F), (0xFEFF, 0xFEFF),
    (0x23F0, 0x23F2), (0x1F4C5, 0x1F4C6), (0x1F550, 0x1F567), (0x1F5D3, 0x1F5D3),
]  # fmt: skip
_ALIKE = {
    "ا": "أإآٱ", "ي": "ىیئ", "ه": "ةۀەھ", "و": "ؤ", "ك": "کڪ", "e": "éê", "u": "û",
    ",": "،؛;•·●", "-": "–—―−‐‑_", "|": "¦", "(": "[", ")": "]", "/": "⁄∕\\",
    **{str(n): digits for n, digits in enumerate(zip("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", strict=True))},
}  # fmt: skip
_FOLD: dict[int, str | None] = {
    **{code: None for first, last in _VANISHING for code in range(first, last + 1)},
    **{ord(letter): folded for folded, letters in _ALIKE.items() for letter in letters},
}
_COMPACT = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})(?:t?([0-9]{2})([0-9]{2})([0-9]{2}))?")
_PIECE = re.compile(r"[0-9]{8}t?[0-9]{6}(?![0-9])|[0-9]{4}م(?![^\W\d_])|[0-9]+|[^\W\d_]+|\S")


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower().translate(_FOLD)


def _pieces(folded: str) -> list[str]:
    """Words, numbers and punctuation. Tatweel stretches a word; anywhere else it stands for a dash."""
    pieces: list[str] = _PIECE.findall(folded)
    return [piece.replace("ـ", "") or "-" for piece in pieces] if "ـ" in folded else pieces


_LEXICON = {" ".join(_pieces(_fold(name))): token for row, token in _vocabulary() for name in row.split("|")}
_LEXICON |= {mark: Token(mark) for mark in ",/.-|():+"}
_UNKNOWN = Token("?")
_LONGEST: dict[str, int] = {}  # first piece of a phrase -> pieces of the longest phrase it opens
for _phrase in _LEXICON:
    _first, *_rest = _phrase.split()
    _LONGEST[_first] = max(_LONGEST.get(_first, 1), 1 + len(_rest))


def may_open_a_date(text: str) -> bool:
    """False for most prose, after its first word."""
    start = text[:40].split(None, 1)
    return bool(start) and _opens_a_date(start[0])


@lru_cache(4096)
def _opens_a_date(word: str) -> bool:
    first = next((piece for piece in _pieces(_fold(word)) if piece.isalnum()), "")
    return not first or first in _LONGEST or first[0].isdigit()


def tokenize(text: str) -> list[Token]:
    """Empty for a line that is too long or has a word outside the grammar anywhere but in its tail."""
    folded = " ".join(_fold(text).split()).lstrip(" ,.-|/:(")
    if len(folded) > MAX_LENGTH:
        return []
    pieces = _pieces(folded)
    tokens: list[Token] = []
    place, tail = 0, False
    while place < len(pieces):
        width, found = _longest(pieces, place)
        if found[0].kind == "?" and not tail:
            return []
        tail = tail or found[0].kind in "|x"
        tokens += found
        place += width
    return tokens


def _longest(pieces: list[str], place: int) -> tuple[int, list[Token]]:
    """The longest phrase of the vocabulary at `place`: how many pieces it takes, and its tokens."""
    first = pieces[place]
    if first[0] in "0123456789":
        return 1, _number(first)
    for width in range(_LONGEST.get(first, 0), 0, -1):
        if token := _LEXICON.get(" ".join(pieces[place : place + width])):
            return width, [token]
    return 1, [_UNKNOWN]


def _number(piece: str) -> list[Token]:
    """n: one or two digits, y: four, k: three (only ever a count), e: other lengths; compact stamps are taken apart."""
    if piece.endswith("م"):
        return [Token("y", int(piece[:4])), Token("a")]
    if compact := _COMPACT.fullmatch(piece):
        values = [int(digits) for digits in compact.groups() if digits]
        kinds = "y~n~nn:n:n" if len(values) > 3 else "y~n~n"
        return [Token(kind, values.pop(0) if kind in "yn" else 0) for kind in kinds]
    return [Token({1: "n", 2: "n", 3: "k", 4: "y"}.get(len(piece), "e"), int(piece), piece)]
