"""Below a text: the name of who wrote it, and the lines on who that is."""

import re

from almasalla_crawler.arabic.biographies import tells_a_profession, tells_who_somebody_is
from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.arabic.names import opens_with_a_name
from almasalla_crawler.items import Line
from almasalla_crawler.pipelines.credits import BETWEEN_NAMES
from almasalla_crawler.pipelines.evidence import Evidence
from almasalla_crawler.pipelines.flow import ENDS_A_TEXT, MAX_LOOKAHEAD
from almasalla_crawler.pipelines.labels import MAX_LABEL_WORDS, MAX_LABELS, is_short_label
from almasalla_crawler.pipelines.line_shapes import is_paragraph

_ABOUT_A_NAME = re.compile(r"^(?:about|عن|حول|نبذة عن)\s+", re.I)
_WEB_ADDRESS = re.compile(r"\S+@\S+\.\w+|(?:https?://|www\.)\S+")
_NAME_BEFORE_A_DASH = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,3} [-–—] ")
MAX_BIOGRAPHY_WORDS = 40
MAX_BIOGRAPHY_LINES = 3
MAX_NAME_WORDS = 4


def mark_author_boxes(evidence: Evidence) -> None:
    """Above `عرض جميع مقالات الكاتب` stand a name and who that is; below, addresses."""
    headline = 0
    for index, line in enumerate(evidence.lines):
        headline = index if line.tag == "h1" else headline
        if line.rule != "about_author":
            continue
        above = evidence.lines[max(0, index - 3) : index]
        first = next((i for i, one in enumerate(above) if one.role in ("byline", "author_box")), len(above))
        end = index - len(above) + first
        if not any(map(is_paragraph, evidence.lines[max(headline, index - MAX_LOOKAHEAD) : end])):
            continue  # the name stands above the text
        for one in [*above[first + 1 :], *filter(_may_be_on_an_author, above[-1:])]:
            if not one.role and one.key.count(" ") < MAX_BIOGRAPHY_WORDS:
                one.role, one.rule = "author_box", "above_author_box"
        for one in evidence.lines[index + 1 : index + 4]:
            if not one.role and _WEB_ADDRESS.fullmatch(one.text):
                one.role, one.rule = "author_box", "address_of_author"


def _may_be_on_an_author(line: Line) -> bool:
    return _may_be_name(line) or tells_who_somebody_is(line.text, line.key)


def _may_be_name(line: Line) -> bool:
    is_name = opens_with_a_name(line.key) and line.key.count(" ") < MAX_NAME_WORDS and is_short_label(line)
    return is_name and not line.role and BETWEEN_NAMES.search(line.text) is None


def mark_biographies(evidence: Evidence) -> None:
    """The name of an author whom the page or its record states, alone on a line below the text, and the few lines on who that
    is, to the end. A name with nothing below it signs the text."""
    names = evidence.stated_authors
    for index, line in enumerate(evidence.lines if names else []):
        is_name = line.key.count(" ") < MAX_LABEL_WORDS and search_key(_ABOUT_A_NAME.sub("", line.value or line.text)) in names
        if not is_name or not _is_below_a_text(evidence, index):
            continue
        end = evidence.skip_ordinary(index + 1)
        below = evidence.lines[index + 1 : end]
        is_short = all(not one.href and one.key.count(" ") < MAX_BIOGRAPHY_WORDS for one in below)
        if 0 < len(below) <= MAX_BIOGRAPHY_LINES and is_short and evidence.stands_at_an_end(end - 1):
            for one in (line, *below):
                one.role, one.rule = "author_box", "below_name_of_author"


def mark_boxes_on_authors(evidence: Evidence) -> None:
    """Where a text ends, a name on a line below a label or a closing line, and what that person works as.

    A name directly below the text may be the last thing that it tells.
    """
    for index in range(2, evidence.count - 1):
        name, below = evidence.lines[index], evidence.lines[index + 1]
        if not (_may_be_name(name) and tells_a_profession(below.key) and evidence.stands_at_an_end(index + 1)):
            continue
        if below.role or below.href or below.key.count(" ") >= MAX_BIOGRAPHY_WORDS:
            continue
        label = evidence.lines[index - 1]
        is_label = not label.role and is_short_label(label) and label.key.count(" ") < MAX_NAME_WORDS
        above = evidence.lines[index - 2]
        if label.role in ENDS_A_TEXT or (is_label and (above.role in ENDS_A_TEXT or is_paragraph(above))):
            for one in evidence.lines[index - is_label : index + 2]:
                one.role, one.rule = "author_box", "name_and_profession"


def is_on_its_author(evidence: Evidence, index: int) -> bool:
    """Does a line name its author, `عن رنا عواد`, or say who that is? A line on somebody else may be the last of the text."""
    line = evidence.lines[index]
    name = _ABOUT_A_NAME.sub("", line.text)
    if name != line.text and line.key.count(" ") <= MAX_NAME_WORDS and is_short_label(line):
        return opens_with_a_name(search_key(name))
    if line.key.count(" ") >= MAX_BIOGRAPHY_WORDS or not tells_who_somebody_is(line.text, line.key):
        return False
    beside = evidence.lines[index - 1 : index] + evidence.lines[index + 1 : index + 2]
    is_known = line.key.startswith(tuple(f"{author} " for author in evidence.authors))
    return is_known or any(one.role == "author_box" for one in beside) or _is_a_note(evidence, index, beside)


def _is_a_note(evidence: Evidence, index: int, beside: list[Line]) -> bool:
    """A name before a dash and no closed sentence, of whom neither the text nor a list speaks."""
    line = evidence.lines[index]
    is_one = line.tag != "li" and not is_paragraph(line) and _NAME_BEFORE_A_DASH.match(line.text)
    if not is_one or any(tells_who_somebody_is(one.text, one.key) for one in beside):
        return False
    named = " ".join(line.key.split(maxsplit=2)[:2])
    return not any(named in one.key for one in evidence.lines[max(0, index - MAX_LOOKAHEAD) : index] if is_paragraph(one))


def _is_below_a_text(evidence: Evidence, index: int) -> bool:
    """Do at least two paragraphs stand above, one of them close?"""
    near = any(map(is_paragraph, evidence.lines[max(0, index - MAX_LABELS) : index]))
    return near and sum(map(is_paragraph, evidence.lines[max(0, index - MAX_LOOKAHEAD) : index])) > 1
