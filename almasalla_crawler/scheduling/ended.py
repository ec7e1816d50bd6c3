"""What happens after a run: somebody is told of what is wrong."""

from dataclasses import dataclass
from pathlib import Path

from almasalla_crawler.alerts.after import after_crawl
from almasalla_crawler.alerts.targets import read_alerts
from almasalla_crawler.scheduling.crawls_file import Entry
from almasalla_crawler.storage.schedules import Run, RunEnd


@dataclass(frozen=True, slots=True)
class EndedRun:
    """A run with what crawls.toml says of it; `entry.alerts` and `entry.minimums` are as they stand there."""

    entry: Entry
    run: Run
    end: RunEnd  # end.crawl_id: its row in crawls, None if it came to none


def ended(database: Path, run: EndedRun) -> None:
    """Called when the row of the run is committed, in a thread beside the scheduler, one run after the other: it may take its
    time, and opens the database itself. Whatever it raises is logged and costs no crawl."""
    went_wrong = run.end.status in ("failed", "lost")
    why = (run.end.said or run.end.reason or f"exit status {run.end.exit_status}") if went_wrong else ""
    after_crawl(database, read_alerts(run.entry.alerts), run.run.spider, run.run.outlet, run.end.crawl_id, why)
