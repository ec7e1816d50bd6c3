"""Every command of the README runs, what it shows is what one sees, and the Arabic README has the same blocks."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from almasalla_crawler import settings, verdict
from almasalla_crawler.pipelines import split
from almasalla_crawler.readers import encoding, html, markup, page, seeds
from almasalla_crawler.storage import database
from tests.inspect.serving import served
from tests.servers.serving import serve
from tests.servers.wordpress import WordPress, post
from tests.typed import ROOT, SECONDS, running, scrapy

README = (ROOT / "README.md").read_text("utf-8")
ARABIC = (ROOT / "README.ar.md").read_text("utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "venv", "*.db*", ".*_cache", ".hypothesis", "__pycache__", "*.egg-info")
INSTALLS = re.compile(r"python3 -m venv \.venv|\. \.venv/bin/activate|pip install -e (\.|'\.\[\w+\]')")
TESTS = "python -m pytest"
STAYS = "scrapy schedule run"


def blocks(text: str, language: str = r"\w+") -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)


def commands() -> list[str]:
    """Commands of the sh blocks, in order; those joined by && are commands of their own."""
    script = "\n".join(blocks(README, "sh")).replace("&&\n", "\n").replace(" && ", "\n")
    return [line.strip() for line in script.splitlines() if line.strip()]


RUN_HERE = [command for command in commands() if not INSTALLS.fullmatch(command) and command != TESTS]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A copy of the project in which the first command has run, and what it said."""
    copy = tmp_path_factory.mktemp("readme") / "project"
    shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
    shutil.copy(copy / "crawls.example.toml", copy / "crawls.toml")
    return copy, run("scrapy crawl seeds", copy)


@pytest.fixture
def project(crawled: tuple[Path, str], tmp_path: Path) -> Path:
    pages = tmp_path / "saved-pages"
    shutil.copytree(ROOT / "seeds" / "arabkhabar", pages)
    return Path(shutil.copytree(crawled[0], tmp_path / "project"))


def run(command: str, project: Path) -> str:
    """Standard output of a command, typed in `project` where ~ is the folder above. Raises if it fails."""
    needs_shell = not command.startswith("scrapy ") or set(command) & set("|&;<>$~")
    is_own = needs_shell or command.startswith("scrapy newoutlet")  # which writes beside the package that runs
    done = shell(command, project) if is_own else scrapy(*shlex.split(command)[1:], cwd=project, env=environment(project))
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
    return done.stdout


