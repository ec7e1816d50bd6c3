"""Are two texts one text? Copied, edited, cut short or extended, told from different reports on one event or of one pattern."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from almasalla_crawler.arabic.alignment import Gap, Run, common_runs, common_words, gaps_between
from almasalla_crawler.arabic.mending import is_mended
from almasalla_crawler.arabic.notices import names_others
from almasalla_crawler.arabic.occasions import MIN_CHANGED, OPENING, count_values, is_another_occasion
from almasalla_crawler.arabic.reordering import words_elsewhere

MAX_WORDS = 5000  # of a text that are compared: time and memory grow with their square
SHORTEST_RUN = 3  # words; shorter agreement is that of the language
# Share of the shorter text's words that stand in common runs. Of texts with a fifth of their words replaced it is 0.72 on
# average, with three in ten 0.55; reports that quote the same statement reach a third.
SAME_TEXT = 0.7
LEAST_COMMON = 0.65  # share of the shorter text's words, in order, in runs of any length: lists of the same phrases have 0.6
SCATTERED_EDITS = 0.45  # is enough where the other words stand between common ones, not in passages of their own
LONG_PASSAGE = 20  # words without a common run; fewer in a short text, where one quoted sentence is half of it
LONG_PASSAGE_SHARE, SHORTEST_LONG_PASSAGE = 0.2, 12
MAX_PASSAGES = 0.2  # share of the shorter text in such passages
# Of a text that is a part of a longer one more is asked: a short report may be little but the statement both quote.
SAME_PART = 0.9
LONG_PASSAGE_OF_PART = 10
MAX_PASSAGES_OF_PART = 0.1
WRAPPING = 30  # words of dateline, disclaimer or credit that a copy may have more or less
SAME_LENGTH = 0.9
SAME_PASSAGES = 0.8  # of a text whose passages stand in another order: it has less of what came by chance


@dataclass(frozen=True, slots=True)
class Likeness:
    kind: str  # what the second text is of the first: copy, edited, shortened, extended
    similarity: float  # share of the words of both that they have in common, in order

    def inverse(self) -> "Likeness":
        """What the first text is of the second."""
        kind = {"shortened": "extended", "extended": "shortened"}.get(self.kind, self.kind)
        return Likeness(kind, self.similarity)


class Origin(Enum):
    """What is known of two texts beside their words."""

    UNKNOWN = 0
    ELSEWHERE = 1  # two publishers have them at the same time: a pattern is filled in by one publisher again and again
    REVISION = 2  # one of them was the other: a name was mended since


def likeness(words: list[str], others: list[str], origin: Origin = Origin.UNKNOWN) -> Likeness | None:
    """What the second text is of the first; None if they are different articles. Takes words of search keys."""
    short, long = sorted((words[:MAX_WORDS], others[:MAX_WORDS]), key=lambda text: (len(text), text))
    is_part = len(long) - len(short) > max((1 - SAME_LENGTH) * len(long), min(WRAPPING, len(long) / 3))
    part = "shortened" if len(others) < len(words) else "extended"
    common = common_words(short, long, int(LEAST_COMMON * len(short)))
    every_run = common_runs(short, long) if common else []
    runs = [run for run in every_run if run.length >= SHORTEST_RUN]
    gaps = list(gaps_between(short, long, runs))
    if not common or not _is_same_text(short, runs, gaps, is_part):
        common = _common_in_another_order(short, long, is_part)
        return Likeness(part if is_part else "edited", _similarity(common, short, long)) if common else None
    names_apart = origin is not Origin.REVISION and names_others(short, long, every_run)
    is_apart = names_apart or is_another_occasion(short, runs, gaps)
    if is_apart and (origin is Origin.UNKNOWN or not is_mended(short, long, every_run)):
        return None
    is_copy = all(_is_wrapping(gap, len(short)) for gap in gaps)
    return Likeness(part if is_part else "copy" if is_copy else "edited", _similarity(common, short, long))


def _similarity(common: int, short: Sequence[str], long: Sequence[str]) -> float:
    return round(2 * common / (len(short) + len(long)), 4)


def _common_in_another_order(short: Sequence[str], long: Sequence[str], is_part: bool) -> int:
    """How many words of the shorter text stand in passages that both have, wherever they stand; 0 if it is another article."""
    left = words_elsewhere(short, long)
    if left is None or len(left) > (1 - (SAME_PART if is_part else SAME_PASSAGES)) * len(short):
        return 0
    return len(short) - len(left) if count_values(left) < MIN_CHANGED else 0


def _is_same_text(short: Sequence[str], runs: list[Run], gaps: list[Gap], is_part: bool) -> bool:
    long = min(LONG_PASSAGE, max(SHORTEST_LONG_PASSAGE, LONG_PASSAGE_SHARE * len(short)))
    enough, long_passage, most = (
        (SAME_PART, LONG_PASSAGE_OF_PART, MAX_PASSAGES_OF_PART) if is_part else (SAME_TEXT, long, MAX_PASSAGES)
    )
    shared = sum(run.length for run in runs) / len(short)
    if shared >= enough or shared < SCATTERED_EDITS:
        return shared >= enough
    return sum(len(gap.words) for gap in gaps if len(gap.words) > long_passage) <= most * len(short)


def _is_wrapping(gap: Gap, length: int) -> bool:
    """A dateline before the text, or a credit or disclaimer behind it."""
    if gap.start == 0:
        return len(gap.words) <= OPENING and len(gap.others) <= OPENING
    return gap.start + len(gap.words) == length and max(len(gap.words), len(gap.others)) <= WRAPPING
