"""Where a pattern is filled in: the gaps between two texts, each with the whole of a name, not cut where names share a word."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from almasalla_crawler.arabic.alignment import Gap, Run, common_runs, gaps_between
from almasalla_crawler.arabic.forms import FUNCTION_WORDS
from almasalla_crawler.arabic.names import GIVEN_NAMES
from almasalla_crawler.arabic.places import PLACES

LONGEST_NAME = 7  # words
LONGEST_STRAY = 2  # words: a person who is named in both texts, here as the student, there as the teacher

GIVEN = GIVEN_NAMES - FUNCTION_WORDS  # the keys of علي and ولاء are those of على and ولا
NAMES = GIVEN | PLACES


def slots_between(words: Sequence[str], others: Sequence[str], runs: Sequence[Run]) -> list[Gap]:
    """The gaps between two texts. Words of search keys; `runs` are all that they have in common, however short."""
    between = [run for run in runs if run.length > 1 or words[run.start] not in NAMES]  # two people may share one of their names
    return [slot for gap in gaps_between(words, others, _without_strays(between)) for slot in _slots_of(gap)]


def _without_strays(runs: list[Run]) -> list[Run]:
    """Without a run that stands elsewhere, between two that follow each other: words of another slot, common by chance."""
    distances = [run.other - run.start for run in runs]
    stray = {
        place
        for place, ((before, distance), (_, behind)) in enumerate(pairwise(pairwise(distances)), start=1)
        if runs[place].length <= min(LONGEST_STRAY, abs(distance - before) - 1) and abs(behind - before) < abs(distance - before)
    }
    return [run for place, run in enumerate(runs) if place not in stray]


def _slots_of(gap: Gap) -> Iterator[Gap]:
    """A long gap once more, by the words that are no names: directed by one person, with two others."""
    if max(len(gap.words), len(gap.others)) <= LONGEST_NAME:
        yield gap
        return
    mine, theirs = _without_names(gap.words, "mine"), _without_names(gap.others, "theirs")
    for start, other, some, for_some in gaps_between(mine, theirs, common_runs(mine, theirs)):
        words, others = gap.words[start : start + len(some)], gap.others[other : other + len(for_some)]
        yield Gap(gap.start + start, gap.other + other, words, others)


def _without_names(words: Sequence[str], mark: str) -> list[str]:
    """The words, names and what follows a given name marked so that they are those of no other text."""
    return [
        f"{mark} {word}" if word in NAMES or word.removeprefix("و") in NAMES or before.removeprefix("و") in GIVEN else word
        for before, word in pairwise(["", *words])
    ]
