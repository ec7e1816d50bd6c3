"""The seeds directory: which files are saved pages, and what index.jsonl says about them."""

import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from almasalla_crawler.arabic.letters import display_text
from almasalla_crawler.items import Reject, Rejected
from almasalla_crawler.readers.addresses import canonical_url
from almasalla_crawler.readers.files import read_regular_file

INDEX_NAME = "index.jsonl"
SUFFIXES = (".txt", ".html", ".htm")
MAX_INDEX_BYTES = 64 * 1024 * 1024
MAX_INDEX_LINE = 64 * 1024
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
    entries: dict[Path, Seed] = {}
    paths: list[Path] = []
    for directory, files in _walk(root, found, root):
        for path in files:
            if path.name == INDEX_NAME:
                entries.update(_read_index(path, directory, root, found))
            elif path.name.lower().removesuffix(".gz").endswith(SUFFIXES):
                paths.append(path)
            else:
                found.ignored += 1
    listed = set(paths)
    named = [path for path in entries if path not in listed]
    found.ignored -= len(named)
    paths += named
    seeds = [entries.get(path) or Seed(path, seed_name(path, root)) for path in paths]
    found.seeds = sorted(seeds, key=lambda seed: (not seed.url, seed.name))
    return found


def seed_name(path: Path, root: Path) -> str:
    """Path below the root; bytes that are no UTF-8 and control characters are percent-encoded."""
    raw = os.fsencode(path.relative_to(root))
    text = raw.decode("utf-8", "surrogateescape")
    return "".join(
        c if c.isprintable() else "".join(f"%{byte:02X}" for byte in c.encode("utf-8", "surrogateescape")) for c in text
    )


def _walk(directory: Path, found: SeedsFound, root: Path) -> Iterator[tuple[Path, list[Path]]]:
    pending = [directory]
    while pending:
        directory = pending.pop()
        files: list[Path] = []
        try:
            with os.scandir(directory) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            found.rejects.append((seed_name(directory, root), Reject("fetch", "unreadable", str(error.strerror))))
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                pending.append(directory / entry.name)
            elif entry.is_symlink() and os.path.isdir(directory / entry.name):  # noqa: PTH112 - False for a loop
                _reject_linked_directory(directory / entry.name, found, root)
            else:
                files.append(directory / entry.name)
        yield directory, files


def _reject_linked_directory(path: Path, found: SeedsFound, root: Path) -> None:
    target = Path(os.path.realpath(path))
    reason = "duplicate_file" if target.is_relative_to(root) else "outside_root"
    found.rejects.append((seed_name(path, root), Reject("fetch", reason, "a link to a directory")))


def _read_index(path: Path, directory: Path, root: Path, found: SeedsFound) -> dict[Path, Seed]:
    entries: dict[Path, Seed] = {}
    name = seed_name(path, root)
    try:
        body = read_regular_file(path, root, MAX_INDEX_BYTES)
    except Rejected as rejected:
        found.rejects.append((name, rejected.reject))
        return entries
    unusable = 0
    for number, line in enumerate(body.splitlines(), 1):
        if not line.strip():
            continue
        try:
            seed = _read_entry(line, directory, root, found, f"{name}#{number}")
            entries.setdefault(seed.path, seed)
        except Rejected as rejected:
            unusable += 1
            if unusable <= MAX_REJECTED_LINES:
                found.rejects.append((f"{name}#{number}", rejected.reject))
    if unusable > MAX_REJECTED_LINES:
        found.rejects.append((name, Reject("fetch", "bad_index", f"{unusable} lines cannot be used, the first are rejects")))
    return entries


def _read_entry(line: bytes, directory: Path, root: Path, found: SeedsFound, where: str) -> Seed:
    if len(line) > MAX_INDEX_LINE:
        raise Rejected("fetch", "bad_json", f"a line of {len(line)} bytes")
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Rejected("fetch", "bad_json", str(error)[:200]) from error
    if not isinstance(entry, dict) or not isinstance(entry.get("file"), str) or not entry["file"].strip():
        raise Rejected("fetch", "bad_json", 'an object with "file" is wanted')
    path = Path(os.path.normpath(directory / entry["file"]))
    if path.name == INDEX_NAME:
        raise Rejected("fetch", "bad_index", "an index is no page")
    if not path.is_relative_to(root) or "\0" in entry["file"]:
        raise Rejected("fetch", "outside_root", entry["file"][:200])
    try:
        stat.S_IFMT(path.lstat().st_mode)
    except (OSError, ValueError) as error:
        raise Rejected("fetch", "not_found", entry["file"][:200]) from error
    url, saved_at = _url(entry.get("url")), _instant(entry.get("saved_at"))
    for field_name, value in (("url", url), ("saved_at", saved_at)):
        if entry.get(field_name) and value is None:
            detail = f"{field_name} is {str(entry[field_name])[:200]!r}; the file is read without it"
            found.rejects.append((f"{where}.{field_name}", Reject("fetch", f"bad_{field_name}", detail)))
    outlet = display_text(entry["outlet"])[:100] if isinstance(entry.get("outlet"), str) else ""
    return Seed(path, seed_name(path, root), url or "", saved_at, outlet or None)


def _url(value: object) -> str | None:
    return canonical_url(value) or None if isinstance(value, str) else None


def _instant(value: object) -> datetime | None:
    """An aware instant; one without an offset is UTC. None if it is none or lies in the future."""
    try:
        instant = datetime.fromisoformat(value.strip()) if isinstance(value, str) else None
        if instant is not None and instant.tzinfo is None:
            instant = instant.replace(tzinfo=UTC)
        return instant if instant and instant.astimezone(UTC) <= datetime.now(UTC) else None
    except (ValueError, OverflowError):
        return None
