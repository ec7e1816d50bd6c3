"""How a crawl went, told by its stats: Scrapy itself ends with 0 for nearly every failure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

OK, FAILED, STOPPED_EARLY, BUSY = 0, 1, 3, 75
# Reasons a crawl closes with: exit status, and what a person is told. Any other reason stopped it early.
_REASONS = {
    "finished": (OK, "finished"),
    "outlet_busy": (BUSY, "already being crawled"),
    "no_seeds_directory": (FAILED, "there is no such directory"),
    "unknown_argument": (FAILED, "there is no such argument"),
    "no_warc": (FAILED, "there is no such file or directory, or no WARC file in it"),
    "no_contact": (FAILED, "CONTACT is not set, or no e-mail or web address"),
    "bad_argument": (FAILED, "an argument or setting cannot be used"),
    "no_list_readable": (FAILED, "none of the site's lists can be read any more; the next crawl looks for others"),
    "database_unusable": (FAILED, "the database cannot be used"),
    "storage_failed": (FAILED, "what was read could not be stored"),
    "start_error": (FAILED, "the spider could not start"),
}
MAX_BLOCKED_SHARE = 0.2
# Counters of Scrapy that only grow when our code is wrong. A page at fault never touches them: it becomes a reject.
_FAULTS_OF_OURS = ("spider_exceptions/count", "almasalla/item_errors")


@dataclass(frozen=True, slots=True)
class Verdict:
    exit_code: int
    status: str  # ok, partial, failed: as in the crawls table
    why: str

    @property
    def health(self) -> str:
        """As a level of health: a crawl that stopped early is a warning."""
        return {"ok": "ok", "partial": "warning"}.get(self.status, "failed")


def judge(stats: Mapping[str, Any], finish_reason: str) -> Verdict:
    """0 every due page stored or rejected for its own fault; 3 stopped early; 1 ours failed, nothing was readable, or the
    outlet is not as it was; 75 the outlet is being crawled already."""
    code, words = _REASONS.get(finish_reason, (STOPPED_EARLY, f"stopped early: {finish_reason}"))
    faults = sum(stats.get(name, 0) for name in _FAULTS_OF_OURS)
    feeds = sum(count for name, count in stats.items() if name.startswith("feedexport/failed_count/"))
    if code in (BUSY, FAILED):
        return Verdict(code, "failed", words)
    if feeds:
        return Verdict(FAILED, "failed", "an output file could not be written")
    if faults:
        return Verdict(FAILED, "failed", f"{faults} errors in the code")
    if code == OK and stats.get("almasalla/hosts_paused", 0) and stats.get("downloader/response_count", 0):
        return Verdict(STOPPED_EARLY, "partial", "a host did not want to be asked, its pages stay due")
    known = ("pages", "pages_unchanged", "pages_gone", "pages_not_due", "pages_listed")
    pages = sum(stats.get(f"almasalla/{name}", 0) for name in known)
    if not pages and finish_reason == "finished" and stats.get("almasalla/nothing_in_range"):
        return Verdict(OK, "ok", "nothing in the range that was asked for")
    if not pages and finish_reason == "finished":
        return Verdict(FAILED, "failed", "nothing readable")
    total = pages + stats.get("almasalla/rejects", 0)
    if code == OK and stats.get("almasalla/rejects/blocked", 0) > MAX_BLOCKED_SHARE * total:
        return Verdict(STOPPED_EARLY, "partial", "more than a fifth of the pages were blocked")
    if code == OK and stats.get("almasalla/health") == "failed":
        return Verdict(FAILED, "failed", "not as before, or below a declared minimum")
    return Verdict(code, "ok" if code == OK else "partial", words)
