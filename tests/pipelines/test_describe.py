"""Titles, dates, publishers, people and subjects of an article, and which of several values is chosen."""

from collections.abc import Callable

import pytest

from almasalla_crawler.items import Article, Page

TITLE = "افتتاح جسر جديد فوق نهر دجلة في بغداد"
UNDATELINED = [
    "افتتحت أمانة العاصمة، الأحد، جسراً جديداً فوق نهر دجلة يربط حي الكرادة بضاحية الدورة بعد عامين من أعمال البناء.",
    "وقال مدير المشروع إن الجسر يضم ستة مسارات للمركبات وممرين للمشاة، وإن كلفته بلغت سبعين مليار دينار.",
]
TEXT = ["بغداد/المسلة: " + UNDATELINED[0], UNDATELINED[1]]
SOURCE = "المصدر: المسلة"
RELATED = [
    "مصنع جديد للألبان يوفر مئتي فرصة عمل في الحلة",
    "16 أيار 2025",
    "الحلة – وكالة الواحة: دشنت شركة أهلية مصنعاً للألبان في مدينة الحلة، يوفر نحو مئتي فرصة عمل للشباب والنساء.",
    "وأوضح مدير المصنع أن الإنتاج اليومي يصل إلى أربعين طناً من الحليب واللبن والجبن.",
]

Main = Callable[..., Article]


@pytest.fixture
def main(read: Callable[..., Page]) -> Main:
    """The main article of a page of these lines."""

    def read_main(*texts: str, **given: str) -> Article:
        page = read("\n\n".join(texts), **given)
        assert page.reject is None
        return page.articles[0]

    return read_main


@pytest.fixture
def html(read: Callable[..., Page]) -> Main:
    """The main article of a html page with this head and these lines between title and text."""

    def read_html(
        head: str, between: str = "", text: list[str] = TEXT, above: str = "", shown: str = TITLE, **given: str
    ) -> Article:
        body = "".join(one if one.startswith("<") else f"<p>{one}</p>" for one in text)
        page = read(f"<html><head>{head}</head><body>{above}<h1>{shown}</h1>{between}{body}</body></html>", **given)
        assert page.reject is None
        return page.articles[0]

    return read_html


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def published(article: Article) -> tuple[str | None, str | None, str | None]:
    return article.date_published_date, article.date_published_utc, article.date_published_precision


# --- dates

DATES = {
    "between title and text": ([TITLE, "18 أيار 2025", *TEXT], "2025-05-18"),
    "above the title": (["18 أيار 2025", TITLE, *TEXT], "2025-05-18"),
    "first of two below the title": ([TITLE, "18 أيار 2025", "17 أيار 2025", *TEXT], "2025-05-18"),
    "last of two above the title": (["17 أيار 2025", "18 أيار 2025", TITLE, *TEXT], "2025-05-18"),
    "below the title rather than above": (["20 أيار 2025", TITLE, "18 أيار 2025", *TEXT], "2025-05-18"),
    "labelled rather than bare": ([TITLE, "17 أيار 2025", "تاريخ النشر: 18 أيار 2025", *TEXT], "2025-05-18"),
    "published rather than modified": ([TITLE, "آخر تحديث: 19 أيار 2025", "نشر في: 18 أيار 2025", *TEXT], "2025-05-18"),
    "modified alone": ([TITLE, "آخر تحديث: 19 أيار 2025", *TEXT], None),
    "relative to when it was saved": ([TITLE, "منذ ثلاثة أيام", *TEXT], "2025-05-18"),
    "below the text": ([TITLE, *TEXT, "18 أيار 2025", SOURCE], None),
    "render time": (["2025-05-18@08:12:40 GMT", TITLE, *TEXT], None),
    "no date": ([TITLE, *TEXT], None),
}


@pytest.mark.parametrize(("texts", "day"), DATES.values(), ids=DATES)
def test_day_of_an_article_is_the_one_beside_its_title(main: Main, texts: list[str], day: str | None) -> None:
    assert main(*texts).date_published_date == day


def test_day_alone_has_no_instant(main: Main) -> None:
    assert published(main(TITLE, "18 أيار 2025", *TEXT)) == ("2025-05-18", None, "day")


def test_time_without_a_zone_is_baghdads(main: Main) -> None:
    article = main(TITLE, "18 أيار 2025 - 01:30 ص", *TEXT)
    assert published(article) == ("2025-05-18", "2025-05-17T22:30:00Z", "minute")


