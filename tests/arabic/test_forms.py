"""Forms of a word: what rules glue to it, and what stays out because it is another word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almasalla_crawler.arabic.forms import FUNCTION_WORDS, forms_of, opened
from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.arabic.other_words import is_meant, may_be_meant, spelling


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
        ("سوريا", "سورية وسورية بسوريا لسورية"),
        ("سورية", "سوريا السورية بسوريا"),
        ("تلفزيون", "التليفزيون تلفزيونها للتلفزيون"),
        ("خبراً", "خبر الخبر"),
        ("سيارة", "سيارات بسيارة والسيارات سيارتين سيارتها"),
        ("سؤال", "سؤالاً وسؤالها للسؤال"),
        ("مسألة", "المسالة ومسألته للمسألة"),
        ("ضوء", "بضوء ضوءاً ضوؤها وضوئها"),
        ("سماء", "سماءها سمائنا للسماء"),
        ("مباراة", "مباراته مباراتين بالمباراة للمباراة"),
        ("قرار", "قراراً قرارات لقراره والقرارات قراران"),
        ("لجنة", "لجنتنا للجنة باللجنة واللجنة"),
        ("لاعب", "للاعبين واللاعبين لاعبيه لاعبون"),
        ("إسرائيل", "اسرائيل وإسرائيل لإسرائيل"),
        ("مسؤولون", "المسؤولين مسئولون لمسؤولين"),
        ("طائرة", "بالطائرات وطائرته للطائرة طائرتين"),
        ("كأس", "كاس بالكأس للكأس كأسها"),
        ("تصريح", "تصريحات بتصريحات لتصريحاته تصريحاً"),
        ("فيضان", "والفيضانات بفيضان للفيضانات"),
        ("يعلن", "سيعلن وسيعلن ليعلن يعلنون"),
        ("يوم", "يومين ليومين واليومين"),
        ("لغة", "لغات باللغات لغاتها"),
        ("مهندس", "مهندسو ومهندسو"),
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
        ("عشر", "عشرين والعشرين"),
        ("طير", "الطيران"),
        ("تحس", "تحسين"),
        ("بيان", "بيانو"),
        ("مركز", "مركزي"),
        ("بوت", "بوتين"),
        ("كوك", "كوكين"),
        ("نور", "نورين"),
        ("لين", "لينين"),
        ("باول", "باولو"),
        ("مارك", "ماركو"),
        ("فرانك", "فرانكو"),
        ("ميلان", "ميلانو"),
        ("أسماء", "أسماك"),
        ("قضاء", "قضية"),
        ("ماء", "كما مات"),
        ("وباء", "وبات"),
        ("يد", "سيد"),
        ("علي", "عليه"),
        ("دين", "لدينا"),
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
    ("word", "written", "other"),
    [
        ("مكتب", "«مكتبُه»", "مكتبة"),
        ("خبر", "خبراً", "خبراء"),
        ("ماء", "ماءٌ", "ما"),
        ("ماء", "مائه", "مائة"),
        ("قضاء", "قضاءه", "قضاه"),
        ("لقاء", "لقائهما", "لقيهما"),
        ("أمل", "كأمله", "كامله"),
        ("علي", "علي", "على"),
        ("أب", "أبنا", "أبناء"),
    ],
)
def test_a_key_of_two_words_is_told_by_its_spelling(word: str, written: str, other: str) -> None:
    forms = forms_of(word)
    pattern = forms[search_key(written)]
    assert is_meant(pattern, written)
    assert not is_meant(forms.get(search_key(other), "$^"), other)
    assert may_be_meant({search_key(written): pattern}, [f"{written}،", other])[0] == f"{written}،"


def test_a_word_that_tells_by_itself_has_no_pattern() -> None:
    assert forms_of("مكتبة")["مكتبه"] == forms_of("خبراء")["خبرا"] == ""


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
