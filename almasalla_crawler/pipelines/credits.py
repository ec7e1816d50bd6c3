"""Lines that name who a text is from: a desk, an outlet, a person beside one of them, the source."""

import re

from almasalla_crawler.arabic.datelines import is_agency
from almasalla_crawler.arabic.letters import search_key, search_keys
from almasalla_crawler.arabic.names import opens_with_a_name
from almasalla_crawler.items import Line
from almasalla_crawler.pipelines.evidence import Evidence
from almasalla_crawler.pipelines.labels import is_short_label
from almasalla_crawler.pipelines.line_shapes import is_paragraph

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
BETWEEN_NAMES = re.compile(r"[:：/|+]|\s[-–—ـ]\s")
_YEAR = re.compile(r"\b(?:منذ|since) (?:عام )?(?:19|20)\d\d\b")
_CLOSES_A_PAGE = frozenset({"disclaimer", "author_box", "credit", "separator"})


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


def names_somebody(line: Line, evidence: Evidence) -> bool:
    """Is there a sign of a credit in it: a mark between two names, a desk, a person, an outlet? No figure but a year."""
    if any(map(str.isdigit, _YEAR.sub("", line.key))) or "#" in line.text:
        return False
    return (
        BETWEEN_NAMES.search(line.text) is not None
        or any(f" {name} " in f" {line.key} " for name in evidence.agencies if name)
        or line.key.startswith(_DESKS)
        or opens_with_a_name(line.key)
        or not _WORDS_OF_DESKS.isdisjoint(line.key.split())
    )


def is_sure_credit(line: Line, evidence: Evidence) -> bool:
    """A label that names the publisher, a desk beside another name, or a name set apart, `خاص بـأفق الميناء`."""
    if not is_short_label(line):
        return False
    if line.text.startswith("خاص بـ") or line.key.removeprefix("خاص ب") in evidence.agencies:
        return True
    parts = _BETWEEN_PARTS.split(line.text)
    names_a_desk = len(parts) > 1 and any(part.startswith(_DESKS) for part in search_keys(parts[:2]))
    return names_a_desk or any(f" {name} " in f" {line.key} " for name in evidence.agencies if name)
