"""How a crawl went, told by its stats: Scrapy itself ends with 0 for nearly every failure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

OK, FAILED, STOPPED_EARLY, BUSY = 0, 1, 3, 75
_REASONS = {"finished": OK, "outlet_busy": BUSY, "database_unusable": FAILED, "storage_failed": FAILED}
# Counters of Scrapy that only grow when our code is wrong. A page at fault never touches them: it becomes a reject.
_FAULTS_OF_OURS = ("spider_exceptions/count", "almasalla/item_errors", "almasalla/start_errors")


@dataclass(frozen=True, slots=True)
class Verdict:
    exit_code: int
    status: str  # ok, partial, failed: as in the crawls table
    why: str


def judge(stats: Mapping[str, Any], finish_reason: str) -> Verdict:
    """0 every due page stored or rejected for its own fault; 3 stopped early; 1 ours failed or nothing was readable;
    75 the outlet is being crawled already."""
    code = _REASONS.get(finish_reason, STOPPED_EARLY)
    if code == BUSY:
        return Verdict(BUSY, "failed", finish_reason)
    faults = sum(stats.get(name, 0) for name in _FAULTS_OF_OURS)
    if code == FAILED or faults:
        return Verdict(FAILED, "failed", finish_reason if code == FAILED else f"{faults} errors in the code")
    pages = stats.get("almasalla/pages", 0) + stats.get("almasalla/pages_unchanged", 0)
    if not pages and finish_reason == "finished":
        return Verdict(FAILED, "failed", "nothing readable")
    return Verdict(code, "ok" if code == OK else "partial", finish_reason)
