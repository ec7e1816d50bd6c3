"""What changed from one text to the next, in words."""

from almasalla_crawler.arabic.alignment import common_runs, gaps_between
from almasalla_crawler.arabic.letters import search_keys

MAX_WORDS = 20_000  # of a text that are compared
CONTEXT = 3  # words

Difference = tuple[str, str, str]  # the words before the place, those removed there, those added there; as written


def differences(before: str, after: str) -> list[Difference]:
    """Each place where words were removed, added or replaced, in order. Spelling and punctuation alone are no difference."""
    old, new = _words(before), _words(after)
    old_keys, new_keys = [key for key, _ in old], [key for key, _ in new]
    return [
        (
            _spelled(new, max(0, gap.other - CONTEXT), gap.other),
            _spelled(old, gap.start, gap.start + len(gap.words)),
            _spelled(new, gap.other, gap.other + len(gap.others)),
        )
        for gap in gaps_between(old_keys, new_keys, common_runs(old_keys, new_keys))
    ]


def _spelled(words: list[tuple[str, str]], start: int, end: int) -> str:
    return " ".join(word for _, word in words[start:end])


def _words(text: str) -> list[tuple[str, str]]:
    """Key and spelling of each word; what is punctuation alone belongs to no word."""
    words = text.split(None, MAX_WORDS)[:MAX_WORDS]
    return [(key, word) for key, word in zip(search_keys(words), words, strict=True) if key]
