"""What stands beside and below a text: related articles in boxes of their own, lists, biographies, menus."""

from collections.abc import Callable

import pytest

from almasalla_crawler.items import Page

TITLE = "صيادو الخليج الصغير يعودون إلى الشباك القطنية"
MAIN = [
    "عاد صيادون في الخليج الصغير إلى شباك من القطن كان آباؤهم ينسجونها في ليالي الشتاء.",
    "وقال شيخ الصيادين إن خيوط النايلون المقطوعة تبقى في القاع سنوات وتخنق السلاحف.",
    "وتشتري التعاونية الخيوط بالجملة وتوزعها على أصحاب القوارب بنصف الثمن.",
]
HEADLINE = "مدرسة الجبل تفتتح مرصداً صغيراً للنجوم"
STORY = [
    "افتتحت مدرسة الجبل مرصداً صغيراً على سطحها بمنظار تبرع به مهندس متقاعد من أبناء البلدة.",
    "ويرصد التلاميذ أقمار المشتري مرتين في الأسبوع ويدونون ما يرونه في دفتر كبير.",
]
HEADLINES = [
    "معرض للطوابع النادرة في مبنى البريد القديم",
    "حداد القرية: النار لا تكذب أبداً",
    "عائلة تحول بيتها الطيني إلى مكتبة",
    "سباق للدراجات حول بحيرة السد",
]
Read = Callable[..., Page]


def texts(page: Page) -> list[tuple[str, str | None, list[str]]]:
    return [(one.role, one.title, one.body.split("\n\n")) for one in page.articles]


def titles(page: Page) -> list[str]:
    return [mention.title for mention in page.mentions]


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{one}</p>" for one in lines)


def links(headlines: list[str]) -> str:
    return "".join(f'<li><a href="/n/{count}">{one}</a></li>' for count, one in enumerate(headlines))


def html(body: str, beside: str = "") -> str:
    return f"<html><body><main><article><h1>{TITLE}</h1>{body}</article>{beside}</main></body></html>"


# --- beside the text


@pytest.mark.parametrize(
    "above",
    ["<h3>اقرأ أيضاً</h3><h3>TITLE</h3>", "<h3>TITLE</h3><time>12 مايو 2024</time>"],
    ids=["below a marker", "with its date"],
)
def test_article_in_a_box_beside_the_text_is_a_related_one(read: Read, above: str) -> None:
    box = f"<aside>{above.replace('TITLE', HEADLINE)}{paragraphs(*STORY)}</aside>"
    assert texts(read(html(paragraphs(*MAIN), box), "page.html")) == [("main", TITLE, MAIN), ("related", HEADLINE, STORY)]


@pytest.mark.parametrize(
    "box",
    [
        f"<h3>{HEADLINE}</h3><p>{STORY[1]}</p>",
        "<h3>ندوة عن حرف الساحل</h3><p>الخميس 16 مايو 2024</p><p>تدعوكم التعاونية إلى ندوة عن حرف الساحل في قاعة المتحف.</p>"
        "<p>للحجز والاستفسار اتصلوا بالتعاونية</p>",
        "<h3>عن صحيفة السهل المستقلة</h3><p>صفاقس - صحيفة السهل يومية مستقلة صدر عددها الأول قبل ربع قرن.</p>",
    ],
    ids=["information", "event", "about"],
)
def test_box_of_one_paragraph_beside_the_text_is_no_article(read: Read, box: str) -> None:
    assert texts(read(html(paragraphs(*MAIN), f"<aside>{box}</aside>"), "page.html")) == [("main", TITLE, MAIN)]


@pytest.mark.parametrize("label", ["خدمات الصحيفة للقراء", "أحدث التعليقات", "الأكثر قراءة"])
def test_links_beside_the_text_below_no_marker_are_no_headlines_of_the_page(read: Read, label: str) -> None:
    page = read(html(paragraphs(*MAIN), f"<aside><h3>{label}</h3><ul>{links(HEADLINES)}</ul></aside>"), "page.html")
    assert titles(page) == []


# --- below the text


def test_headline_that_looks_like_a_credit_stays_in_its_list(read: Read) -> None:
    page = read("\n".join([TITLE, *MAIN, "تقرأ في هذا العدد", *HEADLINES]))
    assert (texts(page), titles(page)) == ([("main", TITLE, MAIN)], HEADLINES)


@pytest.mark.parametrize(
    "line",
    [
        "بثينة الراوي – صحفية من صفاقس تكتب في شؤون البحر والمدن الصغيرة منذ أعوام",
        "حول بثينة الراوي",
    ],
    ids=["dash", "name"],
)
def test_line_on_who_the_author_is_is_none_of_the_text(read: Read, line: str) -> None:
    page = read("\n\n".join([TITLE, *MAIN, line, "المصدر: صحيفة السهل"]))
    assert texts(page) == [("main", TITLE, MAIN)]


