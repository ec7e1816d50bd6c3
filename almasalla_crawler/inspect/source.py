"""The page as it was read: every line with what became of it and the rule that decided."""

import sqlite3
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from almasalla_crawler.arabic.letters import count_letters
from almasalla_crawler.inspect.answers import ask, found, number_in, render
from almasalla_crawler.inspect.roles import NAMES, family, legend, runs
from almasalla_crawler.storage import lookup

_AT_ONCE = 1000  # lines


async def source(request: Request, datasette: Datasette) -> Response:
    number, wanted = int(request.url_vars["id"]), number_in(request, "capture", 0)

    def question(connection: sqlite3.Connection) -> tuple[Any, Any, list[dict[str, Any]], int]:
        page = lookup.page(connection, number)
        captures = page["captures"] if page else []
        capture = next((one for one in captures if one["id"] == wanted), captures[0] if captures else None)
        lines = lookup.capture_lines(connection, capture["id"]) if capture else []
        return page, capture, lines, count_letters("\n".join(line["text"] for line in lines))

    page, capture, lines, letters = await ask(datasette, question)
    found(page, f"There is no page {number}.")
    role, begin = request.args.get("role") or "", number_in(request, "from", 1)
    chosen = [line for line in lines if role in ("", line["role"], f"family:{family(line['role'])}") and line["number"] >= begin]
    return await render(
        datasette, request, "source.html", page=page, capture=capture, role=role, legend=legend(lines), family=family,
        families=NAMES, runs=runs(chosen[:_AT_ONCE]), shown=len(chosen[:_AT_ONCE]), more=_number_of(chosen[_AT_ONCE:]),
        articles=_articles_by_index(page, capture, lines), line_count=len(lines), letters=letters,
    )  # fmt: skip


def _number_of(rest: list[dict[str, Any]]) -> int:
    """Of the first line that is not shown; 0 if all are."""
    return int(rest[0]["number"]) if rest else 0


def _articles_by_index(page: dict[str, Any], capture: Any, lines: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """The stored article behind each article of these lines, told by the line with which it begins."""
    begins = {line["number"]: line["article"] for line in lines if line["article"] is not None}
    shown = [one for one in page["articles"] if capture and one["capture_id"] == capture["id"]]
    return {begins[one["first_line"]]: one for one in shown if one["first_line"] in begins}
