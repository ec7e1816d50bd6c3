"""Which files below the seeds directory are pages, and what index.jsonl says about them."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from almasalla_crawler.readers import seeds
from almasalla_crawler.readers.seeds import Seed, SeedsFound, find_seeds

URL = "https://www.arabkhabar.com/a/1"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = (tmp_path / "seeds").resolve()
    (root / "outlet").mkdir(parents=True)
    (root / "a.txt").write_text("نص", "utf-8")
    (root / "outlet/b.html").write_text("<p>نص</p>", "utf-8")
    return root


def index(folder: Path, *entries: dict[str, Any] | str) -> None:
    lines = [entry if isinstance(entry, str) else json.dumps(entry, ensure_ascii=False) for entry in entries]
    (folder / "index.jsonl").write_text("\n".join(lines), "utf-8")


def seed(found: SeedsFound, name: str) -> Seed:
    [one] = [seed for seed in found.seeds if seed.name == name]
    return one


def rejects(found: SeedsFound) -> list[tuple[str, str]]:
    return [(name, reject.reason) for name, reject in found.rejects]


# --- files


def test_pages_are_found_by_their_suffix_in_every_folder(root: Path) -> None:
    for name in ("c.HTM", "d.txt.gz", "outlet/e.html.gz", "notes.md", "f.pdf", "g.gz", "txt"):
        (root / name).write_text("x", "utf-8")
    found = find_seeds(root)
    assert [one.name for one in found.seeds] == ["a.txt", "c.HTM", "d.txt.gz", "outlet/b.html", "outlet/e.html.gz"]
    assert found.ignored == 4


def test_pages_with_a_url_come_first(root: Path) -> None:
    index(root, {"file": "outlet/b.html", "url": URL})
    assert [one.name for one in find_seeds(root).seeds] == ["outlet/b.html", "a.txt"]


def test_name_of_invalid_utf8_is_percent_encoded(root: Path) -> None:
    Path(os.fsdecode(os.fsencode(root) + b"/caf\xe9\xff.txt")).write_text("نص", "utf-8")
    found = find_seeds(root)
    assert seed(found, "caf%E9%FF.txt").path.read_text("utf-8") == "نص"


def test_name_with_control_characters_is_percent_encoded(root: Path) -> None:
    (root / "a\n\x1b[31m.txt").write_text("نص", "utf-8")
    assert "a%0A%1B[31m.txt" in [one.name for one in find_seeds(root).seeds]


def test_of_two_names_that_are_one_as_text_one_is_read_and_one_is_a_reject(root: Path) -> None:
    for name in ("n\n.txt", "n%0A.txt"):
        (root / name).write_text(name, "utf-8")
    found = find_seeds(root)
    assert [one.path.name for one in found.seeds if one.name == "n%0A.txt"] == ["n\n.txt"]
    assert [(name, reject.reason) for name, reject in found.rejects] == [("n%0A.txt#2", "duplicate_name")]


def test_arabic_name_stays_as_it_is(root: Path) -> None:
    (root / "خبر عاجل.txt").write_text("نص", "utf-8")
    assert seed(find_seeds(root), "خبر عاجل.txt")


def test_links_to_folders_are_rejects_and_are_not_followed(root: Path, tmp_path: Path) -> None:
    (root / "again").symlink_to(root / "outlet")
    (root / "out").symlink_to(tmp_path)
    found = find_seeds(root)
    assert rejects(found) == [("again", "duplicate_file"), ("out", "outside_root")]
    assert len(found.seeds) == 2


def test_folder_that_cannot_be_read_is_a_reject(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refusing(path: Path) -> Any:
        if Path(path).name == "outlet":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(seeds.os, "scandir", refusing)
    found = find_seeds(root)
    assert rejects(found) == [("outlet", "unreadable")]
    assert [one.name for one in found.seeds] == ["a.txt"]


# --- index.jsonl


def test_index_names_url_time_and_outlet(root: Path) -> None:
    index(
        root,
        {
            "file": "a.txt",
            "url": URL + "?utm_source=x#top",
            "saved_at": "2025-06-09T21:05:00+03:00",
            "outlet": " arab\u200bkhabar ",
        },
    )
    one = seed(find_seeds(root), "a.txt")
    assert (one.url, one.outlet) == (URL, "arabkhabar")
    assert one.saved_at == datetime(2025, 6, 9, 18, 5, tzinfo=UTC)


def test_nested_index_speaks_of_its_own_folder(root: Path) -> None:
    index(root / "outlet", {"file": "b.html", "url": URL})
    assert seed(find_seeds(root), "outlet/b.html").url == URL


def test_index_in_the_folder_of_a_file_wins_over_one_above(root: Path) -> None:
    index(root, {"file": "outlet/b.html", "url": URL + "2"})
    index(root / "outlet", {"file": "b.html", "url": URL})
    assert seed(find_seeds(root), "outlet/b.html").url == URL


def test_first_of_two_entries_for_one_file_counts(root: Path) -> None:
    index(root, {"file": "a.txt", "url": URL}, {"file": "./outlet/../a.txt", "url": URL + "2"})
    assert seed(find_seeds(root), "a.txt").url == URL


def test_listed_file_is_a_page_whatever_its_suffix(root: Path) -> None:
    (root / "page.php").write_text("نص", "utf-8")
    index(root, {"file": "page.php", "url": URL})
    found = find_seeds(root)
    assert seed(found, "page.php").url == URL
    assert found.ignored == 0


def test_listed_directory_is_no_ignored_file(root: Path) -> None:
    index(root, {"file": "outlet"})
    assert find_seeds(root).ignored == 0


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"], ids=["windows", "old mac", "unix"])
def test_lines_of_an_index_may_end_in_any_way(root: Path, end: str) -> None:
    (root / "index.jsonl").write_bytes(f'{end}{{"file": "a.txt", "url": "{URL}"}}{end}x{end}'.encode())
    found = find_seeds(root)
    assert (seed(found, "a.txt").url, rejects(found)) == (URL, [("index.jsonl#3", "bad_json")])


def test_blank_lines_of_an_index_are_nothing(root: Path) -> None:
    index(root, "", {"file": "a.txt", "url": URL}, "   ")
    found = find_seeds(root)
    assert rejects(found) == []
    assert seed(found, "a.txt").url == URL


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param(*row, id=name)
        for name, row in {
            "broken": ('{"file": "a.txt"', "bad_json"),
            "no object": ('["a.txt"]', "bad_json"),
            "no file": ('{"url": "https://a.example/"}', "bad_json"),
            "file is a number": ('{"file": 7}', "bad_json"),
            "file is blank": ('{"file": " "}', "bad_json"),
            "deep": ("[" * 60_000, "bad_json"),
            "long": ('{"file": "' + "a" * 70_000 + '"}', "bad_json"),
            "missing": ('{"file": "c.txt"}', "not_found"),
            "upper folder": ('{"file": "../secret.txt"}', "outside_root"),
            "absolute": ('{"file": "/etc/passwd"}', "outside_root"),
            "null": ('{"file": "a\\u0000.txt"}', "outside_root"),
            "itself": ('{"file": "index.jsonl"}', "bad_index"),
            "name too long": ('{"file": "' + "a" * 300 + '.txt"}', "not_found"),
        }.items()
    ],
)
def test_line_of_an_index_that_cannot_be_used_is_a_reject_and_costs_no_other(root: Path, line: str, reason: str) -> None:
    index(root, line, {"file": "a.txt", "url": URL})
    found = find_seeds(root)
    assert rejects(found) == [("index.jsonl#1", reason)]
    assert seed(found, "a.txt").url == URL


def test_line_that_is_no_utf8_is_a_reject(root: Path) -> None:
    (root / "index.jsonl").write_bytes(b'{"file": "\xff.txt"}\n{"file": "a.txt", "url": "https://a.example/"}')
    found = find_seeds(root)
    assert rejects(found) == [("index.jsonl#1", "bad_json")]
    assert seed(found, "a.txt").url == "https://a.example/"


@pytest.mark.parametrize(
    ("entry", "reject"),
    [
        pytest.param(*row, id=name)
        for name, row in {
            "no web address": ({"url": "ftp://a.example/1"}, "bad_url"),
            "url is a number": ({"url": 7}, "bad_url"),
            "credentials": ({"url": "https://user:secret@a.example/1"}, "bad_url"),
            "endless": ({"url": "https://a.example/" + "a" * 3000}, "bad_url"),
            "no time": ({"saved_at": "yesterday"}, "bad_saved_at"),
            "time is a number": ({"saved_at": 1748000000}, "bad_saved_at"),
            "in the future": ({"saved_at": "2999-01-01T00:00:00+00:00"}, "bad_saved_at"),
            "no instant": ({"saved_at": "0001-01-01T00:00:00+14:00"}, "bad_saved_at"),
        }.items()
    ],
)
def test_file_is_read_without_a_value_that_cannot_be_used(root: Path, entry: dict[str, Any], reject: str) -> None:
    index(root, {"file": "a.txt", **entry})
    found = find_seeds(root)
    assert [reason for _, reason in rejects(found)] == [reject]
    assert (seed(found, "a.txt").url, seed(found, "a.txt").saved_at) == ("", None)


def test_time_without_an_offset_is_utc(root: Path) -> None:
    index(root, {"file": "a.txt", "saved_at": "2025-06-09T21:05:00"})
    assert seed(find_seeds(root), "a.txt").saved_at == datetime(2025, 6, 9, 21, 5, tzinfo=UTC)


def test_index_that_leads_out_is_a_reject(root: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.jsonl").write_text(json.dumps({"file": "a.txt", "url": URL}), "utf-8")
    (root / "index.jsonl").symlink_to(tmp_path / "elsewhere.jsonl")
    found = find_seeds(root)
    assert rejects(found) == [("index.jsonl", "outside_root")]
    assert seed(found, "a.txt").url == ""


def test_many_unusable_lines_are_counted_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeds, "MAX_REJECTED_LINES", 3)
    index(root, *["x"] * 5)
    found = find_seeds(root)
    assert rejects(found) == [*((f"index.jsonl#{n}", "bad_json") for n in (1, 2, 3)), ("index.jsonl", "bad_index")]
    assert "5 lines" in found.rejects[-1][1].detail
