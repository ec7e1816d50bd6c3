"""Lines below the last sentence of a text, told by their place: a credit, an author's name, furniture of the page."""

import re

from almasalla_crawler.arabic.furniture import is_label
from almasalla_crawler.arabic.stems import goes_on
from almasalla_crawler.pipelines.author_boxes import is_on_its_author
from almasalla_crawler.pipelines.credits import is_sure_credit, names_somebody
from almasalla_crawler.pipelines.disclaimers import is_about_the_page
from almasalla_crawler.pipelines.evidence import Evidence
from almasalla_crawler.pipelines.flow import ENDS_A_TEXT
from almasalla_crawler.pipelines.labels import MAX_LABELS, MAX_MENU_WORDS, is_bare_or_counts, is_short_label, may_be_label
from almasalla_crawler.pipelines.line_shapes import CLOSING, HEADINGS, SENTENCE_MARKS, is_enumerated, is_paragraph

_TAGS_IN_A_ROW = re.compile(r"ال(?:وسوم|تاجات)(?: [^\W\d]+){2,14}")
_HASHTAGS = re.compile(r"#\w+(?:[\s،,]+#\w+)*")
MAX_LABELS_IN_A_BOX = 2
MAX_NAMED_WORDS = 4  # of a name, or of two
_BELOW_HEADLINES = frozenset({"navigation", "disclaimer", "separator"})


def mark_tails(evidence: Evidence) -> None:
    """Below the last sentence of a text: names, counts and tags without a full stop; sentences about the page itself.

    From the bottom up, as a line that is none of the text makes the one above it the last. The first paragraph is below none.
    """
    first = next((i for i in range(evidence.count) if evidence.paragraph_at(i)), 0)
    last_list = _last_list(evidence, first)
    for index in range(evidence.count - 1, first, -1):
        line = evidence.lines[index]
        if line.role or line.href or line.tag in HEADINGS:
            continue
        is_last = _closes_a_text(evidence, index)
        goes_on_above_the_end = not is_last and goes_on(line.key) and not is_short_label(line)
        if goes_on_above_the_end or not (is_last or _little_closes_below(evidence, index)):
            continue
        is_below = _stands_below_a_sentence(evidence, index)
        if is_last and is_below and (tags := _tags_of(evidence, index)):
            line.role, line.rule, line.value = "keywords", "tags_in_a_row", tags
            continue
        if is_below and not is_last and is_sure_credit(line, evidence) and _one_sentence_closes_below(evidence, index):
            line.role, line.rule = "credit", "above_the_last_sentence"
            continue
        if is_last and line.tag != "li" and is_sure_credit(line, evidence):
            line.role, line.rule = "credit", "names_at_the_end"
            continue
        if line.tag == "li" and not is_below:
            continue
        if is_below and is_on_its_author(evidence, index):
            line.role, line.rule = "author_box", "tells_who_somebody_is"
            continue
        may_end = is_last and is_below and index < last_list and is_short_label(line) and not is_enumerated(line)
        if index == last_list:
            continue
        if may_end and names_somebody(line, evidence) and not _is_title_of_another(evidence, index):
            line.role = "author_box" if evidence.lines[index - 1].role == "author_box" else "credit"
            line.rule = "label_below_the_text"
        elif is_about_the_page(evidence, index, is_last, is_below):
            is_sentence = not is_label(line.text, line.key)
            line.role, line.rule = "disclaimer" if is_sentence else "navigation", "speaks_of_the_page"
        elif may_end and is_bare_or_counts(evidence, index):
            line.role, line.rule = "navigation", "label_below_the_text"


def _tags_of(evidence: Evidence, index: int) -> str:
    """The tags of a row as browsers copy it, without marks between them; "" if the line is none. A hashtag may stand alone
    on its line among others, else it may be what the text speaks of."""
    line = evidence.lines[index]
    beside = (evidence.lines[index - 1], *evidence.lines[index + 1 : index + 2])
    if _HASHTAGS.fullmatch(line.text) and (" " in line.text or any(_HASHTAGS.fullmatch(one.text) for one in beside)):
        return line.text
    is_row = _TAGS_IN_A_ROW.fullmatch(line.key) and line.text[-1] not in SENTENCE_MARKS
    return line.text.partition(" ")[2] if is_row else ""


def _last_list(evidence: Evidence, first: int) -> int:
    """Index of the label of the headlines that the page ends with, none shorter than three words; of its end without any.

    Several lines may be the label, as a short headline looks like one: the last of three words or less is.
    """
    end = evidence.count
    while end > first and evidence.lines[end - 1].role in _BELOW_HEADLINES:
        end -= 1
    top = end
    while top > first and evidence.is_headline(top - 1) and evidence.lines[top - 1].key.count(" ") > 1:
        top -= 1
    labels = [index for index in range(max(first, top - 1), end) if evidence.opens_list(index)]
    short = [index for index in labels if evidence.lines[index].key.count(" ") < MAX_MENU_WORDS]
    return (short[-1:] or labels[:1] or [evidence.count])[0]


def _closes_a_text(evidence: Evidence, index: int) -> bool:
    """A marker below may be a read-also line inside the text: one with its headline, or one above the source line."""
    below = evidence.at(index + 1)
    if below is not None and below.role == "marker":
        return not below.value and not evidence.source_follows(index + 1)
    return evidence.stands_at_an_end(index) or bool(evidence.opens_article(index + 1)) or evidence.labels_section(index + 1)


def _is_title_of_another(evidence: Evidence, index: int) -> bool:
    """`فدوى تحرز الكأس للمرة الثانية` opens with a name too, above its date."""
    return evidence.lines[index].key.count(" ") >= MAX_NAMED_WORDS and bool(evidence.opens_article(index))


def _little_closes_below(evidence: Evidence, index: int) -> bool:
    """Do only a few labels that nobody knows, or one sentence, stand between the line and an end?"""
    for below in range(index + 1, min(index + 1 + MAX_LABELS, evidence.count)):
        line = evidence.lines[below]
        if line.role or not (may_be_label(line) or (below == index + 1 and not goes_on(line.key))):
            return False
        if evidence.stands_at_an_end(below):
            return True
    return False


def _one_sentence_closes_below(evidence: Evidence, index: int) -> bool:
    """A line that names the publisher above a single sentence, with which the text ends, is no sub-heading."""
    return (
        evidence.paragraph_at(index + 1) and not goes_on(evidence.lines[index + 1].key) and evidence.stands_at_an_end(index + 1)
    )


def _stands_below_a_sentence(evidence: Evidence, index: int) -> bool:
    """Are there only a few labels between the line and a closed sentence above? Figures below figures are a table of the text."""
    is_row = any(map(str.isdigit, evidence.lines[index].key))
    for distance, above in enumerate(reversed(evidence.lines[max(0, index - MAX_LABELS) : index])):
        if above.role in ENDS_A_TEXT or above.role == "byline":
            return distance < MAX_LABELS_IN_A_BOX
        if above.role or above.text.endswith((":", "：")) or above.tag == evidence.lines[index].tag == "li":
            return False
        if not may_be_label(above):
            return above.text.rstrip(CLOSING).endswith(SENTENCE_MARKS) and is_paragraph(above)
        if is_row and any(map(str.isdigit, above.key)):
            return False
    return False
