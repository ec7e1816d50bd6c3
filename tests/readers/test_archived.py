"""Pages of archives, record by record."""

from datetime import UTC, datetime

import pytest

from almasalla_crawler.readers.archived import ArchivedPages
from almasalla_crawler.readers.warc import Record

PROBE = "https://news.example/?rest_route=/wp/v2/posts&per_page=100"


def read(body: bytes) -> list[str]:
    pages = ArchivedPages().of(Record(PROBE, datetime(2025, 6, 1, tzinfo=UTC), "a.warc.gz#0", body))
    return [page.reject.reason if page.reject else page.url for page in pages]


@pytest.mark.parametrize("body", ["<!DOCTYPE html><title>الواحة</title>", "\ufeff\r\n<html></html>"])
def test_a_site_without_the_interface_that_was_asked_is_no_reject(body: str) -> None:
    assert read(body.encode()) == []


def test_posts_that_are_no_json_are_a_reject() -> None:
    assert read(b'[{"id": 1,') == ["bad_json"]
