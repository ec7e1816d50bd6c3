"""What stands at the end of a text and is none of it: on its author, its mistakes, whom to ask, what to sign up for."""

import time

import pytest

from almasalla_crawler.items import Line
from almasalla_crawler.readers.endings import mark_endings
from almasalla_crawler.readers.html import read_html

TEXT = [
    "The council voted on Tuesday to reopen the harbour bridge, two years after a storm tore away its northern arch.",
    "Engineers said the new arch rests on twelve piles and will carry buses for the first time since the spring of 1998.",
    "Traders on the quay, who lost a third of their income, asked the mayor for a market hall beside the ferry landing.",
    "The first bus is expected on the third of May, according to the timetable that the council published in the evening.",
]
ARABIC = [
    "قرر مجلس المدينة يوم الثلاثاء إعادة فتح جسر الميناء بعد عامين من العاصفة التي هدمت قوسه الشمالي.",
    "وقال المهندسون إن القوس الجديد يرتكز على اثنتي عشرة دعامة وسيتحمل الحافلات للمرة الأولى منذ ربيع عام 1998.",
    "وطالب تجار الرصيف، الذين خسروا ثلث دخلهم، رئيس البلدية ببناء سوق إلى جانب مرسى العبّارات.",
    "ومن المنتظر أن تعبر الحافلة الأولى في الثالث من مايو وفق الجدول الذي نشره المجلس مساء أمس.",
]
HEADLINE = "Ferry company orders three electric boats"


def zones_of(body: str, head: str = "") -> dict[str, str]:
    page = read_html(f"<head>{head}</head><div class=a><h1>The harbour bridge reopens after two years</h1>{body}</div>")
    return {line.text: line.zone for line in page.lines}


