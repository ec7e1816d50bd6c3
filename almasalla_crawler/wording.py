"""The two languages of the web page and of reports. They hold the English words; translations/ has the Arabic of each."""

import json
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = {"ar": "العربية", "en": "English"}
_MONTHS = {
    "ar": "كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول,تشرين الثاني,كانون الأول".split(","),
    "en": "January,February,March,April,May,June,July,August,September,October,November,December".split(","),
}
_WEEKDAYS = {
    "ar": "الاثنين,الثلاثاء,الأربعاء,الخميس,الجمعة,السبت,الأحد".split(","),
    "en": "Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday".split(","),
}


def chosen_language(*wishes: str) -> str:
    """The first wish that names a language of ours; `ar,en;q=0.5` is a wish too. English if none does."""
    for wish in wishes:
        ranked = sorted(map(_quality, wish.split(",")), key=lambda one: -one[0])
        for quality, name in ranked:
            if name in LANGUAGES and quality > 0:
                return name
    return "en"


def _quality(part: str) -> tuple[float, str]:
    """Weight and language of one part of an Accept-Language header."""
    name, _, parameter = part.partition(";")
    try:
        quality = float(parameter.strip().removeprefix("q=") or 1)
    except ValueError:
        quality = 0.0
    return quality, name.strip().lower().split("-")[0]


@cache
def _arabic() -> dict[str, str]:
    """The words of pages and reports, and what the columns of the tables mean."""
    folder = files("almasalla_crawler").joinpath("translations")
    columns, words = (json.loads(folder.joinpath(name).read_text("utf-8")) for name in ("ar_columns.json", "ar.json"))
    return {**columns, **words}


def words(language: str) -> Callable[[str], str]:
    """What turns an English phrase of the interface into the language; it stays English if nobody translated it."""
    return lambda phrase: _arabic().get(phrase, phrase) if language == "ar" else phrase


def translated(message: str, language: str) -> str:
    """Translations have {} in place of each number. A message that has none stays English."""
    numbers = re.compile(r"\d[\d,]*")
    phrase = numbers.sub("{}", message)
    translation = words(language)(phrase)
    return message if translation == phrase else translation.format(*numbers.findall(message))


def isolated(code: str) -> str:
    """Code in a sentence: `publisher != "x"` stays in its order among Arabic words too."""
    return f"\u2066{code}\u2069"


def role_word(code: str, language: str) -> str:
    """The name for people of a role, reason, status or kind that the database calls `code`."""
    return words(language)(code.replace("_", " "))


def number(value: float | None) -> str:
    return "–" if value is None else f"{value:,}"


def day_words(day: str | None, language: str, weekday: bool = False) -> str:
    """`30 August 2024`, `الجمعة 30 آب 2024`; a month as `August 2024`; what is no ISO day as it stands."""
    try:
        parsed = date.fromisoformat((day or "")[:10] if len(day or "") > 7 else f"{day}-01")
    except ValueError:
        return day or ""
    month = f"{_MONTHS[language][parsed.month - 1]} {parsed.year}"
    if len(day or "") <= 7:
        return month
    name = f"{_WEEKDAYS[language][parsed.weekday()]} " if weekday else ""
    return f"{name}{parsed.day} {month}"


def time_words(moment: str | None, language: str) -> str:
    """An instant in UTC to the minute: `30 August 2024, 14:05`."""
    if not moment:
        return ""
    clock = moment[11:16]
    return f"{day_words(moment, language)}{'، ' if language == 'ar' else ', '}{clock}" if clock else day_words(moment, language)


def vocabulary(language: str) -> dict[str, Any]:
    """What our templates may call, beside _: name, number, day, moment."""
    return {
        "name": lambda code: role_word(code or "", language),
        "number": number,
        "day": lambda value, weekday=False: day_words(value, language, weekday),
        "moment": lambda value: time_words(value, language),
    }
