"""What a crawl came to, and what one may look at next: at the end of `scrapy crawl`."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from almasalla_crawler.verdict import BUSY, FAILED, OK, STOPPED_EARLY, Verdict

_STOPPED_BY = {  # what ended a crawl early, where no error did
    "shutdown": "It was told to stop, by Ctrl-C or a signal. The same command goes on where it was.",
    "host_paused": "The site does not answer, or wants to be left alone for now. The same command goes on later where it was.",
    "closespider_pagecount": "PAGES_PER_CRAWL pages were asked for. The same command goes on where it was.",
}


def summary(
    spider: str, stats: Mapping[str, Any], verdict: Verdict, database: Path, first_error: str = "", is_projects: bool = True
) -> list[str]:
    """What the crawl did, in lines for a person; why it failed, if it failed.

    `is_projects`: the database is the one that the project's settings name, so that commands find it by themselves.
    """

    def count(name: str) -> int:
        return int(stats.get(f"almasalla/{name}", 0))

    seconds = stats.get("elapsed_time_seconds", 0.0)
    lines = ["", f"scrapy crawl {spider}: {verdict.status} ({verdict.why}) in {seconds:.1f} s"]
    if verdict.exit_code == BUSY:
        return [*lines, "  Another process is crawling it; nothing was done."]
    because = first_error or _STOPPED_BY.get(str(stats.get("finish_reason")), "")
    if verdict.exit_code in (FAILED, STOPPED_EARLY) and because:
        lines.append(f"  because   {because}")
        are_any = any(count(name) for name in ("pages", "pages_unchanged", "rejects_unchanged", "discovered"))
        if not are_any and count("rejects") <= 1:  # of the front page, and told above
            return lines
    lines += _live_pages(count) if "almasalla/discovered" in stats else _saved_pages(count)
    lines += [*_articles(count), *_rejects(count, stats), *_ignored(count), *_layouts(stats)]
    lines += [f"  health    {problem}" for problem in stats.get("almasalla/problems", []) if problem != f"failed: {verdict.why}"]
    is_unchanged = not count("pages") and not count("pages_gone") and count("pages_unchanged") + count("pages_not_due") > 0
    if verdict.exit_code == OK and is_unchanged:
        lines.append("  Nothing changed since the last crawl.")
    return lines + _next_steps(_short(database), is_projects, bool(count("rejects") or count("rejects_unchanged")))


def summary_json(spider: str, stats: Mapping[str, Any], verdict: Verdict, database: Path, first_error: str) -> str:
    """The same for a program, in one line: counts are those of our own stats."""
    counts = {name.removeprefix("almasalla/"): value for name, value in stats.items()
              if name.startswith("almasalla/") and isinstance(value, int)}  # fmt: skip
    told = {"spider": spider, "exit_code": verdict.exit_code, "status": verdict.status, "why": verdict.why,
            "health": stats.get("almasalla/health"), "problems": stats.get("almasalla/problems", []),
            "first_error": first_error or None, "seconds": stats.get("elapsed_time_seconds"), "database": str(database),
            "log_file": stats.get("almasalla/log_file"), "counts": counts}  # fmt: skip
    return json.dumps(told, ensure_ascii=False)


def _saved_pages(count: Callable[[str], int]) -> list[str]:
    unchanged = f", {count('pages_unchanged')} unchanged" if count("pages_unchanged") else ""
    return [f"  pages     {count('pages')} read{unchanged}"]


def _live_pages(count: Callable[[str], int]) -> list[str]:
    """Of article pages what became of them; `found` are those that a list named for the first time."""
    fetched = sum(count(f"pages_{name}") for name in ("new", "changed", "unchanged", "gone"))
    lines = [
        f"  found     {count('discovered')} articles not known before, in {count('listings')} lists read",
        f"  pages     {fetched} fetched: {count('pages_new')} new, {count('pages_changed')} changed,"
        f" {count('pages_unchanged')} unchanged, {count('pages_gone')} gone",
    ]
    if count("pages_not_due") or count("pages_left"):
        lines.append(f"            {count('pages_not_due')} not due, {count('pages_left')} left for the next crawl")
    return lines


def _articles(count: Callable[[str], int]) -> list[str]:
    lines = [
        f"  articles  {count('articles_main')} main, {count('articles_related')} related on these pages:"
        f" {count('articles_new')} new, {count('articles_revised')} revised"
    ]
    if count("articles_superseded"):
        lines.append(f"            {count('articles_superseded')} superseded: newer rules no longer see them")
    return [*lines, f"  mentions  {count('mentions')} headlines and links of other articles"]


def _rejects(count: Callable[[str], int], stats: Mapping[str, Any]) -> list[str]:
    reasons = {name.rpartition("/")[2]: n for name, n in stats.items() if name.startswith("almasalla/rejects/")}
    shown = ", ".join(f"{n} {reason}" for reason, n in sorted(reasons.items(), key=lambda pair: -pair[1]))
    known = f", {count('rejects_unchanged')} known from before" if count("rejects_unchanged") else ""
    return [f"  rejects   {count('rejects')}{': ' + shown if shown else ''}{known}"]


def _ignored(count: Callable[[str], int]) -> list[str]:
    ignored = {
        "files_ignored": "files that are not .txt, .html, .htm or .gz of these",
        "records_ignored": "records that are no HTML page or post",
    }
    return [f"  ignored   {count(name)} {what}" for name, what in ignored.items() if count(name)]


def _layouts(stats: Mapping[str, Any]) -> list[str]:
    """Selectors of outlets that found nothing on some pages."""
    lines, counter = [], "almasalla/selector_found_nothing/"
    for name, n in stats.items():
        if name.startswith(counter):
            outlet, _, selector = name.removeprefix(counter).partition("/")
            lines.append(f"  layout    {n} pages of {outlet} have nothing at `{selector}`: has the site changed?")
    return lines


def _next_steps(shown_path: Path, is_projects: bool, has_rejects: bool) -> list[str]:
    elsewhere = "" if is_projects else f" -s DATABASE_PATH={shown_path}"
    steps = [
        (f"scrapy articles{elsewhere}", "list the articles; with an ID one of them whole"),
        (f"sqlite-utils rows {shown_path} main_articles --limit 5", "the first rows of a view"),
        (f"scrapy inspect{elsewhere} --open", "look around in the browser (pip install -e '.[inspect]')"),
    ]
    if has_rejects:
        steps.append((f"sqlite-utils rows {shown_path} rejects", "what was not kept, and why"))
    width = max(len(command) for command, _ in steps)
    return [f"  database  {shown_path}", "Look inside:", *(f"  {command:{width}}  {why}" for command, why in steps)]


def _short(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
