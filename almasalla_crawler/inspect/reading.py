"""Pages to read: the list of articles, one article, two wordings side by side."""

import re
import sqlite3
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from almasalla_crawler.inspect.answers import ask, found, render
from almasalla_crawler.inspect.charts import charts
from almasalla_crawler.inspect.differences import Part, differences
from almasalla_crawler.storage import lookup
from almasalla_crawler.storage.overview import Wanted, days, listed_articles

_PER_PAGE = 30
_SHOWN_REVISIONS = 5  # with their differences; of more one sees the list
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

    def question(connection: sqlite3.Connection) -> tuple[Any, list[Changes]]:
        shown = lookup.article(connection, number)
        return shown, _changes_of_revisions(shown) if shown else []

    shown, changes = await ask(datasette, question)
    found(shown, f"There is no article {number}.")
    fields: dict[str, list[dict[str, Any]]] = {}
    for fact in shown["facts"]:
        fields.setdefault(fact["field"], []).append(fact)
    return await render(datasette, request, "article.html", article=shown, fields=fields, changes=changes)


Changes = dict[str, list[list[Part]]]  # of "title" and "body"


def _changes_of_revisions(article: dict[str, Any]) -> list[Changes]:
    """Between each of the latest revisions and the text after it."""
    texts = [article, *article["revisions"]]
    return [_changes(before, after) for before, after in zip(texts[1 : _SHOWN_REVISIONS + 1], texts, strict=False)]


def _changes(before: dict[str, Any], after: dict[str, Any]) -> Changes:
    """What became of headline and text; where nothing changed all parts are the same."""
    return {
        "title": differences([before["title"] or ""], [after["title"] or ""]),
        "body": differences(before["body"].split("\n\n"), after["body"].split("\n\n")),
    }


async def beside(request: Request, datasette: Datasette) -> Response:
    """Two articles that are one text, or nearly."""
    number, other = int(request.url_vars["id"]), int(request.url_vars["other"])

    def question(connection: sqlite3.Connection) -> tuple[Any, Any, Changes]:
        first, second = lookup.wording(connection, number), lookup.wording(connection, other)
        return first, second, _changes(first, second) if first and second else {}

    first, second, changes = await ask(datasette, question)
    found(first, f"There is no article {number}.")
    found(second, f"There is no article {other}.")
    return await render(datasette, request, "beside.html", first=first, second=second, changes=changes)
