"""Time as the system has it, and waiting that a signal or the end of a child cuts short."""

import os
import select
import signal
import time
from datetime import UTC, datetime

_ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class SystemClock:
    """There can be one in a process, made by its main thread: the handlers of signals are its own."""

    def __init__(self) -> None:
        self.asked_to_stop = 0  # times
        self._reader, writer = os.pipe()
        for end in (self._reader, writer):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # the default would not wake us
        for number in _ENDING:
            if signal.getsignal(number) is not signal.SIG_IGN:  # nohup
                signal.signal(number, self._asked)

    def now(self) -> datetime:
        return datetime.now(UTC)

    def seconds(self) -> float:
        """Of a clock that nobody sets."""
        return time.monotonic()

    def wait(self, seconds: float) -> None:
        """Until then, or until a child ends or a signal comes, also if it came before."""
        if select.select([self._reader], [], [], max(0.0, seconds))[0]:
            os.read(self._reader, 4096)

    def _asked(self, *_: object) -> None:
        self.asked_to_stop += 1
