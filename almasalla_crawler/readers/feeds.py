"""Feeds: RSS and Atom through feedparser, which knows what twenty years of generators do wrong; JSON feeds by themselves.

A feed gives addresses and facts, never an article: its texts are excerpts as often as not. They tell an edit all the same.
"""

import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from almasalla_crawler.items import Discovered, Fact, Listing, Reject, Rejected
from almasalla_crawler.readers.addresses import canonical_url, web_address
from almasalla_crawler.readers.encoding import xml_in_utf8
from almasalla_crawler.readers.structured import shown_value
from almasalla_crawler.readers.times import stated_change
from almasalla_crawler.readers.told import told_digest

MAX_BYTES = 8 * 1024 * 1024
MAX_ENTRIES = 2000
MAX_TTL_S = 86_400
_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 7 * 86_400, "monthly": 30 * 86_400, "yearly": 365 * 86_400}
_XML_START = re.compile(rb"<(?:\?xml|rss|feed|rdf:RDF|!--|!DOCTYPE\s+rss|channel)", re.I)
_XML_END = re.compile(rb"</(?:[a-z]{1,9}:)?(?:rss|feed|rdf|channel)\s{0,9}>", re.I)
_COMMENTS = re.compile(r"/comments?(?:/|-|$)|comments-rss|type=comment", re.I)


def read_feed(body: bytes, url: str) -> Listing:
    """Pages that the feed at `url` names, the seconds for which it does not change, the page of the feed behind it.

    Raises Rejected: bad_xml, bad_json (neither a feed), too_large. Of a feed that breaks off what is there is read, and the
    address of the feed is among the rejects.
    """
    if len(body) > MAX_BYTES:
        raise Rejected("read", "too_large", f"a feed of {len(body)} bytes")
    body = xml_in_utf8(body)
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1000]
    if start.startswith(b"{"):
        return _read_json(body, url)
    if _XML_START.match(start) is None or b"<!ENTITY" in body[:100_000].upper():
        raise Rejected("read", "bad_xml", "not a feed, or one that declares entities")
    return _read_xml(body, url)


def is_of_comments(url: str) -> bool:
    """A feed of what readers wrote."""
    return _COMMENTS.search(url) is not None


