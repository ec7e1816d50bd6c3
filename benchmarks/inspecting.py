"""How quick are the pages of `scrapy inspect`? `python benchmarks/inspecting.py --articles 300000`, from the project's folder.

Starts `scrapy inspect` over a database of archive.py and asks for each page over a socket: the first time, and the median of
the times after, on the clock and of the server's processor. `--database` keeps the database for the next time.
"""

import argparse
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.archive import PUBLISHERS, write_archive  # noqa: E402
from benchmarks.language import lemmas  # noqa: E402

PAGES = {
    "front page": "/",
    "front page, Arabic": "/?lang=ar",
    "articles": "/articles",
    "articles of a publisher": "/articles?publisher={who}",
    "articles of a month": "/articles?since=2019-03-01&until=2019-03-31",
    "an article": "/articles/{middle}",
    "two wordings": "/articles/{middle}/beside/{next}",
    "a page as it was read": "/pages/{middle}",
    "publishers": "/publishers",
    "crawls": "/crawls",
    "a crawl": "/crawls/1",
    "rejects": "/rejects",
    "search": "/search?q={word}",
    "search, a usual word": "/search?q={usual}",
    "search, two words": "/search?q={words}",
    "search, a phrase": "/search?q=%22{words}%22",
    "search, newest first": "/search?q={word}&order=recent",
    "tables": "/almasalla",
    **{
        f"table {name}": f"/almasalla/{name}"
        for name in (
            "articles",
            "pages",
            "facts",
            "mentions",
            "captures",
            "appearances",
            "pairs",
            "urls",
            "authors",
            "keywords",
            "revisions",
            "rejects",
            "crawls",
        )
    },
    **{
        f"view {name}": f"/almasalla/{name}"
        for name in ("main_articles", "clusters", "corrections", "crawl_health", "syndication", "articles_by_day")
    },
    "table articles of a publisher": "/almasalla/articles?publisher={who}",
    "table pages that are due": "/almasalla/pages?due_at__lt=2018-01-01&_sort=due_at",
    "an article of the largest cluster": "/articles/2",
    "a row of articles": "/almasalla/articles/{middle}",
    "a row of pages": "/almasalla/pages/{middle}",
    "a row of crawls": "/almasalla/crawls/1",
}


def seconds_of(address: str, server: psutil.Process) -> tuple[float, float, int]:
    """On the clock, of the server's processor, and the status of the answer."""
    begun, before = time.perf_counter(), server.cpu_times()
    try:
        with urlopen(address, timeout=120) as answer:
            answer.read()
            status = answer.status
    except HTTPError as error:
        status = error.code
    after = server.cpu_times()
    return time.perf_counter() - begun, after.user + after.system - before.user - before.system, status


def measured(address: str, articles: int, rounds: int, server: psutil.Process) -> Iterator[tuple[str, list[float], int]]:
    """Name of each page, seconds: the first time, the median, the median of the processor; and the worst status."""
    usual = lemmas(random.Random(1))[300]
    given = {"who": quote(PUBLISHERS[0]), "middle": articles // 20 * 10, "next": articles // 20 * 10 + 1,
             "word": quote("مكتبة"), "words": quote("مكتبة جديدة"), "usual": quote(usual)}  # fmt: skip
    for name, page in PAGES.items():
        times = [seconds_of(address + page.format(**given).removeprefix("/"), server) for _ in range(rounds + 1)]
        clock, cpu = (statistics.median(one[n] for one in times[1:]) for n in (0, 1))
        yield name, [times[0][0], clock, cpu], max(one[2] for one in times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=300_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--database", type=Path, help="where it is kept (default: a temporary one)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        path = (options.database or Path(temporary) / "articles.db").resolve()
        if not path.exists():
            write_archive(path, options.articles)
        command = [sys.executable, "-m", "scrapy", "inspect", "--port", "0", "-s", f"DATABASE_PATH={path}"]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
            try:
                assert server.stdout is not None
                found = re.search(r"http://\S+/", server.stdout.readline())
                assert found is not None, "scrapy inspect did not start"
                process = psutil.Process(server.pid)
                print(f"{'milliseconds, ' + format(options.articles, ',') + ' articles':34}    first   median processor")
                for name, times, status in measured(found[0], options.articles, options.rounds, process):
                    numbers = "".join(f"{1000 * one:9.0f}" for one in times)
                    print(f"{name:34}{numbers}{'' if status == 200 else f'  {status}'}", flush=True)
                print(f"memory of the server: {process.memory_info().rss / 2**20:.0f} MiB")
            finally:
                server.terminate()


if __name__ == "__main__":
    main()
