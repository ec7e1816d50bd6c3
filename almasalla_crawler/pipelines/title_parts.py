"""The parts of a stated title: the name of the site, a kicker, the headline."""

import re
from collections.abc import Iterator
from itertools import islice

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.pipelines.title_slugs import slug_words

_SEPARATOR = re.compile(r"\s+[|\-–—:·•«»‹›~/]{1,2}\s+|\s*[｜：ㅣ¦]\s*|\s*\|\s*|:\s+|(?<=\S)-(?=\S)")
MIN_TAIL_WORDS = 4  # of one that stands behind another kicker elsewhere
_MAX_CUTS = 8  # separators of one title that are looked at
_UPDATES = frozenset(
    map(search_key, "تحديث محدث بالصور صور بالفيديو فيديو updated update".split())
)  # what a newsroom adds to a headline
_MIN_AKIN = 0.5  # of the runs of three letters of the shorter title


def names_a_site(title: str, menu: frozenset[str]) -> bool:
    """Is a page's title that of its site? It begins as a link of the menu is called, and no part of it is a headline."""
    parts = [search_key(part) for part in _SEPARATOR.split(title)]
    return parts[0] in menu and all(part.count(" ") < MIN_TAIL_WORDS - 1 for part in parts)


def without_site(title: str, sites: frozenset[str], known: set[str], whole: set[str], earlier: set[str]) -> str:
    """`title` without the parts at its ends that name the site, or that another title of the page does without.

    `whole` are those of `known` that no subtitle and no part of a headline is among. `- تحديث` is kept where the one without it
    is among the `earlier`, which the page only links to: that is what it updates.
    """
    for _ in range(4):
        cuts = list(_SEPARATOR.finditer(title))[-_MAX_CUTS:]
        for cut in reversed(cuts):
            head, tail = title[: cut.start()].strip(), title[cut.end() :].strip()
            others = known - earlier if search_key(tail) in _UPDATES else known
            if head and (_names_site(tail, sites) or (_may_part(head, cut[0]) and search_key(head) in others)):
                title = head
                break
        else:
            if not cuts:
                return title
            head, tail = title[: cuts[0].start()], title[cuts[0].end() :].strip()
            if not (tail and _names_site(head, sites)):
                tail = next(_known_tails(title, cuts, known, whole), "")
            if not tail:
                return title
            title = tail
    return title


def _known_tails(title: str, cuts: list[re.Match[str]], known: set[str], whole: set[str]) -> Iterator[str]:
    """What another title of the page consists of, behind a kicker; or a headline behind the names of the site and a section."""
    for cut in cuts:
        tail = title[cut.end() :].strip()
        of_whom = known if cut is cuts[0] else whole
        if ":" not in cut[0] and tail.count(" ") >= MIN_TAIL_WORDS - 1 and search_key(tail) in of_whom:
            yield tail


def _may_part(head: str, cut: str) -> bool:
    """Behind a colon stands what a headline says; behind one between blanks, and a whole headline, its section."""
    return ":" not in cut or (cut[:1].isspace() and head.count(" ") >= MIN_TAIL_WORDS - 1)


def _names_site(text: str, sites: frozenset[str]) -> bool:
    key = search_key(text)
    return key in sites or key.replace(" ", "") in sites


def tails_of(title: str) -> dict[str, str]:
    """Search keys of what stands behind each separator of a title, with what stands before."""
    return {search_key(title[cut.end() :]): title[: cut.end()] for cut in islice(_SEPARATOR.finditer(title), _MAX_CUTS)}


def are_kickers(one: str, other: str) -> bool:
    """Two kickers, or one behind which two separators stand; not two wordings of the beginning of a title."""
    if not (one.endswith(" ") and other.endswith(" ")):
        return False
    if slug_words(one) == slug_words(other):
        return one[-3:] != other[-3:]
    return not is_akin(search_key(one), search_key(other))


def is_akin(one: str, other: str) -> bool:
    runs, others = ({key[start : start + 3] for start in range(len(key) - 2)} for key in (one, other))
    return len(runs & others) >= _MIN_AKIN * max(1, min(len(runs), len(others)))