def test_raw_text_and_rule_are_kept(main: Main) -> None:
    article = main(TITLE, "تاريخ النشر: 18 أيار 2025", *TEXT)
    assert (article.date_published_raw, article.date_published_rule) == ("تاريخ النشر: 18 أيار 2025", "day_month_year")


@pytest.mark.parametrize("day", ["23 أيار 2025", "18 أيار 2030"], ids=["two days ahead", "years ahead"])
def test_date_ahead_of_the_page_is_flagged_and_no_date(main: Main, day: str) -> None:
    article = main(TITLE, day, *TEXT)
    assert published(article) == (None, None, None)
    assert (article.date_published_raw, article.date_published_rule) == (day, "in_the_future:day_month_year")


def test_day_ahead_that_zones_explain_is_a_date(main: Main) -> None:
    assert main(TITLE, "22 أيار 2025", *TEXT).date_published_date == "2025-05-22"


def test_related_article_has_its_own_date(read: Callable[..., Page]) -> None:
    page = read("\n\n".join([TITLE, "18 أيار 2025", *TEXT, SOURCE, "إقرأ أيضاً:", *RELATED]))
    assert [article.date_published_date for article in page.articles] == ["2025-05-18", "2025-05-16"]


def test_related_date_is_never_the_main_articles(read: Callable[..., Page]) -> None:
    page = read("\n\n".join([*TEXT, SOURCE, "إقرأ أيضاً:", *RELATED]))
    assert [article.date_published_date for article in page.articles] == [None, "2025-05-16"]


PUBLISHED = "article:published_time"
SHOWN = '<span class="posts-date">18 مايو، 2025</span>'


def test_head_that_agrees_with_the_day_shown_gives_the_instant(html: Main) -> None:
    article = html(meta(PUBLISHED, "2025-05-18T09:30:00+03:00"), SHOWN)
    assert published(article) == ("2025-05-18", "2025-05-18T06:30:00Z", "second")


def test_head_in_utc_of_the_evening_before_agrees_with_the_day_shown(html: Main) -> None:
    assert published(html(meta(PUBLISHED, "2025-05-17T22:30:00Z"), SHOWN)) == ("2025-05-18", "2025-05-17T22:30:00Z", "second")


def test_head_of_the_day_after_at_noon_does_not_give_the_instant(html: Main) -> None:
    assert published(html(meta(PUBLISHED, "2025-05-19T12:00:00+03:00"), SHOWN)) == ("2025-05-18", None, "day")


@pytest.mark.parametrize("stated", ["2025-05-12T09:30:00+03:00", "bogus", ""], ids=["another day", "no date", "empty"])
def test_head_that_disagrees_is_not_believed(html: Main, stated: str) -> None:
    assert published(html(meta(PUBLISHED, stated), SHOWN)) == ("2025-05-18", None, "day")


def test_head_alone_gives_the_date(html: Main) -> None:
    article = html(meta(PUBLISHED, "2025-05-18T09:30:00+03:00"))
    assert (published(article)[:2], article.date_published_rule) == (("2025-05-18", "2025-05-18T06:30:00Z"), PUBLISHED)


@pytest.mark.parametrize(
    ("head", "between", "modified"),
    [
        (meta("article:modified_time", "2025-05-19T10:00:00Z"), "", "2025-05-19T10:00:00Z"),
        ("", "<p>آخر تحديث: 19 أيار 2025 10:00</p>", "2025-05-19T07:00:00Z"),
        ("", "<p>آخر تحديث: 19 أيار 2025</p>", None),
        ("", "", None),
    ],
    ids=["head", "shown", "day alone", "none"],
)
def test_instant_of_the_last_change(html: Main, head: str, between: str, modified: str | None) -> None:
    assert html(head, between).date_modified_utc == modified


# --- title


def test_head_names_an_article_without_a_title_line(read: Callable[..., Page]) -> None:
    head = meta("og:title", TITLE)
    [article] = read(f"<html><head>{head}</head><body>{''.join(f'<p>{one}</p>' for one in TEXT)}</body></html>").articles
    assert (article.title, article.title_source) == (TITLE, "og:title")


def test_title_key_is_the_search_key(main: Main) -> None:
    assert main(TITLE, *TEXT).title_key == "افتتاح جسر جديد فوق نهر دجله في بغداد"


# --- publisher

