"""What the system's allocator does with the memory of a large page."""

import ctypes
from contextlib import suppress

_M_MMAP_THRESHOLD = -3  # of mallopt(3)
_LARGE_BYTES = 1024 * 1024


def give_back_large_blocks() -> None:
    """For the rest of this process. glibc keeps what is freed, up to 32 MiB each, once it has seen one block so large: a
    few large pages then cost a third more than they need. Elsewhere nothing happens."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)
