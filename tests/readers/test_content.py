"""Where the main article's text stands on a page, by its structure: small pages of several layouts, scripts and languages."""

import time

import pytest

from almasalla_crawler.items import Line
from almasalla_crawler.readers.html import HtmlPage, read_html

ENGLISH = [
    "The council voted on Tuesday to reopen the harbour bridge, two years after a storm tore away its northern arch.",
    "Engineers said the new arch rests on twelve piles and will carry buses for the first time since the spring of 1998.",
    "Traders on the quay, who lost a third of their income, asked the mayor for a market hall beside the ferry landing.",
]
GERMAN = [
    "Der Stadtrat hat am Dienstag beschlossen, die Hafenbrücke zwei Jahre nach dem Sturm wieder für Busse zu öffnen.",
    "Der neue Bogen ruht nach Angaben der Bauleitung auf zwölf Pfählen und soll mindestens achtzig Jahre lang halten.",
    "Die Händler am Kai verlangen eine Markthalle neben dem Anleger, weil sie ein Drittel ihrer Einnahmen verloren haben.",
]
JAPANESE = [
    "市議会は火曜日、嵐で北側のアーチが失われてから二年ぶりに港の橋を再開することを決めた。新しい橋は十二本の杭で支えられる。",
    "技術者によると、橋は一九九八年の春以来はじめてバスが通れるようになり、少なくとも八十年は使えるという。",
    "岸壁の商店主たちは収入の三分の一を失ったとして、渡し船の乗り場の隣に市場を建てるよう市長に求めた。",
]
RUSSIAN = [
    "Городской совет во вторник решил открыть мост через гавань спустя два года после бури, разрушившей северную арку.",
    "Инженеры сообщили, что новая арка стоит на двенадцати сваях и впервые с весны 1998 года выдержит автобусы.",
    "Торговцы с набережной, потерявшие треть дохода, попросили мэра построить рынок рядом с причалом парома.",
]
ARABIC = [
    "قرر مجلس المدينة يوم الثلاثاء إعادة فتح جسر الميناء بعد عامين من العاصفة التي هدمت قوسه الشمالي.",
    "وقال المهندسون إن القوس الجديد يرتكز على اثنتي عشرة دعامة وسيتحمل الحافلات للمرة الأولى منذ ربيع عام 1998.",
    "وطالب تجار الرصيف، الذين خسروا ثلث دخلهم، رئيس البلدية ببناء سوق إلى جانب مرسى العبّارات.",
]
LANGUAGES = {"English": ENGLISH, "German": GERMAN, "Japanese": JAPANESE, "Russian": RUSSIAN, "Arabic": ARABIC}
TITLE = "<h1>The harbour bridge reopens after two years</h1>"
NAVIGATION = "<div class=top>" + "".join(f"<a href='/s/{n}'>Section {n}</a><br>" for n in range(12)) + "</div>"
FOOTER = "<div class=bottom><p>All the news of the coast since 1911.</p><a href='/about'>About</a></div>"
HEADLINE = "Ferry company orders three electric boats"


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page_of(body: str, head: str = "") -> HtmlPage:
    return read_html(f"<html><head>{head}</head><body>{NAVIGATION}<div class=a1>{TITLE}{body}</div>{FOOTER}</body></html>")


def content_of(body: str, head: str = "") -> list[str]:
    return [line.text for line in page_of(body, head).lines if line.zone == "content"]


def line_of(body: str, start: str) -> Line:
    return next(line for line in page_of(body).lines if line.text.startswith(start))


# --- the block that holds the text

LAYOUTS = {
    "paragraphs beside the title": "{}",
    "a block of its own": "<div class=x><div class=y>{}</div></div>",
    "article": "<article>{}</article>",
    "named": "<div class=entry-content>{}</div>",
    "marked up": "<div itemprop=articleBody>{}</div>",
    "named as a wrapper is": "<div class='widget-area widget'>{}</div>",
    "a cell of a page set in tables": "<table><tr><td><a href=/x>Home</a></td><td>{}</td></tr></table>",
    "a list item": "<ul><li>{}</li></ul>",
    "named for a paywall": "<div class='paywall premium'>{}</div>",
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)
def test_text_is_found_in_any_layout_and_language(layout: str, texts: list[str]) -> None:
    assert content_of(layout.format(paragraphs(texts))) == texts


