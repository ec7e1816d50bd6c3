"""Where the terms of a query stand in a text, in the spelling of the text; and the passage that shows most of them."""

import re
from dataclasses import dataclass

from almasalla_crawler.arabic.forms import spelling
from almasalla_crawler.arabic.letters import search_keys
from almasalla_crawler.arabic.queries import Term

_WORD = re.compile(r"(?:\w|[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff\u200b-\u200f])+")
_CHUNK = 20_000  # characters that are looked through at a time: an article may be a book
EXCERPT_WORDS = 36
_WORDS_BEFORE = 6  # of them, before the first hit

Parts = list[tuple[str, bool]]  # pieces of a text in order, and whether the piece is a hit


@dataclass(frozen=True, slots=True)
class Word:
    start: int
    end: int
    keys: tuple[str, ...]  # mostly one; «بـ87» is two


def contains_all(terms: list[Term], *texts: str) -> bool:
    """Does each term stand in one of the texts, in a spelling that is not another word's?"""
    missing = list(terms)
    for text in texts:
        for start in range(0, len(text), _CHUNK):
            found = {number for number, _ in _hits(_words(text[start : start + _CHUNK]), missing, text[start : start + _CHUNK])}
            missing = [term for number, term in enumerate(missing) if number not in found]
            if not missing:
                return True
    return not missing


def highlighted(terms: list[Term], text: str) -> Parts:
    """The whole text, which should be short."""
    words = _words(text)
    return _parts(text, words, {place for _, place in _hits(words, terms, text)}, 0, len(text))


def excerpt(terms: list[Term], text: str) -> Parts:
    """The passage of about EXCERPT_WORDS words that holds most terms and hits; the beginning if none stands in the text."""
    first: Parts = []
    for start in range(0, max(len(text), 1), _CHUNK):
        chunk = text[start : start + _CHUNK]
        words = _words(chunk)
        hits = _hits(words, terms, chunk)
        if hits or not first:
            parts = _passage(chunk, words, hits, start > 0, start + _CHUNK < len(text))
            first = first or parts
        if hits:
            return parts
    return first


def _words(text: str) -> list[Word]:
    spans = [match.span() for match in _WORD.finditer(text)]
    keys = search_keys([text[start:end] for start, end in spans])
    return [Word(start, end, tuple(key.split())) for (start, end), key in zip(spans, keys, strict=True)]


def _hits(words: list[Word], terms: list[Term], text: str) -> list[tuple[int, int]]:
    """Number of the term and place of the word, for every word of every hit."""
    keys = [(key, place) for place, word in enumerate(words) for key in word.keys]
    hits = []
    for number, term in enumerate(terms):
        for position, (key, place) in enumerate(keys):
            never = term.forms.get(key)
            if never is None or tuple(key for key, _ in keys[position + 1 : position + 1 + len(term.rest)]) != term.rest:
                continue
            if never and spelling(text[words[place].start : words[place].end]).endswith(never):
                continue
            hits += [(number, other) for _, other in keys[position : position + 1 + len(term.rest)]]
    return hits


def _passage(text: str, words: list[Word], hits: list[tuple[int, int]], cut_before: bool, cut_after: bool) -> Parts:
    """The window of words with the most terms, then the most hits, then the earliest."""
    places = sorted({place for _, place in hits})
    windows = [(max(0, place - _WORDS_BEFORE), hits) for place in places[:200]] or [(0, hits)]

    def worth(window: tuple[int, list[tuple[int, int]]]) -> tuple[int, int, int]:
        first = window[0]
        inside = [(number, place) for number, place in hits if first <= place < first + EXCERPT_WORDS]
        return len({number for number, _ in inside}), len(inside), -first

    first = max(windows, key=worth)[0]
    last = min(first + EXCERPT_WORDS, len(words)) - 1
    start = words[first].start if first else 0
    end = words[last].end if last + 1 < len(words) else len(text)
    parts = _parts(text, words[first : last + 1], {place - first for place in places}, start, end)
    before = [("… ", False)] if first or cut_before else []
    after = [(" …", False)] if end < len(text) or cut_after else []
    return [*before, *parts, *after]


def _parts(text: str, words: list[Word], places: set[int], start: int, end: int) -> Parts:
    """Pieces of text[start:end]; neighbouring hits are one piece."""
    parts: Parts = []
    position = start
    for place, word in enumerate(words):
        if place not in places:
            continue
        if parts and place - 1 in places and text[position : word.start].isspace():
            parts[-1] = (text[: word.end][-(word.end - position) - len(parts[-1][0]) :], True)
        else:
            parts += [(text[position : word.start], False), (text[word.start : word.end], True)]
        position = word.end
    parts.append((text[position:end], False))
    return [part for part in parts if part[0]]
