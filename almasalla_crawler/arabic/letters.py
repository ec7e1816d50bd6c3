"""Arabic letters: display text, search key, dedup key, counts. Pure functions, no Scrapy."""

import hashlib
import re
import unicodedata
from itertools import filterfalse

# str.replace per character runs in C over the whole text: 27 microseconds for a 5,800-character page where one
# str.translate takes 430 and one regular expression 280. So keys and counts are chains of replace, checked at the end.
_HARAKAT = "".join(map(chr, range(0x064B, 0x0653))) + "\u0670"
_RARE_MARKS = re.compile("[\u0300-\u036f\u0610-\u061a\u0653-\u065f\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff]")
_MARK = "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_A_MARK = re.compile(_MARK)
_MARK_RUN = re.compile(f"({_MARK}{{32}}){_MARK}+")
_PUNCTUATION = "،.:؛؟!?,;()[]{}«»“”„\"'’‘…–—―-−_/\\|•·*&%٪@#+=<>~^`$°©®™●▪◦‣►※ـ"
_FOLD: list[tuple[str, str]] = [
    ("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ٱ", "ا"), ("ى", "ي"), ("ة", "ه"), ("ؤ", "و"), ("ئ", "ي"), ("ء", ""), ("ی", "ي"),
    ("ې", "ي"), ("ک", "ك"), ("ڪ", "ك"), ("گ", "ك"), ("چ", "ج"), ("پ", "ب"), ("ڤ", "ف"), ("ۀ", "ه"), ("ہ", "ه"), ("ھ", "ه"),
    ("ە", "ه"), ("ے", "ي"), ("\u200c", ""),
    *((zero, str(n)) for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for n, zero in enumerate(row)),
]  # fmt: skip
# The same folding for short texts, where one translate is quicker than a hundred replacements that find nothing.
_TABLE = str.maketrans({**dict(_FOLD), **dict.fromkeys(_PUNCTUATION, " "), **dict.fromkeys(_HARAKAT, "")})
# Letters in the shape they have at one place of a word, as PDFs give them; a mark alone stands on a space there.
_PRESENTED = {n: unicodedata.normalize("NFKC", chr(n)).strip() for n in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD))}
_TATWEEL = re.compile(r"ـ+(?P<boundary>[\s\d]|$)?")
_NO_WORD = re.compile(r"[\W_]")
_ARABIC = re.compile("[ء-غف-يٱ-ۓ]+")
# U+200C is a letter boundary in Persian words: a space there would cut the word, so display text keeps it.
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b\u200d-\u200f"
                        r"\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f\U0010fffe\U0010ffff\ud800-\udfff]+")  # fmt: skip

_PRINTABLE_INVISIBLE = re.compile("[\u034f\ufe00-\ufe0f]")  # isprintable is false for every other control or format character


def display_text(text: str) -> str:
    """`text` as a person should see it: NFC, ordinary single spaces, no invisible or control characters.

    Harakat, tatweel, quotes and digits stay as written. A newline becomes a space.
    """
    text = " ".join(text.split())
    if text.isascii() and text.isprintable():
        return text
    text = _nfc(text)
    if text.isprintable() and not _PRINTABLE_INVISIBLE.search(text):
        return text
    return " ".join(_nfc(_INVISIBLE.sub("", text)).split())


def search_keys(texts: list[str]) -> list[str]:
    """`search_key` of each text, folded in one pass. The texts hold no line breaks."""
    return list(map(_words, _fold("\n".join(texts)).split("\n"))) if texts else []


def search_key(text: str) -> str:
    """Words of `text` in the one spelling that search compares, separated by single spaces, without punctuation.

    It unifies hamza seats, ta marbuta, alef maqsura, Persian letters, presentation forms and digits, and drops marks.
    """
    return _words(_fold(text))


def _words(folded: str) -> str:
    words = folded.split()
    if not "".join(words).isalnum():
        words = _NO_WORD.sub(" ", _RARE_MARKS.sub("", folded)).split()
    return " ".join(words)


def _fold(text: str) -> str:
    if b"\xef" in text.encode(
        "utf-8", "surrogatepass"
    ):  # opens U+F000 to U+FFFF; a search for the range itself takes six times as long
        text = text.translate(_PRESENTED)
    if "ـ" in text:
        text = _TATWEEL.sub(lambda run: "" if run["boundary"] is None else " " + run["boundary"], text)
    if len(text) < 120:
        text = text.translate(_TABLE).lower()
    else:
        for letter, folded in _FOLD:
            if letter in text:
                text = text.replace(letter, folded)
        text = _without(_without(text, _HARAKAT), _PUNCTUATION, " ").lower()
    return text


def dedup_key(text: str) -> str:
    """`search_key` without its spaces: `لايعبّر` and `لا يعبّر` are the same."""
    return search_key(text).replace(" ", "")


def fingerprint(key: str) -> str:
    """32 hex digits that two texts share exactly when their dedup keys are equal; "" for an empty key."""
    key = key.replace(" ", "")
    return hashlib.blake2b(key.encode(), digest_size=16).hexdigest() if key else ""


def count_letters(text: str) -> int:
    """Letters of any script in `text`, tatweel not counted; both sides of the conservation check count with it."""
    text = _nfc(text)
    words = text.split()
    mixed = "".join(filterfalse(str.isalpha, words))  # the other words are letters alone: counting one by one takes thrice
    return sum(map(len, words)) - len(mixed) + sum(map(str.isalpha, mixed)) - text.count("ـ")


def is_arabic_script(text: str) -> bool:
    """Are most letters Arabic? Told by the six letters that make up half of any text in that script."""
    return sum(map(text.count, "اليمونر")) > 0.2 * len(text)


def _nfc(text: str) -> str:
    """NFC in linear time: Python sorts a run of combining marks in quadratic time, and 80,000 of them stall for 6 s."""
    if len(text) > 2000 and _A_MARK.search(text[::33]):  # a run of 33 has one there
        text = _MARK_RUN.sub(r"\1", text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _without(text: str, characters: str, instead: str = "") -> str:
    for character in characters:
        if character in text:
            text = text.replace(character, instead)
    return text


def arabic_share(text: str) -> float:
    """Share of Arabic-script letters among the letters of `text`; 0.0 for a text without letters."""
    letters = count_letters(text)
    return sum(map(len, _ARABIC.findall(text))) / letters if letters else 0.0
