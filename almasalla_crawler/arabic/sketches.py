"""The sketch of a text: a few numbers, some of which it shares with every text that has much of its wording.

Each number is the least hash, under a function of its own, of the shingles of the dedup key that three words make, in
whatever order they stand: MinHash, with bands of one row. Where a fifth of the words was replaced, a third of the shingles
of both is left, and of twenty numbers 6 or 7 are equal; where a fifth changed places with the word behind it, a half is.
Longer bands find such texts no more.
"""

from itertools import pairwise
from struct import pack, unpack

SKETCH_VERSION = 2  # raise it when a rule below changes: sketches of different versions cannot be compared
SHINGLE_WORDS = 3
NUMBERS = 20
MIN_LETTERS = 120  # of the dedup key: shorter texts on different events are often alike


def sketch_of(key: str) -> bytes:
    """Packed sketch of a text by its search key; b"" for a text that is too short to be told from others like it."""
    words = key.split()
    if len(key) - len(words) + 1 < MIN_LETTERS:
        return b""
    from rensa import RMinHash

    minhash = RMinHash(num_perm=NUMBERS, seed=SKETCH_VERSION)
    minhash.update(_shingles(words))
    return pack(f"<{NUMBERS}I", *minhash.digest())


def _shingles(words: list[str]) -> list[str]:
    """Each three words in alphabetical order: two of them, the third before, between or behind. `sorted` takes twice as long."""
    pairs = [(a, b) if a <= b else (b, a) for a, b in pairwise(words)]
    return [a + b + c if b <= c else a + c + b if a <= c else c + a + b for (a, b), c in zip(pairs, words[2:], strict=False)]


def numbers_of(sketch: bytes) -> list[int]:
    """The numbers of a packed sketch, each with its place in the upper bits; signed, as SQLite keeps them in four bytes.

    The least of many hashes is small: their upper bits say nothing. A sketch of an older version had fewer numbers, and
    the place took no more bits than their count asks for.
    """
    count = len(sketch) // 4
    bits = 32 - (count - 1).bit_length()
    numbers = unpack(f"<{count}I", sketch)
    return [(place << bits | number & (1 << bits) - 1) - (1 << 31) for place, number in enumerate(numbers)]
