"""Pages in WARC files: ours, wget's, Common Crawl's. One record at a time, however large the file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed

from almasalla_crawler.items import Reject, Rejected
from almasalla_crawler.readers import wordpress_routes
from almasalla_crawler.readers.files import path_as_text, path_from_text
from almasalla_crawler.readers.packed import known_layers, unpacked

SUFFIXES = (".warc", ".warc.gz")
_PLACE = re.compile(r"(?P<path>.+\.warc(?:\.gz)?)#(?P<offset>\d+)(?P<parts>(?:,\d+)*)(?::(?P<post>\d{1,18}))?", re.S)
_BLOCK = 64 * 1024


@dataclass(slots=True)
class Record:
    """What a server answered. `reject` if it is nothing that can be read; then there is no body."""

    url: str
    date: datetime | None  # aware: when it answered; None if the record does not say
    raw_at: str
    body: bytes = b""  # unpacked
    reject: Reject | None = None
    is_list: bool = False  # may it be a feed or a sitemap?


def find_warcs(path: Path) -> list[Path]:
    """The file itself, or all WARC files below a directory, in order of name, which is the order of time for most."""
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*") if file.name.lower().endswith(SUFFIXES) and file.is_file())


def raw_at(path: Path, offset: int) -> str:
    """Where a record is, as captures.raw_at has it."""
    return f"{path_as_text(path)}#{offset}"


def post_at(place: str, number: int) -> str:
    """Where one of several posts is: in the record at `place`. "" if that is."""
    return f"{place}:{number}" if place else ""


def post_of(place: str) -> int:
    """Number of the post that a place names; 0 if it names the whole record."""
    found = _PLACE.fullmatch(place)
    return int(found["post"] or 0) if found else 0


def with_part(place: str, part: str) -> str:
    """Where a page and one more part of it are: `FILE#1,2`. "" if their records are not in one file."""
    file, _, offset = part.rpartition("#")
    return f"{place},{offset}" if file and place.rpartition("#")[0] == file else ""


def records_of(place: str) -> list[str]:
    """The record of a page, and those of its further parts."""
    found = _PLACE.fullmatch(place)
    return [f"{found['path']}#{offset}" for offset in (found["offset"] + found["parts"]).split(",")] if found else []


def is_record(place: str) -> bool:
    """Does a captures.raw_at name a record of a WARC file?"""
    return _PLACE.fullmatch(place) is not None


def read_record(place: str, max_bytes: int) -> Record:
    """The record at a place that `raw_at` named. Raises Rejected if it is not there."""
    found = _PLACE.fullmatch(place)
    assert found is not None
    try:
        with path_from_text(found["path"]).open("rb") as file:
            file.seek(int(found["offset"]))
            return _read(next(_records(file)), place, max_bytes)
    except (OSError, ArchiveLoadFailed, StopIteration) as error:
        raise Rejected("fetch", "not_found", f"{place}: {error}") from error


def read_warc(path: Path, max_bytes: int) -> Iterator[Record | None]:
    """Every HTML page of a file, feeds, sitemaps and what a WordPress said over REST; None for each other record (pictures,
    requests, errors).

    A file that breaks off, or stops being one, ends with a Record that carries the Reject.
    """
    with path.open("rb") as file:
        records = _records(file)
        while True:
            place = raw_at(path, records.offset)
            try:
                record = next(records, None)
                if record is None:
                    return
                page = _read(record, place, max_bytes) if _is_readable(record) else None
                records.read_to_end()
            except (ArchiveLoadFailed, OSError, EOFError, ValueError) as error:
                reason = "truncated" if isinstance(error, EOFError) else "bad_warc"
                yield Record(place, None, place, reject=Reject("fetch", reason, " ".join(str(error).split())[:200]))
                return
            yield page


def _records(file: BinaryIO) -> Any:
    return ArchiveIterator(file)


def _is_readable(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None or record.http_headers.get_statuscode() != "200":
        return False
    kind = _kind(record)
    url = _url(record)
    return url.startswith(("http://", "https://")) and (
        "html" in kind or ("json" in kind and bool(wordpress_routes.route_of(url))) or _may_be_list(record)
    )


def _kind(record: Any) -> str:
    return (record.http_headers.get_header("Content-Type") or "text/html").lower()


def _may_be_list(record: Any) -> bool:
    kind = _kind(record)
    return ("xml" in kind and "html" not in kind) or "feed+json" in kind or _url(record).lower().endswith(".xml.gz")


def _read(record: Any, place: str, max_bytes: int) -> Record:
    date = _date(record.rec_headers.get_header("WARC-Date") or "")
    read = Record(_url(record), date, place, is_list=_may_be_list(record))
    try:
        read.body = _body(record, max_bytes)
    except Rejected as rejected:
        read.reject = rejected.reject
    return read


def _url(record: Any) -> str:
    return (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")  # wget writes the brackets of the standard


def _date(text: str) -> datetime | None:
    try:
        date = datetime.fromisoformat(text)
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _body(record: Any, max_bytes: int) -> bytes:
    """Raises Rejected: too_large, truncated, bad_encoding."""
    raw = bytearray()
    while block := record.raw_stream.read(_BLOCK):
        raw += block
        if len(raw) > max_bytes:
            raise Rejected("fetch", "too_large", f"a record of more than {max_bytes} bytes (SEED_MAXSIZE)")
    if record.raw_stream.limit > 0 or record.rec_headers.get_header("WARC-Truncated"):
        raise Rejected("fetch", "truncated", f"the record ends early, after {len(raw)} bytes")
    body = bytes(raw)
    if "chunked" in (record.http_headers.get_header("Transfer-Encoding") or "").lower():
        body = ChunkedDataReader(BytesIO(body)).read()
    try:
        return unpacked(body, known_layers(record.http_headers.get_header("Content-Encoding") or ""), max_bytes)
    except EOFError as error:
        raise Rejected("fetch", "truncated", str(error)) from error
