"""Where the main text of a page begins, and which line above it is its title."""

from collections import Counter
from collections.abc import Iterator

from almasalla_crawler.arabic.furniture import is_furniture
from almasalla_crawler.arabic.letters import search_keys
from almasalla_crawler.arabic.names import is_whole_name
from almasalla_crawler.items import Fact, Line, Page
from almasalla_crawler.pipelines.credits import names_person_and_desk
from almasalla_crawler.pipelines.evidence import MAX_LABEL_WORDS, Evidence
from almasalla_crawler.pipelines.labels import MIN_MENU, may_be_of_menu
from almasalla_crawler.pipelines.line_shapes import (
    CLOSING,
    SENTENCE_MARKS,
    has_length,
    is_paragraph,
    is_title_like,
    may_be_a_verse,
)
from almasalla_crawler.readers.boxes import ends_with_a_name

_HEADLINES = frozenset({"og:title", "html:title", "json-ld:headline", "microdata:headline", "twitter:title", "hatom:entry-title"})
_BEFORE_A_SITE_NAME = (" | ", " - ", " – ", " — ", " :: ", " » ")
MIN_LINKED_TITLE_WORDS = 4
MIN_VERSE_WORDS = 3
MAX_ABOVE = 200  # lines between the first line of a text and what is surely a part of it
_OF_HEADERS = frozenset({"date", "source", "navigation", "byline"})
MIN_VERSES = 3  # short lines in a row that are no labels


