"""What `scrapy schedule` shows: a table on a terminal, lines with tabs in a pipe, JSON for a program."""

import json
import sys
from typing import Any

Rows = list[dict[str, Any]]
_FOR_THE_EYE = ("due", "last", "started", "why")  # columns made of others, which JSON has


def show(rows: Rows, columns: tuple[str, ...], as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps([_bare(row) for row in rows], ensure_ascii=False, indent=2) + "\n")
    elif sys.stdout.isatty():
        _print_table(rows, columns)
    else:
        sys.stdout.writelines("\t".join(_cells(row, columns)) + "\n" for row in rows)


def _bare(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _FOR_THE_EYE}


def _cells(row: dict[str, Any], columns: tuple[str, ...]) -> list[str]:
    return ["" if row[name] is None else str(row[name]) for name in columns]


def _print_table(rows: Rows, columns: tuple[str, ...]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*(name.capitalize() for name in columns), header_style="bold", box=SIMPLE_HEAD)
    for row in rows:
        table.add_row(*(Text(cell) for cell in _cells(row, columns)))
    Console().print(table)
