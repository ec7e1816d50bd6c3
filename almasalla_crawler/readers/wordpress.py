"""Answers of the REST interface of WordPress: the list of all posts, and posts whole.

`date` and `modified` are local times without offset, `date_gmt` and `modified_gmt` the same in UTC: the difference is the
offset. What a post states is exact, no page has to be looked at to believe it.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from almasalla_crawler.arabic.letters import display_text
from almasalla_crawler.items import Discovered, Fact, Listing, Reject, Rejected
from almasalla_crawler.readers import wordpress_routes
from almasalla_crawler.readers.addresses import web_address
from almasalla_crawler.readers.entities import unescape
from almasalla_crawler.readers.wordpress_routes import page_number, record_url, shortlink

MAX_PAGES = 5000  # of a list
_MAX_OFFSET = timedelta(hours=14)
_NO_CODE = re.compile(r"<(script|style)\b.*?</\1\s*>", re.I | re.S)
_TAXONOMIES = {"category": "category", "categories": "category", "_tag": "keyword", "_tags": "keyword", "-tag": "keyword",
               "-tags": "keyword"}  # fmt: skip
_SOURCES = {"category": "rest:category", "keyword": "rest:post_tag"}


def read_root(body: bytes) -> list[Fact]:
    """What the site calls itself. Raises Rejected(bad_json) if this is no REST interface of WordPress."""
    root = parsed(body)
    if not isinstance(root, dict) or "wp/v2" not in (root.get("namespaces") or ()):
        raise Rejected("read", "bad_json", "no REST interface of WordPress")
    name = _text(root.get("name"))
    return [Fact("publisher", name, "rest:name", name)] if name else []


def read_list(body: bytes, url: str, headers: dict[str, str]) -> Listing:
    """The posts that a page of the list names. `headers`: X-WP-Total and X-WP-TotalPages, in lower case.

    A post with a password is a reject. Raises Rejected(bad_json) for anything that is no list.
    """
    records = parsed(body)
    if not isinstance(records, list):
        raise Rejected("read", "bad_json", "no list of posts")
    total, pages = (_number(headers.get(name)) for name in ("x-wp-total", "x-wp-totalpages"))
    if not total:  # a cache that drops them: there may be a page behind a full one
        pages = page_number(url) + (len(records) >= wordpress_routes.PER_PAGE)
    pages = max(pages, -(-total // wordpress_routes.PER_PAGE))  # plugins that count pages of another size, or none at all
    listing = Listing(pages=min(pages, MAX_PAGES), total=total)
    for record in records:
        link = web_address(url, _string(record.get("link"))) if isinstance(record, dict) else None
        if link is None or not isinstance(record.get("id"), int):
            continue
        if reject := _refusal(record):
            listing.rejects.append((link, reject))
            continue
        spellings = [(record_url(url, record["id"]), "record"), (shortlink(url, record["id"]), "shortlink")]
        listing.entries.append(Discovered(link, modified=_utc(record.get("modified_gmt")), spellings=spellings))
    return listing


def read_records(body: bytes) -> dict[int, dict[str, Any]]:
    """Whole posts by id: of a list, or one alone. Raises Rejected(bad_json)."""
    records = parsed(body)
    records = records if isinstance(records, list) else [records]
    return {record["id"]: record for record in records if isinstance(record, dict) and isinstance(record.get("id"), int)}


def is_whole(record: dict[str, Any]) -> bool:
    """Does a record have the text of a post? Those of a list have not."""
    return isinstance(_field(record, "content", "rendered"), str)


def document(record: dict[str, Any]) -> bytes:
    """The title and text of a post as a page. Raises Rejected: protected, empty."""
    if reject := _refusal(record):
        raise Rejected(reject.stage, reject.reason, reject.detail)
    title, content = (_string(_field(record, name, "rendered")) for name in ("title", "content"))
    if not display_text(re.sub(r"<[^>]*>", " ", _NO_CODE.sub(" ", content))):
        raise Rejected("read", "empty", "a post without text")
    body = f'<article><h1>{title}</h1><div class="entry-content">\n{content}\n</div></article>'
    classes = f"single postid-{record.get('id')}"  # as themes say it: a short text above long excerpts is no list
    return f'<!doctype html><html><meta charset="utf-8"><body class="{classes}">{body}</body></html>'.encode("utf-8", "replace")


def digest(record: dict[str, Any]) -> str:
    """Of everything the post says: answers differ in the order of keys and in what plugins add."""
    said = [record.get(name) for name in ("link", "date", "date_gmt", "modified_gmt", "title", "content")]
    terms = [(fact.field, fact.value) for fact in facts_of(record)]
    return hashlib.sha256(json.dumps([said, terms], sort_keys=True).encode()).hexdigest()


def facts_of(record: dict[str, Any]) -> list[Fact]:
    """Title, dates with their offset, author, categories and tags apart."""
    title = _text(_field(record, "title", "rendered"))
    facts = [Fact("title", title, "rest:title", title)]
    for field, name in (("date_published", "date"), ("date_modified", "modified")):
        local, utc = _string(record.get(name)), _string(record.get(f"{name}_gmt"))
        if moment := _with_offset(local, utc):
            facts.append(Fact(field, moment, f"rest:{name}", local or utc))
    embedded = record.get("_embedded")
    if isinstance(embedded, dict):
        facts += _embedded_facts(embedded)
    return [fact for fact in facts if fact.value]


def _embedded_facts(embedded: dict[str, Any]) -> Iterator[Fact]:
    for author in _dicts(embedded.get("author")):
        name = _text(author.get("name"))
        yield Fact("author", name, "rest:author", name)
    groups = embedded.get("wp:term")
    for terms in groups if isinstance(groups, list) else ():
        for term in _dicts(terms):
            name = _text(term.get("name"))
            if field := _field_of(_string(term.get("taxonomy"))):
                yield Fact(field, name, _SOURCES[field], name)
                if field == "category":
                    yield Fact("section", name, "rest:category", name)


def _field_of(taxonomy: str) -> str:
    """Types of posts of a site's own have taxonomies of their own: `news_category`, `article-tags`. "" for any other."""
    return next((field for end, field in _TAXONOMIES.items() if taxonomy.endswith(end)), "")


