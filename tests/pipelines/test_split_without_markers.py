"""Pages in words that no list holds: what opens, closes and surrounds a text is told by place and shape."""

from collections.abc import Callable

import pytest

from almasalla_crawler.items import Article, Line, Page

TITLE = "مزارعو السهل يجربون الري بالتنقيط في مواسم الجفاف"
MAIN = [
    "بدأ مزارعون في السهل الشرقي تجربة الري بالتنقيط على ألف دونم، بعد ثلاثة مواسم متتالية من شح المياه.",
    "وقال المهندس الزراعي رامي الخطيب إن الشبكة الجديدة توفر نصف الكمية التي كانت تضيع في القنوات المكشوفة.",
    "وتتحمل الجمعية ثلثي الكلفة، ويدفع المزارع الباقي على أقساط بعد الحصاد.",
]
HEADLINE = "متحف السكك الحديد يفتح عربة الملك أمام الزوار"
STORY = [
    "فتح متحف السكك الحديد عربة الملك القديمة أمام الزوار للمرة الأولى منذ نقلها من المحطة المهجورة.",
    "وتضم العربة غرفة طعام من خشب الجوز ومقصورة نوم بقيت ستائرها على حالها.",
]
HEADLINES = ["سباق للقوارب الشراعية في الخليج", "ورشة لتعليم صناعة السلال من سعف النخيل", "مكتبة متنقلة تصل إلى قرى الجبل"]
SOURCE = "المصدر: صحيفة السهل"

Read = Callable[..., Page]


def texts(page: Page) -> list[tuple[str, str | None, list[str]]]:
    return [(one.role, one.title, one.body.split("\n\n")) for one in page.articles]


def first(page: Page) -> Article:
    return page.articles[0]


def line(page: Page, text: str) -> Line:
    return next(one for one in page.lines if one.text == text)


# --- where another text begins


@pytest.mark.parametrize(
    "label", [[], ["من حقيبة المراسل"], ["وإليكم حكاية أخرى:"]], ids=["no label", "label", "label with a colon"]
)
def test_headline_that_the_text_below_takes_up_opens_an_article(read: Read, label: list[str]) -> None:
    page = read("\n\n".join([TITLE, *MAIN, *label, HEADLINE, *STORY]))
    assert texts(page) == [("main", TITLE, MAIN), ("related", HEADLINE, STORY)]


def test_subheading_above_a_paragraph_that_goes_on_opens_nothing(read: Read) -> None:
    text = [*MAIN, "متحف صغير للأدوات القديمة", "ويضم متحف القرية أدوات قديمة استعملها الأجداد في الري."]
    assert texts(read("\n\n".join([TITLE, *text]))) == [("main", TITLE, text)]


def test_read_also_below_a_signature_opens_an_article(read: Read) -> None:
    story = ["اختار المتحف يوم الجمعة لاستقبال العائلات، على أن تكون التذكرة مجانية للصغار.", STORY[1]]
    page = read("\n\n".join([TITLE, *MAIN, "تحرير: هدى كاظم", "اقرأ أيضاً", "عودة القطار إلى المدينة", *story]))
    assert texts(page) == [("main", TITLE, MAIN), ("related", "عودة القطار إلى المدينة", story)]


def test_short_text_under_the_title_is_the_main_one_above_a_long_one_behind_a_marker(read: Read) -> None:
    long = [f"{text} وهذا ما رواه شاهد عاش قرب المحطة {count} عاماً كاملة." for count, text in enumerate(STORY * 4, 30)]
    box = "".join(f"<p>{text}</p>" for text in long)
    page = read(
        f"<html><head><title>{TITLE}</title></head><body><div><div>{TITLE}</div><div>{MAIN[0]}</div><div>اقرأ أيضاً</div></div>"
        f"<div><div>{HEADLINE}</div><div>30 آب 2024</div>{box}</div></body></html>",
        "page.html",
    )
    assert texts(page)[:2] == [("main", TITLE, MAIN[:1]), ("related", HEADLINE, long)]


# --- what surrounds a text


def test_menu_at_the_top_of_a_copied_page_is_no_text(read: Read) -> None:
    menu = ["صوت السهل", "محليات", "زراعة", "ألبوم", "ملاعب"]
    assert texts(read("\n".join([*menu, TITLE, *MAIN, SOURCE]))) == [("main", TITLE, MAIN)]


