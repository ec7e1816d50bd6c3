"""The title among those a page states: the one the newsroom gives out, without the site's name and without a kicker."""

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
_MIN_TAIL_WORDS = 4  # of one that stands behind another kicker elsewhere
_CUT = ("...", "…")
_CUT_HEADLINE = range(100, 112)  # characters: search engines once asked for at most 110 in JSON-LD
_MAX_TITLES = 20
_MAX_CUTS = 8  # separators of one title that are looked at
# Titles written for this article; the others may name the page, the film or the site.
_MEANT = frozenset({"json-ld:headline", "og:title", "microdata:headline", "rdfa:headline", "twitter:title", "dc.title"})
_HEADLINES = frozenset({"json-ld:headline", "og:title", "microdata:headline", "rdfa:headline"})
_COPIES = frozenset({"twitter:title", "parsely-title", "sailthru.title", "cxenseparse:title"})  # of og:title: no second witness
_SAY_THE_SAME = ("json-ld:headline", "html:title", "twitter:title", "og:title")
_MIN_SLUG_WORDS = 4
_MIN_AKIN = 0.5  # of the runs of three letters of the shorter title
_SLUG_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "å": "a", "æ": "ae", "'": "", "’": ""})
_BEHIND_A_SLUG = frozenset("html htm shtml php aspx asp id article a".split())


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
    is_glued: bool = False  # was the site's name part of it?


def choose_title(
    stated: Iterable[Fact], headings: list[Heading], lines: dict[str, str], sites: frozenset[str], url: str = ""
) -> tuple[Fact | None, bool]:
    """The candidate to believe, its value without the site's name, and whether another source or the text bears it out.

    `stated` comes the most trusted first.
    """
    candidates = [_Candidate(fact, fact.value, search_key(fact.value)) for fact in islice(stated, _MAX_TITLES)]
    candidates = [one for one in candidates if one.key and one.key not in sites]
    known = {one.key for one in candidates}
    known |= {heading.key for heading in headings}
    known |= {key for key in lines if key.count(" ") >= _MIN_TAIL_WORDS - 1}  # old sites set headlines in no heading
    bare = {title: without_site(title, sites, known) for title in {one.title for one in candidates}}
    for one in candidates:
        title = bare[one.title]
        one.is_glued, one.title, one.key = title != one.title, title, search_key(title)
        one.fact.value = one.title
    if not candidates:
        return None, False
    slug = slug_of(url)
    given = _given_out(candidates, [heading.key for heading in headings if _place(heading) == "first"], slug)
    shown = _agreed(candidates, headings) or given or _shown(candidates, headings, lines, slug)
    found = _without_kicker(_whole(shown or _default(candidates), candidates), candidates, headings)
    return found.fact, shown is not None


def names_a_site(title: str, menu: frozenset[str]) -> bool:
    """Is a page's title that of its site? It begins as a link of the menu is called, and no part of it is a headline."""
    parts = [search_key(part) for part in _SEPARATOR.split(title)]
    return parts[0] in menu and all(part.count(" ") < _MIN_TAIL_WORDS - 1 for part in parts)


def _given_out(candidates: list[_Candidate], headlines: list[str], slug: str) -> _Candidate | None:
    """The title the newsroom gives out: og:title, else the headline in JSON-LD, as long as nobody glued the site's name to it.

    One that stands alone and has little in common with the others teases in a social network. Where og:title is the
    headline shown and the address is made of the one in JSON-LD, that one is the article's and the other for search engines.
    """
    for source in ("og:title", "json-ld:headline"):
        one = next((one for one in candidates if one.fact.source == source and not one.is_glued), None)
        if one is None:
            continue
        others = [*headlines, *(other.key for other in candidates if other.fact.source not in {source, *_COPIES})]
        if one.key in headlines and (spelled := _spelled_in_address([one, *_headlines(candidates)], slug)):
            return spelled
        if one.key in others or not others or any(_is_akin(one.key, other) for other in others):
            return one
    return None


def _agreed(candidates: list[_Candidate], headings: list[Heading]) -> _Candidate | None:
    """The headline that JSON-LD, <title> and twitter:title have in common, where og:title stands alone and no heading shows it.

    Where one holds the other, a kicker or a site's name makes the difference: that is judged elsewhere.
    """
    keys = {source: {one.key for one in candidates if one.fact.source == source} for source in _SAY_THE_SAME}
    shared = next(iter(keys["og:title"]), "")
    if not shared or any(heading.key.endswith(shared) for heading in headings):
        return None
    alike = keys["json-ld:headline"] & keys["html:title"] & keys["twitter:title"]
    stated = (one for one in candidates if one.fact.source == "json-ld:headline" and one.key in alike)
    return next((one for one in stated if one.key not in shared and shared not in one.key), None)


def _headlines(candidates: list[_Candidate]) -> list[_Candidate]:
    return [one for one in candidates if one.fact.source in _HEADLINES]


