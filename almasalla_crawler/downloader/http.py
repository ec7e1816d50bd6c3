"""The download handler of live crawls: Scrapy's, which looks where it connects to."""

import asyncio
import socket
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress, IStreamClientEndpoint
from twisted.internet.protocol import Factory, Protocol
from twisted.web._newclient import HEADER, STATUS, HTTP11ClientProtocol
from twisted.web.client import HTTPConnectionPool
from zope.interface import implementer

from almasalla_crawler.downloader.addresses import is_public
from almasalla_crawler.downloader.hosts import HostsMiddleware
from almasalla_crawler.items import Rejected

MAX_HEADER_BYTES = 256 * 1024  # browsers give up at as much; Twisted limits a line only


class CheckedHttpHandler(HTTP11DownloadHandler):
    """Connects to public addresses only, unless ALLOW_PRIVATE_ADDRESSES.

    A name is resolved before anything is sent to it, so that no private host is even knocked at; where a connection ended is
    looked at again before it is used, because the next answer for the name may be another. A proxy is the operator's choice and
    may be anywhere; the names it is asked for are checked all the same, as far as they resolve here.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.allow_private = crawler.settings.getbool("ALLOW_PRIVATE_ADDRESSES")
        self.dns_seconds = crawler.settings.getfloat("DNS_TIMEOUT")
        self.proxied = HTTP11DownloadHandler(crawler)
        self._pool.__class__ = _CheckedPool  # Scrapy builds the pool in its own __init__; the class adds only what it does
        self._pool.allow_private = self.allow_private  # type: ignore[attr-defined]
        self.public: set[str] = set()  # hosts found so in this crawl

    async def download_request(self, request: Request) -> Response:
        host = urlparse_cached(request).hostname or ""
        if not self.allow_private and host not in self.public:
            await self._refuse_private(host)
        hosts = self.crawler.get_downloader_middleware(HostsMiddleware)
        if hosts is not None:
            await hosts.wait(request)
        if request.meta.get("proxy"):
            return await self.proxied.download_request(request)
        return await super().download_request(request)

    async def close(self) -> None:
        await self.proxied.close()
        await super().close()

    async def _refuse_private(self, host: str) -> None:
        """Raises Rejected if a host has private addresses only. One that does not resolve is left to the connection."""
        try:
            asking = asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
            found = await asyncio.wait_for(asking, self.dns_seconds)
        except (OSError, UnicodeError):  # also of no answer in time
            return
        addresses = [str(address[0]) for *_, address in found]
        if not any(map(is_public, addresses)):
            raise forbidden(addresses[0])
        self.public.add(host)


def forbidden(address: str) -> Rejected:
    return Rejected("fetch", "forbidden_address", f"{address} is not public (ALLOW_PRIVATE_ADDRESSES)")


class _CheckedPool(HTTPConnectionPool):
    allow_private: bool

    def getConnection(self, key: Any, endpoint: Any) -> Deferred[HTTP11ClientProtocol]:  # noqa: N802
        return super().getConnection(key, _CheckedEndpoint(endpoint, self.allow_private))  # type: ignore[arg-type]


@implementer(IStreamClientEndpoint)
class _CheckedEndpoint:
    def __init__(self, endpoint: Any, allow_private: bool) -> None:
        self.endpoint = endpoint
        self.allow_private = allow_private

    def connect(self, protocolFactory: Any) -> Any:  # noqa: N803
        return self.endpoint.connect(_CheckedFactory(protocolFactory, self.allow_private))


class _CheckedFactory(Factory):
    """Asked for a protocol when a connection stands, before TLS and before the request."""

    noisy = False

    def __init__(self, factory: Any, allow_private: bool) -> None:
        self.factory = factory
        self.allow_private = allow_private

    def buildProtocol(self, addr: IAddress | None) -> Protocol | None:  # noqa: N802
        address = getattr(addr, "host", "")
        if not self.allow_private and not is_public(address):
            raise forbidden(address)
        protocol: Protocol | None = self.factory.buildProtocol(addr)
        if isinstance(protocol, HTTP11ClientProtocol):
            _limit_headers(protocol)
        return protocol


def _limit_headers(protocol: HTTP11ClientProtocol) -> None:
    """Ends a connection whose headers, or interim answers, never do."""
    receive = protocol.dataReceived
    received = 0

    def data_received(data: bytes) -> None:
        nonlocal received
        receive(data)  # type: ignore[no-untyped-call]
        in_headers = protocol._parser is not None and protocol._parser.state in (STATUS, HEADER)
        received = received + len(data) if in_headers else 0
        if received > MAX_HEADER_BYTES and protocol.transport is not None:
            protocol.transport.abortConnection()

    protocol.dataReceived = data_received  # type: ignore[method-assign]
