"""Lines that close a text and are none of it, told by their place and by what they speak of."""

import re
from collections import Counter

from almasalla_crawler.arabic.datelines import is_agency
from almasalla_crawler.arabic.furniture import is_furniture, is_label, speaks_to_the_reader
from almasalla_crawler.arabic.letters import search_key, search_keys
from almasalla_crawler.arabic.names import opens_with_a_name
from almasalla_crawler.arabic.phrases import disclaimer_score
from almasalla_crawler.arabic.stems import goes_on
from almasalla_crawler.items import BODY_ROLES, Article, Line
from almasalla_crawler.pipelines.evidence import (
    CLOSING,
    ENDS_A_TEXT,
    HEADINGS,
    MAX_LOOKAHEAD,
    SENTENCE_MARKS,
    Evidence,
    is_paragraph,
)

MAX_DISCLAIMER_WORDS = 70
_DESKS = (
    "فريق ",
    "خاص ",
    "متابعات ",
    "متابعه ",
    "مراسل ",
    "مراسلو ",
    "مراسلنا",
    "تحرير ",
    "قسم ",
    "وحده ",
    "غرفه ",
    "وكالات",
    "ترجمه ",
    "رصد ",
)
_WORDS_OF_DESKS = frozenset(
    "وكالات ووكالات متابعه ومتابعه خاص رصد تحرير مراسل مراسلنا مراسلتنا ترجمه تصوير عدسه المحرر الكاتب".split()
)
_BETWEEN_PARTS = re.compile(r"\s+[-–—ـ|/]\s+")
_BETWEEN_NAMES = re.compile(r"[:：/|+]|\s[-–—ـ]\s")
_COUNTS = re.compile(r"[#@©]|\d")
_YEAR = re.compile(r"\b(?:منذ|since) (?:عام )?(?:19|20)\d\d\b")
_ABOUT_A_NAME = re.compile(r"^(?:about|عن|حول|نبذة عن)\s+", re.I)
_WEB_ADDRESS = re.compile(r"\S+@\S+\.\w+|(?:https?://|www\.)\S+")
MAX_BIOGRAPHY_WORDS = 40
MAX_BIOGRAPHY_LINES = 3
MAX_LABEL_WORDS = 9
MAX_BRIDGED_WORDS = 3
MAX_NAME_WORDS = 4
MAX_BARE_WORDS = 4
DOUBT_OF_WHAT_GOES_ON = 4.0  # a sentence that ties itself to the one above is seldom about the page
MIN_CLOSED = 2  # sentences above a label whose marks show that the text has marks
MAX_LABELS_IN_A_BOX = 2
MAX_LABELS = 4  # between a text and what stands below it
_CLOSES_A_PAGE = frozenset({"disclaimer", "author_box", "credit", "separator"})


def mark_repeated(evidence: Evidence) -> None:
    """A closed sentence that ends two texts of one page, word for word, belongs to neither."""
    counts = Counter(line.key for line in evidence.lines if is_paragraph(line) and line.key.count(" ") > 5)
    for index, line in enumerate(evidence.lines):
        if counts.get(line.key, 0) > 1 and not line.role and evidence.stands_at_an_end(index):
            line.role, line.rule = "disclaimer", "repeated_at_the_end"


def mark_disclaimers(evidence: Evidence) -> None:
    """A line that speaks of responsibility or rights, unless the text goes on below it.

    From the bottom up: below the first of two disclaimers stands the second.
    """
    for index in range(evidence.count - 1, 0, -1):
        line, below = evidence.lines[index], evidence.at(index + 1)
        if line.role or line.href or (below is not None and is_paragraph(below)):
            continue
        labelled = below is not None and not below.role and ":" in below.text and below.key.count(" ") < 6
        needed = 2 if labelled or (evidence.stands_at_an_end(index) and not goes_on(line.key)) else 3
        if line.key.count(" ") < MAX_DISCLAIMER_WORDS and disclaimer_score(line.key, evidence.agencies) >= needed:
            line.role, line.rule = "disclaimer", "disclaimer_shape"


def mark_credits(evidence: Evidence) -> None:
    """A few words that end a text and name a desk or an outlet: `فريق المسلة`, `رويترز`, `خاص بـأفق الميناء`."""
    for index in range(evidence.count - 1, 0, -1):
        line = evidence.lines[index]
        if line.role or line.href or line.key.count(" ") > 6 or not _may_be_credit(evidence, index):
            continue
        if all(names_person_and_desk(one.text) for one in evidence.lines[max(0, index - 2) : index + 1]):
            continue  # those who signed what the text quotes
        if names_person_and_desk(line.text):
            line.role, line.rule = "credit", "person_at_the_end"
            continue
        if line.key.count(" ") > 4:
            continue
        names_one = is_agency(line.key) or any(f" {name} " in f" {line.key} " for name in evidence.agencies if name)
        if (names_one or line.key.startswith(_DESKS)) and not line.text.endswith((".", "؟", "!", ":")):
            line.role, line.rule = "credit", "names_at_the_end"


