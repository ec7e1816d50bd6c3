"""The search page."""

import sqlite3
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from almasalla_crawler.inspect.answers import ask, number_in, render
from almasalla_crawler.inspect.choices import choices_of
from almasalla_crawler.inspect.front import summary_of
from almasalla_crawler.storage.search import search
from almasalla_crawler.wording import translated

_PER_PAGE = 20
_FURTHEST = 1000  # results: ranking reads all of those before; whoever looks further narrows the search
_FILTERS = ("publisher", "since", "until", "role", "section")


async def search_page(request: Request, datasette: Datasette) -> Response:
    text = (request.args.get("q") or "").strip()
    filters = {name: (request.args.get(name) or "").strip() or None for name in _FILTERS}
    recent = request.args.get("order") == "recent"
    offset = min(number_in(request, "offset", 0), _FURTHEST)

    def question(connection: sqlite3.Connection) -> dict[str, Any]:
        answer: dict[str, Any] = {"publishers": [row["publisher"] for row in summary_of(datasette, connection).publishers[:200]]}
        if text:
            try:
                answer["results"] = search(connection, text, **filters, limit=_PER_PAGE, offset=offset, recent=recent)
            except ValueError as error:
                answer["problem"] = translated(str(error), choices_of(request).language)
        return answer

    given = {name: value for name, value in filters.items() if value} | ({"order": "recent"} if recent else {})
    return await render(
        datasette, request, "search.html", searched=text, filters=filters, recent=recent, offset=offset, given=given,
        per_page=_PER_PAGE, furthest=_FURTHEST, **await ask(datasette, question),
    )  # fmt: skip
