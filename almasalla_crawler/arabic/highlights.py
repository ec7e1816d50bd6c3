"""Where the terms of a query stand in a text, in the spelling of the text; and the passage that shows most of them."""

import re
from collections.abc import Iterator

from almasalla_crawler.arabic.letters import search_keys
from almasalla_crawler.arabic.other_words import Forms, is_meant, may_be_meant
from almasalla_crawler.arabic.queries import Term

_WORD = re.compile(r"(?:\w|[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff\u200b-\u200f])+")
_CHUNK = 4000  # characters that are looked through at a time: mostly there is a hit in the first
EXCERPT_WORDS = 36
_WORDS_BEFORE = 6  # of them, before the first hit
_WINDOWS = 100  # hits that may begin the excerpt

Parts = list[tuple[str, bool]]  # pieces of a text in order, and whether the piece is a hit
_Span = tuple[int, int]
_Found = tuple[int, int]  # number of a term, place of a word


def highlighted(terms: list[Term], text: str) -> Parts:
    """The whole text, which should be short."""
    spans, found = _found(terms, text)
    return _parts(text, spans, {place for _, place in found}, 0, len(text))


def excerpt(terms: list[Term], text: str) -> Parts:
    """The passage of about EXCERPT_WORDS words that holds most terms and hits; the beginning if none stands in the text."""
    passages: list[Parts] = []
    for start, end in _chunks(text):
        spans, found = _found(terms, text[start:end])
        if found or not passages:
            passages.append(_passage(text[start:end], spans, found, start > 0, end < len(text)))
        if found:
            break
    return passages[-1] if passages else []


def is_written(forms: Forms, text: str) -> bool:
    """Does one of these forms, all with patterns, stand in the text in a spelling that is not another word's?"""
    words = may_be_meant(forms, text.split())
    keys = zip(words, search_keys(words), strict=True)
    return any(key in forms and is_meant(forms[key], word) for word, found in keys for key in found.split())


def _chunks(text: str) -> Iterator[_Span]:
    start = 0
    while start < len(text):
        end = text.find(" ", start + _CHUNK)
        end = end if end >= 0 else len(text)
        yield start, end
        start = end


def _found(terms: list[Term], text: str) -> tuple[list[_Span], list[_Found]]:
    """Every word of the text, and which of them are words of which term."""
    spans = [match.span() for match in _WORD.finditer(text)]
    words = [text[start:end] for start, end in spans]
    keys = [(key, place) for place, keys in enumerate(search_keys(words)) for key in keys.split()]  # «بـ87» has two
    found = []
    for number, term in enumerate(terms):
        size = 1 + len(term.rest)
        for position, (key, place) in enumerate(keys):
            pattern = term.forms.get(key)
            if pattern is None or not is_meant(pattern, words[place]):
                continue
            run = keys[position : position + size]
            if tuple(key for key, _ in run[1:]) == term.rest:
                found += [(number, other) for _, other in run]
    return spans, found


def _passage(text: str, spans: list[_Span], found: list[_Found], cut_before: bool, cut_after: bool) -> Parts:
    """The window of words with the most terms, then the most hits, then the earliest."""
    places = {place for _, place in found}
    windows = [max(0, place - _WORDS_BEFORE) for place in sorted(places)[:_WINDOWS]] or [0]

    def worth(first: int) -> tuple[int, int, int]:
        inside = [number for number, place in found if first <= place < first + EXCERPT_WORDS]
        return len(set(inside)), len(inside), -first

    first = max(windows, key=worth)
    last = first + EXCERPT_WORDS
    start = spans[first][0] if first else 0
    end = spans[last - 1][1] if last < len(spans) else len(text)
    parts = _parts(text, spans[first:last], {place - first for place in places}, start, end)
    before = [("… ", False)] if first or cut_before else []
    after = [(" …", False)] if end < len(text) or cut_after else []
    return [*before, *parts, *after]


def _parts(text: str, spans: list[_Span], places: set[int], start: int, end: int) -> Parts:
    """Pieces of text[start:end]; hits with only a space between them are one piece."""
    pieces: list[tuple[int, int, bool]] = []
    position = start
    for place, (first, last) in enumerate(spans):
        if place not in places:
            continue
        if pieces and pieces[-1][2] and text[position:first].isspace():
            pieces[-1] = (pieces[-1][0], last, True)
        else:
            pieces += [(position, first, False), (first, last, True)]
        position = last
    return [(text[a:b], is_hit) for a, b, is_hit in [*pieces, (position, end, False)] if a < b]
