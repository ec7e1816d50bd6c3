"""What a reader chose: language and theme, in the address once and in a cookie from then on."""

from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode

from almasalla_crawler.wording import LANGUAGES, chosen_language

THEMES = ("light", "dark")
_KEPT_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True)
class Choices:
    language: str
    theme: str  # "" as the system has it
    here: str  # this address without them: path, and query if there is one

    @property
    def direction(self) -> str:
        return "rtl" if self.language == "ar" else "ltr"

    def with_choice(self, name: str, value: str) -> str:
        """This address, choosing something else."""
        return f"{self.here}{'&' if '?' in self.here else '?'}{urlencode({name: value})}"


def choices_of(request: Any) -> Choices:
    """Those that guard.py read for this request of Datasette."""
    chosen: Choices = request.scope["choices"]
    return chosen


def read_choices(path: str, query: str, headers: Mapping[str, str]) -> Choices:
    """Of a request: the address before the cookie before what the browser says."""
    given = dict(parse_qsl(query))
    kept = _cookies(headers.get("cookie", ""))
    language = chosen_language(given.get("lang", ""), kept.get("lang", ""), headers.get("accept-language", ""))
    theme = next((one for one in (given.get("theme"), kept.get("theme")) if one in (*THEMES, "system")), "system")
    rest = query_without_choices(query)
    return Choices(language, theme.replace("system", ""), f"{path}?{rest}" if rest else path)


def query_without_choices(query: str) -> str:
    """What Datasette sees: it would take `lang=ar` for a condition on a column."""
    parts = query.split("&") if query else []
    return "&".join(part for part in parts if part.partition("=")[0] not in ("lang", "theme"))


def cookies_to_set(query: str) -> list[str]:
    """Set-Cookie headers for what this address chooses."""
    given = dict(parse_qsl(query))
    valid = {"lang": tuple(LANGUAGES), "theme": (*THEMES, "system")}
    return [
        f"{name}={given[name]}; Path=/; Max-Age={_KEPT_SECONDS}; SameSite=Lax; HttpOnly"
        for name, values in valid.items()
        if given.get(name) in values
    ]


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: cookie.value for name, cookie in SimpleCookie(header).items()}
    except CookieError:
        return {}
