"""Which article a headline on a page names: that of the page it links to, else the only one with this headline."""

import sqlite3
from collections.abc import Iterable, Iterator

from almasalla_crawler.items import Mention

_BY_URL = (
    "(SELECT p.article_id FROM urls u JOIN appearances p ON p.page_id = u.page_id AND p.role = 'main'"
    " LEFT JOIN captures c ON c.id = p.capture_id WHERE u.url = {url} ORDER BY c.observed_at DESC, p.id DESC LIMIT 1)"
)
_BY_TITLE = (
    "(SELECT iif(count(*) = 1, max(id), NULL) FROM (SELECT id FROM articles WHERE {kind} <> 'link' AND title_key IS NOT NULL"
    " AND replace(title_key, ' ', '') = replace({key}, ' ', '') LIMIT 2))"
)
_NAMED = f"coalesce({_BY_URL}, {_BY_TITLE})"
_INSERT = (
    "INSERT INTO mentions (page_id, position, kind, title, title_key, url, article_id)"
    f" VALUES (?1, ?2, ?3, ?4, ?5, ?6, {_NAMED.format(url='?6', kind='?3', key='?5')})"
)
_NAMED_NOW = _NAMED.format(url="mentions.url", kind="mentions.kind", key="mentions.title_key")
_RESOLVE = f"UPDATE mentions SET article_id = {_NAMED_NOW}"


def insert_mentions(connection: sqlite3.Connection, page_id: int, mentions: list[Mention]) -> None:
    connection.executemany(_INSERT, [(page_id, m.position, m.kind, m.title, m.title_key, m.url) for m in mentions])


def wrongly_resolved(connection: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Page and position of mentions that name another article than they would if they were looked up now."""
    yield from connection.execute(f"SELECT page_id, position FROM mentions WHERE article_id IS NOT {_NAMED_NOW}")


def resolve_headlines(connection: sqlite3.Connection, title_keys: Iterable[str]) -> None:
    """Mentions of these headlines name what they name now: an article that came, went or has another headline."""
    query = f"{_RESOLVE} WHERE replace(title_key, ' ', '') = ?"
    connection.executemany(query, [(key.replace(" ", ""),) for key in title_keys])


def resolve_links(connection: sqlite3.Connection, page_id: int) -> None:
    """Mentions that link to this page name its main article."""
    connection.execute(f"{_RESOLVE} WHERE url IN (SELECT url FROM urls WHERE page_id = ?)", (page_id,))


def resolve_urls(connection: sqlite3.Connection, urls: Iterable[str]) -> None:
    """Mentions that link to these addresses, which lead to a page since now."""
    connection.executemany(f"{_RESOLVE} WHERE url = ?", [(url,) for url in urls])


def resolve_pages(connection: sqlite3.Connection, first: int, end: int) -> None:
    """All mentions on pages with these ids, `end` not included; one that names what it named is not written."""
    connection.execute(f"{_RESOLVE} WHERE page_id >= ? AND page_id < ? AND article_id IS NOT {_NAMED_NOW}", (first, end))
