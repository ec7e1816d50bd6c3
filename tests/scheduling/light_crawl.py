"""Stands for `scrapy crawl SPIDER OUTLET SECONDS FOLDER [deaf]`: starts in no time, and tells when it runs beside itself.

The locks are freed however it ends, so `FOLDER/twice` exists only if two ran at a time.
"""

import fcntl
import os
import signal
import sys
import time
from pathlib import Path

from almasalla_crawler.scheduling.child import end_with_the_scheduler


def main(spider: str, outlet: str, seconds: str, folder: str, *rest: str) -> None:
    if "deaf" in rest:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    end_with_the_scheduler(grace_s=0.5)
    locks = [os.open(Path(folder) / f"{name}.lock", os.O_RDWR | os.O_CREAT) for name in (spider, f"outlet-{outlet}")]
    try:
        for lock in locks:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        Path(folder, "twice").touch()
    with Path(folder, "ran").open("a", encoding="utf-8") as ran:
        ran.write(f"{spider} {os.getpid()}\n")
    print(f"{spider} runs", flush=True)
    if "parent" in rest:  # leaves a process of its own behind
        os.fork() or time.sleep(300)
    time.sleep(float(seconds))
    if "fails" in rest:
        sys.exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
