"""split: which lines are the main article, which are related ones, which are headlines, and what the rest is.

A page is read from top to bottom: header, main article, and after its end entries: a headline alone is a mention, a
headline with a text is a related article. A boundary needs evidence (a marker, the source line, a credit, a disclaimer,
an author box, a title with its date or dateline, a second dateline); the rule that decided stays on each line.
"""

import re
from collections import Counter
from urllib.parse import urljoin

from almasalla_crawler.arabic.datelines import Dateline, read_dateline
from almasalla_crawler.arabic.letters import search_key, search_keys
from almasalla_crawler.arabic.phrases import disclaimer_score, read_refusal
from almasalla_crawler.items import Article, Line, Mention, Page, Reject

_ENDS_A_TEXT = frozenset({"source", "credit", "disclaimer", "author_box", "keywords"})
_BEFORE_A_SITE_NAME = (" | ", " - ", " – ", " — ", " :: ", " » ")
_CLOSES_A_PAGE = frozenset({"disclaimer", "author_box", "credit", "separator"})
_BESIDE_A_TITLE = frozenset({"date", "byline", "section", "credit"})
_SENTENCE_END = (".", "؛", "،", ":", "۔")
_CLOSING = "”\"»)]'’"
_INTRODUCES_A_LIST = re.compile(r"\b(?:ال|كال|ب)?(?:اتي|اتيه|تالي|تاليه|ياتي|يلي)\b")
MAX_TITLE_WORDS = 24
MIN_PARAGRAPH_WORDS = 20  # a line this long without a full stop is a paragraph, shorter it may be a headline
MAX_LINES_BESIDE_A_TITLE = 8
MAX_LOOKAHEAD = 300  # lines; keeps the work of a page in proportion to its length
_COHESION_STEM = 4  # letters; words are compared by their first letters behind the usual proclitics


class SplitPipeline:
    def process_item(self, page: Page) -> Page:
        if page.reject is None:
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
    if not page.articles:
        page.reject = Reject("split", "no_article", f"{len(page.lines)} lines, none is the text of an article")
    elif refusal := read_refusal(" ".join(line.key for article in page.articles for line in article.lines)):
        page.reject = Reject("split", refusal[0], refusal[1])


def is_title_like(line: Line) -> bool:
    """Could this line be a headline? Ordinary, short, and not closed like a sentence."""
    if line.role or line.key.count(" ") >= MAX_TITLE_WORDS or len(line.text) > 200:
        return False
    return line.key.count(" ") >= 1 and not line.text.rstrip(_CLOSING).endswith(_SENTENCE_END)


def is_paragraph(line: Line) -> bool:
    """Is this line running text on its own account: long, or a closed sentence?"""
    if line.role or line.href:
        return False
    words = line.key.count(" ") + 1
    return words >= MIN_PARAGRAPH_WORDS or (words >= 4 and line.text.rstrip(_CLOSING).endswith((".", "،", "؛", "۔")))


