"""Keywords in what a page states: lists are cut, machine labels and the site's own phrases dropped."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.items import Fact

MAX_KEYWORDS = 60
MAX_LENGTH = 80  # characters of a keyword: more is a sentence
_BETWEEN = re.compile(r"\s*[,،;؛|、]\s*")
_NO_KEYWORD = re.compile(
    r"[\d\W_]*|.|[0-9a-f]{8}-[0-9a-f-]{27}|https?:.*|(?:www\.)?[\w-]+\.(?:com|net|org|de|fr|co\.uk|ca|tv|info)"
    r"|[a-zA-Z_-]{2,20}:\S.*|(?:NLP )?(?:Category|Entity Tokens|Tag|Topic|Type|Section|Channel):.*"
)
_SECTION_WORDS = frozenset("news article story nachrichten noticias actualites новости اخبار خبر عاجل".split())


def choose_keywords(stated: Iterable[Fact], sites: frozenset[str], text: str) -> list[Fact]:
    """The keywords of the first source that has any of the article's own, one fact each.

    A list with the site's name in it is the same on all its pages: of it counts only what the article's `text` (its
    search key) mentions.
    """
    by_source: dict[str, list[Fact]] = {}
    for fact in stated:
        by_source.setdefault(fact.source, []).append(fact)
    lists = [chosen for facts in by_source.values() if (chosen := list(_own(facts, sites, text)))]
    if not lists:
        return []
    return next((other for other in lists[1:] if _is_run_together(lists[0], other)), lists[0])[:MAX_KEYWORDS]


def _is_run_together(facts: list[Fact], others: list[Fact]) -> bool:
    """Is the list one phrase of all the words of the other: `Brücke Fluss Stadtrat` for `Stadtrat, Brücke, Fluss`?"""
    if len(facts) > 1 or len(others) < 2:
        return False
    return sorted(search_key(facts[0].value).split()) == sorted(word for one in others for word in search_key(one.value).split())


def _own(facts: list[Fact], sites: frozenset[str], text: str) -> Iterator[Fact]:
    pairs = [(fact, keyword) for fact in facts for keyword in split_keywords(fact.value)]
    keys = [search_key(keyword) for _, keyword in pairs]
    own_words = sites | {site.partition(" ")[0] for site in sites}
    is_of_the_site = any(key in own_words or key.replace(" ", "") in own_words for key in keys)
    seen: set[str] = set()
    for (fact, keyword), key in zip(pairs, keys, strict=True):
        if key in seen or _is_no_keyword(keyword, key, sites):
            continue
        if is_of_the_site and (key in _SECTION_WORDS or f" {key}" not in f" {text}"):
            continue
        seen.add(key)
        yield fact if fact.value == keyword else replace(fact, value=keyword)


def _is_no_keyword(keyword: str, key: str, sites: frozenset[str]) -> bool:
    is_site = key in sites or key.replace(" ", "") in sites
    return not key or is_site or len(keyword) > MAX_LENGTH or _NO_KEYWORD.fullmatch(keyword) is not None


def split_keywords(text: str) -> list[str]:
    """`a, b; c` -> a, b, c."""
    return [part.strip("# .\"'") for part in _BETWEEN.split(text)]
