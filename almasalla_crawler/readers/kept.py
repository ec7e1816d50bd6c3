"""What a capture was read from, wherever it is kept."""

import hashlib
from dataclasses import dataclass, field
from functools import reduce

from almasalla_crawler.items import Fact, Rejected
from almasalla_crawler.readers import wordpress
from almasalla_crawler.readers.files import path_from_text, read_regular_file
from almasalla_crawler.readers.parts import joined_sha256
from almasalla_crawler.readers.warc import is_record, post_of, read_record, records_of


@dataclass(frozen=True, slots=True)
class Kept:
    body: bytes  # of a saved file as it is, of a WARC record unpacked, of a post as a page
    sha256: str  # as captures.body_sha256 has it
    further_bodies: list[bytes] = field(default_factory=list)  # of an article on several pages
    stated: list[Fact] = field(default_factory=list)  # what a post states beside its text


def kept_at(place: str, max_bytes: int) -> Kept:
    """What captures.raw_at names. Raises Rejected."""
    further: list[bytes] = []
    if not is_record(place):
        file = path_from_text(place)
        body = read_regular_file(file, file.parent.resolve(), max_bytes)
    elif number := post_of(place):
        return _post(place, number, max_bytes)
    else:
        body, *further = (_body(one, max_bytes) for one in records_of(place))
    return Kept(body, reduce(joined_sha256, further, hashlib.sha256(body).hexdigest()), further)


def _body(place: str, max_bytes: int) -> bytes:
    record = read_record(place, max_bytes)
    if record.reject is not None:
        raise Rejected(record.reject.stage, record.reject.reason, f"{place}: {record.reject.detail}")
    return record.body


def _post(place: str, number: int, max_bytes: int) -> Kept:
    """One of the posts in an answer of WordPress."""
    record = wordpress.read_records(_body(place, max_bytes)).get(number)
    if record is None:
        raise Rejected("fetch", "not_found", f"{place}: the record has no such post")
    return Kept(wordpress.document(record), wordpress.digest(record), stated=wordpress.facts_of(record))
