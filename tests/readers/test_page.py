"""Bytes of a page to its lines: what is refused, and what is taken out before anything is counted."""

import pytest

from almasalla_crawler.arabic.letters import count_letters
from almasalla_crawler.items import Page, Rejected
from almasalla_crawler.readers import page as reader
from almasalla_crawler.readers.page import read_page

TEXT = "افتتحت أمانة العاصمة، الأحد، جسراً جديداً فوق نهر دجلة."


def read(body: str) -> Page:
    page = Page("seed:a", "file:a")
    read_page(body.encode(), page)
    return page


@pytest.mark.parametrize("markup", ["{}", "<p>{}</p>"], ids=["text", "html"])
def test_codes_of_a_terminal_are_no_text(markup: str) -> None:
    page = read(markup.format(f"\x1b[31m{TEXT}\x1b[0m"))
    assert [line.text for line in page.lines] == [TEXT]
    assert page.letter_count == count_letters(TEXT)


def test_code_of_a_terminal_as_an_entity_loses_no_letter() -> None:
    page = read(f"<p>&#27;[31m{TEXT}</p>")
    assert page.letter_count == sum(count_letters(line.text) for line in page.lines)


@pytest.mark.parametrize("body", [TEXT, f"<p>{TEXT}{TEXT}</p>"], ids=["text", "html"])
def test_page_with_more_characters_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    monkeypatch.setattr(reader, "MAX_CHARACTERS", 20)
    with pytest.raises(Rejected, match="too_large"):
        read(body)


@pytest.mark.parametrize("line", ["{}\n", "<p>{}</p>"], ids=["text", "html"])
def test_page_with_more_lines_than_the_limit_is_refused_without_lines(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr(reader, "MAX_LINES", 3)
    page = Page("seed:a", "file:a")
    with pytest.raises(Rejected, match="4 lines"):
        read_page((line.format(TEXT) * 4).encode(), page)
    assert page.lines == []
