"""A crawl that is killed at any moment goes on where it was: every page once."""

import random
import signal
import time
from contextlib import AbstractContextManager
from pathlib import Path

from tests.live.crawls import value
from tests.servers.serving import serve
from tests.servers.wordpress import WordPress, post
from tests.typed import SECONDS, Typed, started

COUNT = 150


def start(url: str, database: Path) -> AbstractContextManager[Typed]:
    settings = {"DATABASE_PATH": str(database), "DOWNLOAD_DELAY": "0", "AUTOTHROTTLE_ENABLED": "False", "WORKERS": "0",
                "CONCURRENT_REQUESTS_PER_DOMAIN": "8", "WARC_DIR": "", "ALLOW_PRIVATE_ADDRESSES": "True"}  # fmt: skip
    options = [part for name, setting in settings.items() for part in ("-s", f"{name}={setting}")]
    return started("crawl", "site", "--nolog", "-a", f"url={url}", *options)


def test_a_crawl_that_was_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    database, chance = tmp_path / "a.db", random.Random(7)
    wordpress = WordPress({number: post(number) for number in range(1, COUNT + 1)}, doors=frozenset({"sitemap"}))
    with serve(wordpress) as site:
        for _ in range(2):
            asked = len(site.asked)
            with start(site.url, database) as crawl:
                deadline, after = time.monotonic() + SECONDS, chance.randrange(20, 60)
                while crawl.process.is_alive() and len(site.asked) - asked < after and time.monotonic() < deadline:
                    time.sleep(0.005)
                crawl.send_signal(signal.SIGKILL)
                assert crawl.ended().returncode == -signal.SIGKILL
        with start(site.url, database) as crawl:
            assert crawl.ended().returncode == 0
    pages = [path for path in site.asked if "/post-" in path]
    assert set(pages) == {one.path for one in wordpress.public()}
    assert value(database, "SELECT count(*) FROM articles") == COUNT
    assert value(database, "SELECT count(*) FROM appearances") == COUNT
    assert value(database, "SELECT count(*) FROM pages WHERE kind = 'article' AND state = 'stored'") == COUNT
    assert value(database, "SELECT count(*) FROM pages WHERE leased_by IS NOT NULL") == 0
    assert value(database, "PRAGMA integrity_check") == "ok"
    assert len(pages) <= COUNT + 2 * 50  # what was leased and not stored is asked for again, nothing else


def test_a_crawl_that_is_stopped_ends_early_and_says_what_is_left(tmp_path: Path) -> None:
    wordpress = WordPress({number: post(number) for number in range(1, COUNT + 1)}, doors=frozenset({"sitemap"}))
    with serve(wordpress) as site, start(site.url, tmp_path / "a.db") as crawl:
        deadline = time.monotonic() + SECONDS
        while crawl.process.is_alive() and len(site.asked) < 40 and time.monotonic() < deadline:
            time.sleep(0.005)
        crawl.send_signal(signal.SIGINT)
        assert crawl.ended().returncode == 3
    assert value(tmp_path / "a.db", "SELECT status || ' ' || finish_reason || ' ' || errors FROM crawls") == "partial shutdown 0"
    assert value(tmp_path / "a.db", "SELECT stats ->> '$.\"almasalla/pages_left\"' FROM crawls") > 0
