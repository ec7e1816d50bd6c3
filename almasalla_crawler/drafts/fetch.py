"""The page of a new outlet: fetched by a spider of one page."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import scrapy
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from almasalla_crawler.drafts.draft import NoDraftError
from almasalla_crawler.readers.addresses import canonical_url
from almasalla_crawler.readers.encoding import decode
from almasalla_crawler.readers.html import is_html


class OnePageSpider(scrapy.Spider):
    """Fetches one page with the settings of the project."""

    name = "newoutlet"
    custom_settings = {  # noqa: RUF012 - Scrapy's convention
        "ITEM_PIPELINES": {},
        "EXTENSIONS": {},
        "WARC_DIR": "",
        "AUTOTHROTTLE_ENABLED": False,  # its first delay is five seconds, for robots.txt and one page
    }

    def __init__(self, url: str, found: list[Response], problems: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.url, self.found, self.problems = url, found, problems

    async def start(self) -> AsyncIterator[Any]:
        yield Request(self.url, self.parse, errback=self.refused)

    def parse(self, response: Response) -> None:
        self.found.append(response)

    def refused(self, failure: Failure) -> None:
        error = failure.value
        if isinstance(error, HttpError):
            self.problems.append(f"the server answered {error.response.status}")
        elif isinstance(error, IgnoreRequest):
            self.problems.append(f"it must not be fetched: {error}")
        else:
            self.problems.append(f"{type(error).__name__}: {failure.getErrorMessage()}")


def page_of(url: str, found: list[Response], problems: list[str]) -> tuple[bytes, str, str]:
    """Bytes of the page that came back, its canonical address, and now. Raises NoDraftError if none or no html did."""
    if not found:
        raise NoDraftError(f"{url}: {''.join(problems) or 'nothing came back'}.")
    [response] = found
    if not is_html(decode(response.body).text):
        kind = (response.headers.get("Content-Type") or b"unknown").decode("latin-1")
        raise NoDraftError(f"{url} is no html page (Content-Type: {kind}).")
    return response.body, canonical_url(response.url), datetime.now(UTC).isoformat(timespec="seconds")
