"""What a crawl does that a scheduler started: it ends when the scheduler is gone, however that died."""

import os
import signal
import stat
import threading
import time

SCHEDULER_FD = "ALMASALLA_SCHEDULER_FD"  # environment: the end of a pipe that nobody writes to and only the scheduler holds open
GRACE_S = 15.0  # seconds for pages under way; whatever is lost then is fetched again by the next crawl


def end_with_the_scheduler(grace_s: float = GRACE_S) -> None:
    """Of a crawl that nobody scheduled: nothing."""
    number = os.environ.pop(SCHEDULER_FD, "")
    if number.isdecimal() and _is_pipe(int(number)):
        os.set_inheritable(int(number), False)
        threading.Thread(target=_watch, args=(int(number), grace_s), daemon=True).start()


def _is_pipe(fd: int) -> bool:
    try:
        return stat.S_ISFIFO(os.fstat(fd).st_mode)
    except OSError:
        return False


def _watch(fd: int, grace_s: float) -> None:
    """Asks as Ctrl-C would, so that the row of the crawl says what happened; a crawl that does not listen is killed."""
    while os.read(fd, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(grace_s)
    os.kill(os.getpid(), signal.SIGKILL)
