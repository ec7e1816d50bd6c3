"""Rows below a headline whose parts only a style sheet keeps apart."""

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


@pytest.mark.parametrize(
    "row",
    [
        "<div><a href='/author/huda'>هدى كاظم</a><span>12 مايو 2024</span></div>",
        "<div><i class=user></i> هدى كاظم <i class=day></i> 12 مايو 2024 <i class='fa fa-eye'></i> 300</div>",
        "<header><span>هدى كاظم</span><span>12 مايو 2024</span><span>5 دقائق للقراءة</span></header>",
        "<span class=d>12 مايو 2024</span><span class=author>هدى كاظم</span>",
        "<div><i class='fa fa-eye'></i> 1204 <span>12 مايو 2024</span><span>هدى كاظم</span></div>",
        "<div><span class=page-author>هدى كاظم</span><span>12 مايو 2024</span></div>",
        "<div><span>بقلم: هدى كاظم</span><span>12 مايو 2024</span></div>",
    ],
)
@pytest.mark.parametrize("headline", ["h1", "h3"])
def test_parts_of_a_row_below_the_headline_are_read_apart(read: Callable[..., Page], row: str, headline: str) -> None:
    article = article_of(read, row, headline=headline)
    assert (article.date_published_date, article.authors) == ("2024-05-12", ["هدى كاظم"])


@pytest.mark.parametrize(
    "row",
    [
        "<div><span>افتتحت الحديقة في</span> <span>12 مايو 1924</span> <span>وأغلقت قبل عامين.</span></div>",
        "<div>وقعت في <b>12 مايو 2024</b> حادثة كبيرة</div>",
        "<div><span>آخر تحديث</span><span>13 مايو 2024</span></div>",
        "<div><span>المكان: المسرح</span><span>25 مايو 2025</span></div>",
        "<div><span>12 مايو 2024</span><span>14 مايو 2024</span></div>",
        "<div><span>هدى</span><span>كاظم</span></div>",
        "<div><span>تصوير كريم ناصر</span> <span>12 مايو 2019</span></div>",
        "<div class=caption><span>كريم ناصر</span> <span>12 مايو 2019</span></div>",
        "<div><a href='/n/7'>سباق للدراجات حول بحيرة السد</a><span>3 مارس 2023</span></div>",
        "<div><span>حديقة الميناء</span><span>20 مايو 2024</span></div>",
        "<div><span>البصرة</span><span>3 مارس 1950</span></div>",
        "<div><b>موعد الافتتاح الرسمي</b> <span>20 مايو 2024</span></div>",
        "<div><span>العدد 3321</span><span>20 مايو 2024</span></div>",
        "<div><b>الميناء</b> <b>2 - 1</b> <b>الزوراء</b> <span>11 مايو 2024</span></div>",
        "<div><span><img src=a.jpg></span><a href='/author/3'>هدى كاظم</a><span>3 مارس 2019</span></div>",
        "<div><img src=a.jpg></div><div><a href='/author/3'>هدى كاظم</a><span>3 مارس 2019</span></div>",
        "<div><b>ضيف الحلقة</b> <span>كريم ناصر</span> <span>11 مايو 2024</span></div>",
        "<div><span>الحلقة السابعة</span><span>45 دقيقة</span><span>11 مايو 2024</span></div>",
        "<div><strong>City Hall</strong><span>June 1, 2024</span></div>",
    ],
)
def test_a_sentence_or_a_labelled_day_is_not_cut(read: Callable[..., Page], row: str) -> None:
    article = article_of(read, row)
    assert (article.date_published_date, article.authors) == (None, [])


ROW = "<div><a href='/author/huda'>هدى كاظم</a><span>20 مايو 2024</span></div>"


def test_row_is_not_read_where_the_page_states_a_day(read: Callable[..., Page]) -> None:
    meta = "<meta property='article:published_time' content='2024-05-12T09:00:00+03:00'>"
    assert article_of(read, ROW, head=meta).date_published_date == "2024-05-12"


@pytest.mark.parametrize(("lead", "day"), [("", "2024-05-12"), (f"<p>{TEXTS[2]}</p>", None)], ids=["above", "below a lead"])
def test_row_is_not_read_where_a_date_has_a_line_of_its_own(read: Callable[..., Page], lead: str, day: str | None) -> None:
    assert article_of(read, ROW + lead + DAY).date_published_date == day


def test_row_is_not_read_where_a_date_stands_in_an_element_named_so_above_it(read: Callable[..., Page]) -> None:
    body = "".join(f"<p>{text}</p>" for text in TEXTS)
    page = read(f"<html><body><div>{DAY}</div><main><h1>{TITLE}</h1>{ROW}{body}</main></body></html>")
    assert page.articles[0].date_published_date == "2024-05-12"


def test_row_below_one_of_two_headings_is_not_read(read: Callable[..., Page]) -> None:
    body = "".join(f"<p>{text}</p>" for text in TEXTS)
    masthead = f"<div><h1>صحيفة المرفأ الإخبارية اليومية</h1>{ROW}</div>"
    page = read(f"<html><head><title>{TITLE}</title></head><body>{masthead}<h2>{TITLE}</h2>{body}</body></html>")
    assert page.articles[0].date_published_date is None


def test_day_before_marks_that_part_labels_is_read(read: Callable[..., Page]) -> None:
    row = "<div><span>12 مايو 2024</span>&nbsp;·&nbsp;4 دقائق قراءة&nbsp;·&nbsp;صحيفة المرفأ</div>"
    assert article_of(read, row).date_published_date == "2024-05-12"


def test_clock_stays_beside_its_day(read: Callable[..., Page]) -> None:
    assert article_of(read, "<div><span>12 مايو 2024</span> <span>10:30 م</span></div>").date_published_precision == "minute"
