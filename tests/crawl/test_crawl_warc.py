"""`scrapy crawl warc`: pages out of archives that others made, through the same stages, without a network."""

import gzip
import io
import subprocess
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.crawl.saved_crawls import asked, everything
from tests.storage.news_pages import News, news
from tests.typed import scrapy

SITE = "https://news.example/"
DAY = "2025-06-01T10:00:00Z"


def page(text: News) -> bytes:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text.body)
    return f"<!DOCTYPE html><html><head><title>{text.title}</title></head><body><article><h1>{text.title}</h1>{paragraphs}</article></body></html>".encode()  # fmt: skip


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%b\r\n%x\r\n%b\r\n0\r\n\r\n" % (100, body[:100], len(body) - 100, body[100:])


def add(writer: WARCWriter, url: str, body: bytes, *, kind: str = "response", status: str = "200 OK", date: str = DAY,
        content_type: str = "text/html", **headers: str) -> None:  # fmt: skip
    pairs = [("Content-Type", content_type), *((name.replace("_", "-"), value) for name, value in headers.items())]
    http = StatusAndHeaders(status, pairs, "HTTP/1.1")
    writer.write_record(
        writer.create_warc_record(
            url, kind, io.BytesIO(body), len(body), http_headers=http, warc_headers_dict={"WARC-Date": date}
        )
    )


def crawl(path: Path, database: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return scrapy("crawl", "warc", "-a", f"path={path}", "-s", f"DATABASE_PATH={database}", "--nolog", *options)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, subprocess.CompletedProcess[str]]:
    """Archives of several makers, the database after a crawl of them, and what it said."""
    folder = tmp_path_factory.mktemp("warc")
    (folder / "in").mkdir()
    with (folder / "in" / "a.warc.gz").open("wb") as file:
        ours = WARCWriter(file, gzip=True)
        add(ours, f"{SITE}1", page(news(1)))
        add(ours, f"{SITE}packed", gzip.compress(page(news(2))), Content_Encoding="gzip")
        add(ours, f"{SITE}picture", b"\x89PNG" + bytes(500_000), content_type="image/png")
        add(ours, f"{SITE}absent", b"<html>404</html>", status="404 Not Found")
        add(ours, f"{SITE}huge", b"<p>" * 3_000_000)
        add(ours, f"{SITE}1", b"", kind="revisit", date="2025-06-02T10:00:00Z")
    with (folder / "in" / "wget.warc").open("wb") as file:
        wget = WARCWriter(file, gzip=False)
        add(wget, f"<{SITE}chunked>", chunked(page(news(3))), Transfer_Encoding="chunked")
        add(wget, f"{SITE}called-chunked", page(news(4)), Transfer_Encoding="chunked")
        add(wget, "dns:news.example", b"192.0.2.1")
        add(wget, f"{SITE}cut", page(news(5)))
        cut_at = file.tell() - 300
    data = (folder / "in" / "wget.warc").read_bytes()
    (folder / "in" / "wget.warc").write_bytes(data[:cut_at])
    (folder / "in" / "no.warc").write_bytes(b"this is no archive\n" * 10)
    done = crawl(folder / "in", folder / "a.db", "-s", "SEED_MAXSIZE=5000000")
    return folder / "in", folder / "a.db", done


def test_every_page_of_an_archive_becomes_its_article(crawled: tuple[Path, Path, subprocess.CompletedProcess[str]]) -> None:
    _, database, done = crawled
    assert done.returncode == 0, done.stdout
    assert "4 records that are no HTML page" in done.stdout
    rows = asked(database, "SELECT g.url, a.title FROM appearances p JOIN pages g ON g.id = p.page_id JOIN articles a ON a.id = p.article_id ORDER BY 1")  # fmt: skip
    names = {"1": 1, "called-chunked": 4, "chunked": 3, "packed": 2}
    assert rows == [(f"{SITE}{name}", news(number).title) for name, number in names.items()]


def test_the_date_of_the_record_is_when_the_page_was_seen(crawled: tuple[Path, Path, subprocess.CompletedProcess[str]]) -> None:
    assert asked(crawled[1], "SELECT DISTINCT door, observed_at FROM captures WHERE kept_line_count > 0") == [("warc", DAY)]


def test_what_cannot_be_read_is_rejected_once(crawled: tuple[Path, Path, subprocess.CompletedProcess[str]]) -> None:
    folder, database, _ = crawled
    rows = asked(database, "SELECT url, reason FROM rejects ORDER BY reason")
    assert rows == [(f"{folder / 'no.warc'}#0", "bad_warc"), (f"{SITE}huge", "too_large"), (f"{SITE}cut", "truncated")]


def test_a_second_crawl_adds_nothing(crawled: tuple[Path, Path, subprocess.CompletedProcess[str]]) -> None:
    folder, database, _ = crawled
    before = everything(database)
    done = crawl(folder, database, "-s", "SEED_MAXSIZE=5000000")
    assert "4 unchanged" in done.stdout
    assert everything(database) == before


def test_records_are_read_again_when_the_rules_change(crawled: tuple[Path, Path, subprocess.CompletedProcess[str]]) -> None:
    _, database, _ = crawled
    done = scrapy("reparse", "--all", "-s", f"DATABASE_PATH={database}")
    assert "4 read" in done.stdout
    assert "gone" not in done.stdout
    assert "changed" not in done.stdout


def test_a_path_that_is_not_there_is_said(tmp_path: Path) -> None:
    done = crawl(tmp_path / "absent.warc", tmp_path / "a.db")
    assert done.returncode == 1
    assert "no such file" in done.stdout
