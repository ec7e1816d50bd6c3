"""Short lines between two paragraphs in markup that says nothing: of the text, or what a script put there."""

import re
from functools import cached_property

from almasalla_crawler.arabic.furniture import is_furniture
from almasalla_crawler.arabic.names import opens_with_a_name
from almasalla_crawler.arabic.stems import stems
from almasalla_crawler.items import BODY_ROLES, Article, Line
from almasalla_crawler.pipelines.bodies import Bodies
from almasalla_crawler.pipelines.line_shapes import is_title_like
from almasalla_crawler.pipelines.read_also import MAX_SHARED

MAX_LINES = 6
MAX_LABEL = 3  # words: a sub-heading this short may say nothing that the text says
MAX_QUESTION = 5  # words, of one that heads a part of the text
MIN_HEADLINE = 5  # words: two of a headline may stand in any text
MAX_NAME = 4  # words
DOUBT = 1.0  # of a line between two paragraphs: `رأي الأهالي` is a sub-heading there
_OF_ANY_TEXT = frozenset(
    "بعد قبل كان كانت هذا هذه ذلك تلك التي الذي الذين علي الي عند عندما بين حتي مع كل غير ايضا اكثر جديد جديده".split()
)
_IN_FIGURES = re.compile(r"[^\W\d]+ \d+(?: [^\W\d]+){1,2}")  # an item: `تعيين 12 مراقبا جديدا`


class PlainLines:
    def __init__(self, bodies: Bodies) -> None:
        self.evidence = bodies.evidence
        self.lines = bodies.lines
        self.end = 0  # of the last lines that were found to be of the text

    def is_of_the_text(self, index: int, article: Article) -> bool:
        """Is a line without a link, between two paragraphs, of the text as all of its neighbours up to the next paragraph are?"""
        if index < self.end:
            return True
        above = next(line for line in reversed(self.lines[:index]) if not _carries_a_headline(line))
        if not self.evidence.knows_the_script or above is not article.lines[-1]:
            return False
        end = index
        while end < min(len(self.lines), index + MAX_LINES) and (
            self.is_plain(self.lines[end]) or (end > index and _carries_a_headline(self.lines[end]))
        ):
            end += 1
        if not index < end < len(self.lines) or above.role not in BODY_ROLES:
            return False
        goes_on = self.lines[end].zone == "content" and self.evidence.paragraph_at(end)
        if goes_on and self.speak_of_it([line for line in self.lines[index:end] if not _carries_a_headline(line)]):
            self.end = end
        return index < self.end

    def is_plain(self, line: Line) -> bool:
        is_one = not (line.zone or line.links) and is_title_like(line)
        return is_one and not is_furniture(line.text, line.key, self.evidence.agencies, DOUBT)

    def speak_of_it(self, lines: list[Line]) -> bool:
        """Headlines of other articles, remarks, adverts and buttons say nothing that the text says; a sub-heading alone may."""
        if len(lines) == 1 and lines[0].key.count(" ") < (MAX_QUESTION if lines[0].text.endswith("؟") else MAX_LABEL):
            return not any(map(str.isdigit, lines[0].key))
        keys = [line.key for line in lines]
        if len(keys) > 1 and any(opens_with_a_name(key) and key.count(" ") < MAX_NAME for key in keys):
            return False  # somebody and a remark
        shared = [len(_subjects(key) & self.of_the_text) for key in keys]
        lengths = [key.count(" ") + 1 for key in keys]
        pairs = list(zip(shared, lengths, strict=True))
        speaks = any(count >= (1 if words < MIN_HEADLINE else MAX_SHARED) for count, words in pairs)
        is_listed = len(keys) > 1 and any(map(_IN_FIGURES.fullmatch, keys))
        return (speaks or is_listed) and all(count or words < MIN_HEADLINE for count, words in pairs)

    @cached_property
    def of_the_text(self) -> set[str]:
        return set().union(*(_subjects(line.key) for line in self.lines if line.zone == "content"))


def _carries_a_headline(line: Line) -> bool:
    return (line.role == "marker" and bool(line.value)) or (line.role == "read_also" and bool(line.links))


def _subjects(key: str) -> set[str]:
    return stems(" ".join(word for word in key.split() if word not in _OF_ANY_TEXT))
