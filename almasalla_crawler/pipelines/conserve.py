"""conserve: checks that no line and no letter of a page got lost on its way, and packs the lines as they are stored."""

from almasalla_crawler.arabic.letters import count_letters
from almasalla_crawler.items import Page, Reject
from almasalla_crawler.storage.packed_lines import pack_lines


class ConservePipeline:
    def process_item(self, page: Page) -> Page:
        conserve(page)
        return page


def conserve(page: Page) -> None:
    """Turns a page whose lines do not add up into a reject: letters lost or invented, or a line without a place."""
    if page.reject is not None and not page.lines:
        return
    letters = count_letters("\n".join([line.text for line in page.lines]))
    placed = sum(1 for line in page.lines if line.role and line.rule)
    if letters != page.letter_count or placed != len(page.lines):
        detail = f"{page.letter_count} letters read, {letters} in lines; {len(page.lines)} lines, {placed} placed"
        page.reject = Reject("store", "not_conserved", detail)
        page.articles, page.mentions = [], []
    page.packed_lines = pack_lines(page.lines)
