"""What becomes of the memory of large pages."""

import ctypes
import gc
from contextlib import suppress

_M_MMAP_THRESHOLD = -3  # of mallopt(3)
_LARGE_BYTES = 1024 * 1024
_GARBAGE_BYTES = 16 * 1024 * 1024
_read_since = 0  # bytes of pages, since garbage was last looked for


def give_back_large_blocks() -> None:
    """For the rest of this process. glibc keeps what is freed, up to 32 MiB each, once it has seen one block so large: a
    few large pages then cost a third more than they need. Elsewhere nothing happens."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)


def let_go_of_pages(size: int) -> None:
    """To be told of the bytes of each page that is read. Python looks for garbage by the number of objects: a refused page
    is in fifty that hold on to each other, and until millions more have come its megabytes are not freed."""
    global _read_since  # noqa: PLW0603 - the garbage is the process's too
    _read_since += size
    if _read_since > _GARBAGE_BYTES:
        _read_since = 0
        gc.collect()
