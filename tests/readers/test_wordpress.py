"""The REST interface of WordPress: lists, records, what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almasalla_crawler.items import Rejected
from almasalla_crawler.readers import wordpress, wordpress_routes
from almasalla_crawler.readers.html import read_html

LIST = wordpress_routes.list_url("https://site.example/wp-json/")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(
        ["id", "link", "date", "date_gmt", "title", "rendered", "content", "protected", "_embedded", "author", "wp:term", "name",
         "taxonomy", "guid", "status"]), inner, max_size=5),
    max_leaves=20,
)  # fmt: skip


def record(**given: Any) -> dict[str, Any]:
    return {
        "id": 12,
        "link": "https://site.example/2024/08/bridge/",
        "guid": {"rendered": "https://site.example/?p=12"},
        "date": "2024-08-30T12:05:09",
        "date_gmt": "2024-08-30T09:05:09",
        "modified": "2024-08-31T12:00:00",
        "modified_gmt": "2024-08-31T09:00:00",
        "status": "publish",
        "title": {"rendered": "جسر جديد &#8211; يربط الضفتين"},
        "content": {"rendered": "<p>افتتح الجسر.</p>", "protected": False},
    } | given


def body(*records: dict[str, Any]) -> bytes:
    return json.dumps(records).encode()


@pytest.mark.parametrize("root", ["https://site.example/wp-json/", "https://site.example/index.php?rest_route=/"])
def test_addresses_lead_from_the_list_to_records_and_back(root: str) -> None:
    listing = wordpress.read_list(body(record()), wordpress_routes.list_url(root), {})
    (address,) = [url for url, kind in listing.entries[0].spellings if kind == "record"]
    assert wordpress_routes.record_id(address) == 12
    assert "include=12" in wordpress_routes.records_url(address, [12])
    assert wordpress_routes.page_number(wordpress_routes.list_page(wordpress_routes.list_url(root), 3)) == 3


def test_a_list_says_where_posts_are_and_when_they_changed() -> None:
    listing = wordpress.read_list(body(record()), LIST, {"x-wp-total": "291", "x-wp-totalpages": "3"})
    (entry,) = listing.entries
    assert (entry.url, entry.modified) == ("https://site.example/2024/08/bridge/", "2024-08-31T09:00:00Z")
    assert ("https://site.example/?p=12", "shortlink") in entry.spellings
    assert (listing.total, listing.pages) == (291, 3)


@pytest.mark.parametrize(("count", "pages"), [(wordpress_routes.PER_PAGE, 2), (3, 1)], ids=["a full page", "the last one"])
def test_a_list_that_does_not_say_how_long_it_is_goes_on_behind_a_full_page(count: int, pages: int) -> None:
    assert wordpress.read_list(body(*(record(id=number) for number in range(count))), LIST, {}).pages == pages


@pytest.mark.parametrize("given", [{"content": {"protected": True}}, {"status": "private"}, {"status": "draft"}], ids=str)
def test_what_is_not_for_everybody_is_refused(given: dict[str, Any]) -> None:
    listing = wordpress.read_list(body(record(**given)), LIST, {})
    assert listing.entries == []
    assert [reject.reason for _, reject in listing.rejects] == ["protected"]
    with pytest.raises(Rejected, match="protected"):
        wordpress.document(record(**given))


@pytest.mark.parametrize(
    ("local", "utc", "stated"),
    [
        ("2024-08-30T12:05:09", "2024-08-30T09:05:09", "2024-08-30T12:05:09+03:00"),
        ("2024-08-30T05:35:09", "2024-08-30T09:05:09", "2024-08-30T05:35:09-03:30"),
        ("2024-08-30T09:05:09", "2024-08-30T09:05:09", "2024-08-30T09:05:09+00:00"),
        ("1970-01-01T00:00:00", "2024-08-30T09:05:09", "2024-08-30T09:05:09+00:00"),
        ("2024-08-30T12:05:09", "", ""),
    ],
    ids=["east", "west", "Greenwich", "does not fit", "no UTC"],
)
def test_the_offset_is_the_difference_of_the_two_times(local: str, utc: str, stated: str) -> None:
    facts = wordpress.facts_of(record(date=local, date_gmt=utc))
    assert [fact.value for fact in facts if fact.field == "date_published"] == ([stated] if stated else [])


def test_categories_and_tags_stay_apart() -> None:
    terms = [[{"taxonomy": "category", "name": "محليات"}], [{"taxonomy": "post_tag", "name": "جسور &amp; أنهار"}]]
    facts = wordpress.facts_of(record(_embedded={"author": [{"name": "سلمى"}], "wp:term": terms}))
    said = {(fact.field, fact.value) for fact in facts}
    assert {("category", "محليات"), ("section", "محليات"), ("keyword", "جسور & أنهار"), ("author", "سلمى")} <= said


def test_a_title_is_shown_as_written() -> None:
    assert wordpress.facts_of(record())[0].value == "جسر جديد – يربط الضفتين"


def test_a_post_of_scripts_alone_has_no_text() -> None:
    with pytest.raises(Rejected, match="empty"):
        wordpress.document(record(content={"rendered": "<script>var a = 'نص';</script><div> </div>"}))


def test_the_digest_does_not_depend_on_what_plugins_add() -> None:
    assert wordpress.digest(record()) == wordpress.digest(record(yoast_head="x"))
    assert wordpress.digest(record()) != wordpress.digest(record(title={"rendered": "آخر"}))


@pytest.mark.parametrize(
    "answer", [b"", b"<html>", b"{}", b"[" * 100_000, b'{"code": "rest_forbidden"}'], ids=lambda b: str(b[:10])
)
def test_what_is_no_list_is_a_fault(answer: bytes) -> None:
    with pytest.raises(Rejected, match="bad_json"):
        wordpress.read_list(answer, LIST, {})


@given(JSON)
def test_any_json_is_read_or_refused(answer: Any) -> None:
    text = json.dumps([answer]).encode()
    for entry in wordpress.read_list(text, LIST, {}).entries:
        assert entry.url.startswith("http")
    for one in wordpress.read_records(text).values():
        wordpress.facts_of(one)
        wordpress.digest(one)


def test_a_real_record_is_read(shared: Path) -> None:
    records = wordpress.read_records((shared / "feeds" / "psrecord-rest-post-1133.json").read_bytes())
    facts = {fact.field: fact.value for fact in wordpress.facts_of(records[1133])}
    assert facts["date_published"] == "2021-03-16T23:37:19+00:00"
    assert facts["title"].startswith("“إسرائيل في الخليج”")


def test_a_short_post_above_long_excerpts_of_others_is_an_article() -> None:
    sentences = "<p>افتتحت البلدية مكتبة الحي الشرقي صباح اليوم.</p><p>وقالت إن أبوابها تبقى مفتوحة حتى المساء.</p>"
    excerpt = "أعلنت إدارة الميناء أنها أنهت أعمال الرصيف الجديد بعد أشهر من العمل، وقالت إن المرحلة التالية تبدأ قريباً…"
    cards = "".join(f'<div class="item"><a href="/{n}/"><h4>خبر رقم {n}</h4></a><p>{excerpt}</p></div>' for n in range(4))
    related = f'<div class="jp-relatedposts"><h3>قد يعجبك أيضاً</h3>{cards}</div>'
    read = read_html(wordpress.document(record(content={"rendered": sentences + related})).decode())
    assert read.shape == "article"


@pytest.mark.parametrize(("stated", "pages"), [("1", 3), ("0", 3), ("3", 3), ("30", 30)])
def test_a_list_has_no_fewer_pages_than_its_total_takes(stated: str, pages: int) -> None:
    assert wordpress.read_list(body(record()), LIST, {"x-wp-total": "300", "x-wp-totalpages": stated}).pages == pages
