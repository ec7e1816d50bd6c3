"""Regular files below one directory, nothing else on the disk; and what a gzip file holds."""

import os
import stat
import zlib
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from almasalla_crawler.items import Rejected
from almasalla_crawler.readers.packed import GZIP_MAGIC, gunzip


def read_regular_file(path: Path, root: Path, max_bytes: int) -> bytes:
    """Bytes of a file whose real path lies below `root`.

    Raises Rejected: outside_root, not_found, not_regular (device, FIFO, socket, directory), too_large, unreadable.
    """
    try:
        real = _real_directory(path.parent) / path.name
        mode = real.lstat().st_mode
        if stat.S_ISLNK(mode):
            real = Path(os.path.realpath(real, strict=True))
            mode = real.lstat().st_mode
        if not real.is_relative_to(root):
            raise Rejected("fetch", "outside_root", "a link that leads out of the seeds directory")
        if not stat.S_ISREG(mode):
            raise Rejected("fetch", "not_regular", f"not a regular file: {_kind(mode)}")
        # A FIFO put in its place since then must not block us, and a link must not lead out.
        descriptor = os.open(real, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
        with open(descriptor, "rb", buffering=0) as file:  # noqa: PTH123 - a descriptor
            size = os.fstat(descriptor).st_size
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise Rejected("fetch", "not_regular", "not a regular file")
            if size > max_bytes:
                raise Rejected("fetch", "too_large", f"{size} bytes, the limit is {max_bytes} (SEED_MAXSIZE)")
            return file.read(size + 1)  # a buffer of the limit would be allocated for every small page
    except FileNotFoundError as error:
        raise Rejected("fetch", "not_found", str(error.strerror)) from error
    except (OSError, ValueError) as error:
        raise Rejected("fetch", "unreadable", str(error)) from error


@lru_cache(maxsize=256)
def _real_directory(path: Path) -> Path:
    """Resolving a path costs more than reading a page; a crawl reads thousands of pages from one directory."""
    return Path(os.path.realpath(path, strict=True))


def path_as_text(path: Path) -> str:
    """Text that can be stored and leads back to the file: the path itself, or a file: url if it has bytes that are no text."""
    text = str(path)
    return text if text.isprintable() else path.as_uri()


def path_from_text(text: str) -> Path:
    """The path that `path_as_text` wrote, or that a file: url names."""
    return Path(os.fsdecode(unquote_to_bytes(urlsplit(text).path))) if text.startswith("file:") else Path(text)


def unpack(body: bytes, max_bytes: int) -> bytes:
    """The content of a gzip file, or `body` itself if it is none. Raises Rejected: too_large, truncated, bad_gzip."""
    if not body.startswith(GZIP_MAGIC[:2]):  # a method other than the one of the magic is a bad file, no text
        return body
    content = bytearray()
    try:
        for piece in gunzip(body):
            content += piece
            if len(content) > max_bytes:
                content.clear()  # the exception holds on to it until somebody has dealt with it
                raise Rejected("fetch", "too_large", f"unpacks to more than {max_bytes} bytes (SEED_MAXSIZE)")
    except EOFError as error:
        raise Rejected("fetch", "truncated", f"gzip file ends early, after {len(content)} bytes of content") from error
    except zlib.error as error:
        raise Rejected("fetch", "bad_gzip", str(error)) from error
    return bytes(content)


def _kind(mode: int) -> str:
    kinds = {stat.S_IFIFO: "FIFO", stat.S_IFSOCK: "socket", stat.S_IFCHR: "device", stat.S_IFBLK: "device"}
    return kinds.get(stat.S_IFMT(mode), "directory" if stat.S_ISDIR(mode) else "special file")
