"""Lines around a text that are none of it, in words that no list holds; and lines of it that look as if they were."""

from collections.abc import Callable

import pytest

from almasalla_crawler.items import Line, Page

TITLE = "نادي الشطرنج يفتح فرعاً للصغار في حي الميناء"
MAIN = [
    "فتح نادي الشطرنج فرعاً للصغار في حي الميناء، يستقبل اللاعبين من سن السادسة بعد ظهر كل خميس.",
    "وقالت المدربة سمر الخطيب إن الفرع جهز عشرين رقعة تبرع بها لاعبون قدامى.",
    "وتستمر الدورة الأولى ستة أسابيع، وتنتهي ببطولة صغيرة يحضرها الأهالي.",
]
OPEN = "فتح نادي الشطرنج فرعاً للصغار في حي الميناء يستقبل اللاعبين من سن السادسة"  # no full stop
STORY_TITLE = "سوق العسل يعود إلى الساحة القديمة"
STORY = [
    "عاد سوق العسل إلى الساحة القديمة بعد غياب ثلاثة أعوام، وشارك فيه أربعون نحالاً من القرى القريبة.",
    "وبيعت في اليوم الأول ألف علبة، معظمها من عسل السدر.",
]
SOURCE = "المصدر: موقع الميناء الإخباري"

Read = Callable[..., Page]


def texts(page: Page) -> list[tuple[str, str | None, list[str]]]:
    return [(one.role, one.title, one.body.split("\n\n")) for one in page.articles]


def text(*lines: str) -> str:
    return "\n\n".join(lines)


def html(*lines: str) -> str:
    blocks = "".join(one if one.startswith("<") else f"<p>{one}</p>" for one in lines)
    return f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>{blocks}</article></body></html>"


def line(page: Page, wanted: str) -> Line:
    return next(one for one in page.lines if one.text == wanted)


# --- above the text


@pytest.mark.parametrize("above", [["رياضة"], ["شبكة الميناء"], ["شبكة الميناء", "رياضة"]], ids=["section", "site", "both"])
def test_title_of_a_copied_page_is_its_first_headline(read: Read, above: list[str]) -> None:
    assert texts(read(text(*above, TITLE, *MAIN, SOURCE))) == [("main", TITLE, MAIN)]


@pytest.mark.parametrize("label", ["4 دقائق للقراءة", "متابعة نادر الصباغ", "انشر مع رفاقك"])
def test_label_between_title_and_text_is_none_of_it(read: Read, label: str) -> None:
    assert texts(read(text(TITLE, "30 آب 2024", label, *MAIN, SOURCE))) == [("main", TITLE, MAIN)]


def test_first_line_below_a_date_alone_is_text_though_it_has_no_full_stop(read: Read) -> None:
    assert texts(read(text("30 آب 2024", OPEN, *MAIN[1:], SOURCE))) == [("main", None, [OPEN, *MAIN[1:]])]


def test_first_sentence_of_an_html_text_may_lack_its_full_stop(read: Read) -> None:
    assert texts(read(html(OPEN, *MAIN[1:]), "page.html")) == [("main", TITLE, [OPEN, *MAIN[1:]])]


def test_caption_that_ends_with_a_name_is_no_first_sentence(read: Read) -> None:
    caption = "لاعبون صغار حول الرقعة في القاعة الجديدة قرب الميناء - عدسة نوال الدباغ"
    assert texts(read(html(caption, *MAIN), "page.html")) == [("main", TITLE, MAIN)]


@pytest.mark.parametrize("names", ["حلب – رنا الدباغ", "رنا الدباغ - شبكة الميناء"])
def test_person_and_place_alone_below_the_title_sign_the_text(read: Read, names: str) -> None:
    assert texts(read(text(TITLE, "30 آب 2024", names, *MAIN, "المصدر: شبكة الميناء"))) == [("main", TITLE, MAIN)]


def test_dateline_alone_below_the_title_is_of_the_text(read: Read) -> None:
    page = read(text(TITLE, "30 آب 2024", "حلب – شبكة الميناء", *MAIN, "المصدر: شبكة الميناء"))
    assert line(page, "حلب – شبكة الميناء").role == "dateline"


# --- another article


