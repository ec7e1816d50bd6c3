"""The lines that take part in a page's texts, and where among them paragraphs, datelines and ends stand."""

from itertools import islice

from almasalla_crawler.arabic.datelines import Dateline, read_dateline
from almasalla_crawler.arabic.letters import is_arabic_script, search_key, search_keys
from almasalla_crawler.arabic.names import opens_with_a_name
from almasalla_crawler.arabic.places import is_place
from almasalla_crawler.arabic.reports import is_report
from almasalla_crawler.items import Line, Page
from almasalla_crawler.pipelines.line_shapes import HEADINGS, has_length, is_paragraph, is_title_like

ENDS_A_TEXT = frozenset({"source", "credit", "disclaimer", "author_box", "keywords"})
BESIDE_A_TITLE = frozenset({"date", "byline", "section", "credit"})
_APART = frozenset({"navigation", "comment", "advert", "caption"})  # beside the flow of the page
_KINDS_OF_OUTLETS = frozenset(
    "موقع صحيفه جريده وكاله قناه شبكه بوابه منصه مجله الاخباري الاخباريه الالكتروني الالكترونيه".split()
)
MAX_LINES_BESIDE_A_TITLE = 8
MAX_BELOW_THE_PAGE = 400  # characters; more is a text
MAX_LOOKAHEAD = 300  # lines; keeps the work of a page in proportion to its length


