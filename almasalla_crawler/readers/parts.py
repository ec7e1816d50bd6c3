"""An article on several pages: the text of the further ones goes below that of the first."""

import hashlib
from dataclasses import replace

from almasalla_crawler.arabic.letters import count_letters, search_key
from almasalla_crawler.arabic.stems import goes_on
from almasalla_crawler.items import Line, Page, Rejected
from almasalla_crawler.readers.running import is_closed

MAX_PARTS = 30  # of one article


def joined_sha256(digest: str, body: bytes) -> str:
    """Digest of a page with one more part, as captures.body_sha256 has it. `digest` is that of what stands before."""
    return hashlib.sha256(digest.encode() + body).hexdigest()


def join_part(page: Page, part: Page) -> None:
    """Adds the text of `part` to `page`; headline, date and frame, which every part repeats, are left.

    Raises Rejected(empty) if the part has no text of its own.
    """
    known = {line.text for line in page.lines}
    added = [line for line in part.lines if line.zone == "content" and line.tag != "h1" and line.text not in known]
    if not added:  # too little text to be found by its weight
        alone = [line for line in part.lines if not line.zone and not line.href and line.text not in known]
        added = [replace(line, zone="content") if page.shape == "article" and _goes_on(line) else line for line in alone]
    if not added:
        raise Rejected("read", "empty", "no text of its own")
    last = max((index for index, line in enumerate(page.lines) if line.zone == "content"), default=len(page.lines) - 1)
    lines: list[Line] = [*page.lines[: last + 1], *added, *page.lines[last + 1 :]]
    page.lines = [replace(line, number=number) for number, line in enumerate(lines, 1)]
    page.letter_count += count_letters("\n".join(line.text for line in added))


def _goes_on(line: Line) -> bool:
    """A sentence tied to the text above it: others may be titles of articles, or say that there is no such page."""
    return line.tag == "p" and is_closed(line.text) and goes_on(search_key(line.text))
