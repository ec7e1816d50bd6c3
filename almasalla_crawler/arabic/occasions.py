"""Reports of one pattern: the exchange rates, prayer times or weather of two days differ in little but numbers and days."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from almasalla_crawler.arabic.alignment import Gap, Run
from almasalla_crawler.arabic.letters import search_key, search_keys
from almasalla_crawler.arabic.months import GREGORIAN, HIJRI, NUMBERS, TENS, WEEKDAYS

OPENING = 12  # words: a copy may have its own dateline there, with a day of its own
PATTERN = 4  # words at the beginning of both texts: longer than the place and agency that two datelines may share
SHORT = 100  # words: a text in which another day of the week is another report, and not one mended word of many
MIN_CHANGED = 2  # numbers and days in the same places: one is a correction
MIN_CHANGED_SHARE = 0.4  # of all numbers and days behind the opening
TABLE = 0.1  # share of numbers and days among the words from which on a text is a list of them; in prose it is about 0.04
_YEARS, _LAST_DAY = range(1990, 2100), 31
_CLITICS = "وبلفكا"  # و15, ال7, بخمسة


def _single_words(rows: Iterable[str]) -> frozenset[str]:
    keys = (search_key(spelling) for row in rows for spelling in row.split("|"))
    return frozenset(key for key in keys if " " not in key and len(key) > 2)


_MONTHS = _single_words((*GREGORIAN, *HIJRI)) | {"كانون", "تشرين", "جمادي"}  # those of two words
_DAYS = _single_words(WEEKDAYS) | _MONTHS
# One and two of those whom reports count stand without a number: مصرع شخصين. Who writes شهيدين for them writes of as many.
_ONE, _TWO = "شخص قتيل جريح مصاب شهيد", "شخصان شخصين قتيلان قتيلين جريحان جريحين مصابان مصابين شهيدان شهيدين إصابتان إصابتين"
_COUNTED = {word: number for number, row in (("1", _ONE), ("2", _TWO)) for word in search_keys(row.split())}
_SPELLED = (_single_words((*NUMBERS[2:10], *TENS.values())) - _DAYS) | _COUNTED.keys()
# What a report without numbers says of its day: the sky, up or down. No one who edits a text puts one of them for another.
_STATES = frozenset(
    search_keys(
        """
        صحو صحوا صحوة مشمس مشمسا مشمسة غائم غائما غائمة جزئي جزئيا ممطر ممطرا ممطرة مغبر مغبرا مغبرة ضبابي ضبابيا
        حار حارا حارة بارد باردا باردة معتدل معتدلا معتدلة دافئ دافئا دافئة
        ترتفع تنخفض تستقر ارتفع انخفض استقر ارتفعت انخفضت استقرت ارتفاع انخفاض استقرار ارتفاعا انخفاضا استقرارا
        مرتفع منخفض مستقر مرتفعا منخفضا مستقرا مرتفعة منخفضة مستقرة مقارب مقاربة
        """.split()
    )
)


def is_another_occasion(words: Sequence[str], runs: list[Run], gaps: list[Gap]) -> bool:
    """Do these texts, otherwise alike, have other numbers in the places of their numbers, other days for their days?

    Words of search keys. `runs` and `gaps` are those of the alignment of `words` with the other text.
    """
    if len(words) <= SHORT and _is_other_sky(gaps):
        return True
    changed, kept, has_other_day = 0, 0, False
    opening = 0 if runs and runs[0].start == runs[0].other == 0 and runs[0].length >= PATTERN else OPENING
    for gap in gaps:
        mine, theirs = values_of(gap.words), values_of(gap.others)
        if not mine or not theirs:
            continue
        has_other_day = has_other_day or is_other_day(words, gap)
        if behind := max(0, opening - gap.start):
            mine, theirs = _values_behind(gap.words, behind), _values_behind(gap.others, behind)
        changed += sum(_exchanged(mine, theirs))
        kept += sum(value in theirs for value in mine)
    if not changed:
        return False
    is_table = count_values(words) >= TABLE * len(words)
    if has_other_day and (is_table or changed >= MIN_CHANGED or (opening == 0 and len(words) <= SHORT)):
        return True
    if changed < MIN_CHANGED:
        return False
    kept += sum(count_values(words[max(run.start, opening) : run.start + run.length]) for run in runs)
    return changed >= MIN_CHANGED_SHARE * (changed + kept) or (is_table and all(map(_is_of_values, gaps)))


def is_other_day(words: Sequence[str], gap: Gap) -> bool:
    """Has the other text another day in this place, be it a number of a date?"""
    days, numbers = _exchanged(values_of(gap.words), values_of(gap.others))
    return days > 0 or (numbers > 0 and (_stands_before_month(words, gap) or _stands_in_a_date(words, gap)))


def count_values(words: Sequence[str]) -> int:
    """How many of these words are numbers and days."""
    return sum(map(bool, map(_kind, words)))


def _is_of_values(gap: Gap) -> bool:
    """Is nothing else exchanged there?"""
    mine, theirs = ([word for word in words if not _kind(word)] for words in (gap.words, gap.others))
    return gap.start < OPENING or mine == theirs


def values_of(words: Sequence[str]) -> list[tuple[str, str]]:
    """The numbers and days among `words`, with their kind; those of people are equal where they count as many."""
    return [(kind, _COUNTED.get(word) or _COUNTED.get(word[1:], word)) for word in words if (kind := _kind(word))]


def _values_behind(words: Sequence[str], opening: int) -> list[tuple[str, str]]:
    """Those behind the opening, and numbers in letters: a dateline has none."""
    spelled = [word for word in words[:opening] if _kind(word) == "number" and not word[-1].isdigit()]
    return values_of([*spelled, *words[opening:]])


@lru_cache(maxsize=50_000)
def _kind(word: str) -> str:
    bare = word[1:] if word[0] in _CLITICS else word
    if word.lstrip(_CLITICS).isdigit():
        return "number"
    if word in _DAYS or bare in _DAYS:
        return "day"
    return "number" if word in _SPELLED or bare in _SPELLED else ""


def _exchanged(mine: list[tuple[str, str]], theirs: list[tuple[str, str]]) -> tuple[int, int]:
    """How many days, and how many numbers, have one of the other text in their place."""
    gone, come = ([value[0] for value in one if value not in other] for one, other in ((mine, theirs), (theirs, mine)))
    return min(gone.count("day"), come.count("day")), min(gone.count("number"), come.count("number"))


def _is_other_sky(gaps: list[Gap]) -> bool:
    """One state or more for another, and in all two that the other text lacks there."""
    states = [(_STATES.intersection(gap.words), _STATES.intersection(gap.others)) for gap in gaps]
    other = [(len(mine - theirs), len(theirs - mine)) for mine, theirs in states]
    return any(map(min, other)) and sum(map(max, other)) >= MIN_CHANGED


def _stands_before_month(words: Sequence[str], gap: Gap) -> bool:
    """12 آذار for 13 آذار."""
    behind = gap.start + len(gap.words)
    return behind < len(words) and words[behind] in _MONTHS


def _stands_in_a_date(words: Sequence[str], gap: Gap) -> bool:
    """5 of `5 1 2024`, or of `2024 1 5`."""
    dates = (words[place : place + 3] for place in range(max(0, gap.start - 2), gap.start + len(gap.words)))
    return any(_is_date(numbers) for numbers in dates)


def _is_date(words: Sequence[str]) -> bool:
    if len(words) < 3 or not all(word.isdigit() and len(word) < 5 for word in words):
        return False
    first, middle, last = map(int, words)
    return middle <= _LAST_DAY and ((first in _YEARS and last <= _LAST_DAY) or (last in _YEARS and first <= _LAST_DAY))
