"""WARC files as others leave them behind: damaged, mislabelled, wrong about themselves. No page beside the damage is lost."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from backports import zstd

from almasalla_crawler.readers.warc import Record, is_record, read_record, read_warc
from almasalla_crawler.readers.warc_records import MAX_HEADER_BYTES

LIMIT = 2**22
SITE = "https://news.example/archives/"
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PAGE = "<!DOCTYPE html><html><body><article><h1>افتتاح الجسر</h1><p>عبرت أول سيارة الجسر صباح الأحد.</p></article></body></html>".encode()


def warc(name: str, body: bytes = PAGE, *, http: bytes = HTTP, length: str = "", more: str = "", kind: str = "response",
         date: str = "2025-06-01T10:00:00Z", content_type: str = "application/http", end: bytes = b"\r\n\r\n") -> bytes:  # fmt: skip
    """A record as it stands in a file; `name` is an address, or what comes behind that of the site."""
    block = (http + b"\r\n" if http else b"") + body
    url = name if ":" in name else SITE + name
    head = (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\nContent-Type: {content_type}\r\n"
            f"{more}Content-Length: {length or len(block)}\r\n\r\n")  # fmt: skip
    return head.encode() + block + end


def packed(*names: str) -> list[bytes]:
    return [gzip.compress(warc(name)) for name in names]


def found(path: Path, *parts: bytes) -> list[Record]:
    path.write_bytes(b"".join(parts))
    return [record for record in read_warc(path, LIMIT) if record is not None]


def told(records: list[Record]) -> list[str]:
    """Names of the pages that were read, and the reasons of what was not."""
    return [record.reject.reason if record.reject else record.url.removeprefix(SITE) for record in records]


A, B, C = packed("a", "b", "c")
PLAIN_A, PLAIN_C = warc("a"), warc("c")


@pytest.mark.parametrize(
    ("parts", "comes_to"),
    [
        pytest.param([A, B[:-60], C], ["a", "truncated", "c"], id="a member that was cut"),
        pytest.param([A, B[:40] + b"\xff\xff" + B[42:], C], ["a", "bad_warc", "c"], id="a member with other bytes"),
        pytest.param([A, B[:-8] + bytes(8), C], ["a", "bad_warc", "c"], id="a member with a wrong checksum"),
        pytest.param([A, b"garbage\n" * 300_000, C], ["a", "bad_warc", "c"], id="garbage of two blocks"),
        pytest.param([bytes(512), A, C], ["bad_warc", "a", "c"], id="zeros in front"),
        pytest.param([A, C, bytes(512)], ["a", "c", "bad_warc"], id="zeros behind"),
        pytest.param([A, gzip.compress(b"<html>no record</html>"), C], ["a", "bad_warc", "c"], id="a member that is no record"),
        pytest.param([A, gzip.compress(warc("b", length="9999")), C], ["a", "truncated", "c"], id="a member that is too short"),
        pytest.param([A, gzip.compress(warc("b", length="200")), C], ["a", "truncated", "c"], id="a member that is too long"),
        pytest.param([A, gzip.compress(warc("b", length="-5")), C], ["a", "bad_warc", "c"], id="a negative length"),
        pytest.param([A, gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n"), C], ["a", "bad_warc", "c"], id="no length"),
        pytest.param([A, gzip.compress(b"WARC/1.0\r\nX: " + b"x" * 2 * MAX_HEADER_BYTES), C], ["a", "bad_warc", "c"], id="a long line"),
        pytest.param([A, gzip.compress(b"WARC/1.0\r\n" + b"X: x\r\n" * MAX_HEADER_BYTES), C], ["a", "bad_warc", "c"], id="many lines"),
        pytest.param([A, gzip.compress(warc("b", b"", http=HTTP[:9], end=b"")[:-2]), C], ["a", "truncated", "c"], id="cut in its headers"),
        pytest.param([PLAIN_A, b"garbage\n" * 99, PLAIN_C], ["a", "bad_warc", "c"], id="plain: garbage"),
        pytest.param([PLAIN_A, b"\x01garbage" * 99, PLAIN_C], ["a", "bad_warc", "c"], id="plain: garbage without a line"),
        pytest.param([PLAIN_A, warc("b", length="200"), PLAIN_C], ["a", "truncated", "c"], id="plain: too long"),
        pytest.param([PLAIN_A, warc("b", length="9999"), PLAIN_C], ["a", "truncated", "c"], id="plain: swallows the next"),
        pytest.param([warc("a", end=b""), PLAIN_C], ["a", "c"], id="plain: no blank lines"),
        pytest.param([warc("a", end=b"\n" * 9), PLAIN_C], ["a", "c"], id="plain: many blank lines"),
    ],
)  # fmt: skip
def test_pages_beside_the_damage_are_read(parts: list[bytes], comes_to: list[str], tmp_path: Path) -> None:
    assert told(found(tmp_path / "a.warc", *parts)) == comes_to


def test_the_place_of_the_damage_is_named_and_what_stands_behind_is_found_again(tmp_path: Path) -> None:
    _, damaged, page = found(tmp_path / "a.warc.gz", A, b"garbage\n", C)
    assert damaged.url == f"{tmp_path}/a.warc.gz#{len(A)}"
    assert read_record(page.raw_at, LIMIT).body == PAGE


def test_a_file_of_nothing_but_damage_ends(tmp_path: Path) -> None:
    last = found(tmp_path / "a.warc.gz", *[A[:-60]] * 300)[-1]
    assert last.reject is not None
    assert "100 places" in last.reject.detail


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(zstd.compress(PLAIN_A), "zstd", id="zst"),
        pytest.param(gzip.compress(PLAIN_A + PLAIN_C), "recompress", id="packed as a whole"),
        pytest.param(b"PK\x03\x04" + bytes(99), "WACZ", id="wacz"),
        pytest.param(gzip.compress(b"filedesc://a.arc 0.0.0.0 20250601 text/plain 9\n1 0 a\n\n"), "ARC file", id="arc"),
        pytest.param(gzip.compress(warc("a", "نص".encode(), http=b"", kind="conversion")), "WET", id="wet"),
        pytest.param(gzip.compress(warc("a", b"{}", http=b"", kind="metadata")), "WAT", id="wat"),
        pytest.param(PAGE, "Invalid WARC record", id="a page"),
        pytest.param(b"", "no record", id="empty"),
    ],
)
def test_a_file_that_is_something_else_is_told_what_it_is(content: bytes, said: str, tmp_path: Path) -> None:
    last = found(tmp_path / "a.warc.gz", content)[-1]
    assert last.reject is not None
    assert said in last.reject.detail


def test_a_file_that_cannot_be_opened_is_a_reject(tmp_path: Path) -> None:
    assert told([record for record in read_warc(tmp_path / "absent.warc", LIMIT) if record]) == ["unreadable"]


@pytest.mark.parametrize(
    ("record", "comes_to"),
    [
        pytest.param(warc("a", PAGE[:-40], http=HTTP + b"Content-Length: 999\r\n"), ["truncated"], id="less than announced"),
        pytest.param(warc("a", http=HTTP + b"Content-Length: 999\r\n"), ["a"], id="announced as it was packed"),
        pytest.param(warc("a", http=HTTP + b"Content-Length: 9\r\n"), ["a"], id="more than announced"),
        pytest.param(warc("a", PAGE.removesuffix(b"</body></html>")), ["a"], id="without the ends that may be left out"),
        pytest.param(warc("a", "<p>عبرت أول سيارة الجسر.".encode()), ["a"], id="a piece of a page"),
        pytest.param(warc("a", b"%x\r\n" % len(PAGE) + PAGE[:-40], http=HTTP + b"Transfer-Encoding: chunked\r\n"), ["truncated"],
                     id="a chunk that was cut"),
        pytest.param(warc("a", b"%x\r\n" % len(PAGE) + PAGE + b"\r\n", http=HTTP + b"Transfer-Encoding: chunked\r\n"), ["a"],
                     id="the last chunk alone is missing"),
        pytest.param(warc("a", PAGE.removesuffix(b"</body></html>"), http=HTTP + b"Transfer-Encoding: chunked\r\n"), ["a"],
                     id="stored without its chunks and without the ends that may be left out"),
        pytest.param(warc("a", PAGE[:-40], http=HTTP + b"Transfer-Encoding: chunked\r\n"), ["truncated"],
                     id="stored without its chunks and cut in its article"),
        pytest.param(warc("a", more="WARC-Truncated: length\r\n"), ["truncated"], id="cut by the archive"),
        pytest.param(warc("a", more="WARC-Segment-Number: 1\r\n"), ["truncated"], id="the first of several records"),
        pytest.param(warc("a", http=b"HTTP/2 200\r\n:status: 200\r\ncontent-type: text/html\r\n"), ["a"], id="HTTP/2"),
        pytest.param(warc("a", http=b"", kind="resource", content_type="text/html"), ["a"], id="a resource"),
        pytest.param(warc("a", http=b"", kind="resource", content_type="text/plain"), [], id="a resource that is no page"),
        pytest.param(warc("urn:view:a", http=b"", kind="resource", content_type="text/html"), [], id="a resource of no site"),
    ],
)  # fmt: skip
def test_a_page_is_whole_or_refused(record: bytes, comes_to: list[str], tmp_path: Path) -> None:
    assert told(found(tmp_path / "a.warc", record)) == comes_to


@pytest.mark.parametrize(
    "url", ["https://reader:word@news.example/1", "http://[::1", "https:///x", f"https://news.example/{'a' * 2100}"]
)
def test_a_page_whose_address_cannot_be_used_is_read_without_it(url: str, tmp_path: Path) -> None:
    complaint, page = found(tmp_path / "a.warc", warc(url))
    assert told([complaint]) == ["bad_url"]
    assert (page.url, page.body) == (page.raw_at, PAGE)


@pytest.mark.parametrize(
    ("date", "read"),
    [
        ("2025-06-01T10:00:00.123456789Z", datetime(2025, 6, 1, 10, 0, 0, 123456, tzinfo=UTC)),
        ("2025-06-01T10:00:00.5Z", datetime(2025, 6, 1, 10, 0, 0, 500000, tzinfo=UTC)),
        ("2025-06-01", datetime(2025, 6, 1, tzinfo=UTC)),
        ("2025-06", None),
        ("yesterday", None),
        ("2999-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00+14:00", None),
    ],
)
def test_a_date_that_cannot_be_used_is_said(date: str, read: datetime | None, tmp_path: Path) -> None:
    *complaints, page = found(tmp_path / "a.warc", warc("a", date=date))
    assert page.date == read
    assert told(complaints) == ([] if read else ["bad_saved_at"])


def test_a_record_of_a_file_with_any_name_is_one() -> None:
    assert is_record("/archives/dump.gz#0:17")
    assert not is_record("/seeds/a#1.html")
