"""Front pages, sections and archives: which links lead to articles, which to further listings, which to traps."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from lxml import etree

from almasalla_crawler.arabic.letters import display_text
from almasalla_crawler.items import Discovered, Fact, Listing, Rejected
from almasalla_crawler.readers.addresses import canonical_url, is_front_page, web_address
from almasalla_crawler.readers.encoding import decode
from almasalla_crawler.readers.entities import unescape
from almasalla_crawler.readers.month_archives import read_months
from almasalla_crawler.readers.offsets import goes_on
from almasalla_crawler.readers.zones import zone_of

MAX_LINKS = 5000
MAX_SECTIONS = 40
MAX_URL = 2000  # characters
MAX_SEGMENTS = 12
MAX_PARAMETERS = 8
_HEADLINE_WORDS = 4
_SECTION_WORDS = 4
_FRAME = frozenset(
    {"navigation", "footer", "breadcrumbs", "form", "share", "hidden", "keywords", "byline", "author_box", "section"}
)
_NO_PAGE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|avif|ico|css|js|json|xml|rss|atom|pdf|docx?|xlsx?|pptx?|zip|rar|gz|7z|apk|exe|mp[34]|m4[av]|avi|mov"
    r"|webm|ogg|wav|woff2?|ttf)$|/(?:wp-(?:admin|login|json|content|includes)|feed|rss|xmlrpc|cdn-cgi|amp)(?:[/.]|$)",
    re.I,
)
_NO_ARTICLE = re.compile(
    r"/(?:tags?|categor(?:y|ies)|authors?|user|users|page|login|register|signin|search|contact(?:-us)?|about(?:-us)?|privacy[\w-]*"
    r"|terms[\w-]*|policy|advertise|sitemap|archives?|subscribe|newsletter|account|cart|print|share|من-نحن|اتصل-بنا)(?:[/.]|$)",
    re.I,
)
_DATE_ARCHIVE = re.compile(r"/(?:19|20)\d\d(?:/\d{1,2}){0,2}/?$|[?&](?:m|date|day|month|year)=[\d-]+$", re.I)
_ARTICLE_PATH = re.compile(
    r"/(?:19|20)\d\d/\d{1,2}(?:/\d{1,2})?/[^/]{3,}|/[^/]*\d{3,}[^/]*/?$|/\d+(?:/[^/]+)?/?$|/[^/]+\.(?:html?|aspx?|php)$", re.I
)
_ARTICLE_QUERY = re.compile(r"(?:^|&)(?:p|id|nid|aid|sid|newsid|news_id|articleid|article|post|story|storyid|item)=\d+", re.I)
_INDEX = re.compile(r"/(?:index|default|home)\.\w{2,5}$", re.I)
_NUMBERED_PATH = re.compile(
    r"(?P<before>/page[/-]|/p|/|-page-|[-_]page[-_]?|/page)(?P<number>\d{1,4})(?P<after>/|\.html?)?$", re.I
)
_NUMBERED_QUERY = ("page", "paged", "pg", "pageno", "pagenumber", "p")
_HREF = re.compile(rb"""href\s{0,9}=\s{0,9}["']?([^"'<>\s]{1,2000})""", re.I)
_SECOND_PART = re.compile(rb"(?:/2/?|[?&;](?:page|paged|pg|pageno|pagenumber)=2)(?:[&#]|\Z)", re.I)
_NEXT_WORDS = frozenset("التالي التالية الصفحة التالية الأقدم أقدم next older › » → >".split()) | {
    "الصفحة التالية",
    "older posts",
    "next page",
}


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    text: str
    zone: str  # of the page's frame it stands in; "" for the page's own part
    is_headline: bool  # inside a heading
    relations: tuple[str, ...]


def read_listing(body: bytes, url: str, hosts: frozenset[str]) -> Listing:
    """Articles and sections that the page at `url` links to on `hosts`, and the page behind it in its pagination.

    Raises Rejected: bad_html, and what `decode` raises.
    """
    root = parse(body)
    links = [link for link in read_links(root, url) if is_same_site(link.url, hosts)]
    articles: dict[str, Discovered] = {}
    sections: dict[str, Discovered] = {}
    for link in links:
        if link.url == url or is_trap(link.url):
            continue
        if looks_like_article(link):
            facts = [Fact("title", link.text, "listing:link", link.text)] if link.is_headline else []
            articles.setdefault(link.url, Discovered(link.url, facts=facts))
        elif looks_like_section(link, url) and not goes_on(link.url, link.text, url) and len(sections) < MAX_SECTIONS:
            sections.setdefault(link.url, Discovered(link.url, "listing"))
    months = read_months(link.url for link in links if link.url != url and "?" not in link.url)
    return Listing([*articles.values(), *sections.values(), *months], next_url=_next(links, url))


def parse(body: bytes) -> etree._Element:
    """The tree of a page that is read for its links alone."""
    text = decode(body).text.replace("\0", "")
    root = etree.fromstring(text.encode(), etree.HTMLParser(encoding="utf-8", huge_tree=False)) if text.strip() else None
    if root is None:
        raise Rejected("read", "bad_html", "no markup")
    return root


def read_links(root: etree._Element, url: str) -> Iterator[Link]:
    """Links to pages, in order, each with the part of the page it stands in."""
    base = next((element.get("href") for element in root.iter("base") if element.get("href")), "")
    base = web_address(url, base) or url
    for number, element in enumerate(root.iter("a", "link")):
        if number >= MAX_LINKS:
            return
        address = web_address(base, (element.get("href") or "").strip())
        relations = tuple((element.get("rel") or "").lower().split())
        if address is None or _NO_PAGE.search(urlsplit(address).path) or (element.tag == "link" and relations != ("next",)):
            continue
        yield Link(address, _text(element), *_place(element), relations)


def _text(element: etree._Element) -> str:
    text = display_text("".join(element.itertext()))
    return text or display_text(element.get("title") or element.get("aria-label") or "")


def _place(element: etree._Element) -> tuple[str, bool]:
    zone, is_headline, above = "", False, element
    while above is not None:
        if isinstance(above.tag, str):
            is_headline = is_headline or above.tag in ("h1", "h2", "h3", "h4")
            found = zone_of(above.tag, f"{above.get('class') or ''} {above.get('id') or ''}", above.get("role") or "")
            if above.tag == "header" and not is_headline:
                found = found or "navigation"
            zone = zone or (found if found in _FRAME else "")
        above = above.getparent()
    return zone, is_headline


def is_same_site(url: str, hosts: frozenset[str]) -> bool:
    """Is the address on one of these hosts? `www.` makes no difference."""
    return host_of(url) in hosts


def host_of(url: str) -> str:
    """Host and port of an address without `www.`."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower().removeprefix("www.")
    except ValueError:
        return ""


def looks_like_article(link: Link) -> bool:
    """A headline's link, or an address of the shapes that articles have. Tag, author and date archives are none."""
    parts = urlsplit(link.url)
    path = unquote(parts.path)
    if is_front_page(link.url) or _NO_ARTICLE.search(path) or _DATE_ARCHIVE.search(link.url) or _INDEX.search(path):
        return False
    if {"tag", "category", "author", "next", "prev", "search", "bookmark"} & set(link.relations) - {"bookmark"}:
        return False
    words = len(link.text.split())
    slug = path.rstrip("/").rpartition("/")[2]
    is_shaped = bool(_ARTICLE_PATH.search(path) or _ARTICLE_QUERY.search(parts.query) or slug.count("-") >= 3)
    if link.zone in _FRAME:
        return is_shaped and words >= _HEADLINE_WORDS and link.zone in ("navigation", "footer")
    return (is_shaped and page_number(link.url) is None and bool(words)) or link.is_headline or words >= _HEADLINE_WORDS


def looks_like_section(link: Link, url: str) -> bool:
    """A short label that leads to a listing near the root; not to dates, accounts or the way back."""
    parts = urlsplit(link.url)
    path = unquote(parts.path)
    if is_front_page(link.url) or link.url == url or _DATE_ARCHIVE.search(link.url) or page_number(link.url) is not None:
        return False
    if "author" in link.relations or "tag" in link.relations or not 0 < len(link.text.split()) <= _SECTION_WORDS:
        return False
    named = re.search(r"/(?:category|categories|section|sections|archives?|news|topics?)(?:[/.]|$)", path, re.I)
    if not named and _NO_ARTICLE.search(path):
        return False
    return len([part for part in path.split("/") if part]) <= (4 if named else 2) and len(parse_qsl(parts.query)) <= 1


def page_number(url: str) -> int | None:
    """Number in the address of a page of a list: `/page/3`, `?page=3`; None for its first page and for anything else."""
    split = split_number(url)
    return split[1] if split and "page" in split[2] else None


def split_number(url: str) -> tuple[str, int, str] | None:
    """Address without the number of a part at its end, the number, and what stands before it."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    for name, value in query:
        if name.lower() in _NUMBERED_QUERY[:-1] and value.isdigit() and len(value) < 5:
            rest = urlencode([pair for pair in query if pair[0] != name])
            return canonical_url(urlunsplit(parts._replace(query=rest))), int(value), "page="
    match = _NUMBERED_PATH.search(parts.path)
    if match is None:
        return None
    path = parts.path[: match.start()] + (match["after"] or "" if match["before"] != "/" else "/")
    return canonical_url(urlunsplit(parts._replace(path=path))), int(match["number"]), match["before"].lower()


def _next(links: list[Link], url: str) -> str:
    """The next page of the same list: one that a link calls so, else the one with the next number. Never further than that."""
    here = split_number(url)
    base, number = (here[0], here[1]) if here and page_number(url) is not None else (url, 1)
    for link in links:
        split = split_number(link.url)
        if split is None or split[1] != number + 1 or link.url == url:
            continue
        same = split[0].rstrip("/") == base.rstrip("/") or split[0].rstrip("/") == _without_index(base)
        if same and (page_number(link.url) is not None or "next" in link.relations or link.text.isdigit() or _says_next(link)):
            return link.url
    return next((link.url for link in links if goes_on(link.url, link.text, url)), "")


def _without_index(url: str) -> str:
    return _INDEX.sub("", url).rstrip("/")


def _says_next(link: Link) -> bool:
    return bool(set(link.text.lower().split()) & _NEXT_WORDS)


def is_trap(url: str) -> bool:
    """An address that only a machine could have made: too long, too deep, the same part again and again."""
    parts = urlsplit(url)
    segments = [part for part in parts.path.split("/") if part]
    repeated = any(segments.count(part) >= 3 for part in segments)
    return len(url) > MAX_URL or len(segments) > MAX_SEGMENTS or repeated or parts.query.count("&") >= MAX_PARAMETERS


def parts_of(body: bytes, url: str) -> dict[int, str]:
    """Further parts of the article at `url` that a page of it links to, by number: `/2/`, `?page=2` below its address."""
    found: dict[int, str] = {}
    if not _may_have_parts(body, url):
        return found
    for link in read_links(parse(body), url):
        if number := _part_number(link.url, url):
            found.setdefault(number, link.url)
    return found


def _may_have_parts(body: bytes, url: str) -> bool:
    """Does a second part seem to be linked? Told without a tree, which costs half as much as all else that is read there."""
    seconds = {href for href in _HREF.findall(body) if _SECOND_PART.search(href)}
    if seconds and b"<base" in body.lower():
        return True
    try:
        addresses = [web_address(url, unescape(href.decode())) for href in seconds]
    except UnicodeDecodeError:  # the tree knows the encoding of the page
        return True
    return any(address and _part_number(address, url) for address in addresses)


def _part_number(address: str, url: str) -> int:
    """Which further part of the article at `url` an address leads to; 0 if it leads elsewhere."""
    split = split_number(address)
    return split[1] if split and split[1] > 1 and split[0].rstrip("/") == canonical_url(url).rstrip("/") else 0
