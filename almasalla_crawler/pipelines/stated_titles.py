"""The title among those a page states: the one the newsroom gives out, without the site's name and without a kicker."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.items import Fact
from almasalla_crawler.pipelines.title_parts import MIN_TAIL_WORDS, are_kickers, is_akin, tails_of, without_site
from almasalla_crawler.pipelines.title_slugs import slug_of, slug_words

_MIN_TAIL = 8  # letters of a headline that stands behind a kicker
_CUT = ("...", "…")
_CUT_HEADLINE = range(100, 112)  # characters: search engines once asked for at most 110 in JSON-LD
_MAX_TITLES = 20
# Titles written for this article; the others may name the page, the film or the site.
_MEANT = frozenset({"json-ld:headline", "og:title", "microdata:headline", "rdfa:headline", "twitter:title", "dc.title"})
_HEADLINES = frozenset({"json-ld:headline", "og:title", "microdata:headline", "rdfa:headline"})
_COPIES = frozenset({"twitter:title", "parsely-title", "sailthru.title", "cxenseparse:title"})  # of og:title: no second witness
_SAY_THE_SAME = ("json-ld:headline", "html:title", "twitter:title", "og:title")
_MIN_SLUG_WORDS = 4


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
    stated: Iterable[Fact],
    headings: list[Heading],
    lines: dict[str, str],
    sites: frozenset[str],
    url: str = "",
    linked: frozenset[str] = frozenset(),
) -> tuple[Fact | None, bool]:
    """The candidate to believe, its value without the site's name, and whether another source or the text bears it out.

    `stated` comes the most trusted first; `linked` are keys of the lines that the page shows only as links.
    """
    candidates = [_Candidate(fact, fact.value, search_key(fact.value)) for fact in islice(stated, _MAX_TITLES)]
    candidates = [one for one in candidates if one.key and one.key not in sites]
    known = {one.key for one in candidates}
    headlines = [heading.key for heading in headings if _place(heading) == "first"]
    earlier = {key for key in linked - known if any(headline.startswith(f"{key} ") for headline in headlines)}
    shown_whole = [heading.key for heading in headings if heading.level == 1]
    whole = known.union(shown_whole)
    whole -= {key for key in whole if any(one.endswith(f" {key}") for one in shown_whole[:_MAX_TITLES])}
    known |= {heading.key for heading in headings}
    known |= {key for key in lines if key.count(" ") >= MIN_TAIL_WORDS - 1}  # old sites set headlines in no heading
    bare = {title: without_site(title, sites, known, whole, earlier) for title in {one.title for one in candidates}}
    for one in candidates:
        title = bare[one.title]
        one.is_glued, one.title, one.key = title != one.title, title, search_key(title)
        one.fact.value = one.title
    if not candidates:
        return None, False
    slug = slug_of(url)
    given = _given_out(candidates, headlines, slug)
    shown = _agreed(candidates, headings) or given or _shown(candidates, headings, lines, slug)
    found = _without_kicker(_whole(shown or _default(candidates), candidates), candidates, headings)
    return found.fact, shown is not None


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
        if one.key in others or not others or any(is_akin(one.key, other) for other in others):
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
    return next((one for one in candidates if f"{slug_words(one.title)} ".startswith(f"{slug} ")), None)


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
    tails = tails_of(found.title)
    if not tails:
        return found
    alone = (one for one in candidates if one.fact.source in _MEANT and len(one.key) >= _MIN_TAIL and one.key in tails)
    if one := next(alone, None):
        return one
    for title in [*(one.fact.raw for one in candidates), *(heading.text for heading in headings if heading.level == 1)]:
        for tail, before in tails_of(title).items():
            if tail in tails and tail.count(" ") >= MIN_TAIL_WORDS - 1 and are_kickers(before, tails[tail]):
                found.title = found.fact.value = found.title[len(tails[tail]) :]
                return found
    return found
