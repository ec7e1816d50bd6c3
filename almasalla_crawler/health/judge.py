"""The monitors: a crawl against the outlet's own past and against what was declared. docs/health.md explains each."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median

from almasalla_crawler.health.chance import STRENGTH, chance_of_so_few
from almasalla_crawler.health.figures import LOG_SCALE, Figures, pooled
from almasalla_crawler.health.findings import DROP, FAILED, OK, WARNING, Finding
from almasalla_crawler.health.minimums import SHARES, below_minimums
from almasalla_crawler.health.volume import Days, judge_days

SURE, LIKELY = 0.001, 0.02  # chances of so few if nothing changed: below the first it is certain that something did
FEW_PAGES = 3  # fewer never fail a crawl, nor tell how long texts are
FEW_TEXTS = 10  # fewer are no sample of how long texts are: three short reports in a morning
PAST_PAGES = 5  # a shorter past is none
MAX_BLOCKED = 0.2
LASTING = 3  # crawls in a row
_PER_CRAWL = 50  # pages that one crawl of the past counts for at most
_LONG_CRAWL_RESPONSES = 20
_GRAVE = frozenset({"answered", "kept", "title", "date"})
_HINTS = {"kept": ": has the site changed?", "answered": ": is the site down?"}


def judge_health(now: Figures, past: Sequence[Figures], minimums: Mapping[str, float], days: Days | None = None) -> list[Finding]:
    """What each monitor with enough to judge finds. `past`: earlier crawls that were well, the latest first.

    Saved pages are what somebody chose to save: there a finding is never more than a warning.
    """
    found = [*_shares(now, list(past)), *_lists(now, past), *_blocked(now), *_duration(now, past), *_found(now, past)]
    length = _length(now, list(past))
    found += [length] if length else []
    found += judge_days(days) if days and now.is_live else []
    if not now.is_live:
        found = [_at_most_a_warning(one) for one in found]
    return [*found, *below_minimums(now, minimums, days)]


def no_longer_wrong(open_monitors: Iterable[str], now: Figures, minimums: Mapping[str, float]) -> Iterator[Finding]:
    """Ends problems of selectors that were mended or left the outlet's file, and of minimums that nobody asks for."""
    for monitor in open_monitors:
        kind, _, name = monitor.partition(" ")
        is_mended = kind == "selector" and now.counts["laid_out"] > 0 and not now.counts[f"misses/{name}"]
        if is_mended or (kind == "minimum" and name not in minimums):
            yield Finding(monitor, OK, "it is not missed any more")


def of_the_crawl(level: str, why: str, stopped_before: int) -> Finding:
    """How a crawl ended. One that stops early is a warning; the third in a row fails: a site that is down stays down."""
    is_lasting = level == WARNING and stopped_before + 1 >= LASTING
    return Finding("crawl", FAILED if is_lasting else level, why)


def _at_most_a_warning(finding: Finding) -> Finding:
    level = WARNING if finding.level == FAILED else finding.level
    return Finding(finding.monitor, level, finding.text, finding.value, finding.expected)


# --- shares of pages ----------------------------------------------------------------------------------------------------


def _shares(now: Figures, past: list[Figures]) -> Iterator[Finding]:
    for monitor, (of, words) in SHARES.items():
        before = pooled(past, monitor, of, _PER_CRAWL)
        finding = judge_share(monitor, (now.counts[monitor], now.counts[of]), before, words, monitor in _GRAVE)
        if finding is not None:
            yield _with_reasons(finding, now)
    for selector in sorted({name for one in (now, *past) for name, _ in one.largest("misses/")}):
        yield from _selector(selector, now, past)


def _selector(selector: str, now: Figures, past: list[Figures]) -> Iterator[Finding]:
    """Where a selector never found anything, it is wrong from the start."""
    total = now.counts["laid_out"]
    hits = total - now.counts[f"misses/{selector}"]
    misses, past_total = pooled(past, f"misses/{selector}", "laid_out", _PER_CRAWL)
    words = f"pages have something at `{selector}`"
    finding = judge_share(f"selector {selector}", (hits, total), (past_total - misses, past_total), words, True)
    if finding is not None:
        yield finding
    elif not hits and misses == past_total and total >= PAST_PAGES:
        yield Finding(f"selector {selector}", WARNING, f"none of {total} {words}: is it right?", 0)


