"""Types a command without starting a process for it."""

import argparse
from pathlib import Path
from typing import Any

from scrapy.settings import Settings


def typed(module: Any, database: Path, *arguments: str) -> int:
    """Exit status of `scrapy <command>` of a module of commands/. SystemExit and UsageError are raised."""
    command = module.Command()
    command.settings = Settings({"DATABASE_PATH": str(database), "SEED_MAXSIZE": 1 << 20})
    parser = argparse.ArgumentParser()
    command.add_options(parser)
    options, rest = parser.parse_known_args(list(arguments))
    command.run([*options.__dict__.pop("args", []), *rest], options)
    return int(command.exitcode)
