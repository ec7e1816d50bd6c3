"""Keys and the roles that a line shows by itself or by its place in the html."""

from datetime import UTC, datetime

import pytest

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.items import Line, Page, Reject
from almasalla_crawler.pipelines.clean import ZONE_ROLES, CleanPipeline, clean

NOW = datetime(2025, 5, 21, tzinfo=UTC)


def cleaned(*lines: Line, now: datetime | None = NOW) -> list[Line]:
    page = Page("seed:a", "file:a", now=now, lines=list(lines))
    clean(page)
    return page.lines


def the_line(text: str, zone: str = "", now: datetime | None = NOW) -> Line:
    [line] = cleaned(Line(1, text, zone=zone), now=now)
    return line


def test_every_line_gets_its_search_key() -> None:
    texts = ["أَخبارُ المدرسةِ", "…", "بـ87 مليار"]
    assert [line.key for line in cleaned(*(Line(n, text) for n, text in enumerate(texts, 1)))] == list(map(search_key, texts))


@pytest.mark.parametrize(
    ("text", "role", "rule", "value"),
    [
        ("المصدر: المسلة", "source", "source_label", "المسلة"),
        ("إقرأ أيضاً:", "marker", "read_also", ""),
        ("اقرأ أيضاً: جسر جديد", "marker", "read_also", "جسر جديد"),
        ("تاريخ النشر: 22nd, October 2023 GMT", "date", "date_grammar", ""),
        ("30 أغسطس، 2024", "date", "date_grammar", ""),
        ("منذ يومين", "date", "date_grammar", ""),
        ("2025-05-20@23:53:27 GMT", "navigation", "render_time", ""),
        (".", "separator", "no_words", ""),
        ("قال الوزير إن العمل مستمر.", "", "", ""),
        ("في 30 أغسطس 2024 افتتح الوزير الجسر الجديد.", "", "", ""),
    ],
    ids=[
        "source",
        "marker",
        "marker with headline",
        "labelled date",
        "date",
        "relative",
        "render time",
        "stop",
        "text",
        "date in a text",
    ],
)
def test_line_shows_its_role(text: str, role: str, rule: str, value: str) -> None:
    line = the_line(text)
    assert (line.role, line.rule, line.value) == (role, rule, value)


def test_relative_date_is_none_without_a_now() -> None:
    assert the_line("منذ يومين", now=None).role == ""


def test_date_of_more_than_120_characters_is_text() -> None:
    assert the_line("30 أغسطس 2024" + "،" * 120).role == ""


@pytest.mark.parametrize("zone", ZONE_ROLES)
def test_zone_decides_whatever_the_words_are(zone: str) -> None:
    line = the_line("إقرأ أيضاً:", zone)
    assert (line.role, line.rule) == (ZONE_ROLES[zone], f"zone_{zone}")


@pytest.mark.parametrize(
    ("zone", "text", "value"),
    [("byline", "هدى كاظم", "هدى كاظم"), ("byline", "بقلم: هدى كاظم", "هدى كاظم"), ("keywords", "جسر", "جسر"), ("section", "محليات", "محليات"),
     ("keywords", "الوسوم: جسر", "جسر")],
    ids=["name", "labelled name", "keyword", "section", "labelled keywords"],
)  # fmt: skip
def test_zone_of_a_value_carries_it(zone: str, text: str, value: str) -> None:
    assert the_line(text, zone).value == value


@pytest.mark.parametrize(
    ("text", "role"), [("18 مايو، 2025", "date"), ("قبل قليل ربما", "navigation")], ids=["a date", "no date"]
)
def test_date_zone_holds_a_date_only_if_it_reads_as_one(text: str, role: str) -> None:
    assert the_line(text, "date").role == role


def test_content_and_related_zones_decide_nothing() -> None:
    assert [the_line("قال الوزير إن العمل مستمر.", zone).role for zone in ("content", "related")] == ["", ""]


def test_rejected_page_passes_untouched() -> None:
    page = Page("seed:a", "file:a", lines=[Line(1, "نص")], reject=Reject("read", "empty"))
    assert CleanPipeline().process_item(page) is page
    assert page.lines[0].key == ""


def test_date_in_the_box_of_the_byline_is_a_date() -> None:
    assert (the_line("8 يناير، 2019", "byline").role, the_line("هدى كاظم", "byline").role) == ("date", "byline")
