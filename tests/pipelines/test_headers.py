"""Authors and days that pages show beside their text, told by where they stand and by the names of elements."""

from collections.abc import Callable

import pytest

from almasalla_crawler.items import Article, Page

TITLE = "بلدية الميناء تعيد فتح حديقة الأشجار المعمرة أمام الزوار"
TEXTS = [
    "أعادت بلدية الميناء فتح حديقة الأشجار المعمرة أمام الزوار بعد عامين من أعمال الترميم التي شملت الممرات والسور القديم.",
    "وقال مدير الحدائق إن الأشجار التي يزيد عمر بعضها على مئتي عام خضعت لفحص شامل قبل أن تسقى بشبكة جديدة من مياه الأمطار.",
    "وتفتح الحديقة أبوابها كل صباح ويدخلها الأطفال مجانا، بينما يدفع الكبار رسما رمزيا يخصص لصيانة المقاعد والبوابات الخشبية.",
]
DAY = "<div class=date>12 مايو 2024</div>"


def article_of(
    read: Callable[..., Page], above: str = "", below: str = "", body: str = "", headline: str = "h1", head: str = ""
) -> Article:
    body = body or "".join(f"<p>{text}</p>" for text in TEXTS)
    return read(
        f"<html><head><title>{TITLE} - صحيفة المرفأ</title>{head}</head><body><main><{headline}>{TITLE}</{headline}>{above}"
        f"<div class=x>{body}</div>{below}</main></body></html>"
    ).articles[0]


def test_authors_below_the_lead_in_the_header_of_the_page(read: Callable[..., Page]) -> None:
    head = f"<header><h1>{TITLE}</h1><p>{TEXTS[0]}</p><p class=page__authors>سالم كريم، أحمد الجنابي</p></header>"
    page = read(f"<html><body>{head}<div>{''.join(f'<div><p>{text}</p></div>' for text in TEXTS[1:])}</div></body></html>")
    assert page.articles[0].authors == ["سالم كريم", "أحمد الجنابي"]


def test_author_below_the_name_of_the_site_is_of_its_masthead(read: Callable[..., Page]) -> None:
    head = "<header><h1>صحيفة المرفأ الإخبارية اليومية</h1><div class=main-byline>هدى كاظم</div></header>"
    body = "".join(f"<p>{text}</p>" for text in TEXTS)
    page = read(f"<html><head><title>{TITLE}</title></head><body>{head}<h2>{TITLE}</h2>{DAY}{body}</body></html>")
    assert page.articles[0].authors == []


@pytest.mark.parametrize("place", ["body", "below"])
def test_author_beside_or_below_the_text_is_of_a_box(read: Callable[..., Page], place: str) -> None:
    box = "<div class=box><div class=item-author>سالم الجنابي</div></div>"
    text = {"body": f"<p>{TEXTS[0]}</p>{box}<p>{TEXTS[1]}</p><p>{TEXTS[2]}</p>", "below": ""}[place]
    assert article_of(read, DAY, box if place == "below" else "", text).authors == []


def test_author_of_a_box_below_a_text_of_one_paragraph_is_not_its_own(read: Callable[..., Page]) -> None:
    box = "<div class=box><a href='/n/1'>وداع الحدائق</a><div class=item-author>سالم الجنابي</div></div>"
    notice = f"</main><footer><p>{TEXTS[1]}</p></footer><main>"
    assert article_of(read, DAY, box + notice, f"<p>{TEXTS[0]}</p>").authors == []


def test_text_goes_on_behind_a_quotation_that_it_says_again(read: Callable[..., Page]) -> None:
    quotation = "الأشجار التي يزيد عمرها خضعت لفحص شامل"
    body = f"<p>{TEXTS[0]}</p><div><blockquote>{quotation}</blockquote></div><p>{TEXTS[1]}</p><p>{TEXTS[2]}</p>"
    assert article_of(read, DAY, body=body).body.split("\n\n") == [TEXTS[0], quotation, *TEXTS[1:]]


@pytest.mark.parametrize(
    "byline",
    [
        "<div class=field-author>سالم الجنابي</div>",
        "<div class=jeg_meta_author>بواسطة <a href='/w/4'>سالم الجنابي</a></div>",
        "<div class=artAuthor>سالم الجنابي</div>",
        "<div><span>بقلم</span><span>سالم الجنابي</span></div>",
        "<div class=author>البصرة - سالم الجنابي</div>",
        "<div>حاورته: سالم الجنابي</div>",
        "<div class=field-author><a href='/authors/7'>سالم الجنابي</a></div>",
    ],
)
def test_author_between_headline_and_text(read: Callable[..., Page], byline: str) -> None:
    assert article_of(read, DAY + byline).authors == ["سالم الجنابي"]