def names_person_and_desk(text: str) -> bool:
    """`نوال المهيري - هسبريس`, `هسبريس - نوال المهيري`, `هدى كاظم – قسم المتابعة`."""
    parts = search_keys([part.strip() for part in _BETWEEN_PARTS.split(text)])
    named = [opens_with_a_name(key) and key.count(" ") in (1, 2) for key in parts]
    return len(parts) == 2 and any(named) and all(key and key.count(" ") < 4 for key in parts) and not text.endswith((".", ":"))


def mark_author_boxes(evidence: Evidence) -> None:
    """Above `عرض جميع مقالات الكاتب` stand a name and who that is; below, addresses."""
    for index, line in enumerate(evidence.lines):
        if line.rule != "about_author":
            continue
        above = evidence.lines[max(0, index - 3) : index]
        first = next((i for i, one in enumerate(above) if one.role in ("byline", "author_box")), len(above))
        if not any(map(is_paragraph, evidence.lines[max(0, index - MAX_LOOKAHEAD) : index - len(above) + first])):
            continue  # the name stands above the text
        for one in [*above[first + 1 :], *filter(_may_be_name, above[-1:])]:
            if not one.role and one.key.count(" ") < MAX_BIOGRAPHY_WORDS:
                one.role, one.rule = "author_box", "above_author_box"
        for one in evidence.lines[index + 1 : index + 4]:
            if not one.role and _WEB_ADDRESS.fullmatch(one.text):
                one.role, one.rule = "author_box", "address_of_author"


def _may_be_name(line: Line) -> bool:
    is_name = opens_with_a_name(line.key) and line.key.count(" ") < MAX_NAME_WORDS and _is_label(line)
    return is_name and not line.role and _BETWEEN_NAMES.search(line.text) is None


def mark_biographies(evidence: Evidence, names: frozenset[str]) -> None:
    """The name of an author whom the page or its record states, alone on a line below the text, and the few lines on who that
    is, to the end. A name with nothing below it signs the text."""
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


def _is_below_a_text(evidence: Evidence, index: int) -> bool:
    """Do at least two paragraphs stand above, one of them close?"""
    near = any(map(is_paragraph, evidence.lines[max(0, index - MAX_LABELS) : index]))
    return near and sum(map(is_paragraph, evidence.lines[max(0, index - MAX_LOOKAHEAD) : index])) > 1


def _may_be_credit(evidence: Evidence, index: int) -> bool:
    """At the end of a text; a desk also between a paragraph and a line that is none."""
    if evidence.stands_at_an_end(index):
        return True
    is_desk = evidence.lines[index].key.startswith(_DESKS) and is_paragraph(evidence.lines[index - 1])
    return is_desk and not evidence.paragraph_at(index + 1)


def mark_labels(evidence: Evidence) -> None:
    """`label: name` among the lines that close a text: its source, or behind the source its keywords."""
    for index, line in enumerate(evidence.lines):
        label, _, value = (part.strip() for part in line.text.partition(":"))
        if not index or not value or len(label) > 30 or line.role or line.href or line.tag == "li" or is_paragraph(line):
            continue
        above = evidence.lines[index - 1]
        if above.role != "separator" and not evidence.stands_at_an_end(index):
            continue
        if above.role == "source":
            line.role, line.rule, line.value = "keywords", "label_behind_source", value
        elif value.count(" ") < 4 and (search_key(value) in evidence.agencies or above.role in _CLOSES_A_PAGE):
            line.role, line.rule, line.value = "source", "source_label", value.rstrip(".")


