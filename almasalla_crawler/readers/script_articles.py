"""What the data of a page that fills its frame by script state of its article: `__NEXT_DATA__` and what is made like it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.items import Fact
from almasalla_crawler.readers.script_lists import HOLD_A_TEXT, SPELLING, TITLES
from almasalla_crawler.readers.scripts import json_scripts

MAX_OBJECTS = 20_000
MAX_VALUES = 30  # of one field
MIN_TITLE = 15
SOURCE = "script:"
_DATES = ("datepublished", "publishedat", "publishdate", "publicationdate", "published")  # any page has been created once
_ARTICLES = frozenset({"article", "newsarticle", "news", "newsitem", "post", "story"})  # no `page`, no `job`
_AUTHORS = ("author", "authors", "writer", "writers")
_TAGS = ("tags", "keywords")
_NAMES = ("name", "title", "fullname")
_ISO_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class ScriptArticle:
    html: str
    facts: list[Fact] = field(default_factory=list)


def article_in_scripts(source: str, html: str, titles: Sequence[str]) -> ScriptArticle:
    """Headline, day, author and tags of the object in the JSON of a page that holds the text `html`, taken for its article's.

    It is named an article and has a headline of the page, a day of publication and tags. What stands in lists is of others.
    `titles` are search keys.
    """
    found = (one for data in json_scripts(source) for name, one in _objects(data) if name in _ARTICLES and _holds(one, html))
    one = next((one for one in found if _title_of(one, titles) and _days_of(one) and _names_of(one, _TAGS)), None)
    if one is None:
        return ScriptArticle(html)
    stated = {
        "date_published": _days_of(one)[:1],
        "author": _names_of(one, _AUTHORS),
        "keyword": _names_of(one, _TAGS),
    }
    facts = [Fact(name, value, f"{SOURCE}{name}", value) for name, values in stated.items() for value in values[:MAX_VALUES]]
    return ScriptArticle(f"<h1>{escape(_title_of(one, titles))}</h1>{html}", facts)


def _objects(data: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Those outside lists, each with the name of its property."""
    waiting = [("", data)]
    for _ in range(MAX_OBJECTS):
        if not waiting:
            return
        name, one = waiting.pop()
        if isinstance(one, dict):
            properties = {name.lower().translate(SPELLING): value for name, value in one.items()}
            yield name, properties
            waiting.extend(properties.items())


def _title_of(one: dict[str, Any], titles: Sequence[str]) -> str:
    return next((value for name in TITLES if isinstance(value := one.get(name), str) and _is_stated(value, titles)), "")


def _is_stated(title: str, titles: Sequence[str]) -> bool:
    """Alone or with the name of the site: a headline that only holds the title of the page is of another one."""
    key = search_key(title)
    return len(key) >= MIN_TITLE and any(key in one for one in titles)


def _holds(one: dict[str, Any], html: str) -> bool:
    return any(value == html for name, value in one.items() if name in HOLD_A_TEXT)


def _days_of(one: dict[str, Any]) -> list[str]:
    return [value for name in _DATES if isinstance(value := one.get(name), str) and _ISO_DAY.match(value)]


def _names_of(one: dict[str, Any], fields: Sequence[str]) -> list[str]:
    values: Any = next((one[name] for name in fields if one.get(name)), [])
    names = map(_name, values if isinstance(values, list) else [values])
    return list(dict.fromkeys(filter(None, names)))


def _name(value: Any) -> str:
    if isinstance(value, dict):
        value = next((value[name] for name in _NAMES if isinstance(value.get(name), str)), "")
    return value.strip() if isinstance(value, str) else ""
