"""Nothing of either wording is lost where both are shown as one."""

from hypothesis import given
from hypothesis import strategies as st

from almasalla_crawler.arabic.differences import MAX_WORDS
from almasalla_crawler.inspect.differences import interleaved

WORDS = st.lists(st.sampled_from(["افتتح", "الوزير", "الجسر", "اليوم", "غداً"]), min_size=1, max_size=8).map(" ".join)
TEXTS = st.lists(WORDS, max_size=6).map("\n\n".join)


def words(blocks: list[list[tuple[str, str]]], *kinds: str) -> list[str]:
    return [word for parts in blocks for kind, text in parts if kind in kinds for word in text.split()]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_their_differences(before: str, after: str) -> None:
    blocks = interleaved(before, after)
    assert words(blocks, "same", "del") == before.split()
    assert words(blocks, "same", "ins") == after.split()


@given(TEXTS)
def test_a_text_beside_itself_keeps_its_paragraphs(text: str) -> None:
    assert interleaved(text, text) == [[("same", block)] if block else [] for block in text.split("\n\n")]


def test_only_the_word_that_changed_is_marked() -> None:
    blocks = interleaved("افتتح الوزير الجسر اليوم", "افتتح الوزير الجسر غداً")
    assert blocks == [[("same", "افتتح الوزير الجسر"), ("del", "اليوم"), ("ins", "غداً")]]


def test_a_paragraph_that_was_taken_out_stands_where_it_was() -> None:
    blocks = interleaved("افتتح الوزير الجسر\n\nوحضر السكان\n\nوعاد اليوم", "افتتح الوزير الجسر\n\nوعاد اليوم")
    assert blocks == [[("same", "افتتح الوزير الجسر"), ("del", "وحضر السكان")], [("same", "وعاد اليوم")]]


def test_what_is_too_long_to_compare_is_kept() -> None:
    long = "كلمة " * (MAX_WORDS + 10)
    assert words(interleaved(long, f"{long} أخرى"), "same", "ins") == [*long.split(), "أخرى"]
