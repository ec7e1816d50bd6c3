"""Milliseconds of CPU a page of a known outlet takes, from the response to the page and through all stages.

Usage: python benchmarks/outlets.py [PAGE ...]   (default: the pages below tests/outlets/)
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from scrapy.spiderloader import get_spider_loader
from scrapy.utils.project import get_project_settings

from almasalla_crawler.items import Page
from almasalla_crawler.pipelines.clean import clean
from almasalla_crawler.pipelines.deduplicate import deduplicate
from almasalla_crawler.pipelines.describe import describe
from almasalla_crawler.pipelines.read import read
from almasalla_crawler.pipelines.split import split

ROOT = Path(__file__).parents[1]
STAGES = (read, clean, split, describe, deduplicate)
RUNS = 300


def milliseconds(work: Callable[[], object]) -> float:
    """The quickest of many runs: what the others took longer is the machine's."""
    return min(timed(work) for _ in range(RUNS)) * 1000


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def through(stages: Sequence[Callable[[Page], None]], parse: Callable[[], Page]) -> Page:
    page = parse()
    for stage in stages:
        stage(page)
    return page


def main(paths: list[Path]) -> None:
    loader = get_spider_loader(get_project_settings())
    print(f"{'page':40} {'bytes':>8} {'to Page':>9} {'all':>8}")
    for path in paths:
        body, url = path.read_bytes(), json.loads(path.with_suffix(".json").read_text("utf-8"))["url"]
        spider = loader.load(path.parent.name)
        parse = partial(Page, url, "html", outlet=spider.name, site=spider.description(), body=body)
        times = [milliseconds(partial(through, stages, parse)) for stages in ((read,), STAGES)]
        print(f"{path.parent.name + '/' + path.name:40} {len(body):8} {times[0]:6.2f} ms {times[1]:5.2f} ms")


if __name__ == "__main__":
    found = sorted(path for path in (ROOT / "tests" / "outlets").glob("*/*") if path.suffix in (".html", ".txt"))
    main([Path(name) for name in sys.argv[1:]] or found)
