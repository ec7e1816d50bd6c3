"""Pages whose markup says nothing: divs with generated class names, as scripts write them, and tables of old systems."""

from collections.abc import Callable

import pytest

from almasalla_crawler.items import Page

TITLE = "من يصلح ساعة البلدية القديمة؟"
LEAD = "صور – وكالة الرصيف – توقفت ساعة البلدية القديمة عن الدوران بعد ستين عاماً لم تتأخر فيها دقيقة واحدة."
MAIN = [
    "وقال حارس البرج إن المسننات تآكلت من رطوبة البحر، وإن القطع لم تعد تصنع منذ زمن.",
    "وتطوع صانع أقفال متقاعد لصب قطعة جديدة من النحاس في ورشته خلف السوق.",
    "ويأمل السكان أن يسمعوا دقاتها من جديد قبل عيد البلدة في آخر الصيف.",
    "وخصص المجلس مبلغاً صغيراً لطلاء البرج وتنظيف زجاجه الملون.",
]
Read = Callable[..., Page]


def div(text: str, name: str = "cx81k2") -> str:
    return f'<div class="{name}">{text}</div>'


def plain(top: str, *lines: str) -> bytes:
    head = f'<head><title>{TITLE} | الرصيف</title><meta property="og:type" content="article"></head>'
    body = "".join(one if one.startswith("<") else div(one) for one in lines)
    return f'<html>{head}<body><div id="root">{div(top, "c9f")}{div(body, "c77")}</div></body></html>'.encode()


def heading(text: str) -> str:
    return f'<div class="ch41"><span>{text}</span></div>'


def test_words_between_two_paragraphs_are_a_subheading_without_markup_that_says_so(read: Read) -> None:
    page = read(plain(f"<h1>{TITLE}</h1>", LEAD, *MAIN[:2], heading("حكاية البرج"), *MAIN[2:]))
    assert page.articles[0].body.split("\n\n")[1:] == [*MAIN[:2], "حكاية البرج", *MAIN[2:]]


def test_plain_items_between_two_paragraphs_are_of_the_text(read: Read) -> None:
    items = ["صب المسننات من النحاس", "طلاء عقارب الساعة"]
    listed = "<div class='cl2'>" + "".join(div(item, "ci7") for item in items) + "</div>"
    page = read(plain(f"<h1>{TITLE}</h1>", LEAD, *MAIN[:2], listed, *MAIN[2:]))
    assert all(item in page.articles[0].body for item in items)


def test_plain_line_between_paragraphs_that_speaks_to_the_reader_is_none_of_the_text(read: Read) -> None:
    page = read(plain(f"<h1>{TITLE}</h1>", LEAD, *MAIN[:2], heading("تابعونا على قناتنا"), *MAIN[2:]))
    assert "تابعونا" not in page.articles[0].body


def test_headline_in_the_block_of_the_text_is_its_title_though_it_asks(read: Read) -> None:
    cells = f"<b>{TITLE}</b><br>4 شباط 2025<br>" + "<br><br>".join([LEAD, *MAIN])
    page = read(f"<title>{TITLE} | الرصيف</title><table><tr><td>{cells}</td></tr></table>".encode())
    assert [(one.role, one.title) for one in page.articles] == [("main", TITLE)]
    assert page.articles[0].date_published_date == "2025-02-04"


def test_paragraphs_above_a_list_of_links_are_of_the_text_that_goes_on_below(read: Read) -> None:
    short = ["«لن نتركها صامتة» قالها أهالي الحي.", "ويعرف الصيادون وقت المد من دقاتها."]
    aside = heading("اقرأ أيضاً: <a href='/n/7'>متحف الصيد يفتح قاعة للشباك</a>")
    page = read(plain(f"<h1>{TITLE}</h1>", div("".join(map(div, short)), "c1") + aside, div("".join(map(div, MAIN)), "c2")))
    assert [one for one in short if one not in page.articles[0].body] == []


def test_name_of_the_page_repeated_among_labels_begins_no_text(read: Read) -> None:
    title = "ساعة البلدية تدق من جديد"
    page = read("\n\n".join([title, "شوهد: 4268", "نسخ رابط المقال", title, LEAD, *MAIN]))
    assert [(one.role, one.title) for one in page.articles] == [("main", title)]


def test_label_of_what_we_published_carries_a_headline(read: Read) -> None:
    page = read("\n\n".join([TITLE, LEAD, MAIN[0], "سبق أن نشرنا: متحف الصيد يفتح قاعة للشباك", *MAIN[1:]]))
    assert [one.title for one in page.mentions] == ["متحف الصيد يفتح قاعة للشباك"]
    assert "متحف" not in page.articles[0].body


