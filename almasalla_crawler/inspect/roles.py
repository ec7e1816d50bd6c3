"""Families of the roles of lines: a page is coloured by what became of each line, not by two dozen roles."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

FAMILIES = {
    "headline": ("title", "subtitle"),
    "body": ("paragraph", "subheading", "list_item", "dateline"),
    "evidence": ("date", "byline", "source", "credit", "keywords", "section"),
    "mention": ("marker", "similar_title", "read_also"),
    "notice": ("disclaimer", "author_box", "caption", "comment"),
}
_FAMILY = {role: family for family, roles in FAMILIES.items() for role in roles}
NAMES = {
    "headline": "headlines", "body": "text of articles", "evidence": "date, source, names", "mention": "other articles named",
    "notice": "notices and captions", "rest": "navigation and the rest",
}  # fmt: skip


def family(role: str) -> str:
    """The family of a role; `rest` for navigation, adverts and whatever is new."""
    return _FAMILY.get(role, "rest")


@dataclass
class Legend:
    """The roles of one family on a page, the most frequent first."""

    family: str
    roles: list[tuple[str, int]] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(count for _, count in self.roles)


def legend(lines: Iterable[dict[str, Any]]) -> list[Legend]:
    """What the lines of a page became, family by family; the counts add up to the number of lines."""
    found = {name: Legend(name) for name in NAMES}
    for role, count in Counter(line["role"] for line in lines).most_common():
        found[family(role)].roles.append((role, count))
    return [one for one in found.values() if one.roles]


@dataclass
class Run:
    """Lines in a row that belong to one article, or to none."""

    article: int | None  # index of the article on the page
    lines: list[dict[str, Any]] = field(default_factory=list)


def runs(lines: Iterable[dict[str, Any]]) -> list[Run]:
    """All lines in order, those of one article together where they stand together."""
    found: list[Run] = []
    for line in lines:
        if not found or found[-1].article != line["article"]:
            found.append(Run(line["article"]))
        found[-1].lines.append(line)
    return found
