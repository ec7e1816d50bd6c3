"""What the text of an article shows about it: its dates, its byline, the headings around it."""

import re
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from almasalla_crawler.arabic.dates import BAGHDAD, FoundDate, read_date, split_date
from almasalla_crawler.arabic.letters import is_arabic_script, search_key
from almasalla_crawler.arabic.names import is_whole_name, opens_with_a_name
from almasalla_crawler.arabic.places import is_place
from almasalla_crawler.items import BODY_ROLES, Line, Page
from almasalla_crawler.pipelines.dated_names import RULE as DATED_NAME
from almasalla_crawler.pipelines.stated_dates import ShownDate, without_guessed_zone
from almasalla_crawler.pipelines.stated_names import is_name, split_names
from almasalla_crawler.pipelines.stated_titles import Heading

BETWEEN_NAMES = re.compile(r"\s*[+/،,|:]\s*|\s+[–—ـ-]\s*")
_BEFORE_AN_OUTLET = re.compile(r"\s*[+/|:]\s*|\s+[–—ـ-]\s*")
_DATE_LABEL = re.compile(
    r"\s(?:ت[اأ]ريخ|نُ?شر|آخر تحديث|بتاريخ)\b"
    r"|\s(?:في|يوم)\s(?:السبت|ال[أا]حد|ال[إا]ثنين|الثلاثاء|ال[أا]ربعاء|الخميس|الجمعة)\b|\s[|•-]?\s?(?=[0-9٠-٩])"
)
_BYLINE_WORDS = re.compile(
    r"^(?:كتبت?|بقلم|تحرير|إعداد|بواسطة|(?:كتب|نُ?شر|[أا]ُ?ضيف|مرسلة|أرسلت|أرسله) بواسطة|نویسنده|نووسینی"
    r"|by|(?:written|posted|submitted) by)"
    r"\s*[:：\-–]?\s+",
    re.I,
)
_MAX_HEADING = 300  # characters
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_MAX_BYLINE = 100
_DAY_OR_CLOCK = re.compile(
    r"\s(?:on )?(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,?\s"
    r"|\s(?:on )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? (?=\d\d?\b)"
    r"|(?:^|\s)(?:on )?[A-Z][a-z]{2,8}\.? (?=\d\d?,? \d{4})|(?:^|\s[|•-]?\s?)(?=\d)"
)
_LINES_TO_BYLINE = 20  # below the headline: date, share bar, lead
_SIGNED = re.compile(
    r"(?:By|BY|Von|VON|Par|Por|Di|Door|Af|Av|Text|Autor(?:in)?|Autorin/Autor|von|by|par|por)\s*:?\s+(?=[^\W\d_a-z])"
)


def is_arabic(page: Page) -> bool:
    return is_arabic_script("".join(line.text for line in page.lines[:400]))


def zone_of(page: Page, is_in_arabic_script: bool) -> tzinfo | None:
    """The zone the outlet declares; else where the readers of an Arabic page are; nobody knows for other pages."""
    if page.site and page.site.time_zone:
        return ZoneInfo(page.site.time_zone)
    return BAGHDAD if is_in_arabic_script else None


def headings(lines: list[Line]) -> list[Heading]:
    """Headings in reading order."""
    return [
        Heading(line.text, line.key, level, line.role == "navigation")
        for line in lines
        if (level := _LEVELS.get(line.tag)) and line.key and len(line.text) <= _MAX_HEADING
    ]


def shown_dates(lines: list[Line], now: datetime | None, zone: tzinfo | None) -> tuple[ShownDate, FoundDate | None]:
    """The dates of publication and of the last change."""
    stated = [(line, found) for line in lines if (found := _read(line, now, zone))]
    stated = [pair for pair in stated if pair[0].part == "date"] or stated
    modified = next((found for _, found in stated if found.label == "modified"), None)
    return _beside_the_title(lines, [pair for pair in stated if pair[1].label != "modified"]), modified


