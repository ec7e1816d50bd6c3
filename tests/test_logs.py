"""No message, of whomever, can forge a line of the log."""

import json
import logging
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from almasalla_crawler.logs import JsonFormatter, ReadableFormatter, escaped

FORGED = "عنوان\n2025-01-01 00:00:00 [scrapy] ERROR: forged\r\x1b[2K\u202e\u2028\x00"
READABLE = ReadableFormatter("%(asctime)s [%(name)s] %(levelname)s: %(message)s", "%Y-%m-%d %H:%M:%S")


def record(message: str, error: Exception | None = None) -> logging.LogRecord:
    info = None
    if error is not None:
        try:
            raise error
        except Exception:
            info = sys.exc_info()
    return logging.LogRecord("library", logging.ERROR, "file.py", 1, message, (), info)


def test_a_message_of_several_lines_is_indented() -> None:
    first, *others = READABLE.format(record(FORGED)).split("\n")
    assert first.endswith("[library] ERROR: عنوان")
    assert others == ["    2025-01-01 00:00:00 [scrapy] ERROR: forged\\r\\x1b[2K\\u202e\\u2028\\x00"]


def test_the_traceback_of_an_error_with_a_forged_message_is_indented() -> None:
    lines = READABLE.format(record("failed", ValueError(FORGED))).split("\n")
    assert all(line.startswith("    ") for line in lines[1:])
    assert any("ERROR: forged" in line for line in lines[1:])


def test_a_json_line_is_one_line_with_all_that_was_said() -> None:
    written = JsonFormatter().format(record(FORGED, ValueError(FORGED)))
    assert written.isprintable()
    line = json.loads(written)
    assert (line["level"], line["logger"], line["message"]) == ("ERROR", "library", FORGED)
    assert FORGED in line["exception"]
    assert "عنوان" in written
    assert line["time"].endswith("Z")


@settings(max_examples=30)
@given(st.text(max_size=60))
def test_any_message_is_one_readable_json_line(message: str) -> None:
    written = JsonFormatter().format(record(message.replace("%", "")))
    assert written.isprintable()
    assert json.loads(written)["message"] == message.replace("%", "")


@given(st.text())
def test_only_what_can_be_seen_is_left(text: str) -> None:
    assert escaped(text).isprintable()


@pytest.mark.parametrize("text", ["", "عاجل: افتتاح جسر", "a b"])
def test_what_can_be_seen_stays(text: str) -> None:
    assert escaped(text) == text
