import subprocess
import sys
import weakref
from pathlib import Path

import pytest

from almasalla_crawler.memory import let_go_of_pages

GROWTH = """
import sys
from almasalla_crawler.memory import give_back_large_blocks

def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4096

if sys.argv[1] == "yes":
    give_back_large_blocks()
before = resident()
del (first := [bytearray(31 << 20)])[0]  # glibc keeps blocks of this size from now on
blocks = [bytearray(b"x") * (8 << 20) for _ in range(12)]
small = [bytes(100_000) for _ in range(20)]  # above them
del blocks
print(resident() - before >> 20)
"""


def grown(told: str) -> int:
    """MiB that a process keeps of large blocks that were freed below small ones."""
    done = subprocess.run([sys.executable, "-c", GROWTH, told], capture_output=True, text=True, check=True, timeout=60)
    return int(done.stdout)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is looked up in /proc")
def test_freed_blocks_go_back_to_the_system() -> None:
    assert grown("yes") < 16


class Held:
    """Refers to itself, as a refused page's request, failure and frames do to each other."""

    def __init__(self) -> None:
        self.itself = self


def test_garbage_is_looked_for_after_megabytes_of_pages() -> None:
    gone = weakref.ref(Held())
    assert gone() is not None
    let_go_of_pages(17 << 20)
    assert gone() is None
