"""Names of authors above and below the texts of copied pages, and lines of texts that look like them."""

import pytest

from tests.pipelines.copied_pages import MAIN, SOURCE, STORY, TITLE, Read, body, text


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param(["نادر الحلبي", "قارئ في التاسعة استعار أول كتاب من القاعة."], id="somebody else"),
        pytest.param(["سارة منصور", "وقالت في ختام حديثها إن الأبواب تفتح كل سبت للجميع."], id="what she said"),
        pytest.param(["سارة منصور", "أعلنت إدارة المكتبة أن الورشة الأولى تبدأ بعد غد."], id="news below her name"),
        pytest.param(["سارة منصور", "الجائزة الثالثة عن قصة الرف الأخير"], id="what she won"),
        pytest.param(["وحضر الافتتاح:", "سارة منصور", "رئيسة لجنة الحي"], id="whom a sentence lists"),
    ],
)
def test_text_below_a_name_is_kept(read: Read, tail: list[str]) -> None:
    page = read(text(TITLE, "بواسطة: سارة منصور", "30 آب 2024", *MAIN, *tail, SOURCE))
    assert body(page)[: len(MAIN)] == MAIN
    assert tail[1] in body(page)


def test_name_above_the_date_opens_no_second_article_below_a_deck(read: Read) -> None:
    page = read(text(TITLE, "حكاية رفوف جمعها الجيران من بيوتهم القديمة", "رباب الخطيب", "30 آب 2024", *MAIN, SOURCE))
    assert len(page.articles) == 1
    assert body(page) == MAIN
    assert page.articles[0].date_published_date == "2024-08-30"


def test_title_that_opens_with_a_name_opens_an_article_below_a_text(read: Read) -> None:
    page = read(text(TITLE, "30 آب 2024", *MAIN, "سامي يعقوب يعود", "12 أيار 2023", *STORY))
    assert [(one.title, one.body.split("\n\n")) for one in page.articles] == [(TITLE, MAIN), ("سامي يعقوب يعود", STORY)]


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param(["* رباب الخطيب: كاتبة من حلب", "* سامي يعقوب: شاعر من حمص", "* نادر الحلبي: روائي"], id="list of guests"),
        pytest.param(["* الكاتب لا يعود إلى بيته القديم مرتين."], id="saying"),
        pytest.param(["* ألف كتاب مصور"], id="item"),
        pytest.param(["* كاتب عاش في حلب ومات فيها عام 1090."], id="note on somebody in the text"),
        pytest.param(["* باحثة تجد مخطوطا بين الرفوف"], id="headline"),
        pytest.param(["* نادر الحلبي: خبير نبّه إلى رطوبة القاعة في الشتاء."], id="report"),
    ],
)
def test_starred_lines_of_a_text_are_kept(read: Read, tail: list[str]) -> None:
    assert [one.lstrip("* ") for one in body(read(text(TITLE, "30 آب 2024", *MAIN, *tail, SOURCE)))] == [
        *MAIN,
        *(one.lstrip("* ") for one in tail),
    ]


@pytest.mark.parametrize(
    "below", ["لا تزال تفتح الباب كل صباح بنفسها.", "كاتبة رأت المدينة من نافذة واحدة", "شاعرة الرفوف والحبر"]
)
@pytest.mark.parametrize("head", [["سعاد العلي", TITLE], ["سعاد العلي"]], ids=["above the headline", "headline"])
def test_last_lines_below_the_name_of_whom_a_text_is_about_are_kept(read: Read, head: list[str], below: str) -> None:
    tail = ["وعلى باب القاعة كتب الجيران:", "سعاد العلي", below]
    assert body(read(text(*head, "30 آب 2024", *MAIN, *tail, SOURCE)))[-3:] == tail


def test_title_that_is_a_name_opens_a_related_article_above_its_dateline(read: Read) -> None:
    story = [f"بيروت - الضاحية: {STORY[0]}", STORY[1]]
    page = read(text(TITLE, "30 آب 2024", *MAIN, "مواضيع ذات صلة", "سامي يعقوب", *story))
    assert [one.title for one in page.articles] == [TITLE, "سامي يعقوب"]
