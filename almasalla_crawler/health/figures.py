"""What a crawl is judged by: counted page by page into its stats, read back from those of earlier crawls."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from almasalla_crawler.items import LISTINGS, Article, Page

PREFIX = "almasalla/figures/"  # of the names of these stats
# Reasons of the stage `fetch` that tell of a page that answered, only not with an article.
_ANSWERED_ALL_THE_SAME = frozenset({"blocked", "empty", "not_text", "too_large"})
LOG_SCALE = 1000  # stats are whole numbers


def measured(page: Page) -> Counter[str]:
    """What a page adds to the figures of its crawl; nothing, if it says nothing about how its site is today."""
    visit, reject = page.visit, page.reject
    if page.kind in LISTINGS:
        return _of_list(page)
    if visit is None and page.door == "html":
        return Counter()  # an address that a list names in vain
    if visit is not None and (visit.outcome in ("missing", "postponed") or (reject is not None and visit.failed_before)):
        return Counter()
    if reject is not None and reject.stage == "fetch" and reject.reason not in _ANSWERED_ALL_THE_SAME:
        if page.door.startswith("file:"):
            return Counter()  # no site was asked, and what is no file today is none at every crawl
        return Counter(("asked", f"unanswered/{reject.reason}"))
    counts = Counter(("asked", "answered"))
    return counts if visit is not None and visit.outcome == "unchanged" else counts + _of_text(page)


def _of_text(page: Page) -> Counter[str]:
    counts = Counter(["read", "kept" if page.reject is None else f"not_kept/{page.reject.reason}"])
    if page.site is not None and page.site.layouts:
        counts["laid_out"] = 1
        counts.update({f"misses/{fact.raw}" for fact in page.facts if fact.field == "problem" and fact.source == "outlet"})
    main = next((article for article in page.articles if article.role == "main"), None)
    return counts + _of_article(main) if main is not None and page.reject is None else counts


def _of_article(article: Article) -> Counter[str]:
    given = {"title": article.title, "date": article.date_published_date, "authors": article.authors,
             "section": article.section, "keywords": article.keywords, "image": article.image_url,
             "language": article.language}  # fmt: skip
    length = round(LOG_SCALE * math.log(max(article.word_count, 1)))
    sizes = {"main": 1, "words": article.word_count, "log_words": length, "log_words_squared": length**2}
    return Counter(sizes) + Counter(name for name, value in given.items() if value)


def _of_list(page: Page) -> Counter[str]:
    """Lists of lists count nowhere, nor does what is as it was."""
    visit = page.visit
    if visit is None or visit.listing is None or visit.outcome != "read":
        return Counter()
    articles = sum(entry.kind == "article" for entry in visit.listing.entries)
    if visit.listing.entries and not articles:
        return Counter()
    return Counter({f"lists/{page.kind}": int(visit.is_last), f"named/{page.kind}": articles, "named": articles})


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one crawl."""

    counts: Counter[str]
    seconds: float = 0.0
    responses: int = 0
    articles: int = 0  # new to the database
    found: int = 0  # saved pages that are there, read or not
    is_live: bool = True  # no: somebody chose the pages, and what is among them tells nothing of a site
    is_partial: bool = False  # only a part of what the lists name was wanted

    @classmethod
    def of(cls, stats: Mapping[str, Any], arguments: Mapping[str, Any], is_live: bool = True) -> Self:
        """From the stats of a crawl, its own or those kept in its row."""
        counts = {name.removeprefix(PREFIX): int(n) for name, n in stats.items() if name.startswith(PREFIX)}
        return cls(
            Counter(counts), float(stats.get("elapsed_time_seconds") or 0), int(stats.get("downloader/response_count", 0)),
            int(stats.get("almasalla/articles_new", 0)), int(stats.get("almasalla/pages_found", 0)),
            is_live, "since" in arguments,
        )  # fmt: skip

    def share(self, hits: str, of: str) -> float | None:
        """None of nothing."""
        return self.counts[hits] / self.counts[of] if self.counts[of] else None

    def words(self) -> float | None:
        """Of a middling article: the geometric mean, which one very long text does not move."""
        logs = self.share("log_words", "main")
        return math.exp(logs / LOG_SCALE) if logs is not None else None

    def largest(self, prefix: str) -> list[tuple[str, int]]:
        """Counts below a prefix without it, the largest first."""
        below = ((name.removeprefix(prefix), n) for name, n in self.counts.items() if name.startswith(prefix))
        return sorted(below, key=lambda pair: (-pair[1], pair[0]))


def pooled(crawls: list[Figures], hits: str, of: str, at_most: int) -> tuple[float, float]:
    """Hits and total of several crawls; a crawl counts for no more than `at_most` pages, so that none outweighs the others."""
    weights = [min(1.0, at_most / crawl.counts[of]) if crawl.counts[of] else 0.0 for crawl in crawls]
    pairs = list(zip(crawls, weights, strict=True))
    return sum(c.counts[hits] * w for c, w in pairs), sum(c.counts[of] * w for c, w in pairs)
