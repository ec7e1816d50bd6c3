"""Microdata and RDFa: elements with itemprop or property become nodes in the shape of JSON-LD."""

from itertools import islice
from typing import Any

from lxml import etree

from almasalla_crawler.readers.jsonld import Node

MAX_ELEMENTS = 1000  # looked at on one page; the article comes before its comments
MAX_TEXT = 1000  # characters of a value: a name, a date, a headline
_MAX_STEPS = 200  # into and out of elements for one text
_ADDRESSES = {"a": "href", "link": "href", "area": "href", "img": "src", "source": "src", "video": "src", "audio": "src"}
_IS_ADDRESS = frozenset({"url", "image", "thumbnailUrl", "mainEntityOfPage", "contentUrl"})


def read_microdata(root: etree._Element) -> list[Node]:
    """The items that are no property of another item; first a node without a type for properties outside of any item."""
    marked = [one for one in root.iter() if one.get("itemprop") is not None or one.get("itemscope") is not None]
    return _read(marked, "itemscope", "itemtype", "itemprop")


def read_rdfa(root: etree._Element) -> list[Node]:
    marked = [one for one in root.iter() if one.get("typeof") or (one.get("property") and one.tag != "meta")]
    return _read(marked, "typeof", "typeof", "property")


def _read(elements: list[Any], scope: str, kind: str, prop: str) -> list[Node]:
    page: Node = {}
    nodes: dict[Any, Node] = {None: page}
    top = [page]
    around: dict[Any, Any] = {}  # element -> the element of the item it stands in
    for element in elements[:MAX_ELEMENTS]:
        parent = _item_around(element, scope, around)
        names = (element.get(prop) or "").split()
        is_item = element.get(scope) is not None
        if is_item:
            node = nodes[element] = {"@type": (element.get(kind) or "").split()}
        if not names:
            top += [node] if is_item else []
            continue
        holder = nodes.get(parent, page)
        for name in (prefixed.rpartition(":")[2] for prefixed in names):
            value = node if is_item else _value(element, name)
            if value:
                holder.setdefault(name, []).append(value)
    return top


def _item_around(element: etree._Element, scope: str, around: dict[Any, Any]) -> Any:
    """The nearest element around with `scope`; each element of the page is asked once."""
    path = []
    above = element.getparent()
    while above is not None and above not in around and above.get(scope) is None:
        path.append(above)
        above = above.getparent()
    found = around.get(above, above) if above is None or above.get(scope) is None else above
    around.update(dict.fromkeys(path, found))
    return found


def _value(element: etree._Element, name: str) -> str:
    is_day = element.tag == "data" and name.startswith("date")  # the number of a section says less than its name
    stated = element.get("content") or element.get("datetime") or (element.get("value") if is_day else None)
    if stated:
        return str(stated[:MAX_TEXT])
    if name in _IS_ADDRESS and element.tag in _ADDRESSES:
        return str(element.get(_ADDRESSES[element.tag]) or "")[:MAX_TEXT]
    return text_of(element)


def text_of(element: etree._Element) -> str:
    """Text at the beginning of an element: a body is no value, and what holds thousands of elements no name."""
    parts = [element.text or ""]
    for event, one in islice(etree.iterwalk(element, events=("start", "end", "comment")), 1, _MAX_STEPS):
        parts.append((one.text if event == "start" else one.tail if one is not element else "") or "")
    return "".join(parts)[:MAX_TEXT]