def test_text_set_with_breaks_is_found() -> None:
    assert content_of(f"<div class=x>{'<br><br>'.join(ENGLISH)}</div>") == ENGLISH


def test_text_cut_by_an_advert_is_found_whole() -> None:
    halves = [f"<div class=part>{paragraphs(half)}</div>" for half in (ENGLISH[:2], ENGLISH[2:] + GERMAN)]
    assert content_of("<div class=ad-slot>Buy a boat today, it floats and it is cheap.</div>".join(halves)) == ENGLISH + GERMAN


def test_page_that_goes_on_with_another_article_gives_the_first() -> None:
    articles = "".join(f"<article><h1>{title}</h1>{paragraphs(texts)}</article>" for title, texts in
                       [("The harbour bridge reopens", ENGLISH), ("Ferry company orders electric boats", GERMAN * 2)])  # fmt: skip
    found = read_html(f"<html><body>{NAVIGATION}<main>{articles}</main>{FOOTER}</body></html>").lines
    assert [line.text for line in found if line.zone == "content"] == ENGLISH


def test_each_paragraph_in_a_block_of_its_own() -> None:
    assert content_of("".join(f"<div class=c-block><div><p>{text}</p></div></div>" for text in ENGLISH)) == ENGLISH


def test_subheadings_lists_quotes_and_tables_keep_their_place() -> None:
    inner = (
        f"<p>{ENGLISH[0]}</p><h2>What it cost</h2><p>{ENGLISH[1]}</p><ul><li>Nine million for the arch</li><li>Two for the piles</li></ul>"
        f"<blockquote><p>It floats.</p></blockquote><table><tr><td>1998</td><td>Closed</td></tr></table><p>{ENGLISH[2]}</p>"
    )
    assert content_of(inner) == [
        ENGLISH[0], "What it cost", ENGLISH[1], "Nine million for the arch", "Two for the piles", "It floats.", "1998", "Closed", ENGLISH[2],
    ]  # fmt: skip


def test_navigation_title_and_footer_are_no_content() -> None:
    zones = {line.zone for line in page_of(paragraphs(ENGLISH)).lines if line.text not in ENGLISH}
    assert "content" not in zones


# --- above the text

LEADS = {
    "named": "<p class=article__standfirst>Twelve piles, one arch and a ferry that nobody will miss</p>",
    "named by its block": "<div class=story__summary><p>Twelve piles, one arch and a ferry that nobody will miss</p></div>",
    "second heading": "<h2>Twelve piles, one arch and a ferry that nobody will miss</h2>",
}


@pytest.mark.parametrize("lead", LEADS.values(), ids=LEADS)
def test_lead_between_title_and_text_belongs_to_it(lead: str) -> None:
    found = content_of(f"<header>{lead}<span class=date>3 May 2025</span></header><div class=x>{paragraphs(ENGLISH)}</div>")
    assert found == ["Twelve piles, one arch and a ferry that nobody will miss", *ENGLISH]


def test_text_that_begins_above_its_block_is_taken() -> None:
    intro = ["The bridge is back, and nobody is happier than the drivers of the number nine bus.",
             "They have gone the long way round by the mill since the night of the storm, in every weather."]  # fmt: skip
    assert content_of(f"<section>{paragraphs(intro)}</section><div><div>{paragraphs(ENGLISH * 2)}</div></div>")[:2] == intro


def test_dateline_alone_above_the_first_paragraph_belongs_to_it() -> None:
    assert content_of(f"<p>بغداد/المسلة:</p>{paragraphs(ARABIC)}")[0] == "بغداد/المسلة:"


def test_subheading_over_the_first_paragraph_is_text_as_the_later_ones_are() -> None:
    parts = [f"<h2>{number}. Part</h2><p>{text}</p>" for number, text in enumerate(ENGLISH, 1)]
    assert content_of("".join(parts)) == [part for number, text in enumerate(ENGLISH, 1) for part in (f"{number}. Part", text)]


@pytest.mark.parametrize(
    "label",
    ["<h2>Politics</h2>", "<h3 class=label>Politics</h3>", "<h3><a href='/p'>Politics</a></h3>"],
    ids=["other rank", "other name", "link"],
)
def test_other_heading_over_the_first_paragraph_is_none(label: str) -> None:
    text = [ENGLISH[0], "What it costs", *ENGLISH[1:]]
    assert content_of(f"{label}<p>{text[0]}</p><h3>{text[1]}</h3>{paragraphs(ENGLISH[1:])}") == text