def judge_share(monitor: str, now: tuple[int, int], before: tuple[float, float], words: str, is_grave: bool) -> Finding | None:
    """A share of pages against that of the past, both as hits and total; None if there is too little to tell."""
    (hits, total), (past_hits, past_total) = now, before
    if not total or past_total < PAST_PAGES or not past_hits:
        return None
    share, expected = hits / total, past_hits / past_total
    text = f"{hits} of {total} {words}, {expected:.0%} before"
    if share >= (1 - DROP) * expected:
        return Finding(monitor, OK, text, share, expected)
    chance = chance_of_so_few(hits, total, past_hits, past_total)
    if chance >= LIKELY:
        return None
    is_failure = is_grave and chance < SURE and total >= FEW_PAGES
    return Finding(monitor, FAILED if is_failure else WARNING, text + _HINTS.get(monitor, ""), share, expected)


def _with_reasons(finding: Finding, now: Figures) -> Finding:
    prefix = {"kept": "not_kept/", "answered": "unanswered/"}.get(finding.monitor)
    if finding.level == OK or prefix is None:
        return finding
    reasons = ", ".join(f"{n} {reason}" for reason, n in now.largest(prefix)[:3])
    return Finding(finding.monitor, finding.level, f"{finding.text} ({reasons})", finding.value, finding.expected)


def _blocked(now: Figures) -> Iterator[Finding]:
    share = now.share("not_kept/blocked", "read")
    if share is not None and now.counts["read"] >= FEW_PAGES:
        text = f"{now.counts['not_kept/blocked']} of {now.counts['read']} pages were a captcha or a block page"
        yield Finding("blocked", FAILED if share > MAX_BLOCKED else OK, text, share, MAX_BLOCKED)


# --- sizes --------------------------------------------------------------------------------------------------------------


def _length(now: Figures, past: list[Figures]) -> Finding | None:
    """Words of an article, compared as logarithms: lengths of texts spread as factors, not as sums."""
    words, articles = now.words(), now.counts["main"]
    total = sum(one.counts["main"] for one in past)
    if words is None or total < PAST_PAGES:
        return None
    logs = [sum(one.counts[name] for one in past) / total / LOG_SCALE**power
            for name, power in (("log_words", 1), ("log_words_squared", 2))]  # fmt: skip
    spread = max(math.sqrt(max(logs[1] - logs[0] ** 2, 0)), 0.3)
    expected = math.exp(logs[0])
    text = f"a middling article has {words:.0f} words, {expected:.0f} before"
    if words >= (1 - DROP) * expected:
        return Finding("words", OK, text, words, expected)
    deviations = (logs[0] - math.log(words)) / (spread * math.sqrt(1 / articles + 1 / min(total, STRENGTH)))
    if deviations < 2 or articles < FEW_PAGES:
        return None
    return Finding("words", FAILED if deviations > 3.1 and articles >= FEW_TEXTS else WARNING, text, words, expected)


def _lists(now: Figures, past: Sequence[Figures]) -> Iterator[Finding]:
    """A feed, sitemap or front page that named articles whenever it was read, and names none now."""
    kinds = [kind for kind, _ in now.largest("lists/")]
    if not kinds or now.is_partial:
        return
    text = f"{now.counts['named']} articles named by the lists that were read"
    for kind in kinds:
        before = [one.counts[f"named/{kind}"] for one in past if one.counts[f"lists/{kind}"] and not one.is_partial]
        if len(before) >= 2 and all(before) and not now.counts["named"]:
            yield Finding("lists", FAILED, f"no {kind} names an article any more: has the site changed?", 0, median(before))
            return
    yield Finding("lists", OK, text, now.counts["named"])


def _found(now: Figures, past: Sequence[Figures]) -> Iterator[Finding]:
    """Saved pages that are there."""
    before = [one.found for one in past]
    if now.is_live or len(before) < 3 or (expected := median(before)) < 10:
        return
    text = f"{now.found} saved pages are there, {expected:.0f} before"
    yield Finding("found", WARNING if now.found < (1 - DROP) * expected else OK, text, now.found, expected)


def _duration(now: Figures, past: Sequence[Figures]) -> Iterator[Finding]:
    """Seconds for each answer, of crawls with enough of them that starting up does not count."""
    before = [one.seconds / one.responses for one in past if one.responses >= _LONG_CRAWL_RESPONSES]
    if now.responses < _LONG_CRAWL_RESPONSES or len(before) < 3:
        return
    each, expected = now.seconds / now.responses, median(before)
    is_slow = each > 3 * expected and now.seconds - expected * now.responses > 60
    text = f"{each:.1f} s for each answer, {expected:.1f} s before"
    yield Finding("duration", WARNING if is_slow else OK, text, each, expected)