@pytest.mark.parametrize("label", ["صاحبة القلم", "السهل – متابعة"], ids=["label", "credit"])
def test_name_above_a_profession_at_the_end_is_none_of_the_text(read: Read, label: str) -> None:
    box = [label, "رنا العطار", "كاتبة مقيمة في صفاقس."]
    assert texts(read("\n".join([TITLE, *MAIN, *box, "اقرأ أيضاً", HEADLINE, *STORY]))) == [
        ("main", TITLE, MAIN),
        ("related", HEADLINE, STORY),
    ]


def test_names_with_their_professions_are_of_a_text_that_lists_them(read: Read) -> None:
    people = ["رنا العطار", "كاتبة من صفاقس نالت جائزة القصة.", "سليم الحداد", "شاعر من القرية نال جائزة الديوان الأول."]
    page = read("\n".join([TITLE, *MAIN, *people, "المصدر: صحيفة السهل"]))
    assert texts(page) == [("main", TITLE, [*MAIN, *people])]


def test_line_on_the_author_whom_the_page_names_is_none_of_the_text(read: Read) -> None:
    line = "بثينة الراوي، مراسلة السهل في صفاقس، تهتم بحرف الساحل."
    page = read("\n\n".join([TITLE, "بقلم: بثينة الراوي", *MAIN, line, "المصدر: صحيفة السهل"]))
    assert texts(page) == [("main", TITLE, MAIN)]


@pytest.mark.parametrize(
    "last",
    [
        "بثينة الراوي، باحثة في علوم البحار، تقود الفريق الذي يجمع الشباك القديمة من القاع.",
        "سليم الحداد أستاذ أجيال من صناع القوارب ومؤلف كتاب الأشرعة المعروف.",
        "مازن الجابري محلل الأسواق يتوقع أن يرتفع ثمن القطن مع بداية الموسم",
    ],
    ids=["commas", "no verb", "no stop"],
)
def test_last_sentence_on_somebody_new_is_of_the_text(read: Read, last: str) -> None:
    assert texts(read(html(paragraphs(*MAIN, last)), "page.html")) == [("main", TITLE, [*MAIN, last])]


@pytest.mark.parametrize("mark", ["،", " –"], ids=["comma", "dash"])
def test_winners_with_their_professions_in_a_list_are_of_the_text(read: Read, mark: str) -> None:
    winners = [f"سعيد الناصري{mark} شاعر من البصرة", f"هدى الكرخي{mark} باحثة في النبات", f"خالد العمري{mark} أستاذ العمارة"]
    listed = "<ul>" + "".join(f"<li>{one}</li>" for one in winners) + "</ul>"
    page = read(html(paragraphs(*MAIN, "وفاز بجوائز المسابقة ثلاثة من أبناء المدينة.") + listed), "page.html")
    assert texts(page)[0][2][-3:] == winners


def test_profession_behind_a_comma_in_a_sentence_names_no_author(read: Read) -> None:
    text = [*MAIN, "وينص النظام الداخلي، المؤلف من عشر مواد، على اقتسام ثمن الخيوط بين أصحاب القوارب."]
    assert texts(read("\n\n".join([TITLE, *text, "المصدر: صحيفة السهل"]))) == [("main", TITLE, text)]


def test_line_on_somebody_of_whom_the_text_speaks_is_of_the_text(read: Read) -> None:
    text = [
        *MAIN,
        "وكتبت بثينة الراوي عن هذه الشباك قصيدة طويلة قبل رحيلها بعام.",
        "بثينة الراوي شاعرة من صفاقس عاشت على الساحل.",
    ]
    assert texts(read("\n\n".join([TITLE, *text, "المصدر: صحيفة السهل"]))) == [("main", TITLE, text)]


def test_menu_at_the_end_of_a_copied_page_is_none_of_the_last_text(read: Read) -> None:
    page = read("\n".join([TITLE, *MAIN, "اقرأ أيضاً", HEADLINE, *STORY, "محليات", "صحة", "علوم", "مقالات"]))
    assert texts(page) == [("main", TITLE, MAIN), ("related", HEADLINE, STORY)]


def test_names_at_the_end_are_no_menu(read: Read) -> None:
    names = ["سليم الحداد", "رنا العطار", "مازن الجابري", "ليلى الصباغ"]
    page = read("\n".join([TITLE, *MAIN, "وفاز بجوائز المسابقة هذا العام أربعة من أبناء البلدة:", *names]))
    assert texts(page)[0][2][-len(names) :] == names


