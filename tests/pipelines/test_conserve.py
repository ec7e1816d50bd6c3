"""A page that lost a letter or a line on its way is a reject."""

from collections.abc import Callable

import pytest

from almasalla_crawler.items import Line, Page, Reject
from almasalla_crawler.pipelines.conserve import conserve

TEXT = (
    "بغداد/المسلة: افتتحت أمانة العاصمة، الأحد، جسراً جديداً فوق نهر دجلة بعد عامين من أعمال البناء.\n\nالمصدر: المسلة\n\n• خبر آخر"
)


@pytest.fixture
def page(read: Callable[..., Page]) -> Page:
    page: Page = read(TEXT)
    assert page.reject is None
    return page


def test_page_that_adds_up_stays(page: Page) -> None:
    conserve(page)
    assert page.reject is None
    assert len(page.articles) == 1


def lose_a_letter(page: Page) -> None:
    page.lines[0].text = page.lines[0].text.replace("افتتحت", "افتتح")


def invent_a_letter(page: Page) -> None:
    page.lines[0].text += "ا"


def lose_a_line(page: Page) -> None:
    del page.lines[1]


def lose_a_role(page: Page) -> None:
    page.lines[2].role = ""


def lose_a_rule(page: Page) -> None:
    page.lines[2].rule = ""


@pytest.mark.parametrize(
    "damage", [lose_a_letter, invent_a_letter, lose_a_line, lose_a_role, lose_a_rule], ids=lambda damage: damage.__name__
)
def test_page_that_does_not_add_up_is_a_reject(page: Page, damage: Callable[[Page], None]) -> None:
    damage(page)
    conserve(page)
    assert page.reject is not None
    assert (page.reject.stage, page.reject.reason) == ("store", "not_conserved")
    assert (page.articles, page.mentions) == ([], [])


def test_reject_says_what_is_missing(page: Page) -> None:
    letters = page.letter_count
    lose_a_letter(page)
    conserve(page)
    assert page.reject is not None
    assert page.reject.detail == f"{letters} letters read, {letters - 1} in lines; 3 lines, 3 placed"


def test_page_refused_before_it_had_lines_keeps_its_reason() -> None:
    page = Page("seed:a", "file:a", reject=Reject("read", "empty"))
    conserve(page)
    assert page.reject == Reject("read", "empty")


def test_spaces_marks_and_invisible_characters_are_no_letters(page: Page) -> None:
    page.lines[0].text = page.lines[0].text.replace(" ", "  \u200f").replace("جسراً", "جِسـراً")
    conserve(page)
    assert page.reject is None


def test_lines_of_other_scripts_are_counted(read: Callable[..., Page]) -> None:
    page = read(TEXT + "\n\nBaghdad Багдад 巴格达")
    assert page.reject is None
    assert page.letter_count == sum(sum(map(str.isalpha, line.text)) for line in page.lines)


def test_page_of_lines_without_letters_adds_up() -> None:
    page = Page("seed:a", "file:a", lines=[Line(1, "123", role="other", rule="no_evidence")], letter_count=0)
    conserve(page)
    assert page.reject is None
