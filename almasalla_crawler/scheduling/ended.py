"""What happens after a run: the log has it, and somebody is told of what is wrong, or well again."""

import logging
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from almasalla_crawler.alerts.send import send_alerts
from almasalla_crawler.alerts.targets import read_alerts
from almasalla_crawler.scheduling.entries import Entry
from almasalla_crawler.storage.schedules import Run, RunEnd

TELL_AGAIN_S = 900.0  # a service that did not take a message is asked again
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class EndedRun:
    """A run with what crawls.toml says of it; `entry.alerts` and `entry.minimums` are as they stand there."""

    entry: Entry
    run: Run
    end: RunEnd  # end.crawl_id: its row in crawls, None if it came to none


class Following:
    """Tells of runs in a thread beside the scheduler, one after the other: it may take its time, and costs no crawl."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.executor: Executor = ThreadPoolExecutor(1, "after_crawls")
        self.untold: dict[str, tuple[Future[int], EndedRun, float]] = {}  # by name of the entry; when it began

    def begin(self, run: EndedRun, seconds: float) -> None:
        """To be called when the row of the run and its problems are committed. `seconds`: of a clock that nobody sets."""
        if run.entry.alerts:
            self.untold[run.entry.name] = self.executor.submit(_tell, self.database, run), run, seconds

    def again(self, seconds: float) -> None:
        """What did not come through, after a while."""
        for name, (future, run, began) in list(self.untold.items()):
            if future.done() and not future.result():
                del self.untold[name]
            elif future.done() and seconds - began >= TELL_AGAIN_S:
                self.begin(run, seconds)


def _tell(database: Path, run: EndedRun) -> int:
    """How many messages did not come through."""
    try:
        return send_alerts(database, read_alerts(run.entry.alerts), run.run.outlet)
    except Exception:
        logger.exception("%s: what follows a crawl failed", run.entry.name)
        return 1


def log_end(name: str, end: RunEnd, seconds: float) -> None:
    level = {"failed": logging.ERROR, "partial": logging.WARNING}.get(end.status, logging.INFO)
    why = f" ({end.reason})" if end.reason else f" (exit status {end.exit_status})" if end.exit_status else ""
    logger.log(level, "%s: %s%s after %.0f s%s", name, end.status, why, seconds, f"\n{end.said}" if end.said else "")
