"""Pages read in worker processes: the same rows, and no worker takes more than its page with it or outlives the crawl."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from scrapy.exceptions import DropItem
from scrapy.utils.defer import deferred_f_from_coro_f
from scrapy.utils.test import get_crawler

from almasalla_crawler.item_processor import WorkerItemProcessor
from almasalla_crawler.items import Page, Visit
from tests.crawl.saved_crawls import asked, command, crawl, save, save_many, stored, without_time
from tests.storage.news_pages import elsewhere, news
from tests.typed import SCRAPY, running

AT_ONCE = ("-s", "WORKERS_AFTER_PAGES=0")


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    save_many(tmp_path / "pages", 40)
    return tmp_path / "pages"


def with_first(pipeline: str) -> tuple[str, str]:
    """Settings with a pipeline of bad_pipelines before all others."""
    ours = {f"almasalla_crawler.pipelines.{name.lower()}.{name}Pipeline": 100 + number for number, name in
            enumerate(("Read", "Clean", "Split", "Describe", "Deduplicate", "Conserve", "Store"))}  # fmt: skip
    return "-s", f"ITEM_PIPELINES={json.dumps({f'tests.crawl.bad_pipelines.{pipeline}': 1} | ours)}"


def test_any_number_of_workers_gives_the_same_rows(pages: Path, tmp_path: Path) -> None:
    crawl(pages, tmp_path / "none.db", "-s", "WORKERS=0")
    crawl(pages, tmp_path / "three.db", "-s", "WORKERS=3", *AT_ONCE)
    assert asked(tmp_path / "three.db", "SELECT count(*) FROM pages WHERE state = 'stored'") == [(40,)]
    assert without_time(tmp_path / "three.db") == without_time(tmp_path / "none.db")


@pytest.mark.parametrize(
    ("pipeline", "reason", "status"), [("Dies", "worker_died", 0), ("Raises", "internal_error", 1)], ids=["dies", "raises"]
)
def test_a_page_that_a_worker_fails_on_costs_no_other(
    pages: Path, tmp_path: Path, pipeline: str, reason: str, status: int
) -> None:
    for number in (7, 15):
        save(pages, f"almasalah/{number}.txt", elsewhere(news(100 + number)) + " قنبلة ")
    answer = crawl(pages, tmp_path / "a.db", "-s", "WORKERS=2", *AT_ONCE, *with_first(pipeline))
    assert answer.returncode == status
    rejects = asked(tmp_path / "a.db", "SELECT url, reason FROM rejects ORDER BY url")
    assert [(url.rpartition("/")[2], why) for url, why in rejects] == [("15", reason), ("7", reason)]
    assert asked(tmp_path / "a.db", "SELECT count(*) FROM pages WHERE state = 'stored'") == [(38,)]


def test_a_large_page_is_never_read_where_it_would_hold_up_the_crawl(pages: Path, tmp_path: Path) -> None:
    save(pages, "almasalah/7.txt", "قنبلة " * 60_000)
    crawl(pages, tmp_path / "a.db", "-s", "WORKERS=1", *with_first("Dies"))
    assert asked(tmp_path / "a.db", "SELECT reason FROM rejects") == [("worker_died",)]


def test_a_number_of_workers_that_is_none_is_named(pages: Path, tmp_path: Path) -> None:
    answer = crawl(pages, tmp_path / "a.db", "-s", "WORKERS=many", "--nolog")
    assert (answer.returncode, "WORKERS is 'many'; give a number of processes, or auto" in answer.stdout) == (1, True)


def test_ctrl_c_reaches_workers_too_and_the_crawl_ends_in_order(tmp_path: Path) -> None:
    save_many(tmp_path / "pages", 400)
    line = [*SCRAPY, *command(tmp_path / "pages", tmp_path / "a.db", "-s", "WORKERS=1", *AT_ONCE)]
    with running(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        wait_for_pages(tmp_path / "a.db", 1)
        os.killpg(process.pid, signal.SIGINT)
        summary, log = process.communicate(timeout=60)
    assert (process.returncode, "stopped early" in summary, "Traceback" in log) == (3, True, False)


@pytest.mark.parametrize(
    ("visit", "outcome"), [(None, "not read"), (Visit(1, "https://example.org/1"), "read")], ids=["saved", "fetched"]
)
@deferred_f_from_coro_f
async def test_a_crawl_that_is_stopped_reads_only_what_a_site_sent(visit: Visit | None, outcome: str) -> None:
    processor = WorkerItemProcessor(crawler=get_crawler(settings_dict={"WORKERS": 0}))
    page = Page("https://example.org/1", "https://example.org/1", visit=visit)
    try:
        answer = "read" if await processor.process_item_async(page) is page else "another"
    except DropItem as dropped:
        answer = str(dropped).partition(":")[0]
    assert answer == outcome


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="children are found in /proc")
def test_a_killed_crawl_leaves_no_worker(tmp_path: Path) -> None:
    save_many(tmp_path / "pages", 400)
    line = [*SCRAPY, *command(tmp_path / "pages", tmp_path / "a.db", "-s", "WORKERS=2", *AT_ONCE)]
    with running(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        wait_for_pages(tmp_path / "a.db", 1)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("utf-8").split()
        process.kill()
    assert children
    deadline = time.monotonic() + 20
    while any(is_running(child) for child in children):
        assert time.monotonic() < deadline, "a worker lives on"
        time.sleep(0.02)


def wait_for_pages(database: Path, pages: int) -> None:
    deadline = time.monotonic() + 60
    while stored(database, 0) < pages:
        assert time.monotonic() < deadline, "no page was stored"
        time.sleep(0.01)


def is_running(process: str) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text("utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
