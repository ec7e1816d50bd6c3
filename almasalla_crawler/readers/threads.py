"""Readers' comments below a text, told by what a thread looks like in any language, where no name of an element says so.

Entries of one kind stand side by side. Each shows who wrote it, and the same small words again and again: `Reply`, `3 likes`,
`2 hours ago`. Entries of a live blog have headings, or few names; teasers have linked headlines.
"""

import re
from collections import Counter
from itertools import accumulate

from almasalla_crawler.items import Line
from almasalla_crawler.readers.blocks import Block, Blocks
from almasalla_crawler.readers.running import SHORT, is_as_long, running_letters

MIN_ENTRIES = 3
MIN_TEXT_ABOVE = 200  # letters; a page that begins with its entries is made of them
MAX_ENTRY_LINES = 60  # replies stand inside what they reply to
MAX_ENTRIES = 100  # that are looked at
MAX_LABEL = 40  # characters of the words that each entry repeats
MOST = 0.6  # of the entries
MIN_NAMES = 0.3  # for each entry: readers write more than once, a live blog has two or three writers
_TEXT_ZONES = frozenset({"", "content"})
_NUMBER = re.compile(r"\d+")
_LABEL = re.compile(
    r"#|^\W*(?:repl(?:y|ies)|like|quote|report|antworten|zitieren|melden|répondre|signaler|responder|rispondi|reageer|svar|svara|cevapla"
    r"|yanıtla|ответить|відповісти|odpovědět|odpowiedz|válasz|răspunde|απάντηση|رد|الرد|پاسخ|جواب|השב|返信|回复|回覆|답글|ตอบกลับ)\W*$",
    re.I,
)  # fmt: skip
_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HEADING = re.compile(
    r"\bcomment|kommentar|\bconversation|\bdiscussion|\bjoin the debate|réactions|comentario|comentário|comentari|commenti\b"
    r"|\breacties|yorum|комментар|коментар|komentar|komentář|hozzászól|σχόλια|تعليق|التعليقات|دیدگاه|تبصر|نظرات|תגובות"
    r"|コメント|评论|評論|留言|댓글|ความคิดเห็น|टिप्पणी",
    re.I,
)  # fmt: skip


def mark_threads(page: Blocks) -> None:
    """Gives the lines of comments the zone `comments`, also where they are more than the text."""
    running = [text if line.zone in _TEXT_ZONES else 0.0 for line, text in zip(page.lines, page.running, strict=True)]
    sums = [0.0, *accumulate(running)]
    for entries in _entries_side_by_side(page, sums):
        if sums[entries[0].start] >= MIN_TEXT_ABOVE and _is_thread(page, entries[:MAX_ENTRIES]):
            first, end = _with_what_is_around(page, entries, sums)
            for line in page.lines[first:end]:
                if line.zone in _TEXT_ZONES:
                    line.zone = "comments"


def _entries_side_by_side(page: Blocks, sums: list[float]) -> list[list[Block]]:
    """Blocks of one kind that hold text below one another, the outermost first."""
    kinds: dict[tuple[int, str, str], list[Block]] = {}
    for block in page.blocks[1:]:
        if 1 < block.end - block.start <= MAX_ENTRY_LINES and sums[block.end] > sums[block.start]:
            kinds.setdefault((block.parent, block.tag, _NUMBER.sub("", block.names.partition(" ")[0])), []).append(block)
    return [blocks for blocks in kinds.values() if len(blocks) >= MIN_ENTRIES]


def _is_thread(page: Blocks, entries: list[Block]) -> bool:
    """Without headings and linked headlines; most repeat a time, a count or `Reply`, most show a name of their own."""
    shown = [page.lines[entry.start : entry.end] for entry in entries]
    if any(line.tag in _HEADING_TAGS or _is_headline(line) for lines in shown for line in lines):
        return False
    short = [
        {_NUMBER.sub("#", line.text): line.text for line in lines if len(line.text) <= MAX_LABEL and not running_letters(line)}
        for lines in shown
    ]
    needed = max(MIN_ENTRIES, MOST * len(entries))
    counts = Counter(label for labels in short for label in labels)
    common = {label for label, count in counts.items() if count >= needed}
    if not any(map(_LABEL.search, common)):
        return False
    names = (text for labels in short for label, text in [*labels.items()][:2] if label not in common)
    return len(set(names)) >= max(MIN_ENTRIES, MIN_NAMES * len(entries)) or _is_below_a_heading(page, entries[0])


def _is_headline(line: Line) -> bool:
    return bool(line.href) and is_as_long(line.text, SHORT)


def _is_below_a_heading(page: Blocks, first: Block) -> bool:
    above = page.lines[max(0, first.start - 3) : first.start]
    return any(len(line.text) <= MAX_LABEL and _HEADING.search(line.text) for line in above)


def _with_what_is_around(page: Blocks, entries: list[Block], sums: list[float]) -> tuple[int, int]:
    """First line and end of the thread: all of the block around the entries if that holds no other text."""
    around = page.blocks[entries[0].parent]
    own = sum(sums[entry.end] - sums[entry.start] for entry in entries)
    if sums[around.end] - sums[around.start] <= own:
        return around.start, around.end
    return entries[0].start, entries[-1].end
