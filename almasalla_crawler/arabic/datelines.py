"""Datelines: `بغداد/المسلة:` at the head of a text says where it was filed and by whom."""

import re
from dataclasses import dataclass

from almasalla_crawler.arabic.letters import search_key, search_keys
from almasalla_crawler.arabic.places import is_place

MAX_LENGTH = 70  # characters within which a dateline closes
MIN_WORDS_BEHIND = 6  # fewer words behind two names that nobody knows are a headline
_OPEN, _CLOSE = '(«“"[', ')»”"]'
_NAME = r"[^\W\d_][^/\\|:؛،,.؟!()«»“”\"\[\]–—]{0,28}?"
_AGENCY = r"[^\W_][^/\\|:؛،,.؟!()«»“”\"\[\]–—]{0,30}?"
_QUOTED = rf"[(«“\"\[]\s?(?P<quoted>{_AGENCY})\s?[)»”\"\]]"
_WEEKDAY = "(?:السبت|الأحد|الاحد|الإثنين|الاثنين|الثلاثاء|الأربعاء|الاربعاء|الخميس|الجمعة)"
_DAY = rf"(?:(?:،|,| في|\s)\s?(?:\d{{1,2}}\s?[^\W\d_]{{2,12}}(?:/[^\W\d_]{{2,12}})?(?:\s\d{{4}})?|{_WEEKDAY}))?"
# The shapes, strictest first. `sure` means that the shape alone is evidence; otherwise a known place or agency is needed.
_SHAPES = [
    (sure, re.compile(pattern))
    for sure, pattern in [
        (True, rf"(?P<place>{_NAME}){_DAY}\s?[/\\]\s?(?:{_QUOTED}|(?P<agency>{_AGENCY}))\s?[:：]"),
        (False, rf"(?P<place>{_NAME})\s?\|\s?(?P<agency>{_AGENCY})\s?(?:[|:]|[–—-](?=\s|$))"),
        (False, rf"(?P<place>{_NAME}){_DAY}\s?/\s?(?P<agency>{_AGENCY})\s?/(?=\s|$)"),
        (False, rf"[(\[](?P<place>{_NAME})\s?[-–—/،]\s?(?P<agency>{_AGENCY})[)\]]\s?[:：–—-]?(?=\s|$)"),
        (False, rf"(?P<place>{_NAME}){_DAY}\s?(?:[–—ـ:-]\s?)?{_QUOTED}\s?[:：–—ـ-]"),
        (False, rf"(?P<place>{_NAME}){_DAY}\s?[–—ـ:-]\s?{_QUOTED}(?=\s|$)"),
        (False, rf"(?P<place>{_NAME}){_DAY}\s{_QUOTED}$"),
        (False, rf"(?P<place>{_NAME})\s?[/\\]\s?(?P<agency>{_AGENCY})\s?[–—-](?=\s|$)"),
        (False, rf"(?P<place>{_NAME}){_DAY}\s?[–—ـ]\s?(?P<agency>{_AGENCY})\s?[:：–—ـ]"),
        (False, rf"(?P<place>{_NAME}){_DAY}\s-\s?(?P<agency>{_AGENCY})(?:\s?[:：]|\s-|-\s)"),
        (False, rf"(?P<place>{_NAME})\s?،\s?(?P<agency>{_AGENCY})(?:\s[–—-]|\s?[:：])(?=\s|$)"),
        (False, rf"(?P<place>{_NAME}){_DAY}-(?P<agency>{_AGENCY})\s?[:：]"),
        (False, rf"(?P<place>{_NAME})\s?:\s?(?P<agency>{_AGENCY})\s?:"),
        (False, r"(?P<place>)" + _QUOTED + r"\s?[–—-]"),
        (False, rf"{_QUOTED}\s?(?P<place>{_NAME})\s?[–—-](?=\s|$)"),
    ]
]  # fmt: skip
_FIRST_SEPARATOR = re.compile(r"[/\\|:：–—ـ(«“\"\[]|-")
_PLACE_ALONE = re.compile(rf"(?P<place>{_NAME})(?:\s?[:：]|\s[–—-])(?=\s|$)")
_WHOLE_LINE = re.compile(rf"(?P<place>{_NAME})\s?[/\\–—-]\s?(?:{_QUOTED}|(?P<agency>{_AGENCY}))\s?[:：–—-]?")
# Words that begin sentences or tie them together, and so never stand in a place or an agency of a dateline.
_NO_NAME = frozenset(
    "في من علي الي عن ان انه انها هذا هذه ذلك التي الذي كما قال قالت وقال وقالت اكد اكدت واكد واكدت اضاف واضاف اضافت واضافت"
    " اوضح واوضح ذكر وذكر اشار واشار بين وبين كشف وكشف اعلن واعلن اعلنت نقلا مع بعد قبل خلال حيث لكن ثم او ما لا لم لن قد هل"
    " كان كانت يكون هو هي هم نحن انا كل بعض سوال جواب السوال الجواب س ج ملاحظه تنويه اولا ثانيا ثالثا رابعا خامسا المصدر"
    " كتب كتبت بقلم تقرير وفي ومن وعلي والي وعن امس غدا نشر تاريخ وقت الساعه العنوان الموضوع النتيجه مقابل".split()
)
_SPEAKS_TO = frozenset("ل لصحيفه لوكاله لقناه لموقع لجريده مع عبر".split())  # الطيب الدوسري لـ«البيان»: is no dateline
_AGENCIES = frozenset(
    search_keys(
        (
            "رويترز|أ ف ب|ا ف ب|أ.ف.ب|فرانس برس|أ ب|أسوشيتد برس|د ب أ|الأناضول|بترا|واس|وام|كونا|قنا|بنا|العمانية|سانا|واع|أ ش أ"
            "|وفا|وات|واج|ومع|سبأ|شينخوا|سبوتنيك|تاس|إرنا|فارس|تسنيم|مهر|الوكالة الوطنية|وكالات|الوكالات"
            "|متابعة|متابعات|خاص|المسلة|الجزيرة|العربية|الحرة|بي بي سي|سي إن إن|الشرق الأوسط|العربي الجديد|القدس العربي|الحياة"
            "|النهار|الأخبار"
            "|اليوم السابع|الأهرام|الوطن|الشروق|المصري اليوم|عكاظ|الرياض|سبق|البيان|الخليج|الاتحاد|الرؤية|الرأي|الغد|الدستور"
            "|شفق نيوز|السومرية|رووداو|بغداد اليوم|صحيفة المدى|الصباح|الزمان"
        ).split("|")
    )
)


