"""One spelling for each address."""

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from w3lib.url import canonicalize_url, url_query_cleaner

# Parameters that say where a reader came from, never what the page is. `p`, `id`, `NewsID` and the like are identity.
_TRACKING = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id", "utm_name", "fbclid", "gclid",
             "dclid", "igshid", "mc_cid", "mc_eid", "yclid", "msclkid", "twclid", "_ga", "_gl", "amp_js_v", "usqp")  # fmt: skip

# Numbers of visits, where cookies are off: another one each time, and no part of what the page is. `sid` may also be a story's
# (in MongoDB of 24 digits): a visit's has the length of PHP's, in letters and digits. What is in `s` was searched for.
_SESSION = re.compile(
    r";jsessionid=[\w.!:-]{8,200}"
    r"|(?<=[?&])(?:(?:phpsessid|jsessionid|aspsessionid[a-z]{0,20}|session_?id|sess_?id)=[0-9a-z]{24,64}"
    r"|sid=(?=[a-z]*\d)(?=\d*[a-z])(?:[0-9a-z]{26}|[0-9a-z]{32}))(?:&|(?=#)|\Z)",
    re.I,
)

# An address without anything that has two spellings but the digits of its escaped letters: most are, and w3lib takes longer
# for one than the reading of its headline.
_PLAIN = re.compile(
    r"https?://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,9}/"
    r"(?:[A-Za-z0-9/_-]++|%[89A-Fa-f][0-9A-Fa-f])*+(?:\.[A-Za-z0-9_-]+)*"
)
_SITE = re.compile(r"https?://[a-z0-9.-]+(?=[/?#]|\Z)")
_WITH_HOST = re.compile(r"https?://[^/:?#@]", re.I)
_BLANK_OR_CONTROL = re.compile(r"[\x00-\x20]")
_FRONT = re.compile(r"/?(?:[a-z]{2}(?:[-_][a-zA-Z]{2})?/?|(?:[a-z]{2}/)?(?:index|home|default)(?:\.\w{2,5})?)?")


MAX_URL = 2083  # characters, as on the web: URLLENGTH_LIMIT


@lru_cache(maxsize=1024)  # a page's address is asked for several times, and takes longer than its title
def canonical_url(url: str) -> str:
    """The spelling under which a page is known: no fragment, no tracking, one percent-encoding. "" if it is no http url."""
    url = url.strip()
    if _PLAIN.fullmatch(url):
        return _with_capital_digits(url)
    if not _WITH_HOST.match(url) or _BLANK_OR_CONTROL.search(url):
        return ""
    if (without := _SESSION.sub("", url)) != url:
        url = without.rstrip("?&")
    if "?" in url:
        url = url_query_cleaner(url, parameterlist=_TRACKING, remove=True)
    try:
        return str(canonicalize_url(url))
    except ValueError:
        return ""


def given_url(value: object) -> str | None:
    """Canonical address of a page that is here already; None if it is no http address, has credentials or is too long."""
    url = canonical_url(value) if isinstance(value, str) and len(value) <= MAX_URL else ""
    return None if not url or urlsplit(url).username is not None else url


def _with_capital_digits(url: str) -> str:
    """`%d8` as `%D8`: WordPress writes Arabic addresses in small letters, browsers in capitals."""
    if "%" not in url:
        return url
    plain, *escapes = url.split("%")
    return "%".join([plain, *(escape[:2].upper() + escape[2:] for escape in escapes)])


def is_front_page(url: str) -> bool:
    """Does an address name a site, or its edition in one language, and no page of it? `/?p=12` names one."""
    parts = urlsplit(url)
    return _FRONT.fullmatch(parts.path) is not None and not any(map(str.isdigit, parts.query))


def is_host_of(url: str, hosts: Iterable[str]) -> bool:
    """Does an address belong to one of the hosts, or to a host below one?"""
    host = urlsplit(url).hostname or ""
    return any(host == one or host.endswith(f".{one}") for one in hosts)


def is_on_the_site_of(url: str, href: str) -> bool:
    """Does a link on the page at `url` lead to another page of its site? Any may, where its own address is none of the web."""
    if href.startswith("#"):
        return False
    if not (_WITH_HOST.match(href) and _WITH_HOST.match(url)):
        return not href.startswith("//")
    try:
        return is_host_of(href, [(urlsplit(url).hostname or "").removeprefix("www.")])
    except ValueError:  # a bracket where no IPv6 address is
        return False


def web_address(base: str, href: str) -> str | None:
    """Canonical address that a link on the page `base` leads to; None for an empty link, other schemes and broken ones."""
    if not href:
        return None
    is_path = href[0] == "/" != href[1:2]
    address = site[0] + href if is_path and (site := _SITE.match(base)) else href
    if _PLAIN.fullmatch(address):
        return _with_capital_digits(address)
    try:
        return canonical_url(urljoin(base, href)) or None
    except ValueError:  # a bracket where no IPv6 address is
        return None
