"""The <time> elements that may date the article of a page."""

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from almasalla_crawler.items import Fact
from almasalla_crawler.readers.headers import leads_to_an_author
from almasalla_crawler.readers.microdata import text_of

_MAX_TIMES = 200
_MAX_LINKS = 200
_MAX_ABOVE = 8  # elements around a <time>
_MIN_HEADLINE_SPACES = 3  # of a link
_MIN_BOX_SPACES = 4  # of one in a box: the sections of a path are shorter
_COMMENTS = frozenset("comment comments comment-list commentlist comment-body".split())  # classes


def read_times(times: list[etree._Element], headlines: list[etree._Element]) -> Iterator[Fact]:
    """The <time> marked as publication, and the first one that stands near the headline, an h1."""
    for time in times[:_MAX_TIMES]:
        if time.get("pubdate") is not None and time.get("datetime"):
            yield Fact("date_published", time.get("datetime"), "time:pubdate", time.get("datetime"))
    around = headlines[0] if headlines and times else None
    holders = set() if around is None else set(around.iterancestors())
    for _ in range(3):
        around = around.getparent() if around is not None else None
        if around is None or around.tag in ("body", "html"):
            return
        own = (one for one in islice(around.iter("time"), _MAX_TIMES) if not _is_of_another(one, holders))
        if (time := next(own, None)) is not None and time.get("datetime"):
            yield Fact("date_published", time.get("datetime"), "time:beside_headline", time.get("datetime"))
            return


def _is_of_another(time: etree._Element, holders: set[etree._Element]) -> bool:
    """Is it of a change, a comment, a box of other articles, or in a list of them? `holders` are the elements around the h1."""
    kinds = (time.get("itemprop") or "").split()
    if "dateModified" in kinds and "datePublished" not in kinds:
        return True
    item, is_alone = time, True  # the largest element that has no other <time>
    for above in islice(time.iterancestors(), _MAX_ABOVE):
        if above in holders:
            break
        if _is_a_comment(above) or (above.tag in ("aside", "nav") and _is_a_box(above)):
            return True
        is_alone = is_alone and len(list(islice(above.iter("time"), 2))) == 1
        item = above if is_alone else item
    beside = (one for one in (item.getnext(), item.getprevious()) if one is not None and one.tag == item.tag)
    return _links_a_headline(item) and any(next(one.iter("time"), None) is not None and _links_a_headline(one) for one in beside)


def _is_a_comment(element: etree._Element) -> bool:
    """A comment or a list of them: `meta comments` and what stands right beside the headline tell how many there are."""
    names = (element.get("class") or "").split()
    is_named = not _COMMENTS.isdisjoint(names) and not any("meta" in name for name in names)
    return is_named and all(one is None or one.tag != "h1" for one in (element.getprevious(), element.getnext()))


def _is_a_box(element: etree._Element) -> bool:
    return next(element.iter("h2", "h3", "h4", "h5", "h6"), None) is not None and _links_a_headline(element, _MIN_BOX_SPACES)


def _links_a_headline(item: etree._Element, spaces: int = _MIN_HEADLINE_SPACES) -> bool:
    """Does a link of some words lead from it, and not to an author?

    It does not hold the <time> itself, as the address of the article may.
    """
    links = (link for link in islice(item.iter("a"), _MAX_LINKS) if next(link.iter("time"), None) is None)
    return any(text_of(link).count(" ") >= spaces and not leads_to_an_author(link.get("href") or "") for link in links)
