"""Links of front pages and sections: articles, sections, the next page, traps; parts of an article."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almasalla_crawler.items import Listing, Rejected
from almasalla_crawler.readers.listings import is_trap, page_number, parts_of, read_listing

URL = "https://site.example/"
HOSTS = frozenset({"site.example"})
HEADLINE = "البلدية تفتتح حديقة جديدة قرب النهر"


def listing(body: str, url: str = URL) -> Listing:
    return read_listing(f"<html><body>{body}</body></html>".encode(), url, HOSTS)


def kinds(body: str, url: str = URL) -> dict[str, str]:
    return {entry.url.removeprefix("https://site.example"): entry.kind for entry in listing(body, url).entries}


@pytest.mark.parametrize(
    "href",
    [
        "/2025/05/12/bridge",
        "/news/48213",
        "/a/48213-new-bridge.html",
        "/?p=12",
        "/view.aspx?NewsID=77",
        "/new-bridge-over-the-river",
    ],
)
def test_addresses_of_articles_are_told(href: str) -> None:
    assert list(kinds(f'<main><a href="{href}">جسر جديد</a></main>').values()) == ["article"]


def test_a_headline_is_the_link_of_an_article_whatever_its_address() -> None:
    assert kinds(f'<h2><a href="/x/y">{HEADLINE}</a></h2>') == {"/x/y": "article"}


@pytest.mark.parametrize(
    "href", ["/tag/bridges", "/author/salma", "/2025/05/", "/2025/05/12/", "/?m=202505", "/wp-content/a.pdf", "/login", "/feed/",
             "https://elsewhere.example/news/48213", "mailto:a@site.example", "javascript:void(0)", "/photo-of-a-bridge.jpg"],
)  # fmt: skip
def test_what_is_no_article_is_none(href: str) -> None:
    assert "article" not in kinds(f'<main><a href="{href}">جسر</a></main>').values()


def test_a_menu_leads_to_sections() -> None:
    assert kinds('<nav><a href="/politics">سياسة</a><a href="/category/sport/">رياضة</a></nav>') == {
        "/politics": "listing", "/category/sport/": "listing",
    }  # fmt: skip


def test_the_headline_is_a_fact_of_the_page() -> None:
    (entry,) = listing(f'<h3><a href="/news/48213">{HEADLINE}</a></h3>').entries
    assert [(fact.source, fact.value) for fact in entry.facts] == [("listing:link", HEADLINE)]


@pytest.mark.parametrize(
    ("url", "href", "text"),
    [
        (f"{URL}news/", "/news/page/2/", "2"),
        (f"{URL}news/page/2/", "/news/page/3/", "التالي"),
        (f"{URL}news?page=2", "/news?page=3", "»"),
        (f"{URL}news", "/news?page=2", "المزيد"),
        (f"{URL}list.php?cat=3", "/list.php?cat=3&page=2", "2"),
    ],
)
def test_the_next_page_of_a_list_is_found(url: str, href: str, text: str) -> None:
    assert listing(f'<a href="{href}">{text}</a>', url).next_url == f"https://site.example{href}"


@pytest.mark.parametrize("href", ["/sport/page/2/", "/news/page/3/", "/news/page/1/", "/2025/06/"])
def test_no_other_page_is_the_next(href: str) -> None:
    assert listing(f'<a href="{href}">التالي</a>', f"{URL}news/").next_url == ""


@pytest.mark.parametrize(
    "url",
    [
        f"{URL}{'a' * 2100}",
        f"{URL}{'/'.join(map(str, range(15)))}",
        f"{URL}a/b/a/b/a/b",
        f"{URL}?{'&'.join(f'a{n}=1' for n in range(12))}",
    ],
    ids=["long", "deep", "repeating", "many parameters"],
)
def test_traps_are_told(url: str) -> None:
    assert is_trap(url)


def test_an_ordinary_address_is_no_trap() -> None:
    assert not is_trap(f"{URL}2025/05/12/sport/new-bridge.html?id=3")


@pytest.mark.parametrize(
    "link",
    [
        "<base href='/news/'><a href='bridge/2/'>2</a>",
        "<a HREF = /news/bridge/?page=2>2</a>",
        "<a href='/a/2'>2</a><a href='/news/bridge/2/#text'>2</a>",
    ],
    ids=["below a base", "unquoted", "beside another second page"],
)
def test_a_second_part_is_seen_however_it_is_linked(link: str) -> None:
    assert list(parts_of(f"<html><body>{link}</body></html>".encode(), f"{URL}news/bridge/")) == [2]


def test_a_second_part_is_seen_in_a_page_of_another_encoding() -> None:
    body = "<html><head><meta charset=windows-1256></head><body>" + "جسر جديد فوق النهر " * 20 + "<a href='/جسر/2/'>2</a>"
    assert list(parts_of(body.encode("windows-1256"), f"{URL}%D8%AC%D8%B3%D8%B1/")) == [2]


def test_parts_of_an_article_stand_below_its_own_address() -> None:
    links = '<a href="/news/bridge/2/">2</a><a href="/news/bridge/3/">3</a><a href="/news/other/2/">2</a><a href="/page/2/">2</a>'
    assert parts_of(f"<html><body>{links}</body></html>".encode(), f"{URL}news/bridge/") == {
        2: f"{URL}news/bridge/2/", 3: f"{URL}news/bridge/3/",
    }  # fmt: skip


def test_parts_may_be_parameters() -> None:
    body = b'<html><body><a href="/?p=12&amp;page=2">2</a></body></html>'
    assert parts_of(body, f"{URL}?p=12") == {2: f"{URL}?p=12&page=2"}


def test_pages_of_comments_are_no_parts() -> None:
    body = b'<html><body><a href="/news/bridge/comment-page-2/#comments">2</a></body></html>'
    assert parts_of(body, f"{URL}news/bridge/") == {}


@pytest.mark.parametrize(
    ("url", "number"), [(f"{URL}page/3/", 3), (f"{URL}news?page=2", 2), (f"{URL}news/12", None), (URL, None)]
)
def test_the_number_of_a_page_is_read(url: str, number: int | None) -> None:
    assert page_number(url) == number


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(tail: bytes) -> None:
    for head in (b"", b'<a href="/2', b"<a href='https://[", b"<base href='//["):
        with suppress(Rejected):
            assert all(entry.url.startswith("http") for entry in read_listing(head + tail, URL, HOSTS).entries)
            assert all(part > 1 for part in parts_of(head + tail, URL))
