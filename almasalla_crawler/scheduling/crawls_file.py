"""crawls.toml: which crawls recur, and when. Every mistake in it is told at once, each with its line."""

import json
import logging
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from almasalla_crawler.alerts.targets import read_alerts
from almasalla_crawler.health.minimums import read_minimums
from almasalla_crawler.scheduling.times import Cron, Every, Timing, seconds_of

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")
_NAME = re.compile(r"[\w-]{1,40}")
_NEEDED = 'spider = "seeds"', 'every = "1h" or cron = "0 6 * * *"'

logger = logging.getLogger(__name__)

Keys = tuple[str, ...]  # the way to a value: "crawl", NAME, "every"
OutletOf = Callable[[str, dict[str, str]], str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One recurring crawl."""

    name: str
    spider: str
    timing: Timing
    outlet: str  # what its crawl locks; two entries of one outlet wait for each other
    arguments: dict[str, str] = field(default_factory=dict)  # of the spider, as with -a
    settings: dict[str, str] = field(default_factory=dict)  # as with -s
    time_zone: str = "UTC"
    time_limit: int = 6 * 3600  # seconds; a crawl that hangs must not keep its outlet for ever
    jitter: int = 0  # seconds; it starts up to so much later than it is due
    alerts: dict[str, Any] = field(default_factory=dict)  # the table of the file, overlaid by its own
    minimums: dict[str, Any] = field(default_factory=dict)  # likewise


class CrawlsFileError(Exception):
    """The file cannot be used: one line for each mistake, with file, line and key."""


def read_crawls(path: Path, outlet_of: OutletOf) -> dict[str, Entry]:
    """Entries by name. `outlet_of` says what a spider with such arguments locks, or raises ValueError."""
    try:
        text = path.read_text("utf-8").replace("\r\n", "\n")
        document = tomllib.loads(text)
    except FileNotFoundError as error:
        advice = "Copy crawls.example.toml to it and edit that; CRAWLS_FILE names another."
        raise CrawlsFileError(f"{path}: there is no such file. {advice}") from error
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        number = place[1] if place and place[1] else str(text.count("\n") + 1)
        raise CrawlsFileError(f"{path}:{number}: {_PLACE.sub('', str(error))}") from error
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise CrawlsFileError(f"{path}: {error}") from error
    reading = _Reading(document, outlet_of)
    entries = reading.entries()
    if reading.mistakes:
        raise CrawlsFileError("\n".join(f"{path}:{line_of(text, keys)}: {words}" for keys, words in reading.mistakes))
    return entries


class CrawlsFile:
    """The file as it was read last."""

    def __init__(self, path: Path, outlet_of: OutletOf) -> None:
        self.path, self.outlet_of = path, outlet_of
        self._stamp = self._stamp_now()  # before it is read: nothing that is edited meanwhile goes unseen
        self.entries = read_crawls(path, outlet_of)

    def edited(self) -> dict[str, Entry] | None:
        """The entries of a file that was edited since; None if it was not, or cannot be used, which is logged once."""
        stamp = self._stamp_now()
        if stamp == self._stamp:
            return None
        self._stamp = stamp
        try:
            self.entries = read_crawls(self.path, self.outlet_of)
        except CrawlsFileError as error:
            logger.error("%s\nThe crawls go on as they were.", error)
            return None
        logger.info("%s was edited: %d crawls", self.path, len(self.entries))
        return self.entries

    def _stamp_now(self) -> tuple[int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size


def line_of(text: str, keys: Keys) -> int:
    """Number of the line on which a key of a valid document begins: with that line the document has it."""
    lines, begins = text.split("\n"), 1
    for number in range(1, len(lines) + 1):
        try:
            document = tomllib.loads("\n".join(lines[:number]))
        except tomllib.TOMLDecodeError:
            continue  # amid a value of several lines
        if _has(document, keys):
            break
        begins = number + 1
    return begins


def did_you_mean(wrong: str, right: Iterable[str]) -> str:
    """ "; did you mean X?", or what there is if nothing is alike."""
    known = list(right)
    found = get_close_matches(wrong, known, 1)
    return f"; did you mean {found[0]}?" if found else f"; there are {', '.join(known)}"


def _has(document: Any, keys: Keys) -> bool:
    for key in keys:
        if not isinstance(document, Mapping) or key not in document:
            return False
        document = document[key]
    return True


class _Reading:
    """Of a document; `mistakes` has where each of them is, and what to say of it."""

    def __init__(self, document: dict[str, Any], outlet_of: OutletOf) -> None:
        self.document = document
        self.outlet_of = outlet_of
        self.mistakes: list[tuple[Keys, str]] = []

    def entries(self) -> dict[str, Entry]:
        values = self._read((), self.document, _OF_THE_FILE)
        crawls = values.pop("crawl", {})
        if not crawls and not self.mistakes:
            self.mistakes.append(((), f"no crawl in it; one is [crawl.NAME], {', '.join(_NEEDED)}"))
        found = [self._entry(name, crawls[name], values) for name in crawls]
        return {entry.name: entry for entry in found if entry}

    def _entry(self, name: str, table: Any, defaults: dict[str, Any]) -> Entry | None:
        keys, before = ("crawl", name), len(self.mistakes)
        if not _NAME.fullmatch(name):
            self.mistakes.append((keys, f"[crawl.{json.dumps(name)}]: letters, digits, - and _ make a name, at most 40"))
        if not isinstance(table, dict):
            self.mistakes.append((keys, f"crawl.{name}: a table is needed, [crawl.{name}]"))
            return None
        own = self._read(keys, table, _OF_A_CRAWL)
        if "spider" not in table:
            self.mistakes.append((keys, f"[crawl.{name}]: what is to crawl is missing, {_NEEDED[0]}"))
        if ("every" in table) == ("cron" in table):
            self.mistakes.append((keys, f"[crawl.{name}]: when is needed once, {_NEEDED[1]}"))
        values = defaults | own | {each: {**defaults.get(each, {}), **own.get(each, {})} for each in ("alerts", "minimums")}
        timing = self._timing(keys, values)
        outlet = self._outlet(keys, values) if len(self.mistakes) == before else ""
        values = {key: value for key, value in values.items() if key not in ("every", "cron")}
        return Entry(name=name, timing=timing, outlet=outlet, **values) if timing and len(self.mistakes) == before else None

    def _read(self, keys: Keys, table: dict[str, Any], known: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
        values = {}
        for key, raw in table.items():
            if key not in known:
                self.mistakes.append(((*keys, key), f"{key}: there is no such key{did_you_mean(key, known)}"))
                continue
            try:
                values[key] = known[key](raw)
            except ValueError as error:
                self._refuse((*keys, key), raw, error)
        return values

    def _timing(self, keys: Keys, values: dict[str, Any]) -> Timing | None:
        try:
            timing = values.get("every") or (Cron(values["cron"], values.get("time_zone", "UTC")) if "cron" in values else None)
        except ValueError as error:
            self._refuse((*keys, "cron"), values["cron"], error)
            return None
        if isinstance(timing, Every) and values.get("jitter", 0) >= timing.period.total_seconds():
            self._refuse((*keys, "every"), timing.text, ValueError(f"jitter, {values['jitter']} s, must be shorter"))
        return timing

    def _outlet(self, keys: Keys, values: dict[str, Any]) -> str:
        try:
            return self.outlet_of(values["spider"], values.get("arguments", {}))
        except ValueError as error:
            self._refuse((*keys, "spider"), values["spider"], error)
            return ""

    def _refuse(self, keys: Keys, raw: Any, error: ValueError) -> None:
        self.mistakes.append((keys, f"{keys[-1]} = {json.dumps(raw, ensure_ascii=False, default=str)}: {error}"))


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


_SHARED = {"time_zone": _zone, "time_limit": _seconds, "jitter": _seconds, "alerts": _alerts, "minimums": _minimums}
_OF_THE_FILE = {**_SHARED, "crawl": _table}
_OF_A_CRAWL = {"spider": _text, "arguments": _texts, "settings": _settings, "every": lambda raw: Every(_text(raw)), "cron": _text,
               **_SHARED}  # fmt: skip
