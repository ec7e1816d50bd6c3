"""Reports of one pattern: the exchange rates, prayer times or weather of two days differ in little but numbers and days."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from almasalla_crawler.arabic.alignment import Gap, Run
from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.arabic.months import GREGORIAN, HIJRI, NUMBERS, TENS, WEEKDAYS

OPENING = 12  # words: a copy may have its own dateline there, with a day of its own
MIN_CHANGED = 2  # numbers and days in the same places: one is a correction
MIN_CHANGED_SHARE = 0.4  # of all numbers and days behind the opening
_CLITICS = "وبلفكا"  # و15, ال7, بخمسة


def _single_words(rows: Iterable[str]) -> frozenset[str]:
    keys = (search_key(spelling) for row in rows for spelling in row.split("|"))
    return frozenset(key for key in keys if " " not in key and len(key) > 2)


_MONTHS = _single_words((*GREGORIAN, *HIJRI))
_DAYS = _single_words(WEEKDAYS) | _MONTHS
_SPELLED = _single_words((*NUMBERS[2:10], *TENS.values())) - _DAYS


def is_another_occasion(words: Sequence[str], runs: list[Run], gaps: list[Gap]) -> bool:
    """Do these texts, otherwise alike, have other numbers in the places of their numbers, other days for their days?

    Words of search keys. `runs` and `gaps` are those of the alignment of `words` with the other text.
    """
    changed, kept, has_other_day, opens_with_other_day = 0, 0, False, False
    for gap in gaps:
        mine, theirs = _values(gap.words), _values(gap.others)
        if not mine or not theirs:
            continue
        days, numbers = (_exchanged(mine, theirs, kind) for kind in ("day", "number"))
        is_other_day = days > 0 or (numbers > 0 and _stands_before_month(words, gap))
        has_other_day |= is_other_day
        if gap.start < OPENING:
            opens_with_other_day |= is_other_day
        else:
            changed += days + numbers
            kept += sum(value in theirs for value in mine)
        if has_other_day and changed + opens_with_other_day >= MIN_CHANGED:
            return True
    if changed < MIN_CHANGED:
        return False
    kept += sum(len(_values(words[max(run.start, OPENING) : run.start + run.length])) for run in runs)
    return changed >= MIN_CHANGED_SHARE * (changed + kept)


def _values(words: Sequence[str]) -> list[tuple[str, str]]:
    """The numbers and days among `words`, with their kind."""
    return [(kind, word) for word in words if (kind := _kind(word))]


@lru_cache(maxsize=50_000)
def _kind(word: str) -> str:
    bare = word[1:] if word[0] in _CLITICS else word
    if word.lstrip(_CLITICS).isdigit():
        return "number"
    if word in _DAYS or bare in _DAYS:
        return "day"
    return "number" if word in _SPELLED or bare in _SPELLED else ""


def _exchanged(mine: list[tuple[str, str]], theirs: list[tuple[str, str]], kind: str) -> int:
    """How many values of this kind have one of the other text in their place."""
    gone = sum(value[0] == kind and value not in theirs for value in mine)
    return gone and min(gone, sum(value[0] == kind and value not in mine for value in theirs))


def _stands_before_month(words: Sequence[str], gap: Gap) -> bool:
    """12 آذار for 13 آذار."""
    behind = gap.start + len(gap.words)
    return behind < len(words) and words[behind] in _MONTHS
