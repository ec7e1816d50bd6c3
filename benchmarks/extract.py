"""How well are pages of the web read? `python benchmarks/extract.py PUBLISHERS PAGES`, beside trafilatura and newspaper4k.

PUBLISHERS holds pages in fundus' layout: <cc>/NAME_YYYY_MM_DD.html.gz, NAME.json with the answers, urls.json.
PAGES holds <slug>/page.html with meta.json and an expected.json written by hand. How each figure is counted: README.md.
"""

import argparse
import gzip
import json
import re
import sys
import time
import unicodedata
import warnings
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import fmean
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

_FOLDED = str.maketrans(
    dict.fromkeys("“”„‟«»‹›″＂", '"') | dict.fromkeys("‘’‚‛ʼ′`´", "'") | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
)  # fmt: skip
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")  # Chinese and Japanese by the letter
_WORD = re.compile(r"\w+")
_UNZONED_STEP = timedelta(minutes=15)  # of offsets from UTC


@dataclass(frozen=True, slots=True)
class Source:
    """A page to read."""

    name: str
    url: str
    html: bytes
    charset: str = "utf-8"
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a tool found on a page, or what is to be found."""

    title: str = ""
    moment: datetime | None = None  # naive where no offset is known
    day: date | None = None
    authors: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    body: str = ""
    other_titles: list[str] = field(default_factory=list)  # of mentions and of related articles


Tool = Callable[[Source], Reading | None]  # None: the page holds no article


# Tools. Each factory imports what it needs, so that one that is not installed can be passed over.


def ours() -> Tool:
    from almasalla_crawler.items import Page, Rejected
    from almasalla_crawler.pipelines.clean import clean
    from almasalla_crawler.pipelines.describe import describe
    from almasalla_crawler.pipelines.split import split
    from almasalla_crawler.readers.page import read_page

    def read(source: Source) -> Reading | None:
        page = Page(source.url, "html", now=source.now, observed_at=source.now.isoformat() if source.now else "")
        try:
            read_page(source.html, page)
            for stage in (clean, split, describe):
                if page.reject is None:
                    stage(page)
        except Rejected:
            return None
        main = next((article for article in page.articles if article.role == "main"), None)
        if page.reject or main is None:
            return None
        related = [article.title for article in page.articles if article.role == "related" and article.title]
        return Reading(
            main.title or "",
            datetime.fromisoformat(main.date_published_utc) if main.date_published_utc else None,
            date.fromisoformat(main.date_published_date) if main.date_published_date else None,
            main.authors,
            [keyword for keyword, _ in main.keywords],
            main.body,
            [mention.title for mention in page.mentions] + related,
        )

    return read


def trafilatura() -> Tool:
    from trafilatura import bare_extraction

    def read(source: Source) -> Reading | None:
        found: Any = bare_extraction(source.html, url=source.url, with_metadata=True, include_comments=False)
        if found is None:
            return None
        day = date.fromisoformat(found.date) if found.date else None
        authors = (found.author or "").split("; ")
        return Reading(found.title or "", None, day, authors, found.tags or [], found.text or "")

    return read


def newspaper4k() -> Tool:
    warnings.filterwarnings("ignore", message="nltk is not installed")
    import newspaper

    def read(source: Source) -> Reading | None:
        try:
            found: Any = newspaper.article(
                source.url, input_html=source.html.decode(source.charset, "replace"), fetch_images=False
            )
        except newspaper.ArticleException:
            return None
        stated = found.publish_date
        keywords = found.meta_keywords or list(found.tags)
        return Reading(found.title, stated, stated and stated.date(), found.authors, keywords, found.text) if found.text else None

    return read


TOOLS: dict[str, Callable[[], Tool]] = {"ours": ours, "trafilatura": trafilatura, "newspaper4k": newspaper4k}


# Figures


def folded(text: str) -> str:
    """NFKC, one kind of quotes and dashes, single spaces, nothing invisible; the case stays."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_FOLDED).split())


def names(values: Iterable[str]) -> set[str]:
    return {name for value in values if (name := folded(value).casefold())}


def f1(found: Counter[Hashable], wanted: Counter[Hashable]) -> float:
    """1 if both are empty."""
    total = found.total() + wanted.total()
    return 2 * (found & wanted).total() / total if total else 1.0


def set_f1(found: Iterable[str], wanted: Iterable[str]) -> float:
    return f1(Counter(names(found)), Counter(names(wanted)))


def token_f1(found: str, wanted: str) -> float:
    return f1(Counter(_TOKEN.findall(folded(found))), Counter(_TOKEN.findall(folded(wanted))))


def shingles(text: str, size: int = 4) -> Counter[Hashable]:
    """As the public article-extraction-benchmark counts them: runs of four words, a shorter text is one run."""
    words = _WORD.findall(text)
    return Counter(tuple(words[start : start + size]) for start in range(max(1, len(words) - size + 1)) if words)