def test_site_name_as_a_second_headline_hides_no_text() -> None:
    assert (
        content_of(f"{paragraphs(ENGLISH[:1])}<h1>Photo of the bridge on the morning after</h1>{paragraphs(ENGLISH[1:] * 2)}")[0]
        == ENGLISH[0]
    )


# --- boxes inside the text

NO_TEXT = {
    "caption": ("<figure><figcaption>The arch at dawn, seen from the quay.</figcaption></figure>", "caption"),
    "caption by its name": ("<div class='Component-imageCaption-0-2-32'>The arch at dawn, seen from the quay by a trader.</div>", "caption"),
    "text of a figure": ("<figure><span>The arch at dawn, seen from the quay by a trader.</span></figure>", "caption"),
    "credit": ("<p>Foto: Hafenamt / Lea Brandt</p>", "caption"),
    "credit behind a caption": ("<p>The arch at dawn, seen from the quay. IMAGO/Lea Brandt</p>", "caption"),
    "newsletter": ("<section class='article-newsletter'><h3>Our letter</h3><p>All the news of the coast in your inbox.</p></section>", "aside"),
    "information box": ("<div class=q7><h3>The old bridge</h3><p>Built in 1911, it was closed in 1998 and painted four times.</p></div>", "aside"),
    "author": ("<div class='Story_AutorBio__x1'><p>Lea Brandt has written about bridges since 2004.</p></div>", "author_box"),
    "advert": ("<div class='c-ad-slot'><p>A boat that floats, for less than you think, today only.</p></div>", "advert"),
    "share bar": ("<ul class='social-toolbar'><li>Share this story with everybody you know</li></ul>", "share"),
    "comments": ("<div class=kommentare><p>I have always said that this bridge would come back.</p></div>", "comments"),
    "read also": (f"<p>Read also: <a href='/b'>{HEADLINE}</a></p>", ""),
    "headline": (f"<div><a href='/b'>{HEADLINE}</a></div>", ""),
    "invitation": ("<p><a href='/n'>Sign up</a> for our letter from the coast, every Friday.</p>", ""),
    "label": ("<div>Advertisement</div>", ""),
}  # fmt: skip


@pytest.mark.parametrize(("box", "zone"), NO_TEXT.values(), ids=NO_TEXT)
def test_box_between_two_paragraphs_is_no_text(box: str, zone: str) -> None:
    page = page_of(f"<div class=x>{paragraphs(ENGLISH)}{box}{paragraphs(GERMAN)}</div>")
    assert [line.text for line in page.lines if line.zone == "content"] == ENGLISH + GERMAN
    between = page.lines[[line.text for line in page.lines].index(ENGLISH[-1]) + 1]
    assert between.zone == zone


def test_name_of_a_box_counts_only_for_a_small_part_of_the_text() -> None:
    inner = f"<p>{ENGLISH[0]}</p><div class=gallery>{paragraphs(ENGLISH[1:] + GERMAN)}</div>"
    assert content_of(f"<div>{inner}</div>") == ENGLISH + GERMAN


def test_first_text_of_a_page_is_in_no_box() -> None:
    first = f"<div class=k>{paragraphs(ENGLISH[:2])}<h3>What it cost</h3><p>{ENGLISH[2]}</p></div>"
    assert content_of(first + paragraphs(GERMAN + RUSSIAN + ARABIC))[:4] == [*ENGLISH[:2], "What it cost", ENGLISH[2]]


def test_caption_shown_twice_and_the_headline_again_are_no_text() -> None:
    caption = "The arch at dawn, seen from the quay by one of the traders."
    inner = f"<p>{ENGLISH[0]}</p><figcaption>{caption}</figcaption><div>{caption}</div>{paragraphs(ENGLISH[1:])}"
    assert content_of(f"<div>{inner}</div>") == ENGLISH


def test_heading_without_text_is_none() -> None:
    assert content_of(f"{paragraphs(ENGLISH)}<h3>More on this</h3><a href='/b'>{HEADLINE}</a>") == ENGLISH


