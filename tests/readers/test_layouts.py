"""An outlet's layout names the parts of its pages; where its selectors find nothing the page is read as any other."""

from collections.abc import Callable

import pytest

from almasalla_crawler.items import Layout, Outlet, Page
from almasalla_crawler.readers.html import read_html
from almasalla_crawler.readers.layouts import layouts_that_hold

NOW = Layout(body="div.story", title="h2.headline", date="b.day", authors=".by", section=".part", tags=".words", related=".more",
             author_box=".who", drop=".promo")  # fmt: skip
OLD = Layout(body="td.text", title="font.head", until="2019-06-30")
OLDER = Layout(body="pre", until="2012-01-31")
FIRST = "افتتح أهالي حي الزهور مكتبة صغيرة في محطة حافلات مهجورة، وجمعوا لها خلال شهر واحد أكثر من ألفي كتاب مستعمل."
SECOND = "وقالت المشرفة على المكتبة رنا العبيدي إن الإعارة مجانية وإن الرفوف مفتوحة ليلاً ونهاراً أمام الجميع بلا حارس."
PAGE = f"""<html lang="ar"><body><p>شعار الموقع وعبارة طويلة تقول إن كل ما ينشر هنا هو من كتابة أهالي الحي أنفسهم.</p>
<div class="wrap"><i class="part">مجتمع</i><h2 class="headline">محطة حافلات مهجورة تصير مكتبة</h2>
<b class="day">3 آذار 2025</b> <i class="by">سعاد الربيعي</i>
<div class="story"><p>{FIRST}</p><div class="promo"><p>حملوا تطبيقنا الجديد واقرأوا كل الأخبار قبل غيركم في كل مكان وزمان.</p></div>
<p>{SECOND}</p><div class="who"><p>سعاد الربيعي صحفية تكتب عن الأحياء منذ أعوام طويلة ولها كتابان.</p></div></div>
<div class="words"><a href="/t/1">مكتبات</a> <a href="/t/2">كتب</a></div>
<div class="more"><a href="/n/7">حديقة جديدة في حي الزهور</a></div></div></body></html>"""


def outlet(*layouts: Layout, **given: str) -> Outlet:
    return Outlet("hay", ("hay.example",), layouts=layouts, **{"publisher": "صحيفة الحي", **given})  # type: ignore[arg-type]


def problems(page: Page) -> list[tuple[str, str]]:
    return [(fact.value, fact.raw) for fact in page.facts if fact.field == "problem"]


@pytest.fixture
def hay(read: Callable[..., Page]) -> Callable[..., Page]:
    """A page of an outlet with these layouts."""

    def read_hay(*layouts: Layout, html: str = PAGE, saved_at: str = "2025-03-04T00:00:00+00:00", **given: str) -> Page:
        return read(html, "https://hay.example/n/1", saved_at, outlet="hay", site=outlet(*layouts, **given))

    return read_hay


def test_selectors_name_the_parts_of_an_article(hay: Callable[..., Page]) -> None:
    [article] = hay(NOW).articles
    assert article.body == f"{FIRST}\n\n{SECOND}"
    assert (article.title, article.title_source) == ("محطة حافلات مهجورة تصير مكتبة", "outlet:title")
    assert (article.date_published_date, article.authors, article.section) == ("2025-03-03", ["سعاد الربيعي"], "مجتمع")
    assert article.keywords == [("مكتبات", "tag"), ("كتب", "tag")]


def test_every_line_keeps_a_role_and_the_selector_that_gave_it(hay: Callable[..., Page]) -> None:
    page = hay(NOW)
    rules = {line.rule for line in page.lines}
    named = {"title", "date", "authors", "section", "tags", "drop", "author_box"}
    assert {f"outlet:{part}" for part in named} <= rules
    assert all(line.role for line in page.lines)
    assert [mention.title for mention in page.mentions] == ["حديقة جديدة في حي الزهور"]


def test_a_page_without_the_body_is_read_as_any_other_and_says_so(hay: Callable[..., Page]) -> None:
    page = hay(Layout(body="div.gone"), html=PAGE.replace("<h2 class", "<h1 class").replace("</h2>", "</h1>"))
    [article] = page.articles
    assert article.body.startswith(FIRST)
    assert problems(page) == [("outlet_selector_body", "div.gone")]
    assert [(fact.value, fact.raw) for fact in article.facts if fact.field == "problem"] == problems(page)


def test_a_selector_of_title_or_date_that_finds_nothing_says_so(hay: Callable[..., Page]) -> None:
    page = hay(Layout(body="div.story", title="h1.gone", date="time.gone", tags=".gone"))
    assert problems(page) == [("outlet_selector_title", "h1.gone"), ("outlet_selector_date", "time.gone")]


def test_a_selector_sees_the_tags_of_the_page_where_a_row_below_the_headline_would_be_read_apart(
    hay: Callable[..., Page],
) -> None:
    html = PAGE.replace("h2", "h1").replace('class="by"', 'class="by page-author"')
    page = hay(Layout(body="div.story", title="h1.headline", date="b.day"), html=html)
    assert problems(page) == []


