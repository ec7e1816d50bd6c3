"""The same passages in another order: an alignment of two texts sees one of them only."""

from collections.abc import Sequence
from itertools import pairwise

PASSAGE_WORDS = 5  # one after the other in both texts; shorter agreement is that of the language
# Asked first, it takes little time: of every fourth word of the shorter text, the share that the other one has; and of its
# pairs of neighbours, as many as any passages have in which that share of its words stand.
_SAMPLED, _LIKELY = 4, 0.8
_LIKELY_PAIRS = _LIKELY * (PASSAGE_WORDS - 1) / PASSAGE_WORDS


def words_elsewhere(short: Sequence[str], long: Sequence[str]) -> list[str] | None:
    """The words of a text that stand in no passage of the other, wherever there; None if too few words are those of the other."""
    vocabulary, sample = {*long}, short[::_SAMPLED]
    if sum(map(vocabulary.__contains__, sample)) < _LIKELY * len(sample):
        return None
    pairs = {*pairwise(long)}
    if sum(map(pairs.__contains__, pairwise(short))) < _LIKELY_PAIRS * len(short):
        return None
    known = {*_passages(long)}
    found: set[int] = set()
    for place, passage in enumerate(_passages(short)):
        if passage in known:
            found.update(range(place, place + PASSAGE_WORDS))
    return [word for place, word in enumerate(short) if place not in found]


def _passages(words: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(*(words[place:] for place in range(PASSAGE_WORDS)), strict=False))
