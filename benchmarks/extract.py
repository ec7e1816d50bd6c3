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
from statistics import fmean as mean
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

_FOLDED = str.maketrans(
    dict.fromkeys("“”„‟«»‹›″＂", '"') | dict.fromkeys("‘’‚‛ʼ′`´", "'") | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
)  # fmt: skip
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")  # Chinese and Japanese by the letter
_WORD = re.compile(r"\w+")
_STEP_OF_OFFSETS = timedelta(minutes=15)  # all offsets from UTC are whole quarters of an hour


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
    import newspaper  # type: ignore[import-untyped]

    def article(source: Source, **settings: str) -> Any:
        text = source.html.decode(source.charset, "replace")
        return newspaper.article(source.url, input_html=text, fetch_images=False, **settings)

    def read(source: Source) -> Reading | None:
        try:
            found = article(source)
        except newspaper.ArticleException:
            return None
        except (ImportError, LookupError):  # word lists of the page's language are not installed
            found = article(source, language="en")
        stated = found.publish_date
        return Reading(found.title, stated, stated and stated.date(), found.authors, found.meta_keywords, found.text)

    return read


TOOLS: dict[str, Callable[[], Tool]] = {"ours": ours, "trafilatura": trafilatura, "newspaper4k": newspaper4k}


# Figures


