"""Reading again from WARC files that were moved, lost or damaged since: what can be read is, what cannot stays and is named."""

import gzip
from collections import Counter
from pathlib import Path

import pytest
from scrapy.utils.defer import deferred_f_from_coro_f
from warcio.warcwriter import WARCWriter

from almasalla_crawler.commands import reparse as command
from almasalla_crawler.rereading import KeptFiles, reparse
from tests.commands.in_process import typed
from tests.crawl.test_crawl_warc import SITE, add, page
from tests.live.crawls import crawl, rows
from tests.storage.news_pages import news

LIMIT = 1 << 25


async def archives(folder: Path) -> Path:
    """The database after a crawl of three WARC files of two pages each."""
    (folder / "warc").mkdir()
    for number in range(3):
        with (folder / "warc" / f"{number}.warc.gz").open("wb") as file:
            writer = WARCWriter(file, gzip=True)
            add(writer, f"{SITE}news/1{number}", page(news(number)))
            add(writer, f"{SITE}news/2{number}", page(news(number + 10)))
    await crawl("", folder / "a.db", spider="warc", path=str(folder / "warc"))
    return folder / "a.db"


@deferred_f_from_coro_f
async def test_files_that_were_moved_are_found_in_the_directory_they_were_moved_to(tmp_path: Path) -> None:
    database = await archives(tmp_path)
    (tmp_path / "warc").rename(tmp_path / "moved")
    assert reparse(database, LIMIT, everything=True, kept=KeptFiles(tmp_path / "moved", LIMIT))["read"] == 6
    places = rows(database, "SELECT raw_at FROM captures")
    assert all(place.startswith(f"{tmp_path}/moved/") for (place,) in places)
    assert reparse(database, LIMIT, everything=True)["read"] == 6


@deferred_f_from_coro_f
async def test_what_is_lost_or_damaged_costs_no_other_page_and_is_counted_by_file(tmp_path: Path) -> None:
    database = await archives(tmp_path)
    before = rows(database, "SELECT url, title, body FROM articles ORDER BY id")
    (tmp_path / "warc" / "0.warc.gz").unlink()
    cut = tmp_path / "warc" / "1.warc.gz"
    cut.write_bytes(cut.read_bytes()[:-200])
    kept = KeptFiles(None, LIMIT)
    counts = reparse(database, LIMIT, everything=True, kept=kept)
    assert (counts["read"], counts["bytes gone"], counts["bytes damaged"]) == (3, 2, 1)
    assert kept.unreadable == {(f"{tmp_path}/warc/0.warc.gz", "gone"): 2, (f"{tmp_path}/warc/1.warc.gz", "damaged"): 1}
    assert rows(database, "SELECT url, title, body FROM articles ORDER BY id") == before


@deferred_f_from_coro_f
async def test_the_command_names_files_that_are_gone_and_what_mends_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = await archives(tmp_path)
    (tmp_path / "warc" / "0.warc.gz").unlink()
    (tmp_path / "warc" / "1.warc.gz").write_bytes(gzip.compress(b"something else"))
    assert typed(command, database, "--all") == 0
    said = capsys.readouterr()
    assert "2 bytes gone" in said.out
    assert f"{tmp_path}/warc/0.warc.gz: gone; pages that stay as they were read: 2. Mend: put it back" in said.err
    assert f"{tmp_path}/warc/1.warc.gz: damaged" in said.err


def test_of_many_files_a_few_are_named() -> None:
    said = list(command._unread(Counter({(f"/warc/{number}", "gone"): 1 for number in range(9)})))
    assert (len(said), said[-1]) == (6, "and 4 more files")


def test_file_whose_name_holds_the_sign_of_a_record_is_named_whole() -> None:
    kept = KeptFiles(None, 1000)
    kept.unread("seeds/خبر #3.txt", "gone")
    kept.unread("warc/a.warc.gz#380", "gone")
    assert {file for file, _ in kept.unreadable} == {"seeds/خبر #3.txt", "warc/a.warc.gz"}
