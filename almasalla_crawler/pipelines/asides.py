"""What stands beside the text of an html page and still belongs to its articles: headlines below a label, a related article."""

from collections.abc import Callable
from itertools import groupby

from almasalla_crawler.arabic.datelines import read_dateline
from almasalla_crawler.arabic.dates import read_date
from almasalla_crawler.arabic.letters import is_arabic_script
from almasalla_crawler.arabic.phrases import Saying, read_saying
from almasalla_crawler.items import Line, Page
from almasalla_crawler.pipelines.line_shapes import is_paragraph, is_title_like

# Open lists that speak of no article.
_OF_THE_SITE = ("الاكثر", "اكثر", "اخر", "احدث", "ابرز", "اهم", "latest", "popular", "more ")
MAX_LABEL_WORDS = 5
MIN_HEADLINES = 3  # below a label that is no marker
MIN_HEADLINE_WORDS = 5  # of one of them, on average
MAX_DATED = 3  # lines between a title and its text


def relate_asides(page: Page, say: Callable[[Line], None]) -> None:
    """What a marker opens beside the text are headlines of related articles, or one of these; lists of what is new or read
    most stay aside, unless one stands below the text of a page that has no other. `say` gives a line the role its words show.
    """
    last = max((line.number for line in page.lines if line.zone == "content"), default=0) if page.shape == "article" else 0
    is_alone = not any(line.zone == "related" for line in page.lines)
    for zone, run in groupby(page.lines, key=lambda line: line.zone):
        if zone == "aside":
            lines = list(run)
            is_below = 0 < last < lines[0].number
            if is_below and (text := _text_of(lines, page)):
                for line in text:
                    line.rule = line.zone = ""
                    say(line)
            elif _relate_headlines(lines, is_alone=is_alone and is_below):
                is_alone = False


def _relate_headlines(lines: list[Line], *, is_alone: bool) -> bool:
    """Gives headlines and the label above them to the page; tells whether there are any."""
    opened = found = False
    for index, line in enumerate(lines):
        if line.href:
            if opened:
                line.role, line.rule, line.zone = "", "", "related"
            continue
        saying = read_saying(line.text, line.key) if index + 1 < len(lines) and lines[index + 1].href else None
        opened = saying is not None and saying.role == "marker" and not saying.value and not line.key.startswith(_OF_THE_SITE)
        if not opened and is_alone and not found and _labels_headlines(lines, index):
            saying, opened = Saying("marker", "similar"), True
        if saying and opened:
            line.role, line.rule, line.zone = saying.role, saying.rule, "related"
            found = True
    return found


def _labels_headlines(lines: list[Line], index: int) -> bool:
    """A few words above several links that are long enough for headlines, to the end."""
    below = lines[index + 1 :]
    words = [line.key.count(" ") + 1 for line in below]
    is_list = len(below) >= MIN_HEADLINES and all(line.href for line in below)
    return is_list and sum(words) >= MIN_HEADLINE_WORDS * len(words) and lines[index].key.count(" ") < MAX_LABEL_WORDS


def _text_of(lines: list[Line], page: Page) -> list[Line]:
    """From a title with a text below it, and a marker above or its date or dateline beside it, to the end. Without roles."""
    roles = [line.role for line in lines]
    for line in lines:
        line.role = ""
    start = next((index for index in range(len(lines)) if _opens_a_text(lines, index, page)), len(lines))
    for line, role in zip(lines[:start], roles, strict=False):
        line.role = role
    return lines[start:]


def _opens_a_text(lines: list[Line], index: int, page: Page) -> bool:
    saying = read_saying(lines[index].text, lines[index].key)
    is_marker = saying is not None and saying.role == "marker" and not saying.value
    title = index + is_marker
    if title >= len(lines) or lines[title].href or not is_title_like(lines[title]):
        return False
    beside = lines[title + 1 : title + 1 + MAX_DATED]
    first = next((line for line in beside if is_paragraph(line)), None)
    if first is None or not is_arabic_script(first.text):
        return False
    dated = any(read_date(line.text, page.now) for line in beside[: beside.index(first)])
    return is_marker or dated or read_dateline(first.text) is not None
