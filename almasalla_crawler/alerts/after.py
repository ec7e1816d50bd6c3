"""What a scheduler calls when a crawl's process has ended."""

from contextlib import closing
from pathlib import Path

from almasalla_crawler.alerts.send import Send, send_alerts
from almasalla_crawler.alerts.targets import Alerts
from almasalla_crawler.storage.database import open_database, transaction
from almasalla_crawler.storage.health import note_absent, note_unfinished
from almasalla_crawler.storage.locks import write_lock


def after_crawl(
    path: Path, alerts: Alerts, spider: str, outlet: str, crawl_id: int | None, why: str = "", send: Send | None = None
) -> int:
    """Notes a crawl that was killed, or that never began, as a problem; then tells of what its monitors found.

    `crawl_id`: its row, None if it came to none; `why`: what went wrong, in words, "" if nothing did or if a crawl with a row
    says it itself. Returns how many messages did not come through. Takes as long as the targets do.
    """
    with closing(open_database(path, checked=False)) as connection, transaction(connection, write_lock(path)):
        if crawl_id is not None:
            note_unfinished(connection, crawl_id, why or "the crawl was killed, or its process crashed")
        elif why:
            note_absent(connection, spider, outlet, why)
    return send_alerts(path, alerts, outlet, send=send)
