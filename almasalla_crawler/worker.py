"""What a worker process does: the stages that need nothing but the page."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterable, Sequence
from typing import Any

from scrapy.utils.misc import load_object

from almasalla_crawler.items import Page
from almasalla_crawler.memory import give_back_large_blocks

_pipelines: list[Any] = []


def start(paths: Sequence[str], import_paths: Sequence[str]) -> None:
    """Loads the pipelines at these dotted paths. Ctrl-C is for the crawl to answer, which ends its workers itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    give_back_large_blocks()
    threading.Thread(target=_end_with_the_crawl, daemon=True).start()
    sys.path[:] = import_paths
    _pipelines[:] = [load_object(path)() for path in paths]


def work(page: Page) -> Page:
    return process(page, _pipelines)


def process(page: Page, pipelines: Iterable[Any]) -> Page:
    """What the pipelines make of a page, one after the other. Raises what they raise."""
    for pipeline in pipelines:
        page = pipeline.process_item(page)
    return page


def _end_with_the_crawl() -> None:
    """A crawl that was killed leaves no worker behind."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
