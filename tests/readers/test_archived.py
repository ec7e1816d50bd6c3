"""Pages of archives, record by record."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from almasalla_crawler.readers.archived import ArchivedPages
from almasalla_crawler.readers.warc import Record

PROBE = "https://news.example/?rest_route=/wp/v2/posts&per_page=100"


def read(body: bytes, url: str = PROBE) -> list[str]:
    pages = ArchivedPages().of(Record(url, datetime(2025, 6, 1, tzinfo=UTC), "a.warc.gz#0", body))
    return [page.reject.reason if page.reject else page.url for page in pages]


@pytest.mark.parametrize("body", ["<!DOCTYPE html><title>الواحة</title>", "\ufeff\r\n<html></html>"])
def test_a_site_without_the_interface_that_was_asked_is_no_reject(body: str) -> None:
    assert read(body.encode()) == []


def test_posts_that_are_no_json_are_a_reject() -> None:
    assert read(b'[{"id": 1,') == ["bad_json"]


FILED = {"wp:term": [{"taxonomy": "post_tag", "href": "https://news.example/wp-json/wp/v2/tags?post=7"}]}


@pytest.mark.parametrize(
    ("route", "given", "is_read"),
    [
        pytest.param("urgent", {"type": "breaking_news"}, True, id="by its name"),
        pytest.param("tahqiq", {"type": "tahqiq", "_links": FILED}, True, id="by its subjects"),
        pytest.param("tahqiq", {"type": "tahqiq", "_links": []}, False, id="says nothing"),
        pytest.param("podcast", {"type": "podcast", "_links": FILED}, False, id="of another kind"),
        pytest.param("pages", {"type": "page", "_links": FILED}, False, id="page of the site"),
        pytest.param("report", {"type": "report", "parent": 0}, False, id="stands below another"),
        pytest.param("comments", {"type": "comment"}, False, id="comment"),
        pytest.param("users", {}, False, id="no type"),
    ],
)
def test_articles_of_an_own_type_say_so_where_an_archive_lacks_the_types(
    route: str, given: dict[str, Any], is_read: bool
) -> None:
    link = "https://news.example/7"
    record = {"id": 7, "link": link, "title": {"rendered": "جسر جديد"}, "content": {"rendered": "<p>افتتح الجسر.</p>"}} | given
    assert read(json.dumps([record]).encode(), f"https://news.example/wp-json/wp/v2/{route}?include=7") == [link] * is_read


def test_answers_of_a_type_that_nobody_knows_are_no_reject() -> None:
    assert read(b"[{", "https://news.example/wp-json/wp/v2/settings") == []