class Header:
    """The lines above the main text."""

    title_rule = ""
    title_key = ""

    def __init__(self, page: Page, evidence: Evidence) -> None:
        self.evidence = evidence
        self.lines = evidence.lines
        self.stated_titles = _stated_titles(page.facts)
        self.has_content_zone = False  # does the main text stand in a container named as such?

    def read(self) -> int | None:
        """Index of the first line of the main text; finds the title above it. None if there is no text."""
        if not self.evidence.is_html:
            self.mark_menu()
        start = self.first_of_text()
        if start is None:
            return None
        title = self.title_above(start)
        self.title_key = "" if title is None else self.lines[title].key
        last = self.last_of_header(start)
        for index in range(start):
            line = self.lines[index]
            if line.role:
                continue
            if title is not None and line.key == self.lines[title].key:
                line.role, line.rule = "title", self.title_rule
            elif self.is_name_beside_the_date(index):
                line.role, line.rule, line.value = "byline", "name_beside_the_date", line.text
            elif (title is None or index > title) and names_person_and_desk(line.text):
                line.role, line.rule, line.value = "byline", "label_above_the_text", line.text
            elif (title is not None and index > title and self.text_begins(index, start)) or (
                title is None and not self.evidence.is_html and index >= last
            ):
                return index
            else:
                line.role, line.rule = "navigation", "above_the_text"
        return start

    def is_name_beside_the_date(self, index: int) -> bool:
        """A person's name in a line of its own, right above or below the date of an html page without a byline."""
        line, beside = self.lines[index], self.lines[max(0, index - 1) : index] + self.lines[index + 1 : index + 2]
        is_name = self.evidence.is_html and line.key.count(" ") <= 3 and not line.href and is_whole_name(line.key)
        return is_name and any(one.role == "date" for one in beside) and all(one.role != "byline" for one in self.lines)

    def mark_menu(self) -> None:
        """Many lines of a word or three at the top of a copied page are its menu; the last of them may be the headline."""
        end = next((i for i, line in enumerate(self.lines) if not may_be_of_menu(line)), self.evidence.count)
        if end < self.evidence.count and (self.lines[end].role or self.evidence.paragraph_at(end)):
            end -= 1
        for line in self.lines[: end if end >= MIN_MENU else 0]:
            if line.role != "navigation":
                line.role, line.rule = "navigation", "above_the_text"

    def last_of_header(self, start: int) -> int:
        """Index of the last line above the text that only headers have, -1 if there is none."""
        return next((i for i in reversed(range(start)) if self.lines[i].role in _OF_HEADERS), -1)

    def first_of_text(self) -> int | None:
        if self.evidence.is_settled:
            content = [i for i, line in enumerate(self.lines) if line.zone == "content" and not line.role]
            first = next((i for i in content if not self.is_stated_title(i)), next(iter(content), None))
            self.has_content_zone = first is None or not self.belongs_to_another(first)
            self.evidence.is_settled = self.has_content_zone
        if self.evidence.is_settled:
            return first
        top = 0
        if self.evidence.is_html:
            headings = [i for i, line in enumerate(self.lines) if line.tag == "h1" and not line.role]
            known = [i for i in headings if self.lines[i].key in self.stated_titles]
            top = (known or [i for i in headings if is_title_like(self.lines[i])] or [0])[0]
        candidates = range(top, self.evidence.count)
        title_above = False
        for index in candidates:
            if self.lines[index].role == "marker" and title_above:
                break
            title_above = title_above or is_title_like(self.lines[index])
            is_text = self.evidence.paragraph_at(index) and not self.evidence.is_closed_headline(index)
            if is_text and self.lines[index].zone in ("", "content"):
                self.has_content_zone = self.lines[index].zone == "content"
                return index
        return self.first_verse(next((i for i in candidates if not self.lines[i].role and self.evidence.is_short_text(i)), None))

    def first_verse(self, found: int | None) -> int | None:
        """Where nothing is a paragraph, the lines around a short text in an element that is named for texts are verses of it, if
        there are several and none is as short as a label. A single one above may be a caption."""
        first = found or 0
        while found and self.lines[found].zone == "content" and first and self.may_be_of_the_poem(first - 1):
            first -= 1
        is_poem = (
            found and found - first + (found + 1 < self.evidence.count and self.may_be_of_the_poem(found + 1)) >= MIN_VERSES - 1
        )
        return first if is_poem else found

    def may_be_of_the_poem(self, index: int) -> bool:
        line = self.lines[index]
        is_plain = not (line.role or line.href or self.is_stated_title(index)) and line.key.count(" ") >= MIN_VERSE_WORDS - 1
        return is_plain and line.zone == "content" and may_be_a_verse(line)

    def is_stated_title(self, index: int) -> bool:
        """Is it the headline, though the reader found the text to begin with it?"""
        return self.lines[index].key in self.stated_titles and is_title_like(self.lines[index])

    def belongs_to_another(self, first: int) -> bool:
        """Does the longest text of the page stand below a marker, and a short one under the title of the page above that?"""
        title = next((i for i in range(first) if self.lines[i].key in self.stated_titles), first)
        markers = (i for i in range(title, first) if self.lines[i].role == "marker" and not self.lines[i].value)
        marker = next(markers, title)
        return any(map(self.evidence.paragraph_at, range(title + 1, marker)))

    def title_above(self, start: int) -> int | None:
        """Index of the title among the lines above the text."""
        for rule, found in self.chances(start):
            if found:
                self.title_rule = rule
                return found[0]
        return None

    def chances(self, start: int) -> Iterator[tuple[str, list[int]]]:
        """Each rule and the lines that it takes for the title, the surest first."""
        lines, stated = self.lines, self.stated_titles
        above = [i for i in range(start) if is_title_like(lines[i]) or self.evidence.is_closed_headline(i)]
        keys = Counter(lines[i].key for i in above)
        yield "heading_stated_in_head", [i for i in above if lines[i].key in stated and lines[i].tag[:1] == "h"]
        yield "repeated_in_header", [i for i in above if keys[lines[i].key] > 1]
        yield "first_heading", [i for i in above if lines[i].tag == "h1"]
        yield "stated_in_head", [i for i in above if lines[i].key in stated and not self.is_of_menu(i)]
        yield "heading_above_text", [i for i in above if lines[i].tag == "h2" and not lines[i].href][-1:]
        dated = [i for i in above if self.next_role(i) == "date"]
        headlines = list(filter(self.is_headline, above))
        yield "line_above_date", [i for i in dated if i in headlines][-1:]
        yield "first_headline", [i for i in headlines[:1] if not self.evidence.is_html and self.is_undated(i)]
        yield "line_above_date", dated[-1:]
        yield "line_above_dateline", [i for i in above if i == start - 1 and self.evidence.dateline(start)]
        yield "first_line", [i for i in above if not self.evidence.is_html and self.is_first(i)]

    def is_headline(self, index: int) -> bool:
        """Has it the words of a headline, and does it speak of the news?"""
        line = self.lines[index]
        if line.key.count(" ") < MIN_LINKED_TITLE_WORDS - 1 or line.tag == "li":
            return False
        return not (names_person_and_desk(line.text) or is_furniture(line.text, line.key, self.evidence.agencies))

    def is_undated(self, index: int) -> bool:
        return all(line.role != "date" for line in self.lines[:index])

    def text_begins(self, index: int, start: int) -> bool:
        """Is a line below the title, that is no paragraph by itself, the first one of the text?

        On a copied page short lines are, unless they are a label or two: a name, a count, a button. In html a line is that
        has the length of a sentence, right above the text.
        """
        if start - index > MAX_ABOVE:
            return False
        line, lines = self.lines[index], self.lines[index:start]
        if self.evidence.is_settled:
            return self.is_left_out(index, lines)
        if self.evidence.is_html:
            return all(map(_may_be_a_sentence, lines))
        is_open = not (has_length(line) or line.text.rstrip(CLOSING).endswith(SENTENCE_MARKS))
        if is_open and any(one.role == "date" for one in lines):
            return False  # the header goes on: a deck, a name above the date
        labels = [one for one in lines if not one.role and _is_label(one) and not self.speaks_of_the_page(one)]
        return not (line.href or (_is_label(line) and len(labels) < MIN_VERSES))

    def is_left_out(self, index: int, lines: list[Line]) -> bool:
        """Several paragraphs between the title and what the reader found to be the text are of it.

        One is with a dateline, or with a read-also line below: those stand inside texts.
        """
        plain = [one for one in lines if not one.role]
        texts = sum(map(is_paragraph, plain))
        if any(one.zone or one.links for one in plain) or not is_paragraph(lines[0]):
            return False
        reads_on = any(one.role == "marker" and one.value for one in lines)
        found = self.evidence.knows_the_script and (texts > 1 or reads_on or self.evidence.dateline(index) is not None)
        for one in plain if found else []:
            one.zone = "content"
        return found

    def speaks_of_the_page(self, line: Line) -> bool:
        return line.key == self.title_key or is_furniture(line.text, line.key, self.evidence.agencies)

    def is_of_menu(self, index: int) -> bool:
        """A few linked words: the name of the site or of a section."""
        return bool(self.lines[index].href) and self.lines[index].key.count(" ") < MIN_LINKED_TITLE_WORDS - 1

    def next_role(self, index: int) -> str:
        line = self.evidence.at(self.evidence.skip(index + 1, frozenset({"byline", "section", "source"})))
        return line.role if line else ""

    def is_first(self, index: int) -> bool:
        """No ordinary line and no date stands above."""
        return all(line.role and line.role != "date" for line in self.lines[:index])


def _is_label(line: Line) -> bool:
    return line.key.count(" ") < MAX_LABEL_WORDS and not line.text.rstrip(CLOSING).endswith(SENTENCE_MARKS)


def _may_be_a_sentence(line: Line) -> bool:
    """Of a sentence, and the place of one? What ends with a name is a caption."""
    return has_length(line) and not ends_with_a_name(line.text)


def _stated_titles(facts: list[Fact]) -> frozenset[str]:
    """Search keys of the titles the head of the page states, with and without the site's name."""
    titles = [fact.value for fact in facts if fact.field == "title" and fact.source in _HEADLINES]
    titles += [title.rsplit(separator, 1)[0] for title in titles for separator in _BEFORE_A_SITE_NAME if separator in title]
    return frozenset(search_keys(titles)) - {""}
