"""What somebody declared an outlet must bring: HEALTH_MINIMUMS, or `minimums` of an entry of crawls.toml."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from almasalla_crawler.health.figures import Figures
from almasalla_crawler.health.findings import FAILED, OK, Finding
from almasalla_crawler.health.volume import Days

# Monitor of a share -> what it is a share of, and how to say it.
SHARES = {
    "answered": ("asked", "pages answered"),
    "kept": ("read", "pages have an article"),
    "title": ("main", "articles have a headline"),
    "date": ("main", "articles have a date"),
    "authors": ("main", "articles have authors"),
    "section": ("main", "articles have a section"),
    "keywords": ("main", "articles have keywords"),
    "image": ("main", "articles have an image"),
    "language": ("main", "articles have a language"),
}
_SIZES = ("pages", "articles", "articles_a_week", "words")
NAMES = (*SHARES, *_SIZES)


def read_minimums(table: Mapping[str, Any], where: str = "HEALTH_MINIMUMS") -> dict[str, float]:
    """The declared minimums. Raises ValueError that names the key; `where` is what the table is called."""
    for name, value in table.items():
        if name not in NAMES:
            near = get_close_matches(name, NAMES, 1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(NAMES)}"
            raise ValueError(f"{where}.{name}: there is no such minimum; {hint}")
        most = 1 if name in SHARES else float("inf")
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
            wanted = "a share from 0 to 1" if name in SHARES else "a number from 0 on"
            raise ValueError(f"{where}.{name} = {value!r}: give {wanted}")
    return {name: float(value) for name, value in table.items()}


def below_minimums(now: Figures, minimums: Mapping[str, float], days: Days | None) -> Iterator[Finding]:
    """One finding for each minimum; none for a share of nothing."""
    for name, least in minimums.items():
        value = _value(name, now, days)
        if value is not None:
            text = f"{name} is {value:.3g}, at least {least:.3g} is asked for"
            yield Finding(f"minimum {name}", FAILED if value < least else OK, text, value, least)


def _value(name: str, now: Figures, days: Days | None) -> float | None:
    if name in SHARES:
        return now.share(name, SHARES[name][0])
    week = days.of_week(0) if days else None
    return {"pages": now.counts["asked"], "articles": now.articles, "articles_a_week": week, "words": now.words()}[name]
