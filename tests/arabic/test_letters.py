"""Display text, search keys, dedup keys and counts of letters."""

import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almasalla_crawler.arabic import letters
from almasalla_crawler.arabic.letters import (
    arabic_share,
    count_letters,
    dedup_key,
    display_text,
    fingerprint,
    is_arabic_script,
    search_key,
    search_keys,
)

ARABIC = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيٱپچژڤکگیہھے"
MARKS = "\u064b\u064c\u064e\u064f\u0651\u0652\u0670\u0653\u0654\u0655\u0301\u06d6"
OTHERS = "ـ 0123٤٥٦۷۸،؛؟.:«»()-–_/aBçﷺ\u00a0\u200c\u200f\u202b\ufeff\x00"
arabic_text = st.text(st.sampled_from(ARABIC + MARKS + OTHERS), max_size=60)
any_text = st.text(max_size=60)
any_line = st.text(st.characters(exclude_characters="\n"), max_size=60)


# --- display text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param(*row, id=name)
        for name, row in {
            "no-break space": ("بغداد\u00a0المسلة", "بغداد المسلة"),
            "narrow and ideographic spaces": ("بغداد\u202f\u3000المسلة", "بغداد المسلة"),
            "runs and ends": ("  بغداد \t  المسلة \n", "بغداد المسلة"),
            "newline": ("بغداد\nالمسلة", "بغداد المسلة"),
            "line separators": ("بغداد\u2028المسلة\x85العراق", "بغداد المسلة العراق"),
            "variation selector": ("مطر\u26c8\ufe0f", "مطر\u26c8"),
            "variation selector on a line of its own": ("\nمطر\u26c8\ufe0f\n", "مطر\u26c8"),
            "zero width": ("بغ\u200bدا\ufeffد", "بغداد"),
            "bidi embeddings": ("\u202bبغداد\u202c \u2067المسلة\u2069\u200f", "بغداد المسلة"),
            "controls and ansi": ("بغ\x00دا\x1b[31mد", "بغدا[31mد"),
            "soft hyphen": ("بغ\xadداد", "بغداد"),
            "lone surrogate": ("بغ\ud800داد", "بغداد"),
            "noncharacters": ("بغ\ufffeدا\ufdd0د\U0010ffff", "بغداد"),
            "composed": ("ا\u0654خبار", "أخبار"),
            "nothing visible": ("\u200b \u200f\t", ""),
        }.items()
    ],
)
def test_display_text_folds_spaces_and_drops_the_invisible(written: str, shown: str) -> None:
    assert display_text(written) == shown


@pytest.mark.parametrize(
    "text",
    ["أَخْبَارٌ", "أخبـــار", "“قال” ‘نعم’ «لا»", "١٤ أيار ۱۴۰۳ 2025", "دولت ایران گفت که", "می‌خواهم", "ﷺ ﻻ", "ٱلرحمٰن"],
    ids=["harakat", "tatweel", "quotes", "digits", "persian", "zero width non-joiner", "presentation forms", "wasla"],
)
def test_display_text_keeps_what_was_written(text: str) -> None:
    assert display_text(text) == text


def test_display_text_is_composed_behind_an_invisible_character() -> None:
    assert display_text("ا\u200b\u0654خبار") == "أخبار"


def test_display_text_keeps_or_drops_a_hangul_filler_always() -> None:
    assert count_letters(display_text("ب\u115f\u200bب")) == count_letters("ب\u115f\u200bب")


@given(any_text | arabic_text)
def test_display_text_changes_nothing_the_second_time(text: str) -> None:
    shown = display_text(text)
    assert unicodedata.normalize("NFC", display_text(shown)) == unicodedata.normalize("NFC", shown)


@given(any_text | arabic_text)
def test_display_text_keeps_every_letter(text: str) -> None:
    assert count_letters(display_text(text)) == count_letters(text)


# --- search keys


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param(*row, id=name)
        for name, row in {
            "hamza seats": ("أإآٱ مسؤول رئيس شيء", "اااا مسوول رييس شي"),
            "ta marbuta and alef maqsura": ("مدرسة مستشفى", "مدرسه مستشفي"),
            "harakat": ("مُحَمَّدٌ رَسولٰ", "محمد رسول"),
            "presentation forms": ("ﺍﻟﻌﺮﺍﻕ ﻻ ﷲ ﻛﺘﺎﺑﺎﹰ", "العراق لا الله كتابا"),
            "rare marks": ("قُرْءَان\u06d6 الل\u0653ه", "قران الله"),
            "tatweel inside": ("أيضــــــــــاً", "ايضا"),
            "tatweel before digit": ("بـ87 مليار", "ب 87 مليار"),
            "tatweel before arabic digit": ("بـ٨٧ مليار", "ب 87 مليار"),
            "tatweel before space": ("الـ ناتو", "ال ناتو"),
            "tatweel at the end": ("هـ", "ه"),
            "persian letters": ("گفت چاپ ڤيينا کی", "كفت جاب فيينا كي"),
            "kurdish and urdu letters": ("ۀ ہ ھ ە ے ې", "ه ه ه ه ي ي"),
            "persian digits": ("۰۱۲۳۴۵۶۷۸۹", "0123456789"),
            "arabic digits": ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
            "zero width non-joiner": ("می\u200cخواهم", "ميخواهم"),
            "punctuation": ("قال: «نعم، لا»؛ (لماذا؟)", "قال نعم لا لماذا"),
            "latin": ("NATO_2025 Nato", "nato 2025 nato"),
            "one word of punctuation": ("…؟!", ""),
            "nothing": ("", ""),
        }.items()
    ],
)
def test_search_key(text: str, key: str) -> None:
    assert search_key(text) == key


