"""Lists of paragraphs in the JSON of a page: which of them is the text of its article, and their html."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.readers.running import SHORT, is_closed

MIN_PARAGRAPHS = 3

# Properties around a list that is none of the text, and those that say it is.
_BESIDE_A_TEXT = re.compile(
    r"comment|repl(?:y|ies)|related|latest|recent|recommend|similar|trending|popular|most|more|messages?|consent|cookie|privacy|polic"
    r"|legal|faq|question|menu|nav|foot|sidebar|teaser|translation|i18n|locale|labels|config|settings|captions|photos|images|tags"
)
HOLD_A_TEXT = frozenset("article articlebody body bodyblocks content contents blocks paragraphs text fulltext story post".split())
# What has one beside its text is an article, a comment, a question or a part of the menu.
_NAMES_OF_OTHERS = frozenset(
    "title headline name user username author comment excerpt summary description q question answer label slug permalink".split()
)
TITLES = ("headline", "title")
_MIN_TITLE = 10  # letters of a headline that is found in a longer one
_PICTURES = re.compile(r"image|img|photo|picture|video|audio|gallery|embed|iframe|related|advert|\bad\b|banner|newsletter", re.I)
_HEADINGS = re.compile(r"h[1-6]|head(?:ing|er|line)?|sub-?(?:head|title)\w*", re.I)
_NO_TAG = re.compile(
    r"<(?!/?(?:a|abbr|b|blockquote|br|cite|code|del|div|em|h[2-6]|i|ins|li|mark|ol|p|q|s|small|span|strong|sub|sup|u|ul)"
    r"(?:\s+[\w-]{1,30}=(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*/?>)",
    re.I,
)

SPELLING = str.maketrans("", "", "_-")  # `article_body`

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundList:
    items: list[Any]
    names: Path  # of the properties around it, the outermost first
    holders: tuple[dict[str, Any], ...]  # the two objects around it, the inner one last


def lists_of(data: Any) -> Iterator[FoundList]:
    waiting: list[tuple[Any, Path, tuple[dict[str, Any], ...]]] = [(data, (), ())]
    while waiting:
        one, names, holders = waiting.pop()
        if isinstance(one, list):
            yield FoundList(one, names, holders)
            waiting.extend((item, names, ()) for item in one)
        elif isinstance(one, dict):
            around = (*holders[-1:], one)
            waiting.extend((value, (*names[-9:], name.lower().translate(SPELLING)), around) for name, value in one.items())


def sentences_of(items: list[Any]) -> tuple[Path, list[str]]:
    """Where the entries have their text, as property names, and those that say a sentence: `"..."`, `{"text": "..."}` or
    `{"data": {"text": "..."}}`."""
    said = [found for item in items if (found := _said(item, depth=2))]
    if not said:
        return (), []
    path = Counter(path for path, _ in said).most_common(1)[0][0]
    return path, [text for where, text in said if where == path]


def is_of_the_article(found: FoundList, titles: Sequence[str]) -> bool:
    """Does an object around the list have the headline of the page, or, where none has any, its property the name of a text?"""
    if any(map(_BESIDE_A_TEXT.search, found.names)) or not _are_paragraphs(found.items):
        return False
    stated = [holder[name] for holder in found.holders for name in TITLES if isinstance(holder.get(name), str)]
    if titles and any(_is_one_of(title, titles) for title in stated):
        return True
    own = found.holders[-1:] if found.names[-1:] and found.names[-1] in HOLD_A_TEXT else found.holders
    has_another = any(isinstance(holder.get(name), str) for holder in own for name in TITLES)
    return not (titles and has_another) and not HOLD_A_TEXT.isdisjoint(found.names[-2:])


def as_html(items: list[Any], path: Path) -> str:
    """All entries with a text, short ones too, but for what a picture or a link to another article says."""
    texts = ((item, _at(item, path)) for item in items)
    return "".join(_block(_kind(item), text) for item, text in texts if text and not _PICTURES.search(_kind(item)))


def _said(item: Any, depth: int) -> tuple[Path, str] | None:
    if isinstance(item, str):
        return ((), item) if len(item) >= SHORT and is_closed(item) else None
    if not isinstance(item, dict) or not depth:
        return None
    said = (((name, *found[0]), found[1]) for name, value in item.items() if (found := _said(value, depth - 1)))
    return max(said, key=lambda found: len(found[1]), default=None)


def _are_paragraphs(items: list[Any]) -> bool:
    """Most entries of other lists have a name."""
    named = sum(isinstance(item, dict) and not _NAMES_OF_OTHERS.isdisjoint(map(str.lower, item)) for item in items)
    return 2 * named < len(items)


def _is_one_of(title: str, titles: Sequence[str]) -> bool:
    key = search_key(title)
    return any(key == one or (min(len(key), len(one)) >= _MIN_TITLE and (key in one or one in key)) for one in titles)


def _at(item: Any, path: Path) -> str:
    for name in path:
        item = item.get(name) if isinstance(item, dict) else None
    return item.strip() if isinstance(item, str) else ""


def _kind(item: Any) -> str:
    kind = (item.get("type") or item.get("kind")) if isinstance(item, dict) else ""
    return kind if isinstance(kind, str) else ""


def _block(kind: str, text: str) -> str:
    tag = "h2" if _HEADINGS.fullmatch(kind) else "p"
    return f"<{tag}>{_NO_TAG.sub('&lt;', text)}</{tag}>"
