import pytest

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.arabic.stems import goes_on, stems


def test_forms_of_a_word_share_their_stem() -> None:
    assert stems(search_key("المتحف متحفنا والمتحف")) == stems(search_key("متحف"))


@pytest.mark.parametrize("text", ["وقال المهندس إن العمل بدأ.", "لكن السكان رفضوا.", "كما وعد بزيادة."])
def test_sentence_tied_to_the_one_above_goes_on(text: str) -> None:
    assert goes_on(search_key(text))


@pytest.mark.parametrize("text", ["وصل الوفد إلى المدينة.", "وزير النقل يفتتح الجسر", "أعلنت الجمعية عن مسابقة."])
def test_sentence_that_opens_a_text_does_not(text: str) -> None:
    assert not goes_on(search_key(text))
