"""What people type -> terms, and the query that FTS5 is asked."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almasalla_crawler.arabic.queries import MAX_CHARACTERS, QueryError, Term, match_string, parse_query


def shown(terms: list[Term]) -> list[str]:
    return [" ".join((next(iter(term.forms)), *term.rest)) for term in terms]


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("وزير الخارجية", ["وزير", "الخارجيه"], []),
        ('"مجلس النواب" جلسة', ["مجلس النواب", "جلسه"], []),
        ("«مجلس النواب» “جلسة اليوم”", ["مجلس النواب", "جلسه اليوم"], []),
        ("وزير -الخارجية −«مجلس النواب»", ["وزير"], ["الخارجيه", "مجلس النواب"]),
        ('وزير "بلا نهاية', ["وزير", "بلا نهايه"], []),
        ("وزير وزير", ["وزير"], []),
        ("وزير في بغداد", ["وزير", "بغداد"], []),
        ("في من", ["في", "من"], []),
        ("«في بغداد»", ["في بغداد"], []),
        ("كوفيد-19", ["كوفيد 19"], []),
        ("الـ87", ["87"], []),
        ("بـ ٨٧ مليار", ["87", "مليار"], []),
        ("- وزير -- ;", ["وزير"], []),
        ("وزير\x00 AND title_key:(x*)", ["وزير", "and", "title key x"], []),
    ],
)
def test_a_query_is_words_phrases_and_what_to_leave_out(text: str, wanted: list[str], unwanted: list[str]) -> None:
    query = parse_query(text)
    assert (shown(query.wanted), shown(query.unwanted)) == (wanted, unwanted)


def test_the_query_asks_for_known_forms_only() -> None:
    query = parse_query('"مجلس النواب" وزير -سفير')
    known = {"مجلس", "ومجلس", "الوزير", "للسفير", "سفراء"}
    assert match_string(query, known) == '(("مجلس النواب" OR "ومجلس النواب") AND ("الوزير")) NOT ("للسفير")'
    assert match_string(query, known, "title_key") == (
        '({title_key} : (("مجلس النواب" OR "ومجلس النواب") AND ("الوزير"))) NOT ("للسفير")'
    )


def test_a_word_that_stands_nowhere_leaves_nothing_to_ask() -> None:
    assert match_string(parse_query("وزير سفير"), {"وزير"}) is None


@pytest.mark.parametrize(
    "text", ["", " \n", "؟!", "-وزير", "x" * (MAX_CHARACTERS + 1)], ids=["empty", "blank", "marks", "minus", "long"]
)
def test_a_query_without_anything_to_look_for_is_refused(text: str) -> None:
    with pytest.raises(QueryError):
        parse_query(text)


@given(st.text(max_size=60) | st.text('"«»-*^:(){}+ \0وزيرNOTANDx', max_size=60))
def test_whatever_is_typed_fts5_understands_the_query(text: str) -> None:
    try:
        query = parse_query(text)
    except QueryError:
        return
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(title_key, body_key, tokenize='ascii')")
    for columns in ("", "title_key"):
        assert (
            connection.execute("SELECT * FROM t WHERE t MATCH ?", (match_string(query, query.forms, columns),)).fetchall() == []
        )
    connection.close()
