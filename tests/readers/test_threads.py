"""Readers' comments are told from a text by what their entries repeat, whatever the elements are called."""

import pytest

from almasalla_crawler.readers.html import read_html

TEXT = [
    "The council voted on Tuesday to reopen the harbour bridge, two years after a storm tore away its northern arch.",
    "Engineers said the new arch rests on twelve piles and will carry buses for the first time since the spring of 1998.",
    "Traders on the quay, who lost a third of their income, asked the mayor for a market hall beside the ferry landing.",
]
SAID = [
    "My father walked over that bridge to work every morning, and nobody has asked people like him what they think of it.",
    "At last. The detour cost me forty minutes a day, and the ferry never once left when the timetable said that it would.",
    "Does anybody know whether the old lamps come back? They were made by the smith in our street before the war.",
    "There is always money for bridges and never for the school roof, which has been leaking since the very same storm.",
]
NAMES = ["Mona Lind", "Per", "Ines Vik", "Old Tom"]


def zones_of(below: str, text: list[str] = TEXT) -> dict[str, str]:
    """Zone of each line of a page with this text and what stands below it."""
    body = "".join(f"<p>{one}</p>" for one in text)
    page = read_html(f"<div class=a><h1>The harbour bridge reopens after two years</h1>{body}</div>{below}")
    return {line.text: line.zone for line in page.lines}


def entries(entry: str) -> str:
    return "".join(entry.format(name=name, said=said, n=n + 2) for n, (name, said) in enumerate(zip(NAMES, SAID, strict=True)))


THREADS = {
    "answers": entries("<div class=x><b>{name}</b><p>{said}</p><button>Reply</button></div>"),
    "answers in Arabic": entries("<div class=x><div>{name}</div><p>{said}</p><div>رد</div></div>"),
    "times": entries("<div class=x><div>{name}</div><div>vor {n} Stunden</div><p>{said}</p></div>"),
    "counts": entries("<li><div>{name}</div><p>{said}</p><div>{n} likes</div></li>"),
    "rows of a table": "<table>" + entries("<tr><td>{name}<br>1{n}.03.2026</td><td>{said}</td></tr>") + "</table>",
    "numbered readers below a heading": "<h3>4 comments</h3>" + entries("<div class=x><div>reader {n}</div><p>{said}</p></div>"),
    "numbered readers below a Japanese one": "<h3>コメント</h3>" + entries("<div class=x><div>no. {n}</div><p>{said}</p></div>"),
}


@pytest.mark.parametrize("thread", THREADS.values(), ids=THREADS)
def test_entries_that_repeat_a_time_or_an_answer_are_comments(thread: str) -> None:
    zones = zones_of(f"<div class=b>{thread}</div>")
    assert {zones[said] for said in SAID} == {"comments"}
    assert {zones[text] for text in TEXT} == {"content"}


def test_comments_may_be_more_than_the_text() -> None:
    many = "".join(
        entries(f"<div class=x><div>{{name}} {letter}.</div><p>{{said}}</p><i>Reply</i></div>") for letter in "abcdefghij"
    )
    zones = zones_of(f"<div class=b>{many}</div>")
    assert {zones[said] for said in SAID} == {"comments"}
    assert {zones[text] for text in TEXT} == {"content"}


NO_THREADS = {
    "live blog": entries("<div class=x><div>10:4{n}</div><p>{said}</p><i>Share</i></div>"),
    "live blog with headings": entries("<div class=x><h2>Point {n}</h2><div>10:4{n}</div><p>{said}</p></div>"),
    "voices": entries("<div class=x><p><b>{name}</b></p><p>{said}</p><i>Share</i></div>"),
    "paragraphs": entries("<p>{said}</p>"),
}


@pytest.mark.parametrize("below", NO_THREADS.values(), ids=NO_THREADS)
def test_entries_of_the_text_itself_are_no_comments(below: str) -> None:
    assert "comments" not in zones_of(below).values()


def test_page_that_begins_with_its_entries_is_made_of_them() -> None:
    assert "comments" not in zones_of(THREADS["times"], []).values()
