"""Passages that stand elsewhere, at the limit of what is looked for."""

from itertools import chain

import pytest

from almasalla_crawler.arabic.reordering import PASSAGE_WORDS, words_elsewhere


@pytest.mark.parametrize("words", [100, 200, 300])
def test_a_text_four_fifths_of_which_stand_elsewhere_in_the_shortest_passages_is_found(words: int) -> None:
    other = [f"كلمة{number}" for number in range(words)]
    passages = [other[place : place + PASSAGE_WORDS] for place in range(0, words * 4 // 5, PASSAGE_WORDS)]
    own = [f"غيرها{number}" for number in range(words // 5)]
    assert words_elsewhere([*chain(*reversed(passages)), *own], other) == own


def test_a_text_of_the_same_words_in_no_passage_is_not_looked_through() -> None:
    other = [f"كلمة{number}" for number in range(100)]
    assert words_elsewhere(other[::-1], other) is None
