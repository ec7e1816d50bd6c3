"""What went through an export, counted while it passes."""

from collections import Counter
from collections.abc import Iterable, Iterator

from almasalla_crawler.exports.fields import Exported


class Tally:
    def __init__(self) -> None:
        self.articles = 0
        self.words = 0
        self.last_id = 0  # the highest
        self.first_day: str | None = None
        self.last_day: str | None = None
        self.undated = 0
        self.publishers: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()

    def passing(self, articles: Iterable[Exported]) -> Iterator[Exported]:
        """The same articles, counted."""
        for article in articles:
            self._count(article)
            yield article

    def _count(self, article: Exported) -> None:
        self.articles += 1
        self.words += article["wordCount"]
        self.last_id = max(self.last_id, article["id"])
        self.publishers[article["publisher"] or ""] += 1
        self.languages[article["inLanguage"] or ""] += 1
        day = article["date_published_date"]
        if day is None:
            self.undated += 1
        else:
            self.first_day = min(self.first_day or day, day)
            self.last_day = max(self.last_day or day, day)
