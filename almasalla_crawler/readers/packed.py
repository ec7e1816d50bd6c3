"""Bodies as they travel: packed by gzip, deflate, Brotli or Zstandard, one over another."""

import sys
import zlib
from collections.abc import Callable, Generator, Iterator

import brotli

from almasalla_crawler.items import Rejected

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MAX_LAYERS = 2  # a file that is packed already, packed again on its way; more is a bomb
MAX_MEMBERS = 1000  # that follow each other, each with a header of its own; a file may consist of a million empty ones
_CHUNK = 256 * 1024
GZIP_MAGIC = b"\x1f\x8b\x08"
_TEXT_STARTS = (b"<", b"{", b"[", b"\xef\xbb\xbf")


def known_layers(content_encoding: str) -> list[str]:
    """Codings of a Content-Encoding header in the order they were applied; names that mean nothing (utf-8, none) left out."""
    return [name.strip() for name in content_encoding.lower().split(",") if name.strip() in _UNPACKERS]


def unpacked(body: bytes, layers: list[str], max_bytes: int, keep_bytes: int = 0) -> bytes:
    """The content of `body`; of a gzip file what is in it. With `keep_bytes` no more than so many, whatever there is.

    Raises EOFError for one that was cut; Rejected: too_large, bad_encoding.
    """
    if len(layers) > MAX_LAYERS:
        raise Rejected("fetch", "too_large", f"packed {len(layers)} times")
    for layer in reversed(layers):
        body = _unpack(body, layer, max_bytes, keep_bytes)
    return _unpack(body, "gzip", max_bytes, keep_bytes) if body.startswith(GZIP_MAGIC) else body


def _unpack(body: bytes, layer: str, max_bytes: int, keep_bytes: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    try:
        for piece in _UNPACKERS[layer](body):
            pieces.append(piece)
            size += len(piece)
            if keep_bytes and size > keep_bytes:
                break
            if max_bytes and size > max_bytes:
                raise Rejected("fetch", "too_large", f"{len(body)} bytes unpack to more than {max_bytes}")
    except (zlib.error, brotli.error, zstd.ZstdError) as error:
        if not size and body.lstrip().startswith(_TEXT_STARTS):
            return body  # the header is wrong, the page is not
        raise Rejected("fetch", "bad_encoding", f"Content-Encoding {layer} does not fit the body: {error}") from error
    except EOFError:
        if not keep_bytes:
            raise EOFError(f"{layer} body ends early, after {size} bytes of content") from None
    return b"".join(pieces)


def gunzip(body: bytes) -> Iterator[bytes]:
    """The content of a gzip file in pieces. Raises EOFError where it was cut, zlib.error, Rejected(too_large)."""
    rest = memoryview(body)
    for _ in range(MAX_MEMBERS):
        rest = yield from _inflate(zlib.decompressobj(31), rest)
        if rest[: len(GZIP_MAGIC)] != GZIP_MAGIC:
            return  # padding
    raise _endless_chain()


def _endless_chain() -> Rejected:
    return Rejected("fetch", "too_large", f"packed in more than {MAX_MEMBERS} pieces")


def _deflate(body: bytes) -> Iterator[bytes]:
    try:
        zlib.decompressobj().decompress(body[:64], 1)
        yield from _inflate(zlib.decompressobj(), memoryview(body))
    except zlib.error:
        # without the header that the standard asks for: IIS
        yield from _inflate(zlib.decompressobj(-15), memoryview(body))


def _inflate(stream: "zlib._Decompress", body: memoryview) -> Generator[bytes, None, memoryview]:
    """Returns what stands behind the end of the stream, not copied."""
    for start in range(0, len(body), _CHUNK):
        waiting: bytes | memoryview = body[start : start + _CHUNK]
        while not stream.eof and (piece := stream.decompress(waiting, _CHUNK)):  # behind its end it hands out the rest again
            yield piece
            waiting = stream.unconsumed_tail
        if stream.eof:
            return body[min(start + _CHUNK, len(body)) - len(stream.unused_data) :]
    raise EOFError


def _brotli(body: bytes) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    for start in range(0, len(body), _CHUNK):
        waiting = body[start : start + _CHUNK]
        while piece := stream.process(waiting, output_buffer_limit=_CHUNK):
            yield piece
            waiting = b""
        if stream.is_finished():
            return
    raise EOFError


def _zstd(body: bytes) -> Iterator[bytes]:
    rest = memoryview(body)
    for _ in range(MAX_MEMBERS):
        if not rest:
            return
        frame = zstd.ZstdDecompressor()
        for start in range(0, len(rest), _CHUNK):
            piece = frame.decompress(rest[start : start + _CHUNK], _CHUNK)
            while piece:
                yield piece
                piece = b"" if frame.eof or frame.needs_input else frame.decompress(b"", _CHUNK)
            if frame.eof:
                break
        if not frame.eof:
            raise EOFError
        rest = rest[min(start + _CHUNK, len(rest)) - len(frame.unused_data) :]
    raise _endless_chain()


_UNPACKERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": gunzip, "x-gzip": gunzip, "deflate": _deflate, "br": _brotli, "zstd": _zstd,
}  # fmt: skip
