"""How much an outlet publishes, day by day: whether it fell silent, whether a week brought far less than any before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from almasalla_crawler.health.findings import DROP, FAILED, OK, Finding

DAYS_BACK = 35
_WEEKS_BEFORE = 3
_ENOUGH_A_WEEK = 20  # articles: smaller outlets have such weeks
_ENOUGH_DAYS = 10  # with new articles, then a silence is measured by those before
_SILENT = 2  # times the longest silence, and days at least


@dataclass(frozen=True, slots=True)
class Days:
    """New articles by the days on which the outlet was crawled, today's crawl included."""

    today: date
    articles: dict[date, int]

    def of_week(self, weeks_ago: int) -> int | None:
        """New articles in seven days that end so many weeks ago; None if nobody looked."""
        days = [self.today - timedelta(weeks=weeks_ago, days=n) for n in range(7)]
        seen = [self.articles[day] for day in days if day in self.articles]
        return sum(seen) if seen else None


def judge_days(days: Days) -> Iterator[Finding]:
    yield from _silence(days)
    yield from _week(days)


def _silence(days: Days) -> Iterator[Finding]:
    productive = sorted(day for day, articles in days.articles.items() if articles)
    if len(productive) < _ENOUGH_DAYS:
        return
    longest = max((later - day).days for day, later in pairwise(productive))
    silent = (days.today - productive[-1]).days
    text = f"no new article for {silent} days, {longest} at most before" if silent else "new articles today"
    level = FAILED if silent > _SILENT and silent > _SILENT * longest else OK
    yield Finding("silence", level, text, silent, longest)


def _week(days: Days) -> Iterator[Finding]:
    """Against the poorest of the weeks before: whole weeks, because Fridays are not Sundays."""
    now = days.of_week(0)
    before = [days.of_week(ago) for ago in range(1, _WEEKS_BEFORE + 1)]
    known = [week for week in before if week is not None]
    if now is None or len(known) < _WEEKS_BEFORE or min(known) < _ENOUGH_A_WEEK:
        return
    text = f"{now} new articles in seven days, {min(known)} in the poorest of three weeks before"
    yield Finding("week", FAILED if now < (1 - DROP) * min(known) else OK, text, now, min(known))
