"""What happens after a run: somebody is told of what is wrong, or well again."""

from dataclasses import dataclass
from pathlib import Path

from almasalla_crawler.alerts.send import send_alerts
from almasalla_crawler.alerts.targets import read_alerts
from almasalla_crawler.scheduling.crawls_file import Entry
from almasalla_crawler.storage.schedules import Run, RunEnd


@dataclass(frozen=True, slots=True)
class EndedRun:
    """A run with what crawls.toml says of it; `entry.alerts` and `entry.minimums` are as they stand there."""

    entry: Entry
    run: Run
    end: RunEnd  # end.crawl_id: its row in crawls, None if it came to none


def ended(database: Path, run: EndedRun) -> int:
    """Called when the row of the run and its problems are committed, in a thread beside the scheduler, one run after the other:
    it may take its time, and opens the database itself. Whatever it raises is logged and costs no crawl.

    Returns how many messages did not come through; it is called again then.
    """
    return send_alerts(database, read_alerts(run.entry.alerts), run.run.outlet)
