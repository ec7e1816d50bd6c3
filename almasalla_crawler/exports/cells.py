"""Cells that a spreadsheet shows and does not run."""

from typing import Any

SEPARATOR = "، "  # between the values of a list


_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # the wide ones are folded in some languages


def safe_cell(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets a quote before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_RUN) else value