def _is_akin(one: str, other: str) -> bool:
    runs, others = ({key[start : start + 3] for start in range(len(key) - 2)} for key in (one, other))
    return len(runs & others) >= _MIN_AKIN * max(1, min(len(runs), len(others)))


def without_site(title: str, sites: frozenset[str], known: set[str]) -> str:
    """`title` without the parts at its ends that name the site, or that another title of the page does without."""
    for _ in range(4):
        cuts = list(_SEPARATOR.finditer(title))[-_MAX_CUTS:]
        for cut in reversed(cuts):
            head, tail = title[: cut.start()].strip(), title[cut.end() :].strip()
            if head and (_names_site(tail, sites) or (_may_part(head, cut[0]) and search_key(head) in known)):
                title = head
                break
        else:
            if not cuts:
                return title
            head, tail = title[: cuts[0].start()], title[cuts[0].end() :].strip()
            is_headline = ":" not in cuts[0][0] and tail.count(" ") >= _MIN_TAIL_WORDS - 1 and search_key(tail) in known
            if not tail or not (_names_site(head, sites) or is_headline):
                return title
            title = tail
    return title


def _may_part(head: str, cut: str) -> bool:
    """Behind a colon stands what a headline says; behind one between blanks, and a whole headline, its section."""
    return ":" not in cut or (cut[:1].isspace() and head.count(" ") >= _MIN_TAIL_WORDS - 1)


def _names_site(text: str, sites: frozenset[str]) -> bool:
    key = search_key(text)
    return key in sites or key.replace(" ", "") in sites


def _shown(candidates: list[_Candidate], headings: list[Heading], lines: dict[str, str], slug: str) -> _Candidate | None:
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
    meant = _headlines(candidates)
    return (
        _spelled_in_address(meant, slug)
        or _as_written(meant, levels["lower"])
        or _as_written(candidates, levels["frame"])
        or _as_written(candidates, lines)
    )


def _spelled_in_address(candidates: list[_Candidate], slug: str) -> _Candidate | None:
    """The first title whose words are those of the address, in their order; the address may leave off the last ones."""
    if slug.count(" ") < _MIN_SLUG_WORDS - 1:
        return None
    return next((one for one in candidates if f"{_words(one.title)} ".startswith(f"{slug} ")), None)


def slug_of(url: str) -> str:
    """Words of the longest part of the address, without the numbers and the extension behind them."""
    path = url.partition("://")[2].partition("?")[0].partition("/")[2]
    parts = [part for part in unquote(path).split("/") if "-" in part or "_" in part]
    words = _words(max(parts, key=len, default="")).split()
    while words and (words[-1] in _BEHIND_A_SLUG or any(map(str.isdigit, words[-1]))):
        words.pop()
    return " ".join(words)


def _words(text: str) -> str:
    """Words as addresses spell them: without accents and signs, `ue` for `ü`."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_SLUG_LETTERS))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", search_key(letters)))


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
    is_cut_headline = found.fact.source == "json-ld:headline" and len(found.title) in _CUT_HEADLINE
    if not (found.title.endswith(_CUT) or is_cut_headline):
        return found
    start = search_key(found.title.rstrip(".… "))
    whole = (one for one in candidates if one.key.startswith(start) and not one.title.endswith(_CUT))
    return next(whole, found) if not is_cut_headline else max([found, *whole], key=lambda one: len(one.key))


def _without_kicker(found: _Candidate, candidates: list[_Candidate], headings: list[Heading]) -> _Candidate:
    """`Kicker: title` without its kicker, where a source states the title alone, or two put something else before it."""
    tails = _tails(found.title)
    if not tails:
        return found
    alone = (one for one in candidates if one.fact.source in _MEANT and len(one.key) >= _MIN_TAIL and one.key in tails)
    if one := next(alone, None):
        return one
    for title in [*(one.fact.raw for one in candidates), *(heading.text for heading in headings if heading.level == 1)]:
        for tail, before in _tails(title).items():
            if tail in tails and tail.count(" ") >= _MIN_TAIL_WORDS - 1 and _are_kickers(before, tails[tail]):
                found.title = found.fact.value = found.title[len(tails[tail]) :]
                return found
    return found


def _tails(title: str) -> dict[str, str]:
    """Search keys of what stands behind each separator of a title, with what stands before."""
    return {search_key(title[cut.end() :]): title[: cut.end()] for cut in islice(_SEPARATOR.finditer(title), _MAX_CUTS)}


def _are_kickers(one: str, other: str) -> bool:
    """Two kickers, or one behind which two separators stand; not two wordings of the beginning of a title."""
    if not (one.endswith(" ") and other.endswith(" ")):
        return False
    if _words(one) == _words(other):
        return one[-3:] != other[-3:]
    return not _is_akin(search_key(one), search_key(other))
