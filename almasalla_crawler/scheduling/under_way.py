"""A run that has begun and not ended."""

from dataclasses import dataclass

from almasalla_crawler.scheduling.decide import Live
from almasalla_crawler.scheduling.entries import Entry
from almasalla_crawler.storage.schedules import Run


@dataclass(slots=True)
class UnderWay:
    run: Run
    entry: Entry
    began: float  # of the clock that nobody sets, as is `asked`
    asked: float | None = None  # when it was asked to end
    reason: str | None = None  # why

    def live(self, seconds: float) -> Live:
        asked_seconds = None if self.asked is None else seconds - self.asked
        return Live(self.entry.name, self.run.outlet, seconds - self.began, self.entry.time_limit, asked_seconds)
