"""Are two texts one text? Copied, edited, cut short or extended, told from different reports on one event or of one pattern."""

from collections.abc import Sequence
from dataclasses import dataclass

from almasalla_crawler.arabic.alignment import Gap, Run, common_runs, common_words, gaps_between
from almasalla_crawler.arabic.occasions import OPENING, is_another_occasion

MAX_WORDS = 5000  # of a text that are compared: time and memory grow with their square
SHORTEST_RUN = 3  # words; shorter agreement is that of the language
# Share of the shorter text's words that stand in common runs. Of texts with a fifth of their words replaced it is 0.72 on
# average, with three in ten 0.55; reports that quote the same statement reach a third.
SAME_TEXT = 0.7
SCATTERED_EDITS = 0.45  # is enough where the other words stand between common ones, not in passages of their own
LONG_PASSAGE = 20  # words without a common run
MAX_PASSAGES = 0.2  # share of the shorter text in such passages
# Of a text that is a part of a longer one more is asked: a short report may be little but the statement both quote.
SAME_PART = 0.9
LONG_PASSAGE_OF_PART = 10
MAX_PASSAGES_OF_PART = 0.1
WRAPPING = 30  # words of dateline, disclaimer or credit that a copy may have more or less
SAME_LENGTH = 0.9


@dataclass(frozen=True, slots=True)
class Likeness:
    kind: str  # what the second text is of the first: copy, edited, shortened, extended
    similarity: float  # share of the words of both that they have in common, in order

    def inverse(self) -> "Likeness":
        """What the first text is of the second."""
        kind = {"shortened": "extended", "extended": "shortened"}.get(self.kind, self.kind)
        return Likeness(kind, self.similarity)


def likeness(words: list[str], others: list[str]) -> Likeness | None:
    """What the second text is of the first; None if they are different articles. Takes words of search keys."""
    short, long = sorted((words[:MAX_WORDS], others[:MAX_WORDS]), key=lambda text: (len(text), text))
    common = common_words(short, long, int(SCATTERED_EDITS * len(short)))
    if not common:
        return None
    runs = [run for run in common_runs(short, long) if run.length >= SHORTEST_RUN]
    gaps = list(gaps_between(short, long, runs))
    is_part = len(long) - len(short) > max((1 - SAME_LENGTH) * len(long), min(WRAPPING, len(long) / 3))
    if not _is_same_text(short, runs, gaps, is_part) or is_another_occasion(short, runs, gaps):
        return None
    similarity = round(2 * common / (len(short) + len(long)), 4)
    if is_part:
        return Likeness("shortened" if len(others) < len(words) else "extended", similarity)
    return Likeness("copy" if all(_is_wrapping(gap, len(short)) for gap in gaps) else "edited", similarity)


def _is_same_text(short: Sequence[str], runs: list[Run], gaps: list[Gap], is_part: bool) -> bool:
    enough, long_passage, most = (
        (SAME_PART, LONG_PASSAGE_OF_PART, MAX_PASSAGES_OF_PART) if is_part else (SAME_TEXT, LONG_PASSAGE, MAX_PASSAGES)
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