def same_moment(found: datetime | None, wanted: datetime) -> bool:
    """To the second. Where one of the two has no offset, they may differ by any offset there is."""
    if found is None:
        return False
    if found.tzinfo and wanted.tzinfo:
        return found.replace(microsecond=0) == wanted.replace(microsecond=0)
    apart = abs(found.replace(tzinfo=None, microsecond=0) - wanted.replace(tzinfo=None, microsecond=0))
    return apart <= timedelta(hours=14) and not apart % _UNZONED_STEP


def same_day(found: Reading, wanted: Reading) -> bool:
    """The day as the page writes it, or the same instant written elsewhere."""
    same = bool(wanted.moment and wanted.moment.tzinfo and same_moment(found.moment, wanted.moment))
    return same or (found.day is not None and found.day == wanted.day)


def scores(found: Reading, wanted: Reading) -> dict[str, float]:
    """Each between 0 and 1. No "instant" where the answer states a day only; "wrong day" says that a day was made up."""
    values = {
        "title": float(folded(found.title) == folded(wanted.title)),
        "instant": float(same_moment(found.moment, wanted.moment)) if wanted.moment else -1.0,
        "day": float(same_day(found, wanted)),
        "wrong_day": float(found.day is not None and not same_day(found, wanted)),
        "authors": set_f1(found.authors, wanted.authors),
        "keywords": set_f1(found.keywords, wanted.keywords),
        "body": token_f1(found.body, wanted.body),
        "ngram": f1(shingles(found.body), shingles(wanted.body)),
    }
    return {name: value for name, value in values.items() if value >= 0}


def checks(found: Reading | None, expected: dict[str, Any]) -> dict[str, bool]:
    """The questions of an expected.json. A page that is no article has one: no article."""
    if expected["page_kind"] != "article":
        return {"no_article": found is None}
    found = found or Reading()
    body = folded(found.body)
    first, last = (body.find(folded(expected[name])) for name in ("body_first_sentence", "body_last_sentence"))
    titles = [expected["title"], *expected.get("title_alternatives", [])]
    wanted = dated(expected["date_published"])
    by_day = wanted.moment is None or "compare on the day" in expected.get("date_note", "")
    return {
        "title": folded(found.title) in map(folded, titles),
        "date": same_day(found, wanted) if by_day or wanted.moment is None else same_moment(found.moment, wanted.moment),
        "first": first >= 0,
        "last": last >= max(first, 0),
        "not_in_body": bool(body) and not any(folded(text) in body for text in expected["not_in_body"]),
        "related": set(map(folded, expected["related_titles"])) <= set(map(folded, found.other_titles)),
    }


# Pages and answers


def dated(stated: str) -> Reading:
    """A reading that holds a date only. A bare day, or midnight without an offset, is no moment."""
    moment = datetime.fromisoformat(stated)
    is_day = moment.tzinfo is None and moment.time() == datetime.min.time()
    return Reading(moment=None if is_day else moment, day=moment.date())


def read_publishers(folder: Path) -> Iterator[tuple[Source, Reading]]:
    """The versions of a parser stand in the order of the days until which they held, and each has one page."""
    urls = json.loads((folder / "urls.json").read_text("utf-8"))
    for path in sorted(folder.glob("*/*.json")):
        answers = json.loads(path.read_text("utf-8"))
        pages = sorted(path.parent.glob(f"{path.stem}_[0-9]*.html.gz"))
        for answer, file in zip(answers.values(), pages, strict=True):
            name = file.relative_to(folder).as_posix()
            now = datetime.fromisoformat(urls[name]["crawl_date"])
            now = now if now.tzinfo else now.replace(tzinfo=UTC)
            yield Source(name, urls[name]["url"], gzip.decompress(file.read_bytes()), now=now), answer_of(answer)


def answer_of(answer: dict[str, Any]) -> Reading:
    """Fields that fundus leaves out are empty."""
    when, sections = dated(answer["publishing_date"]), answer["body"]["sections"]
    blocks = answer["body"]["summary"] + [block for one in sections for block in one["headline"] + one["paragraphs"]]
    return Reading(
        answer["title"], when.moment, when.day, answer.get("authors", []), answer.get("topics", []), "\n\n".join(blocks)
    )


def read_pages(folder: Path) -> Iterator[tuple[Source, dict[str, Any]]]:
    for path in sorted(folder.glob("*/expected.json")):
        meta = json.loads(path.with_name("meta.json").read_text("utf-8"))
        html = path.with_name(meta["file"]).read_bytes()
        yield Source(path.parent.name, meta["url"], html, meta["charset"]), json.loads(path.read_text("utf-8"))


# Report


def installed(chosen: list[str]) -> dict[str, Tool]:
    tools = {}
    for name in chosen:
        try:
            tools[name] = TOOLS[name]()
        except ImportError as error:
            print(f"{name} is passed over: {error}")
    return tools


def show(title: str, rows: dict[str, dict[str, str]], tools: Iterable[str]) -> None:
    print(f"\n{title:28}" + "".join(f"{tool:>13}" for tool in tools))
    for row, cells in rows.items():
        print(f"{row:28}" + "".join(f"{cells[tool]:>13}" for tool in tools))


