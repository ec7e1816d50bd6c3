"""Sentences at the end of a text that speak of the page or of responsibility and rights, and not of the news."""

from collections import Counter

from almasalla_crawler.arabic.furniture import is_furniture, speaks_to_the_reader
from almasalla_crawler.arabic.phrases import disclaimer_score
from almasalla_crawler.arabic.stems import goes_on
from almasalla_crawler.items import BODY_ROLES, Article, Line
from almasalla_crawler.pipelines.evidence import Evidence
from almasalla_crawler.pipelines.line_shapes import is_paragraph

MAX_DISCLAIMER_WORDS = 70
COPIED_ABOVE = 2  # lines above a repeated one that are repeated too where the whole text is
DOUBT_OF_WHAT_GOES_ON = 4.0  # a sentence that ties itself to the one above is seldom about the page


def mark_repeated(evidence: Evidence) -> None:
    """A closed sentence that ends two texts of one page, word for word, belongs to neither; unless one text is there twice."""
    counts = Counter(line.key for line in evidence.lines if is_paragraph(line) and line.key.count(" ") > 5)
    for index, line in enumerate(evidence.lines):
        if counts.get(line.key, 0) < 2 or line.role or not evidence.stands_at_an_end(index):
            continue
        if not all(counts.get(one.key, 0) > 1 for one in evidence.lines[max(0, index - COPIED_ABOVE) : index]):
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


def is_about_the_page(evidence: Evidence, index: int, is_last: bool, is_below: bool) -> bool:
    """More is asked for behind an open line, which may be a headline of a list, and above lines that nobody knows."""
    line, above = evidence.lines[index], evidence.lines[index - 1]
    is_sure = is_below or bool(above.role) or is_paragraph(above)
    below = 0.0 if is_last else 1.0 if evidence.paragraph_at(index + 1) else 0.5
    doubt = (0.0 if is_sure else 1.0) + below + (DOUBT_OF_WHAT_GOES_ON if _ties_itself(line) else 0.0)
    is_furniture_here = line.key.count(" ") < MAX_DISCLAIMER_WORDS and is_furniture(line.text, line.key, evidence.agencies, doubt)
    if not is_furniture_here or evidence.dateline(index):
        return False
    return not _is_tied(line, above, evidence) and not evidence.opens_article(index)


def _is_tied(line: Line, above: Line, evidence: Evidence) -> bool:
    """A sentence with `and` is what the one above it is: of the news, if that does not speak of the page."""
    is_one = line.key.startswith("و") and _ties_itself(line) and (above.role in BODY_ROLES or is_paragraph(above))
    return is_one and not is_furniture(above.text, above.key, evidence.agencies)


def _ties_itself(line: Line) -> bool:
    return goes_on(line.key) and not speaks_to_the_reader(line.text, line.key)
