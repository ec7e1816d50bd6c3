"""Which types of posts hold articles."""

import json
from typing import Any

import pytest

from almasalla_crawler.items import Rejected
from almasalla_crawler.readers.post_types import read_types, types_url

POST = {"rest_base": "posts", "rest_namespace": "wp/v2", "hierarchical": False, "taxonomies": ["category", "post_tag"]}


def bases(**types: Any) -> list[str]:
    return read_types(json.dumps({"post": POST, "attachment": {"rest_base": "media", "taxonomies": []}, **types}).encode())


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        pytest.param({}, [], id="none beside posts"),
        pytest.param({"news": {"taxonomies": []}}, ["news"], id="called news"),
        pytest.param({"breaking_news": {"rest_base": "urgent"}}, ["urgent"], id="listed elsewhere than under its name"),
        pytest.param({"tahqiq": {"taxonomies": ["post_tag"]}}, ["tahqiq"], id="has the tags of posts"),
        pytest.param({"guide": {"taxonomies": ["guide_kind"]}}, [], id="says nothing"),
        pytest.param({"article": {"hierarchical": True}}, [], id="stands below another"),
        pytest.param({"product": {"taxonomies": ["category"]}}, [], id="is for sale"),
        pytest.param({"columns": {"taxonomies": []}, "column": {"taxonomies": []}}, ["column"], id="columns of a page builder"),
        pytest.param(
            {"takrim": {"taxonomies": ["category"]}, "press-release": {"taxonomies": []}},
            ["takrim", "press-release"],
            id="of a newsroom",
        ),
        pytest.param({"wp_block": {"taxonomies": ["category"]}}, [], id="is of WordPress"),
        pytest.param({"news": {"rest_namespace": "shop/v1"}}, [], id="behind another door"),
        pytest.param({"news": {"rest_base": "news/(?P<id>)"}}, [], id="no place for a list"),
        pytest.param({"news": "broken"}, [], id="no type"),
    ],
)
def test_types_that_hold_articles_are_told_by_name_or_subjects(types: dict[str, Any], expected: list[str]) -> None:
    assert bases(**types) == expected


@pytest.mark.parametrize(
    "name",
    [
        *("podcast", "episode", "tribe_venue", "tribe_organizer", "course", "sfwd-lessons", "lesson", "property", "portfolio"),
        *("project", "services", "recipe", "download", "wpdmpro", "quiz", "question", "polls", "newsletter", "advertisement"),
        *("e-floating-buttons", "vc_grid_item", "site_reviews", "opinion_poll", "our-features", "key-features", "report_card"),
        *("press_kit", "blog_footer", "news_ticker", "web-story", "docs", "author", "our_team"),
    ],
)
def test_types_of_other_plugins_hold_none_whatever_subjects_they_have(name: str) -> None:
    assert bases(**{name: {"taxonomies": ["category", "post_tag"]}}) == []


@pytest.mark.parametrize("body", [b"[]", b"<html>", b""])
def test_what_names_no_types_is_refused(body: bytes) -> None:
    with pytest.raises(Rejected, match="bad_json"):
        read_types(body)


def test_types_are_asked_for_also_without_permalinks() -> None:
    assert "rest_route=%2Fwp%2Fv2%2Ftypes" in types_url("https://site.example/?rest_route=/")
