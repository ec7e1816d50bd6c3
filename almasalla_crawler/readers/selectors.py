"""CSS selectors matched element by element while a tree is walked: an XPath for each costs more than reading the page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from cssselect import SelectorError, parse, parser
from lxml import etree

MAX_AROUND = 20  # elements around one that are looked at: a page may nest two thousand around each of fifty thousand
_SUPPORTED = "tags, .class, #id, [attribute], [attribute=value], descendants and children (a > b) can be selected"
_COMPARED: dict[str, Callable[[str, str], bool]] = {
    "exists": lambda _, __: True,
    "=": lambda found, wanted: found == wanted,
    "~=": lambda found, wanted: wanted in found.split(),
    "^=": str.startswith,
    "$=": str.endswith,
    "*=": str.__contains__,
}


@dataclass(slots=True)
class Compound:
    """What one element must be: `article.post#main[itemprop]`."""

    tag: str = ""
    id: str = ""
    classes: frozenset[str] = frozenset()
    attributes: list[tuple[str, str, str]] = field(default_factory=list)  # name, operator, value
    child_of: bool = False  # must the element around it be the next compound, or any element further out?

    def may_be(self, tag: str, classes: frozenset[str], own_id: str) -> bool:
        return self.tag in ("", tag) and self.id in ("", own_id) and self.classes <= classes

    def matches(self, element: etree._Element) -> bool:
        if self.tag not in ("", element.tag) or (self.id and self.id != element.get("id")):
            return False
        if self.classes and not self.classes.issubset((element.get("class") or "").split()):
            return False
        if not self.attributes:
            return True
        found = ((element.get(name), operator, value) for name, operator, value in self.attributes)
        return all(text is not None and _COMPARED[operator](text, value) for text, operator, value in found)


Chain = tuple[Compound, ...]  # the element itself first, then those around it


@lru_cache(maxsize=1024)
def read_selectors(css: str) -> tuple[Chain, ...]:
    """The alternatives of a selector list. Raises ValueError for what is no CSS and for what is not supported."""
    try:
        return tuple(_chain(one) for one in parse(css)) if css else ()
    except (SelectorError, ValueError) as error:
        raise ValueError(f"{css!r}: {error}") from error


def _chain(selector: parser.Selector) -> Chain:
    tree, found = selector.parsed_tree, []
    if selector.pseudo_element is not None:
        raise ValueError(_SUPPORTED)
    while isinstance(tree, parser.CombinedSelector):
        if tree.combinator not in (" ", ">"):
            raise ValueError(_SUPPORTED)
        found.append(_compound(tree.subselector, tree.combinator == ">"))
        tree = tree.selector
    return (*found, _compound(tree))


def _compound(tree: parser.Tree, child_of: bool = False) -> Compound:
    compound = Compound(child_of=child_of)
    while not isinstance(tree, parser.Element):
        if isinstance(tree, parser.Class):
            compound.classes |= {tree.class_name}
        elif isinstance(tree, parser.Hash):
            compound.id = tree.id
        elif isinstance(tree, parser.Attrib) and tree.operator in _COMPARED:
            compound.attributes.append((tree.attrib, tree.operator, tree.value.value or "" if tree.value else ""))
        else:
            raise ValueError(_SUPPORTED)
        tree = tree.selector
    compound.tag = (tree.element or "").lower()
    return compound


def matches(element: etree._Element, chain: Chain) -> bool:
    """Is this element what the chain selects?"""
    return chain[0].matches(element) and (len(chain) == 1 or _is_inside(element, chain))


def _is_inside(element: etree._Element, chain: Chain) -> bool:
    for outer in islice(element.iterancestors(chain[1].tag or None), MAX_AROUND):
        if matches(outer, chain[1:]) and (not chain[0].child_of or outer is element.getparent()):
            return True
    return False
