"""Two whole texts in one: what only the one or the other says, where it stands."""

from collections.abc import Iterator
from itertools import accumulate, groupby
from operator import itemgetter

from almasalla_crawler.arabic.alignment import common_runs, gaps_between
from almasalla_crawler.arabic.differences import MAX_WORDS

Part = tuple[str, str]  # "same", "ins" or "del", and the words


def interleaved(before: str, after: str) -> list[list[Part]]:
    """The blocks of `after` as parts; what only `before` has stands behind the words it followed.

    Both as written: another spelling is a difference here. What stands beyond MAX_WORDS counts as one.
    """
    ends = set(accumulate(len(block.split()) for block in after.split("\n\n")))
    blocks: list[list[Part]] = [[]]
    told = 0
    for kind, word in _words(before.split(), after.split()):
        if kind != "del":
            if told in ends:
                blocks.append([])
            told += 1
        blocks[-1].append((kind, word))
    return [[(kind, " ".join(map(itemgetter(1), parts))) for kind, parts in groupby(block, itemgetter(0))] for block in blocks]


def _words(old: list[str], new: list[str]) -> Iterator[Part]:
    """Each word of both, in order."""
    told = 0
    for gap in gaps_between(old, new, common_runs(old[:MAX_WORDS], new[:MAX_WORDS])):
        yield from (("same", word) for word in new[told : gap.other])
        yield from (("del", word) for word in gap.words)
        yield from (("ins", word) for word in gap.others)
        told = gap.other + len(gap.others)
    yield from (("same", word) for word in new[told:])
