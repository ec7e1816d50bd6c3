"""One day or one place for another, and every other word the same: what a copy mended, where another text is unlikely."""

from collections.abc import Sequence

from almasalla_crawler.arabic.alignment import Gap, Run, gaps_between
from almasalla_crawler.arabic.occasions import is_other_day
from almasalla_crawler.arabic.places import PLACES

LONGEST_DAY = 4  # words: Sunday 4 May 2025
LONG_TEXT = 60  # words: in a shorter one another place is another event


def is_mended(words: Sequence[str], others: Sequence[str], runs: Sequence[Run]) -> bool:
    """Do these texts differ in one place only, but for what stands before and behind them, and there in a day or a town?

    Words of search keys. `runs` are all that they have in common, however short.
    """
    inside = [gap for gap in gaps_between(words, others, list(runs)) if _is_inside(gap, len(words))]
    if len(inside) != 1:
        return False
    return _is_day(words, inside[0]) or (len(words) > LONG_TEXT and _is_place(inside[0]))


def _is_inside(gap: Gap, length: int) -> bool:
    return gap.start > 0 and gap.start + len(gap.words) < length


def _is_day(words: Sequence[str], gap: Gap) -> bool:
    return max(len(gap.words), len(gap.others)) <= LONGEST_DAY and is_other_day(words, gap)


def _is_place(gap: Gap) -> bool:
    both = (*gap.words, *gap.others)
    return len(gap.words) == len(gap.others) == 1 and all(word in PLACES or word[1:] in PLACES for word in both)
