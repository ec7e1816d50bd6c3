"""Saved pages with their answers: the shapes of an aggregator and a WordPress theme, plain and with a trait that defeats a
simple rule (no marker, a marker word in a sentence, an inline read-also line ...). The articles are invented."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from almasalla_crawler.items import Page

PAGES = sorted(path for path in (Path(__file__).parent / "pages").iterdir() if path.suffix != ".json")


def plain(block: str) -> str:
    """A block without its bullet or number, which may stay in the text."""
    return re.sub(r"^(?:[-–—*•]|\d{1,2}[-.)])\s*", "", " ".join(block.split()))


@pytest.fixture(params=PAGES, ids=lambda path: path.stem)
def case(request: pytest.FixtureRequest, read: Callable[..., Page]) -> tuple[Page, dict[str, Any]]:
    path: Path = request.param
    answer = json.loads(path.with_name(f"{path.name}.json").read_text("utf-8"))
    return read(path.read_bytes(), url=answer["url"] or f"seed:pages/{path.name}", saved_at=answer["saved_at"]), answer


def test_the_page_gives_its_articles(case: tuple[Page, dict[str, Any]]) -> None:
    page, answer = case
    main, *related = page.articles
    wanted = [plain(block) for block in answer["main"]["order"]]
    found = [plain(b) for b, role in zip(main.body.split("\n\n"), main.block_roles, strict=True) if role != "dateline"]
    assert [block[-60:] for block in found] == [block[-60:] for block in wanted]  # a dateline may stand before the first
    assert (main.role, main.title, main.date_published_date) == ("main", answer["main"]["title"], answer["main"]["date"])
    assert [article.title for article in related] == [article["title"] for article in answer["related"]]
    assert [article.date_published_date for article in related] == [article["date"] for article in answer["related"]]
    for article, known in zip(related, answer["related"], strict=True):
        text = " ".join(article.body.split())
        assert all(plain(paragraph) in text for paragraph in known["paragraphs"])


def test_the_page_gives_its_similar_headlines(case: tuple[Page, dict[str, Any]]) -> None:
    page, answer = case
    found = {mention.title for mention in page.mentions if mention.kind == "similar"}
    assert {" ".join(title.split()) for title in answer["similar"]} <= found


def test_every_line_has_a_place_and_the_rule_that_gave_it(case: tuple[Page, dict[str, Any]]) -> None:
    page, _ = case
    assert all(line.role and line.rule for line in page.lines)
