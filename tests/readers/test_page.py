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


def test_page_with_more_markup_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_SOURCE", 100)
    with pytest.raises(Rejected, match="too_large"):
        read(f"<p class='{'x' * 100}'>{TEXT}</p>")


def test_markup_is_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_CHARACTERS", len(TEXT))
    assert read(f"<script>{'x' * 1000}</script>\n\n<p class='{'x' * 1000}'>{TEXT}</p>").lines


@pytest.mark.parametrize("line", ["{}\n", "<p>{}</p>"], ids=["text", "html"])
def test_page_with_more_lines_than_the_limit_is_refused_without_lines(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr(reader, "MAX_LINES", 3)
    page = Page("seed:a", "file:a")
    with pytest.raises(Rejected, match="4 lines"):
        read_page((line.format(TEXT) * 4).encode(), page)
    assert page.lines == []


SCRIPT = f"<script>{'var first = 1;' * 10_000}</script>"


@pytest.mark.parametrize(
    "start", [SCRIPT, f"<!-- {'x' * 150_000} -->", f"<style>{'p {{}}' * 30_000}</style>"], ids=["script", "comment", "style"]
)
@pytest.mark.parametrize("name", ["a.html", "a.txt"])
def test_a_fragment_behind_a_long_script_is_html(start: str, name: str) -> None:
    page = Page("seed:a", "file:a", raw_at=name)
    read_page(f"{start}<p>خبر من بغداد</p><p>خبر من البصرة</p>".encode(), page)
    assert [line.text for line in page.lines] == ["خبر من بغداد", "خبر من البصرة"]


@pytest.mark.parametrize(
    ("name", "text"), [("a.HTML", "خبر من بغداد"), ("a.htm.gz", "خبر من بغداد"), ("a.txt", "خبر من <b>بغداد</b>")]
)
def test_a_lone_tag_is_markup_in_a_file_that_is_called_html(name: str, text: str) -> None:
    page = Page("seed:a", "file:a", raw_at=f"/saved/{name}")
    read_page("خبر من <b>بغداد</b>".encode(), page)
    assert [line.text for line in page.lines] == [text]


def test_a_sign_in_a_file_called_html_is_no_tag() -> None:
    page = Page("seed:a", "file:a", raw_at="a.html")
    read_page("العدد < 5\nوالثاني > 3".encode(), page)
    assert len(page.lines) == 2


@pytest.mark.parametrize("start", ['<?xml version="1.0"?><!DOCTYPE l><l>', "<rss><channel>", "\ufeff\n<urlset>", '{"text": "'])
def test_data_for_programs_is_no_page(start: str) -> None:
    with pytest.raises(Rejected) as refused:
        read(f"{start}{TEXT * 20}" + ('"}' if start.startswith("{") else "</l>"))
    assert refused.value.reject.reason == "not_text"


def test_page_packed_as_mail_is_no_page() -> None:
    head = 'From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    with pytest.raises(Rejected, match="MHTML"):
        read(f"{head}Content-Type: text/html\r\n\r\n<html><body><p>{TEXT}</p></body></html>")


@pytest.mark.parametrize(
    "head",
    [
        f"Subject: رسالة مفتوحة\n\n{TEXT} multipart/related",
        f"From: بغداد\n\n{TEXT}\n\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b",
        f"Subject: multipart/related; boundary=b\n{TEXT}",
    ],
    ids=["word in the text", "an example in the text", "no version"],
)
def test_a_text_that_begins_like_mail_is_a_page(head: str) -> None:
    assert read(head).lines


@pytest.mark.parametrize("root", ['rss version="2.0"', 'feed xmlns="http://www.w3.org/2005/Atom"'])
def test_feed_whose_texts_are_html_is_no_page(root: str) -> None:
    with pytest.raises(Rejected, match="not_text"):
        read(
            f'<?xml version="1.0" encoding="UTF-8"?>\n<{root}><item><![CDATA[<p>{TEXT}</p>]]></item></{root.split(maxsplit=1)[0]}>'
        )
