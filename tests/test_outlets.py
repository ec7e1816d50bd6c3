"""Every outlet reads the pages saved below tests/outlets/<outlet>/ as the answer beside each says."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from scrapy.utils.project import get_project_settings

from almasalla_crawler.drafts.describe import answer_of
from almasalla_crawler.items import Layout, Outlet, Page
from almasalla_crawler.outlets import Outlets
from almasalla_crawler.readers.layouts import layouts_that_hold

FOLDER = Path(__file__).parent / "outlets"
OUTLETS = Outlets.from_settings(get_project_settings())
PAGES = sorted(path for path in FOLDER.glob("*/*") if path.suffix in (".html", ".txt"))
LAYOUTS = [(outlet, layout) for outlet in OUTLETS.by_name.values() for layout in outlet.layouts]


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def answer_beside(path: Path) -> dict[str, Any]:
    answer = path.with_suffix(".json")
    assert answer.is_file(), f"{name_of(answer)} is missing: what must {path.name} give?"
    found: dict[str, Any] = json.loads(answer.read_text("utf-8"))
    return found


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_gives_its_answer(path: Path, read: Callable[..., Page]) -> None:
    answer, outlet = answer_beside(path), OUTLETS.by_name.get(path.parent.name)
    page = read(path.read_bytes(), answer["url"], answer["saved_at"], outlet=path.parent.name, site=outlet)
    assert answer_of(page, answer["saved_at"]) == answer
    assert [fact.raw for fact in page.facts if fact.source == "outlet"] == [], "selectors that find nothing"


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_belongs_to_an_outlet(path: Path) -> None:
    assert OUTLETS.of(answer_beside(path)["url"]) is OUTLETS.by_name.get(path.parent.name)


@pytest.mark.parametrize("outlet", sorted(OUTLETS.by_name))
def test_an_outlet_has_a_page(outlet: str) -> None:
    assert [path for path in PAGES if path.parent.name == outlet], f"save a page below tests/outlets/{outlet}/"


@pytest.mark.parametrize(("outlet", "layout"), LAYOUTS, ids=[f"{one.name} until {layout.until}" for one, layout in LAYOUTS])
def test_a_layout_has_a_page_of_its_time(outlet: Outlet, layout: Layout) -> None:
    pages = [path for path in PAGES if path.parent.name == outlet.name and path.suffix == ".html"]
    held = [layouts_that_hold(outlet.layouts, answer_beside(path)["saved_at"][:10]) for path in pages]
    assert [layout] in held, f"save a page of {outlet.name} that has the layout until {layout.until or 'now'}"
