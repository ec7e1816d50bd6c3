"""Links that say what they lead to: the author, a tag, a category (`rel`, as the themes of WordPress set it)."""

import re
from collections.abc import Iterator

from lxml import etree

from almasalla_crawler.items import Fact
from almasalla_crawler.readers.microdata import text_of

MAX_LINKS = 200
_FIELDS = {"author": "author", "tag": "keyword", "category tag": "section", "category": "section"}
_ALL_OF_AN_AUTHOR = re.compile(
    r"(?:(?:view|see) all (?:of |posts by |articles by )?|(?:عرض|شاهد|مشاهدة) (?:كل|جميع) (?:مقالات|منشورات|مشاركات) )"
    r"(?P<name>.{2,80}?)(?:['’]s? (?:posts|articles))?\.?",
    re.I,
)


def read_relations(links: list[etree._Element], headlines: list[etree._Element]) -> Iterator[Fact]:
    """A category counts as one of the article's if it stands in the same <article> as the headline: teasers have their own."""
    story = _article_around(headlines[0]) if headlines else None
    named = [(link, field) for link in links if (field := _FIELDS.get(link.get("rel")))]
    for link, field in named[:MAX_LINKS]:
        text, source = text_of(link), f"rel:{link.get('rel')}"
        if field == "author" and (found := _ALL_OF_AN_AUTHOR.fullmatch(text)):
            yield Fact(field, found["name"], source, text)
            continue
        is_category = field == "section" or _is_of_categories(link)
        if is_category and headlines and _article_around(link) is story:
            yield Fact("category", text, "rel:category", text)
        yield Fact("section" if is_category else field, text, "rel:category tag" if is_category else source, text)


def _article_around(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors("article"), None)


def _is_of_categories(link: etree._Element) -> bool:
    """Themes made of blocks call each term a tag and say in the box which ones they are."""
    box = link.getparent()
    return box is not None and "taxonomy-category" in (box.get("class") or "").split()
