"""`بغداد/المسلة:` and its other shapes at the head of a text; headlines and sentences that only look like them."""

import time

import pytest

from almasalla_crawler.arabic.datelines import read_dateline
from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.arabic.places import is_place

SHAPES: dict[str, tuple[str, str | None, str | None]] = {
    "slash": ("بغداد/المسلة:", "بغداد", "المسلة"),
    "slash and spaces": ("بغداد / المسلة :", "بغداد", "المسلة"),
    "backslash": ("بغداد\\المسلة:", "بغداد", "المسلة"),
    "agency first": ("المسلة/بغداد:", "بغداد", "المسلة"),
    "agency of two words": ("الناصرية/صحيفة النخيل:", "الناصرية", "صحيفة النخيل"),
    "place of two words": ("مدينة غزة/وكالة الواحة:", "مدينة غزة", "وكالة الواحة"),
    "dash and colon": ("البصرة – وكالة الواحة:", "البصرة", "وكالة الواحة"),
    "hyphen and colon": ("دمشق - سانا:", "دمشق", "سانا"),
    "glued hyphen": ("صنعاء-سبأ:", "صنعاء", "سبأ"),
    "brackets and dash": ("القاهرة (رويترز) -", "القاهرة", "رويترز"),
    "brackets between dashes": ("واشنطن - (أ ف ب) -", "واشنطن", "أ ف ب"),
    "brackets alone": ("(رويترز) -", None, "رويترز"),
    "quotes after a colon": ("بيروت: «الشرق الأوسط»", "بيروت", "الشرق الأوسط"),
    "quotes after a dash": ("بيروت - «النهار»", "بيروت", "النهار"),
    "tatweel for a dash": ("لندن ـ «القدس العربي»:", "لندن", "القدس العربي"),
    "two dashes": ("الخرطوم – وكالات –", "الخرطوم", "وكالات"),
    "day between": ("عمّان، 5 آب 2024 - بترا:", "عمّان", "بترا"),
    "weekday between": ("دمشق، الخميس - سانا:", "دمشق", "سانا"),
    "comma and colon": ("عمّان، بترا:", "عمّان", "بترا"),
    "agency in brackets first": ("(رويترز) القاهرة –", "القاهرة", "رويترز"),
    "bar and dash": ("القيروان | صوت السهل –", "القيروان", "صوت السهل"),
    "place alone": ("غزة:", "غزة", None),
}  # fmt: skip


@pytest.mark.parametrize(("head", "place", "agency"), SHAPES.values(), ids=SHAPES)
def test_dateline_of_a_text_names_place_and_agency(head: str, place: str | None, agency: str | None) -> None:
    found = read_dateline(f"{head} شهدت البلاد أمس افتتاح جسر جديد فوق النهر بعد أعوام من العمل المتواصل.")
    assert found is not None
    assert (found.place, found.agency, found.length) == (place, agency, len(head))


@pytest.mark.parametrize(
    "text",
    ["بغداد/المسلة:", "البصرة – وكالة الواحة:", "الرياض – واس", "(رويترز) -", "طنطا، الجمعة (أ ش أ)"],
    ids=["slash", "dash", "no colon", "brackets", "weekday"],
)
def test_dateline_alone_takes_the_whole_line(text: str) -> None:
    found = read_dateline(text)
    assert found is not None
    assert found.length == len(text)
    assert found.sure


NO_DATELINES = """
قال الوزير: إن العمل مستمر في جميع المواقع
ملاحظة: الدخول مجاني
العراق والأردن: اتفاق جديد
وأضاف: «لن نتراجع»
س: ما رأيك؟
كما قال / يقول: نعم
الرئيس - في خطابه - قال
تقرير/ المسلة: كشف
5/6/2024: قال
أولاً: التعليم
هل تعلم/ سؤال: نعم
في بغداد/المسلة: شهدت
وزير الخارجية: العراق يشهد تدفق استثمارات أجنبية
نتيجة المباراة: 2/1
الطقس غداً: غائم
مدريد - برشلونة: مباراة الموسم
كشف تقرير لصحيفة بريطانية نقلته وسائل إعلام في بغداد/المسلة: أمر
""".strip().splitlines()


@pytest.mark.parametrize("text", NO_DATELINES)
def test_sentence_or_headline_is_no_dateline(text: str) -> None:
    assert read_dateline(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "رئيس الوزراء/ القائد العام: لا تهاون مع الفساد",
        "سعر الدولار اليوم / الأربعاء: 1500",
        "التفاصيل / كاملة: هنا",
        "مدريد - برشلونة 2-1",
    ],
)
def test_headline_with_a_slash_or_a_score_is_no_sure_dateline(text: str) -> None:
    found = read_dateline(text)
    assert found is None or not found.sure


def test_dateline_of_a_short_line_ends_at_its_dash() -> None:
    found = read_dateline("رام الله - وفا- استشهد شاب")
    assert found is None or found.agency == "وفا"


def test_agency_that_the_page_names_makes_a_dateline_sure() -> None:
    text = "القرنة – السنابل: افتتح"
    unsure = read_dateline(text)
    assert unsure is not None
    assert not unsure.sure
    sure = read_dateline(text, frozenset({search_key("السنابل")}))
    assert sure is not None
    assert sure.sure


@pytest.mark.parametrize("name", ["بغداد", "مدينة غزة", "محافظة واسط", "خان يونس", "إسطنبول"])
def test_known_place(name: str) -> None:
    assert is_place(search_key(name))


@pytest.mark.parametrize("name", ["الوزير", "مدينة", "مدينة الألعاب", ""])
def test_unknown_place(name: str) -> None:
    assert not is_place(search_key(name))


@pytest.mark.parametrize("unit", ["بغداد/", "بغداد – ", "(رويترز", " ", "a", "، ", "ـ"])
def test_line_of_a_megabyte_is_judged_quickly(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    start = time.process_time()
    read_dateline(text)
    assert time.process_time() - start < 0.5
