"""Where on an html page the main article's text stands, told by structure: no outlet, no script and no language is known.

Each line gets a weight: running text is worth its letters, links and labels cost. The block with the greatest sum holds
the article; inside it each line is judged again, and above it the article's lead is looked for.
"""

import re
from itertools import accumulate

from almasalla_crawler.items import Line
from almasalla_crawler.readers.blocks import Block, Blocks
from almasalla_crawler.readers.running import LONG, is_closed, letters, linked_letters, running_letters

_TEXT_ZONES = frozenset({"", "content"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TEXT_TAGS = frozenset({"p", "li", "td", "th", "blockquote", "dd", "dt"})
_NOT_A_WORD = re.compile(r"[\W_]+")
_DEPTH_DISCOUNT = 0.95  # a block has to hold more text than the one inside it, not only more lines
MIN_TEXT = 200  # letters; less is no article unless its page says that it is one
MAX_CARD_LINES = 12
MIN_CARDS = 3  # blocks of one kind side by side, each with its headline: a list of other articles
_LEAD_NAMES = re.compile(
    r"(?:^|[\s_-])(?:leads?|standfirst|stand-first|dek|deck|subtitle|sub-?title|sub-?head(?:line|ing)?|summary|intro|abstract"
    r"|chapo|chapeau|vorspann|ingress|entradilla|bajada|sumario|sottotitolo|occhiello|excerpt|teaser|synopsis|preamble|manchet|perex"
    r"|tagline|introduction|description|lede|strapline|snippet)(?:$|[\s_-])",
    re.I,
)  # fmt: skip


def find_content(page: Blocks, stated: str = "") -> str:
    """Gives the lines of the main article's text the zone `content`, and lines between them that are none of it another.

    `stated` is the text of the article as the page's head states it, "" if it does not. What the page shows comes back:
    `article`, `listing`, "" if nothing can be told.
    """
    return _Finder(page, stated).find()


class _Finder:
    def __init__(self, page: Blocks, stated: str) -> None:
        self.lines, self.blocks, self.block_of = page.lines, page.blocks, page.block_of
        self.stated = _NOT_A_WORD.sub("", stated).lower()
        self.cards = 0

    def find(self) -> str:
        self.mark_cards()
        self.running = [running_letters(line) if line.zone in _TEXT_ZONES else 0.0 for line in self.lines]
        self.blocks_of_text = {block for block, running in zip(self.block_of, self.running, strict=True) if running}
        body = self.heaviest()
        start, end = self.below_title(body), body.end
        if sum(self.running[start:end]) < MIN_TEXT:
            return "listing" if self.cards else ""
        first = self.first_of_text(start)
        for index, line in enumerate(self.lines):
            if first <= index < end:
                line.zone = self.zone_inside(index)
            elif line.zone == "content":
                line.zone = ""
        self.mark_lead(first)
        return "article"

    # --- the block that holds the text -------------------------------------------------------------------------------

    def heaviest(self) -> Block:
        discounts = [_DEPTH_DISCOUNT ** self.blocks[block].depth for block in self.block_of]
        weights = map(self.weight, self.lines, self.running)
        sums = [0.0, *accumulate(weight * discount for weight, discount in zip(weights, discounts, strict=True))]

        def value(block: Block) -> float:
            total = (sums[block.end] - sums[block.start]) / _DEPTH_DISCOUNT**block.depth
            return total * (1.5 if block.is_body else 1.1 if block.tag == "article" or block.zone == "content" else 1.0)

        return max(self.blocks, key=value)

    def weight(self, line: Line, running: float) -> float:
        """What a line says for the block around it: text for, links and labels against, known noise nothing."""
        if running or line.zone not in _TEXT_ZONES or line.tag in _HEADINGS:
            return running
        return -25.0 if line.href else -10.0

    def below_title(self, body: Block) -> int:
        """Index of the first line of a block behind the headline that it may hold."""
        mass = 0.0
        limit = 0.25 * sum(self.running[body.start : body.end])
        start = body.start
        for index in range(body.start, body.end):
            if self.lines[index].tag == "h1":
                start = index + 1
            mass += self.running[index]
            if mass > limit:
                break
        return start

    def first_of_text(self, start: int) -> int:
        """Index of the first running line; of the dateline above it, if that stands alone."""
        first = next(index for index in range(start, len(self.lines)) if self.running[index])
        return first - 1 if first > start and self.lines[first - 1].text.endswith(":") else first

    # --- lists of other articles -------------------------------------------------------------------------------------

    def mark_cards(self) -> None:
        """Blocks of one kind side by side that each hold a linked headline are teasers: their lines are `related`."""
        kinds: dict[tuple[int, str, str], list[Block]] = {}
        for block in self.blocks[1:]:
            if block.zone in _TEXT_ZONES and 0 < block.end - block.start <= MAX_CARD_LINES and self.is_card(block):
                kinds.setdefault((block.parent, block.tag, block.names.split(" ")[0]), []).append(block)
        for cards in kinds.values():
            if len(cards) >= MIN_CARDS:
                self.cards += len(cards)
                for card in cards:
                    for line in self.lines[card.start : card.end]:
                        line.zone = "related"

    def is_card(self, block: Block) -> bool:
        if block.tag == "p":
            return False
        lines = self.lines[block.start : block.end]
        return any(line.href and letters(line.text) >= 20 for line in lines) and sum(len(line.text) for line in lines) < 700

    # --- inside the body ---------------------------------------------------------------------------------------------

    def zone_inside(self, index: int) -> str:
        line = self.lines[index]
        if line.zone not in _TEXT_ZONES:
            return line.zone
        length = letters(line.text)
        if line.links and (line.href or linked_letters(line) > 0.6 * length):
            return "content" if length >= 100 and is_closed(line.text) else ""
        if line.tag in _HEADINGS or line.tag in _TEXT_TAGS or self.block_of[index] in self.blocks_of_text:
            return "content"
        return ""

    def mark_lead(self, first: int) -> None:
        """The lead stands between the headline and the text."""
        top = next((i for i in range(first - 1, -1, -1) if self.lines[i].tag == "h1"), None)
        if top is None:
            return
        for index in range(top + 1, first):
            line = self.lines[index]
            length = letters(line.text)
            if line.zone in _TEXT_ZONES and not line.href and length >= 40:
                named = _LEAD_NAMES.search(self.blocks[self.block_of[index]].names)
                if named or (length >= LONG and is_closed(line.text)):
                    line.zone = "content"
