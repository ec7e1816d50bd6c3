"""Related articles: where one begins behind the main text, and where it ends."""

from itertools import islice, takewhile

from almasalla_crawler.arabic.phrases import disclaimer_score
from almasalla_crawler.arabic.stems import goes_on, stems
from almasalla_crawler.items import Article, Line
from almasalla_crawler.pipelines.bodies import Taking
from almasalla_crawler.pipelines.evidence import MAX_LABEL_WORDS
from almasalla_crawler.pipelines.flow import ENDS_A_TEXT, MAX_LOOKAHEAD
from almasalla_crawler.pipelines.labels import MAX_LABELS
from almasalla_crawler.pipelines.line_shapes import SENTENCE_MARKS, is_paragraph, is_title_like

MIN_SUBJECT = 3  # letters


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
        if self.bodies.another_opens(index, article) or self.labels_headlines(index, article):
            return True
        return line.tag == "li" and self.evidence.headlines_to_the_end(index)

    def labels_headlines(self, index: int, article: Article) -> bool:
        """A few words above two linked headlines, behind which no text goes on, or above bullets that run to the end of the page
        and have no word in common with the text."""
        line, ahead = self.lines[index], self.lines[index + 1 : index + 3]
        if line.role or line.href or line.tag == "li" or line.key.count(" ") >= MAX_LABEL_WORDS or len(ahead) < 2:
            return False
        if goes_on(line.key) or line.text.endswith(SENTENCE_MARKS) or not all(map(is_title_like, ahead)):
            return False
        if all(one.href for one in ahead):
            behind = islice((one for one in self.lines[index + 3 : index + MAX_LOOKAHEAD] if not one.href), MAX_LABELS)
            return not any(map(is_paragraph, takewhile(lambda one: not one.role, behind)))
        if not all(one.tag == "li" for one in ahead) or not self.evidence.headlines_to_the_end(index + 1):
            return False
        bullets = self.lines[index + 1 : self.evidence.skip_ordinary(index + 1)]
        return _subjects(bullets).isdisjoint(_subjects(article.lines))

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


def _subjects(lines: list[Line]) -> set[str]:
    """Stems of the words of lines, without those of three letters: prepositions."""
    return {stem for stem in stems(" ".join(line.key for line in lines)) if len(stem) > MIN_SUBJECT}
