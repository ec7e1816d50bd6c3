"""Regular files below the root and nothing else; gzip that is cut or blown up."""

import gzip
import os
import socket
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from almasalla_crawler.items import Rejected
from almasalla_crawler.readers.files import read_regular_file, unpack

LIMIT = 1000


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = (tmp_path / "seeds").resolve()
    root.mkdir()
    (root / "a.txt").write_text("نص", "utf-8")
    (tmp_path / "secret.txt").write_text("سر", "utf-8")
    return root


def reason(path: Path, root: Path, max_bytes: int = LIMIT) -> str:
    with pytest.raises(Rejected) as caught:
        read_regular_file(path, root, max_bytes)
    assert caught.value.reject.stage == "fetch"
    return caught.value.reject.reason


def test_regular_file_is_read(root: Path) -> None:
    assert read_regular_file(root / "a.txt", root, LIMIT).decode() == "نص"


def test_link_to_a_file_inside_is_read(root: Path) -> None:
    (root / "link.txt").symlink_to("a.txt")
    assert read_regular_file(root / "link.txt", root, LIMIT).decode() == "نص"


@pytest.mark.parametrize("name", ["../secret.txt", "link.txt", "folder/secret.txt"], ids=["dots", "file link", "folder link"])
def test_file_outside_the_root_is_refused(root: Path, name: str) -> None:
    (root / "link.txt").symlink_to(root.parent / "secret.txt")
    (root / "folder").symlink_to(root.parent)
    assert reason(root / name, root) == "outside_root"


def test_fifo_is_refused_without_waiting_for_a_writer(root: Path) -> None:
    os.mkfifo(root / "fifo.txt")
    assert reason(root / "fifo.txt", root) == "not_regular"


def test_socket_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)  # the path of a socket has at most 107 bytes
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.txt")
        assert reason(root / "s.txt", root) == "not_regular"


def test_directory_is_refused(root: Path) -> None:
    assert reason(root, root) == "not_regular"


def test_device_is_refused() -> None:
    assert reason(Path("/dev/zero"), Path("/dev")) == "not_regular"


def put_a_link(path: Path) -> None:
    path.symlink_to(path.parents[1] / "secret.txt")


@pytest.mark.parametrize("put", [put_a_link, os.mkfifo], ids=["link that leads out", "fifo"])
def test_file_replaced_behind_the_check_is_refused(
    root: Path, monkeypatch: pytest.MonkeyPatch, put: Callable[[Path], None]
) -> None:
    open_descriptor = os.open

    def replace_and_open(path: Path, flags: int) -> int:
        path.unlink()
        put(path)
        return open_descriptor(path, flags)

    monkeypatch.setattr(os, "open", replace_and_open)
    assert reason(root / "a.txt", root) in {"unreadable", "not_regular"}


def test_missing_file_is_named_so(root: Path) -> None:
    assert reason(root / "b.txt", root) == "not_found"


def test_loop_of_links_is_unreadable(root: Path) -> None:
    (root / "loop.txt").symlink_to("loop.txt")
    assert reason(root / "loop.txt", root) == "unreadable"


def test_path_with_a_null_is_unreadable(root: Path) -> None:
    assert reason(root / "a\0.txt", root) == "unreadable"


def test_file_of_the_limit_is_read_and_one_byte_more_is_not(root: Path) -> None:
    (root / "big.txt").write_bytes(b"x" * LIMIT)
    assert len(read_regular_file(root / "big.txt", root, LIMIT)) == LIMIT
    assert reason(root / "big.txt", root, LIMIT - 1) == "too_large"


# --- gzip


def unpack_reason(body: bytes) -> str:
    with pytest.raises(Rejected) as caught:
        unpack(body, LIMIT)
    return caught.value.reject.reason


def test_plain_body_stays() -> None:
    assert unpack(b"plain", LIMIT) == b"plain"


def test_gzip_is_unpacked() -> None:
    assert unpack(gzip.compress(b"page" * 100), LIMIT) == b"page" * 100


def test_members_that_follow_each_other_are_one_page() -> None:
    assert unpack(gzip.compress(b"one ") + gzip.compress(b"two"), LIMIT) == b"one two"


def test_content_of_the_limit_is_unpacked() -> None:
    assert len(unpack(gzip.compress(b"x" * LIMIT), LIMIT)) == LIMIT


@pytest.mark.parametrize("cut", [11, 30, 60, -8, -1], ids=["header", "early", "middle", "before the trailer", "last byte"])
def test_cut_gzip_is_truncated(cut: int) -> None:
    body = gzip.compress(b"".join(b"%d " % (number * 7919) for number in range(100)))
    assert unpack_reason(body[:cut]) == "truncated"


def test_second_member_that_is_cut_is_truncated() -> None:
    assert unpack_reason(gzip.compress(b"one") + gzip.compress(b"two" * 50)[:-9]) == "truncated"


def test_bomb_is_too_large_and_is_not_unpacked() -> None:
    assert unpack_reason(gzip.compress(b"\0" * 50_000_000)) == "too_large"


def test_many_small_members_are_too_large_together() -> None:
    assert unpack_reason(gzip.compress(b"x" * 400) * 3) == "too_large"


def test_damaged_gzip_is_bad() -> None:
    body = bytearray(gzip.compress(b"page" * 100))
    body[-6] ^= 0xFF  # checksum
    assert unpack_reason(bytes(body)) == "bad_gzip"


def test_gzip_magic_alone_is_bad_or_truncated() -> None:
    assert unpack_reason(b"\x1f\x8b\x00\x00" + zlib.compress(b"x")) in {"bad_gzip", "truncated"}


@pytest.mark.parametrize("empty", [gzip.compress(b""), gzip.compress(b"a")], ids=["empty", "a letter each"])
def test_gzip_of_a_million_members_is_refused_at_once(empty: bytes) -> None:
    before = time.process_time()
    assert unpack_reason(empty * 1_000_000) == "too_large"
    assert time.process_time() - before < 5  # copying the rest at each member would take an hour


def test_gzip_of_as_many_members_as_tools_write_is_unpacked() -> None:
    assert unpack(gzip.compress(b"x") * 500, LIMIT) == b"x" * 500
