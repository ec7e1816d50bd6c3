"""Short lines that are of a text though they look like labels, headlines or credits."""

from collections.abc import Callable

import pytest

from almasalla_crawler.items import Page

TITLE = "ورشة الخزف تفتح أبوابها للزوار"
MAIN = [
    "فتحت ورشة الخزف في الحي القديم أبوابها للزوار، وعرضت فيها أربعون جرة صنعت هذا الشتاء.",
    "وقال صاحب الورشة إن الطين يجلب من ضفة النهر، ويترك شهراً في الظل قبل أن يعجن.",
    "وتقام الدروس مساء كل ثلاثاء، ولا يطلب من المتعلم سوى مئزر قديم.",
]
SHORT = "الفرن لا ينطفئ أبداً."
STORY_TITLE = "حوار مع صانعة السلال"
STORY = "تحدثت صانعة السلال عن حرفتها التي ورثتها عن جدتها قبل خمسين عاماً في قريتها البعيدة."
Read = Callable[..., Page]


def text(*lines: str) -> str:
    return "\n\n".join(lines)


def html(*lines: str) -> str:
    body = "".join(f"<p>{one}</p>" for one in lines)
    return f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>{body}</article></body></html>"


def bodies(page: Page) -> list[list[str]]:
    return [one.body.split("\n\n") for one in page.articles]


def test_text_of_an_html_page_may_begin_with_a_few_words(read: Read) -> None:
    assert bodies(read(html(SHORT, *MAIN))) == [[SHORT, *MAIN]]


@pytest.mark.parametrize(
    "label",
    ["كتب: سالم النجار.", "متابعات - سالم النجار.", "مقال للكاتب سالم النجار.", "هل أعجبك المقال؟", "اقرأ التفاصيل في التقرير."],
)
def test_labels_above_a_text_are_none_of_it(read: Read, label: str) -> None:
    assert bodies(read(html(label, *MAIN))) == [MAIN]


def test_one_paragraph_above_a_read_also_line_is_of_the_text(read: Read) -> None:
    also = 'اقرأ أيضاً: <a href="/a">سوق النحاس يعود إلى الساحة</a>'
    assert bodies(read(html(SHORT, also, *MAIN))) == [[SHORT, *MAIN]]


def test_spoken_lines_with_dashes_are_of_the_article_they_end(read: Read) -> None:
    spoken = ["- ومتى بدأت العمل؟", "- بدأت وأنا في السابعة.", "- وداعاً، ولا تنسوا السلة."]
    page = read(text(TITLE, *MAIN, "المصدر: دار الطين", "اقرأ أيضاً:", STORY_TITLE, STORY, *spoken))
    assert bodies(page)[1] == [STORY, *spoken]
    assert not page.mentions


@pytest.mark.parametrize("point", ["ثالثاً: نقل الفرن إلى خارج الحي", "3- لا يقبل الطين المستورد"])
def test_counted_point_without_its_stop_may_end_a_text(read: Read, point: str) -> None:
    assert bodies(read(text(TITLE, *MAIN, point, "المصدر: دار الطين"))) == [[*MAIN, point]]


def test_title_that_opens_with_a_name_above_its_date_signs_nothing(read: Read) -> None:
    title = "محمد الخطيب يفوز بجائزة الخزف الأولى هذا العام"
    page = read(text(TITLE, *MAIN, title, "14 أيار 2023", f"حلب – {STORY}", MAIN[1]))
    assert [one.title for one in page.articles] == [TITLE, title]
    assert bodies(page)[0] == MAIN


@pytest.mark.parametrize("header", ["حلب - 2023/05/12 - 4:10 م", "دار الطين | 12 أيار 2023", "12 أيار 2023، حلب"])
def test_place_or_outlet_beside_a_date_is_of_the_header(read: Read, header: str) -> None:
    page = read(text(TITLE, header, f"حلب – {MAIN[0]}", *MAIN[1:], "المصدر: دار الطين"))
    assert len(page.articles) == 1
    assert page.articles[0].date_published_date == "2023-05-12"


def test_places_and_days_in_a_text_are_of_it(read: Read) -> None:
    programme = ["مواعيد العروض:", "حلب - 12 أيار 2023", "حمص - 14 أيار 2023"]
    page = read(text(TITLE, *MAIN[:2], *programme, MAIN[2], "المصدر: دار الطين"))
    assert len(page.articles) == 1
    assert page.articles[0].date_published_date is None


def test_a_day_beside_a_place_gives_way_to_one_that_is_stated(read: Read) -> None:
    stated = '<head><meta property="article:published_time" content="2024-05-12T08:00:00+03:00">'
    page = read(html("حلب - 3 آذار 1958", *MAIN).replace("<head>", stated))
    assert page.articles[0].date_published_date == "2024-05-12"


def test_a_programme_above_a_text_dates_nothing(read: Read) -> None:
    page = read(html("حلب - 12 أيار 2023", "حمص - 14 أيار 2023", *MAIN))
    assert (len(page.articles), page.articles[0].date_published_date) == (1, None)