def folded(text: str) -> str:
    """NFKC, one kind of quotes and dashes, single spaces, nothing invisible; the case stays."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_FOLDED).split())


def names(values: Iterable[str]) -> set[str]:
    """Words in lower case, without what stands between them: "Miguel A. Herguedas" is "miguel a herguedas"."""
    return {name for value in values if (name := " ".join(_WORD.findall(folded(value).casefold())))}


def f1(found: Counter[Hashable], wanted: Counter[Hashable]) -> float:
    """1 if both are empty."""
    total = found.total() + wanted.total()
    return 2 * (found & wanted).total() / total if total else 1.0


def set_f1(found: Iterable[str], wanted: Iterable[str]) -> float:
    return f1(Counter(names(found)), Counter(names(wanted)))


def token_f1(found: str, wanted: str) -> float:
    return f1(Counter(_TOKEN.findall(folded(found))), Counter(_TOKEN.findall(folded(wanted))))


def shingles(text: str, size: int = 4) -> Counter[Hashable]:
    """Runs of four words; a shorter text is one run."""
    words = _WORD.findall(text)
    return Counter(tuple(words[start : start + size]) for start in range(max(1, len(words) - size + 1)) if words)


def ngram_f1(pairs: list[tuple[str, str]]) -> float:
    """As the public article-extraction-benchmark has it: F1 of the mean precision and the mean recall, not the mean F1."""
    counted = [(shingles(found), shingles(wanted)) for found, wanted in pairs]
    precision = mean([(found & wanted).total() / found.total() for found, wanted in counted if found])
    recall = mean([(found & wanted).total() / wanted.total() for found, wanted in counted if wanted])
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def same_moment(found: datetime | None, wanted: datetime) -> bool:
    """To the second. A wanted moment without offset holds for any offset there is."""
    if found is None:
        return False
    if wanted.tzinfo:
        return found.tzinfo is not None and found.replace(microsecond=0) == wanted.replace(microsecond=0)
    apart = abs(found.replace(tzinfo=None, microsecond=0) - wanted.replace(microsecond=0))
    return apart <= timedelta(hours=14) and not apart % _STEP_OF_OFFSETS


def same_day(found: Reading, wanted: Reading) -> bool:
    """The day as the page writes it, or the same moment written elsewhere."""
    return found.day == wanted.day or (wanted.moment is not None and same_moment(found.moment, wanted.moment))


def scores(found: Reading, wanted: Reading) -> dict[str, float | None]:
    """Each between 0 and 1, None where the answer does not say. "wrong_day" is 1 for a day that is another one."""
    return {
        "title": float(folded(found.title) == folded(wanted.title)),
        "instant": float(same_moment(found.moment, wanted.moment)) if wanted.moment else None,
        "day": float(same_day(found, wanted)),
        "wrong_day": float(found.day is not None and not same_day(found, wanted)),
        "authors": set_f1(found.authors, wanted.authors) if wanted.authors else None,
        "keywords": set_f1(found.keywords, wanted.keywords) if wanted.keywords else None,
        "body": token_f1(found.body, wanted.body),
    }


def checks(found: Reading | None, expected: dict[str, Any]) -> dict[str, bool]:
    """The questions of an expected.json. A page that is no article has one: no article."""
    if expected["page_kind"] != "article":  # a link-post has no text of its own either
        return {"no_article": found is None or not found.body}
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


@dataclass(frozen=True, slots=True)
class Wish:
    """What the report shall show."""

    fails: bool
    ngram: bool
    row: str | None

    def wants(self, row: str) -> bool:
        return self.row in (None, row)


def installed(chosen: list[str]) -> dict[str, Tool]:
    tools = {}
    for name in chosen:
        try:
            tools[name] = TOOLS[name]()
        except ImportError as error:
            print(f"{name} is passed over: {error}")
    return tools


def read_all(tool: str, read: Tool, sources: list[Source]) -> tuple[list[Reading | None], float]:
    """The readings and the seconds of CPU they took. A page that breaks a tool holds nothing for it, and is named."""
    read(sources[0])  # what is imported or compiled at the first page is not counted
    readings: list[Reading | None] = []
    begun = time.process_time()
    for source in sources:
        try:
            readings.append(read(source))
        except Exception as error:
            print(f"{tool} breaks on {source.name}: {error!r:.200}")
            readings.append(None)
    return readings, time.process_time() - begun


def report_publishers(cases: list[tuple[Source, Reading]], tools: dict[str, Tool], wish: Wish) -> None:
    table: dict[str, dict[str, str]] = {}
    for tool, read in tools.items():
        readings, seconds = read_all(tool, read, [source for source, _ in cases])
        found = [reading or Reading() for reading in readings]
        scored = [scores(one, wanted) for one, (_, wanted) in zip(found, cases, strict=True)]
        for row in filter(wish.wants, scored[0]):
            values = [value for one in scored if (value := one[row]) is not None]
            table.setdefault(row, {})[tool] = f"{sum(values):.0f}" if row == "wrong_day" else f"{mean(values):.3f}"
        if wish.ngram and wish.wants("body"):
            bodies = [(one.body, wanted.body) for one, (_, wanted) in zip(found, cases, strict=True)]
            table.setdefault("body, runs of four words", {})[tool] = f"{ngram_f1(bodies):.3f}"
        table.setdefault("pages per CPU second", {})[tool] = f"{len(cases) / seconds:.1f}"
        if wish.fails and tool == "ours":
            for (source, wanted), one, values_of in zip(cases, found, scored, strict=True):
                list_differences(source.name, one, wanted, {row: v for row, v in values_of.items() if wish.wants(row)})
    show(f"{len(cases)} pages of publishers", table, tools)


def report_pages(cases: list[tuple[Source, dict[str, Any]]], tools: dict[str, Tool], wish: Wish) -> None:
    table: dict[str, dict[str, str]] = {}
    for tool, read in tools.items():
        found, _ = read_all(tool, read, [source for source, _ in cases])
        checked = [checks(one, expected) for one, (_, expected) in zip(found, cases, strict=True)]
        for row in filter(wish.wants, dict.fromkeys(name for one in checked for name in one)):
            values = [one[row] for one in checked if row in one]
            table.setdefault(row, {})[tool] = f"{sum(values)}/{len(values)}"
        table.setdefault("whole pages", {})[tool] = f"{sum(all(one.values()) for one in checked)}/{len(checked)}"
        if wish.fails and tool == "ours":
            for (source, expected), one, passed in zip(cases, found, checked, strict=True):
                for row in (row for row, holds in passed.items() if wish.wants(row) and not holds):
                    print(f"{source.name} {row}: {explained(row, one or Reading(), expected)}")
    show(f"{len(cases)} pages by hand", table, tools)


def show(title: str, table: dict[str, dict[str, str]], tools: Iterable[str]) -> None:
    print(f"\n{title:26}" + "".join(f"{tool:>13}" for tool in tools))
    for row, cells in table.items():
        print(f"{row:26}" + "".join(f"{cells[tool]:>13}" for tool in tools))


def list_differences(name: str, found: Reading, wanted: Reading, values: dict[str, float | None]) -> None:
    for row, value in values.items():
        if value is None or value == (row != "wrong_day"):
            continue
        if row == "body":
            print(f"{name} body {value:.3f}{body_difference(found.body, wanted.body)}")
        else:
            field_name = {"instant": "moment", "wrong_day": "day"}.get(row, row)
            print(f"{name} {row}: {getattr(found, field_name)} <> {getattr(wanted, field_name)}")


def body_difference(found: str, wanted: str) -> str:
    """The longest blocks that only the one (+) or the other (-) holds."""
    texts = {"+": (found, folded(wanted)), "-": (wanted, folded(found))}
    lines = []
    for sign, (text, other) in texts.items():
        alone = [block for block in map(folded, text.splitlines()) if block not in other]
        lines += [f"\n    {sign} {block[:150]}" for block in sorted(alone, key=len, reverse=True)[:4]]
    return "".join(lines)


def explained(row: str, found: Reading, expected: dict[str, Any]) -> str:
    """What we read <> what the answer says, for one check."""
    body, titles = folded(found.body), set(map(folded, found.other_titles))
    match row:
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
            return "not found: " + " | ".join(title for title in expected["related_titles"] if folded(title) not in titles)
    return f"an article: {found.title}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("publishers", type=Path)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--only", choices=TOOLS, action="append", help="this tool; may be repeated")
    parser.add_argument("--fails", action="store_true", help="list what we read otherwise, page by page: ours <> answer")
    parser.add_argument("--field", help="this row of the tables")
    parser.add_argument("--limit", type=int, help="only so many pages of each folder")
    parser.add_argument("--ngram", action="store_true", help="score bodies as the public article-extraction-benchmark too")
    options = parser.parse_args()
    tools, wish = installed(options.only or list(TOOLS)), Wish(options.fails, options.ngram, options.field)
    report_publishers(list(read_publishers(options.publishers))[: options.limit], tools, wish)
    report_pages(list(read_pages(options.pages))[: options.limit], tools, wish)


if __name__ == "__main__":
    main()
