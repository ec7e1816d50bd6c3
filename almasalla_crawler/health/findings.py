"""What a monitor found in a crawl."""

from collections.abc import Iterable
from dataclasses import dataclass

OK, WARNING, FAILED = "ok", "warning", "failed"
DROP = 0.3  # of what the past lets expect: beyond, something is wrong
_BY_WEIGHT = (OK, WARNING, FAILED)


@dataclass(frozen=True, slots=True)
class Finding:
    """One monitor's word on one crawl. Monitors that had too little to judge find nothing."""

    monitor: str  # a name of docs/health.md; of selectors with the selector behind it
    level: str
    text: str  # for a person, one line
    value: float | None = None
    expected: float | None = None  # what the past, or a declared minimum, lets expect


def worst(findings: Iterable[Finding]) -> str:
    return max((finding.level for finding in findings), key=_BY_WEIGHT.index, default=OK)


def problems(findings: Iterable[Finding]) -> list[Finding]:
    """Those that somebody should know of, the worst first."""
    return sorted((one for one in findings if one.level != OK), key=lambda one: -_BY_WEIGHT.index(one.level))
