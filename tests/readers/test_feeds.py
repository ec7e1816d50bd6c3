"""Feeds: addresses and facts, their pages and times, and what is no feed."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almasalla_crawler.items import Listing, Rejected
from almasalla_crawler.readers.feeds import MAX_BYTES, by_change, is_of_comments, read_feed

URL = "https://site.example/feed/"
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss version="2.0"><channel>&b;</channel></rss>'
)
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "صحيفة الواحة",
    "next_url": "https://site.example/feed.json?page=2",
    "items": [{"id": "1", "url": "/news/1", "title": "جسر جديد", "date_published": "2025-05-01T10:00:00+03:00",
               "date_modified": "2025-05-02T10:00:00+03:00", "authors": [{"name": "سلمى"}], "tags": ["جسور"]}],
}  # fmt: skip


def rss(items: str = "", channel: str = "") -> bytes:
    spaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    return f'<?xml version="1.0"?><rss version="2.0" {spaces}><channel>{channel}{items}</channel></rss>'.encode()


def item(number: int, more: str = "") -> str:
    return f"<item><link>https://site.example/news/{number}</link><title>خبر {number}</title>{more}</item>"


def said(listing: Listing) -> dict[str, str]:
    return {fact.source: fact.value for fact in listing.entries[0].facts}


@pytest.mark.parametrize("declaration", ["", '<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-8"?>'])
def test_a_feed_that_names_no_encoding_is_in_utf_8(declaration: str) -> None:
    entry = '<entry><link href="/1"/><title>خبر</title><author><name>وفاء السالم</name></author><category term="رياضة"/></entry>'
    feed = f'{declaration}<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'.encode()
    assert said(read_feed(feed, URL)) == {"feed:title": "خبر", "feed:author": "وفاء السالم", "feed:category": "رياضة"}


def test_an_item_states_its_facts() -> None:
    more = "<dc:creator>سلمى</dc:creator><pubDate>Thu, 01 May 2025 10:00:00 +0000</pubDate><category>جسور</category>"
    listing = read_feed(rss(item(1, more)), URL)
    assert listing.entries[0].url == "https://site.example/news/1"
    assert said(listing) == {"feed:title": "خبر 1", "feed:author": "سلمى", "feed:category": "جسور",
                             "feed:published": "Thu, 01 May 2025 10:00:00 +0000"}  # fmt: skip


def test_markup_in_a_title_is_resolved() -> None:
    listing = read_feed(
        rss("<item><link>https://site.example/1</link><title>جسر &amp;#8211; &lt;b&gt;جديد&lt;/b&gt;</title></item>"), URL
    )
    assert said(listing)["feed:title"] == "جسر – جديد"


def test_a_guid_that_is_an_address_leads_to_the_page() -> None:
    listing = read_feed(rss(item(1, '<guid isPermaLink="false">https://site.example/?p=1</guid>')), URL)
    assert listing.entries[0].spellings == [("https://site.example/?p=1", "guid")]


def test_a_guid_that_items_share_leads_nowhere() -> None:
    guid = "<guid>https://site.example/</guid>"
    listing = read_feed(rss(item(1, guid) + item(2, guid)), URL)
    assert [entry.spellings for entry in listing.entries] == [[], []]


@pytest.mark.parametrize(
    ("channel", "seconds"),
    [
        ("<ttl>90</ttl>", 5400),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 1800),
        ("<sy:updatePeriod>yearly</sy:updatePeriod>", 86_400),
        ("<ttl>soon</ttl>", 0),
        ("", 0),
    ],
)
def test_a_feed_says_how_long_it_does_not_change(channel: str, seconds: int) -> None:
    assert read_feed(rss(item(1), channel), URL).ttl_s == seconds


def test_a_wordpress_feed_has_pages() -> None:
    assert read_feed(rss(item(1)), URL).next_url == "https://site.example/feed/?paged=2"
    assert read_feed(rss(item(1)), f"{URL}?paged=2").next_url == "https://site.example/feed/?paged=3"
    assert read_feed(rss(), f"{URL}?paged=2").next_url == ""


def test_an_atom_feed_states_changes_and_its_next_page() -> None:
    entry = '<entry><id>urn:1</id><title>خبر</title><link href="/news/1"/><updated>2025-05-02T10:00:00+03:00</updated></entry>'
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>ن</title><link rel="next" href="/atom?page=2"/>{entry}</feed>'
    listing = read_feed(atom.encode(), "https://site.example/atom")
    assert (listing.entries[0].url, listing.entries[0].modified) == ("https://site.example/news/1", "2025-05-02T07:00:00Z")
    assert listing.next_url == "https://site.example/atom?page=2"


def test_a_json_feed_is_a_feed() -> None:
    listing = read_feed(json.dumps(JSON_FEED).encode(), "https://site.example/feed.json")
    assert (listing.entries[0].url, listing.entries[0].modified) == ("https://site.example/news/1", "2025-05-02T07:00:00Z")
    assert said(listing)["feed:author"] == "سلمى"
    assert listing.next_url == "https://site.example/feed.json?page=2"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "bad_xml"),
        (b"<html><body>no feed</body></html>", "bad_xml"),
        (b"/etc/passwd", "bad_xml"),
        (b"https://site.example/feed/", "bad_xml"),
        (BOMB, "bad_xml"),
        (b"{", "bad_json"),
        (b'{"version": 1}', "bad_json"),
        (b'{"a":' * 5000, "bad_json"),
        (b"<rss>" + b" " * MAX_BYTES, "too_large"),
    ],
    ids=lambda value: str(value[:20]) if isinstance(value, bytes) else value,
)
def test_what_is_no_feed_is_a_fault(body: bytes, reason: str) -> None:
    with pytest.raises(Rejected) as caught:
        read_feed(body, URL)
    assert caught.value.reject.reason == reason


@pytest.mark.parametrize("name", ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "", "ftp://site.example/"])
def test_only_web_addresses_are_entries(name: str) -> None:
    assert read_feed(rss(f"<item><title>خبر</title><link>{name}</link></item>"), URL).entries == []


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tail: bytes) -> None:
    for head in (
        b"",
        b'<?xml version="1.0"?><rss version="2.0"><channel><item>',
        b'{"version":"https://jsonfeed.org/version/1","items":[',
    ):
        with suppress(Rejected):
            assert all(entry.url.startswith("http") for entry in read_feed(head + tail, URL).entries)


@pytest.mark.parametrize("url", ["https://site.example/comments/feed/", "https://site.example/?feed=comments-rss2"])
def test_feeds_of_comments_are_told(url: str) -> None:
    assert is_of_comments(url)
    assert not is_of_comments("https://site.example/feed/")


@pytest.mark.parametrize(("name", "count"), [("economy-gate-feed.xml", 10), ("dztech-hugo-ar.xml", 3),
                                             ("economy-gate-comments-feed-empty.xml", 0)])  # fmt: skip
def test_a_real_feed_is_read(shared: Path, name: str, count: int) -> None:
    listing = read_feed((shared / "feeds" / name).read_bytes(), URL)
    assert len(listing.entries) == count
    assert all("feed:title" in {fact.source for fact in entry.facts} for entry in listing.entries)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://site.example/feed/", "https://site.example/feed/atom/?orderby=modified"),
        ("https://site.example/?feed=rss2", "https://site.example/?feed=atom&orderby=modified"),
        ("https://site.example/rss.xml", ""),
    ],
)
def test_a_feed_of_wordpress_has_a_form_that_tells_changes(url: str, expected: str) -> None:
    assert by_change(url) == expected


def digests(more: str) -> list[str]:
    return [entry.digest for entry in read_feed(rss(item(1, more)), URL).entries]


def test_an_item_without_a_time_of_change_is_known_by_its_text() -> None:
    before = digests("<description>افتتح الجسر أمس.</description>")
    assert digests("<description>&lt;img src='b.png'&gt;افتتح الجسر أمس</description>") == before != [""]
    assert digests("<description>افتتح الجسر اليوم.</description>") != before


def test_an_item_with_a_time_of_change_has_no_digest() -> None:
    assert digests('<updated xmlns="http://www.w3.org/2005/Atom">2025-05-02T10:00:00Z</updated>') == [""]


def test_an_item_of_a_json_feed_is_known_by_its_text_too() -> None:
    feed = JSON_FEED | {
        "items": [{"url": "/news/1", "title": "جسر", "content_html": text} for text in ("<p>أمس</p>", "<p>اليوم</p>")]
    }
    first, second = read_feed(json.dumps(feed).encode(), URL).entries
    assert first.digest != second.digest


@pytest.mark.parametrize("rest", ["<item><title>b</title><li", "<item>", ""])
def test_a_feed_that_breaks_off_is_read_and_said(rest: str) -> None:
    listing = read_feed(f'<rss version="2.0"><channel>{item(1)}{rest}'.encode(), URL)
    assert [entry.url for entry in listing.entries] == ["https://site.example/news/1"]
    ((url, reject),) = listing.rejects
    assert (url, reject.reason, reject.detail.startswith("breaks off: ")) == (URL, "bad_xml", True)


@pytest.mark.parametrize("fault", ["<b>", "&nbsp;", "a & b", "\x0b"])
def test_a_feed_with_a_fault_that_is_read_to_its_end_is_no_reject(fault: str) -> None:
    listing = read_feed(rss(f"<item><title>{fault}</title></item>{item(1)}"), URL)
    assert (len(listing.entries), listing.rejects) == (1, [])
