"""split: which lines are the main article, which are related ones, which are headlines, and what the rest is.

A page is read from top to bottom: header, main article, and after its end entries: a headline alone is a mention, a
headline with a text is a related article. A boundary needs evidence (a marker, the source line, a credit, a disclaimer,
an author box, a title with its date or dateline, a second dateline); the rule that decided stays on each line.
"""

import re

from almasalla_crawler.arabic.furniture import is_furniture
from almasalla_crawler.arabic.letters import count_letters, search_key
from almasalla_crawler.arabic.phrases import disclaimer_score
from almasalla_crawler.arabic.stems import goes_on, stems
from almasalla_crawler.items import BODY_ROLES, Article, Line, Page, Reject
from almasalla_crawler.pipelines.boilerplate import (
    MAX_BIOGRAPHY_WORDS,
    mark_author_boxes,
    mark_biographies,
    mark_credits,
    mark_disclaimers,
    mark_labels,
    mark_repeated,
    mark_tails,
    strip_disclaimer,
    strip_headings,
)
from almasalla_crawler.pipelines.evidence import (
    ENDS_A_TEXT,
    MAX_LABEL_WORDS,
    MAX_LOOKAHEAD,
    Evidence,
    is_paragraph,
    is_title_like,
)
from almasalla_crawler.pipelines.header import Header
from almasalla_crawler.pipelines.mentions import Mentions
from almasalla_crawler.pipelines.refusals import refusal

MAX_ARTICLES = 200  # of one page; more is a dump
MIN_LETTERS = 20  # of a text: less is a label or a number, no sentence
MAX_NAME_WORDS = 4
_HAS_YEAR = re.compile(r"\d{4}")
_LABELS = frozenset({"credit", "byline"})
_SIGNS_OFF = ENDS_A_TEXT | {"byline"}
MAX_PLAIN_LINES = 6  # between two paragraphs, in markup that says nothing
MAX_SHARED = 2  # words that a headline of another article may have in common with the text
MIN_LISTED = 3  # headlines with bullets or links that make a list: what has neither is none of it


class SplitPipeline:
    def process_item(self, page: Page) -> Page:
        if page.has_text:
            split(page)
        return page


def split(page: Page) -> None:
    """Fills `page.articles` and `page.mentions` and the role, rule and article of every line.

    A page without an article gets the reject `no_article` or `blocked`; its lines keep their roles.
    """
    _Splitter(page).split()
    for line in page.lines:
        if not line.role:
            line.role, line.rule = "other", "no_evidence"
    if len(page.articles) > MAX_ARTICLES:
        page.reject = Reject("split", "too_large", f"more than {MAX_ARTICLES} texts")
    else:
        page.reject = refusal(page)


