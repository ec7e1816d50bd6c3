"""The articles of one page while it is cut, and the lines that they take."""

from almasalla_crawler.arabic.phrases import disclaimer_score
from almasalla_crawler.items import BODY_ROLES, Article, Line, Page
from almasalla_crawler.pipelines.evidence import Evidence
from almasalla_crawler.pipelines.flow import ENDS_A_TEXT
from almasalla_crawler.pipelines.line_shapes import is_enumerated, is_title_like, may_be_a_verse
from almasalla_crawler.pipelines.mentions import Mentions

_BESIDE_A_CREDIT = ENDS_A_TEXT | {"separator", "byline"}


class Bodies:
    """Made before a line gets its role from the evidence: how far the zone of the text reaches is told without it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.evidence = Evidence(page)
        self.lines = self.evidence.lines
        self.mentions = Mentions(page)
        self.has_content_zone = False  # does the main text stand in a container named as such? The header tells
        self._with_text: set[int] = set()  # id() of the articles that have a line of text, and of those with a paragraph
        self._with_paragraph: set[int] = set()
        content = (i for i in range(len(self.lines) - 1, -1, -1) if self.lines[i].zone == "content" and not self.lines[i].role)
        self.last_content = next(content, -1) if self.evidence.is_settled else -1

    def begin(self, role: str, position: int, lines: list[Line]) -> Article:
        article = Article(role, position, lines=[line for line in lines if line.rule != "above_the_text"])
        self.page.articles.append(article)
        return article

    def take(self, article: Article, index: int, rule: str) -> None:
        line = self.lines[index]
        if not line.role:
            line.role, line.rule = self._role_of(index), rule
        article.lines.append(line)
        if line.role in BODY_ROLES:
            self._with_text.add(id(article))
        if line.role in ("paragraph", "list_item"):
            self._with_paragraph.add(id(article))

    def has_text(self, article: Article) -> bool:
        return id(article) in self._with_text

    def has_paragraph(self, article: Article) -> bool:
        return id(article) in self._with_paragraph

    def another_opens(self, index: int, article: Article) -> bool:
        """Does another article or a list of headlines begin at the line, or does it have a dateline of its own?"""
        has_dateline = self.has_paragraph(article) and self.evidence.dateline(index) is not None
        return has_dateline or self.evidence.section_opens(index)

    def resumes(self, index: int) -> bool:
        """Does the text go on behind a credit, disclaimer or the like that stands in the middle of it?"""
        line = self.lines[index]
        first = self.evidence.skip(index + 1, _BESIDE_A_CREDIT)
        if (
            not self.evidence.paragraph_at(first)
            or self.evidence.dateline(first)
            or disclaimer_score(self.lines[first].key, self.evidence.agencies)
        ):
            return False
        return (
            line.role in ("credit", "keywords")
            and self.evidence.paragraph_at(first + 1)
            and not self.evidence.dateline(first + 1)
        )

    def _role_of(self, index: int) -> str:
        line = self.lines[index]
        if line.tag == "li":
            return "list_item"
        found = self.evidence.dateline(index)
        if found and found.length >= len(line.text):
            return "dateline"
        is_heading = line.tag in ("h2", "h3", "h4", "h5", "h6") or (
            is_title_like(line)
            and line.key.count(" ") < 12
            and index + 1 < len(self.lines)
            and self.evidence.paragraph_at(index + 1)
            and not line.text.endswith(("؟", "!", "”", "»", '"'))
            and not (line.text.startswith("و") and line.key.count(" ") > 4)  # a sentence that goes on
        )
        is_heading = is_heading and not (is_enumerated(line) or self._is_paragraph_of_quotes(line) or self._ends_a_poem(index))
        return "subheading" if is_heading else "paragraph"

    def _ends_a_poem(self, index: int) -> bool:
        """Do verses stand above, or is it a quotation?"""
        above = self.lines[max(0, index - 2) : index]
        is_verse = (
            self.evidence.is_html and len(above) == 2 and all(one.role == "paragraph" and may_be_a_verse(one) for one in above)
        )
        return self.lines[index].tag == "blockquote" or (is_verse and may_be_a_verse(self.lines[index]))

    def _is_paragraph_of_quotes(self, line: Line) -> bool:
        return line.text.startswith(("«", "“", '"', "-", "–")) and line.tag[:1] != "h"


class Taking:
    """What takes a kind of lines for the articles and mentions of a page."""

    def __init__(self, bodies: Bodies) -> None:
        self.bodies = bodies
        self.evidence = bodies.evidence
        self.lines = bodies.lines
        self.count = len(bodies.lines)
        self.mentions = bodies.mentions
