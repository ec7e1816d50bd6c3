"""What fetching an address comes to, when it does not come to a page. Errbacks get these, or Scrapy's own exceptions."""

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.response import response_status_message
from twisted.internet.error import ConnectionAborted, ConnectionClosed, VerifyError
from twisted.web.client import ResponseFailed

from almasalla_crawler.items import Reject, Rejected


class Postponed(Rejected):
    """Not the page's fault: it stays due for the next run.

    `wait_seconds`: from when it may be asked for, where the host said so; else 0. `status`: of the answer, 0 without one.
    """

    def __init__(self, reason: str, detail: str, wait_seconds: float = 0, status: int = 0) -> None:
        super().__init__("fetch", reason, detail)
        self.wait_seconds = wait_seconds
        self.status = status


class Unchanged(Exception):  # noqa: N818 - news, and good one
    """The page is as it was when the validators of the request were stored. Carries those it has now."""

    def __init__(self, status: int, etag: str, last_modified: str) -> None:
        super().__init__(f"unchanged, {status}")
        self.status = status
        self.etag = etag
        self.last_modified = last_modified


_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (DownloadTimeoutError, "timeout"),
    (ResponseDataLossError, "truncated"),
    (DownloadCancelledError, "too_large"),
    (CannotResolveHostError, "dns_error"),
    (DownloadConnectionRefusedError, "connection_failed"),
    (UnsupportedURLSchemeError, "forbidden_scheme"),
    (NotSupported, "forbidden_scheme"),
    (DownloadFailedError, "connection_failed"),
    (OSError, "connection_failed"),
)
_OF_CONNECTIONS = (DownloadFailedError, ResponseFailed, ConnectionClosed, OSError)


def fetch_reject(error: BaseException) -> Reject:
    """The row for `rejects` of what an errback got."""
    if isinstance(error, Rejected):
        return error.reject
    if isinstance(error, HttpError):
        return Reject("fetch", "http_error", response_status_message(error.response.status))
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, SSL.Error | VerifyError):
            return Reject("fetch", "tls_error", _text(cause))
        if isinstance(cause, Rejected):
            return cause.reject
        if isinstance(cause, ConnectionAborted):
            return Reject("fetch", "bad_http", "headers without end")
        if isinstance(error, DownloadFailedError) and not isinstance(cause, _OF_CONNECTIONS):
            return Reject("fetch", "bad_http", _text(cause))  # whatever the parser of headers raised
    reason = next((reason for kind, reason in _REASONS if isinstance(error, kind)), "internal_error")
    return Reject("fetch", reason, _text(causes[-1]))


def http_status(error: BaseException) -> int:
    """Of the answer behind what an errback got; 0 if there was none."""
    if isinstance(error, HttpError):
        return error.response.status
    return error.status if isinstance(error, Postponed | Unchanged) else 0


def _causes(error: BaseException) -> list[BaseException]:
    """The error and what is behind it, the last one the first cause."""
    found: list[BaseException] = []
    waiting: list[BaseException] = [error]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.append(one)
            waiting += [failure.value for failure in getattr(one, "reasons", ())]  # Twisted's ResponseFailed
            waiting += [one.__cause__] if one.__cause__ else []
    return found


def _text(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"
