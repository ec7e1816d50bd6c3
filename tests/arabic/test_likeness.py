"""One text or two articles: edits of known size, parts, wrappings; reports on one event and of one pattern are two."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almasalla_crawler.arabic.likeness import MAX_WORDS, Likeness, likeness
from tests.arabic.told_again import DAYS_APART, DISCLAIMER, MORE, OF_ANOTHER, PARAGRAPHS, words

TEXT = words(*PARAGRAPHS)
DATELINE = words("الكوت، السبت 14 أيلول 2024 (متابعات) -")
texts = st.lists(st.sampled_from(TEXT), min_size=1, max_size=60)


def edited(share: float, seed: int = 1) -> list[str]:
    """The text with so many of its words replaced."""
    chance = random.Random(seed)
    changed = {*chance.sample(range(len(TEXT)), round(share * len(TEXT)))}
    return [f"{word}ات" if place in changed else word for place, word in enumerate(TEXT)]


def kind(one: list[str], other: list[str]) -> str | None:
    like = likeness(one, other)
    return like and like.kind


@pytest.mark.parametrize("share", [0.05, 0.1, 0.2])
@pytest.mark.parametrize("seed", range(5))
def test_a_text_with_some_of_its_words_replaced_is_edited(share: float, seed: int) -> None:
    like = likeness(TEXT, edited(share, seed))
    assert like
    assert (like.kind, like.similarity) == ("edited", pytest.approx(1 - share, abs=0.03))


def test_equal_texts_are_copies() -> None:
    assert likeness(TEXT, TEXT) == Likeness("copy", 1.0)


def test_another_dateline_with_a_day_of_its_own_leaves_a_copy() -> None:
    assert kind(words("بغداد، الخميس 12 أيلول 2024 (واع) -") + TEXT, DATELINE + TEXT) == "copy"


def test_an_added_disclaimer_leaves_a_copy() -> None:
    assert kind(TEXT, TEXT + words(DISCLAIMER)) == "copy"


def test_the_first_half_is_shortened_and_the_whole_is_its_extension() -> None:
    half = TEXT[: len(TEXT) // 2]
    assert (kind(TEXT, half), kind(half, TEXT)) == ("shortened", "extended")


def test_the_second_half_with_some_words_replaced_is_shortened() -> None:
    assert kind(TEXT, edited(0.1)[len(TEXT) // 2 :]) == "shortened"


def test_three_paragraphs_more_extend_a_text() -> None:
    assert kind(TEXT, [*TEXT, *words(*MORE)]) == "extended"


def test_the_report_of_another_outlet_on_the_same_event_is_another_article() -> None:
    assert likeness(TEXT, words(*OF_ANOTHER)) is None


def test_a_statement_that_two_reports_quote_does_not_make_them_one() -> None:
    statement = PARAGRAPHS[1] + PARAGRAPHS[2]
    assert likeness(words(statement, PARAGRAPHS[0], PARAGRAPHS[3]), words(*OF_ANOTHER, statement)) is None


@pytest.mark.parametrize("order", [(3, 4, 0, 1, 2), (4, 3, 2, 1, 0), (2, 0, 4, 1, 3)])
def test_a_text_with_its_paragraphs_in_another_order_is_edited(order: tuple[int, ...]) -> None:
    like = likeness(TEXT, words(*(PARAGRAPHS[place] for place in order)))
    assert like
    assert (like.kind, like.similarity > 0.9) == ("edited", True)


def test_paragraphs_in_another_order_among_others_extend_a_text() -> None:
    assert kind(TEXT, words(*PARAGRAPHS[3:], *MORE, *PARAGRAPHS[:3])) == "extended"


def test_a_table_in_another_order_with_other_numbers_is_another_article() -> None:
    rows = [f"سعر صرف الدولار للبيع في أسواق مدينة {city}" for city in ("البصرة", "الموصل", "أربيل", "كركوك", "النجف", "الحلة")]
    one, other = ([f"{row} {first + 7 * number}" for number, row in enumerate(rows)] for first in (1400, 1460))
    assert likeness(words(*one), words(*other[3:], *other[:3])) is None


def test_two_short_reports_of_which_half_is_one_statement_are_two() -> None:
    one, other = " ".join(PARAGRAPHS[0].split()[:16]), " ".join(OF_ANOTHER[2].split()[:16])
    assert likeness(words(one, OF_ANOTHER[1]), words(other, OF_ANOTHER[1])) is None


def test_a_number_corrected_in_prose_with_another_day_above_it_leaves_one_text() -> None:
    corrected = words(*(paragraph.replace("70 عاما", "75 عاما") for paragraph in PARAGRAPHS))
    assert kind(words("بغداد، الخميس 12 أيلول 2024 -") + TEXT, words("بغداد، الجمعة 13 أيلول 2024 -") + corrected) == "edited"


@pytest.mark.parametrize(("one", "other"), DAYS_APART.values(), ids=DAYS_APART)
def test_reports_of_one_pattern_on_two_days_are_two_articles(one: str, other: str) -> None:
    assert likeness(words(one), words(other)) is None


@pytest.mark.parametrize("report", [pair[0] for pair in DAYS_APART.values()], ids=DAYS_APART)
def test_a_copy_of_a_daily_report_is_a_copy(report: str) -> None:
    assert kind(words(report), DATELINE + words(report)) == "copy"


def test_one_corrected_number_leaves_one_text() -> None:
    corrected = words(*(paragraph.replace("3 مليارات", "5 مليارات") for paragraph in PARAGRAPHS))
    assert kind(TEXT, corrected) == "edited"


def test_of_a_very_long_text_the_beginning_is_compared() -> None:
    long = [f"كلمة{number}" for number in range(MAX_WORDS)]
    assert kind(long + TEXT, [*long, "خاتمة"]) == "copy"


@given(texts, texts)
def test_likeness_is_the_same_from_both_sides(one: list[str], other: list[str]) -> None:
    there, back = likeness(one, other), likeness(other, one)
    assert there == (back and back.inverse())


@given(st.lists(st.sampled_from(TEXT), min_size=3, max_size=60))
def test_similarity_of_a_text_with_itself_is_one(one: list[str]) -> None:
    assert likeness(one, one) == Likeness("copy", 1.0)
