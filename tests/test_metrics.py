"""The Prometheus text file, as its own parser reads it."""

from pathlib import Path

import pytest

from almasalla_crawler.health.findings import FAILED, Finding
from almasalla_crawler.metrics import write_metrics
from almasalla_crawler.storage.crawls import CrawlEnd
from almasalla_crawler.storage.database import open_readonly
from almasalla_crawler.storage.metrics import crawl_states, database_state
from tests.storage.news_pages import Database

parser = pytest.importorskip("prometheus_client.parser")

Samples = dict[tuple[str, str, str], float]


def samples(file: Path) -> Samples:
    """Value by name, outlet and the other label."""
    families = parser.text_string_to_metric_families(file.read_text("utf-8"))
    return {
        (
            one.name.removeprefix("almasalla_"),
            one.labels.get("outlet", ""),
            one.labels.get("reason", one.labels.get("level", "")),
        ): one.value
        for family in families
        for one in family.samples
    }


@pytest.fixture
def db(tmp_path: Path) -> Database:
    """Two outlets, one of which failed the last time; a page that is due for an hour."""
    db = Database(tmp_path / "a.db")
    ends = [("roof", "ok", 9, []), ("roof", "failed", 0, [Finding("kept", FAILED, "")]), ('a "cellar"\n', "ok", 3, [])]
    for outlet, status, articles, findings in ends:
        db.exporter.begin_crawl("site", outlet, {})
        stats = {"almasalla/rejects/no_article": 4}
        db.exporter.end_crawl(CrawlEnd("finished", status, articles, articles, 0, 4, 1, stats, findings))
    db.connection.execute(
        "INSERT INTO pages (url, outlet, state, first_seen_at, last_seen_at, due_at) VALUES ('u', 'roof', 'discovered', '', '',"
        " '2025-06-01T11:00:00Z')"
    )
    return db


def written(db: Database, file: Path) -> Samples:
    connection = open_readonly(db.exporter.path)
    write_metrics(file, crawl_states(connection), database_state(connection, db.exporter.path, "2025-06-01T12:00:00Z"))
    connection.close()
    db.close()
    return samples(file)


def test_the_latest_crawl_of_each_outlet_is_told(db: Database, tmp_path: Path) -> None:
    found = written(db, tmp_path / "new" / "almasalla.prom")
    assert found["crawl_health", "roof", ""] == 2
    assert found["crawl_health", 'a "cellar"\n', ""] == 0
    assert found["crawl_articles_new", "roof", ""] == 0
    assert found["crawl_rejects", "roof", "no_article"] == 4
    assert found["crawl_success_timestamp_seconds", "roof", ""] <= found["crawl_finished_timestamp_seconds", "roof", ""]


def test_the_state_of_the_database_is_told(db: Database, tmp_path: Path) -> None:
    found = written(db, tmp_path / "almasalla.prom")
    assert found["articles", "", ""] == 0
    assert found["database_bytes", "", ""] > 0
    assert found["problems_open", "", "failed"] == 1
    assert found["pages_due", "roof", ""] == 1
    assert found["oldest_due_seconds", "roof", ""] == pytest.approx(3600, abs=1)


def test_the_file_is_replaced_whole(db: Database, tmp_path: Path) -> None:
    (tmp_path / "almasalla.prom").write_text("old", "utf-8")
    written(db, tmp_path / "almasalla.prom")
    assert [path.name for path in tmp_path.glob("*.prom*")] == ["almasalla.prom"]


def test_a_killed_crawl_has_no_end_and_no_health(db: Database, tmp_path: Path) -> None:
    db.exporter.begin_crawl("site", "roof", {})
    found = written(db, tmp_path / "almasalla.prom")
    assert ("crawl_health", "roof", "") not in found
    assert found["crawl_pages", "roof", ""] == 0
    assert found["crawl_success_timestamp_seconds", "roof", ""] > 0
