"""How well an article answers a query: BM25 of its headline and of its text, where all forms of a word count as one word."""

from collections.abc import Sequence
from math import log
from typing import NamedTuple

from almasalla_crawler.arabic.queries import Term

_K1, _B = 1.2, 0.75  # as everyone has them
_TITLE = 3.0  # one occurrence in a headline weighs more than any number in the text, which ends at 1 + _K1


class Keys(NamedTuple):
    """Search keys of the words of an article, and its date, "" if unknown."""

    title: list[str]
    body: list[str]
    date: str


def scores(terms: Sequence[Term], found_in: Sequence[int], articles: Sequence[Keys], total: int) -> list[float]:
    """Score of each article; `found_in`: how many of `total` articles have each term."""
    weights = [log(1 + (total - min(count, total) + 0.5) / (count + 0.5)) for count in found_in]
    title_length = max(1.0, sum(len(one.title) for one in articles) / max(1, len(articles)))
    body_length = max(1.0, sum(len(one.body) for one in articles) / max(1, len(articles)))

    def score(article: Keys, term: Term) -> float:
        in_title = _saturated(occurrences(term, article.title), len(article.title) / title_length)
        return _TITLE * in_title + _saturated(occurrences(term, article.body), len(article.body) / body_length)

    return [sum(weight * score(one, term) for term, weight in zip(terms, weights, strict=True)) for one in articles]


def occurrences(term: Term, words: list[str]) -> int:
    """How often a term stands in a text, given as search keys of its words; forms that may be another word are not counted."""
    if not term.rest:
        return sum(map(term.sure.__contains__, words))
    size = len(term.rest)
    return sum(word in term.forms and tuple(words[n : n + size]) == term.rest for n, word in enumerate(words, 1))


def _saturated(count: int, length: float) -> float:
    """`length` in usual ones: a long text mentions everything."""
    return count * (1 + _K1) / (count + _K1 * (1 - _B + _B * length))