def test_words_to_subscribers_behind_the_text_are_none() -> None:
    after = "<div class=end><p>This article is for those who have a subscription.</p><p>It costs less than the ferry.</p></div>"
    assert content_of(f"<div class=x>{paragraphs(ENGLISH)}</div>{after}") == ENGLISH


def test_stated_text_tells_what_follows_the_text() -> None:
    stated = f'<script type="application/ld+json">{{"articleBody":"{" ".join(ENGLISH + GERMAN)}"}}</script>'
    assert (
        content_of(paragraphs([*ENGLISH, *GERMAN, "Write to the desk if you know more about the bridge."]), stated)
        == ENGLISH + GERMAN
    )


def test_teasers_side_by_side_are_related() -> None:
    teasers = "".join(f"<div class=t{n}><h3><a href='/{n}'>{HEADLINE} {n}</a></h3><p>{ENGLISH[n]}</p></div>" for n in range(3))
    body = f"<div class=x>{paragraphs(GERMAN)}</div><div class=more-of-it>{teasers}</div>"
    assert content_of(body) == GERMAN
    assert line_of(body, ENGLISH[0]).zone == "related"


# --- pages without an article

TEASERS = "".join(f"<li><a href='/{n}'>{HEADLINE} {n}</a><p>{text}</p></li>" for n, text in enumerate(ENGLISH + GERMAN))
KINDS = {
    "teasers": (f"<ul>{TEASERS}</ul>", "listing"),
    "headings over excerpts": ("".join(f"<h2><a href='/{n}'>{HEADLINE} {n}</a></h2><p>{ENGLISH[n % 3]}</p>" for n in range(6)), "listing"),
    "a player": ("<div class=player>Play</div><p>Bridge, 2 min.</p>", "no text"),
    "an article": (paragraphs(ENGLISH), "article"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "shape"), KINDS.values(), ids=KINDS)
def test_page_says_what_it_is(body: str, shape: str) -> None:
    assert read_html(f"<html><body>{NAVIGATION}{body}</body></html>").shape == shape


# --- pages made to be slow

SENTENCE = "The council voted to reopen the bridge after two years. "
SLOW = {
    "nested quotes": "<blockquote>" * 1900 + f"<p>{SENTENCE}</p>" * 5000,
    "nested boxes": "<div class=newsletter><h2>abc</h2>" * 1900 + SENTENCE,
    "nested teasers": "<div class=card><a href=x>A headline of some length here</a>" * 1900,
    "teasers": f"<li><a href=x>{SENTENCE}</a></li>" * 20_000,
    "long names": "".join(f"<div class='{'x' * 2000}{n}'>{SENTENCE}</div>" for n in range(4000)),
    "a stated text for many lines": f'<script>{{"articleBody":"{SENTENCE * 3000}"}}</script>' + f"<p>{SENTENCE}</p>" * 20_000,
    "stated texts without end": '"articleBody":"' * 60_000 + f"<p>{SENTENCE}</p>" * 100,
}


@pytest.mark.parametrize("source", SLOW.values(), ids=SLOW)
def test_finder_does_not_stall(source: str) -> None:
    start = time.process_time()
    read_html(f"<html><body>{source}")
    assert time.process_time() - start < 1.5


def test_few_sentences_of_a_stated_article_are_its_text_among_many_headlines() -> None:
    stated = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The harbour bridge reopens"}</script>'
    menu = "".join(f"<li><a href='/t{n}'>{HEADLINE} for line {n} of the quay</a></li>" for n in range(40))
    shares = "".join(f"<div>Share {n}</div><nav>Topic {n}</nav>" for n in range(15))
    body = f"{shares}<div class=t><p>{ENGLISH[0]}</p></div><div>{menu}</div>"
    assert content_of(body, stated) == ENGLISH[:1]
    assert page_of(body).shape == "listing"


def test_blocks_whose_names_differ_in_a_number_are_of_one_kind() -> None:
    parts = [f"<div class=item id=part_{n}><p>{text}</p><p>It took {n + 2} years to get so far.</p></div>" for n, text in enumerate(ENGLISH)]  # fmt: skip
    last = "<div class=item id=part_9><h2>What comes next</h2><p>The first bus crosses in May.</p></div>"
    assert content_of("".join(parts) + last)[-2:] == ["What comes next", "The first bus crosses in May."]
