"""How much of one text stands in another."""

SHINGLE_WORDS = 5


def shared_shingles(key: str, other: str) -> float:
    """Share of the 5-word shingles of the shorter text that the other one has, 0 to 1. Takes search keys.

    Texts shorter than a shingle are compared whole.
    """
    a, b = _shingles(key), _shingles(other)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _shingles(key: str) -> set[str]:
    words = key.split()
    return {" ".join(words[i : i + SHINGLE_WORDS]) for i in range(max(1, len(words) - SHINGLE_WORDS + 1))} if words else set()
