"""An Atom feed (RFC 4287): text as text, never as markup."""

from collections.abc import Iterable
from typing import BinaryIO
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from almasalla_crawler.exports.fields import Exported

_NOBODY = "almasalla.invalid"  # authority of the ids of articles that no page of the web shows; RFC 2606 keeps it from everyone
_NO_HEADLINE_CHARACTERS = 80
_SENTENCE_ENDS = (".", "!", "?", "؟", "…", "»", '"', "”")
_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>tag:almasalla.invalid,2024:articles</id>
<title>almasalla_crawler</title>
<updated>{now}</updated>
<generator>almasalla_crawler</generator>
<author><name>almasalla_crawler</name></author>
"""


def write_atom(articles: Iterable[Exported], file: BinaryIO, now: str) -> None:
    """`now` is when the feed says it was updated: the newest of its articles is known only when all are written."""
    file.write(_HEAD.format(now=now).encode())
    for article in articles:
        file.write("\n".join(_entry(article)).encode() + b"\n")
    file.write(b"</feed>\n")


def _entry(article: Exported) -> list[str]:
    language = f" xml:lang={quoteattr(article['inLanguage'])}" if article["inLanguage"] else ""
    elements = [
        f"<entry{language}>",
        _element("id", entry_id(article)),
        _element("title", article["headline"] or _beginning(article["articleBody"])),
        _element("updated", _moment(article["dateModified"] or article["datePublished"] or article["observed_at"])),
    ]
    if article["datePublished"]:
        elements.append(_element("published", _moment(article["datePublished"])))
    names = article["author"] or [article["publisher"]] * bool(article["publisher"])
    elements += [f"<author>{_element('name', name)}</author>" for name in names]
    elements += [f"<category term={quoteattr(word)}/>" for word in article["keywords"]]
    if address := _address(article):
        elements.append(f'<link rel="alternate" href={quoteattr(address)}/>')
    return [*elements, f'<content type="text">{escape(article["articleBody"])}</content>', "</entry>"]


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"


def entry_id(article: Exported) -> str:
    """The same for ever: the article's own address, else a tag: URI (RFC 4151) by the first page that showed it."""
    if article["url"]:
        return str(article["url"])
    host = urlsplit(_address(article) or "").hostname or _NOBODY
    return f"tag:{host},{article['first_seen_at'][:10]}:article/{article['id']}"


def _address(article: Exported) -> str | None:
    pages = (page for page in article["isPartOf"] if page.startswith(("http://", "https://")))
    return article["url"] or next(pages, None)


def _moment(value: str) -> str:
    """RFC 3339; a day is its first second in UTC."""
    return value if "T" in value else f"{value}T00:00:00Z"


def _beginning(body: str) -> str:
    """The first line, with the next one where it is no sentence: a dateline by itself says nothing."""
    line, _, rest = body.partition("\n")
    if not line.endswith(_SENTENCE_ENDS):
        line = f"{line} {rest.lstrip()}".partition("\n")[0].rstrip()
    return line if len(line) <= _NO_HEADLINE_CHARACTERS else f"{line[:_NO_HEADLINE_CHARACTERS].rpartition(' ')[0]}…"
