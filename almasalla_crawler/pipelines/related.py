"""Related articles: where one begins behind the main text, and where it ends."""

from almasalla_crawler.arabic.phrases import disclaimer_score
from almasalla_crawler.items import Article, Line
from almasalla_crawler.pipelines.bodies import Taking
from almasalla_crawler.pipelines.flow import ENDS_A_TEXT
from almasalla_crawler.pipelines.line_shapes import is_paragraph, is_title_like


class Related(Taking):
    def take(self, index: int, rule: str) -> tuple[Article, int]:
        """Takes one related article; returns it and the index of the first line behind its text."""
        position = sum(article.role == "related" for article in self.bodies.page.articles)
        article = self.bodies.begin("related", position, [])
        line = self.lines[index]
        if line.role == "marker":
            article.lines.append(line)
            index += 1
        elif (
            not self.evidence.dateline(index)
            and (not is_paragraph(line) or rule == "title_and_date" or self.evidence.titled_by_neighbour(index))
            and line.role != "date"
        ):
            after = self.evidence.behind_title(index)
            for same in self.lines[index:after]:
                if same.key == line.key:
                    same.role, same.rule = "title", rule
                article.lines.append(same)
            index = after
        while index < self.count:
            line = self.lines[index]
            if self.ends_at(index, article):
                return article, index
            self.bodies.take(article, index, rule)
            index += 1
        return article, index

    def ends_at(self, index: int, article: Article) -> bool:
        line = self.lines[index]
        if line.role == "marker" or self.evidence.is_below_the_page(index):
            return True
        if not self.bodies.has_text(article):
            return bool(line.href) and not line.role and not is_paragraph(line)
        if line.role in ENDS_A_TEXT:
            return not self.bodies.resumes(index)
        if line.href or (self.is_elsewhere(line, article.lines[-1]) and not is_paragraph(line)):
            return True
        if self.bodies.another_opens(index, article):
            return True
        return line.tag == "li" and self.evidence.headlines_to_the_end(index)

    def is_elsewhere(self, line: Line, above: Line) -> bool:
        """Does a line stand in another part of an html page than the one above it?"""
        return self.evidence.is_html and (line.zone or "content") != (above.zone or "content")

    def opens(self, index: int, kind: str) -> str:
        """The evidence that the text of another article begins here, below a marker of `kind` if there is one. "" if none."""
        line = self.lines[index]
        below_marker = bool(kind) and self.lines[index - 1].role == "marker"
        if not self.evidence.knows_the_script:
            return ""
        if rule := self.evidence.opens_article(index):
            return rule
        if self.evidence.dateline(index) and (line.key.count(" ") > 6 or self.evidence.paragraph_at(index + 1)):
            return "" if self.is_excerpt(index) else "second_dateline"
        if below_marker and is_paragraph(line):
            return "after_marker"
        outside = not kind and self.is_foreign_to_content(index)
        if line.tag == "li" or outside or not (is_title_like(line) or below_marker):
            return ""
        after = self.evidence.behind_title(index)
        if after >= self.count or self.lines[after].tag == "li":
            return ""
        if kind == "read_also" and below_marker and self.evidence.paragraph_at(after) and not self.lines[after].href:
            return "after_marker"
        if kind == "read_also" and below_marker and self.evidence.open_text_at(after):
            return "after_marker"
        if not self.evidence.text_at(after, line):
            return ""
        if kind:
            return "after_marker"
        return "" if line.href or disclaimer_score(self.lines[index + 1].key, self.evidence.agencies) else "title_behind_the_end"

    def is_excerpt(self, index: int) -> bool:
        """One paragraph under a linked headline shows how its article begins."""
        above = self.lines[index - 1]
        return above.role in ("similar_title", "read_also") and bool(above.href) and not self.evidence.paragraph_at(index + 1)

    def is_foreign_to_content(self, index: int) -> bool:
        if self.evidence.is_settled:
            return index > self.bodies.last_content
        return self.evidence.is_html and self.bodies.has_content_zone and self.lines[index].zone not in ("content", "related")
