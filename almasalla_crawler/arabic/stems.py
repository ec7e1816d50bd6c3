"""What a text speaks of: its words cut to what stays the same when they are declined, good enough to compare two texts."""

import re

_PROCLITICS = ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف")
_LETTERS = 4  # words are compared by their first letters behind the usual proclitics
# A sentence that goes on from the one above. Words whose own first letter is و open a text: `وزير`, `وقعت`, `وصل`.
_GOES_ON = re.compile(
    r"و(?!زار|زير|زرا|صل|قع|فد|فاه|كال|سط|افق|دع|ثق|ثيق|حد|جه|رش|با|ضع|عد|لد|لي|لا|ظايف|اجه|اصل|رد )\S{3}"
    r"|و(?:قد|في|من|عن|لم|لن|لا|ما|هو|هي|هم|ان|لو|اذ|مع|كل|لكل|به|بها|له|لها) |(?:كما|لكن|ثم|اذ|حيث|فيما|بينما|الا|غير) "
)


def stems(key: str) -> set[str]:
    """The stems of the words of a search key, without words of one or two letters."""
    return {stem for word in key.split() if (stem := _stem(word))}


def goes_on(key: str) -> bool:
    """Does a sentence, given by its search key, tie itself to one above it?"""
    return _GOES_ON.match(key) is not None


def _stem(word: str) -> str:
    for proclitic in _PROCLITICS:
        if word.startswith(proclitic) and len(word) - len(proclitic) >= 3:
            word = word[len(proclitic) :]
            break
    return word[:_LETTERS] if len(word) >= 3 else ""
