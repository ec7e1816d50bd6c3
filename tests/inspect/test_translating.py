"""Datasette's own pages speak the language of the reader, and their code stays code."""

import json
import re
from contextlib import closing
from pathlib import Path

import datasette
import pytest
from datasette.filters import Filters
from lxml import html

from almasalla_crawler.inspect import complaints
from almasalla_crawler.inspect.complaints import complained
from almasalla_crawler.inspect.translating import COUNTED, PHRASES, REPLACED, described, translatable
from almasalla_crawler.storage.database import open_readonly
from almasalla_crawler.storage.overview import column_meanings
from almasalla_crawler.wording import words
from tests.inspect.browsing import Browser

TEMPLATES = Path(datasette.__file__).parent / "templates"
PACKAGE = Path(__file__).parents[2] / "almasalla_crawler"
ARABIC: dict[str, str] = json.loads((PACKAGE / "translations/ar.json").read_text("utf-8"))
DESCRIPTIONS = [table["description"] for table in json.loads((PACKAGE / "inspect/tables.json").read_text("utf-8")).values()
                if "description" in table]  # fmt: skip
SHOWN = "database table row query _table _facet_results _suggested_facets _crumbs".split()
CODE = "//*[self::pre or self::textarea or self::dl or self::em or self::h1 or self::script or self::style]"


def test_every_phrase_is_one_of_datasette_and_is_translated() -> None:
    theirs = "".join(translatable((TEMPLATES / f"{name}.html").read_text("utf-8")) for name in SHOWN)
    assert [phrase for phrase in PHRASES if f'_("{phrase}")' not in theirs] == []
    assert [ours for ours in REPLACED.values() if ours not in theirs] == []
    assert [phrase for phrase in COUNTED if f'"{phrase}s"' not in theirs] == []
    said = {
        *PHRASES,
        *COUNTED,
        *(f"{phrase}s" for phrase in COUNTED),
        *DESCRIPTIONS,
        "hide",
        "show",
        "home",
        "where",
        "sorted by",
    }
    assert said - ARABIC.keys() == set()


def test_every_condition_on_a_column_is_translated() -> None:
    assert {
        display for _, display, _ in Filters([]).lookups() if display.isascii() and display[0].isalpha()
    } - ARABIC.keys() == set()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/almasalla", ["استعلام SQL", "الجداول", "العروض", "من الصفوف"]),
        (
            "/almasalla/articles?publisher__contains=%D9%85&_sort_desc=id&_size=1",
            ["بترتيب id تنازلياً", "يحتوي", "الصفحة التالية"],
        ),
        ("/almasalla/articles/1", ["الصفحة الأولى / almasalla / articles", "روابط من جداول أخرى"]),
        ("/almasalla?sql=select+id+from+pages+where+id+%3C+%3An&n=3", ["معاملات الاستعلام", "نتيجته 2 من الصفوف", "أخفِ"]),
        ("/almasalla/pairs?kind=none", ["لا صفوف"]),
    ],
)
def test_datasettes_pages_speak_arabic(browser: Browser, address: str, said: list[str]) -> None:
    page = browser.get(address, accept_language="ar")
    for phrase in said:
        assert phrase in page.text
    (main,) = html.fromstring(page.source).xpath("//main")
    for code in main.xpath(f".{CODE}"):
        code.drop_tree()
    left = {text.strip() for text in main.itertext()}
    assert left & {*PHRASES, *DESCRIPTIONS, "rows"} == set()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/other", "Database not found"),
        ("/almasalla/none", "Table not found"),
        ("/almasalla/articles/99999", "Record not found"),
        ("/almasalla?sql=delete+from+articles", "Statement must be a SELECT"),
        ("/almasalla/articles?_size=many", "_size must be a positive integer"),
        ("/almasalla/articles?_sort=id&_sort_desc=id", "Cannot use _sort and _sort_desc at the same time"),
    ],
)
def test_what_datasette_finds_wrong_is_said_in_arabic(browser: Browser, address: str, said: str) -> None:
    assert browser.get(address, accept_language="en").texts(".notice") == [said]
    assert browser.get(address, accept_language="ar").texts(".notice") == [ARABIC[said]]


