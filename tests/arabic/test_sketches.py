"""Sketches: numbers that like texts share, and others do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almasalla_crawler.arabic.sketches import MIN_LETTERS, NUMBERS, numbers_of, sketch_of
from tests.arabic.told_again import MORE, OF_ANOTHER, PARAGRAPHS, words

KEY = " ".join(words(*PARAGRAPHS))

OF_SIXTEEN = [first + ((first + 1) << 8) + ((first + 2) << 16) + (((first + 3) & 15) << 24) for first in range(0, 64, 4)]


def shared(key: str, other: str) -> int:
    return len({*numbers_of(sketch_of(key))} & {*numbers_of(sketch_of(other))})


def test_a_stored_sketch_means_the_same_in_the_next_version() -> None:
    """If this fails, the library or a rule has changed: raise SKETCH_VERSION."""
    assert sketch_of(KEY).hex()[:32] == "3da97c01fe78ac09a860cd01c8a4cc05"


def test_spaces_between_words_do_not_count_where_shingles_stay() -> None:
    assert len(sketch_of(KEY)) == 4 * NUMBERS
    assert sketch_of(KEY) == sketch_of(f"  {KEY} ")


def test_words_that_change_places_with_their_neighbours_leave_most_numbers() -> None:
    swapped = KEY.split()
    for place in range(0, len(swapped) - 1, 10):
        swapped[place : place + 2] = reversed(swapped[place : place + 2])
    assert shared(KEY, " ".join(swapped)) > NUMBERS / 2


def test_a_sketch_of_an_older_version_keeps_the_numbers_it_was_indexed_by() -> None:
    assert numbers_of(bytes(range(64))) == [(place << 28 | number) - (1 << 31) for place, number in enumerate(OF_SIXTEEN)]


def test_an_extended_text_shares_most_numbers() -> None:
    assert shared(KEY, " ".join([KEY, *words(*MORE)])) > NUMBERS / 2


def test_another_text_shares_none() -> None:
    assert shared(KEY, " ".join(words(*OF_ANOTHER[2:]))) == 0


@pytest.mark.parametrize(("letters", "length"), [(MIN_LETTERS - 1, 0), (MIN_LETTERS, 4 * NUMBERS)])
def test_a_short_text_has_an_empty_sketch(letters: int, length: int) -> None:
    key = " ".join(["كلمه", "اخري", "ثالثه"] * letters)
    while len(key.replace(" ", "")) > letters:
        key = key[:-1].rstrip()
    assert len(sketch_of(key)) == length
    assert len(numbers_of(sketch_of(key))) == length / 4


@given(st.text(alphabet="ابت ", max_size=600))
def test_numbers_fit_in_four_bytes_and_differ_by_place(key: str) -> None:
    numbers = numbers_of(sketch_of(key))
    assert all(-(2**31) <= number < 2**31 for number in numbers)
    assert len({*numbers}) == len(numbers)
