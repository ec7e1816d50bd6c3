"""Records of a WARC file, one at a time, with bounds on what a header may take, and where they go on behind damage."""

import re
import zlib
from contextlib import suppress
from typing import Any, BinaryIO

from warcio.archiveiterator import WARCIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed

from almasalla_crawler.readers.packed import GZIP_MAGIC

MAX_HEADER_BYTES = 1024 * 1024  # of one record and of the answer in it
_BLOCK = 1024 * 1024
_OVERLAP = 64  # a start may lie across two blocks
_PROBED = 1024  # bytes of a gzip member that are unpacked to look at its first line; anything may look like the start of one
_START = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]|WARC/[01]\.\d{1,2}\r?\n[A-Z][A-Za-z-]{1,30}:")
_NO_WARC = {  # how files begin that are called archives too, and what helps
    b"\x28\xb5\x2f\xfd": "packed with Zstandard: unpack it first, as with zstd -d",
    b"\x5d\x2a\x4d\x18": "packed with Zstandard and a dictionary: unpack it first with a tool for .warc.zst",
    b"PK\x03\x04": "a zip file, as WACZ are: the WARC files are in its folder archive",
    b"file": "an ARC file: warcio recompress makes a WARC file of it",
}


class CutShortError(ArchiveLoadFailed):  # type: ignore[misc]
    """The file ends within a record."""


class Records(WARCIterator):  # type: ignore[misc]
    """As warcio reads them, from where the file stands. Raises ArchiveLoadFailed, and EOFError, where it cannot go on."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self.reader = _BoundedReader(file)
        self.overruns = False  # does the latest record go on behind its Content-Length?

    def _next_record(self, next_line: bytes | None) -> Any:
        self.reader.line_bytes = len(next_line or b"")
        self.overruns = False
        try:
            record = super()._next_record(next_line)
        except EOFError as error:
            if not self.reader.line_bytes:
                raise  # nothing is left
            raise CutShortError("ends within its headers") from error
        except ArchiveLoadFailed:
            raise
        except Exception as error:  # whatever warcio meets in headers that lack what it counts on
            raise ArchiveLoadFailed(f"{type(error).__name__}: {error}") from error
        length = record.rec_headers.get_header("Content-Length") or ""
        if not (length.isascii() and length.isdigit()):
            raise ArchiveLoadFailed(f"its Content-Length is {length[:40]!r}")
        return record

    def _raise_invalid_gzip_err(self) -> None:
        raise ArchiveLoadFailed("packed as a whole, not record by record: warcio recompress FILE NEW_FILE mends it")

    def _consume_blanklines(self) -> tuple[bytes | None, int]:
        """The first line of the next record; warcio drops what stands there, a record without a blank line before it too."""
        size = 0
        while line := self.reader.readline():
            if line.strip():
                self.overruns = not size and not line.startswith(b"WARC/")
                return line, size
            size += len(line)
        return None, size


class _BoundedReader(DecompressingBufferedReader):  # type: ignore[misc]
    """Says what is damaged, where warcio writes to stderr and goes on with nothing."""

    line_bytes = 0

    def readline(self, length: int | None = None) -> bytes:
        line: bytes = super().readline(min(length or MAX_HEADER_BYTES, MAX_HEADER_BYTES))
        self.line_bytes += len(line)
        if self.line_bytes > MAX_HEADER_BYTES:
            raise ArchiveLoadFailed(f"headers of more than {MAX_HEADER_BYTES} bytes")
        return line

    def _decompress(self, data: bytes) -> bytes:
        is_first = self.num_block_read == 0
        if not self.decompressor or (is_first and not data.startswith(GZIP_MAGIC)):
            return super()._decompress(data)  # type: ignore[no-any-return]
        try:
            return self.decompressor.decompress(data)  # type: ignore[no-any-return]
        except zlib.error as error:
            raise ArchiveLoadFailed(f"damaged: {error}") from error


def no_warc(file: BinaryIO) -> str:
    """What a file is whose name or folder made it pass for a WARC file; "" if that cannot be told."""
    file.seek(0)
    start = file.read(_PROBED)
    with suppress(zlib.error):
        start = zlib.decompressobj(31).decompress(start, 4) if start.startswith(GZIP_MAGIC) else start
    return _NO_WARC.get(start[:4], "")


def next_start(file: BinaryIO, after: int) -> int | None:
    """Where behind an offset a record begins, packed or not; None if none does."""
    file.seek(after)
    block, at = file.read(_BLOCK), after
    while block:
        for found in _START.finditer(block, 0 if at == after else 1):
            if found[0].startswith(b"WARC/") or _is_packed_record(file, at + found.start()):
                return at + found.start()
        kept = block[-_OVERLAP:]
        file.seek(at + len(block))
        more = file.read(_BLOCK)
        at += len(block) - len(kept)
        block = kept + more if more else b""
    return None


def _is_packed_record(file: BinaryIO, offset: int) -> bool:
    file.seek(offset)
    with suppress(zlib.error):
        return zlib.decompressobj(31).decompress(file.read(_PROBED), 5) == b"WARC/"
    return False