def shell(command: str, project: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-c", command], check=False, cwd=project, env=environment(project), stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=SECONDS)  # fmt: skip


def environment(project: Path) -> dict[str, str]:
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return os.environ | {"PATH": programs, "HOME": str(project.parent), "PYTHONPATH": ""}


@pytest.mark.parametrize("command", [command for command in RUN_HERE if command != STAYS])
def test_a_command_of_the_readme_runs(command: str, project: Path) -> None:
    if command.startswith("scrapy inspect"):
        with served(["bash", "-c", f"exec {command} --port 0"], project, BROWSER="true", **environment(project)) as (address, _):
            assert urlopen(address, timeout=60).status == 200
        return
    run(command, project)


def test_the_first_block_sets_up_and_crawls() -> None:
    steps = ["python3 -m venv .venv", ". .venv/bin/activate", "pip install -e .", "scrapy crawl seeds"]
    assert commands()[:4] == steps
    assert blocks(README, "sh")[0].count("&&") == 3, "a step that fails must end the paste"


def test_the_second_block_runs_the_tests() -> None:
    assert blocks(README, "sh")[1] == f"pip install -e '.[dev]' && {TESTS}\n"


def test_the_summary_shown_is_the_one_printed(crawled: tuple[Path, str]) -> None:
    printed = crawled[1].partition("Look inside:")[0].strip()
    assert without_seconds(printed) == without_seconds(blocks(README, "text")[0].strip())


def without_seconds(text: str) -> str:
    return re.sub(r"[\d.]+ s$", "N s", text, flags=re.M)


def test_a_second_crawl_says_that_nothing_changed(project: Path) -> None:
    assert "Nothing changed" in run("scrapy crawl seeds", project)


def test_exports_hold_every_article(project: Path) -> None:
    count = int(run("sqlite-utils query data/almasalla.db 'SELECT count(*) FROM articles' --raw", project))
    run("scrapy crawl seeds -s DATABASE_PATH=data/fresh.db -O articles.jsonl", project)
    assert len((project / "articles.jsonl").read_text("utf-8").splitlines()) == count


def test_cron_lines_are_valid_and_say_nothing_when_all_is_well(project: Path) -> None:
    lines = blocks(README, "cron")[0].splitlines()
    (project.parent / "almasalla_crawler").symlink_to(project)
    (project / ".venv").mkdir()
    (project / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    for line in lines:
        *when, command = line.split(maxsplit=5)
        assert all(re.fullmatch(r"[\d*/,-]+", field) for field in when)
        assert run(command.replace(r"\%", "%"), project) == ""


def test_the_scheduler_stays_until_it_is_stopped(project: Path) -> None:
    assert STAYS in RUN_HERE
    with running(STAYS.split(), cwd=project, env=environment(project), stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
                 text=True) as process:  # fmt: skip
        assert process.stderr is not None
        assert "crawls.toml: recurring crawls: 1" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode == 0


def test_the_recurring_crawls_shown_run(project: Path) -> None:
    """Against a site of this machine at another port than the one shown."""
    with serve(WordPress({number: post(number) for number in range(1, 6)})) as site:
        shown = blocks(README, "toml")[0]
        (project / "crawls.toml").write_text(shown.replace("http://127.0.0.1:8000/", site.url), "utf-8")
        run("scrapy schedule run --once -s DOWNLOAD_DELAY=0 -s AUTOTHROTTLE_ENABLED=0", project)
    assert run('sqlite-utils query data/almasalla.db "SELECT status FROM runs" --raw', project) == "ok"
    found = "SELECT count(*) FROM pages WHERE state = 'stored' AND kind = 'article' AND url LIKE 'http://127.0.0.1%'"
    assert run(f'sqlite-utils query data/almasalla.db "{found}" --raw', project) == "5"


def test_the_live_crawls_shown_run(project: Path) -> None:
    """Against a site of this machine, which wants no contact."""
    [shown] = [block for block in blocks(README, "text") if "news.example" in block]
    wordpress = WordPress({number: post(number) for number in range(1, 6)})
    with serve(wordpress) as site:
        quick = "-s ALLOW_PRIVATE_ADDRESSES=1 -s DOWNLOAD_DELAY=0 -s AUTOTHROTTLE_ENABLED=0"
        listed, bounded, whole = shown.replace("https://news.example/", site.url).splitlines()
        addresses = run(f"{listed} {quick}", project).partition("\n\n")[0].split()
        assert {urlsplit(url).path for url in addresses} == {one.path for one in wordpress.public()}
        assert "5 new" in run(f"{bounded} {quick}", project)
        assert "Nothing changed" in run(f"{whole} {quick}", project)


def test_both_readmes_have_the_same_blocks() -> None:
    assert blocks(ARABIC) == blocks(README)


def test_both_readmes_have_the_same_outline() -> None:
    def outline(text: str) -> list[str]:
        return [found[1] for line in text.splitlines() if (found := re.match(r"(#+ |\| |- |!\[)", line))]

    assert outline(ARABIC) == outline(README)


@pytest.mark.parametrize("text", [README, ARABIC], ids=["English", "Arabic"])
def test_settings_table_has_the_defaults_of_settings_py(text: str) -> None:
    table = dict(re.findall(r"^\| `([A-Z_]+)` \| `([^`]*)` \|", text, re.M))
    assert table == {name: str(getattr(settings, name)) for name in table}
    ours = set(PYPROJECT["tool"]["scrapy-lint"]["known-settings"]) & vars(settings).keys()
    assert ours - table.keys() <= {"DOWNLOAD_VERIFY_CERTIFICATES", "REMOTE_CONTROL_ENABLED", "RETRY_GIVE_UP_LOG_LEVEL"}, (
        "settings of Scrapy"
    )


def test_every_command_of_the_project_is_listed() -> None:
    listed = set(re.findall(r"^\| `scrapy (\w+)", README, re.M))
    assert listed == {path.stem for path in (ROOT / "almasalla_crawler" / "commands").glob("[a-z]*.py")}


def test_every_exit_status_is_listed() -> None:
    listed = {int(number) for number in re.findall(r"^\| (\d+) \|", README, re.M)}
    assert listed == {verdict.OK, verdict.FAILED, verdict.STOPPED_EARLY, verdict.BUSY}


@pytest.mark.parametrize("text", [README, ARABIC], ids=["English", "Arabic"])
def test_limits_are_those_of_the_code(text: str) -> None:
    mib = 1024 * 1024
    limits = [
        f"{settings.SEED_MAXSIZE // mib} MiB",
        f"{page.MAX_CHARACTERS:,}",
        f"{page.MAX_SOURCE:,}",
        f"{page.MAX_LINES:,}",
        f"{split.MAX_ARTICLES}",
        f"{markup.MAX_ATTRIBUTES:,}",
        f"{html.MAX_TAGS:,}",
        f"{html.MAX_DEPTH:,}",
        f"{seeds.MAX_INDEX_BYTES // mib} MiB, {seeds.MAX_INDEX_LINE // 1024} KiB",
        f"{encoding.MAX_REPLACED_SHARE:.1%}".replace("%", " %"),
        f"{database.CHECKED_BYTES // mib} MiB",
    ]
    table = text.split("\n## ")[-2]  # the section before the licence
    assert [limit for limit in limits if not re.search(rf"(?<![\d,]){re.escape(limit)}(?![\d,])", table)] == []


def test_the_pictures_are_small() -> None:
    sizes = {name: (ROOT / name).stat().st_size for name in re.findall(r"^!\[.*\]\((.*)\)$", README, re.M)}
    assert len(sizes) == 3
    assert {name: size for name, size in sizes.items() if not 0 < size < 150_000} == {}
