"""The seeds directory: which files are saved pages, and what index.jsonl says about them."""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from almasalla_crawler.arabic.letters import display_text
from almasalla_crawler.items import Reject, Rejected
from almasalla_crawler.readers.addresses import given_url
from almasalla_crawler.readers.files import path_as_text, read_regular_file
from almasalla_crawler.readers.times import past_instant

INDEX_NAME = "index.jsonl"
SUFFIXES = (".txt", ".html", ".htm")
MAX_INDEX_BYTES = 64 * 1024 * 1024
MAX_INDEX_LINE = 64 * 1024
_LINE = re.compile(rb"([^\r\n]*)(?:\r\n?|\n|\Z)")
MAX_REJECTED_LINES = 1000  # of one index; behind them one reject counts the rest


@dataclass(frozen=True, slots=True)
class Seed:
    """A saved page. `url` is "" when no index names one."""

    path: Path
    name: str  # path below the root, as text that can be stored
    url: str = ""
    saved_at: datetime | None = None
    outlet: str | None = None


@dataclass(slots=True)
class SeedsFound:
    seeds: list[Seed] = field(default_factory=list)
    rejects: list[tuple[str, Reject]] = field(default_factory=list)  # name below the root, why
    ignored: int = 0  # files that are no pages by their name


def find_seeds(root: Path) -> SeedsFound:
    """Every saved page below `root`, those with a url first, each group in order of name.

    Symbolic links to files are followed inside the root (the handler checks); links to directories are not: what they
    lead to inside the root is found at its own place.
    """
    found = SeedsFound()
    entries: dict[str, Seed] = {}
    paths: list[str] = []
    others: list[str] = []
    for directory, files in _walk(str(root), found, root):
        for path in files:
            name = os.path.basename(path)  # noqa: PTH119 - an index has hundreds of thousands of lines: see _read_entry
            if name == INDEX_NAME:
                entries.update(_read_index(path, directory, root, found))
            elif name.lower().removesuffix(".gz").endswith(SUFFIXES):
                paths.append(path)
            else:
                others.append(path)
    listed = set(paths)
    paths += [path for path in entries if path not in listed]
    found.ignored = sum(path not in entries for path in others)
    seeds = [entries.get(path) or Seed(Path(path), seed_name(path, root)) for path in paths]
    found.seeds = _named_once(sorted(seeds, key=lambda seed: (not seed.url, seed.name, seed.path)), found)
    return found


def _named_once(seeds: list[Seed], found: SeedsFound) -> list[Seed]:
    """Without those whose name, as text, is that of a file before: `a<newline>.txt` and `a%0A.txt`."""
    by_name: dict[str, Seed] = {}
    for seed in seeds:
        first = by_name.setdefault(seed.name, seed)
        if first is not seed:
            detail = f"written as text it is called as {path_as_text(first.path)}"
            found.rejects.append((f"{seed.name}#2", Reject("fetch", "duplicate_name", detail)))
    return list(by_name.values())


def seed_name(path: str, root: Path) -> str:
    """Path below the root, as text that can be stored."""
    return name_as_text(path[len(str(root)) :].lstrip("/"))


def name_as_text(name: str) -> str:
    """A file name whose control characters and bytes that are no UTF-8 are percent-encoded."""
    if name.isprintable():
        return name
    return "".join(c if c.isprintable() else "".join(f"%{byte:02X}" for byte in os.fsencode(c)) for c in name)


def _walk(directory: str, found: SeedsFound, root: Path) -> Iterator[tuple[str, list[str]]]:
    pending = [directory]
    while pending:
        directory = pending.pop()
        files: list[str] = []
        try:
            with os.scandir(directory) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            found.rejects.append((seed_name(directory, root), Reject("fetch", "unreadable", str(error.strerror))))
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                pending.append(entry.path)
            elif entry.is_symlink() and os.path.isdir(entry.path):  # noqa: PTH112 - False for a loop
                _reject_linked_directory(entry.path, found, root)
            else:
                files.append(entry.path)
        yield directory, files


def _reject_linked_directory(path: str, found: SeedsFound, root: Path) -> None:
    target = Path(os.path.realpath(path))
    reason = "duplicate_file" if target.is_relative_to(root) else "outside_root"
    found.rejects.append((seed_name(path, root), Reject("fetch", reason, "a link to a directory")))


def _read_index(path: str, directory: str, root: Path, found: SeedsFound) -> dict[str, Seed]:
    """What the index says, by path. The first line about a file counts."""
    entries: dict[str, Seed] = {}
    name = seed_name(path, root)
    try:
        body = read_regular_file(Path(path), root, MAX_INDEX_BYTES)
    except Rejected as rejected:
        found.rejects.append((name, rejected.reject))
        return entries
    unusable = 0
    for number, found_line in enumerate(_LINE.finditer(body), 1):  # one at a time: 64 MiB may be millions of lines
        line = found_line[1]
        if not line.strip():
            continue
        try:
            entry, file = _read_entry(line, directory, root)
            if file not in entries:
                entries[file] = _seed(entry, file, root, found, f"{name}#{number}")
        except Rejected as rejected:
            unusable += 1
            if unusable <= MAX_REJECTED_LINES:
                found.rejects.append((f"{name}#{number}", rejected.reject))
    if unusable > MAX_REJECTED_LINES:
        found.rejects.append((name, Reject("fetch", "bad_index", f"{unusable} lines cannot be used, the first are rejects")))
    return entries


def _read_entry(line: bytes, directory: str, root: Path) -> tuple[dict[str, Any], str]:
    """The object on a line and the path it names: as text, a Path costs more than all the rest of a line."""
    if len(line) > MAX_INDEX_LINE:
        raise Rejected("fetch", "bad_json", f"a line of {len(line)} bytes")
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Rejected("fetch", "bad_json", str(error)[:200]) from error
    if not isinstance(entry, dict) or not isinstance(entry.get("file"), str) or not entry["file"].strip():
        raise Rejected("fetch", "bad_json", 'an object with "file" is wanted')
    path = os.path.normpath(os.path.join(directory, entry["file"]))  # noqa: PTH118
    if path.endswith(f"/{INDEX_NAME}"):
        raise Rejected("fetch", "bad_index", "an index is no page")
    if not path.startswith(f"{str(root).rstrip('/')}/") or "\0" in path:
        raise Rejected("fetch", "outside_root", entry["file"][:200])
    try:
        os.lstat(path)
    except (OSError, ValueError) as error:
        raise Rejected("fetch", "not_found", entry["file"][:200]) from error
    return entry, path


def _seed(entry: dict[str, Any], path: str, root: Path, found: SeedsFound, where: str) -> Seed:
    """A saved page as its index describes it; a value that cannot be used is a reject, and the page is read without it."""
    url, saved_at = given_url(entry.get("url")), past_instant(entry.get("saved_at"))
    for field_name, value in (("url", url), ("saved_at", saved_at)):
        if entry.get(field_name) and value is None:
            detail = f"{field_name} is {str(entry[field_name])[:200]!r}; the file is read without it"
            found.rejects.append((f"{where}.{field_name}", Reject("fetch", f"bad_{field_name}", detail)))
    outlet = display_text(entry["outlet"])[:100] if isinstance(entry.get("outlet"), str) else ""
    return Seed(Path(path), seed_name(path, root), url or "", saved_at, outlet or None)
