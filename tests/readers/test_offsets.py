"""Lists that go on from a number of entries."""

import pytest

from almasalla_crawler.readers.listings import read_listing
from almasalla_crawler.readers.offsets import goes_on

SITE = "https://site.example"


@pytest.mark.parametrize(
    ("here", "there", "text"),
    [
        ("/sport/", "/sport/more?offset=10", "تحميل المزيد"),
        ("/sport/more?offset=10", "/sport/more?offset=20", "تحميل المزيد..."),
        ("/news", "/news?start=20", "Next »"),
        ("/list?cat=1", "/list?cat=1&start=10", "المزيد"),
    ],
)
def test_more_of_a_list_is_its_next_page(here: str, there: str, text: str) -> None:
    assert goes_on(SITE + there, text, SITE + here)


@pytest.mark.parametrize(
    ("here", "there", "text"),
    [
        ("/sport/more?offset=20", "/sport/more?offset=10", "المزيد"),
        ("/sport/", "/culture/more?offset=10", "المزيد"),
        ("/sport/", "/sports?offset=10", "المزيد"),
        ("/sport/", "/sport/more?offset=ten", "المزيد"),
        ("/sport/", "/sport/more?offset=10", "نادي الشطرنج يفتح فرعاً للصغار"),
        ("/sport/", "/sport/7", "المزيد"),
        ("/", "/quiz?start=3", "المزيد"),
        ("/sport/", "/sport/chess-club?start=1", "التالي"),
        ("/sport/", "/sport?start=0", "المزيد"),
        ("/list?cat=1", "/list?cat=3&start=10", "المزيد"),
        ("/list", "/list?cat=3&start=10", "المزيد"),
    ],
    ids=[
        "back",
        "another section",
        "another name",
        "no number",
        "headline",
        "no offset",
        "front page",
        "article in parts",
        "first page",
        "another category",
        "a category of it",
    ],
)
def test_other_links_are_not(here: str, there: str, text: str) -> None:
    assert not goes_on(SITE + there, text, SITE + here)


@pytest.mark.parametrize(
    ("href", "text", "kind"),
    [
        ("/news?start=0", "أخبار", "listing"),
        ("/economy?offset=0", "اقتصاد", "listing"),
        ("/news?start=20", "المزيد من الأخبار", "listing"),
        ("/quiz?start=3", "المزيد", "listing"),
        ("/a/123456.html?offset=0", "اقرأ التقرير", "article"),
        ("/video/how-the-chess-club-began?start=15", "شاهد التقرير", "article"),
    ],
)
def test_an_offset_in_an_address_does_not_hide_what_a_front_page_links_to(href: str, text: str, kind: str) -> None:
    listing = read_listing(f'<main><a href="{href}">{text}</a></main>'.encode(), f"{SITE}/", frozenset({"site.example"}))
    assert ([(one.url, one.kind) for one in listing.entries], listing.next_url) == ([(SITE + href, kind)], "")
