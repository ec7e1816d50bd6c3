"""What stands at a line, for whoever cuts a page into articles: headline, paragraph, dateline, the start of something new."""

import re
from itertools import islice

from almasalla_crawler.arabic.datelines import Dateline, read_dateline
from almasalla_crawler.arabic.letters import is_arabic_script, search_key, search_keys
from almasalla_crawler.arabic.names import opens_with_a_name
from almasalla_crawler.arabic.places import is_place
from almasalla_crawler.arabic.stems import goes_on, stems
from almasalla_crawler.items import Line, Page
from almasalla_crawler.readers.running import letters

ENDS_A_TEXT = frozenset({"source", "credit", "disclaimer", "author_box", "keywords"})
_BESIDE_A_TITLE = frozenset({"date", "byline", "section", "credit"})
_APART = frozenset({"navigation", "comment", "advert", "caption"})  # beside the flow of the page
_INTRODUCES_A_LIST = re.compile(r"\b(?:ال|كال|ب)?(?:اتي|اتيه|تالي|تاليه|ياتي|يلي)\b")
_KINDS_OF_OUTLETS = frozenset(
    "موقع صحيفه جريده وكاله قناه شبكه بوابه منصه مجله الاخباري الاخباريه الالكتروني الالكترونيه".split()
)
_BULLETS = ("-", "–", "—", "*")
_SENTENCE_END = (".", "؛", "،", ":", "۔", "。", "।", "።")
SENTENCE_MARKS = (".", "؟", "?", "!", "…", "۔", "،", "؛", ":")
CLOSING = "”\"»)]'’」』）"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
MAX_TITLE_WORDS = 24
MAX_CLOSED_HEADLINE_WORDS = 16
MIN_TITLE_SIGNS = 8  # of a heading in Chinese or Japanese, which set no spaces
MIN_PARAGRAPH_WORDS = 20  # a line this long without a full stop is a paragraph, shorter it may be a headline
MAX_LABEL_WORDS = 5
MIN_SENTENCE_WORDS = 9  # a line this long may be a sentence without its full stop
MIN_TAKEN_UP = 3  # words of a headline that the text below it says again; one less if a label stands above
MAX_LINES_BESIDE_A_TITLE = 8
MAX_BELOW_THE_PAGE = 400  # characters; more is a text
MAX_LOOKAHEAD = 300  # lines; keeps the work of a page in proportion to its length


def is_title_like(line: Line) -> bool:
    """Could this line be a headline? Ordinary, short, and not closed like a sentence."""
    if line.role or line.key.count(" ") >= MAX_TITLE_WORDS or len(line.text) > 200:
        return False
    if line.tag in HEADINGS or line.text.endswith(("..", "…")):
        return line.key.count(" ") >= 1 or letters(line.text) - len(line.text) >= MIN_TITLE_SIGNS
    return line.key.count(" ") >= 1 and not line.text.rstrip(CLOSING).endswith(_SENTENCE_END)


def is_paragraph(line: Line) -> bool:
    """Is this line running text on its own account: long, or a closed sentence?"""
    if line.role:
        return False
    words = _words(line.key)
    if line.href and not (line.zone == "content" and words >= MIN_PARAGRAPH_WORDS):
        return False  # a link is a headline, unless the text itself is one
    if (line.tag in HEADINGS and words < MIN_PARAGRAPH_WORDS) or (line.text.endswith("..") and words < MIN_PARAGRAPH_WORDS):
        return False
    return words >= MIN_PARAGRAPH_WORDS or (
        words >= 4 and line.text.rstrip(CLOSING).endswith((".", "،", "؛", "۔", "。", "।", "።"))
    )


def has_length(line: Line) -> bool:
    """Of a sentence, and none of the marks of a headline in html? It may lack its full stop."""
    is_plain = not (line.role or line.href) and line.tag not in HEADINGS and line.tag != "li"
    return is_plain and line.key.count(" ") >= MIN_SENTENCE_WORDS - 1


