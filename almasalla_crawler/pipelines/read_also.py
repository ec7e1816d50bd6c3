"""Read-also lines inside a text, with the headlines that stand below them."""

import re

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.arabic.stems import goes_on, stems
from almasalla_crawler.pipelines.bodies import Bodies, Taking
from almasalla_crawler.pipelines.evidence import MAX_LABEL_WORDS
from almasalla_crawler.pipelines.flow import ENDS_A_TEXT, MAX_LOOKAHEAD

_SIGNS_OFF = ENDS_A_TEXT | {"byline"}
_ROW = re.compile(r"[^:.]{2,25}: ?\S")
MIN_ROWS = 2
MAX_SHARED = 2  # words that a headline of another article may have in common with the text


class ReadAlso(Taking):
    def __init__(self, bodies: Bodies) -> None:
        super().__init__(bodies)
        sources = (i for i, line in enumerate(self.lines) if line.role == "source" and line.rule == "source_label")
        self.first_source = next(sources, -1)

    def take(self, marker: int) -> int:
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

    def lists_values(self, index: int) -> bool:
        """`التشكيلة:` above lines that have a label each: a line-up, prices, results. Few headlines in a row have one."""
        rows = self.lines[index + 1 : index + 1 + MIN_ROWS]
        is_list = self.lines[index].text.endswith(":") and len(rows) == MIN_ROWS
        return is_list and not any(row.role or row.href for row in rows) and all(_ROW.match(row.text) for row in rows)

    def text_goes_on(self, marker: int, end: int) -> bool:
        """Is what stands behind a read-also headline the main text going on, or the text of that headline?

        The latter takes up words of the headline that the main text has not used before.
        """
        if self.first_source > marker:  # the source line ends the main article, so it has not ended yet
            return True
        if end >= self.count or self.lines[end].role:
            return True
        if self.lines[marker].value and self.lists_values(end):
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
