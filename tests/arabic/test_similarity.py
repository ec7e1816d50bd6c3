"""Shared 5-word shingles of two texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almasalla_crawler.arabic.similarity import shared_shingles

TEXT = "افتتح الوزير امس جسرا جديدا فوق النهر بعد اعوام من العمل المتواصل في المدينه"
keys = st.lists(st.sampled_from("قال الوزير امس ان الجسر جديد فوق النهر في المدينه".split()), max_size=30).map(" ".join)


def test_text_shares_everything_with_itself() -> None:
    assert shared_shingles(TEXT, TEXT) == 1


def test_shorter_text_inside_a_longer_one_is_shared_whole() -> None:
    assert shared_shingles(TEXT, "وقبل ذلك " + TEXT + " كما قال") == 1


def test_one_changed_word_costs_its_five_shingles() -> None:
    changed = TEXT.replace("النهر", "الوادي")
    assert shared_shingles(TEXT, changed) == pytest.approx(5 / 10)


def test_other_texts_share_nothing() -> None:
    assert shared_shingles(TEXT, "ارتفعت اسعار النفط في الاسواق العالميه بعد قرار منظمه اوبك") == 0


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [("قال الوزير", "قال الوزير", 1), ("قال الوزير", "قال النايب", 0), ("قال", TEXT, 0)],
    ids=["equal", "different", "short and long"],
)
def test_texts_shorter_than_a_shingle_are_compared_whole(one: str, other: str, share: float) -> None:
    assert shared_shingles(one, other) == share


@pytest.mark.parametrize(("one", "other"), [("", ""), ("", TEXT), (TEXT, "")], ids=["both", "first", "second"])
def test_empty_text_shares_nothing(one: str, other: str) -> None:
    assert shared_shingles(one, other) == 0


@given(keys, keys)
def test_share_is_symmetric_and_between_nothing_and_all(one: str, other: str) -> None:
    share = shared_shingles(one, other)
    assert 0 <= share <= 1
    assert share == shared_shingles(other, one)
