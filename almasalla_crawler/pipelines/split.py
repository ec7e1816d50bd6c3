"""split: which lines are the main article, which are related ones, which are headlines, and what the rest is.

A page is read from top to bottom: header, main article, and after its end entries: a headline alone is a mention, a
headline with a text is a related article. A boundary needs evidence (a marker, the source line, a credit, a disclaimer,
an author box, a title with its date or dateline, a second dateline); the rule that decided stays on each line.
"""

from datetime import datetime

from almasalla_crawler.arabic.letters import count_letters
from almasalla_crawler.items import BODY_ROLES, Article, Page, Reject
from almasalla_crawler.pipelines.author_boxes import mark_author_boxes, mark_biographies, mark_boxes_on_authors
from almasalla_crawler.pipelines.bodies import Bodies
from almasalla_crawler.pipelines.credits import mark_credits, mark_labels
from almasalla_crawler.pipelines.dated_names import mark_dated_names
from almasalla_crawler.pipelines.disclaimers import mark_disclaimers, mark_repeated, strip_disclaimer
from almasalla_crawler.pipelines.entries import MAX_ARTICLES, Entries
from almasalla_crawler.pipelines.evidence import Evidence
from almasalla_crawler.pipelines.header import Header
from almasalla_crawler.pipelines.labels import mark_menu_below
from almasalla_crawler.pipelines.main_text import MainText
from almasalla_crawler.pipelines.refusals import refusal
from almasalla_crawler.pipelines.tails import mark_tails

MIN_LETTERS = 20  # of a text: less is a label or a number, no sentence


class SplitPipeline:
    def process_item(self, page: Page) -> Page:
        if page.has_text:
            split(page)
        return page


def split(page: Page) -> None:
    """Fills `page.articles` and `page.mentions` and the role, rule and article of every line.

    A page without an article gets the reject `no_article` or `blocked`; its lines keep their roles.
    """
    _cut(page)
    for line in page.lines:
        if not line.role:
            line.role, line.rule = "other", "no_evidence"
    if len(page.articles) > MAX_ARTICLES:
        page.reject = Reject("split", "too_large", f"more than {MAX_ARTICLES} texts")
    else:
        page.reject = refusal(page)


def _cut(page: Page) -> None:
    bodies = Bodies(page)
    evidence = bodies.evidence
    _mark(evidence, page.now)
    if page.shape == "listing" or (page.shape == "no text" and not evidence.knows_the_script):
        return
    header = Header(page, evidence)
    start = header.read()
    if start is None:
        return
    bodies.has_content_zone = header.has_content_zone
    Entries(bodies).take(MainText(bodies).take(start))
    for article in page.articles:
        strip_disclaimer(article, evidence)
        _strip_headings(article)
    _drop_fragments(page)
    for index, article in enumerate(page.articles):
        for line in article.lines:
            line.article = index
    bodies.mentions.take_links()


def _mark(evidence: Evidence, now: datetime | None) -> None:
    """Gives a role to the lines that close a text, before any of them is taken for a part of it."""
    if evidence.knows_the_script:
        mark_dated_names(evidence, now)
    mark_author_boxes(evidence)
    mark_biographies(evidence)
    mark_repeated(evidence)
    if evidence.knows_the_script:
        mark_disclaimers(evidence)
        mark_credits(evidence)
        mark_labels(evidence)
        mark_boxes_on_authors(evidence)
        mark_menu_below(evidence)
        mark_tails(evidence)


def _strip_headings(article: Article) -> None:
    """A heading below the last paragraph stands over nothing of this text."""
    for line in reversed([one for one in article.lines if one.role in BODY_ROLES]):
        if line.role != "subheading":
            return
        line.role, line.rule = "other", "heading_without_text"


def _drop_fragments(page: Page) -> None:
    """A label or a number is no article, wherever it stands."""
    for article in [one for one in page.articles if not _is_a_text(one)]:
        page.articles.remove(article)
        for line in article.lines:
            if line.role in BODY_ROLES or line.role == "title":
                line.role, line.rule = "other", "too_short"


def _is_a_text(article: Article) -> bool:
    """Has it enough letters for a sentence?"""
    texts = [line for line in article.lines if line.role in BODY_ROLES]
    return any(line.key.count(" ") > 5 for line in texts) or sum(count_letters(line.text) for line in texts) >= MIN_LETTERS
