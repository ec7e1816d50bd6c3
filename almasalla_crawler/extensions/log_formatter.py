"""Log lines that a page cannot forge: control characters of titles, urls and file names are escaped."""

from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure

from almasalla_crawler.logs import escaped


class EscapingLogFormatter(LogFormatter):
    """One short line for an event; the whole item stands in the database."""

    def crawled(self, request: Request, response: Response, spider: Spider) -> LogFormatterResult:
        return _escaped(super().crawled(request, response, spider))

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        result = super().scraped(_name(item), response, spider)
        result["msg"] = "Stored %(item)s"
        return _escaped(result)

    def dropped(self, item: Any, exception: BaseException, response: Response | Failure | None,
                spider: Spider) -> LogFormatterResult:  # fmt: skip
        result = super().dropped(_name(item), exception, response, spider)
        result["msg"] = "Rejected %(exception)s"
        return _escaped(result)

    def item_error(self, item: Any, exception: BaseException, response: Response | Failure | None,
                   spider: Spider) -> LogFormatterResult:  # fmt: skip
        return _escaped(super().item_error(_name(item), exception, response, spider))

    def spider_error(self, failure: Failure, request: Request, response: Response | Failure,
                     spider: Spider) -> LogFormatterResult:  # fmt: skip
        return _escaped(super().spider_error(failure, request, response, spider))

    def download_error(self, failure: Failure, request: Request, spider: Spider,
                       errmsg: str | None = None) -> LogFormatterResult:  # fmt: skip
        return _escaped(super().download_error(failure, request, spider, errmsg))


def _name(item: Any) -> str:
    return str(getattr(item, "url", item))


class _Printable:
    """A value whose control characters are escaped when it is written, and only then: most events are never logged."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __str__(self) -> str:
        return escaped(str(self.value))


def _escaped(result: LogFormatterResult) -> LogFormatterResult:
    if isinstance(result["args"], dict):
        result["args"] = {name: _Printable(value) for name, value in result["args"].items()}
    return result
