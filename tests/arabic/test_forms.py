"""Forms of a word: what rules glue to it, and what stays out because it is another word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almasalla_crawler.arabic.forms import FUNCTION_WORDS, forms_of, may_be_of, opened, spelling
from almasalla_crawler.arabic.letters import search_key


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("حكومة", "وللحكومة بحكومتها حكوماتهم كالحكومة فالحكومة حكومتين"),
        ("الحكومة", "حكومة وحكومتنا لحكومة للحكومة"),
        ("للحكومة", "حكومة الحكومة"),
        ("وزير", "وزيراً وزيرهما لوزيرها الوزيران والوزيرين"),
        ("كهرباء", "كهرباءها كهربائها كهرباؤها كهربا الكهرباء"),
        ("جزء", "جزءاً جزئه جزؤها الجزء بجزء"),
        ("مستشفى", "مستشفاها المستشفي مستشفيات بالمستشفى"),
        ("مسلحين", "مسلحون المسلحون مسلحيهم لمسلحي ومسلحو"),
        ("مسؤول", "مسئول المسئول مسوول المسؤولين"),
        ("هيئة", "الهيأة هيأته"),
        ("كردستان", "بكوردستان"),
        ("خبراً", "خبر الخبر"),
        ("يعلن", "سيعلن وسيعلن ليعلن يعلنون"),
        ("87", "و87 ال87"),
        ("NATO", "الnato والnato"),
    ],
)
def test_forms_that_rules_make(word: str, written: str) -> None:
    assert [form for form in map(search_key, written.split()) if form not in forms_of(word)] == []


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("بغداد", "البغدادي بغدادي"),
        ("ثمار", "استثمار"),
        ("عد", "بعد وعد"),
        ("طن", "وطن قطن"),
        ("لبن", "لبنان"),
        ("بحر", "البحرين"),
        ("أسماء", "أسماك"),
        ("الله", "له"),
        ("والدين", "دين"),
        ("التزام", "لزام"),
        ("ألمانيا", "مانيا"),
        ("مكتب", "مكتبات"),
        ("في", "وفي فيها"),
    ],
)
def test_other_words_are_no_forms(word: str, others: str) -> None:
    assert [form for form in map(search_key, others.split()) if form in forms_of(word)] == []


@pytest.mark.parametrize(
    ("word", "form", "never"),
    [
        ("مكتب", "مكتبه", "ة"),
        ("خبر", "خبرا", "ء"),
        ("مكتبة", "مكتبه", ""),
        ("خبراء", "خبرا", ""),
        ("ماء", "ما", "ا"),
        ("علي", "علي", "ى"),
    ],
)
def test_a_key_of_two_words_says_how_the_other_one_ends(word: str, form: str, never: str) -> None:
    assert forms_of(word)[form] == never


def test_only_words_with_the_right_end_may_be_such_a_form() -> None:
    assert may_be_of({"مكتبه": "ة"}, ["مكتبة،", "مكتبه.", "مكتبُهُ", "مكتب"]) == ["مكتبه.", "مكتبُهُ"]


def test_a_phrase_may_have_something_glued_to_its_front() -> None:
    assert {"وزير", "ووزير", "لوزير", "بوزير"} <= opened("وزير").keys()
    assert {"مجلس", "المجلس"} & opened("المجلس").keys() == {"المجلس"}
    assert "للمجلس" in opened("المجلس")


@pytest.mark.parametrize("written", ["«الوزيــرُ»،", "ﺍﻟﻮﺯﯾﺮ", "الوزیر"], ids=["marks", "presentation forms", "persian"])
def test_spelling_is_the_bare_word(written: str) -> None:
    assert spelling(written) == "الوزير"


def test_function_words_are_keys() -> None:
    assert [word for word in FUNCTION_WORDS if search_key(word) != word] == []


@given(st.text(max_size=20) | st.text("ابتوفكلهيءئأإآةىن", max_size=12))
def test_every_form_is_a_key_and_the_word_is_one_of_them(word: str) -> None:
    forms = forms_of(word)
    assert search_key(word) in forms
    assert [form for form in forms if search_key(form) != form] == []
