"""How a log line is written: readable or JSON, and never one that a page, a server or a library's message could forge."""

import json
import logging
import sys
from datetime import UTC, datetime

from scrapy.settings import BaseSettings


def escaped(text: str) -> str:
    """Without control characters, bidi marks and whatever else nobody sees: they are written as escapes."""
    return text if text.isprintable() else "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


class ReadableFormatter(logging.Formatter):
    """Scrapy's lines. Those below the first, of tracebacks and long messages, stand indented: no line of a log begins there."""

    def format(self, record: logging.LogRecord) -> str:
        first, *others = super().format(record).split("\n")
        return "\n".join([escaped(first), *(f"    {escaped(line)}" for line in others)])


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and of errors the traceback as `exception`."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line = {"time": moment, "level": record.levelname, "logger": record.name, "message": record.getMessage()}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        written = json.dumps(line, ensure_ascii=False)
        return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in written)


def formatter_of(settings: BaseSettings) -> logging.Formatter:
    if settings.getbool("LOG_JSON"):
        return JsonFormatter()
    return ReadableFormatter(settings["LOG_FORMAT"], settings["LOG_DATEFORMAT"])


def install_root_handler(settings: BaseSettings) -> None:
    """What Scrapy does for its commands, with our lines: from the first one on. It leaves the root logger alone from here."""
    settings.set("LOG_INSTALL_ROOT_HANDLER", False, "cmdline")
    handler = _handler_of(settings)
    handler.setFormatter(formatter_of(settings))
    handler.setLevel(settings["LOG_LEVEL"])
    logging.root.setLevel(logging.NOTSET)
    logging.root.addHandler(handler)


def _handler_of(settings: BaseSettings) -> logging.Handler:
    if not settings.getbool("LOG_ENABLED"):
        return logging.NullHandler()
    if settings["LOG_FILE"]:
        mode = "a" if settings.getbool("LOG_FILE_APPEND") else "w"
        return logging.FileHandler(settings["LOG_FILE"], mode, settings["LOG_ENCODING"], errors="backslashreplace")
    return logging.StreamHandler(sys.stderr)
