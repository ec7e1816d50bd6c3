"""Names of authors in what a page states: lists are cut, labels, roles and addresses dropped."""

import re
from collections.abc import Iterator

from almasalla_crawler.arabic.datelines import is_agency
from almasalla_crawler.arabic.letters import search_key, search_keys
from almasalla_crawler.arabic.names import GIVEN_NAMES, opens_with_a_name
from almasalla_crawler.arabic.places import is_place

MAX_WORDS = 7
_LABEL = re.compile(
    r"(?:(?:[Ww]ritten |text |words |[Ss]ubmitted |[Pp]osted )?by|BY"
    r"|By|VON|Von|von(?! de[rmn]\b| und\b)|Par|par|Por|por|Di|Door|Af|Av|Texte?|Autor(?:in)?"
    r"|Author|Reporter|كتب(?:ت|ه|ها)?|بقلم|تحرير|إعداد|بواسطة|الكاتب|توسط|نویسنده|نووسینی|از"
    r"|(?:متابعة|تقرير|حوار)(?=\s*[:：/])(?:\s*[:：/]\s*و ?(?:متابعة|تقرير|حوار|تصوير|تحرير)(?=[\s:：/]))?)(?:\s*[:：/]\s*|\s+)"
)
_BETWEEN_NAMES = re.compile(
    r"\s*[;|،؛、]\s*|\s*,\s*(?:(?:and|und|et|y|e|og|och)\s+)?|\s+(?:and|und|et|og|och|&|و|i|y|en|with|mit)\s+|\s+[/•·–—-]\s+"
)
_COMMA = re.compile("[،,؛;]| و ")
_IN_BRACKETS = re.compile(r"\s*[(\[（][^()\[\]（）]{0,80}[)\]）]")
_ROLE = re.compile(
    r"(?:.*\b)?(?:editor(?:-in-chief)?|reporters?|journalist(?:in|e)?|[ck]orrespondent(?:in|s)?|redakt(?:eur(?:in)?|ør|or)|staff|writers?"
    r"|columnist|contributor|producer|photographer|analyst|for mailonline|for dailymail\.com|corresponsal|enviado especial"
    r"|redactora?|giornalista|inviato|volontär(?:in)?|ressortleiter(?:in)?|chefredakteur(?:in)?"
    r"|محرر|مراسل|صحفي|كاتب|رئيس التحرير)(?:\b.*)?",
    re.I,
)
_SUFFIX = re.compile(
    r"\s+(?:في|بتاريخ)$|\s+(?:기자|記者|记者)$|(?<=[\u4e00-\u9fff])記者$|\s+by$"
    r"|(?<=\w\w)\s+(?:senior|chief|staff|special|political|national|foreign|deputy|associate|contributing|assistant|technology"
    r"|business|sports|science|health)\s[\w ]{0,40}?(?:correspondent|reporter|editor|writer|columnist)$"
    r"|(?<=\w\w)\s+envoyée?s? spécia(?:le?s?|ux)\b.*$",
    re.I,
)
_DEGREE = re.compile(r"[BM]A|M\.?Sc|MS|MBA|MPH|M\.?D|Ph\.?D|RN|RD|DO|DDS|JD|Esq|Jr|Sr|II|III")  # `Ada Berg, MD`
_NO_NAME = re.compile(
    r"[\d\W_]*|#.*|(?:\w+ )?by|story|von|par|por|print|share|e-?mail|https?:.*|www\..*|.*@.*|.*/.*\.html?|@\w+"
    r"|(?:site |web )?(?:admin\w*|editors?|webmaster|root|user\d*|wordpress"
    r"|super ?user|guest|author|anonymous|none|null|undefined|unknown|n/?a|test"
    r"|المدير|مدير(?: الموقع| النظام)?|(?:ال)?محرر(?: ?\d+)?|ادمن|أدمن|التحرير"
    r"|web ?desk|news ?desk|staff|staff (?:writer|reporter)|agencies|وكالات|متابعات|خاص|(?:developed|powered|designed) by .*)",
    re.I,
)
_DESK = re.compile(r"(?:هيئة|أسرة|فريق|قسم|إدارة) (?:التحرير|الموقع)")
# Who publishes, not who writes, unless a name stands first or behind a label.
_NEWSROOM = re.compile(
    r"(?:وكالة|صحيفة|جريدة|قناة|موقع|شبكة|مجلة|إذاعة|غرفة|قسم|القسم|مكتب|خبرگزاری|روزنامه) [^:]+"  # its kind before its name
    r"|[^:]+ (?:نت|نيوز|أونلاين|ڈیسک)"  # or behind
    r"|منقول|ایرنا|ایسنا"
)
_AGENCIES_WITH_A_GIVEN_NAME = frozenset(search_keys("فارس تسنيم وفا مهر".split()))
_LOGIN = re.compile(r"[a-z]+[_\d][a-z0-9_]*|[a-z]+\d+")
_SLUG = re.compile(r"[a-z]+(?:-[a-z]+)+\d*")
# An account rather than a name where names are Arabic: latin letters in one word or without a capital.
_LATIN_LOGIN = re.compile(r"[a-z0-9._@ -]+|[A-Za-z0-9._@-]+")
_INVERTED = re.compile(r"([^\s,]+(?: [^\s,]+)?), ([^\s,]+(?: [A-Z]\.)?)")


