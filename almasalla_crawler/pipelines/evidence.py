"""What speaks at a line for a new article or a list of headlines."""

import re
from functools import cached_property
from itertools import accumulate

from almasalla_crawler.arabic.stems import goes_on, stems
from almasalla_crawler.items import Line
from almasalla_crawler.pipelines.flow import BESIDE_A_TITLE, MAX_LOOKAHEAD, Flow
from almasalla_crawler.pipelines.line_shapes import are_verses, has_length, is_paragraph, is_title_like

_INTRODUCES_A_LIST = re.compile(r"\b(?:ال|كال|ب)?(?:اتي|اتيه|تالي|تاليه|ياتي|يلي)\b")
_BULLETS = ("-", "–", "—", "*")
MAX_CLOSED_HEADLINE_WORDS = 16
MAX_LABEL_WORDS = 5
MIN_TAKEN_UP = 3  # words of a headline that the text below it says again; one less if a label stands above


class Evidence(Flow):
    """Of one page; it reads the roles that lines have by now."""

    @cached_property
    def words_above(self) -> list[int]:
        """Of each line: a list of thousands of headlines is weighed at each of them."""
        return [0, *accumulate(line.key.count(" ") + 1 for line in self.lines)]

    def is_headline(self, index: int) -> bool:
        line = self.lines[index]
        return not line.role and (self.is_listed(index) or (is_title_like(line) and not self.dateline(index)))

    def is_closed_headline(self, index: int) -> bool:
        """A short closed sentence directly above a date line, or at the top of a page above its dateline, is a headline."""
        line = self.lines[index]
        if line.role or line.href or line.tag == "li" or line.key.count(" ") >= MAX_CLOSED_HEADLINE_WORDS or self.dateline(index):
            return False
        after = self.skip(index + 1, BESIDE_A_TITLE)
        if after >= self.count or not self.paragraph_at(after):
            return False
        dated = any(beside.role == "date" for beside in self.lines[index + 1 : after])
        if dated or self.dateline(after) is None:
            return dated
        above = self.lines[max(0, index - MAX_LOOKAHEAD) : index]
        return not any(one.role in ("paragraph", "dateline") or is_paragraph(one) for one in above)

    def is_short_text(self, index: int) -> bool:
        """A text without one full stop: the longest ordinary line below a title, a date or nothing."""
        line = self.lines[index]
        words = line.key.count(" ") + 1
        is_heading = line.tag in ("h1", "h2", "h3") or line.href or line.tag == "li"
        return (
            words >= 6
            and line.text.count(" ") >= 3
            and not is_heading
            and line.zone in ("", "content")
            and not self.opens_article(index)
        )

    def opens_article(self, index: int) -> str:
        """The evidence that a new article begins with line `index`: a title with its date or its dateline. "" if none."""
        if not self.knows_the_script:
            return ""
        line = self.lines[index]
        if line.role == "date":
            follows = self.skip(index + 1, BESIDE_A_TITLE)
            return "date_and_dateline" if follows < self.count and self.dateline(follows) else ""
        if self.is_closed_headline(index):
            return "title_and_date"
        if not is_title_like(line) or self.dateline(index):
            return ""
        after = self.skip(index + 1, BESIDE_A_TITLE)
        dated = any(beside.role == "date" for beside in self.lines[index + 1 : after])
        if not (self.text_at(after, line) or (dated and self.open_text_at(after))):
            return ""
        if dated:
            return "title_and_date"
        return "title_and_dateline" if self.dateline(after) else ""

    def text_at(self, index: int, title: Line) -> bool:
        """Does a text begin here? Under a linked title one paragraph is an excerpt, under any other it is enough."""
        if index >= self.count or self.lines[index].role or self.lines[index].href or self.lines[index].tag == "li":
            return False
        following = self.paragraph_at(index + 1) or (self.paragraph_at(index + 2) and not self.lines[index + 1].href)
        return (self.paragraph_at(index) and (following or not title.href)) or (
            following and not is_title_like(self.lines[index])
        )

    def open_text_at(self, index: int) -> bool:
        """A line as long as a sentence that lacks its full stop, above a paragraph."""
        return index < self.count and has_length(self.lines[index]) and self.paragraph_at(index + 1)

    def opens_below(self, index: int) -> bool:
        """Does a dated or datelined text follow a marker that carries its headline on the same line?"""
        after = self.skip(index + 1, BESIDE_A_TITLE)
        return after < self.count and (after > index + 1 or self.dateline(after) is not None) and self.paragraph_at(after)

    def titled_by_neighbour(self, index: int) -> bool:
        """A closed sentence directly below a marker and above a date or dateline is the title all the same."""
        after = self.at(index + 1)
        return after is not None and (after.role == "date" or self.dateline(index + 1) is not None)

    def labels_article(self, index: int) -> bool:
        """A few words above a title that has its date or dateline: a sub-heading never stands above a title."""
        if index + 1 >= self.count or self.lines[index].key.count(" ") >= MAX_LABEL_WORDS:
            return False
        return bool(self.opens_article(index + 1)) or self.takes_up(index + 1, MIN_TAKEN_UP - 1)

    def labels_section(self, index: int) -> bool:
        """A marker in words of its own: a few words above the title of another article, or above headlines to the end."""
        return self.labels_article(index) or self.opens_list(index)

    def takes_up(self, index: int, needed: int) -> bool:
        """Is the line a headline by what stands below: a paragraph that ties itself to nothing above, and says again as many
        words of the line as `needed` that nothing above has said?

        A sub-heading speaks of what its article has spoken of, and most paragraphs of an article go on from the one above.
        """
        line, after = self.lines[index], self.behind_title(index)
        if (
            not self.knows_the_script
            or line.href
            or line.tag in ("li", "blockquote")
            or line.text.startswith(_BULLETS)
            or not is_title_like(line)
        ):
            return False
        if not self.text_at(after, line) or not self.paragraph_at(after) or goes_on(self.lines[after].key):
            return False
        shared = stems(line.key) & stems(self.lines[after].key)
        if len(shared) < needed:
            return False
        return len(shared - stems(" ".join(one.key for one in self.lines[max(0, index - MAX_LOOKAHEAD) : index]))) >= needed

    def opens_list(self, index: int) -> bool:
        """A short label above headlines that run to the end of the page: a marker in words of its own."""
        line = self.lines[index]
        if line.role or line.href or line.tag == "li" or not 1 <= line.key.count(" ") + 1 <= 5 or is_paragraph(line):
            return False
        if index and self.lines[index - 1].role in ("", "paragraph") and self.lines[index - 1].text.endswith(":"):
            return False  # what a sentence introduces
        end = self.skip_ordinary(index + 1)
        if line.text.endswith(":") and _INTRODUCES_A_LIST.search(line.key):
            return False
        count = end - index - 1
        if count < 3:
            return False
        mean = (self.words_above[end] - self.words_above[index + 1]) / count
        label = line.key.count(" ") + 1
        is_label = label < 4 or ":" in line.text or mean >= label + 2  # verses are of one length
        if mean < 5 or not is_label or not all(self.is_headline(i) for i in range(index + 1, end)):
            return False
        return not are_verses(self.lines[index:end]) and all(one.role not in ("source", "marker") for one in self.lines[end:])

    def text_opens(self, index: int) -> bool:
        """Is there evidence that another article begins here, with its title or a label above it?"""
        line = self.lines[index]
        if self.opens_article(index) or self.takes_up(index, MIN_TAKEN_UP):
            return True
        return (is_title_like(line) or line.text.endswith(":")) and not line.role and not line.href and self.labels_article(index)

    def section_opens(self, index: int) -> bool:
        """Is there evidence that another article, or a list of headlines, begins here?"""
        return self.text_opens(index) or self.opens_list(index)

    def headlines_to_the_end(self, index: int) -> bool:
        """Bullets that run to the end of the page behind a closed sentence are headlines, not a list of the text.

        Where most are sentences with their full stop, somebody speaks, or points are counted.
        """
        rest, end = self.lines[index:], self.skip_ordinary(index)
        if 2 * sum(line.text.endswith(".") for line in self.lines[index:end]) >= end - index:
            return False
        if self.lines[index - 1].role == "list_item":
            return False
        return (
            len(rest) >= 2
            and all(line.tag == "li" or line.role for line in rest)
            and not self.lines[index - 1].text.endswith(":")
        )
