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
    """The content of a gzip file in pieces. Raises EOFError where it was cut, zlib.error."""
    while True:  # members may follow each other
        body = yield from _inflate(zlib.decompressobj(31), body)
        if not body.startswith(GZIP_MAGIC):
            return  # padding


def _deflate(body: bytes) -> Iterator[bytes]:
    try:
        zlib.decompressobj().decompress(body[:64], 1)
        yield from _inflate(zlib.decompressobj(), body)
    except zlib.error:
        yield from _inflate(zlib.decompressobj(-15), body)  # without the header that the standard asks for: IIS


def _inflate(stream: "zlib._Decompress", body: bytes) -> Generator[bytes, None, bytes]:
    """Returns what stands behind the end of the stream."""
    for start in range(0, len(body), _CHUNK):
        waiting = body[start : start + _CHUNK]
        while piece := stream.decompress(waiting, _CHUNK):
            yield piece
            waiting = stream.unconsumed_tail
        if stream.eof:
            return stream.unused_data + body[start + _CHUNK :]
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
    while body:
        frame = zstd.ZstdDecompressor()
        for start in range(0, len(body), _CHUNK):
            piece = frame.decompress(body[start : start + _CHUNK], _CHUNK)
            while piece:
                yield piece
                piece = b"" if frame.eof or frame.needs_input else frame.decompress(b"", _CHUNK)
            if frame.eof:
                break
        if not frame.eof:
            raise EOFError
        body = frame.unused_data + body[start + _CHUNK :]


_UNPACKERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": gunzip, "x-gzip": gunzip, "deflate": _deflate, "br": _brotli, "zstd": _zstd,
}  # fmt: skip
