"""A few words on a line that are no sentence, and which of them belong to no text."""

import re

from almasalla_crawler.arabic.sections import names_a_section
from almasalla_crawler.arabic.stems import goes_on
from almasalla_crawler.items import Line
from almasalla_crawler.pipelines.evidence import Evidence
from almasalla_crawler.pipelines.line_shapes import CLOSING, SENTENCE_MARKS, is_paragraph
from almasalla_crawler.readers.tables import is_of_a_table

_COUNTS = re.compile(r"[#@©]|\d")
MAX_LABEL_WORDS = 9
MAX_BRIDGED_WORDS = 3
MAX_BARE_WORDS = 4
MIN_CLOSED = 2  # sentences above a label whose marks show that the text has marks
MAX_MENU_WORDS = 3
MIN_MENU = 4  # lines
MAX_LABELS = 4  # between a text and what stands below it


def is_short_label(line: Line) -> bool:
    """A few words that are no sentence."""
    if line.key.count(" ") > 3 and line.key.startswith("و"):
        return False  # a sentence that goes on without a full stop
    return line.key.count(" ") < MAX_LABEL_WORDS and not line.text.rstrip(CLOSING).endswith(SENTENCE_MARKS)


def may_be_label(line: Line) -> bool:
    """Also a short question, as forms ask it."""
    return is_short_label(line) or (line.text.endswith(("؟", "?")) and line.key.count(" ") < MAX_LABEL_WORDS)


def may_be_of_menu(line: Line) -> bool:
    is_short = line.key.count(" ") < MAX_MENU_WORDS and not line.text.endswith((".", ":", "؟", "!"))
    return line.role == "navigation" or (is_short and line.role in ("", "credit"))  # `محليات` may be either


def mark_menu_below(evidence: Evidence) -> None:
    """Links of a word or three that end an html page outside its text, and words that end a copied one and mostly name sections,
    are its menu. Other words of this kind may be a list of the text."""
    end = evidence.count
    while end and (may_be_of_menu(evidence.lines[end - 1]) or evidence.lines[end - 1].rule == "copyright"):
        end -= 1
    below = [line for line in evidence.lines[end:] if not line.role and line.zone != "content"]
    links = [line for line in below if line.href]
    sections = sum(names_a_section(line.key) for line in below)
    is_listed = end > 0 and evidence.lines[end - 1].text.endswith((":", "："))
    is_menu = not (evidence.is_html or is_listed) and len(below) >= MIN_MENU and 2 * sections >= len(below)
    for line in links or (below if is_menu else []):
        line.role, line.rule = "navigation", "menu_below_the_text"


def is_bare_or_counts(evidence: Evidence, index: int) -> bool:
    """A label without a name; no cell of a table inside the text, and not the headline of the next article over its date."""
    line = evidence.lines[index]
    if line.zone == "content" and is_of_a_table(evidence.lines, index):
        return False
    # `(الدولار = 3.75 ريال)` counts nothing
    is_one = " = " not in line.text and (_COUNTS.search(line.text) is not None or _is_bare(evidence, index))
    return is_one and not evidence.opens_article(index)


def _is_bare(evidence: Evidence, index: int) -> bool:
    """A few words without a full stop among lines that speak of the page, or below sentences that all have theirs."""
    line = evidence.lines[index]
    if _is_between_labels(evidence, index):
        return True
    above = evidence.lines[max(0, index - MAX_LABELS - MIN_CLOSED) : index]
    sentences = [one for one in above if not one.role and not may_be_label(one)][-MIN_CLOSED:]
    closed = [one for one in sentences if is_paragraph(one) and one.text.rstrip(CLOSING).endswith(SENTENCE_MARKS)]
    is_short = line.key.count(" ") < MAX_BARE_WORDS and line.tag != "li" and not (goes_on(line.key) or _says_something(line.key))
    return is_short and len(closed) == len(sentences) == MIN_CLOSED


def _is_between_labels(evidence: Evidence, index: int) -> bool:
    """A word or three above a line that speaks of the page: an office below a name, a heading of a form."""
    line, above, below = evidence.lines[index], evidence.lines[index - 1], evidence.at(index + 1)
    is_furniture_below = below is not None and below.rule in ("speaks_of_the_page", "label_below_the_text", "about_author")
    is_below_furniture = line.number > above.number + 1 and not evidence.is_html  # of a form or a bar: those are left out
    return (is_furniture_below or is_below_furniture) and line.key.count(" ") < MAX_BRIDGED_WORDS


def _says_something(key: str) -> bool:
    """A definite subject and an indefinite predicate are a sentence: `الساعات المقبلة حاسمة`."""
    first, _, others = key.partition(" ")
    return first.startswith("ال") and bool(others) and not others.split()[-1].startswith(("ال", "لل"))