class _Splitter:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.evidence = Evidence(page)
        self.lines = self.evidence.lines
        self.count = self.evidence.count
        self.mentions = Mentions(page)
        self.has_content_zone = False
        self.first_source = -1
        self.with_text: set[int] = set()  # id() of the articles that have a line of text, and of those with a paragraph
        self.with_paragraph: set[int] = set()
        content = (i for i in range(self.count - 1, -1, -1) if self.lines[i].zone == "content" and not self.lines[i].role)
        self.last_content = next(content, -1) if self.evidence.is_settled else -1

    def split(self) -> None:
        mark_author_boxes(self.evidence)
        stated = [*self.page.stated, *self.page.facts]
        mark_biographies(self.evidence, frozenset(search_key(fact.value) for fact in stated if fact.field == "author"))
        mark_repeated(self.evidence)
        if self.evidence.knows_the_script:
            mark_disclaimers(self.evidence)
            mark_credits(self.evidence)
            mark_labels(self.evidence)
            mark_tails(self.evidence)
        sources = (i for i, line in enumerate(self.lines) if line.role == "source" and line.rule == "source_label")
        self.first_source = next(sources, -1)
        if self.page.shape == "listing" or (self.page.shape == "no text" and not self.evidence.knows_the_script):
            return
        header = Header(self.page, self.evidence)
        start = header.read()
        if start is None:
            return
        self.has_content_zone = header.has_content_zone
        self.entries(self.main(start))
        for article in self.page.articles:
            strip_disclaimer(article, self.evidence)
            strip_headings(article)
        self.drop_fragments()
        for index, article in enumerate(self.page.articles):
            for line in article.lines:
                line.article = index
        self.mentions.take_links()

    def drop_fragments(self) -> None:
        """A label or a number is no article, wherever it stands."""
        for article in [one for one in self.page.articles if not _is_a_text(one)]:
            self.page.articles.remove(article)
            for line in article.lines:
                if line.role in BODY_ROLES or line.role == "title":
                    line.role, line.rule = "other", "too_short"

    # --- header and main article -------------------------------------------------------------------------------------

    def main(self, start: int) -> int:
        """Takes the lines of the main article; returns the index of the first line that is not its text."""
        article = self.begin("main", 0, self.lines[:start])
        index = start
        while index < self.count:
            line = self.lines[index]
            if line.role == "marker" and self.evidence.knows_the_script and (end := self.inline_headlines(index)):
                index = end
                continue
            if line.role == "date" and self.is_heading_of_a_day(index, article):
                line.role = ""
            if self.main_ends(index, article):
                return index
            if line.role == "marker" and self.is_link_in_the_text(index):
                self.mentions.take_value(line)
            elif line.zone == "related":
                self.mentions.take_if_headline(line, "similar")
            elif self.is_left_out(line) and not self.is_between_paragraphs(index, article):
                self.pass_over(line)
            elif line.role or not line.href:
                self.take(article, line, self.body_role(index), "main_text")
            else:
                self.mark_label_above(index, article)
                self.mentions.take(line, "read_also", "link_between_paragraphs")
            index += 1
        return index

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

    def is_between_paragraphs(self, index: int, article: Article) -> bool:
        """Are a few words in markup that says nothing, without a link, a sub-heading or an item of the text by their place?"""
        above, end = self.lines[index - 1], index
        while end < min(self.count, index + MAX_PLAIN_LINES) and self.is_plain(self.lines[end]):
            end += 1
        if not self.evidence.knows_the_script or above is not article.lines[-1] or not index < end < self.count:
            return False
        return self.lines[end].zone == "content" and self.evidence.paragraph_at(end)

    def is_plain(self, line: Line) -> bool:
        is_one = not (line.zone or line.links) and is_title_like(line)
        return is_one and not is_furniture(line.text, line.key, self.evidence.agencies)

    def is_heading_of_a_day(self, index: int, article: Article) -> bool:
        """`7 أكتوبر` between two paragraphs is a sub-heading, not the date of anything."""
        line = self.lines[index]
        between = (
            id(article) in self.with_paragraph and self.evidence.paragraph_at(index + 1) and not self.evidence.dateline(index + 1)
        )
        return between and line.rule == "date_grammar" and not _HAS_YEAR.search(line.key)

    def main_ends(self, index: int, article: Article) -> bool:
        line = self.lines[index]
        if id(article) not in self.with_text:
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
            return not self.resumes(index)
        if line.role == "byline" and self.signs_off(index, article):
            return True
        if line.zone == "related":
            return not self.body_follows(index)
        if self.has_content_zone and line.zone != "content":
            return not self.body_follows(index) or (self.evidence.is_settled and self.evidence.text_opens(index))
        return self.evidence.section_opens(index) or (
            self.evidence.dateline(index) is not None and id(article) in self.with_paragraph
        )

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
            return index < self.last_content
        ahead = (line for line in self.lines[index:] if is_paragraph(line) and line.zone != "related")
        line = next(ahead, None)
        return line is not None and (line.zone == "content" if self.has_content_zone else line.zone == "")

    def resumes(self, index: int) -> bool:
        """Does the text go on behind a credit, disclaimer or the like that stands in the middle of it?"""
        line = self.lines[index]
        first = self.evidence.skip(index + 1, ENDS_A_TEXT | {"separator", "byline"})
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

    def inline_headlines(self, marker: int) -> int:
        """Index behind a read-also line inside the main text, or 0 if the marker opens a section of its own."""
        line = self.lines[marker]
        end = marker + 1
        if not line.value:
            while end < self.count and self.evidence.is_headline(end) and (end == marker + 1 or self.lists_another(marker, end)):
                end += 1
            if end == marker + 1 or end >= self.count or self.lines[end].role:
                return 0
        if self.evidence.opens_below(end - 1) or self.evidence.is_heading(end - 1) or not self.text_goes_on(marker, end):
            return 0
        self.mentions.take_value(line)
        for headline in self.lines[marker + 1 : end]:
            self.mentions.take(headline, "read_also", "inline_read_also")
        return end

    def lists_another(self, marker: int, index: int) -> bool:
        """Is the line another headline of the read-also line: linked as the first is, and no more of the text's own list?

        Without links and bullets, one of the length of a headline that says nothing of what the text and the first one have said.
        """
        first, line, above = self.lines[marker + 1], self.lines[index], self.lines[max(0, marker - MAX_LOOKAHEAD) : marker]
        if self.evidence.is_listed(index):
            return bool(line.href) == bool(first.href) and not (above and above[-1].role == "list_item" and not line.href)
        is_long = line.key.count(" ") >= MAX_LABEL_WORDS - 1 and not goes_on(line.key)
        is_second = index == marker + 2 and not self.evidence.is_listed(marker + 1)
        return is_long and is_second and len(stems(line.key) & stems(" ".join(one.key for one in (*above, first)))) < MAX_SHARED

    def text_goes_on(self, marker: int, end: int) -> bool:
        """Is what stands behind a read-also headline the main text going on, or the text of that headline?

        The latter takes up words of the headline that the main text has not used before.
        """
        if self.first_source > marker:  # the source line ends the main article, so it has not ended yet
            return True
        if end >= self.count or self.lines[end].role:
            return True
        if not any(self.evidence.paragraph_at(index) for index in range(end, self.evidence.skip_ordinary(end))):
            return False
        headlines = self.lines[marker + 1 : end]
        if headlines and all(line.href for line in headlines):
            return True
        if self.lines[marker - 1].role in _SIGNS_OFF and not goes_on(self.lines[end].key):
            return False
        headline = headlines[-1].key if headlines else search_key(self.lines[marker].value)
        before = " ".join(line.key for line in self.lines[max(0, marker - MAX_LOOKAHEAD) : marker])
        behind = " ".join(line.key for line in self.lines[end : end + 3])
        return len((stems(headline) & stems(behind)) - stems(before)) < 2

    # --- what follows the main article -------------------------------------------------------------------------------

    def entries(self, index: int) -> None:
        """Everything behind the main text: its closing lines, related articles, headlines."""
        main = current = self.page.articles[0]
        kind = ""  # of the section a marker opened
        closing = True  # do closing lines still belong to the current article?
        while index < self.count and len(self.page.articles) <= MAX_ARTICLES:
            line = self.lines[index]
            if line.role == "marker":
                kind, closing = line.rule, False
                if line.value and self.evidence.opens_below(index):
                    current, index = self.related(index, "after_marker")
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
            elif rule := self.article_evidence(index, kind):
                current, after = self.related(index, rule)
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

    def article_evidence(self, index: int, kind: str) -> str:
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
            return index > self.last_content
        return self.evidence.is_html and self.has_content_zone and self.lines[index].zone not in ("content", "related")

    def is_marker_by_position(self, index: int, kind: str) -> bool:
        """A short label where a marker would stand: behind the end of a text, above headlines or an article."""
        line = self.lines[index]
        if line.role or line.href or line.key.count(" ") > 5 or line.tag == "li":
            return False
        ahead = self.lines[index + 1 : index + 3]
        if not ahead or not is_title_like(ahead[0]):
            return False
        above = self.lines[index - 1]
        ends_above = above.role in ENDS_A_TEXT or above.role == "separator" or line.text.endswith((":", "：", "..", "…"))
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
        return bool(self.page.mentions) and self.mentions.last_rule == "trailing_headlines"

    def follows_credit(self, index: int) -> bool:
        """One paragraph between a credit and the lines that end a page is boilerplate, whatever its words."""
        return self.lines[index - 1].role == "credit" and not self.evidence.paragraph_at(index + 1)

    def related(self, index: int, rule: str) -> tuple[Article, int]:
        """Takes one related article; returns it and the index of the first line behind its text."""
        position = sum(article.role == "related" for article in self.page.articles)
        article = self.begin("related", position, [])
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
            if self.related_ends(index, article):
                return article, index
            self.take(article, line, self.body_role(index), rule)
            index += 1
        return article, index

    def related_ends(self, index: int, article: Article) -> bool:
        line = self.lines[index]
        if line.role == "marker" or self.evidence.is_below_the_page(index):
            return True
        if id(article) not in self.with_text:
            return bool(line.href) and not line.role and not is_paragraph(line)
        if line.role in ENDS_A_TEXT:
            return not self.resumes(index)
        if line.href or (self.is_elsewhere(line, article.lines[-1]) and not is_paragraph(line)):
            return True
        if self.evidence.section_opens(index) or (
            self.evidence.dateline(index) is not None and id(article) in self.with_paragraph
        ):
            return True
        return line.tag == "li" and self.evidence.headlines_to_the_end(index)

    def is_elsewhere(self, line: Line, above: Line) -> bool:
        """Does a line stand in another part of an html page than the one above it?"""
        return self.evidence.is_html and (line.zone or "content") != (above.zone or "content")

    # --- taking lines ------------------------------------------------------------------------------------------------

    def begin(self, role: str, position: int, lines: list[Line]) -> Article:
        article = Article(role, position, lines=[line for line in lines if line.rule != "above_the_text"])
        self.page.articles.append(article)
        return article

    def body_role(self, index: int) -> str:
        line = self.lines[index]
        if line.tag == "li":
            return "list_item"
        found = self.evidence.dateline(index)
        if found and found.length >= len(line.text):
            return "dateline"
        is_heading = line.tag in ("h2", "h3", "h4", "h5", "h6") or (
            is_title_like(line)
            and line.key.count(" ") < 12
            and index + 1 < self.count
            and self.evidence.paragraph_at(index + 1)
            and not line.text.endswith(("؟", "!", "”", "»", '"'))
            and not (line.text.startswith("و") and line.key.count(" ") > 4)  # a sentence that goes on
        )
        return "subheading" if is_heading and not self.is_paragraph_of_quotes(line) else "paragraph"

    def is_paragraph_of_quotes(self, line: Line) -> bool:
        return line.text.startswith(("«", "“", '"', "-", "–")) and line.tag[:1] != "h"

    def take(self, article: Article, line: Line, role: str, rule: str) -> None:
        if not line.role:
            line.role, line.rule = role, rule
        article.lines.append(line)
        if line.role in BODY_ROLES:
            self.with_text.add(id(article))
        if line.role in ("paragraph", "list_item"):
            self.with_paragraph.add(id(article))


def _is_a_text(article: Article) -> bool:
    """Has it enough letters for a sentence?"""
    texts = [line for line in article.lines if line.role in BODY_ROLES]
    return any(line.key.count(" ") > 5 for line in texts) or sum(count_letters(line.text) for line in texts) >= MIN_LETTERS