def _refusal(record: dict[str, Any]) -> Reject | None:
    """Only what the site shows to everybody is read."""
    if _field(record, "content", "protected") is True:
        return Reject("read", "protected", "a post with a password")
    if record.get("status", "publish") != "publish":
        return Reject("read", "protected", f"status {_string(record.get('status'))}")
    return None


def _utc(moment: Any) -> str:
    parsed = _moment(_string(moment))
    return f"{parsed.isoformat(timespec='seconds')}Z" if parsed else ""


def _with_offset(local: str, utc: str) -> str:
    """ISO with the site's offset; in UTC if only that is known or the two do not fit; "" without the UTC time."""
    there, here = _moment(utc), _moment(local)
    if there is None:
        return ""
    offset = here - there if here else timedelta(0)
    if abs(offset) > _MAX_OFFSET or offset % timedelta(minutes=1):
        here, offset = there, timedelta(0)
    minutes = int(offset.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    return f"{(here or there).isoformat(timespec='seconds')}{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _moment(text: str) -> datetime | None:
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        return None
    return parsed.replace(tzinfo=None) if parsed.year > 1 else None


def parsed(body: bytes) -> Any:
    """JSON; a plugin's warning may stand before it, and a byte order mark."""
    try:
        return json.loads(body.decode("utf-8-sig", "replace").strip())
    except (ValueError, RecursionError) as error:
        raise Rejected("read", "bad_json", f"{type(error).__name__}: {error}"[:200]) from error


def _text(value: Any) -> str:
    """Display text of a title or name as WordPress renders it."""
    return display_text(unescape(re.sub(r"<[^>]*>", "", _string(value))))


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _field(record: dict[str, Any], name: str, part: str) -> Any:
    value = record.get(name)
    return value.get(part) if isinstance(value, dict) else None


def _dicts(values: Any) -> list[dict[str, Any]]:
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 10 else 0
