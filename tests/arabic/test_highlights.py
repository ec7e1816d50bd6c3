"""Hits are marked in the spelling of the text, and the excerpt shows the passage that holds most of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almasalla_crawler.arabic.highlights import EXCERPT_WORDS, Parts, excerpt, highlighted, is_written
from almasalla_crawler.arabic.queries import parse_query


def marked(parts: Parts) -> str:
    return "".join(f"[{piece}]" if is_hit else piece for piece, is_hit in parts)


@pytest.mark.parametrize(
    ("query", "text", "shown"),
    [
        ("حكومة", "قالت الحُكومــة إن «حكومتها» جاهزة", "قالت [الحُكومــة] إن «[حكومتها]» جاهزة"),
        ("المسلة", "بغداد/المسلة: افتتح", "بغداد/[المسلة]: افتتح"),
        ("87", "بلغت بـ٨٧ مليار", "بلغت [بـ٨٧] مليار"),
        ('"مجلس النواب"', "عقد مجلس النواب جلسة في مجلس آخر", "عقد [مجلس النواب] جلسة في مجلس آخر"),
        ('"مجلس النواب"', "«مجلس» النواب، ثم مجلسُ النوّاب", "«[مجلس]» [النواب]، ثم [مجلسُ النوّاب]"),
        ("مكتب", "مكتبه في مكتبة", "[مكتبه] في مكتبة"),
        ("nato", "NATO و«الناتو»", "[NATO] و«الناتو»"),
        ("العراق", "ﺍﻟﻌﺮﺍﻕ اليوم", "[ﺍﻟﻌﺮﺍﻕ] اليوم"),
        ("وزير", "", ""),
    ],
)
def test_hits_are_marked_as_they_are_written(query: str, text: str, shown: str) -> None:
    assert marked(highlighted(parse_query(query).wanted, text)) == shown


def test_the_excerpt_is_the_passage_with_all_words() -> None:
    far = " ".join(["كلمة"] * 200)
    text = f"الوزير هنا {far} وحضر الوزير مع السفير إلى القاعة {far}"
    shown = marked(excerpt(parse_query("وزير سفير").wanted, text))
    assert "وحضر [الوزير] مع [السفير] إلى القاعة" in shown
    assert shown.startswith("… كلمة")
    assert shown.endswith("كلمة …")
    assert len(shown.split()) == EXCERPT_WORDS + 2


def test_a_hit_deep_in_a_long_text_is_shown() -> None:
    shown = marked(excerpt(parse_query("سمندل").wanted, "كلمة " * 50_000 + "ظهر سمندل " + "كلمة " * 5000))
    assert "ظهر [سمندل] كلمة" in shown


def test_a_text_without_a_hit_is_shown_from_its_beginning() -> None:
    assert marked(excerpt(parse_query("سمندل").wanted, "كلمة " * 5000)).startswith("كلمة كلمة")


def test_a_form_counts_only_in_its_own_spelling() -> None:
    forms = {"مكتبه": "[^ة]$"}
    assert not is_written(forms, "فتحت مكتبة، ثم «مكتبة»")
    assert is_written(forms, "فتحت مكتبة في «مكتبه»")


@given(st.text() | st.text("وزيرال هة\n«»/ـَ8", max_size=200))
def test_the_pieces_are_the_text(text: str) -> None:
    terms = parse_query('وزير "لا زي" ه').wanted
    assert "".join(piece for piece, _ in highlighted(terms, text)) == text
    assert all(piece for piece, _ in excerpt(terms, text))
