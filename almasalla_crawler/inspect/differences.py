"""What two wordings of a text differ in, word by word."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

MAX_COMPARED = 1_000_000  # words of the one times words of the other, of all blocks together: a fifth of a second
Part = tuple[str, str]  # "same", "ins" or "del", and the words


def differences(before: Sequence[str], after: Sequence[str]) -> list[list[Part]]:
    """Blocks of both texts in order, each as parts; a block that only one of them has is one part."""
    blocks: list[list[Part]] = []
    compared = 0
    for what, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
        if what == "equal":
            blocks += [[("same", text)] for text in after[c:d]]
        else:
            paired = min(b - a, d - c)
            for old, new in zip(before[a : a + paired], after[c : c + paired], strict=True):
                compared += len(old.split()) * len(new.split())
                blocks.append([("del", old), ("ins", new)] if compared > MAX_COMPARED else list(_words(old.split(), new.split())))
            blocks += [[("del", text)] for text in before[a + paired : b]]
            blocks += [[("ins", text)] for text in after[c + paired : d]]
    return blocks


def _words(old: list[str], new: list[str]) -> Iterator[Part]:
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield "same", " ".join(new[c:d])
            continue
        if a < b:
            yield "del", " ".join(old[a:b])
        if c < d:
            yield "ins", " ".join(new[c:d])
