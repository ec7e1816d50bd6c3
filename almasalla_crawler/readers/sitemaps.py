"""Sitemaps: what they list, with the time of the last change where they state it; news sitemaps also state title and date."""

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from almasalla_crawler.items import Discovered, Fact, Listing, Reject, Rejected
from almasalla_crawler.readers.addresses import is_front_page, web_address
from almasalla_crawler.readers.encoding import xml_in_utf8
from almasalla_crawler.readers.times import stated_change
from almasalla_crawler.readers.told import told_digest

MAX_BYTES = 50 * 1024 * 1024  # of one sitemap, unpacked: the protocol's own limit
MAX_URLS = 50_000  # likewise
MAX_REJECTS = 100  # of one sitemap that names anything but pages
MAX_DEPTH = 3  # sitemaps that lead to sitemaps
_NEWS = {
    "title": "title",
    "publication_date": "date_published",
    "name": "publisher",
    "language": "language",
    "keywords": "keyword",
}
# Names of sitemaps of plugins that list no articles.
_NO_ARTICLES = frozenset(
    "category categories tag tags post_tag taxonomies author authors users page video image images product products"
    " attachment".split()
)


def read_sitemap(body: bytes, url: str) -> Listing:
    """Pages and further sitemaps that the sitemap at `url` names, also one that is a plain list of addresses.

    Raises Rejected: bad_xml (not XML, declares entities, lists nothing), too_large. Of a sitemap that breaks off what is
    there is read, and the address of the sitemap is among the rejects.
    """
    if len(body) > MAX_BYTES:
        raise Rejected("read", "too_large", f"a sitemap of {len(body)} bytes")
    body = xml_in_utf8(body)
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _plain_list(body, url)
    if b"<!ENTITY" in body[:100_000].upper():
        raise Rejected("read", "bad_xml", "a sitemap that declares entities")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True)
    try:
        root = etree.fromstring(body.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Rejected("read", "bad_xml", str(error)[:200]) from error
    if root is None or _name(root) not in ("urlset", "sitemapindex"):
        raise Rejected("read", "bad_xml", f"not a sitemap but <{_name(root) if root is not None else ''}>")
    listing = Listing(_unique(_entries(root, url)), rejects=list(islice(_refused(root, url), MAX_REJECTS)))
    if parser.error_log and any(error.level_name == "FATAL" for error in parser.error_log):
        fault = Rejected("read", "bad_xml", f"breaks off: {parser.error_log[0].message}"[:200]).reject
        listing.rejects.append((url, fault))
    return listing


def _plain_list(body: bytes, url: str) -> Listing:
    lines = body.decode("utf-8-sig", "replace").split()
    found = [address for line in lines[:MAX_URLS] if line.startswith("http") and (address := web_address(url, line))]
    if not found or len(found) * 2 < len(lines):
        raise Rejected("read", "bad_xml", "neither XML nor a list of addresses")
    return Listing(_unique(Discovered(address) for address in found if not is_front_page(address)))


def _unique(entries: Iterator[Discovered] | list[Discovered]) -> list[Discovered]:
    return list({entry.url: entry for entry in entries}.values())[:MAX_URLS]


def _entries(root: etree._Element, url: str) -> Iterator[Discovered]:
    kind = "sitemap" if _name(root) == "sitemapindex" else "article"
    for element in root.iterchildren(etree.Element):
        values = {_name(child): _text(child) for child in element.iterchildren(etree.Element)}
        address = web_address(url, values.get("loc", ""))
        if address is None or (is_front_page(address) if kind == "article" else _lists_no_articles(address)):
            continue
        news = next((child for child in element.iterchildren(etree.Element) if _name(child) == "news"), None)
        facts = list(_news(news)) if news is not None else []
        modified = stated_change(values.get("lastmod", ""))
        told = "" if modified else told_digest(fact.value for fact in facts if fact.field == "title")
        yield Discovered(address, kind, modified, facts, digest=told)


def _refused(root: etree._Element, url: str) -> Iterator[tuple[str, Reject]]:
    """What it names that is no address of the web."""
    for element in root.iterchildren(etree.Element):
        named = next((_text(child) for child in element.iterchildren(etree.Element) if _name(child) == "loc"), "")
        if named and web_address(url, named) is None:
            reason = "bad_url" if named.lower().startswith(("http:", "https:")) else "forbidden_scheme"
            yield named[:500], Reject("fetch", reason, "a sitemap names it")


def _lists_no_articles(url: str) -> bool:
    """`category-sitemap.xml`, `wp-sitemap-taxonomies-post_tag-1.xml`, `wp-sitemap-posts-page-1.xml`."""
    words = urlsplit(url).path.rpartition("/")[2].partition(".")[0].lower().split("-")
    return "sitemap" in words and not _NO_ARTICLES.isdisjoint(words)


def _news(news: etree._Element) -> Iterator[Fact]:
    for element in news.iter(etree.Element):
        field, text = _NEWS.get(_name(element)), _text(element)
        if field and text:
            yield Fact(field, text, f"sitemap:{_name(element)}", text)


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname).lower() if isinstance(element.tag, str) else ""


def _text(element: etree._Element) -> str:
    return "".join(element.itertext()).strip()