def _read_xml(body: bytes, url: str) -> Listing:
    import feedparser  # takes 0.1 s

    # Undeclared it takes XML for Latin-1, and turns what does not fit back by itself for some fields only.
    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    parsed = feedparser.parse(io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    if not parsed.get("version"):
        raise Rejected("read", "bad_xml", f"no feed: {parsed.get('bozo_exception', '')}"[:200])
    feed, entries = parsed["feed"], parsed["entries"][:MAX_ENTRIES]
    guids = Counter(str(entry.get("id", "")) for entry in entries)
    named = [(entry, web_address(url, str(entry.get("link", "")))) for entry in entries]
    found = [_entry(entry, address, guids) for entry, address in named if address]
    listing = Listing(found, list(_facts_of_site(feed)), ttl_s=_ttl(feed))
    if parsed.get("bozo") and _XML_END.search(body) is None:  # other faults of its XML are no loss, and many feeds have some
        fault = f"breaks off: {parsed.get('bozo_exception', '')}"[:200]
        listing.rejects.append((url, Reject("read", "bad_xml", fault)))
    is_wordpress = "wordpress" in str(feed.get("generator", "")).lower() or urlsplit(url).path.rstrip("/").endswith("/feed")
    stated = next((link["href"] for link in feed.get("links", ()) if link.get("rel") == "next" and link.get("href")), "")
    listing.next_url = web_address(url, stated) or (_paged(url) if is_wordpress and found else "")
    return listing


def _entry(entry: Any, address: str, guids: Counter[str]) -> Discovered:
    """A guid that several entries share identifies none of them; one that is no address cannot lead anywhere."""
    guid = str(entry.get("id", ""))
    other = canonical_url(guid) if guids[guid] == 1 else ""
    facts = [Fact(fact.field, value, fact.source, fact.raw) for fact in _facts(entry) if (value := shown_value(fact.value))]
    modified = stated_change(str(entry["updated"])) if "updated" in entry else ""
    spellings = [(other, "guid")] if other and other != address else []
    return Discovered(address, "article", modified, facts, spellings, "" if modified else _digest(entry))


def _digest(entry: Any) -> str:
    return told_digest([entry.get("title"), entry.get("summary"), *(text.get("value") for text in entry.get("content", ()))])


def _facts(entry: Any) -> Iterator[Fact]:
    title = str(entry.get("title", ""))
    yield Fact("title", title, "feed:title", title)
    for field, name in (("date_published", "published"), ("date_modified", "updated")):
        value = str(entry[name]) if name in entry else ""
        yield Fact(field, value, f"feed:{name}", value)
    for author in entry.get("authors", ()):
        name = str(author.get("name", ""))
        yield Fact("author", name, "feed:author", name)
    for tag in entry.get("tags", ()):  # WordPress mixes categories and tags here
        term = str(tag.get("term") or "")
        yield Fact("keyword", term, "feed:category", term)


def _facts_of_site(feed: Any) -> Iterator[Fact]:
    for field, name in (("publisher", "title"), ("language", "language")):
        if value := str(feed.get(name, "")).strip():
            yield Fact(field, value, f"feed:{name}", value)


def _ttl(feed: Any) -> int:
    """Seconds; `<ttl>` is in minutes, `sy:updateFrequency` counts the changes in one `sy:updatePeriod`."""
    minutes = str(feed.get("ttl", "")).strip()
    if minutes.isdigit() and len(minutes) < 7:
        return min(int(minutes) * 60, MAX_TTL_S)
    period = _PERIODS.get(str(feed.get("sy_updateperiod", "")).strip().lower(), 0)
    frequency = str(feed.get("sy_updatefrequency", "1")).strip()
    return min(period // max(int(frequency) if frequency.isdigit() and len(frequency) < 5 else 1, 1), MAX_TTL_S)


def by_change(url: str) -> str:
    """Address of the Atom form of a WordPress feed, the last changed posts first: it tells edits, the RSS at `url` does not."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    path = parts.path
    if "feed" in query:
        query["feed"] = "atom"
    elif path.rstrip("/").endswith("/feed"):
        path = f"{path.rstrip('/')}/atom/"
    else:
        return ""
    return canonical_url(urlunsplit(parts._replace(path=path, query=urlencode(query | {"orderby": "modified"}))))


def _paged(url: str) -> str:
    """`?paged=N` behind this page of a WordPress feed."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    number = query.get("paged", "1")
    query["paged"] = str(int(number) + 1 if number.isdigit() and len(number) < 6 else 2)
    return canonical_url(urlunsplit(parts._replace(query=urlencode(query))))


def _read_json(body: bytes, url: str) -> Listing:
    try:
        feed = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise Rejected("read", "bad_json", f"{type(error).__name__}: {error}"[:200]) from error
    if not str(feed.get("version", "")).startswith("https://jsonfeed.org/") or not isinstance(feed.get("items"), list):
        raise Rejected("read", "bad_json", "no JSON feed")
    items = [item for item in feed["items"][:MAX_ENTRIES] if isinstance(item, dict)]
    guids = Counter(str(item.get("id", "")) for item in items)
    named = [(item, web_address(url, str(item.get("url") or ""))) for item in items]
    found = [_entry(_as_entry(item), address, guids) for item, address in named if address]
    site = {"title": str(feed.get("title") or ""), "language": str(feed.get("language") or "")}
    return Listing(found, list(_facts_of_site(site)), next_url=web_address(url, str(feed.get("next_url") or "")) or "")


def _as_entry(item: dict[str, Any]) -> dict[str, Any]:
    """An item of a JSON feed with the names feedparser gives to those of XML."""
    names = {"id": "id", "title": "title", "date_published": "published", "date_modified": "updated", "summary": "summary"}
    entry: dict[str, Any] = {ours: item[theirs] for theirs, ours in names.items() if isinstance(item.get(theirs), str)}
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    entry["authors"] = [author for author in authors or () if isinstance(author, dict)]
    entry["content"] = [{"value": item.get(name)} for name in ("content_text", "content_html")]
    tags = item.get("tags") if isinstance(item.get("tags"), list) else []
    entry["tags"] = [{"term": tag} for tag in tags or () if isinstance(tag, str)]
    return entry
