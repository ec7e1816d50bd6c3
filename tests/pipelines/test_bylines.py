"""Bylines as content management systems write them."""

from collections.abc import Callable

import pytest

from almasalla_crawler.items import Article, Page

ENGLISH = [
    "The town council opened a market hall on Monday, with eighty stalls and a small stage, after a year of building work.",
    "The manager said the stalls had been given to craftsmen by lot, and that the rent would not rise for three years.",
    "Coppersmiths and weavers hope the place will bring back trades that almost vanished from the old town.",
]
ARABIC = [
    "افتتحت بلدية الحلة صباح الاثنين سوقاً جديداً للحرفيين يضم ثمانين محلاً ومقهى وقاعة للعروض بعد عام من البناء.",
    "وقال مدير السوق إن المحال وزعت بالقرعة، وإن الإيجار لن يرتفع في السنوات الثلاث الأولى من عمر المشروع.",
]
DRUPAL = (
    "<footer class='node__meta'><div class='node__submitted'>{} <span><a class=username href='/user/4'>{}</a></span>"
    " {} <span class=created>{}, 10/05/2020 - 09:14</span></div></footer>"
)


def article_of(read: Callable[..., Page], title: str, above: str, texts: list[str]) -> Article:
    body = "".join(f"<p>{text}</p>" for text in texts)
    return read(f"<html><body><h1>{title}</h1>{above}<div class=x>{body}</div></body></html>").articles[0]


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("<p>By Erin Oakes March 18 at 3:57 PM</p>", ["Erin Oakes"]),
        ("<div class=hasnt-bio>By Erin Oakes March 18 at 3:57 PM Follow @erinoakes</div>", ["Erin Oakes"]),
        ("<p class=byline>By Brenda Oakes, MD</p>", ["Brenda Oakes"]),
        ("<p class=byline>By Brenda Oakes, Ma Yun</p>", ["Brenda Oakes", "Ma Yun"]),
        (DRUPAL.format("Submitted by", "Mary Oakes", "on", "Mon"), ["Mary Oakes"]),
    ],
    ids=["date without a year", "called as a box is", "degree", "name like a degree", "drupal"],
)
def test_byline_names_people_and_nothing_else(read: Callable[..., Page], byline: str, names: list[str]) -> None:
    assert article_of(read, "Market hall opens behind the mill", byline, ENGLISH).authors == names


@pytest.mark.parametrize(
    "byline",
    [DRUPAL.format("أضيف بواسطة", "ماجد الحلي", "في", "الاثنين"), "<ul><li>ماجد الحلي</li><li>5 أكتوبر 2020</li><li>3 دقائق قراءة</li></ul>"],
    ids=["drupal", "name beside the day"],
)  # fmt: skip
def test_name_and_day_above_an_arabic_text(read: Callable[..., Page], byline: str) -> None:
    found = article_of(read, "سوق جديد للحرفيين في الحلة", byline, ARABIC)
    assert (found.authors, found.date_published_date) == (["ماجد الحلي"], "2020-10-05")


def test_day_in_the_byline_below_the_lead_is_the_articles(read: Callable[..., Page]) -> None:
    above = "<h2>Eighty stalls replace the car park behind the mill.</h2><p class=byline>by <b>Mary Oakes</b> - <span class=date>Oct 5, 2020</span></p>"  # fmt: skip
    assert article_of(read, "Market hall opens behind the mill", above, ENGLISH).date_published_date == "2020-10-05"


@pytest.mark.parametrize(
    ("stated", "above", "inside", "day"),
    [
        ("2020-10-05T09:00:00+03:00", "", "<div><span class=date>3 مارس 2019</span><a href=/n/7>سباق للدراجات حول بحيرة السد</a></div>", "2020-10-05"),
        ("", "", "<div><span class=date>3 مارس 2019</span><a href=/n/7>سباق للدراجات حول بحيرة السد</a></div>", None),
        ("", "<span class=date>5 أكتوبر 2020</span>", "<span class=author>كريم ناصر</span><span class=date>3 مارس 2019</span>", "2020-10-05"),
        ("", "", "<span class=author>كريم ناصر</span><span class=date>3 مارس 2019</span>", None),
    ],
    ids=["stated", "of another article", "above the headline", "of a photograph"],
)  # fmt: skip
def test_day_of_a_box_inside_the_text_is_not_the_articles(
    read: Callable[..., Page], stated: str, above: str, inside: str, day: str | None
) -> None:
    head = f"<meta property='article:published_time' content='{stated}'>" if stated else ""
    body = (
        f"{above}<h1>سوق جديد للحرفيين في الحلة</h1><div class=entry-content><p>{ARABIC[0]}</p>{inside}<p>{ARABIC[1]}</p></div>"
    )
    page = read(f"<html><head>{head}</head><body><main><article>{body}</article></main></body></html>")
    assert page.articles[0].date_published_date == day


@pytest.mark.parametrize("section", ["صلاح الدين", "جمال وموضة", "كمال الأجسام", "نور الإسلام", "أمل جديد"])
def test_section_beside_the_day_is_no_author(read: Callable[..., Page], section: str) -> None:
    above = f"<div>{section}</div><div>5 أكتوبر 2020</div>"
    assert article_of(read, "سوق جديد للحرفيين في الحلة", above, ARABIC).authors == []


def test_name_beside_the_day_below_a_byline_is_no_second_author(read: Callable[..., Page]) -> None:
    above = "<div class=byline>رنا عواد</div><div>سالم الحلي</div><div>5 أكتوبر 2020</div>"
    assert article_of(read, "سوق جديد للحرفيين في الحلة", above, ARABIC).authors == ["رنا عواد"]


@pytest.mark.parametrize(
    ("date", "day"), [("<div class=post-date>الأربعاء 04/03/2024</div>", None), ("<div class=byline>محمد السبتي الاثنين 11 مايو 2024</div>", "2024-05-11")]
)  # fmt: skip
def test_a_misprinted_weekday_moves_no_day(read: Callable[..., Page], date: str, day: str | None) -> None:
    assert article_of(read, "سوق جديد للحرفيين في الحلة", date, ARABIC).date_published_date == day
