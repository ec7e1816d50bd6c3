"""What a record of a WARC file says that a server answered: where, of what kind, and the body as it was before it was packed."""

import re
from io import BytesIO
from typing import Any

from warcio.bufferedreaders import ChunkedDataReader

from almasalla_crawler.items import Rejected
from almasalla_crawler.readers import wordpress_routes
from almasalla_crawler.readers.addresses import given_url
from almasalla_crawler.readers.cut_pages import breaks_off, is_cut
from almasalla_crawler.readers.packed import known_layers, unpacked

_BLOCK = 64 * 1024
_CHUNK = re.compile(rb"[0-9a-f]{1,16}[ \t]{0,9}(?:;[^\r\n]{0,999})?\r\n", re.I)


def is_readable(record: Any) -> bool:
    is_page = record.rec_type == "resource" or (record.rec_type == "response" and _status(record) == "200")
    if not is_page:
        return False
    kind = _kind(record)
    url = url_of(record)
    return url.startswith(("http://", "https://")) and (
        "html" in kind or ("json" in kind and bool(wordpress_routes.route_of(given_url(url) or ""))) or may_be_list(record)
    )


def _status(record: Any) -> str:
    return record.http_headers.get_statuscode() if record.http_headers is not None else ""


def _header(record: Any, name: str) -> str:
    """Of what a server answered; a resource was not."""
    return (record.http_headers.get_header(name) or "") if record.http_headers is not None else ""


def _kind(record: Any) -> str:
    kind = record.content_type if record.rec_type == "resource" else _header(record, "Content-Type") or "text/html"
    return (kind or "").lower()


def may_be_list(record: Any) -> bool:
    kind = _kind(record)
    return ("xml" in kind and "html" not in kind) or "feed+json" in kind or url_of(record).lower().endswith(".xml.gz")


def url_of(record: Any) -> str:
    return (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")  # wget writes the brackets of the standard


def body_of(record: Any, max_bytes: int) -> bytes:
    """Raises Rejected: too_large, truncated, bad_encoding."""
    raw = bytearray()
    while block := record.raw_stream.read(_BLOCK):
        raw += block
        if len(raw) > max_bytes:
            raise Rejected("fetch", "too_large", f"a record of more than {max_bytes} bytes (SEED_MAXSIZE)")
    if any(map(record.rec_headers.get_header, ("WARC-Truncated", "WARC-Segment-Number"))) or record.raw_stream.limit > 0:
        raise Rejected("fetch", "truncated", f"the record ends early, after {len(raw)} bytes")
    body = bytes(raw)
    if "chunked" in _header(record, "Transfer-Encoding").lower():
        body = ChunkedDataReader(BytesIO(body)).read()
    try:
        body = unpacked(body, known_layers(_header(record, "Content-Encoding")), max_bytes)
    except EOFError as error:
        raise Rejected("fetch", "truncated", str(error)) from error
    if is_cut(body) if _is_less(record, raw) else breaks_off(body):
        raise Rejected("fetch", "truncated", f"the document breaks off after {len(body)} bytes")
    return body


def _is_less(record: Any, raw: bytearray) -> bool:
    """Is a body not all that the server announced? Some archives announce what a body was before they unpacked it."""
    if "chunked" in _header(record, "Transfer-Encoding").lower():  # even if the archive stored it without chunks
        return _CHUNK.match(raw) is not None and b"\r\n0\r\n" not in raw[-1024:]
    length = _header(record, "Content-Length")
    return length.isascii() and length.isdigit() and int(length[:18]) > len(raw)
