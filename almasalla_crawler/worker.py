"""What a worker process does: the stages that need nothing but the page."""

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from scrapy.utils.misc import load_object

from almasalla_crawler.items import Page
from almasalla_crawler.memory import give_back_large_blocks

_OURS = ("read", "clean", "split", "describe", "deduplicate", "conserve")
PURE = frozenset(f"almasalla_crawler.pipelines.{name}.{name.capitalize()}Pipeline" for name in _OURS)
_paths: tuple[str, ...] = ()


def is_pure(path: str) -> bool:
    """Does the pipeline at this dotted path need nothing but the page? Ours are known unloaded, another says `pure = True`."""
    return path in PURE or getattr(load_object(path), "pure", False)


@cache
def loaded(paths: tuple[str, ...]) -> list[Any]:
    return [load_object(path)() for path in paths]


def start(paths: tuple[str, ...], import_paths: Sequence[str]) -> None:
    """Ctrl-C is for the crawl to answer, which ends its workers itself; what a fork inherits of it is let go of."""
    global _paths  # noqa: PLW0603 - of this process, which does nothing else
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.freeze()
    give_back_large_blocks()
    threading.Thread(target=_end_with_the_crawl, daemon=True).start()
    sys.path[:] = import_paths
    _paths = paths


def work(page: Page) -> Page:
    return process(page, loaded(_paths))


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
