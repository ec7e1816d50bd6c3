"""Nothing of either wording is lost in their differences."""

from hypothesis import given
from hypothesis import strategies as st

from almasalla_crawler.inspect import differences as module
from almasalla_crawler.inspect.differences import differences

WORDS = st.lists(st.sampled_from(["افتتح", "الوزير", "الجسر", "اليوم", "غداً"]), min_size=1, max_size=8).map(" ".join)
TEXTS = st.lists(WORDS, max_size=6)


def words(blocks: list[list[tuple[str, str]]], *kinds: str) -> list[str]:
    return [word for parts in blocks for kind, text in parts if kind in kinds for word in text.split()]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_their_differences(before: list[str], after: list[str]) -> None:
    blocks = differences(before, after)
    assert words(blocks, "same", "del") == " ".join(before).split()
    assert words(blocks, "same", "ins") == " ".join(after).split()


def test_only_the_word_that_changed_is_marked() -> None:
    blocks = differences(["افتتح الوزير الجسر اليوم"], ["افتتح الوزير الجسر غداً"])
    assert blocks == [[("same", "افتتح الوزير الجسر"), ("del", "اليوم"), ("ins", "غداً")]]


def test_texts_without_end_are_compared_block_by_block() -> None:
    long = "كلمة " * (int(module.MAX_COMPARED**0.5) + 1)
    blocks = differences(["افتتح الجسر", long], ["افتتح الميناء", long + "أخرى"])
    assert blocks[0] == [("same", "افتتح"), ("del", "الجسر"), ("ins", "الميناء")]
    assert blocks[1] == [("del", long), ("ins", long + "أخرى")]