def split_names(text: str) -> Iterator[str]:
    """The names in `Von Ada Berg und Max Kern, Redakteur`, as written."""
    text = _IN_BRACKETS.sub("", text).strip(" .،,:;")
    text = text[label.end() :] if (label := _LABEL.match(text)) else text
    if inverted := _INVERTED.fullmatch(text):
        first = _ROLE.fullmatch(inverted[2])
        if not first and " " not in inverted[1] and " " not in inverted[2].rstrip(".") and inverted[2][:1].isupper():
            yield f"{inverted[2]} {inverted[1]}"
            return
    text = _with_commas(text)
    parts = [part.strip(" .،:–—-") for part in _BETWEEN_NAMES.split(text)]
    is_list = _COMMA.search(text) is not None  # daughters are called جنين, and stand behind a comma
    for part in parts:
        name = _SUFFIX.sub("", part)
        if not name or (len(parts) > 1 and (_ROLE.fullmatch(name) or _DEGREE.fullmatch(name))):
            continue
        if is_list or not _is_place_beside(parts, name):
            yield name


def _is_place_beside(parts: list[str], name: str) -> bool:
    """Is it the place beside one whole name?"""
    return len(parts) == 2 and is_place(search_key(name)) and all(" " in part for part in parts if part != name)


def _with_commas(text: str) -> str:
    """`علي حسن، أحمد سعيد` for `علي حسن وأحمد سعيد`: و stands before a given name and is no part of one, as in وليد."""
    if " و" not in text:
        return text
    words = text.split()
    for index in range(1, len(words) - 1):
        word = words[index]
        if word.startswith("و") and search_key(word[1:]) in GIVEN_NAMES and search_key(word) not in GIVEN_NAMES:
            words[index - 1 : index + 1] = [f"{words[index - 1]}،", word[1:]]
    return " ".join(words)


def is_name(name: str, people_only: bool) -> bool:
    """A name rather than a login, an address, a desk or a sentence. With `people_only` no single latin word is one."""
    if _NO_NAME.fullmatch(name) or is_desk(name) or _LOGIN.fullmatch(name) or name.count(" ") >= MAX_WORDS or len(name) > 80:
        return False
    return not (people_only and (_LATIN_LOGIN.fullmatch(name) or _is_newsroom(name)))


def _is_newsroom(name: str) -> bool:
    key = search_key(name)
    if is_agency(key):
        return key not in _AGENCIES_WITH_A_GIVEN_NAME
    place, _, newspaper = name.partition(": «")
    if newspaper.endswith("»") and is_place(search_key(place)):
        return True
    return _NEWSROOM.fullmatch(name) is not None and not opens_with_a_name(key)


def is_desk(name: str) -> bool:
    """`هيئة التحرير`: nobody's name, and who signs all the same where a site states its authors exactly."""
    return _DESK.fullmatch(name) is not None


def is_slug(name: str) -> bool:
    """`ada-berg` in an address."""
    return _SLUG.fullmatch(name) is not None


def same_name(one: str, other: str) -> bool:
    return search_key(one) == search_key(other)
