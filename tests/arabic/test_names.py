"""Tests of given names: who is a person, and which words only look so."""

import pytest

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.arabic.names import opens_with_a_name
from almasalla_crawler.arabic.phrases import read_saying


@pytest.mark.parametrize("text", ["حكمت المحكمة - البصرة", "رفعت الأسعار - بغداد", "نجاة ركاب - الموصل", "هاجر الشباب - بيروت"])
def test_sentence_with_a_place_behind_a_dash_is_no_byline(text: str) -> None:
    assert read_saying(text, search_key(text)) is None


@pytest.mark.parametrize(
    "text", ["حصة الأسد", "رفعت الدعوى أمس", "طلعت الشمس", "هيا نزرع", "رابح وخاسر", "تهاني العيد", "آسيا تنتظر"]
)
def test_word_that_opens_sentences_is_no_name(text: str) -> None:
    assert not opens_with_a_name(search_key(text))


@pytest.mark.parametrize("text", ["بثينة حداد", "إدريس العلوي", "د. ريم ناصيف", "أبو أحمد"])
def test_person_is_known_by_the_given_name(text: str) -> None:
    assert opens_with_a_name(search_key(text))