def _words(key: str) -> int:
    """Words of a line; in a script that sets no spaces three letters are taken for one."""
    spaces = key.count(" ")
    return spaces + 1 if len(key) < 16 * (spaces + 1) else len(key) // 3


class Evidence:
    """The lines that take part in a page's texts, and what speaks at each of them for a new article, a list, an end."""

    def __init__(self, page: Page) -> None:
        self.lines = [line for line in page.lines if line.role not in _APART]
        self.count = len(self.lines)
        sources = [search_key(line.value) for line in page.lines if line.role == "source" and line.value]
        self.agencies = frozenset([*sources, *map(_name_of, sources)])
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
        return self.skip(after, _BESIDE_A_TITLE)

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
            beside = found and index and (is_title_like(self.lines[index - 1]) or self.lines[index - 1].role == "date")
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

    def _opens_a_text(self, index: int, length: int) -> bool:
        """A place alone before a dash, `أسوان – انطلقت ...`, and running text behind it."""
        line = self.lines[index]
        return has_length(line) and line.text[:length].rstrip().endswith(("–", "—", "-"))

    def paragraph_at(self, index: int) -> bool:
        """Does text stand here? A dateline alone on its line is text if a paragraph follows."""
        if index >= self.count:
            return False
        if is_paragraph(self.lines[index]):
            return True
        found = self.dateline(index)
        is_alone = found is not None and found.length >= len(self.lines[index].text)
        return found is not None and (not is_alone or (index + 1 < self.count and is_paragraph(self.lines[index + 1])))

    def is_headline(self, index: int) -> bool:
        line = self.lines[index]
        return not line.role and (self.is_listed(index) or (is_title_like(line) and not self.dateline(index)))

    def is_closed_headline(self, index: int) -> bool:
        """A short closed sentence directly above a date line, or at the top of a page above its dateline, is a headline."""
        line = self.lines[index]
        if line.role or line.href or line.tag == "li" or line.key.count(" ") >= MAX_CLOSED_HEADLINE_WORDS or self.dateline(index):
            return False
        after = self.skip(index + 1, _BESIDE_A_TITLE)
        if after >= self.count or not self.paragraph_at(after):
            return False
        dated = any(beside.role == "date" for beside in self.lines[index + 1 : after])
        if dated or self.dateline(after) is None:
            return dated
        above = self.lines[max(0, index - MAX_LOOKAHEAD) : index]
        return not any(one.role in ("paragraph", "dateline") or is_paragraph(one) for one in above)

    def is_listed(self, index: int) -> bool:
        return bool(self.lines[index].href) or self.lines[index].tag == "li"

    def is_heading(self, index: int) -> bool:
        """Headlines inside a text are set as text; a heading is the title of the article below it."""
        line = self.lines[index]
        return line.role != "marker" and line.tag in HEADINGS and line.zone != "related"

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
            follows = self.skip(index + 1, _BESIDE_A_TITLE)
            return "date_and_dateline" if follows < self.count and self.dateline(follows) else ""
        if self.is_closed_headline(index):
            return "title_and_date"
        if not is_title_like(line) or self.dateline(index):
            return ""
        after = self.skip(index + 1, _BESIDE_A_TITLE)
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
        after = self.skip(index + 1, _BESIDE_A_TITLE)
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
            or line.tag == "li"
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
        headlines = self.lines[index + 1 : end]
        if line.text.endswith(":") and _INTRODUCES_A_LIST.search(line.key):
            return False
        if len(headlines) < 3 or not all(self.is_headline(i) for i in range(index + 1, end)):
            return False
        if any(one.role in ("source", "marker") for one in self.lines[end:]):
            return False
        return sum(one.key.count(" ") + 1 for one in headlines) >= 5 * len(headlines)

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
        """Bullets that run to the end of the page behind a closed sentence are headlines, not a list of the text."""
        rest = self.lines[index:]
        if self.lines[index - 1].role == "list_item":
            return False
        return (
            len(rest) >= 2
            and all(line.tag == "li" or line.role for line in rest)
            and not self.lines[index - 1].text.endswith(":")
        )

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
