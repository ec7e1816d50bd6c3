"""Each target hears of each problem once, and once that it is over. What could not be sent is sent the next time."""

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from filelock import FileLock

from almasalla_crawler.alerts.messages import Message, message_of
from almasalla_crawler.alerts.targets import Alerts, Target
from almasalla_crawler.storage.alerts import note_told, untold
from almasalla_crawler.storage.database import open_database, transaction
from almasalla_crawler.storage.locks import write_lock

logger = logging.getLogger(__name__)

Send = Callable[[Target, Message, float], str]  # the last: seconds it may take; returns "" or why it failed


def send_alerts(path: Path, alerts: Alerts, outlet: str | None = None, is_dry: bool = False, send: Send | None = None) -> int:
    """Tells all targets what they do not know yet, of one outlet or of all; returns how many messages did not come through.

    A dry run prints them, and nobody counts as told. Never raises because of a target: a crawl does not fail because
    somebody could not be told of it.
    """
    failures = 0
    if not alerts.targets:
        return 0
    with FileLock(f"{path}.alerts~.lock"):  # two processes would find the same news; no outlet has a ~ in its name
        for target in alerts.targets:
            failures += not _tell(path, alerts, target, outlet, _print if is_dry else send or send_apart)
    return failures


def _tell(path: Path, alerts: Alerts, target: Target, outlet: str | None, send: Send) -> bool:
    """No transaction is open while a service is asked."""
    with closing(open_database(path, checked=False)) as connection:
        news = untold(connection, target.digest, alerts.levels, outlet)
        if not news:
            return True
        why = send(target, message_of(news), alerts.timeout_seconds)
        if why:
            logger.error("An alert could not be sent, it will be tried again: %s", why)
        elif send is not _print:
            with transaction(connection, write_lock(path)):
                note_told(connection, target.digest, news)
        return not why


def _print(target: Target, message: Message, timeout_seconds: float) -> str:
    sys.stdout.write(f"{message.type}: {message.title}\n{message.body}\n")
    return ""


def send_apart(target: Target, message: Message, timeout_seconds: float) -> str:
    """Sends in a process of its own. "" or why it failed; the address is in no message."""
    try:
        address = target.address()
    except KeyError as error:
        return f"the environment has no {error.args[0]}"
    command = [sys.executable, "-m", "almasalla_crawler.alerts.notify"]
    told = json.dumps({"url": address, "title": message.title, "body": message.body, "type": message.type})
    try:
        done = subprocess.run(command, input=told, text=True, capture_output=True, timeout=timeout_seconds, check=False,
                              cwd=Path(__file__).parents[2])  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"no answer within {timeout_seconds:g} s"
    if done.returncode == 0:
        return ""
    lines = done.stderr.replace(address, "(address)").strip().splitlines()
    return lines[-1] if lines else "the service refused it"
