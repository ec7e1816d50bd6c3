"""What changed between two texts, in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almasalla_crawler.arabic.differences import differences

BEFORE = "أعلنت البلدية افتتاح الحديقة يوم السبت بحضور المحافظ وعدد من السكان."
CASES = {
    "replaced": (BEFORE.replace("السبت", "الأحد"), [("افتتاح الحديقة يوم", "السبت", "الأحد")]),
    "removed": (BEFORE.replace(" بحضور المحافظ", ""), [("الحديقة يوم السبت", "بحضور المحافظ", "")]),
    "added at the end": (f"{BEFORE} والدخول مجاني", [("وعدد من السكان.", "", "والدخول مجاني")]),
    "added at the head": (f"عاجل: {BEFORE}", [("", "", "عاجل:")]),
    "spelling": (BEFORE.replace("الحديقة", "الحديقه").replace("أعلنت", "اعلنت"), []),
    "punctuation": (BEFORE.replace(" بحضور", "، - بحضور"), []),
    "paragraphs": (BEFORE.replace(" بحضور", "\n\nبحضور"), []),
}
texts = st.lists(st.sampled_from("قال الوزير إن الجسر ، جديد، فوق النهر".split()), max_size=30).map(" ".join)


@pytest.mark.parametrize(("after", "expected"), CASES.values(), ids=CASES)
def test_places_where_words_changed(after: str, expected: list[tuple[str, str, str]]) -> None:
    assert differences(BEFORE, after) == expected


def test_several_places_come_in_the_order_of_the_text() -> None:
    after = BEFORE.replace("البلدية", "المحافظة").replace("السكان", "الطلبة")
    assert [place[1:] for place in differences(BEFORE, after)] == [("البلدية", "المحافظة"), ("السكان.", "الطلبة.")]


@given(texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert differences(text, text) == []


@given(texts, texts)
def test_what_one_way_adds_the_other_removes(one: str, other: str) -> None:
    def count(places: list[tuple[str, str, str]], side: int) -> int:
        return sum(len(place[side].split()) for place in places)

    there, back = differences(one, other), differences(other, one)
    assert (count(there, 1), count(there, 2)) == (count(back, 2), count(back, 1))
