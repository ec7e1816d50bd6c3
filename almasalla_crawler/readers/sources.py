"""What a front page says of its site's lists: the REST interface, feeds; and the addresses where lists usually are."""

import re
from urllib.parse import urljoin

from lxml import etree

from almasalla_crawler.items import Discovered
from almasalla_crawler.readers.addresses import web_address
from almasalla_crawler.readers.feeds import is_of_comments

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "application/json")
_SIGNS_OF_WORDPRESS = re.compile(rb"/wp-(?:content|includes|json)/|<meta[^>]{0,80}generator[^>]{0,80}WordPress", re.I)
_REST_LINK = re.compile(r'<([^>]+)>;\s*rel="https://api\.w\.org/"')
USUAL_REST = ("wp-json/", "?rest_route=/")
USUAL_FEEDS = ("feed/", "rss.xml", "feed.xml", "index.xml", "atom.xml", "feed.json", "rss")
USUAL_SITEMAPS = ("sitemap.xml", "sitemap_index.xml", "wp-sitemap.xml", "news-sitemap.xml", "sitemap.xml.gz")


def named_sources(root: etree._Element | None, url: str, link_header: str) -> list[Discovered]:
    """Lists that the site itself names: in its front page and the Link header of that."""
    found = [Discovered(address, "rest") for href in _REST_LINK.findall(link_header) if (address := web_address(url, href))]
    for link in root.iter("link") if root is not None else ():
        relations, href = (link.get("rel") or "").lower().split(), link.get("href") or ""
        address = web_address(url, href.strip())
        if address is None:
            continue
        if "https://api.w.org/" in relations:
            found.append(Discovered(address, "rest"))
        elif "alternate" in relations and (link.get("type") or "").lower() in _FEED_TYPES and not is_of_comments(address):
            found.append(Discovered(address, "feed"))
    return list({(entry.kind, entry.url): entry for entry in found}.values())


def usual_sources(url: str, kind: str) -> list[str]:
    """Addresses where a list of this kind would be if the site has one and names it nowhere."""
    usual = {"rest": USUAL_REST, "feed": USUAL_FEEDS, "sitemap": USUAL_SITEMAPS}[kind]
    return [address for path in usual if (address := web_address(url, urljoin(url, path)))]


def is_wordpress(body: bytes) -> bool:
    return _SIGNS_OF_WORDPRESS.search(body[:500_000]) is not None