PUBLISHERS = {
    "source line": ([*TEXT, "المصدر: النخيل"], "النخيل"),
    "outlet before desks": ([*UNDATELINED, "المصدر: المسلة + وكالات"], "المسلة"),
    "desk before the outlet": ([*UNDATELINED, "المصدر: وكالات – النخيل"], "النخيل"),
    "desk alone, then the dateline": ([*TEXT, "المصدر: وكالات"], "المسلة"),
    "dateline": (TEXT, "المسلة"),
    "dateline before the credit": ([*TEXT, "النخيل – خاص"], "المسلة"),
    "credit": ([*UNDATELINED, "النخيل – خاص"], "النخيل"),
    "disclaimer": ([*UNDATELINED, "المقالات المنشورة لا تعبر عن وجهة نظر السنابل، بل عن رأي كاتبها."], "السنابل"),
    "disclaimer that names none": ([*UNDATELINED, "المقالات المنشورة لا تعبر عن وجهة نظر الموقع، بل عن رأي كاتبها."], None),
    "byline": ([TITLE, "بقلم: هدى كريم – النخيل", *UNDATELINED], "النخيل"),
    "nothing": (UNDATELINED, None),
    "desk alone": ([*UNDATELINED, "المصدر: وكالات"], None),
}


@pytest.mark.parametrize(("texts", "publisher"), PUBLISHERS.values(), ids=PUBLISHERS)
def test_publisher_of_an_article(main: Main, texts: list[str], publisher: str | None) -> None:
    assert main(*texts).publisher == publisher


def test_site_is_the_publisher_where_no_source_is_named(html: Main) -> None:
    assert html(meta("og:site_name", "النخيل")).publisher == "النخيل"


def test_source_line_counts_before_the_site(html: Main) -> None:
    assert html(meta("og:site_name", "عرب خبر"), text=[*TEXT, "المصدر: المسلة"]).publisher == "المسلة"


def test_candidates_are_facts_and_one_is_chosen(main: Main) -> None:
    facts = [(fact.value, fact.source, fact.chosen) for fact in main(*TEXT, "المصدر: النخيل").facts if fact.field == "publisher"]
    assert facts == [("النخيل", "source_label", True), ("المسلة", "dateline", False)]


def test_related_article_has_its_own_publisher(read: Callable[..., Page]) -> None:
    page = read("\n\n".join([*TEXT, SOURCE, "إقرأ أيضاً:", *RELATED]))
    assert [article.publisher for article in page.articles] == ["المسلة", "وكالة الواحة"]


# --- own site

URL = "https://almasalah.com/archives/77"


@pytest.mark.parametrize(
    ("source", "own"),
    [([], True), (["المصدر: المسلة"], True), (["المصدر: النخيل"], False)],
    ids=["no source", "the site itself", "another source"],
)
def test_article_without_another_source_stands_on_its_publishers_site(html: Main, source: list[str], own: bool) -> None:
    article = html(meta("og:site_name", "المسلة"), text=[*TEXT, *source], url=URL)
    assert (article.own_site, article.url) == (own, URL if own else None)


def test_page_without_an_address_is_no_site(html: Main) -> None:
    assert html(meta("og:site_name", "المسلة")).own_site is False


# --- people and subjects

BYLINES = {
    "name": ("بقلم: هدى كريم", ["هدى كريم"]),
    "name and outlet": ("كتبت: هدى كريم – النخيل", ["هدى كريم"]),
    "two names": ("كتب: علي حسن، هدى كريم – النخيل", ["علي حسن", "هدى كريم"]),
    "two names joined": ("كتب: علي حسن وأحمد سعيد", ["علي حسن", "أحمد سعيد"]),
    "three names": ("كتب: علي حسن، هدى كريم ومحمد عمر", ["علي حسن", "هدى كريم", "محمد عمر"]),
    "a name that begins with and": ("كتب: سامي وليد حسن", ["سامي وليد حسن"]),
    "name and place": ("كتبت: هدى كريم، بغداد", ["هدى كريم"]),
    "login": ("كتب: admin", []),
    "login with signs": ("كتب: huda_k2", []),
    "the outlet": ("بقلم: المسلة", []),
    "desk": ("كتب: وكالات", []),
    "latin name": ("By: Huda Kareem", ["Huda Kareem"]),
}


@pytest.mark.parametrize(("line", "authors"), BYLINES.values(), ids=BYLINES)
def test_byline_names_people_only(main: Main, line: str, authors: list[str]) -> None:
    assert main(TITLE, line, *TEXT, SOURCE).authors == authors


