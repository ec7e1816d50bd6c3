"""One spelling for each address."""

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from w3lib.url import canonicalize_url

from almasalla_crawler.readers.addresses import canonical_url, is_on_the_site_of, web_address

BASE = "https://www.arabkhabar.com/a/9001204"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        pytest.param(*row, id=name)
        for name, row in {
            "fragment": ("https://a.example/b#c", "https://a.example/b"),
            "tracking": ("https://a.example/b?utm_source=x&id=7&fbclid=y&gclid=z", "https://a.example/b?id=7"),
            "tracking alone": ("https://a.example/b?utm_source=x", "https://a.example/b"),
            "identity": ("https://a.example/?p=12", "https://a.example/?p=12"),
            "news number": ("https://a.example/news.aspx?NewsID=1", "https://a.example/news.aspx?NewsID=1"),
            "order of the query": ("https://a.example/?b=2&a=1", "https://a.example/?a=1&b=2"),
            "case of the host": ("HTTPS://A.Example/B", "https://a.example/B"),
            "arabic slug": ("https://a.example/بغداد", "https://a.example/%D8%A8%D8%BA%D8%AF%D8%A7%D8%AF"),
            "lower-case escapes": ("https://a.example/%d8%a8", "https://a.example/%D8%A8"),
            "no path": ("https://a.example", "https://a.example/"),
            "spaces around": ("  https://a.example/b\n", "https://a.example/b"),
        }.items()
    ],
)
def test_canonical_url(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "url",
    ["", "ftp://a.example/b", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "a.example/b", "/b",
     "https://a b.example/", "https://a.example/\x00", "https://[a.example/", "http://a.example\r\nHost: b",
     "http://", "https:///b", "http://:80/b"],
    ids=["empty", "ftp", "file", "javascript", "data", "no scheme", "path", "space", "null", "bracket", "newline",
         "no host", "path without a host", "port without a host"],
)  # fmt: skip
def test_what_is_no_web_address_has_no_canonical_url(url: str) -> None:
    assert canonical_url(url) == ""


@given(st.text(max_size=30).map("https://a.example/".__add__))
def test_canonical_url_of_a_canonical_url_is_itself(url: str) -> None:
    assert canonical_url(canonical_url(url)) == canonical_url(url)


@given(st.text(st.sampled_from("aZ0/.-_~%;@:é"), max_size=12))
def test_addresses_are_spelled_as_w3lib_spells_them(path: str) -> None:
    url = f"https://news.a-1.example/{path}"
    assert canonical_url(url) == canonicalize_url(url)
    assert web_address(BASE, url) == canonicalize_url(urljoin(BASE, url))


@given(st.lists(st.sampled_from(["a", "Z", "0", "/", ".", "-", "%d8%a7", "%D8", "%2f", "%e", "?", "é"]), max_size=12))
def test_paths_lead_where_w3lib_follows_them(pieces: list[str]) -> None:
    path = "".join(["/a", *pieces])
    assert web_address(BASE, path) == canonicalize_url(urljoin(BASE, path))


@pytest.mark.parametrize(
    ("href", "address"),
    [
        pytest.param(*row, id=name)
        for name, row in {
            "path": ("/a/1", "https://www.arabkhabar.com/a/1"),
            "relative": ("2", "https://www.arabkhabar.com/a/2"),
            "other host": ("//b.example/1", "https://b.example/1"),
            "whole": ("http://b.example/1#top", "http://b.example/1"),
            "fragment": ("#top", BASE),
            "empty": ("", None),
            "mail": ("mailto:a@b.example", None),
            "script": ("javascript:void(0)", None),
            "file": ("file:///etc/passwd", None),
            "broken": ("http://[x", None),
        }.items()
    ],
)
def test_address_of_a_link(href: str, address: str | None) -> None:
    assert web_address(BASE, href) == address


def test_relative_link_on_a_page_without_url_has_no_address() -> None:
    assert web_address("seed:seeds/a.html", "/a/1") is None


@pytest.mark.parametrize(
    ("url", "href", "is_own"),
    [
        (BASE, "/a/1", True), (BASE, "https://arabkhabar.com/a/1", True), (BASE, "https://m.arabkhabar.com/a/1", True),
        (BASE, "https://shop.example/1", False), (BASE, "//shop.example/1", False), (BASE, "#part", False),
        (BASE, "https://[broken/1", False), ("seed:test/page", "https://shop.example/1", True),
    ],
)  # fmt: skip
def test_link_leads_to_the_site_of_its_page(url: str, href: str, is_own: bool) -> None:
    assert is_on_the_site_of(url, href) is is_own


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://site.example/a;jsessionid=0A1B2C3D4E5F60718293A4B5C6D7E8F9?id=7", "https://site.example/a?id=7"),
        ("https://site.example/a?sessionid=00000000000000000000000000000009", "https://site.example/a"),
        ("https://site.example/a?PHPSESSID=q8v3k2m1n0b9c8x7z6l5k4j3h2&id=7", "https://site.example/a?id=7"),
        ("https://site.example/a?id=7&sid=0a1b2c3d4e5f60718293a4b5c6d7e8f9", "https://site.example/a?id=7"),
        ("https://site.example/a?sid=12", "https://site.example/a?sid=12"),
        ("https://site.example/a?sid=64f1a2b3c4d5e6f708192a3b", "https://site.example/a?sid=64f1a2b3c4d5e6f708192a3b"),
        (
            "https://site.example/a?sid=00000000000000000000000000012345",
            "https://site.example/a?sid=00000000000000000000000000012345",
        ),
        ("https://site.example/?s=internationalmonetaryfund", "https://site.example/?s=internationalmonetaryfund"),
        ("https://site.example/?s=0a1b2c3d4e5f60718293a4b5c6d7e8f9", "https://site.example/?s=0a1b2c3d4e5f60718293a4b5c6d7e8f9"),
        ("https://site.example/a?s=%D8%AC%D8%B3%D8%B1", "https://site.example/a?s=%D8%AC%D8%B3%D8%B1"),
    ],
)
def test_the_number_of_a_visit_is_no_part_of_an_address(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
