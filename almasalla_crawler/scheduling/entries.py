"""The entries of crawls.toml, as a document of TOML has them, and every mistake in it."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from almasalla_crawler.scheduling.keys import OF_A_CRAWL, OF_THE_FILE, Known, did_you_mean
from almasalla_crawler.scheduling.times import Cron, Every, Timing
from almasalla_crawler.scheduling.toml_lines import Keys

_NAME = re.compile(r"[\w-]{1,40}")
_NEEDED = 'spider = "seeds"', 'every = "1h" or cron = "0 6 * * *"'

OutletOf = Callable[[str, dict[str, str]], str]  # what a spider with such arguments locks, or it raises ValueError


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


def arguments_of(entry: Entry) -> list[str]:
    """What follows `scrapy crawl`."""
    settings = {"HEALTH_MINIMUMS": json.dumps(entry.minimums, default=str)} if entry.minimums else {}
    given = [("-a", pair) for pair in entry.arguments.items()] + [("-s", pair) for pair in (settings | entry.settings).items()]
    return [entry.spider, *(part for option, (name, value) in given for part in (option, f"{name}={value}"))]


class Reading:
    """Of a document; `mistakes` has where each of them is, and what to say of it."""

    def __init__(self, document: dict[str, Any], outlet_of: OutletOf) -> None:
        self.document = document
        self.outlet_of = outlet_of
        self.mistakes: list[tuple[Keys, str]] = []

    def entries(self) -> dict[str, Entry]:
        values = self._read((), self.document, OF_THE_FILE)
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
        own = self._read(keys, table, OF_A_CRAWL)
        if "spider" not in table:
            self.mistakes.append((keys, f"[crawl.{name}]: what is to crawl is missing, {_NEEDED[0]}"))
        if ("every" in table) == ("cron" in table):
            self.mistakes.append((keys, f"[crawl.{name}]: when is needed once, {_NEEDED[1]}"))
        values = defaults | own | {each: {**defaults.get(each, {}), **own.get(each, {})} for each in ("alerts", "minimums")}
        timing = self._timing(keys, values)
        outlet = self._outlet(keys, values) if len(self.mistakes) == before else ""
        values = {key: value for key, value in values.items() if key not in ("every", "cron")}
        return Entry(name=name, timing=timing, outlet=outlet, **values) if timing and len(self.mistakes) == before else None

    def _read(self, keys: Keys, table: dict[str, Any], known: Known) -> dict[str, Any]:
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
