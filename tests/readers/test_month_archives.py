"""Archives by month."""

import pytest

from almasalla_crawler.readers.month_archives import read_months

SITE = "https://site.example"


def test_all_months_are_lists_and_only_the_newest_is_due_for_being_named() -> None:
    urls = [f"{SITE}/2025/12/", f"{SITE}/2026/01", f"{SITE}/ar/2025/6/", f"{SITE}/ar/2025/7/", f"{SITE}/sport/"]
    assert [(one.url, one.kind, one.modified) for one in read_months(urls)] == [
        (urls[0], "listing", "2026-01-01T00:00:00Z"),
        (urls[1], "listing", ""),
        (urls[2], "listing", "2025-07-01T00:00:00Z"),
        (urls[3], "listing", ""),
    ]


def test_months_to_come_of_a_calendar_end_none_of_the_archive() -> None:
    found = read_months([f"{SITE}/2026/11/", f"{SITE}/events/2030/01/"])
    assert [one.modified for one in found] == ["", ""]


@pytest.mark.parametrize(
    "path",
    [
        "/2025/",
        "/2025/06/12/",
        "/2025/13/",
        "/2025/00/",
        "/2025/06/khabar-7.html",
        "/news/sport/2025/06/",
        "/1025/06/",
        "/2025-06/",
    ],
)
def test_nothing_else_is_one(path: str) -> None:
    assert read_months([f"{SITE}{path}"]) == []
