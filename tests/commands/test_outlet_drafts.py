"""What `scrapy newoutlet` drafts from pages of systems that many sites use."""

import pytest

from almasalla_crawler.drafts.draft import Draft
from almasalla_crawler.drafts.layouts import _foreign, read_tree
from almasalla_crawler.drafts.new import without_selectors

FIRST = "رمم نجارون من سوق الصدرية باب خان قديم عمره مئتا عام، واستعملوا فيه خشب الصاج ومسامير مطروقة باليد كما صنعه أجدادهم."
SECOND = "وقال شيخ النجارين عباس الكرخي إن الباب سيعاد إلى مكانه في احتفال يحضره تلاميذ المدارس القريبة مطلع الشهر المقبل."
TITLE = "نجارون يعيدون باب خان قديم"
BYLINE = (
    "<footer class=node__meta><div class=node__submitted>أضيف بواسطة <a class=username href=/u>ماجد الحلي</a> في "
    "<span class='field field--name-created'>الاثنين, 10/05/2020 - 09:14</span></div></footer>"
)


def draft(body: str) -> Draft:
    html = f"<html lang=ar><head><title>{TITLE} | وكالة الرافد</title></head><body><h1>{TITLE}</h1>{body}</body></html>"
    return Draft("rafid", html.encode(), "https://rafid.example/node/8", "")


def test_selectors_name_what_an_element_holds_and_not_how_it_looks() -> None:
    found = draft(f"{BYLINE}<div class='clearfix text-formatted field field--name-body'><p>{FIRST}</p><p>{SECOND}</p></div>")
    assert found.layout is not None
    assert (found.layout.body, found.layout.date) == ("div.field--name-body", "span.field--name-created")


def test_name_of_the_site_may_stand_behind_the_headline() -> None:
    site = draft(f"<p>{FIRST}</p><p>{SECOND}</p>").site
    assert site is not None
    assert site.publisher == "وكالة الرافد"


@pytest.mark.parametrize(
    ("title", "publisher"),
    [
        (f"{TITLE} » وكالة الرافد", "وكالة الرافد"),
        (f"{TITLE} - صحيفة «الرافد»", "صحيفة «الرافد»"),
        (f"اقتصاد - {TITLE}", "rafid.example"),
        (f"رواية «المرفأ» - {TITLE}", "rafid.example"),
        (f"عاجل: {TITLE}", "rafid.example"),
        (f"{TITLE} بعد مئتي عام", "rafid.example"),
        (f"صور.. {TITLE}", "rafid.example"),
        (f"تراث - {TITLE} | وكالة الرافد", "rafid.example"),
    ],
)
def test_only_what_stands_behind_the_headline_and_a_separator_is_the_name_of_the_site(title: str, publisher: str) -> None:
    html = f"<html lang=ar><head><title>{title}</title></head><body><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    site = Draft("rafid", html.encode(), "https://rafid.example/node/8", "").site
    assert site is not None
    assert site.publisher == publisher


def test_selector_of_the_byline_is_found_and_gives_the_same_author() -> None:
    head = "<div class=story><div class=css-b>سلمى الجبوري</div><time datetime=2026-02-03>٣ شباط ٢٠٢٦</time>"
    found = draft(f"{head}<div class=text><p>{FIRST}</p><p>{SECOND}</p></div></div>")
    assert found.layout is not None
    assert found.layout.authors == "div.css-b"
    assert found.read(found.layout).articles[0].authors == ["سلمى الجبوري"]


def test_selector_of_the_byline_is_that_of_its_own_element_and_not_of_a_card_below() -> None:
    head = "<div class=info><div class=writer>بقلم <a href=/w>سلمى الجبوري</a></div><div class=day>3 شباط 2026</div></div>"
    card = "<div class=card><b class=person>سلمى الجبوري</b></div>"
    found = draft(f"<div class=story>{head}<div class=text><p>{FIRST}</p><p>{SECOND}</p></div>{card}</div>")
    assert found.layout is not None
    assert found.layout.authors == "div.writer"


def test_part_of_a_paragraph_is_not_dropped() -> None:
    tree = read_tree(
        f"<div class=story><p><b class=place>بغداد</b> – {FIRST}</p><div class=poll>هل زرت الخان؟</div><p>{SECOND}</p></div>"
    )
    story = next(tree.iter("div"))
    assert list(_foreign(story, [f"بغداد – {FIRST}"[:60], SECOND[:60]])) == ["div.poll"]


def test_what_the_nearest_element_holds_beside_the_text_is_shown() -> None:
    first = "Joiners from the old market mended the door of an inn that is two hundred years old, with nails beaten by hand."
    last = "The head of the joiners said the door would go back to its place in spring, and that schoolchildren would watch."
    credit = "Photo: Jan Berg for the Harbour News"
    found = draft(f"<div class=story><p>{first}</p><p>{credit}</p><p>{last}</p></div>")
    assert found.layout is None
    assert found.nearest == ("div.story", [credit])
    assert credit in without_selectors(*found.nearest)
