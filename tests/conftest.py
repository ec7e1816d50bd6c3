"""No test reaches the network; `shared` is the developers' folder beside the project, `read` takes a page through the stages."""

import ipaddress
import signal
import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from almasalla_crawler.items import Page
from almasalla_crawler.pipelines.clean import clean
from almasalla_crawler.pipelines.conserve import conserve
from almasalla_crawler.pipelines.deduplicate import deduplicate
from almasalla_crawler.pipelines.describe import describe
from almasalla_crawler.pipelines.split import split
from almasalla_crawler.readers.page import read_page

ROOT = Path(__file__).parents[1]


def pytest_configure() -> None:
    """A shell starts what runs in its background deaf to Ctrl-C, and so would be the commands that tests stop with it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    settings.register_profile("untimed", deadline=None)  # on a busy machine any example may take long
    settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuses every connection that leaves this machine. Twisted connects with connect_ex."""
    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))


def _guarded(connect: Callable[[socket.socket, Any], Any]) -> Callable[[socket.socket, Any], Any]:
    def guarded(sock: socket.socket, address: Any) -> Any:
        if sock.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            raise ConnectionRefusedError(f"a test wants to reach {address[0]}: saved pages only")
        return connect(sock, address)

    return guarded


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real pages and tables that is not part of the project."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"{folder} is only on developers' machines: its pages belong to their publishers")
    return folder


@pytest.fixture
def read() -> Callable[..., Page]:
    """Text or bytes of a page -> the page behind deduplicate, its conservation checked."""
    return read_through


def read_through(
    body: str | bytes, url: str = "seed:test/page", saved_at: str = "2025-05-21T00:00:00+00:00", **given: Any
) -> Page:
    now = datetime.fromisoformat(saved_at) if saved_at else None
    page = Page(url, "file:page", observed_at=saved_at, now=now, **given)
    read_page(body.encode() if isinstance(body, str) else body, page)
    for stage in (clean, split, describe, deduplicate, conserve):
        if page.reject is None:
            stage(page)
    return page
