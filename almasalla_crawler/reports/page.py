"""A report as one HTML file: no script, nothing to load, every value escaped."""

import html
from importlib.resources import files

from almasalla_crawler.reports.charts import days_chart, meter
from almasalla_crawler.reports.gather import Report
from almasalla_crawler.reports.sections import Cell, Phrase, Section, Share, minute, sections, title_of
from almasalla_crawler.wording import words

_LEVELS = frozenset({"ok", "warning", "failed"})
_METERED = frozenset({"rejects"})  # sections whose last column is drawn as a part of its largest value


def page(report: Report, made_at: str, language: str = "en") -> str:
    """The whole file."""
    _ = words(language)
    style = files("almasalla_crawler.reports").joinpath("report.css").read_text("utf-8")
    title = title_of(report, language)
    chart = days_chart(report.days, language)
    by_day = (
        f'<section class="days"><h2>{_("New articles by day")}</h2>{chart}</section>' if chart and len(report.days) > 1 else ""
    )
    first, *others = (_section(one) for one in sections(report, language))
    times = [f"<bdi>{html.escape(minute(moment))}</bdi>" for moment in (report.since, report.until, made_at)]
    span = f"{times[0]} {_('to')} {times[1]} · {_('made')} {times[2]} · {_('times are UTC')}"
    return (
        f'<!doctype html>\n<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)}</title><style>{style}</style></head><body>"
        f"<header><h1>{html.escape(title)}</h1><p>{span}</p></header><main>{_tiles(report, language)}{first}{by_day}"
        f"{''.join(others)}</main></body></html>\n"
    )


def _tiles(report: Report, language: str) -> str:
    rejected = sum(sum(one.rejects.values()) for one in report.outlets)
    counts = {
        "New articles": sum(one.new for one in report.outlets),
        "Changed": sum(one.revised for one in report.outlets),
        "Gone": sum(one.gone for one in report.outlets),
        "Rejected": rejected,
        "Crawls": sum(one.crawls for one in report.outlets),
        "Open problems": len(report.problems),
    }
    tiles = "".join(f"<div><dt>{words(language)(name)}</dt><dd>{count:,}</dd></div>" for name, count in counts.items())
    return f'<dl class="tiles">{tiles}</dl>'


def _section(section: Section) -> str:
    note = f'<p class="note">{html.escape(section.note)}</p>' if section.note else ""
    table = _table(section) if section.rows else ""
    return f'<section id="{section.name}"><h2>{html.escape(section.title)}</h2>{table}{note}</section>'


def _table(section: Section) -> str:
    kinds = ["number" if isinstance(cell, int | float | Share) else "" for cell in section.rows[0]]
    head = "".join(
        f'<th scope="col" class="{kind}">{html.escape(name)}</th>' for name, kind in zip(section.columns, kinds, strict=True)
    )
    most = max((cell for row in section.rows if isinstance(cell := row[-1], int)), default=0) if section.name in _METERED else 0
    rows = "".join(f"<tr>{''.join(_cell(cell, most if number == len(row) - 1 else 0) for number, cell in enumerate(row))}</tr>"
                   for row in section.rows)  # fmt: skip
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(cell: Cell, most: int) -> str:
    if isinstance(cell, Share):
        return f'<td class="number">{cell}{meter(cell.value, width=40)}</td>'
    if isinstance(cell, int | float):
        return f'<td class="number">{cell:,}{meter(cell / most) if most else ""}</td>'
    level = f' class="{cell.code}"' if isinstance(cell, Phrase) and cell.code in _LEVELS else ""
    return f'<td dir="auto"{level}>{html.escape(str(cell))}</td>'
