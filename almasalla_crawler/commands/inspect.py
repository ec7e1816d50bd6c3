"""`scrapy inspect [--port N] [--open]`: the database as web pages on this machine, until Ctrl-C."""

import argparse
import sys

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from almasalla_crawler.paths import project_path
from almasalla_crawler.storage.database import open_readonly
from almasalla_crawler.storage.failures import DatabaseError, explaining

_MISSING = "scrapy inspect needs Datasette: pip install -e '.[inspect]' in the project's folder installs it.\n"


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's convention

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Show the database in the browser"

    def long_desc(self) -> str:
        return "Serve the database as web pages at an address of this machine only, also while a crawl writes. Ctrl-C ends it."

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--port", type=int, default=8001, metavar="N", help="0 takes any that is free (default: 8001)")
        parser.add_argument("--open", action="store_true", help="open it in the browser")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args or not 0 <= opts.port <= 65535:
            raise UsageError("scrapy inspect takes no arguments, and a port from 0 to 65535", print_help=False)
        assert self.settings is not None
        path = project_path(self.settings["DATABASE_PATH"])
        try:
            from almasalla_crawler.inspect.server import inspecting, listen, serve

            with explaining(path):
                open_readonly(path).close()  # refuses what is damaged or not ours
                datasette = inspecting(path)
            listening = listen(opts.port)
        except (DatabaseError, ModuleNotFoundError, OSError) as error:
            self._fail(error, opts.port)
            return
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        sys.stdout.write(f"{path} is shown at {address} until Ctrl-C.\n")
        sys.stdout.flush()
        if opts.open:
            _open(address)
        try:
            serve(datasette, listening)
        except KeyboardInterrupt:
            sys.stdout.write("\n")

    def _fail(self, error: Exception, port: int) -> None:
        if isinstance(error, OSError):
            sys.stderr.write(f"Port {port} cannot be used: {error.strerror}. Another one: scrapy inspect --port 0\n")
        else:
            sys.stderr.write(_MISSING if isinstance(error, ModuleNotFoundError) else f"{error}\n")
        self.exitcode = 1


def _open(address: str) -> None:
    import webbrowser

    webbrowser.open(address)
