"""clean: each line with its search key and the role that its own text or its place in the html shows."""

import re

from almasalla_crawler.arabic.dates import is_date_shaped, read_date, split_date
from almasalla_crawler.arabic.letters import search_key, search_keys
from almasalla_crawler.arabic.phrases import Saying, read_saying
from almasalla_crawler.items import Line, Page

# What the part of an html page says about a line whatever its words are.
ZONE_ROLES = {
    "navigation": "navigation", "breadcrumbs": "navigation", "footer": "navigation", "aside": "navigation",
    "form": "navigation", "share": "navigation", "hidden": "navigation", "comments": "comment", "advert": "advert",
    "author_box": "author_box", "caption": "caption", "section": "section", "byline": "byline", "keywords": "keywords",
}  # fmt: skip
_MAY_BE_DATE = re.compile(r"\d|منذ|قبل|امس|اليوم|الان|ago|yesterday|دیروز|ديروز|امروز")  # every date has one of these
_OPENS_A_BYLINE = ("كتب", "بقلم", "اعداد", "تقرير", "تحرير", "الكاتب", "المحرر", "بواسطه", "by ")
_CARRIES_A_VALUE = frozenset({"section", "byline", "keywords"})


class CleanPipeline:
    pure = True

    def process_item(self, page: Page) -> Page:
        if page.reject is None:
            clean(page)
        return page


def clean(page: Page) -> None:
    """Gives every line its search key, and a role where its own words or its html zone show one."""
    for line, key in zip(page.lines, search_keys([line.text for line in page.lines]), strict=True):
        line.key = key
        _say(line, page)


def _say(line: Line, page: Page) -> None:
    role = ZONE_ROLES.get(line.zone)
    if role and role not in _CARRIES_A_VALUE:
        line.role, line.rule = role, f"zone_{line.zone}"
        return
    saying = _saying(line, page)
    if role == "byline" and _MAY_BE_DATE.search(line.key) and read_date(line.text, page.now):
        line.role, line.rule = "date", "date_grammar"  # names and dates often share a box
    elif role:
        line.role, line.rule = role, f"zone_{line.zone}"
        line.value = saying.value if saying and saying.role == role else line.text
    elif saying:
        line.role, line.rule, line.value = saying.role, saying.rule, saying.value
    elif len(line.text) <= 120 and _MAY_BE_DATE.search(line.key) and (rule := _date_rule(line, page)):
        line.role, line.rule = "date", rule
    elif line.zone == "date":
        line.role, line.rule = "navigation", "zone_date"


def _saying(line: Line, page: Page) -> Saying | None:
    """Also of a byline that ends with the date, and of a marker with its headline as a link behind it."""
    if line.key.startswith(_OPENS_A_BYLINE) and (split := split_date(line.text, page.now)):
        saying = read_saying(split[0], search_key(split[0]))
        return saying if saying and saying.role == "byline" else read_saying(line.text, line.key)
    saying = read_saying(line.text, line.key)
    if saying is None and line.links and not line.href and line.text.endswith(line.links[-1][0]):
        label = line.text.removesuffix(line.links[-1][0])
        before = read_saying(label, search_key(label))
        if before and before.role == "marker" and not before.value:
            return Saying(before.role, before.rule, line.links[-1][0])
    return saying


def _date_rule(line: Line, page: Page) -> str:
    """A date that cannot be (31 February) or may be two (24-05-06) is no headline either."""
    if read_date(line.text, page.now):
        return "date_grammar"
    return "unreadable_date" if is_date_shaped(line.text) else ""