def test_few_short_lines_at_the_top_are_no_menu(read: Read) -> None:
    text = ["يا نخلتي", "يا ظل جدي", "يا باب بيتي", *MAIN]
    assert texts(read("\n\n".join([TITLE, *text, SOURCE]))) == [("main", TITLE, text)]


def test_name_and_desk_below_the_title_sign_the_text(read: Read) -> None:
    page = read("\n\n".join([TITLE, "30 آب 2024", "هدى كاظم - قسم الزراعة", *MAIN, SOURCE]))
    assert texts(page) == [("main", TITLE, MAIN)]
    assert line(page, "هدى كاظم - قسم الزراعة").rule == "label_above_the_text"


TAILS = {
    "button": ["إرسال"],
    "label": ["ألبوم الحلقة"],
    "below a form": ["اشترك في النشرة البريدية", "موافق"],
    "label behind a signature": ["تحرير: هدى كاظم", "تدقيق: علي جاسم"],
    "question with answers": ["هل أفادك هذا المقال؟", "نعم", "لا أدري"],
    "publisher above a sentence": ["صحيفة السهل", "تُنسب الأقوال إلى من قالها وحده."],
}


@pytest.mark.parametrize("tail", TAILS.values(), ids=TAILS)
def test_lines_below_the_last_sentence_are_no_text(read: Read, tail: list[str]) -> None:
    assert texts(read("\n\n".join([TITLE, *MAIN, *tail, SOURCE]))) == [("main", TITLE, MAIN)]


def test_only_sentence_of_a_stub_is_its_text_whatever_it_speaks_of(read: Read) -> None:
    stub = "اشتركت صحيفة السهل مع تطبيق محلي في نشر صور القراء ومقالاتهم مجاناً."
    assert texts(read("\n\n".join([TITLE, "30 آب 2024", stub, "هدى كاظم", SOURCE]))) == [("main", TITLE, [stub])]


LAST = {
    "sentence about newspapers that goes on": ["ويمنع القانون نشر محتوى الصحيفة في موقع آخر من دون موافقة الناشر."],
    "signatures": ["وجاء في نداء وقعه الأهالي:", "سامي حداد – نجار", "علي جاسم – معلم", "هدى كاظم – طبيبة"],
    "verses": ["وأنشد أحد الشيوخ:", "يا سهلنا الأخضر", "يا موسم الحصاد"],
}


@pytest.mark.parametrize("last", LAST.values(), ids=LAST)
def test_last_lines_that_belong_to_the_text_stay_in_it(read: Read, last: list[str]) -> None:
    assert texts(read("\n\n".join([TITLE, *MAIN, *last, SOURCE]))) == [("main", TITLE, [*MAIN, *last])]


def test_short_last_line_of_a_text_without_full_stops_stays_in_it(read: Read) -> None:
    text = [*(one.rstrip(".") for one in MAIN), "الموسم المقبل حاسم"]
    assert texts(read("\n\n".join([*text, SOURCE]))) == [("main", None, text)]


# --- headlines


def test_line_without_bullet_below_a_list_of_bullets_is_no_headline(read: Read) -> None:
    page = read(
        "\n".join([TITLE, *MAIN, SOURCE, "مقالات مشابهة", *("• " + one for one in HEADLINES), "استلم بريد الصباح من مطبعة السهل"])
    )
    assert [mention.title for mention in page.mentions] == HEADLINES


def test_headlines_that_a_marker_opens_beside_the_text_are_mentions(read: Read) -> None:
    links = "".join(f'<li><a href="/{count}">{one}</a></li>' for count, one in enumerate(HEADLINES))
    body = "".join(f"<p>{one}</p>" for one in MAIN)
    page = read(
        f"<html><body><article><h1>{TITLE}</h1>{body}</article><aside><h3>مقالات ذات صلة</h3><ul>{links}</ul></aside>"
        f"<aside><h3>الأكثر قراءة</h3><ul>{links.replace('سباق', 'مهرجان')}</ul></aside></body></html>",
        "page.html",
    )
    assert [mention.title for mention in page.mentions] == HEADLINES


def test_label_that_points_elsewhere_carries_a_headline(read: Read) -> None:
    page = read("\n\n".join([TITLE, *MAIN[:2], f"كذلك في ملف التراث: {HEADLINE}", MAIN[2], SOURCE]))
    assert (texts(page), [mention.title for mention in page.mentions]) == ([("main", TITLE, MAIN)], [HEADLINE])
