"""The choice among what a page states: each way in which sources lie is a case."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almasalla_crawler.arabic.dates import BAGHDAD, read_date
from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.items import Fact
from almasalla_crawler.pipelines.choose import ORDER, Chosen, Shown, choose
from almasalla_crawler.pipelines.stated_dates import ShownDate
from almasalla_crawler.pipelines.stated_names import split_names
from almasalla_crawler.pipelines.stated_titles import Heading

NOW = datetime(2025, 5, 21, tzinfo=UTC)
URL = "https://www.tagblatt.example/politik/1"
SITE = ("publisher", "og:site_name", "Tagblatt")
Statement = tuple[str, str, str]


def chosen(*statements: Statement, shown: Shown | None = None, url: str = URL) -> Chosen:
    facts = [Fact(field, value, source, value) for field, source, value in statements]
    return choose(facts, shown or Shown(), url, NOW)


def heading(text: str, level: int = 1, is_navigation: bool = False) -> Heading:
    return Heading(text, search_key(text), level, is_navigation)


def test_sources_of_a_field_are_named_once() -> None:
    assert all(len(sources) == len(set(sources)) for sources in ORDER.values())


def test_every_candidate_stays_and_the_chosen_are_marked() -> None:
    facts = chosen(
        ("title", "og:title", "أ"), ("title", "json-ld:headline", "ب"), ("title", "json-ld:VideoObject.name", "ج")
    ).facts
    assert [(fact.source, fact.chosen) for fact in facts] == [
        ("og:title", True), ("json-ld:headline", False), ("json-ld:VideoObject.name", False),
    ]  # fmt: skip


def test_facts_of_the_page_are_not_touched() -> None:
    fact = Fact("title", "Der Titel | Tagblatt", "og:title", "Der Titel | Tagblatt")
    choose([fact, Fact("publisher", "Tagblatt", "og:site_name")], Shown(), URL, NOW)
    assert (fact.value, fact.chosen) == ("Der Titel | Tagblatt", False)


# --- title


def title(*statements: Statement, headings: list[Heading] | None = None, url: str = URL) -> str | None:
    found = chosen(*statements, SITE, shown=Shown(headings or []), url=url).title
    return found.value if found else None


TAILS = {
    "– تحديث": True,
    "- بالصور": True,
    "- جريدة الضفة": False,
    "| محليات": False,
    "- أخبار - الضفة": False,
    ": الضفة برس": False,
}


@pytest.mark.parametrize(("tail", "is_kept"), TAILS.items())
def test_a_headline_keeps_the_word_that_tells_it_from_an_earlier_article_which_is_linked(tail: str, is_kept: bool) -> None:
    first = "جسر جديد للمشاة في السلط"
    whole = f"{first} {tail}"
    lines = {search_key(line): line for line in (whole, first)}
    for linked in (frozenset({search_key(first)}), frozenset[str]()):
        found = chosen(("title", "html:title", whole), shown=Shown([heading(whole)], lines=lines, linked=linked)).title
        assert found is not None
        assert found.value == (whole if is_kept and linked else first)
    assert title(("title", "html:title", whole), ("title", "og:title", first), headings=[heading(whole)]) == first


def test_a_headline_in_no_heading_tells_the_name_of_the_site() -> None:
    shown = Shown(lines={search_key(line): line for line in ("الرئيسية", "جسر جديد للمشاة في السلط")})
    found = chosen(("title", "html:title", "جسر جديد للمشاة في السلط - جريدة الوادي"), shown=shown).title
    assert found is not None
    assert found.value == "جسر جديد للمشاة في السلط"


def test_section_behind_a_spaced_colon_is_no_part_of_a_headline_that_the_page_shows() -> None:
    shown = Shown([heading(text := "جسر جديد للمشاة في السلط", 2)])
    found = chosen(("title", "html:title", f"{text} : محليات : جريدة الوادي"), shown=shown).title
    assert found is not None
    assert found.value == text


def test_a_label_of_the_page_is_no_headline() -> None:
    shown = Shown(lines={search_key("رياضة محلية"): "رياضة محلية"})
    found = chosen(("title", "html:title", "رياضة محلية - ريال الحي يهزم جاره بهدفين"), shown=shown).title
    assert found is not None
    assert found.value == "رياضة محلية - ريال الحي يهزم جاره بهدفين"


@pytest.mark.parametrize("separator", [" | ", " - ", " – ", " — ", " · ", " « ", " » ", " :: ", "｜", "|"])
def test_name_of_the_site_is_no_part_of_the_title(separator: str) -> None:
    assert title(("title", "og:title", f"Der neue Titel{separator}Tagblatt")) == "Der neue Titel"


GLUED = {
    "before": "Tagblatt: Der neue Titel",
    "section and site": "Der neue Titel | Politik | Tagblatt",
    "host": "Der neue Titel - tagblatt.example",
}


@pytest.mark.parametrize("stated", GLUED.values(), ids=GLUED)
def test_name_of_the_site_goes_wherever_it_stands(stated: str) -> None:
    assert title(("title", "og:title", stated), ("title", "twitter:title", "Der neue Titel")) == "Der neue Titel"


def test_names_of_a_site_nobody_states_and_of_its_section_go_before_a_title_that_the_page_shows() -> None:
    line = "Der neue Titel der Saison"
    assert title(("title", "html:title", f"Blatt | Politik | {line}"), headings=[heading(line)]) == line
    assert title(("title", "html:title", f"Blatt | Politik | {line}")) == f"Blatt | Politik | {line}"
    assert title(("title", "html:title", f"Der Trainer: {line}"), headings=[heading(line, 2)]) == f"Der Trainer: {line}"
    whole = f"Das Tor | Nach langer Zeit | {line}"
    assert title(("title", "og:title", whole), headings=[heading(whole), heading(line, 2)]) == whole
    assert title(("title", "og:title", whole), headings=[heading(whole), heading(line)]) == whole


def test_dash_inside_a_title_stays() -> None:
    assert title(("title", "og:title", "Ein Tag – viele Fragen")) == "Ein Tag – viele Fragen"


def test_what_another_title_does_without_is_glued() -> None:
    assert (
        title(("title", "og:title", "Der neue Titel | Sport"), ("title", "twitter:title", "Der neue Titel")) == "Der neue Titel"
    )


def test_title_the_page_shows_is_chosen() -> None:
    two = ("title", "json-ld:headline", "Für Suchmaschinen"), ("title", "og:title", "Für Leser und Leserinnen")
    assert title(*two, headings=[heading("Für Leser und Leserinnen")]) == "Für Leser und Leserinnen"
    assert title(*two, headings=[heading("Für Suchmaschinen")]) == "Für Suchmaschinen"


ALL_BUT_ONE = [
    ("title", "json-ld:headline", "Die Suche wird umgebaut und zeigt weiter Treffer"),
    ("title", "og:title", "Die Suche wird ganz umgebaut und zeigt mehr Treffer"),
    ("title", "twitter:title", "Die Suche wird umgebaut und zeigt weiter Treffer"),
    ("title", "html:title", "Die Suche wird umgebaut und zeigt weiter Treffer | Tagblatt"),
]


def test_headline_that_all_others_state_counts_before_an_og_title_shown_nowhere() -> None:
    assert title(*ALL_BUT_ONE) == "Die Suche wird umgebaut und zeigt weiter Treffer"


def test_og_title_that_a_heading_shows_counts_before_what_all_others_state() -> None:
    shown = heading("Umbau: Die Suche wird ganz umgebaut und zeigt mehr Treffer", 2)
    assert title(*ALL_BUT_ONE, headings=[shown]) == "Die Suche wird ganz umgebaut und zeigt mehr Treffer"


def test_heading_of_the_text_counts_before_one_in_the_frame() -> None:
    two = ("title", "og:title", "Für Suchmaschinen"), ("title", "json-ld:headline", "Für Leser")
    assert title(*two, headings=[heading("Für Suchmaschinen", 1, True), heading("Für Leser", 2)]) == "Für Leser"


def test_title_is_found_behind_a_kicker_in_the_heading() -> None:
    two = ("title", "json-ld:headline", "Etwas anderes"), ("title", "og:title", "Regierung tritt zurück")
    assert title(*two, headings=[heading("Krise in Wien Regierung tritt zurück")]) == "Regierung tritt zurück"


def test_kicker_goes_where_another_source_has_the_title_alone() -> None:
    two = ("title", "json-ld:headline", "Krise: Regierung tritt zurück"), ("title", "og:title", "Regierung tritt zurück")
    assert title(*two, headings=[heading("Krise: Regierung tritt zurück")]) == "Regierung tritt zurück"


def test_title_that_was_cut_is_taken_whole() -> None:
    two = ("title", "json-ld:headline", "Ein sehr langer…"), ("title", "og:title", "Ein sehr langer Titel für alle")
    assert title(*two, headings=[heading("Ein sehr langer…")]) == "Ein sehr langer Titel für alle"


def test_title_is_found_as_any_line_where_no_heading_has_it() -> None:
    two = [Fact("title", "Für Suchmaschinen", "og:title"), Fact("title", "Für Leser", "json-ld:headline")]
    found = choose(two, Shown(lines={"für leser": "Für Leser"}), URL, NOW).title
    assert found is not None
    assert found.value == "Für Leser"


HEADLINE = "Gemeinderat von Auheim beschließt neue Brücke über den Fluss"
SHARED = "Neue Brücke über den Fluss: Gemeinderat von Auheim stimmt zu"
TEASER = "Jetzt steht fest, was alle wissen wollten"


def test_title_the_newsroom_gives_out_is_chosen_where_the_headline_says_the_same() -> None:
    two = ("title", "json-ld:headline", HEADLINE), ("title", "og:title", SHARED)
    assert title(*two, headings=[heading(HEADLINE)]) == SHARED


def test_title_for_sharing_that_has_nothing_of_the_headline_teases() -> None:
    three = ("title", "json-ld:headline", HEADLINE), ("title", "og:title", TEASER), ("title", "twitter:title", TEASER)
    assert title(*three, headings=[heading(HEADLINE)]) == HEADLINE


def test_title_for_sharing_that_the_head_of_the_page_repeats_is_no_teaser() -> None:
    two = ("title", "json-ld:headline", HEADLINE), ("title", "og:title", TEASER), ("title", "html:title", f"{TEASER} | Tagblatt")
    assert title(*two, headings=[heading(HEADLINE)]) == TEASER


def test_headline_counts_before_a_title_the_name_of_the_site_is_glued_to() -> None:
    two = ("title", "json-ld:headline", HEADLINE), ("title", "og:title", f"{SHARED} - Tagblatt")
    assert title(*two, headings=[heading(SHARED)]) == HEADLINE


ADDRESSES = {
    "whole": "gemeinderat-von-auheim-beschliesst-neue-bruecke-ueber-den-fluss",
    "cut": "gemeinderat-von-auheim-beschliesst",
    "with a number and an extension": "gemeinderat-von-auheim-beschliesst-neue-bruecke-article1234.html",
}


@pytest.mark.parametrize("slug", ADDRESSES.values(), ids=ADDRESSES)
def test_address_made_of_the_headline_outweighs_one_written_later(slug: str) -> None:
    two = ("title", "json-ld:headline", HEADLINE), ("title", "og:title", SHARED)
    assert title(*two, headings=[heading(SHARED)], url=f"https://a.example/politik/{slug}") == HEADLINE


def test_address_of_a_few_words_tells_nothing() -> None:
    two = ("title", "json-ld:headline", HEADLINE), ("title", "og:title", SHARED)
    assert title(*two, headings=[heading(SHARED)], url="https://a.example/gemeinderat-von-auheim") == SHARED


KICKERS = {
    "two kickers": ("Streit in Auheim: Neue Brücke wird doch gebaut", "Verkehr und Stadtplanung - Neue Brücke wird doch gebaut"),
    "two separators": ("Streit in Auheim: Neue Brücke wird doch gebaut", "Streit in Auheim - Neue Brücke wird doch gebaut"),
}


@pytest.mark.parametrize("stated", KICKERS.values(), ids=KICKERS)
def test_kicker_is_no_part_of_the_title(stated: tuple[str, str]) -> None:
    shared, headline = stated
    two = ("title", "og:title", shared), ("title", "json-ld:alternativeHeadline", headline)
    assert title(*two) == "Neue Brücke wird doch gebaut"


def test_two_wordings_of_the_beginning_of_a_title_are_no_kickers() -> None:
    two = ("title", "og:title", "Stadt baut Brücke - und alle freuen sich"), (
        "title", "json-ld:headline", "Die Stadt baut Brücke - und alle freuen sich",
    )  # fmt: skip
    assert title(*two) == "Stadt baut Brücke - und alle freuen sich"


def test_headline_cut_at_the_limit_of_search_engines_is_taken_whole() -> None:
    whole = " ".join(["Gemeinderat beschließt neue Brücke"] * 4)
    two = ("title", "json-ld:headline", whole[:110]), ("title", "twitter:title", whole)
    assert title(*two) == whole


def test_signs_of_the_heading_tell_two_spellings_apart() -> None:
    two = ("title", "json-ld:headline", '"شعر وردي" يشعل السخرية'), ("title", "og:title", "شعر وردي يشعل السخرية")
    assert title(*two, headings=[heading("شعر وردي يشعل السخرية")]) == "شعر وردي يشعل السخرية"


@pytest.mark.parametrize("name", ["Tagblatt", "tagblatt.example", "…"])
def test_name_of_the_site_alone_is_no_title(name: str) -> None:
    assert title(("title", "json-ld:name", name)) is None


# --- dates


def published(*statements: Statement, shown: Shown | None = None) -> tuple[str, str | None] | None:
    found = chosen(*statements, shown=shown).published
    return (found.found.day.isoformat(), found.instant.isoformat() if found.instant else None) if found else None


def on(source: str, value: str) -> Statement:
    return "date_published", source, value


ISO = {
    "offset": ("2025-05-18T09:30:00+03:00", "2025-05-18T06:30:00+00:00"),
    "offset without colon": ("2025-05-18T09:30:00+0300", "2025-05-18T06:30:00+00:00"),
    "offset of hours": ("2025-05-18T09:30:00+03", "2025-05-18T06:30:00+00:00"),
    "space before the offset": ("2025-05-18 09:30:00 +03:00", "2025-05-18T06:30:00+00:00"),
    "west": ("2025-05-18T09:30:00-04:00", "2025-05-18T13:30:00+00:00"),
    "fraction": ("2025-05-18T09:30:00.0000000Z", "2025-05-18T09:30:00+00:00"),
    "minutes": ("2025-05-18T09:30Z", "2025-05-18T09:30:00+00:00"),
    "basic": ("20250518T093000Z", "2025-05-18T09:30:00+00:00"),
    "mail": ("Sun, 18 May 2025 09:30:00 GMT", "2025-05-18T09:30:00+00:00"),
    "seconds since 1970": ("1747560600", "2025-05-18T09:30:00+00:00"),
    "milliseconds since 1970": ("1747560600000", "2025-05-18T09:30:00+00:00"),
    "no offset": ("2025-05-18T09:30:00", None),
    "day": ("2025-05-18", None),
    "midnight without an offset": ("2025-05-18T00:00:00", None),
    "midnight with an offset": ("2025-05-18T00:00:00+03:00", "2025-05-17T21:00:00+00:00"),
    "prose": ("May 18th, 2025", None),
}


@pytest.mark.parametrize(("value", "instant"), ISO.values(), ids=ISO)
def test_day_is_as_written_and_the_instant_known_where_an_offset_is(value: str, instant: str | None) -> None:
    assert published(on("json-ld:datePublished", value)) == ("2025-05-18", instant)


@pytest.mark.parametrize("value", ["", "gestern", "2025-13-40", "2025-05-18T09:30:00+99:00", "0000-00-00", "05/08/2025", "12345"])
def test_what_is_no_date_or_two_is_none(value: str) -> None:
    assert published(on("json-ld:datePublished", value)) is None


ARABIC = Shown(zone=BAGHDAD)


@pytest.mark.parametrize(
    ("value", "instant"),
    [
        ("الأربعاء، 07 أكتوبر 2020 - 12:09 م", ("2020-10-07", "2020-10-07T09:09:00+00:00")),
        ("۱۳۹۹/۰۲/۲۱ - ۱۸:۵۹", ("2020-05-10", "2020-05-10T15:59:00+00:00")),
        ("2020-10-07T12:09:00", ("2020-10-07", "2020-10-07T09:09:00+00:00")),
        ("1399-02-21T18:59:00+04:30", ("2020-05-10", "2020-05-10T14:29:00+00:00")),
    ],
    ids=["prose", "jalali", "no offset", "jalali as a machine writes it"],
)
def test_arabic_page_means_the_time_of_its_readers(value: str, instant: tuple[str, str]) -> None:
    assert published(on("article:published_time", value), shown=ARABIC) == instant


@pytest.mark.parametrize(("language", "day"), [("fa", "2024-08-02"), ("prs-AF", "2024-08-02"), ("ar", None), ("de-DE", None)])
def test_years_of_iran_are_those_of_a_persian_text(language: str, day: str | None) -> None:
    found = published(on("article:published_time", "1403-05-12"), shown=Shown(zone=BAGHDAD, language=language))
    assert (found and found[0]) == day


LIES = {
    "false Z beside the true offset": (
        [on("json-ld:datePublished", "2025-05-18T20:00:27Z"), on("article:published_time", "2025-05-18T20:00:27+02:00")],
        "2025-05-18T18:00:27+00:00"),
    "no offset beside the true one": (
        [on("json-ld:datePublished", "2025-05-18 20:00:27.0"), on("date", "2025-05-18T20:00:27+02:00")], "2025-05-18T18:00:27+00:00"),
    "no offset beside the same in Greenwich": (
        [on("json-ld:datePublished", "2025-05-18T20:00:27"), on("date", "2025-05-18T20:00:27Z")], "2025-05-18T20:00:27+00:00"),
    "no offset beside a change with one": (
        [on("json-ld:datePublished", "2025-05-18T20:00:27"), ("date_modified", "og:updated_time", "2025-05-18T21:00:00+02:00")],
        "2025-05-18T18:00:27+00:00"),
    "published after its change by a false Z": (
        [on("json-ld:datePublished", "2025-05-18T20:00:27Z"), ("date_modified", "og:updated_time", "2025-05-18T20:30:00+02:00")],
        "2025-05-18T18:00:27+00:00"),
    "Z that is true": (
        [on("json-ld:datePublished", "2025-05-18T18:00:27Z"), on("article:published_time", "2025-05-18T20:00:27+02:00")],
        "2025-05-18T18:00:27+00:00"),
    "day alone beside an instant": (
        [on("json-ld:datePublished", "2025-05-18"), on("article:published_time", "2025-05-18T20:00:27+02:00")], "2025-05-18T18:00:27+00:00"),
    "instant after the page was seen": ([on("json-ld:datePublished", "2025-05-21T03:00:00Z")], None),
}  # fmt: skip


@pytest.mark.parametrize(("statements", "instant"), LIES.values(), ids=LIES)
def test_other_sources_put_a_time_right(statements: list[Statement], instant: str | None) -> None:
    found = published(*statements)
    assert found is not None
    assert found[1] == instant


def test_film_never_dates_the_article() -> None:
    assert published(on("json-ld:VideoObject.uploadDate", "2020-01-01")) is None


def test_publication_that_was_planned_is_not_moved_to_its_change() -> None:
    early = ("date_modified", "json-ld:dateModified", "2025-05-17T15:00:00Z")
    found = chosen(on("json-ld:datePublished", "2025-05-18T20:00:00Z"), early)
    assert found.published is not None
    assert found.modified is None


def test_first_change_after_the_publication_is_chosen() -> None:
    changes = [
        ("date_modified", "json-ld:dateModified", "2025-05-17T15:00:00Z"),
        ("date_modified", "og:updated_time", "2025-05-19T15:00:00Z"),
    ]
    found = chosen(on("json-ld:datePublished", "2025-05-18T20:00:00Z"), *changes).modified
    assert found is not None
    assert found.fact.source == "og:updated_time"


SHOWN = Shown(published=ShownDate(read_date("18 أيار 2025"), is_certain=True), zone=BAGHDAD)


def test_one_source_of_the_head_does_not_outweigh_the_date_below_the_title() -> None:
    assert published(on("article:published_time", "2025-05-12T09:30:00Z"), shown=SHOWN) is None


def test_date_of_the_schema_or_of_two_sources_outweighs_a_shown_one() -> None:
    assert published(on("json-ld:datePublished", "2025-05-12"), shown=SHOWN) == ("2025-05-12", None)
    assert published(on("article:published_time", "2025-05-12"), on("date", "2025-05-12"), shown=SHOWN) == ("2025-05-12", None)


def test_local_time_shown_unmasks_a_false_z() -> None:
    shown = Shown(published=ShownDate(read_date("18 أيار 2025 - 09:30 ص"), is_certain=True), zone=BAGHDAD)
    assert published(on("article:published_time", "2025-05-18T09:30:00Z"), shown=shown) is None
    offset = ("date_modified", "article:modified_time", "2025-05-18T11:00:00+02:00")
    assert published(on("article:published_time", "2025-05-18T09:30:00Z"), offset, shown=shown) == (
        "2025-05-18",
        "2025-05-18T07:30:00+00:00",
    )


# --- authors


def authors(*statements: Statement, shown: Shown | None = None) -> list[str]:
    return [fact.value for fact in chosen(*statements, SITE, shown=shown).authors]


def by(value: str, source: str = "json-ld:author") -> Statement:
    return "author", source, value


NAMES = {
    "one": ("Ada Berg", ["Ada Berg"]),
    "two": ("Ada Berg and Max Kern", ["Ada Berg", "Max Kern"]),
    "label, list and role": ("By Ada Berg, Max Kern, Chief Editor", ["Ada Berg", "Max Kern"]),
    "german": ("Von Ada Berg und Max Kern", ["Ada Berg", "Max Kern"]),
    "last of a list": ("Ada Berg, Max Kern, and Tom Lind", ["Ada Berg", "Max Kern", "Tom Lind"]),
    "post behind a name": ("Ada Berg Senior Political Correspondent", ["Ada Berg"]),
    "post in french": ("Par Ada Berg, Max Kern Envoyés spéciaux à Toulouse", ["Ada Berg", "Max Kern"]),
    "posts of several": ("By Ada Berg and Max Kern - Technology Writers", ["Ada Berg", "Max Kern"]),
    "name with von": ("von der Leyen", ["von der Leyen"]),
    "role behind a slash": ("Ada Berg / Journalist", ["Ada Berg"]),
    "role in brackets": ("Ada Berg (Korrespondentin)", ["Ada Berg"]),
    "inverted": ("Berg, Ada", ["Ada Berg"]),
    "arabic": ("كتب: هدى كريم وسامي علي", ["هدى كريم", "سامي علي"]),
    "arabic list": ("هدى كريم، سامي علي", ["هدى كريم", "سامي علي"]),
    "place behind a name": ("سلمى الجبوري - بغداد", ["سلمى الجبوري"]),
    "place before a name": ("القاهرة / هدى كريم", ["هدى كريم"]),
    "place in a name": ("كريم البصري", ["كريم البصري"]),
    "names that are places too": ("فلسطين، سعاد", ["فلسطين", "سعاد"]),
    "place behind a dash": ("سلمى الجبوري - واسط", ["سلمى الجبوري"]),
    "a name that is a place too": ("جنين، سالم النجار", ["جنين", "سالم النجار"]),
    "place alone": ("صور", ["صور"]),
    "label with a slash": ("بقلم/ هدى كريم", ["هدى كريم"]),
    "label of Drupal": ("كتبه هدى كريم في", ["هدى كريم"]),
    "two labels of a report": ("تقرير: وحوار هدى كريم", ["هدى كريم"]),
    "label of a report": ("متابعة: هدى كريم", ["هدى كريم"]),
    "name that begins like a label": ("تقريرة حسن", ["تقريرة حسن"]),
    "korean": ("신현주 기자", ["신현주"]),
    "compound": ("Anne-Marie Slaughter", ["Anne-Marie Slaughter"]),
}


@pytest.mark.parametrize(("text", "names"), NAMES.values(), ids=NAMES)
def test_names_are_cut_out(text: str, names: list[str]) -> None:
    assert list(split_names(text)) == names


NOBODY = [
    "admin",
    "admin2",
    "editor",
    "user17",
    "huda_k2",
    "ada@tagblatt.example",
    "https://facebook.com/tagblatt",
    "@ada",
    "null",
    "وكالات",
    "ada-berg",
    "Super User",
    "مدير الموقع",
    "هيئة التحرير",
]


@pytest.mark.parametrize("name", NOBODY)
def test_login_address_or_desk_is_no_author(name: str) -> None:
    assert authors(by(name)) == []


def test_a_desk_signs_where_the_author_is_stated_exactly() -> None:
    title = ("title", "rest:title", "افتتاح جسر في المدينة")
    assert authors(title, by("هيئة التحرير", "rest:author")) == ["هيئة التحرير"]
    assert authors(title, by("admin", "rest:author"), by("هدى كريم", "hatom:fn")) == []


def test_the_account_of_the_newsroom_signs_where_its_page_is_linked_and_nobody_else_is_named() -> None:
    login, desk = by("editor_2", "feed:author"), by("هيئة التحرير", "rel:author")
    assert authors(login, desk, shown=Shown(people_only=True)) == ["هيئة التحرير"]
    assert authors(login, desk, by("هدى كريم", "article:author"), shown=Shown(people_only=True)) == ["هدى كريم"]
    assert authors(desk, shown=Shown(people_only=True, authors=["هدى كريم"])) == []
    assert authors(login, by("مدير الموقع", "rel:author"), shown=Shown(people_only=True)) == []


def test_the_account_that_a_block_names_signs_where_the_text_names_nobody() -> None:
    account = by("سمر الخطيب", "block:post-author")
    assert authors(account, shown=Shown(people_only=True)) == ["سمر الخطيب"]
    assert authors(account, shown=Shown(people_only=True, authors=["هدى كريم"])) == []
    assert authors(account, by("هدى كريم", "rel:author"), shown=Shown(people_only=True)) == ["هدى كريم"]


def test_where_the_exact_source_hides_the_author_the_page_names_it() -> None:
    assert authors(("title", "rest:title", "افتتاح جسر في المدينة"), by("هدى كريم", "hatom:fn")) == ["هدى كريم"]


def test_next_source_is_asked_where_the_first_names_nobody() -> None:
    assert authors(by("admin"), by("https://facebook.com/x", "article:author"), by("Ada Berg", "author")) == ["Ada Berg"]


def test_person_counts_before_the_site() -> None:
    assert authors(by("Tagblatt", "json-ld:author.Organization"), by("Ada Berg", "author")) == ["Ada Berg"]
    assert authors(by("Tagblatt"), by("Ada Berg", "author")) == ["Ada Berg"]


@pytest.mark.parametrize(
    "name",
    [
        "رويترز",
        "أ ف ب",
        "وكالة الأنباء العراقية",
        "غرفة الأخبار",
        "صحيفة النخيل",
        "قسم الأخبار",
        "لندن: «الشرق الأوسط»",
        "الجزيرة نت",
        "خبرگزاری ایسنا",
        "ویب ڈیسک",
        "منقول",
    ],
)
def test_agency_or_newsroom_is_no_author_on_arabic_pages(name: str) -> None:
    assert authors(by(name), shown=Shown(people_only=True)) == []


@pytest.mark.parametrize(
    "name",
    [
        "وكيل حسن",
        "موقعة النجار",
        "بدر السماوي",
        "ريم الحياة",
        "شبكي العلي",
        "وفاء قناة",
        "قاسم الأخباري",
        "نيوز علي",
        "برسيم حسن",
        "مكتبي سعيد",
        "فارس",
        "تسنيم",
        "مراسلنا هدى كريم",
        "قسم الترجمة: هدى كريم",
        "هدى كريم: باحثة",
        "كريم «أبو علي» ناصر",
        "ماري برس",
        "الشاعرة: «بنت النهر»",
        "هدى نت",
    ],
)
def test_name_that_looks_like_an_agency_is_an_author(name: str) -> None:
    assert authors(by(name), shown=Shown(people_only=True)) == [name]


def test_short_name_of_the_newspaper_is_no_author() -> None:
    site = ("publisher", "og:site_name", "صحيفة النخيل")
    assert authors(site, by("هدى كريم | النخيل"), shown=Shown(people_only=True)) == ["هدى كريم"]


@pytest.mark.parametrize(
    ("site", "name"),
    [
        ("موقع هدى كريم", "هدى كريم"),
        ("موقع الدكتور كريم ناصر", "الدكتور كريم ناصر"),
        ("بوابة هدى", "هدى"),
        ("صحيفة سعاد", "سعاد"),
        ("شبكة رشيد", "رشيد"),
    ],
)
def test_person_signs_on_a_site_of_the_same_name(site: str, name: str) -> None:
    assert authors(("publisher", "og:site_name", site), by(name), shown=Shown(people_only=True)) == [name]


def test_byline_counts_before_the_site() -> None:
    assert authors(by("Tagblatt"), shown=Shown(authors=["Ada Berg"])) == []


def test_newsroom_signs_where_nobody_else_does_but_not_on_arabic_pages() -> None:
    assert authors(by("Tagblatt", "json-ld:author.Organization")) == ["Tagblatt"]
    assert authors(by("Tagblatt", "json-ld:author.Organization"), shown=Shown(people_only=True)) == []


def test_agency_beside_a_person_is_an_author_but_not_on_arabic_pages() -> None:
    both = by("هدى كريم"), by("Reuters", "json-ld:author.Organization")
    assert authors(*both) == ["هدى كريم", "Reuters"]
    assert authors(*both, shown=Shown(people_only=True)) == ["هدى كريم"]


def test_long_name_of_the_site_is_no_list_of_people() -> None:
    site = ("publisher", "json-ld:publisher", "وكالة النخيل | أخبار العراق و العالم")
    facts = chosen(site, by("وكالة النخيل | أخبار العراق و العالم"), shown=Shown(people_only=True)).authors
    assert facts == []


def test_name_is_chosen_once() -> None:
    assert authors(by("Ada Berg"), by("ADA BERG")) == ["Ada Berg"]


def test_part_of_a_list_is_a_fact_with_the_list_as_raw() -> None:
    facts = [fact for fact in chosen(by("Ada Berg and Max Kern")).facts if fact.chosen]
    assert [(fact.value, fact.raw) for fact in facts] == [
        ("Ada Berg", "Ada Berg and Max Kern"),
        ("Max Kern", "Ada Berg and Max Kern"),
    ]


# --- keywords


def keywords(*statements: Statement, text: str = "") -> list[str]:
    return [fact.value for fact in chosen(*statements, SITE, shown=Shown(text=text)).keywords]


def about(value: str, source: str = "keywords") -> Statement:
    return "keyword", source, value


def test_list_run_together_gives_way_to_the_same_cut() -> None:
    together = about("Brücke Fluss Stadtrat Auheim", "json-ld:keywords")
    assert keywords(together, about("Stadtrat Auheim, Brücke, Fluss")) == ["Stadtrat Auheim", "Brücke", "Fluss"]


def test_day_of_the_address_counts_where_nothing_else_does() -> None:
    day = on("url:day", "2025-05-18")
    assert published(day) == ("2025-05-18", None)
    assert published(day, on("article:published_time", "2025-05-17T09:00:00Z")) == ("2025-05-17", "2025-05-17T09:00:00+00:00")


def test_keywords_are_cut_and_said_once() -> None:
    assert keywords(about("جسر، نهر دجلة؛ جسر, بغداد")) == ["جسر", "نهر دجلة", "بغداد"]


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "100312362",
        "98be933f-38cf-4fba-b6c6-ad438e82010a",
        "tagblatt.example",
        "Tagblatt",
        "Category: News",
        "section:politik",
        "x" * 90,
    ],
)
def test_label_of_a_machine_or_the_site_is_no_keyword(junk: str) -> None:
    assert junk not in keywords(about(junk), about("Wien"), text="wien")


def test_of_a_list_with_the_sites_name_counts_what_the_text_mentions() -> None:
    assert keywords(about("Tagblatt, News, Sport, Wien"), text="in wien wird gewählt") == ["Wien"]


def test_first_word_of_the_sites_name_betrays_its_list() -> None:
    facts = chosen(("publisher", "og:site_name", "LBCI Lebanon"), about("news, lbci, أخبار")).keywords
    assert facts == []


def test_next_source_is_asked_where_the_first_is_the_sites() -> None:
    assert keywords(about("Tagblatt, News"), about("Wien", "article:tag")) == ["Wien"]


# --- other fields


@pytest.mark.parametrize("lie", ["http://10.0.0.7/1", "http://localhost/1", "/news/1", "http://[x/1", "ftp://a.example/1"])
def test_address_that_nobody_can_open_is_not_chosen(lie: str) -> None:
    found = chosen(("url", "link:canonical", lie), ("url", "og:url", "https://a.example/1")).first("url")
    assert found is not None
    assert found.source == "og:url"


def test_first_of_the_table_is_chosen() -> None:
    found = chosen(("section", "json-ld:articleSection", "Politik"), ("section", "article:section", "Wien")).first("section")
    assert found is not None
    assert found.value == "Wien"


FACTS = st.builds(
    Fact,
    st.sampled_from([*ORDER, "problem"]),
    st.text(max_size=40),
    st.sampled_from([*sorted({one for sources in ORDER.values() for one in sources}), "x"]),
)


@given(st.lists(FACTS, max_size=20))
def test_no_statement_makes_the_choice_raise(facts: list[Fact]) -> None:
    choose(facts, Shown([heading("x")]), URL, NOW)
