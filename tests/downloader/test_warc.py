"""Raw pages are kept as they came, in files that any WARC reader and a killed crawl leave readable."""

import gzip
from pathlib import Path

import pytest
from scrapy.http import Request, Response
from scrapy.utils.defer import deferred_f_from_coro_f
from warcio.archiveiterator import ArchiveIterator

from almasalla_crawler.downloader.outcomes import Postponed
from almasalla_crawler.downloader.warc import WarcFiles, exchange
from almasalla_crawler.readers.warc import read_record, read_warc
from almasalla_crawler.verdict import FAILED, judge
from tests.downloader.conftest import Ask
from tests.servers.bad import PAGE, Answer, BadServer

LIMIT = 2**25


def kept(number: int, body: bytes = PAGE) -> list[bytes]:
    url = f"http://news.example/{number}"
    return exchange(Request(url), Response(url, body=body, headers={"Content-Type": "text/html"}))


def records(path: Path) -> list[tuple[str, str]]:
    """Type and address of each, their digests checked."""
    with path.open("rb") as file:
        found = ArchiveIterator(file, check_digests="raise")
        return [(one.rec_type, one.rec_headers.get_header("WARC-Target-URI")) for one in found]


@deferred_f_from_coro_f
async def test_a_page_is_kept_as_it_came_and_found_again(ask: Ask, tmp_path: Path) -> None:
    packed = gzip.compress(PAGE)
    with BadServer({"/": lambda a: a.page(packed, content_encoding="gzip")}) as server:
        spider = await ask(server.url("/"), WARC_DIR=str(tmp_path / "warc"))
        url = server.url("/")
    place = spider.responses[url].meta["fetched"].raw_at
    [file] = (tmp_path / "warc").iterdir()
    assert place.startswith(f"{file}#")
    assert packed in gzip.decompress(file.read_bytes())
    assert read_record(place, LIMIT).body == PAGE
    robots = server.url("/robots.txt")
    assert records(file) == [("warcinfo", None), ("response", robots), ("request", robots), ("response", url), ("request", url)]


@deferred_f_from_coro_f
async def test_redirects_and_errors_are_kept_too(ask: Ask, tmp_path: Path) -> None:
    with BadServer({"/": lambda a: a.redirect("/gone")}) as server:
        await ask(server.url("/"), WARC_DIR=str(tmp_path / "warc"))
    [file] = (tmp_path / "warc").iterdir()
    with file.open("rb") as stream:
        statuses = [one.http_headers.get_statuscode() for one in ArchiveIterator(stream) if one.rec_type == "response"]
    assert statuses == ["404", "302", "404"]


@pytest.mark.parametrize("meta", [{"etag": '"v1"'}, {"body_sha256": True}], ids=["304", "the same bytes"])
@deferred_f_from_coro_f
async def test_an_unchanged_page_becomes_a_revisit_without_a_body(ask: Ask, tmp_path: Path, meta: dict[str, object]) -> None:
    def page(answer: Answer) -> None:
        answer.page(b"", "304 Not Modified") if "if-none-match" in answer.asked.headers else answer.page()

    with BadServer({"/": page}) as server:
        first = await ask(server.url("/"))
        if "body_sha256" in meta:
            meta = {"body_sha256": first.responses[server.url("/")].meta["fetched"].body_sha256}
        second = await ask((server.url("/"), meta), WARC_DIR=str(tmp_path / "warc"))
    assert second.came == {server.url("/"): ["unchanged"]}
    [file] = (tmp_path / "warc").iterdir()
    assert ("revisit", server.url("/")) in records(file)
    assert PAGE not in gzip.decompress(file.read_bytes())


def test_a_full_file_is_followed_by_another(tmp_path: Path) -> None:
    files = WarcFiles(tmp_path, "almasalla", max_bytes=2000)
    places = [files.write(kept(number)) for number in range(6)]
    files.close()
    assert len(list(tmp_path.iterdir())) > 1
    assert [read_record(place, LIMIT).url for place in places] == [f"http://news.example/{number}" for number in range(6)]


def test_two_that_begin_a_file_in_the_same_second_write_into_two(tmp_path: Path) -> None:
    both = [WarcFiles(tmp_path, "almasalla", max_bytes=LIMIT) for _ in range(2)]
    places = [files.write(kept(number)) for number, files in enumerate(both)]
    for files in both:
        files.close()
    assert [read_record(place, LIMIT).url for place in places] == ["http://news.example/0", "http://news.example/1"]


def test_a_file_that_breaks_off_gives_the_pages_before_and_one_reject(tmp_path: Path) -> None:
    files = WarcFiles(tmp_path, "almasalla", max_bytes=LIMIT)
    places = [files.write(kept(number)) for number in range(3)]
    files.close()
    data = files.path.read_bytes()
    files.path.write_bytes(data[: int(places[2].rpartition("#")[2]) + 400])
    read = [record for record in read_warc(files.path, LIMIT) if record is not None]
    assert [record.url for record in read[:2]] == ["http://news.example/0", "http://news.example/1"]
    assert [record.reject.reason for record in read[2:] if record.reject] == ["truncated"]


def test_each_record_is_with_the_system_when_writing_returns(tmp_path: Path) -> None:
    files = WarcFiles(tmp_path, "almasalla", max_bytes=LIMIT)
    place = files.write(kept(1))
    assert read_record(place, LIMIT).body == PAGE
    files.close()


@deferred_f_from_coro_f
async def test_a_disk_that_refuses_ends_the_crawl(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "warc").write_text("no directory")
    with BadServer({"/": lambda a: a.page()}) as server:
        spider = await ask(server.url("/"), WARC_DIR=str(tmp_path / "warc"))
    assert isinstance(spider.failures[server.url("/")], Postponed)
    assert judge(spider.crawler.stats.get_stats(), spider.crawler.stats.get_value("finish_reason")).exit_code == FAILED


def test_headers_of_any_bytes_are_kept_in_ascii(tmp_path: Path) -> None:
    headers = {"Set-Cookie": "زائر=\xff; path=/".encode(), "X-\xff".encode("latin-1"): b"a\0b", "Content-Type": b"text/html"}
    response = Response("http://news.example/", headers=headers, body=PAGE)
    files = WarcFiles(tmp_path, "news", LIMIT)
    place = files.write(exchange(Request("http://news.example/"), response))
    files.close()
    assert read_record(place, LIMIT).body == PAGE
    assert b"path=/\r\n" in gzip.decompress(files.path.read_bytes())
