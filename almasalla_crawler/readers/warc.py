"""Pages in WARC files: ours, wget's, Common Crawl's. One record at a time, however large the file."""

import re
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from warcio.exceptions import ArchiveLoadFailed

from almasalla_crawler.items import Reject, Rejected
from almasalla_crawler.readers.addresses import given_url
from almasalla_crawler.readers.files import path_as_text, path_from_text
from almasalla_crawler.readers.times import past_instant
from almasalla_crawler.readers.warc_answers import body_of, is_readable, may_be_list, url_of
from almasalla_crawler.readers.warc_records import CutShortError, Records, next_start, no_warc

SUFFIXES = (".warc", ".warc.gz", ".warc.zst", ".wet.gz", ".wat.gz", ".arc", ".arc.gz", ".wacz")  # others are told what they are
MAX_DAMAGES = 100
_PLACE = re.compile(r"(?P<path>.+)#(?P<offset>\d+)(?P<parts>(?:,\d+)*)(?::(?P<post>\d{1,18}))?", re.S)


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


def where_now(place: str, directory: Path | None) -> str:
    """The place, in the file of its name in a directory if that was moved there."""
    found = _PLACE.fullmatch(place)
    if found is None or directory is None or (file := path_from_text(found["path"])).exists():
        return place
    moved = directory / file.name
    return f"{path_as_text(moved)}{place[found.end('path') :]}" if moved.exists() else place


def read_record(place: str, max_bytes: int) -> Record:
    """The record at a place that `raw_at` named. Raises Rejected: not_found if its file is not there, bad_warc."""
    found = _PLACE.fullmatch(place)
    assert found is not None
    try:
        with path_from_text(found["path"]).open("rb") as file:
            file.seek(int(found["offset"]))
            return _read(next(iter(Records(file))), place, max_bytes)
    except FileNotFoundError as error:
        raise Rejected("fetch", "not_found", f"{place}: {error}") from error
    except (OSError, ArchiveLoadFailed, StopIteration) as error:
        raise Rejected("fetch", "bad_warc", f"{place}: {error}") from error


def read_warc(path: Path, max_bytes: int) -> Iterator[Record | None]:
    """Every HTML page of a file, feeds, sitemaps and what a WordPress said over REST; None for each other record (pictures,
    requests, errors).

    Whatever is wrong with the file, or with what a record says of itself, comes as a Record that carries the Reject.
    """
    try:
        with path.open("rb") as file:
            yield from _read_all(file, path, max_bytes)
    except OSError as error:
        yield _wrong(raw_at(path, 0), "unreadable", str(error))


def _read_all(file: BinaryIO, path: Path, max_bytes: int) -> Iterator[Record | None]:
    """Goes on behind what is damaged, MAX_DAMAGES times: each time may read the whole rest."""
    start = 0
    types: Counter[str] = Counter()
    for _ in range(MAX_DAMAGES):
        behind = yield from _read_from(file, path, start, max_bytes, types)
        if behind is None:
            break
        start = behind
    else:
        yield _wrong(raw_at(path, start), "bad_warc", f"damaged in {MAX_DAMAGES} places; what follows is not read")
    if types and not set(types) - {"warcinfo", "conversion", "metadata"} and types.total() > types["warcinfo"]:
        yield _wrong(raw_at(path, 0), "bad_warc", f"no page in it, only {', '.join(types)}, as in WET and WAT files")


def _read_from(
    file: BinaryIO, path: Path, start: int, max_bytes: int, types: Counter[str]
) -> Generator[Record | None, None, int | None]:
    """Records from an offset on, counted in `types`. Returns where they go on behind the first that is damaged, or None."""
    file.seek(start)
    records = Records(file)
    at = start
    while True:
        at = max(at, records.offset)  # which is wrong behind damage
        place = raw_at(path, at)
        try:
            record = next(iter(records), None)
            if record is None:
                if not at:
                    yield _wrong(place, "empty", "no record in it")
                return None
            types[str(record.rec_type)] += 1
            page = _read(record, place, max_bytes) if is_readable(record) else None
            records.read_to_end()
        except (ArchiveLoadFailed, OSError) as error:
            reason = "truncated" if isinstance(error, CutShortError) else "bad_warc"
            yield _wrong(place, reason, (not at and no_warc(file)) or " ".join(str(error).split())[:120])
            return next_start(file, at + 1)
        if page is not None:
            yield from _complaints(record, place)
        if records.overruns or record.raw_stream.limit > 0:
            fault = "goes on behind its Content-Length" if records.overruns else "ends before its Content-Length"
            yield _wrong(page.url if page else place, "truncated", f"{place} {fault}")
            return next_start(file, at + 1)
        yield page


def _wrong(url: str, reason: str, detail: str) -> Record:
    return Record(url, None, url, reject=Reject("fetch", reason, detail))


def _complaints(record: Any, place: str) -> Iterator[Record]:
    """What a record says of its page that cannot be used; the page is read without it."""
    date = record.rec_headers.get_header("WARC-Date")
    if date and past_instant(date) is None:
        yield _wrong(place, "bad_saved_at", f"WARC-Date is {date[:200]!r}; the page is read without it")
    if given_url(url_of(record)) is None:
        yield _wrong(place, "bad_url", "WARC-Target-URI cannot be used; the page is read without it")


def _read(record: Any, place: str, max_bytes: int) -> Record:
    date = past_instant(record.rec_headers.get_header("WARC-Date"))
    read = Record(given_url(url_of(record)) or place, date, place, is_list=may_be_list(record))
    try:
        read.body = body_of(record, max_bytes)
    except Rejected as rejected:
        read.reject = rejected.reject
    return read