@pytest.mark.parametrize(
    ("address", "english", "arabic"),
    [
        ("/almasalla/articles?_sort=none", "Cannot sort table by none", "ترتيب الجدول حسب none"),
        ("/almasalla/articles?_size=9999", "_size must be <= 1000", "الحد الأقصى لقيمة _size هو 1000"),
        ("/almasalla?sql=select+a%7Bb", 'unrecognized token: "{"', 'رمز غير مفهوم: "{"'),
        ("/almasalla?sql=select+x+from+pages", "no such column: x", "لا عمود بهذا الاسم: x"),
        ("/almasalla?sql=select+1+from+from", 'near "from": syntax error', 'خطأ في صياغة SQL عند "from"'),
        ("/almasalla?sql=select+(select+1,2)", "sub-select returns 2 columns - expected 1", "من الأعمدة 2، والمنتظر 1"),
    ],
)
def test_what_is_wrong_with_a_question_is_said_in_arabic(browser: Browser, address: str, english: str, arabic: str) -> None:
    assert english in browser.get(address, accept_language="en").texts(".notice, .message-error")
    (said,) = browser.get(address, accept_language="ar").texts(".notice, .message-error")
    assert arabic in re.sub("[\u2066\u2069]", "", said)


def test_every_complaint_is_translated_with_all_that_it_names() -> None:
    assert [phrase for phrase in complaints.PHRASES if ARABIC[phrase].count("{}") != phrase.count("{}")] == []
    assert complained("something else", lambda phrase: ARABIC[phrase]) == "something else"


def test_conditions_keep_their_order_among_arabic_words(browser: Browser) -> None:
    page = browser.get("/almasalla/articles?publisher__not=x&_sort=id", accept_language="ar")
    assert 'حيث \u2066publisher != "x"\u2069 بترتيب id' in page.text


def test_no_condition_is_read_backwards_in_arabic(browser: Browser) -> None:
    """A select is set from right to left, whatever its style says: `!=` would stand as `=!`."""
    offered = browser.get("/almasalla/articles", accept_language="ar").texts("select[name^=_filter_op] option")
    assert "لا يساوي" in offered
    assert "!=" not in offered


def test_conditions_of_an_address_are_counted_in_arabic(browser: Browser) -> None:
    assert "1 شرط إضافي" in browser.get("/almasalla/articles?_where=id>0", accept_language="ar").text
    assert "2 extra where clauses" in browser.get("/almasalla/articles?_where=1&_where=2", accept_language="en").text


def test_every_column_of_a_table_that_is_shown_is_explained_in_arabic(path: Path) -> None:
    hidden = {
        name for name, table in json.loads((PACKAGE / "inspect/tables.json").read_text("utf-8")).items() if "hidden" in table
    }
    with closing(open_readonly(path)) as connection:
        meanings = column_meanings(connection)
    shown = {meaning for table, columns in meanings.items() if table not in hidden for meaning in columns.values()}
    assert len(shown) > 100
    assert [meaning for meaning in shown if not re.search("[ء-ي]", words("ar")(meaning))] == []
    assert shown >= json.loads((PACKAGE / "translations/ar_columns.json").read_text("utf-8")).keys()


def test_what_a_column_means_is_said_in_the_language_of_the_reader(browser: Browser) -> None:
    for language, said in (("ar", "عدد كلمات المتن"), ("en", "words of the body")):
        page = browser.get("/almasalla/articles", accept_language=language)
        assert said in page.texts(".column-descriptions dd")
        assert said in page.values("th", "data-column-description")


def test_sql_that_is_offered_stays_sql(browser: Browser) -> None:
    for address in ("/almasalla", "/almasalla?sql=select+1&_hide_sql=1"):
        source = browser.get(address, accept_language="ar").source
        assert ("select * from" if address == "/almasalla" else "select 1") in source


def test_datasettes_pages_stay_english_for_who_reads_english(browser: Browser) -> None:
    text = browser.get("/almasalla/articles?_sort=id", accept_language="en").text
    assert re.search(r"\d rows\s+sorted by id", text)


@pytest.mark.parametrize(
    ("description", "words"),
    [
        ('where publisher = "where x"', 'حيث publisher = "where x"'),
        ("where id > 3 and kind is null sorted by id descending", "حيث id > 3 and kind is null بترتيب id تنازلياً"),
        ("sorted by id", "بترتيب id"),
        ("", ""),
        ("something else", "something else"),
    ],
)
def test_conditions_are_left_as_they_are(description: str, words: str) -> None:
    assert described(description, lambda word: ARABIC[word]) == words
