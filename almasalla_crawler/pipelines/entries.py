"""What follows the main text: its closing lines, related articles, and headlines alone."""

from almasalla_crawler.arabic.phrases import disclaimer_score
from almasalla_crawler.arabic.stems import goes_on
from almasalla_crawler.items import Article, Line
from almasalla_crawler.pipelines.author_boxes import MAX_BIOGRAPHY_WORDS
from almasalla_crawler.pipelines.bodies import Bodies, Taking
from almasalla_crawler.pipelines.flow import ENDS_A_TEXT
from almasalla_crawler.pipelines.line_shapes import is_paragraph, is_title_like
from almasalla_crawler.pipelines.related import Related

MAX_ARTICLES = 200  # of one page; more is a dump
MAX_NAME_WORDS = 4
_LABELS = frozenset({"credit", "byline"})
MIN_LISTED = 3  # headlines with bullets or links that make a list: what has neither is none of it


def _may_label(line: Line) -> bool:
    """`وفي بقية المباريات:` is of the sentence above, `وفي خبر آخر..` points elsewhere."""
    return line.text.endswith(("..", "…")) or (line.text.endswith((":", "：")) and not goes_on(line.key))


class Entries(Taking):
    def __init__(self, bodies: Bodies) -> None:
        super().__init__(bodies)
        self.related = Related(bodies)

    def take(self, index: int) -> None:
        """Everything behind the main text: its closing lines, related articles, headlines."""
        main = current = self.bodies.page.articles[0]
        kind = ""  # of the section a marker opened
        closing = True  # do closing lines still belong to the current article?
        while index < self.count and len(self.bodies.page.articles) <= MAX_ARTICLES:
            line = self.lines[index]
            if line.role == "marker":
                kind, closing = line.rule, False
                if line.value and self.evidence.opens_below(index):
                    current, index = self.related.take(index, "after_marker")
                    closing = True
                    continue
                self.mentions.take_value(line)
            elif kind and line.role in _LABELS and self.evidence.is_listed(index) and line.key.count(" ") > 2:
                self.mentions.take(line, kind, "under_marker")  # a headline that opens like a label: `خاص | ...`
            elif line.role and not self.evidence.opens_article(index):
                self.close(line, main, current if closing else None)
            elif self.is_about_author(index):
                line.role, line.rule = "author_box", "below_author_box"
                current.lines.append(line)
            elif rule := self.related.opens(index, kind):
                current, after = self.related.take(index, rule)
                closing = True
                if after > index:
                    index = after
                    continue
            elif not self.inside_list(index) and (self.evidence.opens_list(index) or self.is_marker_by_position(index, kind)):
                line.role, line.rule = "marker", "marker_by_position"
                kind = "read_also" if self.evidence.paragraph_at(index + 2) else "similar"
            elif self.is_mention(index, kind):
                self.mentions.take(line, kind or "similar", "under_marker" if kind else "trailing_headlines")
            elif is_paragraph(line) and (self.follows_credit(index) or disclaimer_score(line.key, self.evidence.agencies) >= 2):
                line.role, line.rule = "disclaimer", "after_credit"
                current.lines.append(line)
            index += 1

    def close(self, line: Line, main: Article, current: Article | None) -> None:
        """Gives a closing line to the article it closes; a page has one source line, and it names the main one's source."""
        if line.role in ("source", "keywords") and not any(one.role == line.role for one in main.lines if one is not line):
            current = main
        if line.role in ("source", "keywords") and current is None:
            current = main
        if current is not None and line.role not in ("date", "section"):
            current.lines.append(line)

    def is_about_author(self, index: int) -> bool:
        """Below the head of an author box: a name, and one paragraph on who that is."""
        line, above = self.lines[index], self.lines[index - 1]
        if above.role != "author_box" or self.evidence.opens_article(index) or self.evidence.dateline(index):
            return False
        if line.key.count(" ") < MAX_NAME_WORDS:
            return not line.text.endswith(":") and not self.evidence.opens_list(index) and line.tag != "li"
        return line.key.count(" ") < MAX_BIOGRAPHY_WORDS and is_paragraph(line) and not self.evidence.paragraph_at(index + 1)

    def is_marker_by_position(self, index: int, kind: str) -> bool:
        """A short label where a marker would stand: behind the end of a text, above headlines or an article."""
        line = self.lines[index]
        if line.role or line.href or line.key.count(" ") > 5 or line.tag == "li":
            return False
        ahead = self.lines[index + 1 : index + 3]
        if not ahead or not is_title_like(ahead[0]):
            return False
        above = self.lines[index - 1]
        ends_above = above.role in ENDS_A_TEXT or above.role == "separator" or _may_label(line)
        opens = self.evidence.opens_article(index + 1) or (self.evidence.paragraph_at(index + 2) and ahead[0].key.count(" ") >= 3)
        is_list = len(ahead) == 2 and all(one.href or one.tag == "li" for one in ahead)
        return bool(
            is_list
            or self.evidence.labels_article(index)
            or (ends_above and (opens or (not kind and len(ahead) == 2 and is_title_like(ahead[1]))))
        )

    def inside_list(self, index: int) -> bool:
        """A short headline among headlines labels nothing, unless it looks like a label."""
        line, above = self.lines[index], self.lines[index - 1]
        looks_like_label = line.text.endswith((":", "：")) or line.tag[:1] == "h"
        return above.role in ("marker", "similar_title", "read_also") and not looks_like_label

    def is_mention(self, index: int, kind: str) -> bool:
        line = self.lines[index]
        if line.key.count(" ") < (1 if line.tag == "li" and not line.href else 2):
            return False  # a section's name beside a headline
        if kind:
            return self.evidence.is_listed(index) or not (is_paragraph(line) or self.below_a_list(index))
        run = self.lines[index : index + 3]
        return line.zone == "related" or ((
            self.mentions_run or (len(run) == 3 and all(one.tag == "li" or is_title_like(one) for one in run))
        ) and self.evidence.is_headline(index))  # fmt: skip

    def below_a_list(self, index: int) -> bool:
        """Do several headlines stand directly above, all with bullets or links?"""
        above = self.lines[max(0, index - MIN_LISTED) : index]
        return all(one.role in ("similar_title", "read_also") and (one.href or one.tag == "li") for one in above)

    @property
    def mentions_run(self) -> bool:
        return bool(self.bodies.page.mentions) and self.mentions.last_rule == "trailing_headlines"

    def follows_credit(self, index: int) -> bool:
        """One paragraph between a credit and the lines that end a page is boilerplate, whatever its words."""
        return self.lines[index - 1].role == "credit" and not self.evidence.paragraph_at(index + 1)
