"""What two wordings of a text differ in, word by word."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

MAX_COMPARED = 4_000_000  # words of the one times words of the other; difflib takes about a second for as many
Part = tuple[str, str]  # "same", "ins" or "del", and the words


def differences(before: Sequence[str], after: Sequence[str]) -> list[list[Part]]:
    """Blocks of both texts in order, each as parts; a block that only one of them has is one part."""
    blocks: list[list[Part]] = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            blocks += [[("same", text)] for text in after[c:d]]
        else:
            paired = min(b - a, d - c)
            blocks += [list(_words(*pair)) for pair in zip(before[a : a + paired], after[c : c + paired], strict=True)]
            blocks += [[("del", text)] for text in before[a + paired : b]]
            blocks += [[("ins", text)] for text in after[c + paired : d]]
    return blocks


def _words(before: str, after: str) -> Iterator[Part]:
    old, new = before.split(), after.split()
    if len(old) * len(new) > MAX_COMPARED:
        yield from (("del", before), ("ins", after))
        return
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield "same", " ".join(new[c:d])
            continue
        if a < b:
            yield "del", " ".join(old[a:b])
        if c < d:
            yield "ins", " ".join(new[c:d])