@given(any_text | arabic_text)
def test_search_key_of_a_key_is_that_key(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


@given(st.lists(any_line | arabic_text, max_size=5))
def test_search_keys_are_the_keys_of_each_text(texts: list[str]) -> None:
    assert search_keys(texts) == [search_key(text) for text in texts]


@given(st.text(st.sampled_from(ARABIC + MARKS + OTHERS), max_size=119))
def test_short_and_long_texts_are_folded_alike(text: str) -> None:
    padding = " " + "ب" * 120
    assert search_key(text + padding) == f"{search_key(text)}{padding}".strip()


@given(st.text(st.characters(), max_size=100))
def test_short_and_long_texts_of_any_script_are_folded_alike(text: str) -> None:
    padding = " " + "ب" * 120
    assert search_key(text + padding) == f"{search_key(text)}{padding}".strip()


@given(any_text | arabic_text)
def test_search_key_holds_words_and_single_spaces_only(text: str) -> None:
    assert all(word.replace("_", "-").isalnum() for word in search_key(text).split(" ") if word)


# --- dedup keys and fingerprints


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("لايعبّر عن رأي المسلة", "لا يعبر عن رأي المسلة"),
        ("(الناتو) : إن", "الناتوإن"),
        ("بـ87 مليار", "ب87مليار"),
        ("أيضــاً", "ايضا"),
        ("شيء", "شئ".replace("ئ", "ي")),
        ("۲۰۲۵", "2025"),
    ],
    ids=["glued negation", "spaces and brackets", "tatweel before digit", "tatweel", "hamza", "persian digits"],
)
def test_spellings_of_one_text_share_dedup_key_and_fingerprint(one: str, other: str) -> None:
    assert dedup_key(one) == dedup_key(other)
    assert fingerprint(search_key(one)) == fingerprint(search_key(other))


def test_other_texts_have_other_fingerprints() -> None:
    assert fingerprint("قال الوزير") != fingerprint("قال الوزير امس")


def test_fingerprint_is_32_hex_digits_and_empty_for_no_words() -> None:
    assert len(bytes.fromhex(fingerprint("نص"))) == 16
    assert fingerprint(search_key("…")) == ""


# --- counts and shares


@pytest.mark.parametrize(
    ("text", "letters"),
    [("مُحَمَّد", 4), ("أيضــــا", 4), ("ا\u0654", 1), ("87 ٨٧ …", 0), ("Nato ناتو", 8), ("", 0), ("می\u200cخواهم", 7)],
    ids=["marks", "tatweel", "decomposed", "digits", "two scripts", "empty", "non-joiner"],
)
def test_count_letters(text: str, letters: int) -> None:
    assert count_letters(text) == letters


@pytest.mark.parametrize(
    ("text", "share"),
    [("بغداد", 1.0), ("Baghdad", 0.0), ("ناتو Nato", 0.5), ("123 …", 0.0)],
    ids=["arabic", "latin", "half", "no letters"],
)
def test_arabic_share(text: str, share: float) -> None:
    assert arabic_share(text) == share


@pytest.mark.parametrize(
    ("text", "is_arabic"),
    [("وقال الوزير إن المشروع سينجز في الموعد", True), ("The minister said the project is on time", False), ("", False)],
    ids=["arabic", "english", "empty"],
)
def test_is_arabic_script(text: str, is_arabic: bool) -> None:
    assert is_arabic_script(text) is is_arabic


# --- time

MEGABYTE = 1_000_000
HOSTILE = {
    "tatweel": "ـ" * MEGABYTE,
    "tatweel and letter": "ـب" * (MEGABYTE // 2),
    "tatweel and space": "ـ " * (MEGABYTE // 2),
    "one mark": "ب" + "\u064b" * MEGABYTE,
    "two marks in the wrong order": "ب" + "\u0651\u064e" * (MEGABYTE // 2),
    "marks of many classes": "ب" + "\u064b\u0301\u0327\u0651\u0653" * (MEGABYTE // 5),
    "presentation forms": "ﺍﻟ" * (MEGABYTE // 2),
    "zero width": "\u200b" * MEGABYTE,
    "spaces": " " * MEGABYTE,
    "punctuation": "،." * (MEGABYTE // 2),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("function", [display_text, search_key, count_letters], ids=lambda function: function.__name__)
def test_a_megabyte_takes_no_second(function: Callable[[str], object], text: str) -> None:
    start = time.process_time()
    function(text)
    assert time.process_time() - start < 1


def test_every_folded_character_stands_in_both_paths() -> None:
    folded = {*(letter for letter, _ in letters._FOLD), *letters._PUNCTUATION, *letters._HARAKAT}
    assert folded == set(map(chr, letters._TABLE))
