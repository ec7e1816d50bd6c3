"""A report as tables: what a terminal, plain text and HTML have in common."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from almasalla_crawler.reports.gather import Drift, Report
from almasalla_crawler.storage.reports import FIELDS
from almasalla_crawler.wording import translated

HOUR, DAY = 3600, 86_400
WORTH_TELLING = 0.05  # of a figure before: smaller changes are noise


@dataclass(frozen=True, slots=True)
class Share:
    """A cell that is a part of a whole."""

    value: float

    def __str__(self) -> str:
        return f"{self.value:.0%}"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A cell in words of ours, which a translation has; other text is data."""

    code: str
    words: str = ""

    def __str__(self) -> str:
        return self.words or self.code


Cell = str | int | float | Share | Phrase
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Section:
    name: str  # what styles and charts call it
    title: str
    columns: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    note: str = ""  # below the table, or in its place if it has no rows


def title_of(report: Report, language: str) -> str:
    return translated(f"Report on {report.what}", language) + (f": {report.outlet}" if report.outlet else "")


def sections(report: Report, language: str) -> Iterator[Section]:
    for section in _sections(report):
        yield _in_language(section, language)


def _in_language(section: Section, language: str) -> Section:
    if language == "en":
        return section
    title, note, *columns = (translated(text, language) for text in (section.title, section.note, *section.columns))
    rows = [tuple(_said(cell, language) if isinstance(cell, Phrase) else cell for cell in row) for row in section.rows]
    return replace(section, title=title, columns=tuple(columns), rows=rows, note=note)


def _said(phrase: Phrase, language: str) -> Phrase:
    return replace(phrase, words=translated(phrase.code.replace("_", " "), language))


def _sections(report: Report) -> Iterator[Section]:
    yield _problems(report)
    yield _outlets(report)
    yield _rejects(report)
    yield _completeness(report)
    yield _drift(report)
    yield _due(report)
    yield _newest(report)
    yield _revised(report)


def _problems(report: Report) -> Section:
    rows: list[Row] = [(p["outlet"], Phrase(p["level"]), p["text"], minute(p["since"]), p["crawls"]) for p in report.problems]
    note = "`scrapy report --accept OUTLET` says that an outlet is meant to be as it is now." if rows else "No open problem."
    return Section("problems", "Open problems", ("Outlet", "Level", "What", "Since", "Crawls"), rows, note)


def _outlets(report: Report) -> Section:
    columns = ("Outlet", "Crawls", "Failed", "Health", "Pages", "New", "Revised", "Unchanged", "Gone", "Rejected")
    rows: list[Row] = [
        (one.outlet, one.crawls, one.failed, Phrase(one.health) if one.health else "", one.pages, one.new, one.revised,
         one.unchanged, one.gone, sum(one.rejects.values()))
        for one in report.outlets
    ]  # fmt: skip
    return Section("outlets", "What came in", columns, rows, "" if rows else "Nothing was crawled.")


def _rejects(report: Report) -> Section:
    rows: list[Row] = [(one.outlet, Phrase(reason), count) for one in report.outlets for reason, count in one.rejects.items()]
    note = "" if rows else "Nothing was rejected."
    return Section("rejects", "Rejected, and why", ("Outlet", "Reason", "Pages"), rows, note)


def _completeness(report: Report) -> Section:
    columns = ("Outlet", "Articles", *(name.capitalize() for name in FIELDS))
    rows: list[Row] = [
        (outlet or Phrase("(none)"), counts["articles"], *(Share(counts[name] / counts["articles"]) for name in FIELDS))
        for outlet, counts in report.completeness.items()
    ]
    note = "Of new main articles, the share that has each field." if rows else "No new main article."
    return Section("completeness", "Completeness", columns, rows, note)


def _drift(report: Report) -> Section:
    columns = ("Outlet", "Figure", "Before", "Now", "Change")
    moved = [one for one in report.drift if abs(_change(one)) >= WORTH_TELLING]
    rows = [_drifted(one) for one in sorted(moved, key=_change)]
    others = f"{len(report.drift) - len(moved)} {'other ' if moved else ''}figures"
    note = f"{others} moved by less than {WORTH_TELLING:.0%}."
    if not report.drift:
        note = "No outlet has a past to be compared with."
    return Section("drift", "Against the outlet's own past", columns, rows, note)


def _change(one: Drift) -> float:
    """As a part of what was before; everything, where there was nothing."""
    return (one.now - one.before) / one.before if one.before else float(one.now > 0)


def _drifted(one: Drift) -> Row:
    change = f"{_change(one):+.0%}"
    if one.is_share:
        return (one.outlet, Phrase(one.monitor), Share(one.before), Share(one.now), change)
    return (one.outlet, Phrase(one.monitor), round(one.before), round(one.now), change)


def _due(report: Report) -> Section:
    rows: list[Row] = [
        (one["outlet"], one["pages"], minute(one["oldest_due_at"]), Phrase(ago(one["seconds"]))) for one in report.due
    ]
    note = "" if rows else "No page is due."
    return Section("due", "Pages that wait", ("Outlet", "Pages", "Oldest due since", "For"), rows, note)


def _newest(report: Report) -> Section:
    columns = ("ID", "Date", "Publisher", "Headline, or how the text begins")
    rows: list[Row] = [(a["id"], a["date"] or "", a["publisher"] or "", a["title"] or a["lead"]) for a in report.newest]
    return Section("newest", "Newest articles", columns, rows, "" if rows else "No new article.")


def _revised(report: Report) -> Section:
    columns = ("ID", "Publisher", "Changed", "Headline", "Earlier headline")
    rows: list[Row] = [
        (a["id"], a["publisher"] or "", Phrase(a["changed"]), a["title"] or "", a["earlier_title"] or "") for a in report.revised
    ]
    return Section("revised", "Changed articles", columns, rows, "" if rows else "No stored article changed.")


def minute(moment: str) -> str:
    """A time of the database, to the minute."""
    return moment[:16].replace("T", " ")


def ago(seconds: float) -> str:
    """A span in its largest unit."""
    if seconds >= 2 * DAY:
        return f"{seconds / DAY:.0f} days"
    return f"{seconds / HOUR:.0f} hours" if seconds >= 2 * HOUR else f"{seconds / 60:.0f} minutes"
