"""What stands beside the text of an html page and still belongs to its articles: headlines below a label, a related article."""

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby

from almasalla_crawler.arabic.datelines import read_dateline
from almasalla_crawler.arabic.dates import read_date
from almasalla_crawler.arabic.letters import is_arabic_script
from almasalla_crawler.arabic.phrases import Saying, read_saying
from almasalla_crawler.items import Line, Page
from almasalla_crawler.pipelines.line_shapes import is_paragraph, is_title_like

# Open lists that speak of no article.
_OF_THE_SITE = ("الاكثر", "اكثر", "اخر", "احدث", "ابرز", "اهم", "latest", "popular", "more ")
MAX_DATED = 3  # lines between a title and its text


def relate_asides(page: Page, say: Callable[[Line], None]) -> None:
    """What a marker opens beside the text are headlines of related articles, or one of these; lists of what is new or read
    most stay aside. `say` gives a line the role its words show.
    """
    last = max((line.number for line in page.lines if line.zone == "content"), default=0) if page.shape == "article" else 0
    for zone, run in groupby(page.lines, key=lambda line: line.zone):
        if zone == "aside":
            lines = list(run)
            if 0 < last < lines[0].number and (text := _text_of(lines, page)):
                for line in text:
                    line.rule = line.zone = ""
                    say(line)
            else:
                _relate_headlines(lines)


def _relate_headlines(lines: list[Line]) -> None:
    """Gives headlines and the marker above them to the page."""
    opened = False
    for index, line in enumerate(lines):
        if line.href:
            if opened:
                line.role, line.rule, line.zone = "", "", "related"
            continue
        saying = read_saying(line.text, line.key) if index + 1 < len(lines) and lines[index + 1].href else None
        opened = _is_marker(line, saying)
        if saying and opened:
            line.role, line.rule, line.zone = saying.role, saying.rule, "related"


def _is_marker(line: Line, saying: Saying | None) -> bool:
    return saying is not None and saying.role == "marker" and not saying.value and not line.key.startswith(_OF_THE_SITE)


def _text_of(lines: list[Line], page: Page) -> list[Line]:
    """From a title with a text below it, and a marker above or its date or dateline beside it, to the end. Without roles."""
    plain = [replace(line, role="") for line in lines]
    start = next((index for index in range(len(plain)) if _opens_a_text(plain, index, page)), len(plain))
    for line in lines[start:]:
        line.role = ""
    return lines[start:]


def _opens_a_text(lines: list[Line], index: int, page: Page) -> bool:
    """Below a date or a dateline alone two paragraphs tell an article from an event, an advert or the weather."""
    is_marker = _is_marker(lines[index], read_saying(lines[index].text, lines[index].key))
    title = index + is_marker
    if title >= len(lines) or lines[title].href or not is_title_like(lines[title]):
        return False
    first = next((i for i in range(title + 1, min(title + 1 + MAX_DATED, len(lines))) if is_paragraph(lines[i])), None)
    if first is None or not is_arabic_script(lines[first].text):
        return False
    dated = any(read_date(line.text, page.now) for line in lines[title + 1 : first]) or read_dateline(lines[first].text)
    return is_marker or (bool(dated) and first + 1 < len(lines) and is_paragraph(lines[first + 1]))
