"""A new outlet: is its name free, which page shows it, what is written, and what a person does then."""

import json
import keyword
import re
from importlib import import_module
from pathlib import Path

from scrapy.crawler import CrawlerProcessBase
from scrapy.http import Response

from almasalla_crawler.drafts.draft import Draft, NoDraftError
from almasalla_crawler.drafts.fetch import OnePageSpider, page_of
from almasalla_crawler.news_spider import NewsSpider
from almasalla_crawler.outlets import Outlets
from almasalla_crawler.paths import project_path
from almasalla_crawler.readers.addresses import canonical_url
from almasalla_crawler.readers.files import read_regular_file, unpack

MAX_BLOCKS, MAX_SHOWN = 5, 70  # lines and characters of them


def draft_outlet(process: CrawlerProcessBase, name: str, source: str, url: str, force: bool) -> str:
    """Writes the files of an outlet from the URL or file of an article; returns the next steps.

    Raises NoDraftError, and Rejected for a page that cannot be read.
    """
    spiders = Path(str(import_module(process.settings["NEWSPIDER_MODULE"]).__file__)).parent
    _check_name(process, name, spiders, force)
    body, url, saved_at = _fetch(process, source) if "://" in source else (*_open(process, source, url), "")
    draft = Draft(name, body, url, saved_at)
    _check_host(process, name, draft.url)
    written = draft.write(spiders, project_path("tests/outlets") / name, Path(source).stem)
    return _next_steps(name, written, draft)


def _check_name(process: CrawlerProcessBase, name: str, spiders: Path, force: bool) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,39}", name) or keyword.iskeyword(name):
        raise NoDraftError(f"{name!r} is no name for an outlet: small letters, digits and _, first a letter.")
    loader = process.spider_loader
    if name not in loader.list() and not (spiders / f"{name}.py").exists():
        return
    if name in loader.list() and not issubclass(loader.load(name), NewsSpider):
        raise NoDraftError(f"{name} is a spider of this project and no outlet; take another name.")
    if not force:
        raise NoDraftError(f"There is an outlet {name} already; --force replaces its class and draft.")


def _check_host(process: CrawlerProcessBase, name: str, url: str) -> None:
    known = Outlets.from_settings(process.settings).of(url)
    if known is not None and known.name != name:
        raise NoDraftError(f"{url} is a page of the outlet {known.name}, which is described already.")


def _fetch(process: CrawlerProcessBase, url: str) -> tuple[bytes, str, str]:
    if not canonical_url(url):
        raise NoDraftError(f"{url} is no address of the web.")
    found: list[Response] = []
    problems: list[str] = []
    process.crawl(OnePageSpider, url=url, found=found, problems=problems)
    process.start()
    return page_of(url, found, problems)


def _open(process: CrawlerProcessBase, source: str, url: str) -> tuple[bytes, str]:
    path, max_bytes = Path(source).expanduser(), process.settings.getint("SEED_MAXSIZE")
    return unpack(read_regular_file(path, path.parent.resolve(), max_bytes), max_bytes), canonical_url(url)


def _next_steps(name: str, written: dict[Path, str], draft: Draft) -> str:
    """What was drafted and what a person does now."""
    root = project_path(".").resolve()
    shown = {str(path.relative_to(root)) if path.is_relative_to(root) else str(path): what for path, what in written.items()}
    width = max(map(len, shown))
    files = "".join(f"  {path:{width}}  {what}\n" for path, what in shown.items())
    found = [part for part in ("body", "title", "date", "authors") if draft.layout and getattr(draft.layout, part)]
    selectors = f"Selectors found for {', '.join(found)}." if found else without_selectors(*draft.nearest)
    return (
        f"{files}{selectors}\nNow:\n"
        f'  1. Open the first file: is the publisher right? "" if the site shows the articles of others. Add a time zone.\n'
        f"  2. Correct the answer by hand, from the page. Publish no page that is not yours: rewrite its text.\n"
        f"  3. python -m pytest tests/test_outlets.py -k {name}\n"
        f"  4. scrapy reparse --all, if pages of it are stored already.\n"
    )


def without_selectors(nearest: str, more: list[str]) -> str:
    """What a person is told where no selector was found: which element is nearest, and what it holds beside the text."""
    text = "No selector gives the same text as reading without one: the class has none, and pages are read as the answer shows."
    if not nearest:
        return text
    shown = "".join(f"\n    {block[:MAX_SHOWN]}" for block in more[:MAX_BLOCKS]) or "\n    (the same lines, cut otherwise)"
    return f"{text}\nNearest is layouts = [Layout(body={json.dumps(nearest)})]. Beside the text it holds, for drop=...:{shown}"
