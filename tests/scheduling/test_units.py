"""What starts the scheduler: a unit that systemd takes, a line that cron takes, whatever the folder is called."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from almasalla_crawler.scheduling.units import cron_lines, systemd_unit

FOLDERS = ["project", 'أخبار 100% "خاصة"', "it's $HOME"]


def project(folder: Path) -> tuple[Path, Path]:
    """A folder with an interpreter that says where it runs and with what."""
    folder.mkdir()
    python = folder / "python"
    python.write_text('#!/bin/sh\nprintf "%s|" "$PWD" "$@"\n', "utf-8")
    python.chmod(0o755)
    return folder, python


@pytest.mark.parametrize("name", FOLDERS)
def test_the_line_for_cron_runs_in_the_folder(name: str, tmp_path: Path) -> None:
    folder, python = project(tmp_path / name)
    line = cron_lines(folder, python, ["-s", "CONTACT=a b"])
    when, command = line.split("  ", 1)
    assert (when, line.count("\n")) == ("*/5 * * * *", 1)
    unescaped = command.replace("\\%", "%")  # as cron does
    assert unescaped.count("%") == command.count("\\%")
    done = subprocess.run(["sh", "-c", unescaped], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split("|") == [
        str(folder), "-m", "scrapy", "schedule", "run", "--once", "--quiet", "-s", "CONTACT=a b", "",
    ]  # fmt: skip


def check(option: str, file: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["crontab", option, str(file)], capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.skipif(shutil.which("crontab") is None, reason="there is no cron")
@pytest.mark.parametrize("name", FOLDERS)
def test_cron_takes_the_line(name: str, tmp_path: Path) -> None:
    (tmp_path / "crontab").write_text(cron_lines(tmp_path / name, Path("/usr/bin/python3"), []), "utf-8")
    done = check("-T", tmp_path / "crontab")
    if "invalid option" in done.stderr:  # of Debian, whose option means something else to the others
        done = check("-n", tmp_path / "crontab")
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd")
@pytest.mark.parametrize("name", FOLDERS)
def test_systemd_takes_the_unit(name: str, tmp_path: Path) -> None:
    folder, python = project(tmp_path / name)
    unit = tmp_path / "almasalla-crawler.service"
    unit.write_text(systemd_unit(folder, python, ["-s", "CONTACT=a b; $c 5%"]), "utf-8")
    environment = os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)}
    done = subprocess.run(["systemd-analyze", "verify", "--user", str(unit)], capture_output=True, text=True, check=False, timeout=60,
                          env=environment)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_the_words_of_the_unit_are_escaped() -> None:
    unit = systemd_unit(Path("/a b"), Path("/a b/python"), ["-s", 'CONTACT="50%" $x'])
    assert 'ExecStart=/usr/bin/env "/a b/python" -m scrapy schedule run -s "CONTACT=\\"50%%\\" $$x"\n' in unit
    assert "WorkingDirectory=/a b\n" in unit
