"""The same passages in another order: an alignment of two texts sees one of them only."""

from collections.abc import Sequence

PASSAGE_WORDS = 5  # one after the other in both texts; shorter agreement is that of the language
# Asked first, it takes little time: of every fourth word of the shorter text, the share that the other one has.
_SAMPLED, _LIKELY = 4, 0.8


def words_elsewhere(short: Sequence[str], long: Sequence[str]) -> list[str] | None:
    """The words of a text that stand in no passage of the other, wherever there; None if too few words are those of the other."""
    vocabulary, sample = {*long}, short[::_SAMPLED]
    if sum(word in vocabulary for word in sample) < _LIKELY * len(sample):
        return None
    known = {*_passages(long)}
    found: set[int] = set()
    for place, passage in enumerate(_passages(short)):
        if passage in known:
            found.update(range(place, place + PASSAGE_WORDS))
    return [word for place, word in enumerate(short) if place not in found]


def _passages(words: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(*(words[place:] for place in range(PASSAGE_WORDS)), strict=False))