def test_name_in_an_author_box_is_no_author(main: Main) -> None:
    assert main(*TEXT, "About Post Author huda k", "See author’s posts", SOURCE).authors == []


KEYWORDS = {
    "comma": ("كلمات دلالية: جسر، نهر دجلة", ["جسر", "نهر دجلة"]),
    "latin comma and semicolon": ("الوسوم: جسر, بغداد؛ نهر", ["جسر", "بغداد", "نهر"]),
    "hash signs": ("الوسوم: #جسر #نهر_دجلة", ["جسر", "نهر_دجلة"]),
    "bars and dashes": ("tags: جسر | بغداد – نهر دجلة", ["جسر", "بغداد", "نهر دجلة"]),
    "spaces alone": ("كلمات دلالية: جسر بغداد", ["جسر بغداد"]),
    "twice the same": ("الوسوم: جسر، جسر", ["جسر"]),
    "nothing": ("الوسوم:", []),
}


@pytest.mark.parametrize(("line", "keywords"), KEYWORDS.values(), ids=KEYWORDS)
def test_keywords_are_cut_at_separators(main: Main, line: str, keywords: list[str]) -> None:
    assert main(*TEXT, SOURCE, line).keywords == [(keyword, "tag") for keyword in keywords]


def test_section_and_image_come_from_the_head(html: Main) -> None:
    article = html(meta("article:section", "اقتصاد") + meta("og:image", "/i/1.jpg"), url=URL)
    assert (article.section, article.image_url) == ("اقتصاد", "https://almasalah.com/i/1.jpg")


def test_section_shown_counts_before_the_head(html: Main) -> None:
    assert html(meta("article:section", "اقتصاد"), '<span class="cat-links">محليات</span>').section == "محليات"


def test_label_of_the_section_is_no_part_of_it(html: Main) -> None:
    assert html("", '<span class="category-name">القسم: <a href="/e">اقتصاد</a></span>').section == "اقتصاد"


def test_label_of_an_old_blog_is_no_part_of_the_name(html: Main) -> None:
    assert html("", '<span class="post-author vcard">مرسلة بواسطة نور الجبوري</span>').authors == ["نور الجبوري"]


def test_image_that_is_no_web_address_is_none(html: Main) -> None:
    assert html(meta("og:image", "data:image/png;base64,AA"), url=URL).image_url is None


# --- body


def test_body_and_its_counts(main: Main) -> None:
    article = main(TITLE, TEXT[0], "تفاصيل المشروع", TEXT[1], SOURCE)
    assert article.body == "\n\n".join([TEXT[0], "تفاصيل المشروع", TEXT[1]])
    assert article.block_roles == ["paragraph", "subheading", "paragraph"]
    assert (article.paragraph_count, article.word_count, article.language) == (2, len(article.body_key.split()), "ar")


def test_dateline_and_credit_are_fields(main: Main) -> None:
    article = main(*TEXT, "المسلة – خاص", SOURCE)
    assert (article.dateline_place, article.dateline_agency, article.credit) == ("بغداد", "المسلة", "المسلة – خاص")


# --- what the markup states

LD = '<script type="application/ld+json">{"@type": "NewsArticle", %s}</script>'


def test_markup_names_the_author_where_the_text_does_not(html: Main) -> None:
    assert html(LD % '"author": {"@type": "Person", "name": "هدى كريم"}').authors == ["هدى كريم"]


@pytest.mark.parametrize("name", ["admin", "huda_k2", "Almasalah", "وكالات", "المسلة"])
def test_login_desk_or_outlet_in_the_markup_is_no_author(html: Main, name: str) -> None:
    assert html(LD % f'"author": "{name}"' + meta("og:site_name", "المسلة")).authors == []


def test_keywords_of_the_markup_join_those_of_the_text(html: Main) -> None:
    article = html(LD % '"keywords": ["جسر", "نهر دجلة"]', text=[*TEXT, "الوسوم: جسر، بغداد"])
    assert article.keywords == [("جسر", "tag"), ("بغداد", "tag"), ("نهر دجلة", "tag")]


def test_title_line_keeps_its_spelling_and_rule(html: Main) -> None:
    article = html(meta("og:title", f"{TITLE} | المسلة") + meta("og:site_name", "المسلة"))
    assert (article.title, article.title_source) == (TITLE, "heading_stated_in_head")


def test_title_stated_with_fewer_signs_is_spelled_as_stated(html: Main) -> None:
    stated = f"افتتاح جسر: {TITLE}"
    assert html(meta("og:title", stated.replace(":", "")), shown=stated).title == stated.replace(":", "")


