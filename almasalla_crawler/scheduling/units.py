"""Lines for cron and a unit for systemd, for this folder and this interpreter."""

import shlex
from pathlib import Path

from almasalla_crawler.scheduling.decide import STOP_GRACE_S


def cron_lines(folder: Path, python: Path, options: list[str], minutes: int = 5) -> str:
    """Every few minutes whatever is due; cron sends as mail what a run prints, which is nothing if all is well."""
    words = [str(python), "-m", "scrapy", "schedule", "run", "--once", "--quiet", *options]
    command = f"cd {shlex.quote(str(folder))} && {shlex.join(words)}"
    return f"*/{minutes} * * * *  {command.replace('%', chr(92) + '%')}\n"


def systemd_unit(folder: Path, python: Path, options: list[str]) -> str:
    """A service that runs the scheduler. Crawls have a minute to end before the rest of them is killed."""
    # systemd takes no quotes in the name of a program, but in those of its arguments
    words = " ".join(_unit_word(word) for word in ["/usr/bin/env", str(python), "-m", "scrapy", "schedule", "run", *options])
    return f"""\
# systemctl --user edit --full --force almasalla-crawler.service   (or as root, without --user and with User=)
# systemctl --user enable --now almasalla-crawler.service
# loginctl enable-linger                                           (so that it runs while you are not logged in)
[Unit]
Description=Recurring crawls of {_percent(str(folder))}
Wants=network-online.target
After=network-online.target

[Service]
WorkingDirectory={_percent(str(folder))}
ExecStart={words}
Restart=on-failure
RestartSec=60
KillMode=mixed
TimeoutStopSec={STOP_GRACE_S + 30:.0f}
SuccessExitStatus=75

[Install]
WantedBy=default.target
"""


def _unit_word(word: str) -> str:
    """As systemd.syntax(7) has it; $ would be an environment variable, % a specifier."""
    escaped = _percent(word).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{escaped}"' if set(escaped) & set(" \t\"'\\;") else escaped


def _percent(text: str) -> str:
    return text.replace("%", "%%")