class _Splitter:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.lines = [line for line in page.lines if line.role not in ("navigation", "comment", "advert", "caption")]
        self.count = len(self.lines)
        self.agencies = frozenset(search_key(line.value) for line in page.lines if line.role == "source" and line.value)
        self.agencies |= {search_key(d.agency) for line in page.lines if (d := _sure_dateline(line)) and d.agency}
        self.datelines: dict[int, Dateline | None] = {}
        self.stated_titles = _stated_titles(page.metadata)
        self.is_html = any(line.tag not in ("text", "li") for line in page.lines)
        self.has_content_zone = False  # does the main text stand in a container named as such?

    def split(self) -> None:
        self.mark_repeated()
        self.mark_disclaimers()
        self.mark_labels()
        sources = (i for i, line in enumerate(self.lines) if line.role == "source" and line.rule == "source_label")
        self.first_source = next(sources, -1)
        start = self.header()
        if start is None:
            return
        self.entries(self.main(start))
        for article in self.page.articles:
            self.strip_disclaimer(article)
        self.page.articles = [article for article in self.page.articles if _has_text(article)]
        for index, article in enumerate(self.page.articles):
            for line in article.lines:
                line.article = index
        self.body_links()

    # --- what stands at a line ---------------------------------------------------------------------------------------

    def at(self, index: int) -> Line | None:
        return self.lines[index] if index < self.count else None

    def dateline(self, index: int) -> Dateline | None:
        """The dateline that opens line `index`, if its shape or its names are sure."""
        if index not in self.datelines:
            line = self.lines[index]
            found = read_dateline(line.text, self.agencies) if not line.role and not line.href else None
            beside = found and index and (is_title_like(self.lines[index - 1]) or self.lines[index - 1].role == "date")
            self.datelines[index] = found if found and (found.sure or (beside and found.agency)) else None
        return self.datelines[index]

    def paragraph_at(self, index: int) -> bool:
        return index < self.count and (is_paragraph(self.lines[index]) or self.dateline(index) is not None)

    def opens_article(self, index: int) -> str:
        """The evidence that a new article begins with line `index`: a title with its date or its dateline. "" if none."""
        line = self.lines[index]
        if line.role == "date":
            follows = self.skip(index + 1, _BESIDE_A_TITLE)
            return "date_and_dateline" if follows < self.count and self.dateline(follows) else ""
        if not is_title_like(line) or self.dateline(index):
            return ""
        after = self.skip(index + 1, _BESIDE_A_TITLE)
        if not self.text_at(after, line):
            return ""
        if any(beside.role == "date" for beside in self.lines[index + 1 : after]):
            return "title_and_date"
        return "title_and_dateline" if self.dateline(after) else ""

    def text_at(self, index: int, title: Line) -> bool:
        """Does a text begin here? Under a linked title one paragraph is an excerpt, under any other it is enough."""
        if index >= self.count or self.lines[index].role or self.lines[index].href:
            return False
        following = self.paragraph_at(index + 1) or (self.paragraph_at(index + 2) and not self.lines[index + 1].href)
        return (self.paragraph_at(index) and (following or not title.href)) or (
            following and not is_title_like(self.lines[index])
        )

    def skip(self, index: int, roles: frozenset[str]) -> int:
        """First index from `index` on whose line has none of the roles; looks a few lines ahead, never over a long list."""
        end = min(self.count, index + MAX_LINES_BESIDE_A_TITLE)
        while index < end and self.lines[index].role in roles:
            index += 1
        return index

    # --- header and main article -------------------------------------------------------------------------------------

    def header(self) -> int | None:
        """Index of the first line of the main text; finds the title above it. None if there is no text."""
        start = self.first_of_text()
        if start is None:
            return None
        title = self.title_above(start)
        for index in range(start):
            line = self.lines[index]
            if line.role:
                continue
            if title is not None and line.key == self.lines[title].key:
                line.role, line.rule = "title", self.title_rule
            elif title is not None and index > title and not self.is_html and not line.href:
                return index  # short lines below the title of a text belong to it
            elif title is None and not self.is_html and not self.header_ends(index, start):
                return index
            else:
                line.role, line.rule = "navigation", "above_the_text"
        return start

    def header_ends(self, index: int, start: int) -> bool:
        """Is a short line above the text still followed by a line that only headers have?"""
        return any(line.role in ("date", "source", "navigation", "byline") for line in self.lines[index + 1 : start])

    def first_of_text(self) -> int | None:
        top = 0
        if self.is_html:
            headings = [i for i, line in enumerate(self.lines) if line.tag == "h1" and not line.role]
            known = [i for i in headings if self.lines[i].key in self.stated_titles]
            top = (known or [i for i in headings if is_title_like(self.lines[i])] or [0])[0]
        candidates = range(top, self.count)
        for index in candidates:
            if self.lines[index].role == "marker" and any(is_title_like(line) for line in self.lines[top:index]):
                break
            if self.paragraph_at(index) and self.lines[index].zone in ("", "content"):
                self.has_content_zone = self.lines[index].zone == "content"
                return index
        return next((i for i in candidates if not self.lines[i].role and self.is_short_text(i)), None)

    def is_short_text(self, index: int) -> bool:
        """A text without one full stop: the longest ordinary line below a title, a date or nothing."""
        line = self.lines[index]
        words = line.key.count(" ") + 1
        is_heading = line.tag in ("h1", "h2", "h3") or line.href or line.tag == "li"
        return words >= 6 and not is_heading and line.zone in ("", "content") and not self.opens_article(index)

    title_rule = ""

    def title_above(self, start: int) -> int | None:
        """Index of the title among the lines above the text."""
        above = [i for i in range(start) if is_title_like(self.lines[i])]
        keys = Counter(self.lines[i].key for i in above)
        stated = self.stated_titles
        chances = [
            (
                "heading_stated_in_head",
                [i for i in above if self.lines[i].key in stated and self.lines[i].tag[:1] == "h"],
            ),
            ("repeated_in_header", [i for i in above if keys[self.lines[i].key] > 1]),
            ("first_heading", [i for i in above if self.lines[i].tag == "h1"]),
            ("stated_in_head", [i for i in above if self.lines[i].key in stated]),
            ("heading_above_text", [i for i in above if self.lines[i].tag == "h2" and not self.lines[i].href][-1:]),
            ("line_above_date", [i for i in above if self.next_role(i) == "date"][-1:]),
            ("line_above_dateline", [i for i in above if i == start - 1 and self.dateline(start)]),
            ("first_line", [i for i in above if not self.is_html and self.is_first(i)]),
        ]
        for rule, found in chances:
            if found:
                self.title_rule = rule
                return found[0]
        return None

    def next_role(self, index: int) -> str:
        line = self.at(self.skip(index + 1, frozenset({"byline", "section", "source"})))
        return line.role if line else ""

    def is_first(self, index: int) -> bool:
        """No ordinary line and no date stands above."""
        return all(line.role and line.role != "date" for line in self.lines[:index])

    def main(self, start: int) -> int:
        """Takes the lines of the main article; returns the index of the first line that is not its text."""
        article = self.begin("main", 0, self.lines[:start])
        index = start
        while index < self.count:
            line = self.lines[index]
            if line.role == "marker" and (end := self.inline_headlines(index)):
                index = end
                continue
            if self.main_ends(index, article):
                return index
            if line.zone == "related":
                self.mention_or_other(line, "similar")
            elif line.role or not line.href:
                self.take(article, line, self.body_role(index), "main_text")
            else:
                self.mention(line, "read_also", "link_between_paragraphs")
            index += 1
        return index

    def main_ends(self, index: int, article: Article) -> bool:
        line = self.lines[index]
        if not _has_text(article):
            return False
        if line.role in ("marker", "source"):
            return True
        if line.role in _ENDS_A_TEXT:
            return not self.resumes(index)
        if line.zone == "related":
            return not self.body_follows(index)
        if self.has_content_zone and line.zone != "content":
            return not self.body_follows(index)
        return self.section_opens(index) or (self.dateline(index) is not None and self.has_paragraph(article))

    def section_opens(self, index: int) -> bool:
        """Is there evidence that another article, or a list of headlines, begins here?"""
        line = self.lines[index]
        labels = is_title_like(line) and not line.href and self.labels_article(index)
        return bool(self.opens_article(index)) or labels or self.opens_list(index)

    def body_follows(self, index: int) -> bool:
        """Does the article's own container go on behind a box that stands inside it?"""
        ahead = (line for line in self.lines[index:] if is_paragraph(line) and line.zone != "related")
        line = next(ahead, None)
        return line is not None and (line.zone == "content" if self.has_content_zone else line.zone == "")

    def resumes(self, index: int) -> bool:
        """Does the text go on behind a credit, disclaimer or the like that stands in the middle of it?"""
        line = self.lines[index]
        first = self.skip(index + 1, _ENDS_A_TEXT | {"separator", "byline"})
        if not self.paragraph_at(first) or self.dateline(first) or disclaimer_score(self.lines[first].key, self.agencies):
            return False
        return line.role in ("credit", "keywords") and self.paragraph_at(first + 1) and not self.dateline(first + 1)

    def inline_headlines(self, marker: int) -> int:
        """Index behind a read-also line inside the main text, or 0 if the marker opens a section of its own."""
        line = self.lines[marker]
        end = marker + 1
        if not line.value:
            while end < self.count and self.is_headline(end) and (end == marker + 1 or self.is_listed(end)):
                end += 1
            if end == marker + 1 or end >= self.count or self.lines[end].role:
                return 0
        if self.opens_below(end - 1) or self.is_heading(end - 1) or not self.text_goes_on(marker, end):
            return 0
        self.mention_value(line)
        for headline in self.lines[marker + 1 : end]:
            self.mention(headline, "read_also", "inline_read_also")
        return end

    def is_headline(self, index: int) -> bool:
        line = self.lines[index]
        return not line.role and (self.is_listed(index) or (is_title_like(line) and not self.dateline(index)))

    def is_listed(self, index: int) -> bool:
        return bool(self.lines[index].href) or self.lines[index].tag == "li"

    def is_heading(self, index: int) -> bool:
        """Headlines inside a text are set as text; a heading is the title of the article below it."""
        line = self.lines[index]
        return line.role != "marker" and line.tag in ("h1", "h2", "h3", "h4", "h5", "h6") and line.zone != "related"

    def text_goes_on(self, marker: int, end: int) -> bool:
        """Is what stands behind a read-also headline the main text going on, or the text of that headline?

        The latter takes up words of the headline that the main text has not used before.
        """
        if self.first_source > marker:  # the source line ends the main article, so it has not ended yet
            return True
        if end >= self.count or self.lines[end].role:
            return True
        if not any(self.paragraph_at(index) for index in range(end, self.skip_ordinary(end))):
            return False
        headlines = self.lines[marker + 1 : end]
        if headlines and all(line.href for line in headlines):
            return True
        headline = headlines[-1].key if headlines else search_key(self.lines[marker].value)
        before = " ".join(line.key for line in self.lines[max(0, marker - MAX_LOOKAHEAD) : marker])
        behind = " ".join(line.key for line in self.lines[end : end + 3])
        return len((_stems(headline) & _stems(behind)) - _stems(before)) < 2

    def skip_ordinary(self, index: int) -> int:
        end = min(self.count, index + MAX_LOOKAHEAD)
        while index < end and not self.lines[index].role:
            index += 1
        return index

    # --- what follows the main article -------------------------------------------------------------------------------

    def entries(self, index: int) -> None:
        """Everything behind the main text: its closing lines, related articles, headlines."""
        main = current = self.page.articles[0]
        kind = ""  # of the section a marker opened
        closing = True  # do closing lines still belong to the current article?
        while index < self.count:
            line = self.lines[index]
            if line.role == "marker":
                kind, closing = line.rule, False
                if line.value and self.opens_below(index):
                    current, index = self.related(index, "after_marker")
                    closing = True
                    continue
                self.mention_value(line)
            elif line.role and not self.opens_article(index):
                self.close(line, main, current if closing else None)
            elif rule := self.article_evidence(index, kind):
                current, index = self.related(index, rule)
                closing = True
                continue
            elif self.opens_list(index) or self.is_marker_by_position(index, kind):
                line.role, line.rule = "marker", "marker_by_position"
                kind = kind or ("read_also" if self.paragraph_at(index + 2) else "similar")
            elif self.is_mention(index, kind):
                self.mention(line, kind or "similar", "under_marker" if kind else "trailing_headlines")
            elif is_paragraph(line) and (self.follows_credit(index) or disclaimer_score(line.key, self.agencies) >= 2):
                line.role, line.rule = "disclaimer", "after_credit"
                current.lines.append(line)
            elif self.lines[index - 1].role == "author_box" and line.key.count(" ") < 4:
                line.role, line.rule = "author_box", "below_author_box"
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

    def opens_below(self, index: int) -> bool:
        """Does a dated or datelined text follow a marker that carries its headline on the same line?"""
        after = self.skip(index + 1, _BESIDE_A_TITLE)
        return after < self.count and (after > index + 1 or self.dateline(after) is not None) and self.paragraph_at(after)

    def article_evidence(self, index: int, kind: str) -> str:
        line = self.lines[index]
        below_marker = bool(kind) and self.lines[index - 1].role == "marker"
        if rule := self.opens_article(index):
            return rule
        if self.dateline(index) and (line.key.count(" ") > 6 or self.paragraph_at(index + 1)):
            return "second_dateline"
        if below_marker and is_paragraph(line):
            return "after_marker"
        outside = not kind and self.is_foreign_to_content(index)
        if line.tag == "li" or outside or not (is_title_like(line) or below_marker):
            return ""
        if not self.text_at(index + 1, line) or self.lines[index + 1].tag == "li":
            return ""
        if kind:
            return "after_marker"
        return "" if line.href or disclaimer_score(self.lines[index + 1].key, self.agencies) else "title_behind_the_end"

    def is_foreign_to_content(self, index: int) -> bool:
        return self.is_html and self.has_content_zone and self.lines[index].zone not in ("content", "related")

    def is_marker_by_position(self, index: int, kind: str) -> bool:
        """A short label where a marker would stand: behind the end of a text, above headlines or an article."""
        line = self.lines[index]
        if line.role or line.href or line.key.count(" ") > 5 or line.tag == "li":
            return False
        ahead = self.lines[index + 1 : index + 3]
        if not ahead or not is_title_like(ahead[0]):
            return False
        above = self.lines[index - 1]
        ends_above = above.role in _ENDS_A_TEXT or above.role == "separator" or line.text.endswith((":", "：", "..", "…"))
        opens = self.opens_article(index + 1) or (self.paragraph_at(index + 2) and ahead[0].key.count(" ") >= 3)
        inside_list = above.role in ("similar_title", "read_also") and line.tag[:1] != "h" and not line.text.endswith(":")
        is_list = not inside_list and len(ahead) == 2 and all(one.href or one.tag == "li" for one in ahead)
        return bool(
            is_list
            or self.labels_article(index)
            or (ends_above and (opens or (not kind and len(ahead) == 2 and is_title_like(ahead[1]))))
        )

    def labels_article(self, index: int) -> bool:
        """A few words above a title that has its date or dateline: a sub-heading never stands above a title."""
        return index + 1 < self.count and self.lines[index].key.count(" ") < 5 and bool(self.opens_article(index + 1))

    def is_mention(self, index: int, kind: str) -> bool:
        line = self.lines[index]
        if line.key.count(" ") < (1 if line.tag == "li" and not line.href else 2):
            return False  # a section's name beside a headline
        if kind:
            return self.is_listed(index) or not is_paragraph(line)
        run = self.lines[index : index + 3]
        return line.zone == "related" or ((
            self.mentions_run or (len(run) == 3 and all(one.tag == "li" or is_title_like(one) for one in run))
        ) and self.is_headline(index))  # fmt: skip

    @property
    def mentions_run(self) -> bool:
        return bool(self.page.mentions) and self.last_mention_rule == "trailing_headlines"

    last_mention_rule = ""

    def follows_credit(self, index: int) -> bool:
        """One paragraph between a credit and the lines that end a page is boilerplate, whatever its words."""
        above = self.lines[index - 1]
        return above.role == "credit" or (above.role == "disclaimer" and above.rule == "after_credit")

    def related(self, index: int, rule: str) -> tuple[Article, int]:
        """Takes one related article; returns it and the index of the first line behind its text."""
        position = sum(article.role == "related" for article in self.page.articles)
        article = self.begin("related", position, [])
        line = self.lines[index]
        if line.role == "marker":
            article.lines.append(line)
            index += 1
        elif (
            not self.dateline(index) and not (is_paragraph(line) and not self.titled_by_neighbour(index)) and line.role != "date"
        ):
            line.role, line.rule = "title", rule
            article.lines.append(line)
            index += 1
        while index < self.count:
            line = self.lines[index]
            if self.related_ends(index, article):
                return article, index
            self.take(article, line, self.body_role(index), rule)
            index += 1
        return article, index

    def titled_by_neighbour(self, index: int) -> bool:
        """A closed sentence directly below a marker and above a date or dateline is the title all the same."""
        after = self.at(index + 1)
        return after is not None and (after.role == "date" or self.dateline(index + 1) is not None)

    def related_ends(self, index: int, article: Article) -> bool:
        line = self.lines[index]
        if line.role == "marker":
            return True
        if not _has_text(article):
            return bool(line.href) and not is_paragraph(line)
        if line.role in _ENDS_A_TEXT:
            return not self.resumes(index)
        if line.href or (self.is_html and line.zone != article.lines[-1].zone and not is_paragraph(line)):
            return True
        if self.section_opens(index) or (self.dateline(index) is not None and self.has_paragraph(article)):
            return True
        return line.tag == "li" and self.headlines_to_the_end(index)

    def opens_list(self, index: int) -> bool:
        """A short label above headlines that run to the end of the page: a marker in words of its own."""
        line = self.lines[index]
        if line.role or line.href or line.tag == "li" or not 1 <= line.key.count(" ") + 1 <= 5 or is_paragraph(line):
            return False
        end = self.skip_ordinary(index + 1)
        headlines = self.lines[index + 1 : end]
        if line.text.endswith(":") and _INTRODUCES_A_LIST.search(line.key):
            return False
        if len(headlines) < 3 or not all(self.is_headline(i) for i in range(index + 1, end)):
            return False
        if any(one.role in ("source", "marker") for one in self.lines[end:]):
            return False
        return sum(one.key.count(" ") + 1 for one in headlines) >= 5 * len(headlines)

    def headlines_to_the_end(self, index: int) -> bool:
        """Bullets that run to the end of the page behind a closed sentence are headlines, not a list of the text."""
        rest = self.lines[index:]
        if self.lines[index - 1].role == "list_item":
            return False
        return (
            len(rest) >= 2
            and all(line.tag == "li" or line.role for line in rest)
            and not self.lines[index - 1].text.endswith(":")
        )

    # --- taking lines ------------------------------------------------------------------------------------------------

    def begin(self, role: str, position: int, lines: list[Line]) -> Article:
        article = Article(role, position, lines=[line for line in lines if line.rule != "above_the_text"])
        self.page.articles.append(article)
        return article

    def body_role(self, index: int) -> str:
        line = self.lines[index]
        if line.tag == "li":
            return "list_item"
        found = self.dateline(index)
        if found and found.length >= len(line.text):
            return "dateline"
        is_heading = line.tag in ("h2", "h3", "h4", "h5", "h6") or (
            is_title_like(line)
            and line.key.count(" ") < 12
            and index + 1 < self.count
            and self.paragraph_at(index + 1)
            and not line.text.endswith(("؟", "!", "”", "»", '"'))
        )
        return "subheading" if is_heading and not self.is_paragraph_of_quotes(line) else "paragraph"

    def is_paragraph_of_quotes(self, line: Line) -> bool:
        return line.text.startswith(("«", "“", '"', "-", "–")) and line.tag[:1] != "h"

    def take(self, article: Article, line: Line, role: str, rule: str) -> None:
        if not line.role:
            line.role, line.rule = role, rule
        article.lines.append(line)

    def has_paragraph(self, article: Article) -> bool:
        return any(line.role in ("paragraph", "list_item") for line in article.lines)

    def mention(self, line: Line, kind: str, rule: str) -> None:
        line.role, line.rule = ("similar_title" if kind == "similar" else "read_also"), rule
        self.last_mention_rule = rule
        self.add_mention(kind, line.text.lstrip("-–—* "), line.href or (line.links[0][1] if line.links else ""))

    def mention_or_other(self, line: Line, kind: str) -> None:
        if not line.role and self.looks_like_headline(line):
            self.mention(line, kind, "zone_related")
        elif not line.role:
            line.role, line.rule = "other", "zone_related"

    def looks_like_headline(self, line: Line) -> bool:
        return line.key.count(" ") >= 2 and (bool(line.href) or is_title_like(line))

    def mention_value(self, line: Line) -> None:
        """The headline that a marker carries on its own line."""
        if line.value:
            self.last_mention_rule = line.rule
            self.add_mention(line.rule, line.value, line.links[-1][1] if line.links else "")

    def add_mention(self, kind: str, title: str, href: str) -> None:
        url = urljoin(self.page.url, href) if href else ""
        url = url if url.startswith(("http://", "https://")) else ""
        self.page.mentions.append(Mention(kind, len(self.page.mentions), title, search_key(title), url or None))

    def body_links(self) -> None:
        """Links inside the bodies, in reading order, as mentions of kind `link`."""
        for article in self.page.articles:
            for line in article.lines:
                if line.role in ("paragraph", "list_item"):
                    for text, href in line.links:
                        if href and not href.startswith("#"):
                            self.add_mention("link", text, href)
        self.page.mentions = [m for m in self.page.mentions if m.kind != "link" or m.url]
        for position, mention in enumerate(self.page.mentions):
            mention.position = position

    # --- boilerplate -------------------------------------------------------------------------------------------------

    def mark_repeated(self) -> None:
        """A closed sentence that ends two texts of one page, word for word, belongs to neither."""
        counts = Counter(line.key for line in self.lines if is_paragraph(line) and line.key.count(" ") > 5)
        for index, line in enumerate(self.lines):
            if counts.get(line.key, 0) > 1 and not line.role and self.stands_at_an_end(index):
                line.role, line.rule = "disclaimer", "repeated_at_the_end"

    def mark_disclaimers(self) -> None:
        """A line that speaks of responsibility or rights, unless the text goes on below it.

        From the bottom up: below the first of two disclaimers stands the second.
        """
        for index in range(self.count - 1, 0, -1):
            line, below = self.lines[index], self.at(index + 1)
            if line.role or line.href or (below is not None and is_paragraph(below)):
                continue
            labelled = below is not None and not below.role and ":" in below.text and below.key.count(" ") < 6
            needed = 2 if labelled or self.stands_at_an_end(index) else 3
            if line.key.count(" ") < 70 and disclaimer_score(line.key, self.agencies) >= needed:
                line.role, line.rule = "disclaimer", "disclaimer_shape"

    def mark_labels(self) -> None:
        """`label: name` among the lines that close a text: its source, or behind the source its keywords."""
        for index, line in enumerate(self.lines):
            label, _, value = line.text.partition(":")
            if (
                line.role
                or line.tag == "li"
                or not index
                or not value.strip()
                or line.href
                or label.count(" ") > 3
                or len(label) > 30
            ):
                continue
            above, below = self.lines[index - 1], self.at(index + 1)
            closes = below is None or below.role in ("marker", "keywords", "separator") or below.role in _ENDS_A_TEXT
            if is_paragraph(line) or not (closes or above.role == "separator"):
                continue
            if above.role == "source":
                line.role, line.rule, line.value = "keywords", "label_behind_source", value.strip()
            elif value.strip().count(" ") < 4 and (search_key(value) in self.agencies or above.role in _CLOSES_A_PAGE):
                line.role, line.rule, line.value = "source", "source_label", value.strip()

    def stands_at_an_end(self, index: int) -> bool:
        below = self.at(index + 1)
        return below is None or below.role in _ENDS_A_TEXT or below.role in ("marker", "separator")

    def strip_disclaimer(self, article: Article) -> None:
        """A disclaimer in words of its own shows by what it says and by standing last."""
        body = [line for line in article.lines if line.role in ("paragraph", "subheading")]
        while len(body) > 1 and disclaimer_score(body[-1].key, self.agencies) >= 2 and body[-1].key.count(" ") < 70:
            body[-1].role, body[-1].rule = "disclaimer", "disclaimer_at_the_end"
            body.pop()


def _stated_titles(metadata: dict[str, str]) -> frozenset[str]:
    """Search keys of the titles the head of the page states, with and without the site's name."""
    titles = [metadata[name] for name in ("og:title", "title") if name in metadata]
    titles += [title.rsplit(separator, 1)[0] for title in titles for separator in _BEFORE_A_SITE_NAME if separator in title]
    return frozenset(search_keys(titles)) - {""}


def _sure_dateline(line: Line) -> Dateline | None:
    found = read_dateline(line.text) if not line.role else None
    return found if found and found.sure else None


def _has_text(article: Article) -> bool:
    return any(line.role in ("paragraph", "list_item", "subheading", "dateline") for line in article.lines)


def _stems(key: str) -> set[str]:
    """Words of a text cut to what stays the same when they are declined, good enough to see what it speaks of."""
    return {stem for word in key.split() if (stem := _stem(word))}


def _stem(word: str) -> str:
    for proclitic in ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف"):
        if word.startswith(proclitic) and len(word) - len(proclitic) >= 3:
            word = word[len(proclitic) :]
            break
    return word[:_COHESION_STEM] if len(word) >= 3 else ""
