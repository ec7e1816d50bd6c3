"""`scrapy inspect` from its start to Ctrl-C."""

import signal
import socket
import sys
from argparse import Namespace
from pathlib import Path
from urllib.request import urlopen

import pytest
from scrapy.settings import Settings

from almasalla_crawler.commands import inspect
from tests.inspect.serving import inspected


def typed(path: Path, port: int = 0) -> int:
    command = inspect.Command()
    command.settings = Settings({"DATABASE_PATH": str(path)})
    command.run([], Namespace(port=port, open=False))
    return int(command.exitcode)


def test_it_answers_at_the_address_it_prints_until_ctrl_c(path: Path) -> None:
    with inspected(path) as (address, process):
        with urlopen(address, timeout=30) as answer:
            assert "text/html" in answer.headers["content-type"]
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, err) == (0, "")
        assert "Traceback" not in out


def test_a_port_that_is_taken_is_said_to_be(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert typed(path, port) == 1
    assert f"Port {port} cannot be used" in capsys.readouterr().err


def test_without_datasette_it_says_how_to_get_it(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("almasalla_crawler.inspect", sys.modules["almasalla_crawler.inspect"])  # what is imported is undone too
    for name in [one for one in sys.modules if one.startswith("almasalla_crawler.inspect")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "datasette.app", None)
    assert typed(path) == 1
    assert "pip install -e '.[inspect]'" in capsys.readouterr().err
