"""Where on an html page the main article's text stands, told by structure: no outlet, no script and no language is known.

Each line gets a weight: running text is worth its letters, links and labels cost. The block with the greatest sum holds
the article; inside it each line is judged again, and above it the article's lead is looked for.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate, pairwise

from almasalla_crawler.items import Line
from almasalla_crawler.readers.blocks import Block, Blocks

SENTENCE_ENDS = frozenset(".!?…。！？؟۔।॥።;；")
CLOSING = " \u00a0”\"»›)]'’」』）》“"
_TEXT_ZONES = frozenset({"", "content"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LETTER_OF_TWO = re.compile("[\u3040-\u30ff\u3400-\u9fff]")  # says as much as two letters of an alphabet
_NOT_A_WORD = re.compile(r"[\W_]+")
_DEPTH_DISCOUNT = 0.95  # a block has to hold more text than the one inside it, not only more lines
MIN_TEXT = 200  # letters; less is no article unless its page says that it is one
MIN_CARDS = 3  # blocks of one kind side by side, each with its headline: a list of other articles
_LEAD_NAMES = re.compile(
    r"(?:^|[\s_-])(?:leads?|standfirst|stand-first|dek|deck|subtitle|sub-?title|sub-?head(?:line|ing)?|summary|intro|abstract"
    r"|chapo|chapeau|vorspann|ingress|entradilla|bajada|sumario|sottotitolo|occhiello|excerpt|teaser|synopsis|preamble|manchet|perex"
    r"|tagline|introduction|description|lede|strapline|snippet)(?:$|[\s_-])",
    re.I,
)  # fmt: skip


@dataclass(slots=True)
class _Span:
    """A run of lines, from `start` to before `end`."""

    start: int
    end: int


def find_content(page: Blocks, stated: str = "") -> str:
    """Gives the lines of the main article's text the zone `content`, and lines between them that are none of it another.

    `stated` is the text of the article as the page's head states it, "" if it does not. What the page shows comes back:
    `article`, `listing`, "" if nothing can be told.
    """
    return _Finder(page, stated).find()


class _Finder:
    def __init__(self, page: Blocks, stated: str) -> None:
        self.lines, self.blocks, self.block_of = page.lines, page.blocks, page.block_of
        sample = "".join(line.text for line in self.lines[:200])
        self.factor = 2.0 if len(_LETTER_OF_TWO.findall(sample)) > 0.3 * len(sample) else 1.0
        self.stated = _NOT_A_WORD.sub("", stated).lower()
        self.cards = 0

    def find(self) -> str:
        self.mark_cards()
        weights = [self.weight(line) for line in self.lines]
        body = self.heaviest(weights)
        mass = sum(weight for weight in weights[body.start : body.end] if weight > 0)
        if mass < MIN_TEXT:
            return "listing" if self.cards else ""
        for index, line in enumerate(self.lines):
            if body.start <= index < body.end:
                line.zone = self.zone_inside(line)
            elif line.zone == "content":
                line.zone = ""
        self.mark_lead(body)
        return "article"

    # --- weights -----------------------------------------------------------------------------------------------------

    def weight(self, line: Line) -> float:
        if line.zone not in _TEXT_ZONES:
            return 0.0
        if line.href:
            return -25.0
        if line.tag in _HEADINGS:
            return 0.0
        letters = len(line.text) * self.factor
        linked = sum(len(shown) for shown, _ in line.links) * self.factor
        if not self.is_running(line, letters):
            return -10.0
        density = linked / letters
        return (letters - linked) * (1 - density) if density < 0.5 else -10.0

    def is_running(self, line: Line, letters: float) -> bool:
        return letters >= 80 or (letters >= 25 and _is_closed(line.text))

    def heaviest(self, weights: list[float]) -> Block:
        factors = [_DEPTH_DISCOUNT ** self.blocks[block].depth for block in self.block_of]
        sums = [0.0, *accumulate(weight * factor for weight, factor in zip(weights, factors, strict=True))]

        def value(block: Block) -> float:
            total = (sums[block.end] - sums[block.start]) / _DEPTH_DISCOUNT**block.depth
            return total * (1.5 if block.is_body else 1.1 if block.tag == "article" or block.zone == "content" else 1.0)

        return max(self.blocks, key=value)

    # --- lists of other articles -------------------------------------------------------------------------------------

    def mark_cards(self) -> None:
        """Blocks of one kind side by side that each hold a linked headline are teasers: their lines are `related`."""
        kinds: dict[tuple[int, str, str], list[Block]] = {}
        for block in self.blocks[1:]:
            if block.zone in _TEXT_ZONES and block.end > block.start and self.is_card(block):
                kinds.setdefault((block.parent, block.tag, block.names.split(" ")[0]), []).append(block)
        for cards in kinds.values():
            if len(cards) >= MIN_CARDS:
                self.cards += len(cards)
                for card in cards:
                    for line in self.lines[card.start : card.end]:
                        line.zone = "related"

    def is_card(self, block: Block) -> bool:
        if block.end - block.start > 12 or block.tag == "p":
            return False
        lines = self.lines[block.start : block.end]
        letters = sum(len(line.text) for line in lines) * self.factor
        linked = [line for line in lines if line.href and len(line.text) * self.factor >= 20]
        return bool(linked) and letters < 700

    # --- inside the body ---------------------------------------------------------------------------------------------

    def zone_inside(self, line: Line) -> str:
        if line.zone not in _TEXT_ZONES:
            return line.zone
        letters = len(line.text) * self.factor
        if line.href:
            closed = letters >= 100 and _is_closed(line.text)
            return "content" if closed else "related" if letters >= 20 else "navigation"
        linked = sum(len(shown) for shown, _ in line.links) * self.factor
        if line.links and linked > 0.6 * letters and not (letters >= 100 and _is_closed(line.text)):
            return "related" if letters >= 20 else "navigation"
        if line.tag in _HEADINGS or line.tag in ("p", "li", "td", "th", "blockquote", "dd", "dt") or self.is_running(line, letters):
            return "content"
        return "navigation"

    def mark_lead(self, body: Block) -> None:
        """The lead stands between the headline and the text."""
        top = next((i for i in range(body.start - 1, -1, -1) if self.lines[i].tag == "h1"), None)
        if top is None:
            return
        for index in range(top + 1, body.start):
            line = self.lines[index]
            letters = len(line.text) * self.factor
            if line.zone in _TEXT_ZONES and not line.href and letters >= 40:
                named = _LEAD_NAMES.search(self.blocks[self.block_of[index]].names)
                if named or (letters >= 80 and _is_closed(line.text)):
                    line.zone = "content"


def _is_closed(text: str) -> bool:
    """Does it end like a sentence?"""
    return text.rstrip(CLOSING)[-1:] in SENTENCE_ENDS
