"""Addresses of the REST interface of WordPress: its root, lists of posts, posts whole.

A list asks for identities and times only, which is cheap for the server; posts that are new or changed are asked for
by their ids.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from almasalla_crawler.readers.addresses import canonical_url

PER_PAGE = 100  # the most that WordPress gives
RECORDS_AT_ONCE = 25  # whole posts in one answer: their texts pass through every plugin of the site
_ROUTE = "rest_route"
_LISTED = "id,link,status,type,date,date_gmt,modified,modified_gmt,content.protected"
_WHOLE = "id,link,slug,status,type,author,date,date_gmt,modified,modified_gmt,title,content,_links,_embedded"
_EMBEDDED = "author,wp:term"


def list_url(root: str, page: int = 1, since: str = "", base: str = "posts") -> str:
    """Address of a page of the list of posts, the last changed first. `root` is that of the REST interface, `base` the place
    of a type of posts below it."""
    asked = {"per_page": PER_PAGE, "page": page, "orderby": "modified", "order": "desc", "_fields": _LISTED}
    return route_url(root, f"wp/v2/{base}", asked | ({"after": f"{since}T00:00:00"} if since else {}))


def list_page(list_address: str, page: int) -> str:
    """Address of another page of the same list."""
    return _with_query(list_address, {"page": page})


def list_since(list_address: str, since: str) -> str:
    """Address of the same list with the posts of that ISO day and later; of all posts if `since` is empty."""
    return _with_query(list_address, {"page": 1, "after": f"{since}T00:00:00" if since else None})


def root_url(root: str) -> str:
    """Address that says whose REST interface it is."""
    return route_url(root, "", {"_fields": "name,description,url,namespaces"})


def whole_url(record: str) -> str:
    """Address of one post whole."""
    return _with_query(record, {"_embed": _EMBEDDED, "_fields": _WHOLE})


def type_of(record: str) -> str:
    """Address below which the posts of its type are; `record` is that of any one of them."""
    return _split_record(record)[0]


def records_url(record: str, ids: Iterable[int]) -> str:
    """Address of whole posts of one type; `record` is that of any one of them."""
    base, _ = _split_record(record)
    asked = {"include": ",".join(map(str, ids)), "per_page": RECORDS_AT_ONCE, "_embed": _EMBEDDED, "_fields": _WHOLE}
    return _with_query(base, asked)


def record_id(record: str) -> int:
    """Number of the post at the address of a record."""
    return _split_record(record)[1]


def route_of(url: str) -> str:
    """What an address asks a REST interface for: "/" for what the site is, "/wp/v2/posts"; "" if it is none of an interface."""
    parts = urlsplit(url)
    route = dict(parse_qsl(parts.query)).get(_ROUTE) or (f"/{parts.path.partition('/wp-json')[2].strip('/')}")
    return route if _ROUTE in parts.query or "/wp-json" in parts.path else ""


def page_number(list_address: str) -> int:
    """Which page of the list this is."""
    number = dict(parse_qsl(urlsplit(list_address).query)).get("page", "1")
    return int(number) if number.isdigit() else 1


def route_url(root: str, path: str, query: dict[str, Any]) -> str:
    """With permalinks off the route is a parameter: `/index.php?rest_route=/wp/v2/posts`."""
    parts = urlsplit(root)
    given = dict(parse_qsl(parts.query))
    if _ROUTE in given:
        given[_ROUTE] = given[_ROUTE].rstrip("/") + "/" + path
        return _with_query(urlunsplit(parts._replace(query=urlencode(given))), query)
    return _with_query(urlunsplit(parts._replace(path=parts.path.rstrip("/") + "/" + path, query="")), query)


def record_url(list_address: str, number: int) -> str:
    parts = urlsplit(list_address)
    given = dict(parse_qsl(parts.query))
    if _ROUTE in given:
        return canonical_url(urlunsplit(parts._replace(query=urlencode({_ROUTE: f"{given[_ROUTE]}/{number}"}))))
    return canonical_url(urlunsplit(parts._replace(path=f"{parts.path}/{number}", query="")))


def shortlink(list_address: str, number: int) -> str:
    """`/?p=12` leads to the post for ever, whatever its permalink is or was."""
    parts = urlsplit(list_address)
    home = parts.path.partition("/wp-json/")[0] if "/wp-json/" in parts.path else parts.path.rpartition("/")[0]
    return canonical_url(urlunsplit(parts._replace(path=f"{home}/", query=f"p={number}")))


def _split_record(record: str) -> tuple[str, int]:
    """`.../wp/v2/posts/12` -> `.../wp/v2/posts`, 12."""
    parts = urlsplit(record)
    given = dict(parse_qsl(parts.query))
    if _ROUTE in given:
        given[_ROUTE], _, number = given[_ROUTE].rpartition("/")
        return urlunsplit(parts._replace(query=urlencode(given))), int(number)
    path, _, number = parts.path.rpartition("/")
    return urlunsplit(parts._replace(path=path)), int(number)


def _with_query(url: str, query: dict[str, Any]) -> str:
    """Values in `query` replace those of the address; None removes one."""
    parts = urlsplit(url)
    values = {name: value for name, value in (dict(parse_qsl(parts.query)) | query).items() if value is not None}
    return canonical_url(urlunsplit(parts._replace(query=urlencode(values))))
