"""What each key of crawls.toml may hold. Whoever reads a value raises ValueError for one that is not right."""

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any
from zoneinfo import available_timezones

from almasalla_crawler.alerts.targets import read_alerts
from almasalla_crawler.health.minimums import read_minimums
from almasalla_crawler.scheduling.times import Every, seconds_of

Known = Mapping[str, Callable[[Any], Any]]


def did_you_mean(wrong: str, right: Iterable[str]) -> str:
    """ "; did you mean X?", or what there is if nothing is alike."""
    known = list(right)
    found = get_close_matches(wrong, known, 1)
    return f"; did you mean {found[0]}?" if found else f"; there are {', '.join(known)}"


def _text(raw: Any) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise ValueError("a text in quotes is needed")
    return raw.strip()


def _table(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise ValueError('a table is needed, as in { name = "value" }')
    return raw


def _alerts(raw: Any) -> dict[str, Any]:
    read_alerts(_table(raw))
    return raw  # type: ignore[no-any-return]  # tables of the file and of an entry are laid over each other as they stand


def _minimums(raw: Any) -> dict[str, Any]:
    read_minimums(_table(raw), "minimums")
    return raw  # type: ignore[no-any-return]


def _texts(raw: Any) -> dict[str, str]:
    """Values as -a and -s would have them: dates and numbers may stand there without quotes."""
    for name, value in _table(raw).items():
        if isinstance(value, dict | list):
            raise ValueError(f"{name} is no text, number, date or truth")
    return {name: str(value) for name, value in raw.items()}


def _settings(raw: Any) -> dict[str, str]:
    texts = _texts(raw)
    if "DATABASE_PATH" in texts:
        raise ValueError("all crawls of a file fill the database that settings.py names, or -s DATABASE_PATH")
    return texts


def _zone(raw: Any) -> str:
    if _text(raw) not in available_timezones():
        raise ValueError(f"no such time zone{did_you_mean(raw, sorted(available_timezones()))[:80]}")
    return str(raw)


def _seconds(raw: Any) -> int:
    return seconds_of(_text(raw))


_SHARED: Known = {
    "time_zone": _zone, "time_limit": _seconds, "jitter": _seconds, "alerts": _alerts, "minimums": _minimums,
}  # fmt: skip
OF_THE_FILE: Known = {**_SHARED, "crawl": _table}
OF_A_CRAWL: Known = {
    "spider": _text, "arguments": _texts, "settings": _settings, "every": lambda raw: Every(_text(raw)), "cron": _text,
    **_SHARED,
}  # fmt: skip