def test_number_of_a_page_is_navigation(read: Read) -> None:
    page = read(plain(f"<h1>{TITLE}</h1>", LEAD, *MAIN, div('<a href="/n/2">الصفحة 1 من 3</a>')))
    assert [one.role for one in page.lines if one.text == "الصفحة 1 من 3"] == ["navigation"]


@pytest.mark.parametrize(
    "lines",
    [
        ["متحف الصيد يفتح قاعة للشباك القديمة"],
        ["متحف الصيد يفتح قاعة للشباك القديمة", "نادي الميناء يتعاقد مع حارس مرمى شاب", "أمطار غزيرة تغلق ثلاث مدارس"],
        ["أبو أحمد", "كلام جميل والله"],
        ["سلمى حداد", "ساعة البلدية في القلب"],
        ["محتوى برعاية شركة النور للاتصالات"],
        ["تتمة المقال بعد الإعلان"],
        ["موجز الصباح", "خمس قصص تبدأ بها يومك"],
        ["بيروت 24°", "طقس صاف"],
        ["تكبير الخط", "تصغير الخط"],
        ["استمع إلى المقال", "5:32"],
        ["5:32"],
    ],
)
def test_plain_lines_between_paragraphs_that_say_nothing_of_the_text_are_none_of_it(read: Read, lines: list[str]) -> None:
    page = read(plain(f"<h1>{TITLE}</h1>", LEAD, *MAIN[:2], *map(heading, lines), *MAIN[2:]))
    assert page.articles[0].body.split("\n\n")[1:] == MAIN


@pytest.mark.parametrize(
    "lines", [["من أين يأتي المال؟"], ["زجاج البرج الملون", "تعيين 12 حارسا جديدا"], ["قطع النحاس", "أجر الصانع"]]
)
def test_plain_lines_that_say_what_the_text_says_are_of_it(read: Read, lines: list[str]) -> None:
    page = read(plain(f"<h1>{TITLE}</h1>", LEAD, *MAIN[:2], *map(heading, lines), *MAIN[2:]))
    assert page.articles[0].body.split("\n\n")[1:] == [*MAIN[:2], *lines, *MAIN[2:]]


@pytest.mark.parametrize(
    "line",
    [
        "تابع: «لن نترك المشروع قبل اكتماله»",
        'تابع: "الجسر سيفتح أمام السيارات"',
        "شاهد: رأيت السيارة تنفجر قرب السوق",
        "موقفنا: لا تراجع عن المطالب",
        "رأينا: الموازنة لا تكفي لسد العجز",
        "مقالنا: لماذا نكتب عن المدن",
        "صورنا: البصرة قبل خمسين عاما",
        "كما كتبنا: لا إصلاح من دون مال",
        "سبق أن نشرنا: «لا إصلاح من دون مال»",
        "الصفحة 3",
    ],
)
def test_quotation_opinion_or_number_under_a_label_stays_in_the_text(read: Read, line: str) -> None:
    body = "".join(f"<p>{one}</p>" for one in [LEAD, MAIN[0], line, *MAIN[1:]])
    page = read(f"<title>{TITLE}</title><h1>{TITLE}</h1><article>{body}</article>".encode())
    assert (line in page.articles[0].body, page.mentions) == (True, [])


@pytest.mark.parametrize(
    "line",
    [
        "تابع: «لن نترك المشروع قبل اكتماله»",
        'تابع: "الجسر سيفتح أمام السيارات"',
        "تابع: زجاج البرج سيلمع في العيد",
        "تابع: سيفتح الطريق أمام السيارات غداً.",
        "شاهد: رأيت السيارة تنفجر قرب السوق",
        "موقفنا: لا تراجع عن المطالب",
    ],
)
def test_words_of_somebody_in_plain_text_stay_in_the_text(read: Read, line: str) -> None:
    page = read("\n\n".join([TITLE, LEAD, *MAIN, line, MAIN[0].replace("رطوبة", "ملح")]))
    assert (line in page.articles[0].body, page.mentions) == (True, [])


def test_verb_of_reading_in_plain_text_carries_a_headline_of_something_else(read: Read) -> None:
    page = read("\n\n".join([TITLE, LEAD, MAIN[0], "تابع: متحف يفتح قاعة للشباك", *MAIN[1:]]))
    assert [one.title for one in page.mentions] == ["متحف يفتح قاعة للشباك"]


def test_verb_of_reading_before_a_link_is_a_marker_of_its_headline(read: Read) -> None:
    link = "تابع: <a href='/n/7'>متحف الصيد يفتح قاعة للشباك</a>"
    page = read(plain(f"<h1>{TITLE}</h1>", LEAD, MAIN[0], link, *MAIN[1:]))
    assert [one.title for one in page.mentions] == ["متحف الصيد يفتح قاعة للشباك"]
    assert "تابع" not in page.articles[0].body
