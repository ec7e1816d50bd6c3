"""Words as common and as rare as those of a language: the n-th is used 1/n times as often as the first, in a dozen of forms."""

import random

from almasalla_crawler.arabic.letters import search_key
from benchmarks.ingest import ADJECTIVES, LINKS, NOUNS, PLACES, VERBS

LEMMAS = 60_000
FRONT = ["", "", "", "ال", "ال", "ال", "و", "وال", "ب", "بال", "ل", "لل", "ف", "ك"]
BACK = ["", "", "", "", "ها", "هم", "ه", "ات"]


def lemmas(chance: random.Random) -> list[str]:
    """The words of the language, the most frequent first: real ones, then such as are made of random letters."""
    real = [word.removeprefix("ال") for word in dict.fromkeys([*NOUNS, *ADJECTIVES, *PLACES, *VERBS])]
    letters = "ابتجحدرزسشصطعفقكلمنهوي"
    return [*real, *("".join(chance.choices(letters, k=chance.randint(4, 7))) for _ in range(LEMMAS))]


class Language:
    """Words in a dozen of forms each, as frequent as those of a language."""

    def __init__(self, chance: random.Random, said: int = 2_000_000) -> None:
        forms = [[chance.choice(FRONT) + lemma + chance.choice(BACK) for _ in range(12)] for lemma in lemmas(chance)]
        words = [*LINKS, *(word for one in forms for word in one)]
        weights = [*(0.02 for _ in LINKS), *(1 / (n + 10) / 12 / 10 for n, one in enumerate(forms) for _ in one)]
        keys = dict(zip(words, map(search_key, words), strict=True))
        self._words = chance.choices(words, weights, k=said)  # everything that is said is a part of this
        self._keys = [keys[word] for word in self._words]

    def text(self, chance: random.Random, words: int) -> tuple[list[str], str]:
        """Words, and their search key."""
        start = chance.randrange(len(self._words) - words)
        return self._words[start : start + words], " ".join(self._keys[start : start + words])