@pytest.mark.parametrize("dateline", ["حلب – ", "حلب، وكالة السنابل - "], ids=["place alone", "comma"])
def test_title_above_a_short_dateline_opens_another_article(read: Read, dateline: str) -> None:
    story = [dateline + STORY[0], STORY[1]]
    assert [one[1] for one in texts(read(text(TITLE, *MAIN, STORY_TITLE, *story)))] == [TITLE, STORY_TITLE]


@pytest.mark.parametrize("beside", [["إقرأ أيضاً:"], ["30 آب 2024"]], ids=["marker", "date"])
def test_first_sentence_of_a_related_article_may_lack_its_full_stop(read: Read, beside: list[str]) -> None:
    story = ["عاد سوق العسل إلى الساحة القديمة بعد غياب ثلاثة أعوام كاملة", *STORY[1:]]
    opening = [*beside, STORY_TITLE] if beside[0].endswith(":") else [STORY_TITLE, *beside]
    assert [one[1] for one in texts(read(text(TITLE, *MAIN, *opening, *story)))] == [TITLE, STORY_TITLE]


def test_bullets_behind_an_inline_headline_go_on_with_the_list_of_the_text(read: Read) -> None:
    items = ["رقع خشبية للصغار", "ساعات لقياس الوقت", "كتب في الافتتاحيات"]
    listed = f"<ul><li>{items[0]}</li></ul><p>اقرأ أيضاً</p><p><a href='/n/7'>{STORY_TITLE}</a></p>"
    page = read(html(*MAIN[:2], f"{listed}<ul><li>{items[1]}</li><li>{items[2]}</li></ul>", MAIN[2]), "page.html")
    assert texts(page) == [("main", TITLE, [*MAIN[:2], *items, MAIN[2]])]


def test_two_headlines_below_a_marker_inside_the_text_are_none_of_it(read: Read) -> None:
    second = "قطار الجبل يستأنف رحلاته الأسبوعية بعرباته القديمة"
    page = read(text(TITLE, *MAIN[:2], "اقرأ أيضاً", STORY_TITLE, second, MAIN[2], SOURCE))
    assert (texts(page), [one.title for one in page.mentions]) == ([("main", TITLE, MAIN)], [STORY_TITLE, second])


# --- below the text


@pytest.mark.parametrize(
    "tail",
    [
        "تصويب: ورد في نسخة سابقة اسم غير دقيق وجرى تعديله.",
        "★★★☆☆ (87 صوتاً)",
        "الكلمات الدالة شطرنج، أطفال، ميناء",
        "مصدر الصور والمعلومات: دار الميناء",
        "نشر أولاً في دار الميناء",
        "© ما يكتبه الضيوف في الميناء يخص أصحابه دون سواهم",
    ],
    ids=["correction", "rating", "keywords", "pictures", "first published", "guests"],
)
def test_line_below_the_text_is_none_of_it(read: Read, tail: str) -> None:
    assert texts(read(text(TITLE, *MAIN, tail, SOURCE))) == [("main", TITLE, MAIN)]


def test_tail_above_a_marker_in_words_of_its_own_is_none_of_the_text(read: Read) -> None:
    page = read(text(TITLE, *MAIN, "تابعونا على تيليجرام", "من حقيبة المراسل", STORY_TITLE, "30 آب 2024", *STORY))
    assert texts(page) == [("main", TITLE, MAIN), ("related", STORY_TITLE, STORY)]


def test_name_above_the_link_to_all_articles_is_of_the_author_box(read: Read) -> None:
    page = read(text(TITLE, *MAIN[:2], "- رقع خشبية للصغار", "- ساعات لقياس الوقت", "نادر الصباغ", "See author's posts", SOURCE))
    assert line(page, "نادر الصباغ").role == "author_box"


def test_paragraphs_below_the_byline_are_no_author_box(read: Read) -> None:
    page = read(text(TITLE, "كتب: نادر الصباغ", *MAIN[:2], "See author's posts", SOURCE))
    assert texts(page) == [("main", TITLE, MAIN[:2])]


