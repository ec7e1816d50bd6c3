"""Pages to read: the list of articles, one article, two wordings side by side."""

import re
import sqlite3
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from almasalla_crawler.inspect.answers import ask, found, render
from almasalla_crawler.inspect.charts import charts
from almasalla_crawler.inspect.differences import Part, interleaved
from almasalla_crawler.storage import lookup
from almasalla_crawler.storage.overview import Wanted, days, listed_articles

_PER_PAGE = 30
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_AFTER = re.compile(r"(\d{4}-\d\d-\d\d|),(\d{1,18})", re.A)


async def articles(request: Request, datasette: Datasette) -> Response:
    wanted = _wanted(request)
    after = _AFTER.fullmatch(request.args.get("after") or "")
    behind = (after[1], int(after[2])) if after else None

    def question(connection: sqlite3.Connection) -> dict[str, Any]:
        listed = listed_articles(connection, wanted, behind, _PER_PAGE + 1)
        return {"articles": listed, "charts": charts(days(connection, *wanted.publisher)) if wanted.publisher else []}

    answer = await ask(datasette, question)
    shown = answer["articles"][:_PER_PAGE]
    more = f"{shown[-1]['day'] or ''},{shown[-1]['id']}" if len(answer["articles"]) > _PER_PAGE else ""
    return await render(datasette, request, "articles.html", articles=shown, wanted=wanted, more=more, charts=answer["charts"])


def _wanted(request: Request) -> Wanted:
    """An empty publisher means the articles that name none."""
    since, until = (request.args.get(name) or "" for name in ("since", "until"))
    publisher = (request.args.get("publisher") or None,) if "publisher" in request.args else ()
    return Wanted(publisher, since if _DAY.fullmatch(since) else "", until if _DAY.fullmatch(until) else "")


async def article(request: Request, datasette: Datasette) -> Response:
    number = int(request.url_vars["id"])

    shown = found(await ask(datasette, lambda connection: lookup.article(connection, number)), f"There is no article {number}.")
    fields: dict[str, list[dict[str, Any]]] = {}
    for fact in shown["facts"]:
        fields.setdefault(fact["field"], []).append(fact)
    return await render(datasette, request, "article.html", article=shown, fields=fields)


async def beside(request: Request, datasette: Datasette) -> Response:
    """Two articles that are one text, or nearly."""
    number, other = int(request.url_vars["id"]), int(request.url_vars["other"])

    def question(connection: sqlite3.Connection) -> tuple[Any, Any]:
        return lookup.wording(connection, number), lookup.wording(connection, other)

    first, second = await ask(datasette, question)
    found(first, f"There is no article {number}.")
    found(second, f"There is no article {other}.")
    title, body = _interleaved(first, second, "title"), _interleaved(first, second, "body")
    return await render(datasette, request, "beside.html", first=first, second=second, title=title, body=body)


def _interleaved(first: dict[str, Any], second: dict[str, Any], field: str) -> list[list[Part]]:
    return interleaved(first[field] or "", second[field] or "")
