"""Every page of seeds/ gives what tests/seeds_expected.json, written by hand, says it holds."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from almasalla_crawler.arabic.letters import display_text
from almasalla_crawler.items import Article, Page
from almasalla_crawler.readers.seeds import find_seeds

ROOT = Path(__file__).parents[1]
EXPECTED: dict[str, dict[str, Any]] = json.loads((ROOT / "tests/seeds_expected.json").read_text("utf-8"))


@pytest.fixture(params=EXPECTED)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def expected(name: str) -> dict[str, Any]:
    return EXPECTED[name]


@pytest.fixture
def page(name: str, read: Callable[..., Page]) -> Page:
    [seed] = [seed for seed in find_seeds(ROOT / "seeds").seeds if seed.name == name]
    saved_at = seed.saved_at.isoformat() if seed.saved_at else ""
    page = read(seed.path.read_bytes(), seed.url or f"seed:seeds/{name}", saved_at, outlet=seed.outlet)
    assert page.reject is None
    return page


def articles(page: Page, expected: dict[str, Any]) -> list[tuple[Article, dict[str, Any]]]:
    return list(zip(page.articles, [expected["main"], *expected["related"]], strict=True))


def blocks(article: Article, *roles: str) -> list[str]:
    return [text for text, role in zip(article.body.split("\n\n"), article.block_roles, strict=True) if role in roles]


def test_every_seed_has_its_answer() -> None:
    found = find_seeds(ROOT / "seeds")
    unanswered = sorted({seed.name for seed in found.seeds} - set(EXPECTED))
    assert sorted(seed.name for seed in found.seeds) == sorted(EXPECTED), f"no answer in tests/seeds_expected.json: {unanswered}"
    assert found.rejects == []


def test_main_article_comes_first_and_every_related_one_is_found(page: Page, expected: dict[str, Any]) -> None:
    assert [article.role for article in page.articles] == ["main"] + ["related"] * len(expected["related"])
    assert [article.position for article in page.articles] == [0, *range(len(expected["related"]))]


def test_title_and_publisher_of_each_article(page: Page, expected: dict[str, Any]) -> None:
    for article, wanted in articles(page, expected):
        assert (article.title, article.publisher) == (wanted["title"], wanted["publisher"])


def test_day_of_each_article(page: Page, expected: dict[str, Any]) -> None:
    assert [article.date_published_date for article in page.articles] == [
        wanted["date"] for wanted in [expected["main"], *expected["related"]]
    ]


def test_dateline_of_each_article(page: Page, expected: dict[str, Any]) -> None:
    for article, wanted in articles(page, expected):
        dateline = wanted["dateline"] or {"place": None, "agency": None}
        assert (article.dateline_place, article.dateline_agency) == (dateline["place"], dateline["agency"])


def test_paragraphs_of_each_article_in_order(page: Page, expected: dict[str, Any]) -> None:
    for article, wanted in articles(page, expected):
        assert blocks(article, "paragraph", "list_item") == [display_text(text) for text in wanted["paragraphs"]]
        assert article.paragraph_count == len(wanted["paragraphs"])


def test_subheadings_of_each_article_in_order(page: Page, expected: dict[str, Any]) -> None:
    for article, wanted in articles(page, expected):
        assert blocks(article, "subheading") == [display_text(text) for text in wanted["subheadings"]]


def test_dateline_that_stands_alone_opens_the_body(page: Page, expected: dict[str, Any]) -> None:
    for article, wanted in articles(page, expected):
        assert blocks(article, "dateline") == ([wanted["dateline_line"]] if "dateline_line" in wanted else [])


def test_headlines_of_the_similar_list_in_order(page: Page, expected: dict[str, Any]) -> None:
    similar = [mention for mention in page.mentions if mention.kind == "similar"]
    assert [mention.title for mention in similar] == [display_text(title) for title in expected["similar"]]
    if "similar_urls" in expected:
        assert [mention.url for mention in similar] == expected["similar_urls"]


def test_people_subjects_and_section_of_the_main_article(page: Page, expected: dict[str, Any]) -> None:
    wanted, main = expected["main"], page.articles[0]
    if "section" in wanted:
        assert main.section == wanted["section"]
    if "keywords" in wanted:
        assert [keyword for keyword, _ in main.keywords] == wanted["keywords"]


def test_credits_disclaimers_and_author_boxes_are_in_no_body(page: Page, expected: dict[str, Any]) -> None:
    roles = Counter(line.role for line in page.lines)
    assert {role: roles[role] for role in expected["counts"]} == expected["counts"]


def test_source_and_keywords_lines_are_evidence(page: Page, expected: dict[str, Any]) -> None:
    sources = [line.value for line in page.lines if line.rule == "source_label"]
    assert sources == ([expected["source"]] if expected["source"] else [])
    if expected["keywords_line"]:
        assert " ".join(line.text for line in page.lines if line.role == "keywords") == display_text(expected["keywords_line"])


def test_what_stands_beside_the_article_is_in_no_body(page: Page, expected: dict[str, Any]) -> None:
    bodies = "\n".join(article.body for article in page.articles)
    assert [text for text in expected.get("not_in_body", []) if text in bodies] == []


def test_every_line_has_a_role_and_a_rule_and_a_number(page: Page, expected: dict[str, Any]) -> None:
    assert [line.number for line in page.lines if not (line.role and line.rule)] == []
    assert [line.number for line in page.lines] == list(range(1, len(page.lines) + 1))
    if "non_blank_lines" in expected:
        assert len(page.lines) == expected["non_blank_lines"]
