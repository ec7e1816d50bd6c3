"""The text of the main article: from the header to the first line that is none of it."""

import re

from almasalla_crawler.items import Article, Line
from almasalla_crawler.pipelines.bodies import Bodies, Taking
from almasalla_crawler.pipelines.evidence import MAX_LABEL_WORDS
from almasalla_crawler.pipelines.flow import ENDS_A_TEXT
from almasalla_crawler.pipelines.line_shapes import is_paragraph, is_title_like
from almasalla_crawler.pipelines.plain_lines import PlainLines
from almasalla_crawler.pipelines.read_also import ReadAlso

_HAS_YEAR = re.compile(r"\d{4}")


class MainText(Taking):
    def __init__(self, bodies: Bodies) -> None:
        super().__init__(bodies)
        self.read_also = ReadAlso(bodies)
        self.plain = PlainLines(bodies)

    def take(self, start: int) -> int:
        """Takes the lines of the main article; returns the index of the first line that is not its text."""
        article = self.bodies.begin("main", 0, self.lines[:start])
        index = start
        while index < self.count:
            line = self.lines[index]
            if line.role == "marker" and self.evidence.knows_the_script and (end := self.read_also.take(index)):
                index = end
                continue
            if line.role == "date" and self.is_heading_of_a_day(index, article):
                line.role = ""
            if self.ends_at(index, article):
                return index
            if line.role == "marker" and self.is_link_in_the_text(index):
                self.mentions.take_value(line)
            elif line.zone == "related":
                self.mentions.take_if_headline(line, "similar")
            elif self.is_left_out(line) and not self.plain.is_of_the_text(index, article):
                self.pass_over(line)
            elif line.role or not line.href:
                self.bodies.take(article, index, "main_text")
            else:
                self.mark_label_above(index, article)
                self.mentions.take(line, "read_also", "link_between_paragraphs")
            index += 1
        return index

    def ends_at(self, index: int, article: Article) -> bool:
        line = self.lines[index]
        if not self.bodies.has_text(article):
            return False
        if self.evidence.is_below_the_page(index):
            return True
        if not self.evidence.knows_the_script:
            return not self.body_follows(index - 1)
        if line.role == "marker" and self.is_link_in_the_text(index):
            return not self.body_follows(index)
        if line.role in ("marker", "source"):
            return True
        if line.role in ENDS_A_TEXT and not (self.evidence.is_settled and line.rule.startswith(("zone_", "outlet:"))):
            return not self.bodies.resumes(index)
        if line.role == "byline" and self.signs_off(index, article):
            return True
        if line.zone == "related":
            return not self.body_follows(index)
        if self.bodies.has_content_zone and line.zone != "content":
            return not self.body_follows(index) or (self.evidence.is_settled and self.evidence.text_opens(index))
        return self.bodies.another_opens(index, article)

    def signs_off(self, index: int, article: Article) -> bool:
        """`تحرير: هدى كاظم` below several paragraphs ends a text above another title, and above lines that are no paragraphs."""
        title = self.evidence.at(index + 1)
        opens = title is not None and is_title_like(title) and self.evidence.text_at(index + 2, title)
        if not opens and any(map(self.evidence.paragraph_at, range(index + 1, self.evidence.skip_ordinary(index + 1)))):
            return False
        return sum(line.role == "paragraph" for line in article.lines) > 1

    def body_follows(self, index: int) -> bool:
        """Does the article's own container go on behind a box that stands inside it?"""
        if self.evidence.is_settled:
            return index < self.bodies.last_content
        ahead = (line for line in self.lines[index:] if is_paragraph(line) and line.zone != "related")
        line = next(ahead, None)
        return line is not None and (line.zone == "content" if self.bodies.has_content_zone else line.zone == "")

    def mark_label_above(self, index: int, article: Article) -> None:
        """A few words above a linked headline are its marker, whatever they say."""
        line = self.lines[index - 1]
        if article.lines and article.lines[-1] is line and line.role == "subheading" and line.key.count(" ") < MAX_LABEL_WORDS:
            line.role, line.rule = "marker", "marker_by_position"
            article.lines.pop()

    def is_link_in_the_text(self, index: int) -> bool:
        """Does a read-also line stand in a box of its own or hold its link, and no article opens below it?"""
        line = self.lines[index]
        boxed = line.zone != "content" and (line.zone == "related" or bool(line.links))
        return self.evidence.is_settled and boxed and not self.evidence.opens_below(index)

    def pass_over(self, line: Line) -> None:
        """A line between two paragraphs that the reader found to be none: a headline with its link, or a label."""
        if line.links and line.key.count(" ") >= 2:
            self.mentions.take(line, "read_also", "link_between_paragraphs")
        else:
            line.role, line.rule = "other", "between_the_text"

    def is_left_out(self, line: Line) -> bool:
        return self.evidence.is_settled and line.zone != "content" and not line.role

    def is_heading_of_a_day(self, index: int, article: Article) -> bool:
        """`7 أكتوبر` between two paragraphs is a sub-heading, not the date of anything."""
        line = self.lines[index]
        between = (
            self.bodies.has_paragraph(article) and self.evidence.paragraph_at(index + 1) and not self.evidence.dateline(index + 1)
        )
        return between and line.rule == "date_grammar" and not _HAS_YEAR.search(line.key)