def mark_tails(evidence: Evidence) -> None:
    """Below the last sentence of a text: names, counts and tags without a full stop; sentences about the page itself.

    From the bottom up, as a line that is none of the text makes the one above it the last. The first paragraph is below none.
    """
    first = next((i for i in range(evidence.count) if evidence.paragraph_at(i)), 0)
    for index in range(evidence.count - 1, first, -1):
        line = evidence.lines[index]
        if line.role or line.href or line.tag in HEADINGS:
            continue
        is_last = _closes_a_text(evidence, index)
        goes_on_above_the_end = not is_last and goes_on(line.key) and not _is_label(line)
        if goes_on_above_the_end or not (is_last or _little_closes_below(evidence, index)):
            continue
        is_below = _stands_below_a_sentence(evidence, index)
        if is_below and not is_last and _is_sure_credit(line, evidence) and _one_sentence_closes_below(evidence, index):
            line.role, line.rule = "credit", "above_the_last_sentence"
            continue
        if is_last and line.tag != "li" and _is_sure_credit(line, evidence):
            line.role, line.rule = "credit", "names_at_the_end"
            continue
        if line.tag == "li" and not is_below:
            continue
        if is_last and is_below and _is_label(line) and _names_somebody(line, evidence):
            line.role = "author_box" if evidence.lines[index - 1].role == "author_box" else "credit"
            line.rule = "label_below_the_text"
        elif _is_about_the_page(evidence, index, is_last, is_below):
            is_sentence = not is_label(line.text, line.key)
            line.role, line.rule = "disclaimer" if is_sentence else "navigation", "speaks_of_the_page"
        elif is_last and is_below and _is_label(line) and _is_bare_or_counts(evidence, index):
            line.role, line.rule = "navigation", "label_below_the_text"


def _is_about_the_page(evidence: Evidence, index: int, is_last: bool, is_below: bool) -> bool:
    """More is asked for behind an open line, which may be a headline of a list, and above lines that nobody knows."""
    line, above = evidence.lines[index], evidence.lines[index - 1]
    is_sure = is_below or bool(above.role) or is_paragraph(above)
    below = 0.0 if is_last else 1.0 if evidence.paragraph_at(index + 1) else 0.5
    doubt = (0.0 if is_sure else 1.0) + below + (DOUBT_OF_WHAT_GOES_ON if _ties_itself(line) else 0.0)
    is_furniture_here = line.key.count(" ") < MAX_DISCLAIMER_WORDS and is_furniture(line.text, line.key, evidence.agencies, doubt)
    return is_furniture_here and not _is_tied(line, above, evidence) and not evidence.opens_article(index)


def _is_tied(line: Line, above: Line, evidence: Evidence) -> bool:
    """A sentence with `and` is what the one above it is: of the news, if that does not speak of the page."""
    is_one = line.key.startswith("و") and _ties_itself(line) and (above.role in BODY_ROLES or is_paragraph(above))
    return is_one and not is_furniture(above.text, above.key, evidence.agencies)


def _ties_itself(line: Line) -> bool:
    return goes_on(line.key) and not speaks_to_the_reader(line.text, line.key)


def _little_closes_below(evidence: Evidence, index: int) -> bool:
    """Do only a few labels that nobody knows, or one sentence, stand between the line and an end?"""
    for below in range(index + 1, min(index + 1 + MAX_LABELS, evidence.count)):
        line = evidence.lines[below]
        if line.role or not (_may_be_label(line) or (below == index + 1 and not goes_on(line.key))):
            return False
        if evidence.stands_at_an_end(below):
            return True
    return False


def _is_between_labels(evidence: Evidence, index: int) -> bool:
    """A word or three above a line that speaks of the page: an office below a name, a heading of a form."""
    line, above, below = evidence.lines[index], evidence.lines[index - 1], evidence.at(index + 1)
    is_furniture_below = below is not None and below.rule in ("speaks_of_the_page", "label_below_the_text", "about_author")
    is_below_furniture = line.number > above.number + 1 and not evidence.is_html  # of a form or a bar: those are left out
    return (is_furniture_below or is_below_furniture) and line.key.count(" ") < MAX_BRIDGED_WORDS


def _is_bare_or_counts(evidence: Evidence, index: int) -> bool:
    """A label without a name, and not the headline of the next article over its date."""
    is_one = _COUNTS.search(evidence.lines[index].text) is not None or _is_bare(evidence, index)
    return is_one and not evidence.opens_article(index)


def _is_bare(evidence: Evidence, index: int) -> bool:
    """A few words without a full stop among lines that speak of the page, or below sentences that all have theirs."""
    line = evidence.lines[index]
    if _is_between_labels(evidence, index):
        return True
    above = evidence.lines[max(0, index - MAX_LABELS - MIN_CLOSED) : index]
    sentences = [one for one in above if not one.role and not _may_be_label(one)][-MIN_CLOSED:]
    closed = [one for one in sentences if is_paragraph(one) and one.text.rstrip(CLOSING).endswith(SENTENCE_MARKS)]
    is_short = line.key.count(" ") < MAX_BARE_WORDS and line.tag != "li" and not (goes_on(line.key) or _says_something(line.key))
    return is_short and len(closed) == len(sentences) == MIN_CLOSED


