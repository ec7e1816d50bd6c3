"""The bytes of one page become its lines."""

import json
import re

from almasalla_crawler.arabic.letters import count_letters
from almasalla_crawler.items import Page, Rejected
from almasalla_crawler.readers.encoding import decode
from almasalla_crawler.readers.html import is_html, read_html
from almasalla_crawler.readers.markdown import as_html, is_markdown
from almasalla_crawler.readers.markup import flat_pieces, shown_source
from almasalla_crawler.readers.text import read_lines

MAX_LINES = 25_000  # a page of the web has hundreds; a dump of something else would hold the crawl up for seconds
MAX_CHARACTERS = 2_000_000  # of text, which is in memory many times over while it is taken apart: 250 MB for so many
MAX_SOURCE = 8_000_000  # of html, with all its markup

# Colours and the like, before anything is counted: of `\x1b[31m` only the first character is invisible by itself.
_TERMINAL_CODE = re.compile(r"\x1b\[[0-9;]{0,20}[A-Za-z]")

# A feed or sitemap whose texts may be html, and any other XML.
_XML = re.compile(r"\s{0,99}<(?:\?xml|!DOCTYPE|rss|feed|urlset|sitemapindex)\b")
_LIST_IN_XML = re.compile(r"\s{0,99}(?:<\?xml[^>]{0,200}>)?\s{0,99}<(?:rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]")

# The head of a page that a browser saved with its pictures in one file.
_MAIL = re.compile(r"(?:From|MIME-Version|Subject|Snapshot-Content-Location): ", re.I)
_EMPTY_LINE = re.compile(r"\n[ \t]{0,9}\r?\n")
_MAIL_HEADERS = ("mime-version:", "multipart/related", "boundary=")

# What WordPress shows in place of the text.
_ASKS_FOR_A_PASSWORD = re.compile(r"""<form[^>]{0,300}\bclass=["']post-password-form\b""")


def read_page(body: bytes, page: Page) -> None:
    """Fills the lines, letters, encoding and facts of `page`.

    Raises Rejected: empty, not_text, bad_encoding, bad_html, protected, too_large.
    """
    decoded = decode(body)
    is_markup = is_html(decoded.text, page.raw_at)
    _refuse_more_characters(decoded.text, is_markup)
    if _is_mail(decoded.text):
        raise Rejected("read", "not_text", "MHTML, a page packed as mail: save it as HTML")
    if _is_json(decoded.text):
        raise Rejected("read", "not_text", "JSON, not a page")
    if _LIST_IN_XML.match(decoded.text) or (not is_markup and _XML.match(decoded.text)):
        raise Rejected("read", "not_text", "XML, not a page")
    page.encoding, page.replaced_chars = decoded.encoding, decoded.replaced_chars
    text = _TERMINAL_CODE.sub("", decoded.text) if "\x1b" in decoded.text else decoded.text
    if not is_markup and is_markdown(text):
        is_markup, text = True, as_html(text)
    if is_markup:
        if "post-password-form" in text and _ASKS_FOR_A_PASSWORD.search(text):
            raise Rejected("read", "protected", "a post with a password")
        layouts, seen = (page.site.layouts, f"{page.now:%Y-%m-%d}" if page.now else "") if page.site else ((), "")
        read = read_html(text, page.url, layouts, seen)
        _refuse_more_lines(len(read.lines))
        page.lines, page.facts, page.letter_count, page.shape = read.lines, read.facts, read.letter_count, read.shape
    else:
        _refuse_more_lines(sum(map(bool, map(str.strip, text.splitlines()))))  # before they are built
        page.lines, page.letter_count = read_lines(text), count_letters(text)
    if not (page.lines or page.facts):
        raise Rejected("read", "empty", "no visible text")


def _refuse_more_characters(text: str, is_markup: bool) -> None:
    if len(text) > (limit := MAX_SOURCE if is_markup else MAX_CHARACTERS):
        raise Rejected("read", "too_large", f"{len(text)} characters, the limit is {limit}")
    if is_markup and len(text) > MAX_CHARACTERS:
        count = sum(len(piece.strip()) for piece in flat_pieces(shown_source(text)))
        if count > MAX_CHARACTERS:
            raise Rejected("read", "too_large", f"{count} characters of text, the limit is {MAX_CHARACTERS}")


def _refuse_more_lines(count: int) -> None:
    if count > MAX_LINES:
        raise Rejected("read", "too_large", f"{count} lines, the limit is {MAX_LINES}")


def _is_mail(text: str) -> bool:
    """Do the headers of mail stand in front of the first empty line? An open letter may begin with one of them."""
    head = _EMPTY_LINE.split(text[:4000], maxsplit=1)[0].lower() if _MAIL.match(text) else ""
    return all(header in head for header in _MAIL_HEADERS)


def _is_json(text: str) -> bool:
    if text[:200].lstrip()[:1] not in ("{", "["):
        return False
    text = text.strip()
    if not (text.startswith(("{", "[")) and text.endswith(("}", "]"))):
        return False
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return False
