"""The title among those a page states: without the site's name, the one that the page shows as its headline."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.items import Fact

_SEPARATOR = re.compile(r"\s+[|\-–—:·•«»‹›~/]{1,2}\s+|\s*[｜：ㅣ¦]\s*|\s*\|\s*|:\s+|(?<=\S)-(?=\S)")
_MIN_TAIL = 8  # letters of a headline that stands behind a kicker
_CUT = ("...", "…")
_MAX_TITLES = 20
_MAX_CUTS = 8  # separators of one title that are looked at
# Titles written for this article; the others may name the page, the film or the site.
_MEANT = frozenset({"json-ld:headline", "og:title", "microdata:headline", "rdfa:headline", "twitter:title", "dc.title"})
_HEADLINES = frozenset({"json-ld:headline", "og:title", "microdata:headline", "rdfa:headline"})
_MIN_SLUG_WORDS = 4
_CLEAR_LEAD = 0.3  # of the share of the address's words
_SLUG_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "å": "a", "æ": "ae", "'": "", "’": ""})


class Heading(NamedTuple):
    """A heading of the page."""

    text: str
    key: str  # search key of the text
    level: int  # 1 to 6 for h1 to h6
    is_navigation: bool = False


@dataclass(slots=True)
class _Candidate:
    fact: Fact
    title: str
    key: str


def choose_title(
    stated: Iterable[Fact], headings: list[Heading], lines: dict[str, str], sites: frozenset[str], url: str = ""
) -> tuple[Fact | None, bool]:
    """The candidate to believe, its value without the site's name, and whether the page shows it.

    `stated` comes the most trusted first.
    """
    candidates = [_Candidate(fact, fact.value, search_key(fact.value)) for fact in islice(stated, _MAX_TITLES)]
    candidates = [one for one in candidates if one.key and one.key not in sites]
    known = {one.key for one in candidates}
    known |= {heading.key for heading in headings}
    for one in candidates:
        one.title = without_site(one.title, sites, known)
        one.key = search_key(one.title)
        one.fact.value = one.title
    if not candidates:
        return None, False
    shown = _shown(candidates, headings, lines, slug_words(url))
    found = _without_kicker(_whole(shown or _default(candidates), candidates), candidates)
    return found.fact, shown is not None


def without_site(title: str, sites: frozenset[str], known: set[str]) -> str:
    """`title` without the parts at its ends that name the site, or that another title of the page does without."""
    for _ in range(4):
        cuts = list(_SEPARATOR.finditer(title))[-_MAX_CUTS:]
        for cut in reversed(cuts):
            head, tail = title[: cut.start()].strip(), title[cut.end() :].strip()
            if head and (_names_site(tail, sites) or (":" not in cut[0] and search_key(head) in known)):
                title = head
                break
        else:
            if not cuts or not _names_site(title[: cuts[0].start()], sites) or not title[cuts[0].end() :].strip():
                return title
            title = title[cuts[0].end() :].strip()
    return title


def _names_site(text: str, sites: frozenset[str]) -> bool:
    key = search_key(text)
    return key in sites or key.replace(" ", "") in sites


def _shown(
    candidates: list[_Candidate], headings: list[Heading], lines: dict[str, str], slug: frozenset[str]
) -> _Candidate | None:
    """The title the page shows: as its first heading, else behind a kicker in one; else what its address is made of.

    A heading in the page's frame counts after those in its text: sites repeat the title there, some another one.
    """
    levels: dict[str, dict[str, str]] = {"first": {}, "lower": {}, "frame": {}}  # key -> text
    for heading in headings:
        if place := _place(heading):
            levels[place].setdefault(heading.key, heading.text)
    if found := _as_written(candidates, levels["first"]):
        return found
    above = [key for place in ("first", "lower") for key in levels[place]]
    for one in candidates:
        if len(one.key) >= _MIN_TAIL and any(len(key) > len(one.key) and key.endswith(one.key) for key in above):
            return one
    meant = [one for one in candidates if one.fact.source in _HEADLINES]
    return (
        _named_in_address(meant, slug)
        or _as_written(meant, levels["lower"])
        or _as_written(candidates, levels["frame"])
        or _as_written(candidates, lines)
    )


def _named_in_address(candidates: list[_Candidate], slug: frozenset[str]) -> _Candidate | None:
    """The title whose words the address of the page is made of, where that tells it from the others."""
    if len(slug) < _MIN_SLUG_WORDS or len({one.key for one in candidates}) < 2:
        return None
    shares = sorted(((len(slug & _words(one.title)) / len(slug), one) for one in candidates), key=lambda pair: -pair[0])
    best = shares[0][1]
    others = [share for share, one in shares if one.key != best.key]
    return best if shares[0][0] - max(others) >= _CLEAR_LEAD else None


def slug_words(url: str) -> frozenset[str]:
    """Words of the longest part of the address."""
    path = url.partition("://")[2].partition("?")[0].partition("/")[2]
    parts = [part for part in unquote(path).split("/") if "-" in part or "_" in part]
    return frozenset(word for word in _words(max(parts, key=len, default="").replace("_", "-")) if not word.isdigit())


def _words(text: str) -> frozenset[str]:
    """Words as addresses spell them: without accents, `ue` for `ü`."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_SLUG_LETTERS))
    return frozenset(search_key("".join(letter for letter in plain if not unicodedata.combining(letter))).split())


def _place(heading: Heading) -> str:
    if heading.level == 1:
        return "frame" if heading.is_navigation else "first"
    return "lower" if heading.level <= 3 and not heading.is_navigation else ""


def _as_written(candidates: list[_Candidate], texts: dict[str, str]) -> _Candidate | None:
    """The first candidate that is one of the texts, rather one written the same than one with other signs."""
    found = [one for one in candidates if one.key in texts]
    return next((one for one in found if one.title == texts[one.key]), found[0] if found else None)


def _default(candidates: list[_Candidate]) -> _Candidate:
    """What is written to be read by people: og:title; then the table's order."""
    return next((one for one in candidates if one.fact.source == "og:title"), candidates[0])


def _whole(found: _Candidate, candidates: list[_Candidate]) -> _Candidate:
    """The whole title where the one found was cut."""
    if not found.title.endswith(_CUT):
        return found
    start = search_key(found.title.rstrip(".… "))
    return next((one for one in candidates if one.key.startswith(start) and not one.title.endswith(_CUT)), found)


def _without_kicker(found: _Candidate, candidates: list[_Candidate]) -> _Candidate:
    """The title that another source states alone, where this one has a kicker before it: `Kicker: title`."""
    tails = {search_key(found.title[cut.end() :]) for cut in islice(_SEPARATOR.finditer(found.title), _MAX_CUTS)}
    alone = (one for one in candidates if one.fact.source in _MEANT and len(one.key) >= _MIN_TAIL and one.key in tails)
    return next(alone, found)
