"""Words for screen readers inside a sentence: they are kept, and the sentence stays one."""

from collections.abc import Callable

import pytest

from almasalla_crawler.items import Page
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


@pytest.mark.parametrize("tag", ["h1", "p"])
def test_words_that_wide_screens_show_are_of_their_line(tag: str) -> None:
    line = f"<{tag}>The bridge over <span class='d-none d-md-inline'>the old harbour</span> reopens after two years</{tag}>"
    texts = [one.text for one in read_html(f"<html><body>{line}<p>{BEFORE}</p><p>{AFTER}</p></body></html>").lines]
    assert texts[0] == "The bridge over the old harbour reopens after two years"


def test_the_hidden_name_of_a_card_leads_where_the_card_does(read: Callable[..., Page]) -> None:
    cards = "".join(
        f"<article><span class=category-links><a href=/c>حاسوب</a></span><h3><a href=/n/{n}>{title}</a></h3><time>30 مارس، 2025</time>"
        f"<p>{title}</p><p><a href=/n/{n}>إقرأ المزيد<span class=screen-reader-text> {title}</span></a></p></article>"
        for n, title in enumerate(["وحدات التخزين: القرص مقابل الرقاقات.", "المكونات الأساسية للحاسوب المكتبي."])
    )
    text = "<p>عند شراء جهاز جديد أو التفكير في ترقية جهازك يبرز سؤال أساسي عن الذاكرة التي تحتاج إليها حقاً في عملك كل يوم.</p>"
    body = f"<h1>كم تحتاج من الذاكرة حقاً؟</h1>{text}<div class=related-posts>{cards}</div>"
    assert [article.role for article in read(f"<html><body>{body}</body></html>").articles] == ["main"]