def _read(line: Line, now: datetime | None, zone: tzinfo | None) -> FoundDate | None:
    """The date of a date line, or the one that ends a byline: `كتب: فلان تاريخ النشر: ...`."""
    found = None
    if line.role == "date":
        found = read_date(line.value or line.text, now, zone or UTC)
    elif line.role == "byline" and (split := split_date(line.text, now, zone or UTC)):
        found = split[1]
    return without_guessed_zone(found, now) if found and zone is None and found.instant else found


def _beside_the_title(lines: list[Line], stated: list[tuple[Line, FoundDate]]) -> ShownDate:
    """A date labelled, or selected by the outlet; else the first one between title and text; else the last one above.

    Below the text is no place, and inside it only the byline that parts a lead from the text.
    """
    labelled = [found for line, found in stated if found.label == "published" or line.part == "date"]
    if labelled:
        return ShownDate(labelled[0], is_certain=True)
    title = next((line.number for line in lines if line.role == "title"), 0)
    text = next((line.number for line in lines if line.role in BODY_ROLES), 0)
    below_title = [(line, found) for line, found in stated if title < line.number < text]
    above_title = [found for line, found in stated if line.number < title]
    if below_title:
        line, found = below_title[0]
        return ShownDate(found, is_certain=line.rule != DATED_NAME)  # beside a place it may tell when something was
    signed = _signed_below_the_lead(lines)
    return ShownDate(next(iter(above_title[-1:] or [found for line, found in stated if line.number in signed]), None))


def _signed_below_the_lead(lines: list[Line]) -> range:
    """Numbers of the byline, and of a date right behind it, that part the heading which opens a text from the rest of it."""
    opening = [line for line in lines if line.role in BODY_ROLES][:2]
    if len(opening) < 2 or opening[0].tag not in _LEVELS:
        return range(0)
    between = (line.number for line in lines if opening[0].number < line.number < opening[1].number and line.role == "byline")
    byline = next(between, 0)
    return range(byline, min(byline + 2, opening[1].number)) if byline else range(0)


def byline_parts(line: Line) -> list[str]:
    """Names and, behind a dash, outlet of a byline, without a place before them; empty for any other line."""
    if line.role != "byline":
        return []
    text = _DATE_LABEL.split(line.value or line.text)[0]
    parts = [part.strip(" :-–،") for part in _BEFORE_AN_OUTLET.split(_BYLINE_WORDS.sub("", text))]
    if len(parts) < 2 or not is_place(search_key(parts[0])):
        return parts
    name = search_key(parts[1])
    is_of_a_person = opens_with_a_name(name) and not any(map(is_place, name.split()[1:]))
    is_signed = is_of_a_person if line.rule == "zone_byline" else is_whole_name(name)
    return parts[1:] if is_signed else ["", *parts[1:]]


def bylines(lines: list[Line], title_key: str) -> list[str]:
    """Names in the first lines below the headline that are marked as a byline or begin as one: `Von Ada Berg`."""
    places = [index for index, line in enumerate(lines) if title_key and line.key.endswith(title_key)]
    places = places or [index for index, line in enumerate(lines) if line.tag == "h1" and line.role != "navigation"]
    for place in places:
        below = lines[place + 1 : place + 1 + _LINES_TO_BYLINE]
        if names := [name for line in below for name in signed_names(line)]:
            return list(dict.fromkeys(names))
    return []


def signed_names(line: Line) -> list[str]:
    """The names of a byline in a language without one of its own grammar here; none for any other line."""
    text = _signed_text(line)
    return [name for name in split_names(text) if is_name(name, people_only=False)] if text else []


def _signed_text(line: Line) -> str:
    """What a byline says but for its date."""
    if line.role == "byline":
        return _DAY_OR_CLOCK.split(line.value or line.text)[0]
    is_of_another_part = line.rule.startswith(("zone_", "outlet:")) and line.role != "author_box"  # that may open with a byline
    if is_of_another_part or len(line.text) > _MAX_BYLINE or line.text.endswith("."):
        return ""
    if not _SIGNED.match(line.text):
        return ""
    return _DAY_OR_CLOCK.split(line.text)[0]
