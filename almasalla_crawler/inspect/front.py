"""Pages that give an overview: the front page, publishers, crawls, rejects."""

import json
import shlex
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from almasalla_crawler.inspect.answers import ask, found, number_in, render
from almasalla_crawler.inspect.charts import charts
from almasalla_crawler.inspect.live import NAME
from almasalla_crawler.inspect.summaries import Summaries
from almasalla_crawler.storage.database import open_live
from almasalla_crawler.storage.health import open_problems
from almasalla_crawler.storage.overview import (
    Summary,
    Wanted,
    crawl,
    listed_articles,
    listed_crawls,
    listed_rejects,
    rows_of_one_moment,
)

_LAST = 2**62  # above every id
_summaries: dict[str, Summaries] = {}  # by the path of the database


def summary_of(datasette: Datasette, connection: sqlite3.Connection) -> Summary:
    path = datasette.get_database(NAME).path
    return _summaries.setdefault(path, Summaries()).of(connection)


def count_ahead(datasette: Datasette) -> None:
    """So that who opens the front page first does not wait for all of it."""
    path = Path(datasette.get_database(NAME).path)
    with suppress(sqlite3.Error), closing(open_live(path)) as connection, rows_of_one_moment(connection):
        summary_of(datasette, connection)


async def front(request: Request, datasette: Datasette) -> Response:
    def question(connection: sqlite3.Connection) -> dict[str, Any]:
        return {
            "summary": summary_of(datasette, connection),
            "problems": open_problems(connection),
            "crawls": listed_crawls(connection, _LAST, 6),
            "articles": listed_articles(connection, Wanted(), None, 7),
        }

    answer = await ask(datasette, question)
    return await render(datasette, request, "front.html", charts=charts(answer["summary"].days), **answer)


async def publishers(request: Request, datasette: Datasette) -> Response:
    summary = await ask(datasette, lambda connection: summary_of(datasette, connection))
    shown = 2000 if request.args.get("all") else 100
    return await render(datasette, request, "publishers.html", summary=summary, shown=shown, outlets=_outlets(summary))


def _outlets(summary: Summary) -> dict[str, dict[str, int]]:
    """How many pages of each outlet are in each state."""
    states: dict[str, dict[str, int]] = {}
    for row in summary.pages:
        states.setdefault(row["outlet"] or "", {})[row["state"]] = row["pages"]
    return states


async def crawls(request: Request, datasette: Datasette) -> Response:
    before = number_in(request, "before", _LAST)
    listed = await ask(datasette, lambda connection: listed_crawls(connection, before, 51))
    return await render(datasette, request, "crawls.html", crawls=listed[:50], has_more=len(listed) > 50)


async def one_crawl(request: Request, datasette: Datasette) -> Response:
    number = int(request.url_vars["id"])
    shown = found(await ask(datasette, lambda connection: crawl(connection, number)), f"There is no crawl {number}.")
    stats = json.loads(shown["stats"] or "{}")
    typed = as_typed(shown["spider"], json.loads(shown["arguments"] or "{}"))
    return await render(datasette, request, "crawl.html", crawl=shown, typed=typed, stats=sorted(stats.items()))


def as_typed(spider: str, arguments: dict[str, Any]) -> str:
    """The command of a crawl; reading stored pages again has one of its own."""
    if spider == "reparse":
        return "scrapy reparse --all" if arguments.get("all") else "scrapy reparse"
    given = [part for name, value in arguments.items() for part in ("-a", f"{name}={value}")]
    return shlex.join(["scrapy", "crawl", spider, *given])


async def rejects(request: Request, datasette: Datasette) -> Response:
    stage, reason = request.args.get("stage") or "", request.args.get("reason") or ""
    before = number_in(request, "before", _LAST)

    def question(connection: sqlite3.Connection) -> dict[str, Any]:
        listed = listed_rejects(connection, stage, reason, before, 51)
        return {"summary": summary_of(datasette, connection), "rejects": listed[:50], "has_more": len(listed) > 50}

    answer = await ask(datasette, question)
    return await render(datasette, request, "rejects.html", stage=stage, reason=reason, **answer)
