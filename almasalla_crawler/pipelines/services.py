"""Pages that stay and whose figures change: the weather, rates, scores. Told by their names, where they show no day."""

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.arabic.refusals import read_name_of_service
from almasalla_crawler.items import Page

_BEFORE_A_SITE_NAME = (" | ", " - ", " – ", " — ", " :: ", " » ")
_CELLS = ("th", "td")  # `today` over a column is no day of the page


def service_of(page: Page) -> str:
    """`Weather in Basra | The Courier`: what a page of the web without a day shows, by its headline and its title."""
    if is_of_a_day(page):
        return ""
    shown = _headlines(page)
    for title in titles_of(page):
        sides = (side for head, tail in sides_of(title) for side in ((head, tail), (tail, head)))
        shown += [title, *(side for side, other in sides if _is_of_the_page(search_key(side), search_key(other), shown))]
    return next(filter(None, (read_name_of_service(search_key(name)) for name in shown)), "")


def _headlines(page: Page) -> list[str]:
    """The headline of the text; of a page without one, those of the page."""
    titles = [line.text for line in page.lines if line.role == "title"][:1]
    return titles or [line.text for line in page.lines if line.tag == "h1"]


def titles_of(page: Page) -> list[str]:
    return [fact.value for fact in page.facts if fact.source == "html:title"][:1]


def _is_of_the_page(side: str, other: str, headlines: list[str]) -> bool:
    """Is one side of the title no section or site beside the headline?"""
    keys = [search_key(headline) for headline in headlines]
    return not keys or (other not in keys and any(not set(side.split()).isdisjoint(key.split()) for key in keys))


def is_dated(page: Page) -> bool:
    """Does a day stand beside the headline?"""
    is_shown = any(line.role == "date" and line.tag not in _CELLS for article in page.articles[:1] for line in article.lines)
    return is_shown or any(fact.source.startswith("time:") for fact in page.facts)


def is_of_a_day(page: Page) -> bool:
    """The same, or does its markup state one?"""
    return is_dated(page) or any(fact.field == "date_published" for fact in page.facts)


def sides_of(title: str) -> list[tuple[str, str]]:
    """What stands before and behind the name of the site, or the other way round."""
    cut = [title.rpartition(separator) for separator in _BEFORE_A_SITE_NAME if separator in title]
    return [(head, tail) for head, _, tail in cut]