@dataclass(frozen=True, slots=True)
class Dateline:
    place: str | None
    agency: str | None
    length: int  # characters of the line it takes; equal to the length of the line when it stands alone
    sure: bool  # its shape, place or agency is evidence enough to begin an article


def is_agency(key: str) -> bool:
    """Is this the search key of an agency or outlet that datelines often name?"""
    return key in _AGENCIES


def read_dateline(text: str, agencies: frozenset[str] = frozenset()) -> Dateline | None:
    """The dateline at the head of `text`, or None. `agencies` are search keys of publishers the page names elsewhere."""
    separator = _FIRST_SEPARATOR.search(text, 0, 48)
    if separator is None or text.count(" ", 0, separator.start()) > 6:
        return None
    for sure, pattern in _SHAPES:
        match = pattern.match(text, 0, MAX_LENGTH + 1)
        if match and (found := _accept(match, sure, agencies)):
            return found
    if len(text) <= 45 and (match := _WHOLE_LINE.fullmatch(text)) and (found := _accept(match, False, agencies)):
        return found if found.sure else None
    match = _PLACE_ALONE.match(text, 0, MAX_LENGTH + 1)
    behind = match.string[match.end() :].split(maxsplit=MIN_WORDS_BEHIND) if match else []
    is_headline = match and match[0].endswith(("–", "—", "-")) and len(behind) <= MIN_WORDS_BEHIND
    if match and not is_headline and is_place(search_key(match["place"])):
        return Dateline(match["place"].strip(), None, match.end(), False)
    return None


def key_without_dateline(body: str, body_key: str, agency: str | None) -> str:
    """`body_key`, the search key of `body`, without the dateline of `agency` that outlets put before a copied text."""
    if agency is None:
        return body_key
    first = body.partition("\n\n")[0]
    found = read_dateline(first, frozenset({search_key(agency)}))
    return search_key(first[found.length :]) + body_key.removeprefix(search_key(first)) if found else body_key


def _accept(match: re.Match[str], sure: bool, agencies: frozenset[str]) -> Dateline | None:
    groups = match.groupdict()
    place, agency = groups["place"].strip(), (groups.get("quoted") or groups.get("agency") or "").strip()
    place_key, agency_key = search_keys([place, agency])
    words = [*place_key.split(), *agency_key.split()]
    if (
        place.endswith(("لـ", "لـ "))
        or place_key.rpartition(" ")[2] in _SPEAKS_TO
        or place_key.count(" ") > 2
        or agency_key.count(" ") > 3
        or not agency_key
        or agency_key[0].isdigit()
        or _NO_NAME.intersection(words)
    ):
        return None
    if is_place(agency_key) and not is_place(place_key) and place:  # المسلة/بغداد
        place, agency, place_key, agency_key = agency, place, agency_key, place_key
    if is_place(agency_key.rstrip(" 0123456789")) and is_place(place_key) and agency_key not in _AGENCIES:
        return None  # a score: مدريد - برشلونة 2-1
    if groups.get("quoted") and match.start("quoted") < match.start("place") and not is_place(place_key):
        return None  # «المسلة» تنشر - is no dateline
    known = is_place(place_key) or agency_key in _AGENCIES or agency_key in agencies
    behind = match.string[match.end() :].split(maxsplit=MIN_WORDS_BEHIND)
    sure = sure and not 0 < len(behind) < MIN_WORDS_BEHIND
    if not (sure or known or (place_key.count(" ") <= 1 and match[0].rstrip().endswith((":", "：")))):
        return None
    return Dateline(place or None, agency, match.end(), sure or known)
