"""The sketch of a text: a few numbers, some of which it shares with every text that has much of its wording.

Each number is the least hash, under a function of its own, of the shingles of the dedup key that three words make: MinHash,
with bands of one row. Where a fifth of the words was replaced, a third of the shingles of both is left, and of sixteen
numbers 5 are equal, none at all in one case of a thousand. Longer bands find such texts no more.
"""

from struct import Struct

SKETCH_VERSION = 1  # raise it when a rule below changes: sketches of different versions cannot be compared
SHINGLE_WORDS = 3
NUMBERS = 16
MIN_LETTERS = 150  # of the dedup key: shorter texts on different events are often alike
_PACKED = Struct(f"<{NUMBERS}I")


def sketch_of(key: str) -> bytes:
    """Packed sketch of a text by its search key; b"" for a text that is too short to be told from others like it."""
    words = key.split()
    if len(key) - len(words) + 1 < MIN_LETTERS:
        return b""
    from rensa import RMinHash

    minhash = RMinHash(num_perm=NUMBERS, seed=SKETCH_VERSION)
    minhash.update(list(map("".join, zip(words, words[1:], words[2:], strict=False))))
    return _PACKED.pack(*minhash.digest())


def numbers_of(sketch: bytes) -> list[int]:
    """The numbers of a packed sketch, each with its place in the upper bits; signed, as SQLite keeps them in four bytes.

    The least of many hashes is small: their upper bits say nothing.
    """
    numbers = _PACKED.unpack(sketch) if sketch else ()
    return [(place << 28 | number & 0x0FFFFFFF) - (1 << 31) for place, number in enumerate(numbers)]
