"""A report for a terminal, and for a pipe."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from almasalla_crawler.logs import escaped
from almasalla_crawler.reports.gather import Report
from almasalla_crawler.reports.sections import Cell, Phrase, Section, sections, title_of

if TYPE_CHECKING:
    from rich.text import Text

_STYLES = {"failed": "bold red", "warning": "yellow", "ok": "green"}


def print_report(report: Report, language: str) -> None:
    shown = list(sections(report, language))
    comma = "،" if language == "ar" else ","
    title = f"{title_of(report, language)}{comma} {report.since} – {report.until}"
    if sys.stdout.isatty():
        _print_tables(title, shown)
    else:
        sys.stdout.write(plain(title, shown))


def plain(title: str, shown: Sequence[Section]) -> str:
    """Sections with an empty line between; rows of cells with tabs between."""
    return "\n".join([f"{title}\n", *(_plain_section(one) for one in shown)])


def _plain_section(section: Section) -> str:
    rows = [section.columns, *section.rows] if section.rows else []
    lines = [section.title, *("\t".join(_word(cell) for cell in row) for row in rows), *([section.note] if section.note else [])]
    return "\n".join(lines) + "\n"


def _word(cell: Cell) -> str:
    return escaped(" ".join(str(cell).split()))


def _shown(cell: Cell) -> "Text":
    from rich.text import Text

    return Text(_word(cell), _STYLES.get(cell.code, "") if isinstance(cell, Phrase) else "",
                justify="left" if isinstance(cell, str | Phrase) else "right")  # fmt: skip


def _print_tables(title: str, shown: Sequence[Section]) -> None:
    from rich.console import Console
    from rich.rule import Rule
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    console.print(Rule(Text(title)))
    for section in shown:
        console.print(Text(f"\n{section.title}", style="bold"))
        if section.rows:
            table = Table(*section.columns, header_style="bold")
            for row in section.rows:
                table.add_row(*map(_shown, row))
            console.print(table)
        if section.note:
            console.print(Text(section.note, style="dim"))
