"""Archives by month, `/2025/06/`: for old articles the only way in where a site has no list of all it published."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from almasalla_crawler.items import Discovered

MAX_MONTHS = 360
_MONTH = re.compile(r"^(?P<of>(?:/[^/]+)?)/(?P<year>(?:19|20)\d\d)/(?P<month>0?[1-9]|1[0-2])/?$")


def read_months(urls: Iterable[str]) -> list[Discovered]:
    """The newest changes from day to day; the others were complete when the month ended, and are not due for being named.

    A calendar of events has months of its own, which are yet to come.
    """
    found = ((url, _MONTH.match(urlsplit(url).path)) for url in urls)
    months = {url: (match["of"], int(match["year"]), int(match["month"])) for url, match in found if match}
    newest = {of: (year, month) for of, year, month in sorted(months.values())}
    dated = list(months.items())[:MAX_MONTHS]
    return [Discovered(url, "listing", "" if newest[of] == (*month,) else _end(*month)) for url, (of, *month) in dated]


def _end(year: int, month: int) -> str:
    return f"{year + month // 12:04}-{month % 12 + 1:02}-01T00:00:00Z"
