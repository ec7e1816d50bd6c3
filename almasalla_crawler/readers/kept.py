"""The bytes a capture was read from, wherever they are kept."""

from almasalla_crawler.readers.files import path_from_text, read_regular_file
from almasalla_crawler.readers.warc import is_record, read_record


def bytes_at(place: str, max_bytes: int) -> bytes:
    """What captures.raw_at names: a saved file as it is, the body of a WARC record unpacked. Raises Rejected."""
    if is_record(place):
        return read_record(place, max_bytes).body
    file = path_from_text(place)
    return read_regular_file(file, file.parent.resolve(), max_bytes)
