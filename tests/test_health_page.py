"""docs/health.md names each monitor and each minimum there is."""

import re
from pathlib import Path

from almasalla_crawler.health.minimums import NAMES

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "health.md").read_text("utf-8")
HEALTH = ROOT / "almasalla_crawler" / "health"


def monitors_of_the_code() -> set[str]:
    """Names that findings are made with; those put together from a selector or a minimum by their first word."""
    text = "\n".join(path.read_text("utf-8") for path in HEALTH.glob("*.py"))
    return (
        set(re.findall(r'Finding\(\s*f?"(\w+)', text))
        | set(re.findall(r'judge_share\(f?"(\w+)', text))
        | {"title", "date", "kept"}
    )


def test_every_monitor_is_explained() -> None:
    table = PAGE.partition("## The monitors")[2].partition("\nMinimums")[0]
    listed = {name for row in re.findall(r"^\| (`[^|]+) \|", table, re.M) for name in re.findall(r"`(\w+)", row)}
    assert monitors_of_the_code() - listed == set()


def test_every_minimum_is_explained() -> None:
    text = PAGE.partition("Minimums are declared")[2].partition("\n## ")[0]
    assert {name for name in NAMES if f"`{name}`" not in text} == set()
