"""crawls.toml: which crawls recur, and when. Every mistake in it is told at once, each with its line."""

import logging
import re
import tomllib
from pathlib import Path
from typing import Any

from almasalla_crawler.scheduling.entries import Entry, OutletOf, Reading
from almasalla_crawler.scheduling.printable import printable
from almasalla_crawler.scheduling.toml_lines import line_of

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")

logger = logging.getLogger(__name__)


class CrawlsFileError(Exception):
    """The file cannot be used: one line for each mistake, with file, line and key."""


def read_crawls(path: Path, outlet_of: OutletOf) -> dict[str, Entry]:
    """Entries by name. Raises CrawlsFileError."""
    text = _text_of(path)
    reading = Reading(_document_of(text, path), outlet_of)
    entries = reading.entries()
    if reading.mistakes:
        raise CrawlsFileError("\n".join(f"{path}:{line_of(text, keys)}: {printable(words)}" for keys, words in reading.mistakes))
    return entries


def _text_of(path: Path) -> str:
    try:
        body = path.read_bytes()
        return body.decode().replace("\r\n", "\n")
    except FileNotFoundError as error:
        advice = "Copy crawls.example.toml to it and edit that; CRAWLS_FILE names another."
        raise CrawlsFileError(f"{path}: there is no such file. {advice}") from error
    except UnicodeDecodeError as error:
        number = body.count(b"\n", 0, error.start) + 1
        raise CrawlsFileError(f"{path}:{number}: this is no UTF-8 ({error.reason}); save the file as UTF-8") from error
    except OSError as error:
        raise CrawlsFileError(f"{path}: {error}") from error


def _document_of(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        number = place[1] if place and place[1] else str(text.count("\n") + 1)
        raise CrawlsFileError(f"{path}:{number}: {_PLACE.sub('', str(error))}") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets in thousands of brackets
        raise CrawlsFileError(f"{path}: {error}") from error


class CrawlsFile:
    """The file as it was read last."""

    def __init__(self, path: Path, outlet_of: OutletOf) -> None:
        self.path, self.outlet_of = path, outlet_of
        self._stamp = self._stamp_now()  # before it is read: nothing that is edited meanwhile goes unseen
        self.entries = read_crawls(path, outlet_of)

    def edited(self) -> dict[str, Entry] | None:
        """The entries of a file that was edited since; None if it was not, or cannot be used, which is logged once."""
        stamp = self._stamp_now()
        if stamp == self._stamp:
            return None
        self._stamp = stamp
        try:
            self.entries = read_crawls(self.path, self.outlet_of)
        except CrawlsFileError as error:
            logger.error("%s\nThe crawls go on as they were.", error)
            return None
        logger.info("%s was edited: %d crawls", self.path, len(self.entries))
        return self.entries

    def _stamp_now(self) -> tuple[int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size