def _says_something(key: str) -> bool:
    """A definite subject and an indefinite predicate are a sentence: `الساعات المقبلة حاسمة`."""
    first, _, others = key.partition(" ")
    return first.startswith("ال") and bool(others) and not others.split()[-1].startswith(("ال", "لل"))


def _is_sure_credit(line: Line, evidence: Evidence) -> bool:
    """A label that names the publisher, or a desk beside another name."""
    if not _is_label(line):
        return False
    parts = _BETWEEN_PARTS.split(line.text)
    names_a_desk = len(parts) > 1 and any(part.startswith(_DESKS) for part in search_keys(parts[:2]))
    return names_a_desk or any(f" {name} " in f" {line.key} " for name in evidence.agencies if name)


def _one_sentence_closes_below(evidence: Evidence, index: int) -> bool:
    """A line that names the publisher above a single sentence, with which the text ends, is no sub-heading."""
    return (
        evidence.paragraph_at(index + 1) and not goes_on(evidence.lines[index + 1].key) and evidence.stands_at_an_end(index + 1)
    )


def _closes_a_text(evidence: Evidence, index: int) -> bool:
    """A marker below may be a read-also line inside the text: one with its headline, or one above the source line."""
    below = evidence.at(index + 1)
    if below is not None and below.role == "marker":
        return not below.value and not evidence.source_follows(index + 1)
    return evidence.stands_at_an_end(index) or bool(evidence.opens_article(index + 1)) or evidence.labels_section(index + 1)


def _is_label(line: Line) -> bool:
    """A few words that are no sentence."""
    if line.key.count(" ") > 3 and line.key.startswith("و"):
        return False  # a sentence that goes on without a full stop
    return line.key.count(" ") < MAX_LABEL_WORDS and not line.text.rstrip(CLOSING).endswith(SENTENCE_MARKS)


def _may_be_label(line: Line) -> bool:
    """Also a short question, as forms ask it."""
    return _is_label(line) or (line.text.endswith(("؟", "?")) and line.key.count(" ") < MAX_LABEL_WORDS)


def _names_somebody(line: Line, evidence: Evidence) -> bool:
    """Is there a sign of a credit in it: a mark between two names, a desk, a person, an outlet? No figure but a year."""
    if any(map(str.isdigit, _YEAR.sub("", line.key))) or "#" in line.text:
        return False
    return (
        _BETWEEN_NAMES.search(line.text) is not None
        or any(f" {name} " in f" {line.key} " for name in evidence.agencies if name)
        or line.key.startswith(_DESKS)
        or opens_with_a_name(line.key)
        or not _WORDS_OF_DESKS.isdisjoint(line.key.split())
    )


def _stands_below_a_sentence(evidence: Evidence, index: int) -> bool:
    """Are there only a few labels between the line and a closed sentence above? Figures below figures are a table of the text."""
    is_row = any(map(str.isdigit, evidence.lines[index].key))
    for distance, above in enumerate(reversed(evidence.lines[max(0, index - MAX_LABELS) : index])):
        if above.role in ENDS_A_TEXT or above.role == "byline":
            return distance < MAX_LABELS_IN_A_BOX
        if above.role or above.text.endswith((":", "：")) or above.tag == evidence.lines[index].tag == "li":
            return False
        if not _may_be_label(above):
            return above.text.rstrip(CLOSING).endswith(SENTENCE_MARKS) and is_paragraph(above)
        if is_row and any(map(str.isdigit, above.key)):
            return False
    return False


def strip_disclaimer(article: Article, evidence: Evidence) -> None:
    """A disclaimer in words of its own shows by what it says and by standing last."""
    body = [line for line in article.lines if line.role in ("paragraph", "subheading")]
    while (
        len(body) > 1
        and disclaimer_score(body[-1].key, evidence.agencies) >= 2
        and body[-1].key.count(" ") < MAX_DISCLAIMER_WORDS
        and not _is_tied(body[-1], body[-2], evidence)
    ):
        body[-1].role, body[-1].rule = "disclaimer", "disclaimer_at_the_end"
        body.pop()


def strip_headings(article: Article) -> None:
    """A heading below the last paragraph stands over nothing of this text."""
    for line in reversed([one for one in article.lines if one.role in BODY_ROLES]):
        if line.role != "subheading":
            return
        line.role, line.rule = "other", "heading_without_text"
