"""Which addresses a crawl may reach: a page must not lead it into the network it runs in."""

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from almasalla_crawler.items import Rejected

SCHEMES = ("http", "https")
_WELL_KNOWN_PORTS = 1024  # below it, only the web's own: a request to a mail server is a command to it
_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")
_NAME = re.compile(r"(?=.{1,254}\Z)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?|[0-9a-f:.]+(?:%\w+)?", re.I)  # or of IPv6


class UrlMiddleware:
    """Refuses addresses that no page of the web has, whoever named them: a page, a sitemap, a redirect, robots.txt."""

    def __init__(self, max_length: int) -> None:
        self.max_length = max_length

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings.getint("URLLENGTH_LIMIT"))

    def process_request(self, request: Request) -> None:
        refuse_strange(request.url, self.max_length)


def refuse_strange(url: str, max_length: int) -> None:
    """Raises Rejected: forbidden_scheme, bad_url (too long, credentials, a port of something else, no host)."""
    scheme = url.partition(":")[0].lower()
    if scheme not in SCHEMES:
        raise Rejected("fetch", "forbidden_scheme", f"{scheme[:20]}: is not fetched")
    if len(url) > max_length:
        raise Rejected("fetch", "bad_url", f"{len(url)} characters, the limit is {max_length} (URLLENGTH_LIMIT)")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise Rejected("fetch", "bad_url", str(error)) from error
    if not host or not _NAME.fullmatch(host):
        raise Rejected("fetch", "bad_url", f"no name of a host: {(host or '')[:80]}")
    if "@" in parts.netloc:
        raise Rejected("fetch", "bad_url", "credentials in the address")
    if port is not None and port < _WELL_KNOWN_PORTS and port not in (80, 443):
        raise Rejected("fetch", "bad_url", f"port {port} is not the web's")


def is_public(address: str) -> bool:
    """Can everybody reach this IP address? Of an IPv6 address that leads to an IPv4 one, is that one public?"""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64 or ip in _COMPATIBLE:
            inner = IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is None:
            return ip.is_global and not ip.is_multicast and not ip.is_reserved and not ip.is_site_local
        ip = inner
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def is_loopback(host: str) -> bool:
    """Does a url with this host name this machine, by its spelling?"""
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
