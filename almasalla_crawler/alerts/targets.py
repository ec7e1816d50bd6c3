"""Whom to tell: the table `alerts` of crawls.toml, checked. Secrets come from the environment and nowhere else."""

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from almasalla_crawler.health.findings import FAILED, WARNING

_NAMES = ("urls", "level", "timeout")
_VARIABLE = re.compile(r"\$\{(\w+)\}")
_TIMEOUT = 30
# Schemes of apprise whose address names a host and carries no token unless it has a user or a query.
_OPEN_SCHEMES = frozenset({"json", "jsons", "xml", "xmls", "form", "forms", "mailto", "mailtos", "ntfy", "syslog", "dbus"})
_SECRET_NAME = re.compile(r"pass|token|key|secret|auth|cred", re.I)


@dataclass(frozen=True, slots=True)
class Target:
    """One address of a notification service, as written: ${NAME} stands for a variable of the environment."""

    url: str

    @property
    def digest(self) -> str:
        """Names it in the database, which holds no secret."""
        return hashlib.sha256(self.url.encode()).hexdigest()[:16]

    def address(self, environment: Mapping[str, str] = os.environ) -> str:
        """With the variables filled in. Raises KeyError with the name of one that is not set."""
        return _VARIABLE.sub(lambda found: environment[found[1]], self.url)


@dataclass(frozen=True, slots=True)
class Alerts:
    """`levels` of problems that are told; `timeout_seconds` for each target."""

    targets: tuple[Target, ...] = ()
    levels: tuple[str, ...] = (FAILED,)
    timeout_seconds: float = _TIMEOUT


def read_alerts(table: Mapping[str, Any], where: str = "alerts") -> Alerts:
    """Raises ValueError that names the key; `where` is what the table is called."""
    for name in table:
        if name not in _NAMES:
            near = get_close_matches(name, _NAMES, 1)
            raise ValueError(f"{where}.{name}: there is no such key; there are {', '.join(near or _NAMES)}")
    urls, level, timeout = table.get("urls", []), table.get("level", FAILED), table.get("timeout", _TIMEOUT)
    if not isinstance(urls, list) or not all(isinstance(url, str) for url in urls):
        raise ValueError(f'{where}.urls: give a list of addresses, such as ["${{ALERT_URL}}"]')
    if level not in (WARNING, FAILED):
        raise ValueError(f"{where}.level = {level!r}: give {WARNING!r} or {FAILED!r}")
    if isinstance(timeout, bool) or not isinstance(timeout, int | float) or not 0 < timeout <= 600:
        raise ValueError(f"{where}.timeout = {timeout!r}: give seconds, up to 600")
    for number, url in enumerate(urls):
        _check(url, f"{where}.urls[{number}]")
    levels = (WARNING, FAILED) if level == WARNING else (FAILED,)
    return Alerts(tuple(Target(url) for url in dict.fromkeys(urls)), levels, float(timeout))


def _check(url: str, where: str) -> None:
    """The address itself is not repeated in the message: it may be the secret."""
    if _VARIABLE.fullmatch(url):
        return
    parts = urlsplit(_VARIABLE.sub("", url))
    if "://" not in url or not parts.scheme:
        raise ValueError(f"{where}: an address begins with the name of a service and ://, see docs/health.md")
    literal = parts.password or any(value and _SECRET_NAME.search(name) for name, value in parse_qsl(parts.query))
    if literal or (parts.scheme.lower() not in _OPEN_SCHEMES and not _VARIABLE.search(url)):
        raise ValueError(f"{where}: a secret stands in the file; put it into the environment and write ${{NAME}} here")
