"""Where on an html page the main article's text stands, told by structure: no outlet, no script and no language is known.

Each line gets a weight: running text is worth its letters, links and labels cost. The block with the greatest sum holds
the article; inside it each line is judged again, and above it the article's lead is looked for.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise

from almasalla_crawler.arabic.furniture import speaks_to_the_reader
from almasalla_crawler.arabic.letters import is_arabic_script, search_key
from almasalla_crawler.arabic.names import opens_with_a_name
from almasalla_crawler.arabic.stems import goes_on
from almasalla_crawler.items import Line
from almasalla_crawler.readers.addresses import is_on_the_site_of
from almasalla_crawler.readers.blocks import Block, Blocks
from almasalla_crawler.readers.boxes import (
    TEXT_ZONES,
    asks_for_consent,
    ends_with_a_name,
    is_credit_of_a_picture,
    is_invitation,
    mark_boxes,
    mark_cards,
    speaks_of_membership,
)
from almasalla_crawler.readers.endings import mark_endings, signed_by
from almasalla_crawler.readers.running import LONG, is_as_long, is_closed, letters, linked_letters
from almasalla_crawler.readers.tables import is_cell, opens_a_table
from almasalla_crawler.readers.threads import mark_threads

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TEXT_TAGS = frozenset({"p", "li", "td", "th", "blockquote", "dd", "dt"})
_PARTS_OF_A_TEXT = frozenset("p li ul ol dl dt dd table tbody thead tr td th blockquote figure".split())
_NOT_A_WORD = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+")  # `item_3` and `item_4` are of one kind
_DEPTH_DISCOUNT = 0.95  # a block has to hold more text than the one inside it, not only more lines
MIN_TEXT = 200  # letters; less is no article
MIN_TITLED_TEXT = 80  # where it stands below a headline or is marked as an article
MAX_LINES_BELOW_TITLE = 20
MIN_TITLE = 15
MIN_LISTED = 4
MIN_SPACES = 7  # of a sentence
MIN_SHORT_SPACES = 3  # of one that has its full stop
_OF_LABELS = (":", "-", "–", "|", "/")
_HOLD_HEADLINES = TEXT_ZONES | {"related", "aside", "navigation"}
MAX_LINKS_ABOVE = 5  # between the headline and the text; more are a list
MIN_LEAD = 40
MIN_LABELLED = 2
MIN_SENTENCE = 45
MAX_COMPARED_LINES = 2000  # each is searched for in the stated text
MAX_STATED = 200_000
MIN_STATED = 250  # letters of a stated text that can be told from a summary
_LEAD_NAMES = re.compile(
    r"(?:^|[\s_-])(?:leads?|standfirst|stand-first|dek|deck|subtitle|sub-?title|sub-?head(?:line|ing)?|summary|intro|abstract"
    r"|chapo|chapeau|vorspann|ingress|entradilla|bajada|sumario|sottotitolo|occhiello|excerpt|teaser|synopsis|preamble|manchet|perex"
    r"|tagline|introduction|description|lede|strapline|snippet)(?:$|[\s_-])",
    re.I,
)  # fmt: skip


def find_content(
    page: Blocks,
    stated: str = "",
    authors: Sequence[str] = (),
    is_article: bool = False,
    url: str = "",
    may_list: bool = True,
) -> str:
    """Gives the lines of the main article's text the zone `content`, and lines between them that are none of it another.

    `stated` is the text of the article as the page's head states it, "" if it does not, `authors` the names stated there;
    `is_article`: does the page say that it is one? Then a few sentences below the headline are its text, whatever else it holds.
    `may_list`: may texts below headings that link to others of the site of `url` be theirs, however long they are?
    What the page shows comes back: `article`, `listing` or `no text`. A page in Arabic script whose text below the headline is
    not the weightiest may hold a longer article below its own: nothing is decided here (""), as `split` knows what parts
    articles in that script. It also judges what stands below the text.
    """
    zones = [line.zone for line in page.lines]
    finder = _Finder(page, stated, authors, is_article, url if may_list else None)
    first = finder.first_below_title()
    shape = finder.find()
    if first >= 0 and is_arabic_script(page.lines[first].text):
        is_agreed = page.lines[first].zone == "content" and not finder.leaves_text_out(first)
        last = max((i for i, line in enumerate(page.lines) if line.zone == "content"), default=0) if is_agreed else -1
        for line, zone in zip(page.lines[last + 1 :], zones[last + 1 :], strict=True):
            if line.zone == "aside" or not is_agreed:
                line.zone = zone
        return shape if is_agreed or (shape == "listing" and may_list) else ""
    return shape


class _Finder:
    def __init__(self, page: Blocks, stated: str, authors: Sequence[str], is_article: bool, url: str | None) -> None:
        self.page = page
        self.lines, self.blocks, self.block_of = page.lines, page.blocks, page.block_of
        self.stated = _letters_only(stated)
        self.authors = authors
        self.is_article = is_article
        self.url = url
        self.start = 0  # of the text that was found, without its lead
        self.titles = [i for i, line in enumerate(self.lines) if line.tag == "h1" and is_as_long(line.text, MIN_TITLE)]

    def find(self) -> str:
        cards = mark_cards(self.page)
        mark_threads(self.page)
        self.measure()
        body = self.heaviest()
        if refused := self.refused(body, cards):
            short = self.short_text() if self.is_article else None
            if short is None:
                return refused
            body = short
        start, end = self.below_title(body), body.end
        top = self.title_above(self.first_of_text(start, end))
        inside = [i for i, block in enumerate(self.blocks) if top < block.start and block.end <= end and block is not body]
        mark_boxes(self.page, inside, self.sums, start, self.sums[end] - self.sums[start])
        self.measure()
        first = self.epigraph_above(self.heading_above(self.first_above(self.first_of_text(start, end)), start, end), top)
        end = self.above_footer(first, end)
        self.start = first
        for index, line in enumerate(self.lines):
            if first <= index < end:
                line.zone = self.zone_inside(index)
            elif line.zone == "content":
                line.zone = ""
        self.mark_lead(first)
        self.compare_with_stated()
        self.drop_trailing_boxes(first, end)
        self.drop_endings(first, end)
        self.drop_repeated()
        self.drop_labels_of_links(first, end)
        self.drop_headings_without_text()
        return "article"

    def refused(self, body: Block, cards: int) -> str:
        """What the page shows if the block with most text holds no article, "" if it does."""
        start, end = self.below_title(body), body.end
        first = self.first_of_text(start, end)
        is_titled = 0 < first - self.title_above(first) <= MAX_LINES_BELOW_TITLE
        if self.sums[end] - self.sums[start] < (MIN_TITLED_TEXT if is_titled or body.is_body else MIN_TEXT):
            return "listing" if cards else "no text"
        return "listing" if not body.is_body and self.is_list_of_texts(start, end, is_titled) else ""

    def short_text(self) -> Block | None:
        """The block around the first sentence below the headline, whatever stands between that is no part of the text."""
        top = next(iter(self.titles), len(self.lines))
        below = [i for i in range(top + 1, len(self.lines)) if self.lines[i].zone in TEXT_ZONES]
        found = next((i for i in below[:MAX_LINES_BELOW_TITLE] if self.running[i] >= MIN_TITLED_TEXT), None)
        return None if found is None else self.block_around(self.blocks[self.block_of[found]])

    def first_below_title(self) -> int:
        """Index of the first running line close below the headline, -1 if there is none."""
        titles = [i for i, line in enumerate(self.lines) if line.tag in ("h1", "h2") and is_as_long(line.text, MIN_TITLE)]
        top = next((i for i in titles if self.lines[i].tag == "h1"), next(iter(titles), -1))
        below = range(top + 1, min(top + 1 + MAX_LINES_BELOW_TITLE, len(self.lines))) if titles else range(0)
        is_text = (i for i in below if self.lines[i].zone in TEXT_ZONES and self.page.running[i] >= LONG)
        return next(is_text, -1)

    def leaves_text_out(self, first: int) -> bool:
        """Was line `first` taken for the lead of the text found below it, though other lines of its own text were not?"""
        kind = self.kind(self.block_of[first])
        own = [i for i in range(first + 1, self.start) if self.kind(self.block_of[i]) == kind and self.page.running[i]]
        left = (self.lines[i].text for i in own if self.lines[i].zone in TEXT_ZONES - {"content"})
        return any(not speaks_to_the_reader(text, search_key(text)) for text in left)

    def measure(self) -> None:
        self.running = [
            running if line.zone in TEXT_ZONES else 0.0 for line, running in zip(self.lines, self.page.running, strict=True)
        ]
        self.sums = [0.0, *accumulate(self.running)]
        self.blocks_of_text = {block for block, running in zip(self.block_of, self.running, strict=True) if running}
        many = Counter(self.kind(block) for block in self.blocks_of_text)
        self.kinds_of_text = {kind for kind, count in many.items() if count > 2}

    def kind(self, block: int) -> tuple[int, str, str]:
        """Blocks of one kind stand side by side under one name: paragraphs that are no <p>."""
        return self.blocks[block].parent, self.blocks[block].tag, self.blocks[block].names

    # --- the block that holds the text -------------------------------------------------------------------------------

    def heaviest(self) -> Block:
        discounts = [_DEPTH_DISCOUNT**depth for depth in range(max(block.depth for block in self.blocks) + 1)]
        weights = map(self.weight, self.lines, self.running)
        depths = (discounts[self.blocks[block].depth] for block in self.block_of)
        sums = [0.0, *accumulate(weight * discount for weight, discount in zip(weights, depths, strict=True))]

        def value(block: Block) -> float:
            total = (sums[block.end] - sums[block.start]) / discounts[block.depth]
            return total * (1.5 if block.is_body else 1.1 if block.tag == "article" or block.zone == "content" else 1.0)

        found = max(self.blocks, key=value)
        return self.first_of_several(self.block_around(found))

    def block_around(self, found: Block) -> Block:
        """The innermost block around that may hold several paragraphs."""
        while (found.tag == "p" or found.end - found.start == 1) and found.parent > 0:
            found = self.blocks[found.parent]
        return found

    def first_of_several(self, found: Block) -> Block:
        """A page that goes on with whole other articles marks each as one and gives it a headline of its own."""
        whole: list[Block] = []
        for block in self.blocks:
            is_inside = found.start <= block.start and block.end <= found.end and block is not found
            if block.tag == "article" and is_inside and not (whole and block.start < whole[-1].end):
                has_headline = any(line.tag == "h1" for line in self.lines[block.start : block.end])
                if has_headline and self.sums[block.end] - self.sums[block.start] >= MIN_TEXT:
                    whole.append(block)
        return whole[0] if len(whole) > 1 else found

    def weight(self, line: Line, running: float) -> float:
        """What a line says for the block around it: text for, links and labels against, known noise nothing."""
        if running or line.zone not in TEXT_ZONES or line.tag in _HEADINGS:
            return running
        return -25.0 if line.href else 0.0 if line.tag == "p" else -10.0

    def below_title(self, body: Block) -> int:
        """Index of the first line of a block behind the headline that it may hold."""
        limit = self.sums[body.start] + 0.25 * (self.sums[body.end] - self.sums[body.start])
        above = [i for i in range(body.start, body.end) if self.sums[i] <= limit and self.lines[i].tag == "h1"]
        titles = [i for i in above if letters(self.lines[i].text) >= MIN_TITLE] or above[-1:]
        return titles[0] + 1 if titles else body.start

    def first_of_text(self, start: int, end: int) -> int:
        """Index of the first line that is surely text; of the dateline above it, if that stands alone."""
        sure = (i for i in range(start, end) if self.running[i] and (self.lines[i].tag != "div" or self.running[i] >= LONG))
        first = self.first_of_block(next(sure, start), start)
        return first - 1 if first > start and self.lines[first - 1].text.endswith(":") else first

    def first_of_block(self, first: int, start: int) -> int:
        """Short sentences right above the line are text too: in its block, between line breaks, or in blocks of its kind."""
        for index in range(first - 1, start - 1, -1):
            if self.kind(self.block_of[index]) != self.kind(self.block_of[first]) or self.lines[index].links:
                break
            first = index if self.running[index] or self.is_open_sentence(index) or self.is_short_sentence(index) else first
        return first

    def is_short_sentence(self, index: int) -> bool:
        """`لم يصب أحد بأذى.`: a few words and a full stop; what has a colon or a dash, or ends with a name, is a label."""
        line = self.lines[index]
        is_text = line.tag in ("p", "div") and line.zone in TEXT_ZONES and line.text.endswith((".", "۔"))
        if not is_text or line.text.count(" ") < MIN_SHORT_SPACES or any(sign in line.text for sign in _OF_LABELS):
            return False
        key = search_key(line.text)
        is_label = opens_with_a_name(" ".join(key.split()[-2:])) or is_credit_of_a_picture(line.text)
        return not is_label and not speaks_to_the_reader(line.text, key)

    def is_open_sentence(self, index: int) -> bool:
        """Has a line the length of a sentence and no full stop? What ends with a name is a caption."""
        line = self.lines[index]
        is_text = line.tag in ("p", "div") and line.zone in TEXT_ZONES and not is_credit_of_a_picture(line.text)
        return is_text and letters(line.text) >= MIN_SENTENCE and not ends_with_a_name(line.text)

    def first_above(self, first: int) -> int:
        """Index of the first paragraph between headline and block, where the text begins outside the block that holds it."""
        top = self.title_above(first)
        above = (i for i in range(top + 1, first) if self.running[i] and self.lines[i].tag in ("p", "li"))
        start = next(above, first)
        links = sum(bool(line.href) and line.zone in TEXT_ZONES for line in self.lines[start:first])
        return start if self.sums[first] - self.sums[start] >= 2 * LONG and links <= MAX_LINKS_ABOVE else first

    def heading_above(self, first: int, start: int, end: int) -> int:
        """Index of the sub-heading over the first paragraph, if another one like it stands over a later paragraph."""
        if first <= start or not self.is_subheading(first - 1):
            return first
        later = (i for i in range(first, end - 1) if self.running[i + 1] and self.is_subheading(i))
        return first - 1 if any(self.looks(i) == self.looks(first - 1) for i in later) else first

    def epigraph_above(self, first: int, top: int) -> int:
        """Index of the first line of a quotation right above the text."""
        while first - 1 > top and self.lines[first - 1].tag == "blockquote" and self.lines[first - 1].zone in TEXT_ZONES:
            first -= 1
        return first

    def is_subheading(self, index: int) -> bool:
        line = self.lines[index]
        return line.tag in _HEADINGS and line.tag != "h1" and not line.links and line.zone in TEXT_ZONES

    def looks(self, index: int) -> tuple[str, str]:
        return self.lines[index].tag, self.blocks[self.block_of[index]].names

    def above_footer(self, first: int, end: int) -> int:
        """Index of the footer, if what stands below it is little: a notice on cookies or the like."""
        footer = next((i for i in range(first, end) if self.lines[i].zone == "footer"), end)
        above = {self.kind(self.block_of[i]) for i in range(first, footer) if self.running[i]}
        goes_on = any(self.running[i] and self.kind(self.block_of[i]) in above for i in range(footer, end))
        is_little = self.sums[end] - self.sums[footer] < 0.2 * (self.sums[end] - self.sums[first])
        return footer if is_little and not goes_on else end

    def is_list_of_texts(self, start: int, end: int, is_titled: bool) -> bool:
        """Linked headings that each stand over a line or two; or little text beside many headlines."""
        mass = self.sums[end] - self.sums[start]
        headings = [i for i in range(start, end) if self.lines[i].href and self.lines[i].tag in _HEADINGS]
        over = [(i, below) for i, below in pairwise([*headings, end]) if self.sums[below] > self.sums[i]]
        if len(over) >= MIN_LISTED and mass < 350 * len(over):
            return True
        if self.count_repeated(over) >= MIN_LISTED:
            return True  # with `read more` below each text
        return mass < 3 * MIN_TEXT and not is_titled and self.count_headlines() >= 30

    def count_repeated(self, over: list[tuple[int, int]]) -> int:
        """Pages of the site that both a heading and a line below its text link to. Lists of books link to shops."""
        if self.url is None:
            return 0
        repeated = {self.lines[i].href for i, below in over if self.lines[i].href in self.hrefs(i + 1, below)}
        return sum(is_on_the_site_of(self.url, href) for href in repeated)

    def hrefs(self, start: int, end: int) -> set[str]:
        return {line.href for line in self.lines[start:end]}

    def count_headlines(self) -> int:
        return sum(bool(line.href) and is_as_long(line.text, MIN_TITLE) and line.zone in _HOLD_HEADLINES for line in self.lines)

    # --- the lines of the text ---------------------------------------------------------------------------------------

    def zone_inside(self, index: int) -> str:
        line = self.lines[index]
        if line.zone not in TEXT_ZONES:
            return line.zone
        length = letters(line.text)
        if line.links and (line.href or linked_letters(line) > 0.6 * length):
            return "content" if length >= 100 and is_closed(line.text) else ""
        beside = self.lines[index - 1 : index] + self.lines[index + 1 : index + 2]
        if is_invitation(line, length, any(one.zone == "form" for one in beside)) or asks_for_consent(line.text):
            return ""
        if is_credit_of_a_picture(line.text):
            return "caption"
        block = self.block_of[index]
        is_text = (
            line.tag in _HEADINGS
            or line.tag in _TEXT_TAGS
            or block in self.blocks_of_text
            or self.kind(block) in self.kinds_of_text
            or self.goes_on(index)
        )
        return "content" if is_text or self.is_inside_a_heading(index) else ""

    def goes_on(self, index: int) -> bool:
        """A short closed sentence in a block of the same kind as the text directly above it."""
        is_sentence = not self.lines[index].links and is_closed(self.lines[index].text)
        return (
            is_sentence
            and self.lines[index - 1].zone == "content"
            and self.kind(self.block_of[index - 1]) == self.kind(self.block_of[index])
        )

    def is_inside_a_heading(self, index: int) -> bool:
        outer = self.blocks[self.blocks[self.block_of[index]].parent]
        return outer.tag in _HEADINGS and outer.end - outer.start == 1

    def title_above(self, index: int) -> int:
        """Index of the headline nearest above a line, or of the line if there is none."""
        titles = [i for i in self.titles if i < index]
        return next((i for i in titles if self.lines[i].text == self.lines[titles[-1]].text), index)

    def mark_lead(self, first: int) -> None:
        """The lead stands between the headline and the text."""
        top = self.title_above(first)
        for index in range(top + 1, first):
            line = self.lines[index]
            length = letters(line.text)
            if line.href or length < MIN_LEAD or is_credit_of_a_picture(line.text):
                continue
            named = self.is_named_lead(self.blocks[self.block_of[index]])
            below = line.tag == "h2" and index == top + 1
            closed = length >= LONG and is_closed(line.text)
            if (line.zone in TEXT_ZONES and (named or below or closed)) or (named and line.zone == "aside"):
                line.zone = "content"

    def is_named_lead(self, block: Block) -> bool:
        outer = self.blocks[block.parent]
        names = f"{block.names} {outer.names}" if outer.end - outer.start <= 3 else block.names
        return _LEAD_NAMES.search(names) is not None

    def compare_with_stated(self) -> None:
        """Where the head states the whole text, running lines that it lacks are none of it."""
        if not MIN_STATED <= len(self.stated) <= MAX_STATED or len(self.lines) > MAX_COMPARED_LINES:
            return
        found = {i: _letters_only(line.text) for i, line in enumerate(self.lines) if line.zone == "content" and self.running[i]}
        lacking = [i for i, text in found.items() if text not in self.stated]
        if sum(len(found[i]) for i in lacking) < 0.25 * sum(map(len, found.values())):
            last = max((i for i in found if i not in lacking), default=0)
            for index in lacking:
                if index > last:
                    self.lines[index].zone = ""

    def drop_trailing_boxes(self, first: int, end: int) -> None:
        """Behind the paragraphs that make up the text, a few lines in a block of their own that invite or have a heading."""
        blocks = self.homes()
        homes = {i: blocks[self.block_of[i]] for i in range(first, end) if self.lines[i].zone == "content"}
        mass: Counter[tuple[str, str]] = Counter()
        for index, home in homes.items():
            mass[home.tag, _NUMBER.sub("", home.names)] += int(self.running[index])
        total = sum(mass.values())
        main = {kind for kind, letters_in_kind in mass.items() if letters_in_kind >= 0.25 * total}
        if sum(mass[kind] for kind in main) < 0.6 * total:
            return
        last = max(i for i, home in homes.items() if (home.tag, _NUMBER.sub("", home.names)) in main and self.running[i])
        while last + 1 in homes and self.lines[last + 1].tag == "li" and homes[last + 1] is homes[last]:
            last += 1  # a list of labels below the last paragraph is the text's
        if opens_a_table(self.lines, last + 1):
            while last + 1 in homes and is_cell(self.lines[last + 1]) and homes[last + 1] is homes[last]:
                last += 1
        while last + 1 in homes and homes[last + 1] is homes[last] and self.may_lack_its_stop(last + 1):
            last += 1
        trailing = [i for i in homes if i > last]
        if any(self.lines[i].tag in _HEADINGS or speaks_of_membership(self.lines[i].text) for i in trailing):
            for index in trailing:
                self.lines[index].zone = ""

    def may_lack_its_stop(self, index: int) -> bool:
        """A line as long as a sentence that goes on from the one above it: others may be headlines, captions and calls."""
        line = self.lines[index]
        is_sentence = line.tag == "p" and not line.links and line.text.count(" ") >= MIN_SPACES
        return is_sentence and goes_on(search_key(line.text)) and not speaks_of_membership(line.text)

    def homes(self) -> list[Block]:
        """For each block the innermost one around it that holds paragraphs side by side."""
        found: list[Block] = []
        for block in self.blocks:
            is_part = block.parent >= 0 and (block.end - block.start == 1 or block.tag in _PARTS_OF_A_TEXT)
            found.append(found[block.parent] if is_part else block)
        return found

    def drop_endings(self, first: int, end: int) -> None:
        text = [index for index in range(first, end) if self.lines[index].zone == "content"]
        names = [*self.authors, *signed_by(self.lines[max(0, first - MAX_LINES_BELOW_TITLE) : first])]
        mark_endings(self.lines, text, names)

    def drop_repeated(self) -> None:
        """A long line that the page shows twice is a caption or its headline again."""
        shown: set[str] = {line.text for line in self.lines if line.tag == "h1" or line.zone == "caption"}
        for line in self.lines:
            if line.zone == "content" and len(line.text) >= 40:
                if line.text in shown:
                    line.zone = ""
                shown.add(line.text)

    def drop_labels_of_links(self, first: int, end: int) -> None:
        """A few words above a list of links are its label."""
        links = 0
        for index in range(end - 1, first - 1, -1):
            line = self.lines[index]
            if line.zone == "content":
                if links >= MIN_LABELLED and not (line.links or line.tag == "li" or self.running[index] or is_closed(line.text)):
                    line.zone = ""
                links = 0
            elif line.zone in ("", "related"):
                links = links + 1 if line.href else 0

    def drop_headings_without_text(self) -> None:
        """A heading above links, above the next heading of its rank or at the end stands over nothing."""
        below = 0  # rank of the next heading down, 9 for text, 0 for nothing
        for line in reversed(self.lines):
            if line.zone == "content" and line.tag not in _HEADINGS:
                below = 9
            elif line.zone == "content" and int(line.tag[1]) < below:
                below = int(line.tag[1])
            elif line.zone == "content":
                line.zone = ""


def _letters_only(text: str) -> str:
    return _NOT_A_WORD.sub("", text).lower()
