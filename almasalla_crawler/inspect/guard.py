"""What stands between the browser and every page: which hosts may ask, what a page may load, what was chosen."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import quote

from almasalla_crawler.inspect.choices import cookies_to_set, query_without_choices, read_choices
from almasalla_crawler.inspect.live import NAME, is_read_as_page, is_table_page

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Any, Send], Awaitable[None]]

# Nothing is loaded from elsewhere and no script in a page runs, whatever the data holds. Datasette's own pages carry
# styles in the page.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = [
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),  # an outlet is not told which article of it somebody reads here
]
_NAMES = {name for name, _ in _HEADERS}
_HOSTS = {"127.0.0.1", "localhost", "[::1]"}


def guarded(app: App) -> App:
    async def asgi(scope: Scope, receive: Any, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if not _is_ours(headers.get("host", "")):
            await _refuse(send)
            return
        query = scope["query_string"].decode("latin-1")
        rest = query_without_choices(query)

        async def send_with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                cookies = [(b"set-cookie", cookie.encode()) for cookie in cookies_to_set(query)]
                others = [(name, value) for name, value in message.get("headers", []) if name.lower() not in _NAMES]
                message = {**message, "headers": [*others, *_HEADERS, *cookies]}
            await send(message)

        is_read_as_page.set(not scope["path"].endswith((".json", ".csv")))
        is_table_page.set(is_read_as_page.get() and scope["path"].startswith(f"/{NAME}/"))
        choices = read_choices(quote(scope["path"]), query, headers)
        await app({**scope, "query_string": rest.encode("latin-1"), "choices": choices}, receive, send_with_headers)

    return asgi


def _is_ours(host: str) -> bool:
    """A name server of somebody else may point its name at 127.0.0.1, and its page then read what is served here."""
    name, _, port = host.rpartition(":")
    return (name if port.isdecimal() and name else host) in _HOSTS


async def _refuse(send: Send) -> None:
    body = b"Open this under 127.0.0.1 or localhost.\n"
    await send({"type": "http.response.start", "status": 400, "headers": [(b"content-type", b"text/plain; charset=utf-8")]})
    await send({"type": "http.response.body", "body": body})
