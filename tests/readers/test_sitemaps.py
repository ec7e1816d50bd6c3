"""Sitemaps: what they list, when it changed, and what is none."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almasalla_crawler.items import Rejected
from almasalla_crawler.readers.sitemaps import MAX_REJECTS, read_sitemap

URL = "https://site.example/sitemap.xml"
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*locations: str, more: str = "") -> bytes:
    urls = "".join(f"<url><loc>{location}</loc>{more}</url>" for location in locations)
    return f'<?xml version="1.0"?><urlset {SPACE}>{urls}</urlset>'.encode()


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        ("2025-05-01", "2025-05-01"),
        ("2025-05-01T12:00:00+03:00", "2025-05-01T09:00:00Z"),
        ("2025-05-01T12:00Z", "2025-05-01T12:00:00Z"),
        ("أمس", ""),
        ("2025-13-45", ""),
    ],
)
def test_the_last_change_is_read(stated: str, read: str) -> None:
    (entry,) = read_sitemap(urlset("https://site.example/a", more=f"<lastmod>{stated}</lastmod>"), URL).entries
    assert entry.modified == read


def test_an_index_names_the_sitemaps_that_may_hold_articles() -> None:
    names = ("post-sitemap.xml", "category-sitemap.xml", "wp-sitemap-taxonomies-post_tag-1.xml", "wp-sitemap-posts-post-1.xml")
    entries = "".join(f"<sitemap><loc>https://site.example/{name}</loc></sitemap>" for name in names)
    listing = read_sitemap(f"<sitemapindex {SPACE}>{entries}</sitemapindex>".encode(), URL)
    assert [(entry.kind, entry.url.rpartition("/")[2]) for entry in listing.entries] == [
        ("sitemap", "post-sitemap.xml"),
        ("sitemap", "wp-sitemap-posts-post-1.xml"),
    ]


def test_a_news_sitemap_states_title_and_date() -> None:
    news = (
        '<n:news xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><n:publication><n:name>الواحة</n:name></n:publication>'
        "<n:publication_date>2025-05-01T10:00:00+03:00</n:publication_date><n:title>جسر جديد</n:title></n:news>"
    )
    (entry,) = read_sitemap(urlset("https://site.example/a", more=news), URL).entries
    assert {(fact.field, fact.value) for fact in entry.facts} == {
        ("publisher", "الواحة"), ("date_published", "2025-05-01T10:00:00+03:00"), ("title", "جسر جديد"),
    }  # fmt: skip


def test_the_front_page_is_no_article() -> None:
    assert [entry.url for entry in read_sitemap(urlset("https://site.example/", "https://site.example/a"), URL).entries] == [
        "https://site.example/a"
    ]


def test_only_web_addresses_are_entries() -> None:
    assert read_sitemap(urlset("file:///etc/passwd", "javascript:x", "ftp://site.example/a", ""), URL).entries == []


def test_a_sitemap_that_breaks_off_is_read_so_far_and_says_so() -> None:
    listing = read_sitemap(urlset("https://site.example/a", "https://site.example/b")[:-20], URL)
    assert listing.entries[0].url == "https://site.example/a"
    assert [(url, reject.reason) for url, reject in listing.rejects] == [(URL, "bad_xml")]


def test_a_list_of_addresses_is_a_sitemap() -> None:
    listing = read_sitemap(b"https://site.example/a\nhttps://site.example/b\n", "https://site.example/sitemap.txt")
    assert len(listing.entries) == 2


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not xml at all",
        b"<html><body>404</body></html>",
        b'<!DOCTYPE u [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>',
        b'<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>&x;</loc></url></urlset>',
        b"<a>" * 100_000,
    ],
    ids=["empty", "text", "html", "bomb", "external entity", "deep"],
)
def test_what_is_no_sitemap_is_a_fault(body: bytes) -> None:
    with pytest.raises(Rejected, match="bad_xml"):
        read_sitemap(body, URL)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tail: bytes) -> None:
    for head in (b"", f'<?xml version="1.0"?><urlset {SPACE}><url><loc>'.encode()):
        with suppress(Rejected):
            assert all(entry.url.startswith("http") for entry in read_sitemap(head + tail, URL).entries)


@pytest.mark.parametrize(("name", "count"), [("abu-elsaad-news-sitemap.xml", 10), ("economy-gate-sitemap-index.xml", 2),
                                             ("monooa-post-sitemap.xml", 28), ("monooa-sitemap-index.xml", 1)])  # fmt: skip
def test_a_real_sitemap_is_read(shared: Path, name: str, count: int) -> None:
    assert len(read_sitemap((shared / "feeds" / name).read_bytes(), URL).entries) == count


def test_an_entry_that_is_no_address_of_the_web_is_a_reject() -> None:
    named = ("file:///etc/passwd", "http://[bad/1", "/news/1")
    listing = read_sitemap(f"<urlset>{''.join(f'<url><loc>{loc}</loc></url>' for loc in named)}</urlset>".encode(), URL)
    assert [(url, reject.reason) for url, reject in listing.rejects] == [(named[0], "forbidden_scheme"), (named[1], "bad_url")]
    assert len(listing.entries) == 1


def test_a_sitemap_of_anything_but_pages_has_few_rejects() -> None:
    listing = read_sitemap(f"<urlset>{'<url><loc>ftp://a.example/b</loc></url>' * 1000}</urlset>".encode(), URL)
    assert len(listing.rejects) == MAX_REJECTS


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_a_sitemap_in_utf16_is_read(codec: str) -> None:
    xml = '\ufeff<?xml version="1.0" encoding="UTF-16"?><urlset><url><loc>https://site.example/a</loc></url></urlset>'
    assert [entry.url for entry in read_sitemap(xml.encode(codec), "https://site.example/sitemap.xml").entries] == [
        "https://site.example/a"
    ]


def test_entities_are_seen_in_utf16_too() -> None:
    xml = '\ufeff<?xml version="1.0"?><!DOCTYPE u [<!ENTITY a "a">]><urlset><url><loc>&a;</loc></url></urlset>'
    with pytest.raises(Rejected, match="entities"):
        read_sitemap(xml.encode("utf-16-le"), "https://site.example/sitemap.xml")
