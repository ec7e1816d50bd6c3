"""`scrapy export`: files that are whole, options that are right, what it says."""

import csv
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from in_process import typed
from pyarrow import parquet
from scrapy.exceptions import UsageError

from almasalla_crawler.commands import export
from tests.exports.stored import change, fill
from tests.storage.news_pages import Database
from tests.typed import running


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A closed database of six articles."""
    db = Database(tmp_path / "ours.db")
    fill(db)
    db.close()
    return tmp_path / "ours.db"


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet", "a.txt", "a.atom", "a.xml", "A.CSV"])
def test_the_name_of_the_file_says_the_format(ours: Path, tmp_path: Path, name: str) -> None:
    assert typed(export, ours, str(tmp_path / name)) == 0
    start = {"jsonl": b"{", "csv": b"id,", "parquet": b"PAR1", "atom": b"<?xml", "xml": b"<?xml"}
    assert (tmp_path / name).read_bytes().startswith(start.get(name[2:].lower(), b""))


@pytest.mark.parametrize("file", [[], ["-"]], ids=["none", "dash"])
def test_without_a_file_json_lines_are_printed_and_the_rest_goes_to_stderr(
    ours: Path, file: list[str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert typed(export, ours, "--since-id", "4", *file) == 0
    shown = capsysbinary.readouterr()
    assert [json.loads(line)["id"] for line in shown.out.splitlines()] == [5, 6]
    assert b"2 articles" in shown.err
    assert b"--since-id 6" in shown.err


def test_nothing_new_leaves_the_id_to_go_on_from(ours: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(export, ours, "--since-id", "6", str(tmp_path / "a.jsonl")) == 0
    assert "--since-id 6" in capsys.readouterr().err


def test_a_publisher_that_no_article_has_is_an_error_that_names_those_there_are(
    ours: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(export, ours, "--publisher", "لا أحد", str(tmp_path / "a.csv")) == 1
    assert "no article has the publisher لا أحد; there are: المسلة" in capsys.readouterr().err
    assert list(tmp_path.glob("*.csv*")) == []


def test_excel_gets_its_mark(ours: Path, tmp_path: Path) -> None:
    typed(export, ours, "--bom", str(tmp_path / "a.csv"))
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a.pdf"], "--format"),
        (["--bom", "a.jsonl"], "--bom is for csv and txt"),
        (["--format", "parquet"], "name a file"),
        (["a.csv", "b.csv"], "one file"),
        (["--format", "csv", "."], "is a folder"),
        (["--format", "parquet", "set/"], "name a file in it"),
    ],
    ids=["suffix", "bom", "parquet", "two", "folder", "new_folder"],
)
def test_what_cannot_be_meant_is_refused(
    ours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=said):
        typed(export, ours, *arguments)


@pytest.mark.parametrize("option", [["--since", "21 أيار"], ["--until", "2025-02-30"], ["--limit", "-1"], ["--since-id", "x"]])
def test_an_option_that_is_no_day_or_number_is_named(ours: Path, option: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        typed(export, ours, *option)
    assert option[0] in capsys.readouterr().err


def test_the_database_is_never_written_over(ours: Path) -> None:
    before = ours.read_bytes()
    with pytest.raises(UsageError, match="the database itself"):
        typed(export, ours, "--format", "csv", str(ours))
    assert ours.read_bytes() == before


def test_a_file_that_cannot_be_written_is_named(ours: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert typed(export, ours, str(tmp_path / "file" / "a.csv")) == 1
    assert f"{tmp_path / 'file' / 'a.csv'}: " in capsys.readouterr().err


def test_an_export_that_fails_leaves_the_file_as_it_was(ours: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "a.jsonl"
    target.write_text("yesterday's", "utf-8")
    db = Database(ours)
    change(db, "UPDATE articles SET block_roles = '[' WHERE id = 6")
    db.close()
    assert typed(export, ours, str(target)) == 1
    assert "a stored value cannot be read" in capsys.readouterr().err
    assert (target.read_text("utf-8"), list(tmp_path.glob("*.part"))) == ("yesterday's", [])


def test_a_killed_export_leaves_no_file_under_its_name(ours: Path, tmp_path: Path) -> None:
    script = (
        "import sys, time; from almasalla_crawler.exports.whole_files import whole_file; from pathlib import Path\n"
        "with whole_file(Path(sys.argv[1])) as file:\n"
        "    file.write(b'half'); file.flush(); print('written', flush=True); time.sleep(60)"
    )
    target = tmp_path / "a.jsonl"
    with running([sys.executable, "-c", script, str(target)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    assert not target.exists()
    assert typed(export, ours, str(target)) == 0  # what it left is in nobody's way
    assert list(tmp_path.glob("*.part")) == []


def test_a_reader_that_has_enough_is_no_traceback(ours: Path) -> None:
    db = Database(ours)
    change(db, "UPDATE articles SET body = replace(hex(zeroblob(100000)), '00', 'سطر ')")  # more than a pipe holds
    db.close()
    command = [sys.executable, "-m", "scrapy", "export", "-s", f"DATABASE_PATH={ours}"]
    with running(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_a_fifo_is_written_to_and_stays_one(ours: Path, tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    with running(["cat", str(fifo)], stdout=subprocess.PIPE) as reader:
        assert typed(export, ours, "--format", "jsonl", str(fifo)) == 0
        assert reader.stdout is not None
        assert len(reader.stdout.read().splitlines()) == 6
    assert fifo.is_fifo()


# --- the data set card ----------------------------------------------------------------------------------------------------


def test_a_parquet_export_is_a_data_set(ours: Path, tmp_path: Path) -> None:
    assert typed(export, ours, str(tmp_path / "set" / "news.parquet")) == 0
    card = (tmp_path / "set" / "README.md").read_text("utf-8")
    assert card.startswith("---\n")
    for line in ('    path: "news.parquet"', "- n<1K", "- split: train", '- "ar"'):
        assert line.removeprefix("- n") in card
    assert "6 articles" in card
    assert "2025-05-01 to 2025-05-06" in card
    table = parquet.read_table(tmp_path / "set" / "news.parquet")
    assert (table.num_rows, str(table.schema.field("observed_at").type)) == (6, "timestamp[us, tz=UTC]")
    assert table["keywords"][0].as_py() == []


def test_the_front_matter_is_yaml(ours: Path, tmp_path: Path) -> None:
    yaml = pytest.importorskip("yaml")
    typed(export, ours, str(tmp_path / "set" / "أخبار: 1.parquet"))
    matter = yaml.safe_load((tmp_path / "set" / "README.md").read_text("utf-8").split("---\n")[1])
    assert matter["configs"][0]["data_files"] == [{"split": "train", "path": "أخبار: 1.parquet"}]


def test_a_readme_of_somebody_else_stays(ours: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "README.md").write_text("mine", "utf-8")
    for _ in range(2):
        assert typed(export, ours, str(tmp_path / "news.parquet")) == 0
    assert (tmp_path / "README.md").read_text("utf-8") == "mine"
    assert "6 articles" in (tmp_path / "news.card.md").read_text("utf-8")
    assert "somebody else's" in capsys.readouterr().err


def test_a_card_of_ours_is_made_anew(ours: Path, tmp_path: Path) -> None:
    for choice in ([], ["--limit", "2", "--clusters", "first"]):
        typed(export, ours, *choice, str(tmp_path / "set" / "news.parquet"))
    card = (tmp_path / "set" / "README.md").read_text("utf-8")
    assert "2 articles" in card
    assert "--limit 2" in card
    assert "published first is in it" in card


def test_parquet_without_pyarrow_names_what_to_install(
    ours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert typed(export, ours, str(tmp_path / "a.parquet")) == 1
    assert "pip install -e '.[export]'" in capsys.readouterr().err
    assert [path.name for path in tmp_path.glob("a.parquet*")] == []
