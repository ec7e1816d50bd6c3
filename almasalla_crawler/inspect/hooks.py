"""What Datasette asks its plugins: our addresses, our words, our cells."""

from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Response
from jinja2 import Environment
from markupsafe import Markup, escape
from pluggy import HookimplMarker

from almasalla_crawler.inspect.answers import explain
from almasalla_crawler.inspect.choices import choices_of
from almasalla_crawler.inspect.complaints import complained
from almasalla_crawler.inspect.guard import App, guarded
from almasalla_crawler.inspect.live import NAME
from almasalla_crawler.inspect.translating import Translating, described
from almasalla_crawler.inspect.views import ROUTES
from almasalla_crawler.wording import LANGUAGES, isolated, words

hookimpl = HookimplMarker("datasette")


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    return ROUTES


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    env.add_extension(Translating)


@hookimpl
def asgi_wrapper() -> Any:
    def wrap(app: App) -> App:
        return guarded(app)

    return wrap


@hookimpl
def extra_template_vars(request: Any, datasette: Datasette) -> dict[str, Any]:
    """For base.html, which Datasette's own pages have too: names that none of them uses."""
    choices = choices_of(request)
    say = words(choices.language)
    file_name = datasette.get_database(NAME).path
    return {
        "_": say,
        "described": lambda description: described(description, say, isolated),
        "complained": lambda message: complained(str(message), say),
        "choices": choices,
        "languages": LANGUAGES,
        "tables_at": f"/{NAME}",
        "file_name": file_name,
    }


@hookimpl
def handle_exception(datasette: Datasette, request: Any, exception: Exception) -> Any:
    async def answer() -> Response:
        return await explain(datasette, request, exception)

    return answer


@hookimpl
def render_cell(value: Any, column: str, table: str | None, database: str) -> Markup | None:
    """Ids lead to the readable pages, and days to their articles; everything else is Datasette's."""
    if database != NAME or value is None:
        return None
    shown = value["value"] if isinstance(value, dict) and "value" in value else value
    target = _PAGES_OF.get(column) or (_PAGES_OF.get(f"{table}.id") if column == "id" else None)
    if target and isinstance(shown, int):
        return Markup('<a href="/{}/{}">{}</a>').format(target, shown, shown)
    if column == "publisher" and isinstance(shown, str):
        return Markup('<a href="/articles?{}">{}</a>').format(urlencode({"publisher": shown}), shown)
    if isinstance(shown, str) and len(shown) > 400 and column in ("body_key", "title_key"):
        return Markup("{}…").format(escape(shown[:80]))
    return None


_PAGES_OF = {
    "first_by_date": "articles", "first_by_sighting": "articles", "last_crawl_id": "crawls", "over_crawl_id": "crawls",
    "article_id": "articles", "article_a": "articles", "article_b": "articles", "articles.id": "articles",
    "main_articles.id": "articles", "page_id": "pages", "discovered_from": "pages", "text_page_id": "pages", "pages.id": "pages",
    "crawl_id": "crawls", "leased_by": "crawls", "crawls.id": "crawls", "crawl_health.id": "crawls",
}  # fmt: skip