def text_of(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


ENDINGS = {
    "amended": ("This article was amended on 3 November 2026. An earlier version gave a wrong cost.", "note"),
    "with a bullet": ("• This story has been updated with a statement by the council.", "note"),
    "correction": ("Correction, Nov. 3, 2026: An earlier version of this story misstated the cost of the work.", "note"),
    "german": ("Anmerkung der Redaktion: In einer früheren Version dieses Artikels stand eine falsche Summe.", "note"),
    "spanish": ("Fe de errores: en una versión anterior de este artículo se indicaba un coste equivocado.", "note"),
    "helpers": ("Tom Lind in Malby contributed to this report.", "note"),
    "broadcast": ("Sendung: Antenne Hafen, 24.04.2026, 15:10 Uhr", "note"),
    "contact": ("Media contact: Lena Brandt, +1 555 0100", "aside"),
    "contact in German": ("Pressekontakt: Hafenamt, presse@hafen.example", "aside"),
    "newsletter": ("Sign up for our morning newsletter and never miss a story.", "aside"),
}


@pytest.mark.parametrize(("ending", "zone"), ENDINGS.values(), ids=ENDINGS)
def test_sentence_about_the_text_is_none_of_it(ending: str, zone: str) -> None:
    zones = zones_of(text_of([*TEXT, ending]))
    assert zones[ending] == zone
    assert {zones[text] for text in TEXT} == {"content"}


BIOGRAPHY = "Ada Berg is a columnist and teaches history at the college of Skelby. Her book on harbours appeared in 2021."
LD = '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Ada Berg"}}</script>'
SIGNED = {
    "byline": ("", "<p>By Ada Berg</p>"),
    "byline of two": ("", "<p class=byline>Tom Lind and Ada Berg</p>"),
    "head": (LD, ""),
}


@pytest.mark.parametrize(("head", "byline"), SIGNED.values(), ids=SIGNED)
def test_last_sentence_that_begins_with_the_author_is_on_the_author(head: str, byline: str) -> None:
    zones = zones_of(byline + text_of([*TEXT, BIOGRAPHY, "This story has been updated."]), head)
    assert zones[BIOGRAPHY] == "author_box"


def test_author_of_an_arabic_text_is_told_from_its_last_sentence_too() -> None:
    biography = "هدى كاظم كاتبة وباحثة في تاريخ الموانئ، صدر لها كتاب عن سكلبي عام 2021."
    assert zones_of("<p class=byline>هدى كاظم</p>" + text_of([*ARABIC, biography]))[biography] == "author_box"


def test_last_sentence_that_begins_with_another_name_is_text() -> None:
    last = "Adam Berg, the engineer, said that he would be back on Monday."
    assert zones_of("<p>By Ada Berg</p>" + text_of([*TEXT, last]))[last] == "content"


def test_last_sentence_of_an_agency_is_text() -> None:
    last = "The Associated Press could not verify the figures of the council."
    assert zones_of("<p>By The Associated Press</p>" + text_of([*TEXT, last]))[last] == "content"


def test_last_sentence_of_a_publisher_that_signs_is_text() -> None:
    last = "Skelby Courier has asked the council for the figures of both years."
    author = LD.replace("Person", "Organization").replace("Ada Berg", "Skelby Courier")
    assert zones_of(text_of([*TEXT, last]), author)[last] == "content"


INSTITUTIONS = {
    "organisation": ("Skelby Relief International", "Skelby Relief International calls on the council to publish the costs."),
    "university": ("University of Skelby", "University of Skelby is a partner of the council and will measure the new arch."),
    "arabic": ("منظمة الموانئ الدولية", "منظمة الموانئ الدولية دعت المجلس إلى نشر كلفة الجسر قبل افتتاحه."),
}


@pytest.mark.parametrize(("name", "last"), INSTITUTIONS.values(), ids=INSTITUTIONS)
def test_last_sentence_of_an_institution_that_is_stated_as_the_author_is_text(name: str, last: str) -> None:
    text = ARABIC if name.startswith("منظمة") else TEXT
    assert zones_of(text_of([*text, last]), f'<meta name=author content="{name}">')[last] == "content"


DONE = [
    "Ada Berg said she was glad to walk across the bridge again.",
    "Ada Berg told a reporter that the harbour is hers as well.",
    "Ada Berg was taken to the other side by the first bus on Monday.",
    "Ada Berg crossed the bridge on foot with the traders of the quay.",
]


@pytest.mark.parametrize("last", DONE)
def test_what_the_author_said_or_did_is_text(last: str) -> None:
    assert zones_of(text_of([*TEXT, last]), LD)[last] == "content"


@pytest.mark.parametrize("last", ["هدى كاظم قالت إنها عبرت الجسر صباح اليوم.", "هدى كاظم عبرت الجسر مع تجار الرصيف صباح اليوم."])
def test_what_the_author_of_an_arabic_text_said_or_did_is_text(last: str) -> None:
    assert zones_of("<p class=byline>هدى كاظم</p>" + text_of([*ARABIC, last]))[last] == "content"


BIOGRAPHIES = [
    "Ada Berg, Skelby correspondent of the Courier, joined it in 2019.",
    "Ada Berg writes on harbours and ferries from Skelby.",
    "Ada Berg has covered harbours and ferries for the Courier since 2019.",
    "Ada Berg can be reached at ada.berg@courier.example.",
    "Ada Berg, Skelby",
]


@pytest.mark.parametrize("last", BIOGRAPHIES)
def test_who_the_author_is_and_how_to_reach_her_is_none_of_the_text(last: str) -> None:
    assert zones_of(text_of([*TEXT, last]), LD)[last] == "author_box"


def test_sentence_in_the_middle_is_text_whatever_it_speaks_of() -> None:
    middle = "This report was amended by parliament in the spring, and that is what the council now relies on."
    assert zones_of(text_of([*TEXT[:3], middle, *TEXT[3:]]))[middle] == "content"


def test_contact_goes_to_the_end() -> None:
    zones = zones_of(text_of(TEXT) + "<p><b>Press contact</b><br>Lena Brandt<br>Phone: +1 555 0100<br>press@skelby.example</p>")
    assert {zones["Press contact"], zones["Phone: +1 555 0100"], zones["press@skelby.example"]}.isdisjoint({"content"})


def test_contact_without_an_address_is_text() -> None:
    last = "Press contacts with the council were broken off in the spring, as the mayor told the traders on Monday."
    assert zones_of(text_of([*TEXT, last]))[last] == "content"


CONSENTS = {
    "german heading": "Empfohlener redaktioneller Inhalt",
    "german": "Ich bin damit einverstanden, dass mir der externe Inhalt angezeigt wird.",
    "english": "To view this content, please accept the cookies of the network that it comes from.",
    "french": "Pour afficher ce contenu, il est nécessaire d’autoriser les cookies de réseaux sociaux.",
}


@pytest.mark.parametrize("consent", CONSENTS.values(), ids=CONSENTS)
def test_what_stands_in_the_place_of_an_embedded_film_is_none_of_the_text(consent: str) -> None:
    assert zones_of(text_of([*TEXT[:2], consent, *TEXT[2:]]))[consent] != "content"


def test_text_goes_on_below_a_contact() -> None:
    zones = zones_of(text_of([*TEXT[:2], "Media contact: Lena Brandt, +1 555 0100", *TEXT[2:]]))
    assert {zones[text] for text in TEXT} == {"content"}


def test_invitation_beside_a_field_is_none_of_the_text() -> None:
    invitation = "Sign up to our newsletter and get the best of the week every Friday."
    box = f"<div class=k><p>{invitation}</p><input type=email><button>Go</button></div>"
    assert zones_of(text_of(TEXT[:2]) + box + text_of(TEXT[2:]))[invitation] != "content"


@pytest.mark.parametrize("label", ["<h3>More on this story</h3>", "<p><b>More on this story</b></p>"])
def test_label_of_links_is_none_of_the_text(label: str) -> None:
    links = "".join(f"<li><a href='/m{n}'>{HEADLINE} {n}</a></li>" for n in range(3))
    zones = zones_of(f"{text_of(TEXT[:2])}{label}<ul>{links}</ul>{text_of(TEXT[2:])}")
    assert zones["More on this story"] != "content"


def test_heading_above_one_link_stands_over_the_text_below() -> None:
    zones = zones_of(f"{text_of(TEXT[:2])}<h3>What comes next</h3><p><a href='/m'>{HEADLINE}</a></p>{text_of(TEXT[2:])}")
    assert zones["What comes next"] == "content"


def test_long_lines_at_the_end_hold_nothing_up() -> None:
    lines = [Line(n, text, zone="content") for n, text in enumerate([*TEXT, *("a" * 1_000_000 for _ in range(8))])]
    begun = time.process_time()
    mark_endings(lines, list(range(len(lines))), ["Ada Berg"])
    assert time.process_time() - begun < 1
