"""HTML to lines: blocks, links, zones, the head, and pages made to break a parser."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almasalla_crawler.arabic.letters import count_letters
from almasalla_crawler.items import Line, Rejected
from almasalla_crawler.readers.html import is_html, read_html
from almasalla_crawler.readers.markup import MAX_ATTRIBUTES
from almasalla_crawler.readers.zones import zone_of


def lines_of(source: str) -> list[Line]:
    return read_html(source).lines


def texts_of(source: str) -> list[str]:
    return [line.text for line in lines_of(source)]


def the_line(source: str) -> Line:
    [line] = lines_of(source)
    return line


# --- blocks

BLOCKS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "paragraphs": ("<p>أول</p><p>ثان</p>", [("أول", "p"), ("ثان", "p")]),
    "unclosed paragraphs": ("<p>واحد<p>اثنان<div>ثلاثة", [("واحد", "p"), ("اثنان", "p"), ("ثلاثة", "div")]),
    "line breaks": ("<div>أول<br>ثان<br><br>ثالث</div>", [("أول", "div"), ("ثان", "div"), ("ثالث", "div")]),
    "bare text around a block": ("<div>قبل<p>فقرة</p>بعد</div>", [("قبل", "div"), ("فقرة", "p"), ("بعد", "div")]),
    "list": ("<ul><li>أول</li><li>ثان</li></ul>", [("أول", "li"), ("ثان", "li")]),
    "paragraph in a list item": ("<ul><li><p>بند</p></li></ul>", [("بند", "li")]),
    "list in a list": ("<ul><li>أ<ul><li>ب</li></ul>ج</li></ul>", [("أ", "li"), ("ب", "li"), ("ج", "li")]),
    "heading in a list item": ("<ul><li><h3>عنوان</h3></li></ul>", [("عنوان", "h3")]),
    "headings": ("<h1>عنوان</h1><h2>فرعي</h2><p>نص</p>", [("عنوان", "h1"), ("فرعي", "h2"), ("نص", "p")]),
    "quotation": ("<blockquote><p>قول</p></blockquote>", [("قول", "blockquote")]),
    "caption": ("<figure><img src=x><figcaption>صورة</figcaption></figure>", [("صورة", "figcaption")]),
    "table": ("<table><tr><td>أ</td><td>ب</td></tr></table>", [("أ", "td"), ("ب", "td")]),
    "definitions": ("<dl><dt>س</dt><dd>ج</dd></dl>", [("س", "dt"), ("ج", "dd")]),
    "rule": ("<p>قبل</p><hr><p>بعد</p>", [("قبل", "p"), ("بعد", "p")]),
    "inline elements": ("<p>ك<b>ل</b><em>م</em><span>ة</span></p>", [("كلمة", "p")]),
    "word break": ("<p>كل<wbr>مة</p>", [("كلمة", "p")]),
    "unknown element": ("<p>نص</p><x-card>بطاقة</x-card>", [("نص", "p"), ("بطاقة", "x-card")]),
    "entities": ("<p>أ&nbsp;ب &amp; &lt;ج&gt; &#1576;</p>", [("أ ب & <ج> ب", "p")]),
    "signs that open no tag": ("<p>أ < ب و ج > د</p>", [("أ < ب و ج > د", "p")]),
    "comment": ("<!-- تعليق --><p>كل<!-- سر -->مة</p>", [("كلمة", "p")]),
    "comment never closed": ("<p>ظاهر</p><!-- خفي <p>خفي</p>", [("ظاهر", "p")]),
    "script and style": ("<style>p{}</style><p>ظاهر</p><script>var x='<p>خفي</p>'</script>", [("ظاهر", "p")]),
    "script never closed": ("<p>ظاهر</p><script>var x='خفي'", [("ظاهر", "p")]),
    "script between words": ("<p>قبل <script>خفي()</script>بعد</p>", [("قبل بعد", "p")]),
    "template and noscript": ("<template><p>خفي</p></template><p>ظاهر</p><noscript>خفي</noscript>", [("ظاهر", "p")]),
    "processing instruction": ("<p>أ<?php echo 'خفي' ?>ب</p>", [("أب", "p")]),
    "null and control characters": ("<p>\x00كل\x01مة</p>", [("كلمة", "p")]),
}  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), BLOCKS.values(), ids=BLOCKS)
def test_blocks_become_lines(source: str, expected: list[tuple[str, str]]) -> None:
    assert [(line.text, line.tag) for line in lines_of(source)] == expected


def test_lines_are_numbered_in_reading_order() -> None:
    assert [line.number for line in lines_of("<h1>أ</h1><div>ب<br>ج<p>د</p></div>")] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("between", "gap"),
    [("<br>", False), ("<br> <br>", True), ("<br><br><br>", True), ("</div><div>", True), ("<hr>", True)],
    ids=["one break", "two breaks", "three breaks", "blocks", "rule"],
)
def test_gap_stands_before_a_line_behind_a_blank_line_or_a_block(between: str, gap: bool) -> None:
    assert lines_of(f"<div>قبل{between}بعد</div>")[1].gap is gap


# --- links


def test_link_that_holds_the_whole_line_is_its_href() -> None:
    line = the_line("<p> <a href='/a'>عنوان <b>الخبر</b></a> </p>")
    assert (line.href, line.links) == ("/a", (("عنوان الخبر", "/a"),))


def test_link_inside_a_sentence_is_not_the_href_of_the_line() -> None:
    line = the_line("<p>قبل <a href='/a'>رابط</a> بعد</p>")
    assert (line.text, line.href, line.links) == ("قبل رابط بعد", "", (("رابط", "/a"),))


def test_two_links_side_by_side_are_two_words() -> None:
    line = the_line("<p><a href='/a'>بغداد</a><a href='/b'>نفط</a></p>")
    assert (line.text, line.links) == ("بغداد نفط", (("بغداد", "/a"), ("نفط", "/b")))


def test_punctuation_around_a_link_does_not_unlink_the_line() -> None:
    assert the_line("<li>• «<a href='/a'>عنوان</a>»</li>").href == "/a"


@pytest.mark.parametrize(
    "source",
    ["<a href='/a'><h3>عنوان</h3><p>وصف</p></a>", "<a href='/a'>عنوان<br>وصف</a>"],
    ids=["blocks in a link", "break in a link"],
)
def test_link_over_two_lines_is_the_href_of_both(source: str) -> None:
    assert [(line.text, line.href) for line in lines_of(source)] == [("عنوان", "/a"), ("وصف", "/a")]


def test_anchor_without_href_is_text() -> None:
    assert the_line("<p><a name=x>نص</a></p>").links == ()


def test_keywords_are_a_line_each() -> None:
    lines = lines_of("<div class=tags-links><a href='/t/1'>بغداد</a> <a href='/t/2'>نفط</a></div>")
    assert [(line.text, line.href, line.zone) for line in lines] == [("بغداد", "/t/1", "keywords"), ("نفط", "/t/2", "keywords")]


# --- zones

ZONES = {
    "navigation": "<nav><p>نص</p></nav>",
    "footer": "<footer>نص</footer>",
    "aside": "<div id=secondary-sidebar class=sidebar>نص</div>",
    "form": "<form><label>نص</label></form>",
    "caption": "<figure><figcaption>نص</figcaption></figure>",
    "content": "<div class='entry-content'><p>نص</p></div>",
    "related": "<section class='af-reated-posts'><p>نص</p></section>",
    "author_box": "<div class='wp-post-author-wrap'>نص</div>",
    "share": "<div class='sharedaddy sd-sharing'>نص</div>",
    "comments": "<div id='comments'><p>نص</p></div>",
    "advert": "<div class='adsbygoogle'>نص</div>",
    "date": "<span class='posts-date'>نص</span>",
    "byline": "<span class='posts-author byline'>نص</span>",
    "keywords": "<div class='tags-links'>نص</div>",
    "section": "<span class='cat-links'>نص</span>",
    "breadcrumbs": "<div class='yoast-breadcrumb'>نص</div>",
    "hidden": "<p style='display: none'>نص</p>",
    "": "<div class='col-md-8 story'><p>نص</p></div>",
}


@pytest.mark.parametrize(("zone", "source"), ZONES.items(), ids=[zone or "none" for zone in ZONES])
def test_names_of_an_element_give_the_zone(zone: str, source: str) -> None:
    assert the_line(source).zone == zone


def test_date_and_author_side_by_side_are_two_lines() -> None:
    lines = lines_of("<div><span class='posts-date'>30 أغسطس، 2024</span><span class='byline'>هدى</span></div>")
    assert [(line.text, line.zone) for line in lines] == [("30 أغسطس، 2024", "date"), ("هدى", "byline")]


def test_box_inside_the_content_has_its_own_zone() -> None:
    source = "<div class='entry-content'><p>أ</p><div class='related-posts'><p class='entry-content'>ب</p></div><p>ج</p></div>"
    assert [line.zone for line in lines_of(source)] == ["content", "related", "content"]


def test_wrappers_of_the_page_name_no_zone() -> None:
    assert the_line("<body class='has-sidebar'><article class='post related'><p>نص</p></article></body>").zone == ""


@pytest.mark.parametrize(
    ("names", "zone"),
    [
        ("downloads", ""),
        ("loading", ""),
        ("header-image", ""),
        ("navy", ""),
        ("sharepoint-news", "share"),
        ("header-ads", "advert"),
    ],
)
def test_zone_needs_a_whole_word_of_a_name(names: str, zone: str) -> None:
    assert zone_of("div", names, "") == zone


# --- head


def test_head_states_what_it_knows_of_the_page() -> None:
    source = """<html lang="ar"><head><title>عنوان | الموقع</title><meta property="og:title" content=" عنوان  الخبر ">
    <meta property="og:title" content="ثان"><meta name="author" content="هدى"><meta name="viewport" content="x">
    <meta property="og:image" content=""><link rel="canonical" href=" https://a.example/1 "></head>
    <body><p>نص</p></body></html>"""
    assert [(fact.source, fact.value) for fact in read_html(source).facts] == [
        ("og:title", "عنوان الخبر"), ("og:title", "ثان"), ("author", "هدى"), ("link:canonical", "https://a.example/1"),
        ("html:title", "عنوان | الموقع"), ("html:lang", "ar"),
    ]  # fmt: skip


def test_title_of_the_head_is_no_line() -> None:
    assert texts_of("<head><title>عنوان</title></head><body><p>نص</p></body>") == ["نص"]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<!DOCTYPE html><html>", True),
        ("نص<br/>نص", True),
        ("<P CLASS=x>نص", True),
        ("قال إن 3 < 5 و 7 > 2", False),
        ("<صورة> بغداد", False),
        ("", False),
    ],
    ids=["doctype", "a break", "capitals", "signs", "brackets", "empty"],
)
def test_markup_is_told_from_text(text: str, html: bool) -> None:
    assert is_html(text) is html


# --- pages made to break a parser

SENTENCE = "قال الوزير إن العمل مستمر في المشروع الجديد. "


def test_text_nested_in_3000_elements_keeps_every_letter() -> None:
    source = f"<p>مقدمة</p>{'<div>' * 3000}<p>{SENTENCE * 20}</p>{'</div>' * 3000}<p>ذيل</p>"
    page = read_html(source)
    assert [line.text for line in page.lines] == ["مقدمة", (SENTENCE * 20).strip(), "ذيل"]
    assert page.letter_count == count_letters(f"مقدمة{SENTENCE * 20}ذيل")


@pytest.mark.parametrize(
    "source",
    [
        f"<p>مقدمة</p>{'<div>' * 3000}<p>{SENTENCE}</p>{'</div>' * 3000}",
        f"<html><body><p>{SENTENCE * 9}</p></body></html><p>{SENTENCE}</p>",
        f"<html><body><p>{SENTENCE * 9}</p></body><p>{SENTENCE}</p></html>",
        f"<html><body><p>{SENTENCE * 9}</p></body><body><p>{SENTENCE}</p></body></html>",
        f"<html><body><p>{SENTENCE * 9}</p></body></html><!-- مخفي --><p>{SENTENCE}</p><script>مخفي</script>",
    ],
    ids=["deep", "behind the end of html", "behind the end of body", "second body", "comment behind the end"],
)
def test_one_sentence_that_the_tree_lacks_is_not_lost(source: str) -> None:
    assert SENTENCE.strip() in texts_of(source)
    assert "مخفي" not in texts_of(source)


ATTRIBUTES = {
    "values": "<p {}>".format(" ".join(f"a{i}='x'" for i in range(40_000))),
    "quoted tag ends": "<p {}>".format(" ".join(f"a{i}='>'" for i in range(40_000))),
    "no values": "<p {}>".format(" ".join(f"a{i}" for i in range(40_000))),
    "slashes": "<p {}>".format("/".join(f"a{i}" for i in range(40_000))),
    "no spaces": "<p {}>".format("".join(f"a{i}='x'" for i in range(40_000))),
    "never closed": "<p {}".format(" ".join(f"a{i}='x'" for i in range(40_000))),
    "quote in quotes": '<p title="it\'s>" {}>'.format(" ".join(f"a{i}=1" for i in range(40_000))),
    "behind an apostrophe in the text": "<p>it's</p><p {}>".format(" ".join(f"a{i}=1" for i in range(40_000))),
    "in a drawing": "<svg><path {}></path></svg><p>".format(" ".join(f"a{i}='x'" for i in range(40_000))),
    "on a script": "<script {}></script><p>".format(" ".join(f"a{i}='x'" for i in range(40_000))),
}


@pytest.mark.parametrize("tag", ATTRIBUTES.values(), ids=ATTRIBUTES)
def test_tag_with_40000_attributes_is_refused_quickly(tag: str) -> None:
    start = time.process_time()
    with pytest.raises(Rejected) as caught:
        read_html(f"<html><body>{tag}نص</p></body></html>")
    assert (caught.value.reject.stage, caught.value.reject.reason) == ("read", "bad_html")
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "source",
    [
        "<p {}>نص</p>".format(" ".join(f"a{i}=1" for i in range(MAX_ATTRIBUTES - 10))),
        "<p title='{}'>نص</p>".format(" ".join(f"a{i}=1" for i in range(40_000))),
        "<p>نص</p><script>{}</script>".format("a=1;" * 40_000),
        "<p>نص</p>" + "<i a=1 b=2>.</i>" * 5_000,
        "<p title=John's>نص</p>" + "<i a=1 b=2>.</i>" * 5_000,
    ],
    ids=["just below", "one long value", "in a script", "over many tags", "behind an apostrophe in a tag"],
)
def test_page_with_much_but_no_endless_tag_is_read(source: str) -> None:
    assert texts_of(source)[0] == "نص"


@pytest.mark.parametrize(
    "source",
    ["<b>" * 50_000 + "نص", "<script a='></script>'" * 45_000, "<p a='>" * 69_000, "<p>" * 99_000 + "نص", "<!--" * 250_000, "<script" * 140_000, "<" * 1_000_000, "&" * 1_000_000,
     "<p>نص " * 120_000, "<a href='x'>نص" * 20_000, "<table>" * 10_000 + "نص"],
    ids=["inline", "scripts in quotes", "open quotes", "paragraphs", "comments", "scripts", "brackets", "ampersands", "too many tags", "links", "tables"],
)  # fmt: skip
def test_a_megabyte_of_broken_markup_does_not_stall(source: str) -> None:
    start = time.process_time()
    read_html(source)
    assert time.process_time() - start < 2


def test_page_of_too_many_tags_is_read_flat_and_whole() -> None:
    page = read_html("<p>سطر <b>غليظ</b></p>" * 60_000)
    assert (len(page.lines), page.lines[0].text, page.letter_count) == (60_000, "سطر غليظ", 7 * 60_000)


# --- every letter

words = st.text(st.sampled_from("ابتثجحخدذرس ًّـ1.،\u00a0"), max_size=8)
attributes = st.sampled_from(
    ["", " class='related'", " class='entry-content'", " class='date'", " id='tags'", " hidden", " role='navigation'"]
)
TAGS = ["p", "div", "span", "b", "a href='/x'", "ul", "li", "h2", "blockquote", "section", "figcaption", "em", "time", "x-y"]


def element(children: st.SearchStrategy[tuple[str, str]]) -> st.SearchStrategy[tuple[str, str]]:
    return st.tuples(st.sampled_from(TAGS), attributes, st.lists(children, max_size=4)).map(
        lambda made: (
            f"<{made[0]}{made[1]}>{''.join(source for source, _ in made[2])}</{made[0].split()[0]}>",
            "".join(text for _, text in made[2]),
        )
    )


leaf = words.map(lambda text: (text, text)) | st.sampled_from(
    [("<br>", ""), ("<!-- سر -->", ""), ("<script>سر</script>", ""), ("<hr>", "")]
)
trees = st.lists(st.recursive(leaf, element, max_leaves=12), max_size=5)


@given(trees)
def test_lines_hold_every_letter_of_the_page_and_no_other(tree: list[tuple[str, str]]) -> None:
    page = read_html("<html><body>" + "".join(source for source, _ in tree) + "</body></html>")
    expected = count_letters("".join(text for _, text in tree))
    assert (count_letters("\n".join(line.text for line in page.lines)), page.letter_count) == (expected, expected)


@given(trees)
def test_lines_have_text_in_display_spelling_and_numbers_without_a_hole(tree: list[tuple[str, str]]) -> None:
    lines = lines_of("<html><body>" + "".join(source for source, _ in tree) + "</body></html>")
    assert all(line.text == " ".join(line.text.split()) != "" for line in lines)
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