COUNTRIES = ["المغرب", "مصر", "الجزائر", "تونس", "السنغال"]


@pytest.mark.parametrize("tag", ["li", "p", "td", ""], ids=["list", "paragraphs", "table", "copied text"])
def test_words_that_end_a_text_and_name_no_sections_are_of_it(read: Read, tag: str) -> None:
    text = [*MAIN, "وشاركت في معرض الشباك فرق من خمس دول."]
    if tag:
        rows = "".join(f"<tr><td>{one}</td></tr>" if tag == "td" else f"<{tag}>{one}</{tag}>" for one in COUNTRIES)
        listed = {"li": f"<ul>{rows}</ul>", "td": f"<table>{rows}</table>"}.get(tag, rows)
        page = read(html(f'<div class="entry-content">{paragraphs(*text)}{listed}</div>'), "page.html")
    else:
        page = read("\n".join([TITLE, *text, *COUNTRIES]))
    assert texts(page)[0][2] == [*text, *COUNTRIES]


def test_last_sentence_without_its_stop_above_an_invitation_is_of_the_text(read: Read) -> None:
    last = "وتعلم النساء بناتهن النسج في بيت قديم خلف المرفأ"
    page = read(html(paragraphs(*MAIN, last, "اشترك في نشرة صحيفة السهل البريدية")), "page.html")
    assert texts(page) == [("main", TITLE, [*MAIN, last])]


def test_label_on_whom_a_day_is_for_names_no_publisher(read: Read) -> None:
    text = [*MAIN, "خاص بالعائلات", "يفتح المرفأ أبوابه للعائلات صباح كل جمعة من شهر أيار."]
    assert texts(read(html(paragraphs(*text)), "page.html")) == [("main", TITLE, text)]


@pytest.mark.parametrize(
    "line",
    [
        "حمل تطبيق السهل الآن من متجر الهاتف لتصلك الأخبار أولا بأول",
        "صورة من الأرشيف لقوارب الصيد في الخليج الصغير قبل أعوام",
        "معرض للطوابع النادرة في مبنى البريد القديم بعد عام من الترميم",
    ],
    ids=["app", "caption", "headline"],
)
def test_line_without_a_stop_that_goes_on_from_nothing_is_none_of_the_text(read: Read, line: str) -> None:
    body = f'<div class="entry-content">{paragraphs(*MAIN, line)}<h3>تعليقات القراء</h3></div>'
    assert texts(read(html(body), "page.html")) == [("main", TITLE, MAIN)]


# --- where a text begins


@pytest.mark.parametrize("tag", ["h3", "p"])
def test_reports_from_places_below_subheadings_are_of_one_text(read: Read, tag: str) -> None:
    reports = [
        "صفاقس: نفت إدارة المرصد ما تردد عن إغلاقه في العطلة الصيفية.",
        "سوسة: أعلنت البلدية إغلاق جسر الميناء أمام حركة السير ثلاثة أيام للصيانة.",
    ]
    body = f"<{tag}>عطلة المرصد</{tag}><p>{reports[0]}</p><{tag}>صيانة الجسر</{tag}><p>{reports[1]}</p>"
    page = read(html(f'<div class="entry-content">{paragraphs(*MAIN)}{body}</div>'), "page.html")
    assert texts(page) == [("main", TITLE, [*MAIN, "عطلة المرصد", reports[0], "صيانة الجسر", reports[1]])]


def test_report_from_a_place_at_the_top_of_a_page_is_no_title(read: Read) -> None:
    text = ["صفاقس – قالت تعاونية الصيادين إنها أنهت المرحلة الأولى من توزيع الخيوط", *MAIN]
    assert texts(read("\n".join(text))) == [("main", None, text)]


def test_subheading_of_an_opinion_between_two_paragraphs_is_of_the_text(read: Read) -> None:
    text = [*MAIN[:2], "رأي الأهالي", MAIN[2]]
    body = "".join(f"<p>{one}</p>" if one in MAIN else f"<div class=sub>{one}</div>" for one in text)
    assert texts(read(html(body), "page.html")) == [("main", TITLE, text)]


def test_subheading_beside_a_read_also_line_is_of_the_text(read: Read) -> None:
    also = f'<div class="see">اقرأ أيضاً: <a href="/n/9">{HEADLINE}</a></div>'
    body = f"{paragraphs(*MAIN[:2])}{also}<div class=sub>خطوات أولى</div>{paragraphs(MAIN[2])}"
    assert texts(read(html(body), "page.html")) == [("main", TITLE, [*MAIN[:2], "خطوات أولى", MAIN[2]])]