def test_title_line_keeps_marks_that_no_source_states(html: Main) -> None:
    assert html(meta("og:title", TITLE), shown=TITLE.replace("جسر", "جِسر")).title == TITLE.replace("جسر", "جِسر")


TAGS = '<div class="tags-links">%s<a href="/t/1">جسر</a><a href="/t/2">بغداد</a></div>'


def test_label_of_a_box_of_tags_is_no_keyword(html: Main) -> None:
    assert html("", text=[*TEXT, TAGS % "<span>تابع أيضا</span>"]).keywords == [("جسر", "tag"), ("بغداد", "tag")]


def test_box_of_tags_above_the_title_is_of_the_site(html: Main) -> None:
    assert html("", above=TAGS % "").keywords == []


def test_every_candidate_of_the_markup_is_a_fact(html: Main) -> None:
    facts = html(LD % '"datePublished": "2025-05-18T09:30:00+03:00"' + meta(PUBLISHED, "2025-05-18")).facts
    assert [(fact.source, fact.value, fact.raw, fact.chosen) for fact in facts if fact.field == "date_published"] == [
        ("json-ld:datePublished", "2025-05-18T06:30:00Z", "2025-05-18T09:30:00+03:00", True),
        (PUBLISHED, "2025-05-18", "2025-05-18", False),
    ]


FOREIGN = [
    "Die Regierung hat am Sonntag eine neue Brücke über den Fluss eröffnet, die zwei Teile der Stadt verbindet und lange erwartet war.",
    "Der Leiter des Baus sagte, die Brücke habe sechs Spuren und zwei Wege für Fußgänger, sie habe siebzig Millionen gekostet.",
]


def test_time_without_an_offset_is_no_instant_where_nobody_knows_the_zone(html: Main) -> None:
    article = html(meta(PUBLISHED, "2025-05-18T09:30:00"), text=FOREIGN)
    assert published(article) == ("2025-05-18", None, "day")


def test_newsroom_signs_a_page_of_another_language(html: Main) -> None:
    assert html(LD % '"author": {"@type": "Organization", "name": "Tagblatt"}, "inLanguage": "de"', text=FOREIGN).authors == [
        "Tagblatt"
    ]


def test_line_below_the_title_may_be_a_byline(html: Main) -> None:
    assert html("", "<p>Von Ada Berg und Max Kern</p>", text=FOREIGN).authors == ["Ada Berg", "Max Kern"]


BOXES = {
    "label": "<span class=byline>by</span><span class=byline>Ada Berg</span>",
    "label behind a word": "<span class=byline>Story by</span><span class=byline>Ada Berg</span>",
    "time": "<p class=byline>9:39AM BST 05 Oct 2011</p><p class=byline>Ada Berg</p>",
    "day": "<p class=byline>Ada Berg</p><p class=byline>on June 26, 2014 at 9:00a</p>",
    "day behind the name": "<p class=byline>Ada Berg on June 26, 2014</p>",
}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_labels_and_times_in_a_byline_are_no_names(html: Main, box: str) -> None:
    assert html("", box, text=FOREIGN).authors == ["Ada Berg"]


def test_language_that_letters_do_not_tell_is_the_stated_one(html: Main) -> None:
    assert html('<meta http-equiv="content-language" content="de">', text=FOREIGN).language == "de"


def test_one_candidate_of_a_field_with_one_value_is_chosen(html: Main) -> None:
    head = meta("og:title", TITLE) + meta("og:site_name", "النخيل") + meta(PUBLISHED, "2025-05-18T09:30:00+03:00")
    facts = html(head + LD % '"headline": "عنوان آخر", "publisher": "النخيل"', SHOWN).facts
    chosen = [fact.field for fact in facts if fact.chosen]
    assert sorted(chosen) == sorted(set(chosen))
    assert {"title", "publisher", "date_published"} <= set(chosen)


@pytest.mark.parametrize("tail", ["أنجز المادة: وائل الحسني", "#صحة #أخبار", "للاستفسار: 07801234567", "رقم المادة 4960"])
def test_label_below_the_text_names_no_publisher(main: Main, tail: str) -> None:
    assert main(TITLE, *UNDATELINED, tail).publisher is None


def test_year_of_an_arabic_page_is_none_of_iran(html: Main) -> None:
    assert html(meta(PUBLISHED, "1403-05-12")).date_published_date is None
