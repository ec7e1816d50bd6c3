"""Saved text to lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almasalla_crawler.arabic.letters import count_letters
from almasalla_crawler.readers.text import read_lines


def test_each_line_is_a_block_and_blank_lines_are_gaps() -> None:
    lines = read_lines("أول\nثان\n\n \u200f\nثالث\n")
    assert [(line.number, line.text, line.gap) for line in lines] == [(1, "أول", False), (2, "ثان", False), (3, "ثالث", True)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x85"], ids=["lf", "crlf", "cr", "ls", "vt", "nel"])
def test_every_kind_of_line_end(end: str) -> None:
    assert [line.text for line in read_lines(f"أول{end}ثان")] == ["أول", "ثان"]


@pytest.mark.parametrize(
    ("raw", "text", "tag"),
    [
        pytest.param(*row, id=name)
        for name, row in {
            "bullet": ("  • عنوان الخبر", "عنوان الخبر", "li"),
            "two bullets": ("• ▪ عنوان", "عنوان", "li"),
            "dash": ("- عنوان الخبر", "- عنوان الخبر", "li"),
            "asterisk": ("* عنوان", "* عنوان", "li"),
            "number": ("1. عنوان", "1. عنوان", "li"),
            "arabic number": ("٢- عنوان", "٢- عنوان", "li"),
            "bullet alone": ("•", "•", "li"),
            "text": ("قال الوزير", "قال الوزير", "text"),
            "date": ("30-8-2024", "30-8-2024", "text"),
            "decimal": ("3.5 مليون دينار", "3.5 مليون دينار", "text"),
            "glued dash": ("-عنوان", "-عنوان", "text"),
            "year": ("2024 – عام الحصاد", "2024 – عام الحصاد", "text"),
        }.items()
    ],
)
def test_bullets_become_list_items(raw: str, text: str, tag: str) -> None:
    assert [(line.text, line.tag) for line in read_lines(raw)] == [(text, tag)]


@pytest.mark.parametrize("text", ["", "\n\n", " \t\n\u200b\n"], ids=["empty", "newlines", "invisible"])
def test_blank_text_has_no_lines(text: str) -> None:
    assert read_lines(text) == []


@given(st.lists(st.text(st.sampled_from("ابتث \u200fأًـ•-1٢.،\n\r\x85\u2028")), max_size=8).map("\n".join))
def test_lines_hold_every_letter(text: str) -> None:
    lines = read_lines(text)
    assert count_letters("\n".join(line.text for line in lines)) == count_letters(text)
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