def test_an_archive_that_shows_beginnings_in_the_element_of_the_body_is_no_article(hay: Callable[..., Page]) -> None:
    cards = "".join(f'<article><h2><a href="/n/{n}">خبر {word} من أخبار الحي</a></h2><div class="story"><p>{FIRST[:60]} {word}...</p></div></article>'
                    for n, word in enumerate("أول ثان ثالث رابع خامس سادس سابع".split()))  # fmt: skip
    page = hay(NOW, html=f"<html><body><h1>الأرشيف</h1>{cards}</body></html>")
    assert (page.articles, page.reject and page.reject.reason) == ([], "no_article")


def test_a_text_in_several_elements_is_one_article(hay: Callable[..., Page]) -> None:
    html = PAGE.replace(f"<p>{SECOND}</p>", f'</div><i class="promo">إعلان</i><div class="story"><p>{SECOND}</p>')
    assert hay(NOW, html=html).articles[0].body == f"{FIRST}\n\n{SECOND}"


def test_a_body_that_holds_a_few_letters_is_none(hay: Callable[..., Page]) -> None:
    assert problems(hay(Layout(body="i.part"))) == [("outlet_selector_body", "i.part")]


@pytest.mark.parametrize(
    ("seen", "published", "holding"),
    [
        ("2025-03-04", "", [NOW]),
        ("2019-06-30", "2024-01-01", [OLD]),
        ("2019-07-01", "", [NOW]),
        ("2011-05-05", "", [OLDER]),
        ("", "2018-01-01", [NOW, OLD]),
        ("", "2020-01-01", [NOW]),
        ("", "", [NOW, OLD, OLDER]),
    ],
    ids=["today", "last day", "day after", "the oldest", "own day", "own day after", "nobody knows"],
)
def test_an_old_layout_holds_until_its_day(seen: str, published: str, holding: list[Layout]) -> None:
    assert layouts_that_hold([NOW, OLD, OLDER], seen, published) == holding


def test_a_page_of_an_old_layout_is_read_with_it(hay: Callable[..., Page]) -> None:
    html = f"<html><body><table><tr><td><font class=head>محطة مهجورة</font></td></tr><tr><td class=text>{FIRST}<br><br>{SECOND}</td></tr></table>"
    for saved_at in ("2018-02-03T00:00:00+00:00", ""):
        page = hay(NOW, OLD, html=html, saved_at=saved_at)
        assert (page.articles[0].title, page.articles[0].body, problems(page)) == ("محطة مهجورة", f"{FIRST}\n\n{SECOND}", [])


def test_a_day_stated_by_the_page_rules_out_a_layout_that_had_ended() -> None:
    html = f"<html><head><meta property='article:published_time' content='2024-05-05T10:00:00Z'></head><body><pre>{FIRST}</pre>"
    facts = read_html(html, "", [NOW, OLDER]).facts
    assert [fact.raw for fact in facts if fact.field == "problem"] == [NOW.body]


def test_markers_in_the_words_of_an_outlet_open_lists(read: Callable[..., Page]) -> None:
    text = f"{FIRST}\n\n{SECOND}\n\nمن دفتر الحي:\n\nحديقة جديدة في حي الزهور\n\nسوق الجمعة يعود إلى مكانه القديم"
    site = Outlet("hay", ("hay.example",), "صحيفة الحي", markers=(("من دفتر الحي", "similar"),))
    page = read(text, "https://hay.example/n/1", site=site)
    assert [mention.title for mention in page.mentions] == ["حديقة جديدة في حي الزهور", "سوق الجمعة يعود إلى مكانه القديم"]


def test_a_time_without_an_offset_is_in_the_zone_of_the_outlet(hay: Callable[..., Page]) -> None:
    html = PAGE.replace("3 آذار 2025", "3 آذار 2025 - 10:30")
    utc = {zone: hay(NOW, html=html, time_zone=zone).articles[0].date_published_utc for zone in ("", "Africa/Tunis")}
    assert utc == {"": "2025-03-03T07:30:00Z", "Africa/Tunis": "2025-03-03T09:30:00Z"}


@pytest.mark.parametrize(
    ("publisher", "url", "own_site"),
    [
        ("صحيفة الحي", "https://hay.example/n/1", True),
        ("صحيفة الحي", "https://copies.example/hay/1", False),
        ("", "https://hay.example/n/1", False),
    ],
    ids=["its own host", "another host", "aggregator"],
)
def test_the_outlet_says_whose_own_site_it_is(publisher: str, url: str, own_site: bool, read: Callable[..., Page]) -> None:
    html = PAGE.replace("<body>", '<head><meta property="og:site_name" content="بوابة الأحياء"></head><body>')
    article = read(html, url, site=outlet(NOW, publisher=publisher)).articles[0]
    assert (article.publisher, article.own_site) == (publisher or None, own_site)


def test_an_article_that_names_another_source_is_not_on_its_own_site(hay: Callable[..., Page]) -> None:
    article = hay(NOW, html=PAGE.replace(f"<p>{SECOND}</p>", f"<p>{SECOND}</p><p>المصدر: وكالة الواحة</p>")).articles[0]
    assert (article.publisher, article.own_site) == ("وكالة الواحة", False)


def test_selectors_lose_no_letter() -> None:
    assert read_html(PAGE, "", [NOW], "2025-03-04").letter_count == read_html(PAGE).letter_count
