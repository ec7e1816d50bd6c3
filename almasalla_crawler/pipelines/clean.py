"""clean: each line with its search key and the role that its own text or its place in the html shows."""

import re
from functools import lru_cache, partial

from almasalla_crawler.arabic.dates import is_date_shaped, read_date, split_date
from almasalla_crawler.arabic.letters import search_key, search_keys
from almasalla_crawler.arabic.phrases import Saying, read_saying, tells_to_read
from almasalla_crawler.arabic.stems import stems
from almasalla_crawler.items import Line, Outlet, Page
from almasalla_crawler.pipelines.asides import relate_asides
from almasalla_crawler.pipelines.line_shapes import is_title_like

# What the part of an html page says about a line whatever its words are.
ZONE_ROLES = {
    "navigation": "navigation", "breadcrumbs": "navigation", "footer": "navigation", "aside": "navigation",
    "form": "navigation", "share": "navigation", "hidden": "navigation", "comments": "comment", "advert": "advert",
    "author_box": "author_box", "caption": "caption", "section": "section", "byline": "byline", "keywords": "keywords",
    "note": "disclaimer",
    "title": "title", "dropped": "navigation",
}  # fmt: skip
_MAY_BE_DATE = re.compile(r"\d|منذ|قبل|امس|اليوم|الان|ago|yesterday|دیروز|ديروز|امروز")  # every date has one of these
_OPENS_A_BYLINE = ("كتب", "بقلم", "اعداد", "تقرير", "تحرير", "الكاتب", "المحرر", "بواسطه", "by ")
_SECTION_LABEL = re.compile(r"\A(?:القسم|التصنيف|الفئة|category|section)\s?[:：]\s?(?=\S)", re.I)
_CARRIES_A_VALUE = frozenset({"section", "byline", "keywords"})
# What a marker of an outlet opens, by its kind in the outlet's file -> role and rule of the line.
MARKERS = {
    "read_also": ("marker", "read_also"), "similar": ("marker", "similar"), "disclaimer": ("disclaimer", "outlet:markers"),
    "drop": ("navigation", "outlet:markers"),
}  # fmt: skip


class CleanPipeline:
    def process_item(self, page: Page) -> Page:
        if page.has_text:
            clean(page)
        return page


def clean(page: Page) -> None:
    """Gives every line its search key, and a role where its own words or its place in the html show one."""
    markers = _markers_of(page.site) if page.site and page.site.markers else {}
    for line, key in zip(page.lines, search_keys([line.text for line in page.lines]), strict=True):
        line.key = key
        if key in markers and line.part in ("", "body"):
            line.role, line.rule = MARKERS[markers[key]]
        else:
            _say(line, page)
    relate_asides(page, partial(_say, page=page))


@lru_cache(maxsize=256)
def _markers_of(outlet: Outlet) -> dict[str, str]:
    return {search_key(text): kind for text, kind in outlet.markers}


def _say(line: Line, page: Page) -> None:
    role = ZONE_ROLES.get(line.zone)
    rule = f"outlet:{line.part}" if line.part else f"zone_{line.zone}"
    if role and role not in _CARRIES_A_VALUE:
        line.role, line.rule = role, rule
        return
    saying = _saying(line, page)
    if role == "byline" and _MAY_BE_DATE.search(line.key) and read_date(line.text, page.now):
        line.role, line.rule = "date", "date_grammar"  # names and dates often share a box
    elif role:
        line.role, line.rule = role, rule
        line.value = saying.value if saying and saying.role == role else _SECTION_LABEL.sub("", line.text)
    elif saying and line.part != "date":
        line.role, line.rule, line.value = saying.role, saying.rule, saying.value
    elif len(line.text) <= 120 and _MAY_BE_DATE.search(line.key) and (found := _date_rule(line, page)):
        line.role, line.rule = "date", rule if line.part == "date" else found
    elif line.zone == "date":
        line.role, line.rule = "navigation", rule


def _saying(line: Line, page: Page) -> Saying | None:
    """Also of a byline that ends with the date, and of a marker with its headline as a link behind it."""
    if line.key.startswith(_OPENS_A_BYLINE) and (split := split_date(line.text, page.now)):
        saying = read_saying(split[0], search_key(split[0]))
        return saying if saying and saying.role == "byline" else read_saying(line.text, line.key)
    saying = read_saying(line.text, line.key)
    if saying is None and line.links and not line.href and line.text.endswith(line.links[-1][0]):
        headline = line.links[-1][0]
        label = line.text.removesuffix(headline)
        before = read_saying(label, search_key(label))
        if before and before.role == "marker" and not before.value:
            return Saying(before.role, before.rule, headline)
        if tells_to_read(label, headline):
            return Saying("marker", "read_also", headline)
    if saying is None and line.key.startswith("تابع ") and (headline := _headline_without_link(line, page)):
        return Saying("marker", "read_also", headline)
    return saying


def _headline_without_link(line: Line, page: Page) -> str:
    """What `تابع: ...` carries in plain text, which has no links: no quotation, no sentence, nothing that the text speaks of."""
    label, _, headline = line.text.partition(":")
    is_one = tells_to_read(f"{label}:", headline.strip()) and is_title_like(line) and '"' not in headline and "«" not in headline
    if not is_one or any(one.tag not in ("text", "li") or one.links for one in page.lines):
        return ""
    others = " ".join(one.key for one in page.lines[: line.number - 1])
    return "" if stems(search_key(headline)) & stems(others) else headline.strip()


def _date_rule(line: Line, page: Page) -> str:
    """A date that cannot be (31 February) or may be two (24-05-06) is no headline either."""
    if read_date(line.text, page.now):
        return "date_grammar"
    return "unreadable_date" if is_date_shaped(line.text) else ""