class Flow:
    """In reading order, without navigation, comments, adverts and captions."""

    def __init__(self, page: Page) -> None:
        self.lines = [line for line in page.lines if line.role not in _APART]
        self.count = len(self.lines)
        sources = [search_key(line.value) for line in page.lines if line.role == "source" and line.value]
        self.agencies = frozenset([*sources, *map(_name_of, sources)])
        stated = [*page.stated, *page.facts]
        self.stated_authors = frozenset(search_key(fact.value) for fact in stated if fact.field == "author")
        signed = [search_key(line.value) for line in page.lines if line.role == "byline" and line.value]
        self.authors = self.stated_authors.union(signed)
        self.is_settled = page.shape == "article"  # the reader has found the main text: it has the zone content
        shown = (line.text for line in page.lines if line.zone == "content" or not self.is_settled)
        sample = " ".join(islice(shown, 100))
        # Datelines, and what opens an article among the lines of another, are known for texts in Arabic script only.
        self.knows_the_script = page.shape == "" or is_arabic_script(sample)
        lines = page.lines if self.knows_the_script else []
        self._sure = {line.number: found for line in lines if (found := _sure_dateline(line))}
        self.agencies |= {search_key(found.agency) for found in self._sure.values() if found.agency}
        self.is_html = any(line.tag not in ("text", "li") for line in page.lines)
        self._datelines: dict[int, Dateline | None] = {}
        self._first_text = next((i for i, line in enumerate(self.lines) if is_paragraph(line)), self.count)
        self._last_source: int | None = None
        self._below_the_page = _numbers_below_the_page(page.lines)

    def at(self, index: int) -> Line | None:
        return self.lines[index] if index < self.count else None

    def skip(self, index: int, roles: frozenset[str]) -> int:
        """First index from `index` on whose line has none of the roles; looks a few lines ahead, never over a long list."""
        end = min(self.count, index + MAX_LINES_BESIDE_A_TITLE)
        while index < end and self.lines[index].role in roles:
            index += 1
        return index

    def behind_title(self, index: int) -> int:
        """First index behind a title, its repetitions, and the dates and names beside it."""
        after = index + 1
        while after < self.count and after < index + 3 and self.lines[after].key == self.lines[index].key:
            after += 1
        return self.skip(after, BESIDE_A_TITLE)

    def skip_ordinary(self, index: int) -> int:
        end = min(self.count, index + MAX_LOOKAHEAD)
        while index < end and not self.lines[index].role:
            index += 1
        return index

    def dateline(self, index: int) -> Dateline | None:
        """The dateline that opens line `index`, if its shape or its names are sure."""
        if not self.knows_the_script:
            return None
        if index not in self._datelines:
            line = self.lines[index]
            found = None
            if not line.role and not line.href:
                found = self._sure.get(line.number) or read_dateline(line.text, self.agencies)
            beside = found and self._may_open_a_text(index)
            is_one = found and (found.sure or (beside and (found.agency or self._opens_a_text(index, found.length))))
            self._datelines[index] = found if found is not None and is_one and not self._is_signature(index, found) else None
        return self._datelines[index]

    def _is_signature(self, index: int, found: Dateline) -> bool:
        """Two names alone on a line, one of them a person's, or above a line with a dateline of its own."""
        if found.length < len(self.lines[index].text):
            return False
        names = search_keys([found.place or "", found.agency or ""])
        is_person = any(opens_with_a_name(key) and 0 < key.count(" ") < 3 and not is_place(key) for key in names)
        return is_person or (index + 1 < self.count and self.dateline(index + 1) is not None)

    def _may_open_a_text(self, index: int) -> bool:
        """Below a title or a date, or at the top of the page."""
        above = self.lines[index - 1] if index else None
        return above is None or above.role in ("date", "source", "navigation") or is_title_like(above)

    def _opens_a_text(self, index: int, length: int) -> bool:
        """A place alone before a dash, `أسوان – انطلقت ...`, or a report, `حلب: نفت الوزارة ...`, and running text behind it.

        Below another text a report from a place is mostly a part of that: a round of cities below sub-headings.
        """
        line = self.lines[index]
        if not has_length(line):
            return False
        if index <= self._first_text and is_report(search_key(line.text[length:])):
            return True
        is_dash = line.text[:length].rstrip().endswith(("–", "—", "-"))
        return is_dash and index > 0 and self.lines[index - 1].role in ("", "date")

    def paragraph_at(self, index: int) -> bool:
        """Does text stand here? A dateline alone on its line is text if a paragraph follows."""
        if index >= self.count:
            return False
        if is_paragraph(self.lines[index]):
            return True
        found = self.dateline(index)
        is_alone = found is not None and found.length >= len(self.lines[index].text)
        return found is not None and (not is_alone or (index + 1 < self.count and is_paragraph(self.lines[index + 1])))

    def is_listed(self, index: int) -> bool:
        return bool(self.lines[index].href) or self.lines[index].tag == "li"

    def is_heading(self, index: int) -> bool:
        """Headlines inside a text are set as text; a heading is the title of the article below it."""
        line = self.lines[index]
        return line.role != "marker" and line.tag in HEADINGS and line.zone != "related"

    def stands_at_an_end(self, index: int) -> bool:
        below = self.at(index + 1)
        ends = below is None or below.role in ENDS_A_TEXT or below.role in ("marker", "separator", "byline", "navigation")
        return ends or self.is_below_the_page(index + 1)

    def source_follows(self, index: int) -> bool:
        """Does the line that names the main article's source stand below?"""
        if self._last_source is None:
            sources = (i for i, line in enumerate(self.lines) if line.role == "source" and line.rule == "source_label")
            self._last_source = max(sources, default=-1)
        return self._last_source > index

    def is_below_the_page(self, index: int) -> bool:
        """Does the footer stand above this line? Then it is a notice on cookies or the like."""
        return self.lines[index].number in self._below_the_page


def _name_of(outlet: str) -> str:
    """The name without what it is: `الميناء` of `موقع الميناء الاخباري`. Both are search keys."""
    words = [word for word in outlet.split() if word not in _KINDS_OF_OUTLETS]
    return " ".join(words) or outlet


def _numbers_below_the_page(lines: list[Line]) -> frozenset[int]:
    """Numbers of the few lines behind the footer, where no part of the story follows: notices on cookies and the like."""
    footer = next((line.number for line in lines if line.zone == "footer"), len(lines))
    story = max((line.number for line in lines if line.zone in ("related", "date", "byline")), default=0)
    below = [line for line in lines[max(footer, story) :] if line.zone in ("", "content")]
    is_short = sum(len(line.text) for line in below) < MAX_BELOW_THE_PAGE
    return frozenset(line.number for line in below) if is_short else frozenset()


def _sure_dateline(line: Line) -> Dateline | None:
    found = read_dateline(line.text) if not line.role else None
    return found if found and found.sure else None
