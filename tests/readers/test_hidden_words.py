"""Words for screen readers inside a sentence: they are kept, and the sentence stays one."""

import pytest

from almasalla_crawler.readers.html import read_html

BEFORE = "The council voted on Tuesday to reopen the harbour bridge, two years after a storm tore away its northern arch."
AFTER = "Engineers said the new arch rests on twelve piles and will carry buses for the first time since the spring of 1998."
LINKS = {
    "class": "<a href=/x>traders<span class=screen-reader-text> (opens in a new tab)</span></a>",
    "hidden name beside a link": "<a href=/x>traders</a><span class=visually-hidden> of the quay</span>",
    "deeper": "<a href=/x>traders<span class=sr-only><b>external</b> link</span></a>",
    "no name": "<a href=/x>traders<span style='clip:rect(0,0,0,0)'>, opens new tab</span></a>",
    "no name in Arabic": "<a href=/x>traders<span class=x1>(يفتح في نافذة جديدة)</span></a>",
}


CASES = [(link, tag) for link in LINKS.values() for tag in ("p", "div") if tag == "p" or "</a><span" not in link]


@pytest.mark.parametrize(("link", "tag"), CASES)
def test_words_for_screen_readers_do_not_cut_a_sentence(link: str, tag: str) -> None:
    sentence = f"<{tag}>The {link} asked the mayor for a market hall beside the ferry landing.</{tag}>"
    page = read_html(
        f"<html><body><h1>The bridge reopens after two years</h1><p>{BEFORE}</p>{sentence}<p>{AFTER}</p></body></html>"
    )
    texts = [line.text for line in page.lines if line.zone == "content"]
    assert texts == [BEFORE, "The traders asked the mayor for a market hall beside the ferry landing.", AFTER]
    assert sum(sum(map(str.isalpha, line.text)) for line in page.lines) == page.letter_count


CALLS = ["Got a story? Get in touch with our news team at news@example.org.", "For more stories like this, check our news page.", "Share your views in the comments below."]  # fmt: skip


def test_calls_for_stories_and_views_end_a_text() -> None:
    body = "".join(
        f"<p>{text}</p>" for text in [BEFORE, AFTER, BEFORE.replace("Tuesday", "Monday"), AFTER.replace("buses", "trams"), *CALLS]
    )
    page = read_html(f"<html><body><h1>The bridge reopens after two years</h1>{body}</body></html>")
    assert not [line.text for line in page.lines if line.zone == "content" and line.text in CALLS]