@pytest.mark.parametrize(
    "box",
    [
        "<div class=item><a href='/n/8'>في وداع الحدائق القديمة</a><div class=item-author>سالم الجنابي</div></div>",
        "<div class=item><h4><a href='/n/8'>وداع الحدائق</a></h4><div class=item-author>سالم الجنابي</div></div>",
        "<div class=columnist-name>سالم النجار</div><div class=columnist-name>أحمد حداد</div>",
        "<blockquote><div>الأرض لمن يزرعها</div><div class=quote-author>سالم الجنابي</div></blockquote>",
        "<div class=photo-author>سالم النجار</div>",
        "<div class=author>البصرة - أمل العراق</div>",
        "<div>حاورته: المرفأ</div>",
        "<div class=item-author><a href='/w/4'>كل مقالات الكاتب</a></div>",
        "<div>توسط سالم الجنابي بين الطرفين</div>",
        "<div class=author>محرر 3</div>",
        "<div class=head-author>زوار يعودون إلى الممرات</div>",
        "<div class=main-byline>خاص المرفأ</div>",
        "<div class=field-author>الوزير كريم ناصر</div>",
        "<div class=author-info><p>نشرت 3 مارس 2015</p></div>",
        "<div class=page-columnist>زاوية حرة</div>",
        "<div class=b-author>لم يكن صباحا عاديا</div>",
        "<div class=b-byline>جمال الطبيعة</div>",
        "<div class=field-writer>الأمين العام</div>",
        "<div>حاورته: قناة فرنسية في باريس</div>",
        "<div class=content-author><a href='/authors/'>كتاب الرأي</a></div>",
        "<div class=content-author><a href='/authors/opinion'>كتاب الرأي</a></div>",
        "<div class=authors><a href='/authors/'>سلام عليكم</a></div>",
        "<div><b>By</b><b>Products of the harbour</b></div>",
    ],
)
def test_whoever_is_named_beside_something_else_is_no_author(read: Callable[..., Page], box: str) -> None:
    assert article_of(read, DAY + box).authors == []


@pytest.mark.parametrize("label", ["حاورته:", "أجرت الحوار", "حوار /"])
def test_guest_of_an_interview_is_no_author(read: Callable[..., Page], label: str) -> None:
    body = "".join(f"<p>{text}</p>" for text in [*TEXTS, f"<b>{label} هدى كاظم</b>"])
    assert "سالم الجنابي" not in article_of(read, "<div class=field-author>سالم الجنابي</div>", body=body).authors


def test_element_around_the_text_that_is_named_for_an_author_holds_the_text(read: Callable[..., Page]) -> None:
    body = f"<div class=single-author>{''.join(f'<p>{text}</p>' for text in TEXTS)}</div>"
    assert article_of(read, DAY, body=body).body.split("\n\n") == TEXTS


def test_label_that_opens_a_headline_too_is_a_byline_before_a_name_alone(read: Callable[..., Page]) -> None:
    body = "".join(f"<p>{text}</p>" for text in TEXTS)
    headline = "كتبت بواسطة: روايات من تأليف الآلة"
    article = read(f"<html><body><h1>{headline}</h1>{DAY}{body}</body></html>").articles[0]
    assert (article.title, article.authors) == (headline, [])
    assert article_of(read, f"{DAY}<div>كتبت بواسطة: هدى كاظم</div>").authors == ["هدى كاظم"]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("<div><b>الكاتب</b><span>ان سعاد وكريم يفتتحان معرضهما في القاعة الكبرى مساء الخميس.</span></div>", "الكاتبان سعاد"),
        ("<div>3 مارس 2021 | عدد المشاهدات: 500</div>", ""),
    ],
    ids=["word in two", "day of a film"],
)
def test_line_inside_a_text_stays_as_it_is(read: Callable[..., Page], line: str, shown: str) -> None:
    article = article_of(read, body=f"<p>{TEXTS[0]}</p>{line}<p>{TEXTS[1]}</p><p>{TEXTS[2]}</p>")
    assert shown in article.body
    assert article.date_published_date is None


@pytest.mark.parametrize("label", ["نووسینی:", "توسط", "نویسنده:", "از"])
def test_label_before_a_name_is_no_part_of_it(read: Callable[..., Page], label: str) -> None:
    assert article_of(read, f"{DAY}<p class=author>{label} شوان عومەر</p>").authors == ["شوان عومەر"]


@pytest.mark.parametrize("name", ["item-nav row", "news_nav"])
def test_bar_of_an_iranian_site_above_the_headline_has_the_day(read: Callable[..., Page], name: str) -> None:
    bar = f"<div class='{name}'><div class=item-date>۱۸ اردیبهشت ۱۴۰۳ - ۱۱:۲۰</div></div>"
    page = read(f"<html><body>{bar}<h1>{TITLE}</h1>{''.join(f'<p>{one}</p>' for one in TEXTS)}</body></html>")
    assert page.articles[0].date_published_date == "2024-05-07"


def test_text_goes_on_behind_a_list_that_brightspot_puts_into_it(read: Callable[..., Page]) -> None:
    box = (
        "<bsp-list-loadmore class=PageListEnhancementGeneric><div class=PageList-header-title>أخبار ذات صلة</div>"
        "<ul><li class=PagePromo-title><a href='/n/1'>الوزير يتفقد أعمال الطريق الجديد</a></li></ul></bsp-list-loadmore>"
    )
    assert article_of(read, body=f"<p>{TEXTS[0]}</p>{box}<p>{TEXTS[1]}</p><p>{TEXTS[2]}</p>").body.split("\n\n") == TEXTS
