"""What a crawl leaves beside the database: JSON on the terminal, a log of its own, a file of metrics."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.crawl.saved_crawls import crawl, save

FORGED = "خبر\x1b[31m\n2025-01-01 00:00:00 [scrapy] ERROR: forged"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("records")


@pytest.fixture(scope="module")
def crawled(place: Path) -> CompletedProcess[str]:
    """A crawl of a page without an article, whose name is hostile."""
    save(place / "saved", f"{FORGED.replace('/', '')}.html", "<html><body><p>صفحة</p></body></html>")
    save(place / "saved", "good.txt", (Path(__file__).parents[2] / "seeds" / "arabkhabar" / "9001377.txt").read_bytes())
    settings = {"CRAWL_LOG_DIR": place / "logs", "METRICS_FILE": place / "a.prom"}
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    return crawl(place / "saved", place / "a.db", "--json", *options)


def test_the_summary_is_one_json_object(crawled: CompletedProcess[str]) -> None:
    told = json.loads(crawled.stdout)
    assert (crawled.returncode, told["exit_code"], told["status"], told["health"]) == (0, 0, "ok", "ok")
    assert (told["counts"]["pages"], told["counts"]["rejects/no_article"]) == (1, 1)


def test_every_line_of_the_log_is_json(crawled: CompletedProcess[str]) -> None:
    lines = [json.loads(line) for line in crawled.stderr.splitlines()]
    assert lines[0]["message"].startswith("Scrapy ")
    assert any(FORGED in line["message"] or "forged" in line["message"] for line in lines)


def test_the_crawl_s_row_names_its_log(crawled: CompletedProcess[str], place: Path) -> None:
    with closing(sqlite3.connect(place / "a.db")) as connection:
        ((log_file,),) = connection.execute("SELECT log_file FROM crawls").fetchall()
    assert Path(log_file).parent == place / "logs"
    lines = Path(log_file).read_text("utf-8").splitlines()
    assert json.loads(lines[-1])["message"] == "Spider closed (finished)"


def test_the_metrics_tell_of_this_crawl(crawled: CompletedProcess[str], place: Path) -> None:
    pytest.importorskip("prometheus_client")
    assert 'almasalla_crawl_pages{outlet="seeds",spider="seeds"} 1.0\n' in (place / "a.prom").read_text("utf-8")


def test_a_minimum_that_cannot_be_meant_ends_the_crawl_with_its_name(place: Path) -> None:
    done = crawl(place / "saved", place / "b.db", "--nolog", "-s", 'HEALTH_MINIMUMS={"dates": 1}')
    assert done.returncode == 1
    assert "HEALTH_MINIMUMS.dates: there is no such minimum; did you mean date?" in done.stdout