def test_the_first_paragraph_between_byline_and_author_box_is_text_though_a_line_stands_above_the_headline(read: Read) -> None:
    breaking = "<div>عاجل: إغلاق طريق المطار مساء اليوم. الأمطار تصل إلى الساحل غداً.</div>"
    box = "<div><p><strong>نبذة عن الكاتب</strong></p><p>نادر الصباغ: صحفي يكتب عن المدن منذ عشر سنوات.</p></div>"
    page = read(html("<p>كتب: نادر الصباغ 30 آب 2024</p>", *MAIN[:2], box).replace("<article>", f"{breaking}<article>"))
    assert texts(page) == [("main", TITLE, MAIN[:2])]


def test_a_table_at_the_end_of_the_text_is_text_above_a_box_with_a_heading(read: Read) -> None:
    table = "<table><tr><th>السلعة</th><th>السعر</th></tr><tr><td>القمح</td><td>15 ديناراً</td></tr></table>"
    links = "<h3>قد يهمك أيضا</h3><ul><li><a href='/1'>سوق العسل يعود إلى الساحة</a></li></ul>"
    (article,) = read(html(*MAIN, table, f"<div><p>نبذة عن الكاتب</p><p>نادر الصباغ صحفي.</p></div>{links}")).articles
    assert article.body.endswith("15 ديناراً")
    (article,) = read(html(*MAIN, "<table><tr><td><a href='/2'>سوق العسل</a></td></tr></table>", links)).articles
    assert article.body.split("\n\n") == MAIN


TABLES = {
    "share": [["شارك", "طباعة", "إرسال"]],
    "words": [["كلمات", "حدائق", "سوق"]],
    "contact": [["هاتف", "0991234567"]],
    "layout": [["سامي الحلبي"], ["جريدة الضفة"], ["الأقسام"]],
}


@pytest.mark.parametrize("rows", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("label", ["td", "th"])
def test_a_table_without_a_row_of_headings_below_the_text_is_none_of_it(read: Read, rows: list[list[str]], label: str) -> None:
    cells = [
        "".join(f"<{label if i == 0 else 'td'}>{cell}</{label if i == 0 else 'td'}>" for i, cell in enumerate(row))
        for row in rows
    ]
    (article,) = read(html(*MAIN, f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>")).articles
    assert article.body.split("\n\n") == MAIN


@pytest.mark.parametrize(
    "last",
    [
        "وصححت الصحيفة الخطأ في عدد الثلاثاء واعتذرت لقرائها عن نشر الاسم من دون تدقيق في المعلومات.",
        "ويمنع القانون إعادة نشر المواد الصحفية من دون إذن خطي، ويعاقب المخالف بغرامة.",
    ],
    ids=["correction", "law"],
)
def test_last_sentence_that_goes_on_is_of_the_text(read: Read, last: str) -> None:
    assert texts(read(text(TITLE, *MAIN, last, SOURCE))) == [("main", TITLE, [*MAIN, last])]


def test_verses_that_a_colon_introduces_are_of_the_text(read: Read) -> None:
    verses = ["سلام على بحر تعلمت منه", "وكم من رفيق تركت على الرمل", "إذا غاب عني بكيت عليه", "وما عاد قلبي يطيق الرحيل"]
    introduced = [*MAIN[:2], "وأنشد الصغار في ختام الحفل أبياتاً كتبها مدربهم القديم:", *verses]
    assert texts(read(text(TITLE, *introduced)))[0] == ("main", TITLE, introduced)


INVITATION = "ولتصلكم أخبارنا فور نشرها يمكنكم تفعيل التنبيهات على هواتفكم."


@pytest.mark.parametrize("make", [text, html])
def test_what_is_said_to_the_reader_is_no_part_of_the_sentence_above_it(read: Read, make: Callable[..., str]) -> None:
    page = read(make(TITLE, *MAIN, INVITATION, "إقرأ أيضاً:", STORY_TITLE, "3 آذار 2025", *STORY))
    assert [one.body.split("\n\n") for one in page.articles] == [MAIN, STORY]
    assert line(page, INVITATION).role == "disclaimer"


@pytest.mark.parametrize("label", ["للتفاصيل", "تقرير سابق", "موضوع متصل"])
def test_headline_behind_a_label_inside_a_text_is_none_of_it(read: Read, label: str) -> None:
    page = read(text(TITLE, MAIN[0], f"{label}: {STORY_TITLE}", *MAIN[1:], SOURCE))
    assert texts(page) == [("main", TITLE, MAIN)]
    assert [one.title for one in page.mentions] == [STORY_TITLE]
