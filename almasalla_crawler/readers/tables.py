"""Tables that are part of a text: their first row is one of headings. Others lay out a page, a row of buttons, an address."""

from collections.abc import Sequence

from almasalla_crawler.items import Line

MAX_CELLS = 40  # between a cell and the headings above it


def is_cell(line: Line) -> bool:
    return line.tag in ("td", "th") and not line.links


def opens_a_table(lines: Sequence[Line], index: int) -> bool:
    """Do two headings or more stand here above other cells?"""
    below = next((i for i in range(index, min(index + MAX_CELLS, len(lines))) if lines[i].tag != "th"), index)
    return below >= index + 2 and is_cell(lines[below]) and all(map(is_cell, lines[index:below]))


def is_of_a_table(lines: Sequence[Line], index: int) -> bool:
    first = index
    while first > 0 and index - first < MAX_CELLS and is_cell(lines[first - 1]):
        first -= 1
    return is_cell(lines[index]) and opens_a_table(lines, first)
