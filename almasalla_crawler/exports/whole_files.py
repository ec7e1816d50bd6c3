"""Files that have their name only when they are whole."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


class NotWrittenError(Exception):
    """A file cannot be written; the message names it, or what is missing, and says what to do."""


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file beside `path` that takes its place when all is written and on the disk; whatever stops that leaves `path` alone.

    What is no regular file (a FIFO, /dev/stdout) is written to as it is. Raises NotWrittenError.
    """
    try:
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            with path.open("wb") as file:
                yield file
        else:
            with _replacing(path) as file:
                yield file
    except BrokenPipeError:  # whoever reads the FIFO has what they want
        raise
    except OSError as error:
        raise NotWrittenError(f"{path}: {error.strerror}. Make room, or name a file where you may write.") from error


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    target = path.resolve()  # a link stays one
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    part.replace(target)
