"""How a page of ours comes about: a question to the database on a reading thread, and a template for the answer."""

import sqlite3
import traceback
import zlib
from collections.abc import Callable
from json import JSONDecodeError
from pathlib import Path
from typing import Any, TypeVar

from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import Base400, NotFound, Request, Response
from datasette.views.base import DatasetteError
from markupsafe import Markup

from almasalla_crawler.inspect.choices import choices_of
from almasalla_crawler.inspect.complaints import complained
from almasalla_crawler.inspect.live import NAME, PATIENT_MS, is_table_page
from almasalla_crawler.storage.failures import explained
from almasalla_crawler.storage.overview import rows_of_one_moment
from almasalla_crawler.wording import translated, vocabulary, words

_ENDED = "This took too long and was ended. Narrow it down, or ask for it in SQL."
_SQL_ENDED = "This took too long and was ended. Narrow it down."
_COUNTED = "This is being counted, for the first time since the server was started. It is shown here as soon as it is known."
_LIMIT_MS = 5000  # far beyond what any page takes; a disk that hangs does not hang the server
T = TypeVar("T")


async def ask(datasette: Datasette, question: Callable[[sqlite3.Connection], T]) -> T:
    """The answer of functions of storage/, all of them on the database as of one moment."""

    def answer(connection: sqlite3.Connection) -> T:
        with sqlite_timelimit(connection, _LIMIT_MS), rows_of_one_moment(connection):
            return question(connection)

    found: T = await datasette.get_database(NAME).execute_fn(answer)
    return found


async def render(datasette: Datasette, request: Request, template: str, http_status: int = 200, **context: Any) -> Response:
    given = vocabulary(choices_of(request).language) | context
    return Response.html(await datasette.render_template(template, given, request=request), status=http_status)


def found(thing: T | None, message: str) -> T:
    """`thing`, or a page that says that there is none."""
    if thing is None:
        raise NotFound(message)
    return thing


def number_in(request: Request, name: str, default: int) -> int:
    """A number of the query that SQLite takes; `default` if there is none."""
    value = request.args.get(name) or ""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else default


async def explain(datasette: Datasette, request: Request, error: Exception) -> Response:
    """The page for whatever went wrong; where the database did, it says what to do about it."""
    database = datasette.get_database(NAME)
    status, message = _said(Path(database.path), error)
    if message in (_ENDED, _SQL_ENDED) and database.views.are_awaited_by(f"{request.path}?{request.query_string}"):
        status, message = 503, _COUNTED
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "error": message, "status": status}, status=status)
    language = choices_of(request).language
    said = message if isinstance(message, Markup) else complained(translated(message, language), words(language))
    patiently = _patiently(request, message)
    given = {"message": said, "status": status, "patiently": patiently, "is_awaited": message == _COUNTED}
    return await render(datasette, request, "message.html", status, **given)


def _patiently(request: Request, message: str) -> str:
    """The address of a table or view that may take as long as what a person typed; "" if that is not the matter."""
    if message != _ENDED or not is_table_page.get() or "_timelimit" in request.args:
        return ""
    return f"{request.path}?{request.query_string}{'&' if request.query_string else ''}_timelimit={PATIENT_MS}"


def _said(path: Path, error: Exception) -> tuple[int, str]:
    """Status, and words for a person; what nobody foresaw goes to the terminal too."""
    if isinstance(error, DatasetteError) and error.title == "SQL Interrupted":
        return (503, _ENDED) if is_table_page.get() else (error.status, _SQL_ENDED)
    if isinstance(error, DatasetteError):
        return error.status, Markup(error.message) if error.message_is_html else error.message
    if isinstance(error, Base400):
        return error.status, "" if str(error) == "404" else str(error)
    if isinstance(error, QueryInterrupted) or getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
        return 503, _ENDED
    if isinstance(error, sqlite3.Error | zlib.error | JSONDecodeError | OSError):
        return 500, str(explained(path, error))
    traceback.print_exception(error)
    return 500, f"{type(error).__name__}: {error}"