def report_publishers(cases: list[tuple[Source, Reading]], tools: dict[str, Tool], fails: bool, only: str | None) -> None:
    rows: dict[str, dict[str, str]] = {}
    for tool, read in tools.items():
        read(cases[0][0])  # what is imported or compiled at the first page is not counted
        begun = time.process_time()
        found = [read(source) or Reading() for source, _ in cases]
        seconds = time.process_time() - begun
        scored = [scores(one, wanted) for one, (_, wanted) in zip(found, cases, strict=True)]
        for name in ("title", "instant", "day", "wrong_day", "authors", "keywords", "body", "ngram"):
            values = [one[name] for one in scored if name in one]
            cell = f"{sum(values):.0f}" if name == "wrong_day" else f"{fmean(values):.3f}"
            if only in (None, name):
                rows.setdefault(name, {})[tool] = cell
        rows.setdefault("pages per CPU second", {})[tool] = f"{len(cases) / seconds:.1f}"
        if fails and tool == "ours":
            list_fails(cases, found, scored, only)
    show(f"{len(cases)} pages of publishers", rows, tools)


def list_fails(
    cases: list[tuple[Source, Reading]], found: list[Reading], scored: list[dict[str, float]], only: str | None
) -> None:
    for (source, wanted), one, values in zip(cases, found, scored, strict=True):
        for name, value in values.items():
            if name in ("wrong_day", "ngram") or value == 1 or only not in (None, name):
                continue
            attribute = {"instant": "moment"}.get(name, name)
            got, want = getattr(one, attribute), getattr(wanted, attribute)
            detail = body_difference(got, want) if name == "body" else f"{got!s} <> {want!s}"
            print(f"{source.name} {name} {value:.2f}: {detail}")


def body_difference(found: str, wanted: str) -> str:
    """The longest blocks that only one of the two has."""
    there, here = (set(filter(None, map(folded, re.split(r"\n+", text)))) for text in (found, wanted))
    joined_there, joined_here = folded(found), folded(wanted)
    extra = sorted((block for block in there if block not in joined_here), key=len, reverse=True)
    missing = sorted((block for block in here if block not in joined_there), key=len, reverse=True)
    return "".join(f"\n    {sign} {block[:150]}" for sign, blocks in (("+", extra), ("-", missing)) for block in blocks[:4])


def report_pages(cases: list[tuple[Source, dict[str, Any]]], tools: dict[str, Tool], fails: bool, only: str | None) -> None:
    rows: dict[str, dict[str, str]] = {}
    for tool, read in tools.items():
        found = [read(source) for source, _ in cases]
        checked = [checks(one, expected) for one, (_, expected) in zip(found, cases, strict=True)]
        for name in ("title", "date", "first", "last", "not_in_body", "related", "no_article"):
            values = [one[name] for one in checked if name in one]
            if only in (None, name):
                rows.setdefault(name, {})[tool] = f"{sum(values)}/{len(values)}"
        rows.setdefault("whole pages", {})[tool] = f"{sum(all(one.values()) for one in checked)}/{len(checked)}"
        if fails and tool == "ours":
            list_failed_checks(cases, found, checked, only)
    show(f"{len(cases)} pages, by hand", rows, tools)


def list_failed_checks(
    cases: list[tuple[Source, dict[str, Any]]],
    found: list[Reading | None],
    checked: list[dict[str, bool]],
    only: str | None,
) -> None:
    for (source, expected), one, passed in zip(cases, found, checked, strict=True):
        for name in (name for name, is_right in passed.items() if not is_right and only in (None, name)):
            print(f"{source.name} {name}: {explained(name, one or Reading(), expected)}")


def explained(name: str, found: Reading, expected: dict[str, Any]) -> str:
    body = folded(found.body)
    match name:
        case "title":
            return f"{found.title} <> {expected['title']}"
        case "date":
            return f"{found.moment or found.day} <> {expected['date_published']}"
        case "first":
            return f"{found.body[:100]} <> {expected['body_first_sentence'][:100]}"
        case "last":
            return f"{found.body[-100:]} <> {expected['body_last_sentence'][-100:]}"
        case "not_in_body":
            return " | ".join(text for text in expected["not_in_body"] if folded(text) in body) or "no body"
        case "related":
            there = set(map(folded, found.other_titles))
            return "missing " + " | ".join(title for title in expected["related_titles"] if folded(title) not in there)
    return f"an article was found: {found.title}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("publishers", type=Path)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--only", choices=TOOLS, action="append", help="this tool alone; may be repeated")
    parser.add_argument("--fails", action="store_true", help="say for each page what we read otherwise")
    parser.add_argument("--field", help="this row alone")
    parser.add_argument("--limit", type=int, help="the first pages of each folder alone")
    options = parser.parse_args()
    tools = installed(options.only or list(TOOLS))
    report_publishers(list(read_publishers(options.publishers))[: options.limit], tools, options.fails, options.field)
    report_pages(list(read_pages(options.pages))[: options.limit], tools, options.fails, options.field)


if __name__ == "__main__":
    main()
