"""How well an article answers a query: BM25 of its headline and of its text, where all forms of a word count as one word."""

from collections.abc import Sequence
from math import log

from almasalla_crawler.arabic.queries import Term

_K1, _B = 1.2, 0.75  # as everyone has them
_TITLE = 3.0  # one occurrence in a headline weighs more than any number in the text, which ends at 1 + _K1


def scores(terms: Sequence[Term], found_in: Sequence[int], articles: Sequence[tuple[str, str]], total: int) -> list[float]:
    """Score of each article, given as search keys of headline and text; `found_in`: how many of `total` have each term."""
    split = [(title.split(), body.split()) for title, body in articles]
    weights = [log(1 + (total - min(count, total) + 0.5) / (count + 0.5)) for count in found_in]
    usual = [max(1.0, sum(len(one[field]) for one in split) / max(1, len(split))) for field in (0, 1)]
    return [
        sum(
            weight * (_TITLE * _saturated(occurrences(term, title), len(title) / usual[0])
                      + _saturated(occurrences(term, body), len(body) / usual[1]))
            for term, weight in zip(terms, weights, strict=True)
        )
        for title, body in split
    ]  # fmt: skip


def occurrences(term: Term, words: list[str]) -> int:
    """How often a term stands in a text, given as search keys of its words."""
    if not term.rest:
        return sum(map(term.forms.__contains__, words))
    size = len(term.rest)
    return sum(word in term.forms and tuple(words[n : n + size]) == term.rest for n, word in enumerate(words, 1))


def _saturated(count: int, length: float) -> float:
    """`length` in usual ones: a long text mentions everything."""
    return count * (1 + _K1) / (count + _K1 * (1 - _B + _B * length))
