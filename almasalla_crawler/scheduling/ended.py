"""What happens after a run: nothing yet."""

from dataclasses import dataclass
from pathlib import Path

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
