"""Structured facts: where a page states what, and that every statement is kept with its source."""

import time

import pytest

from almasalla_crawler.items import Fact
from almasalla_crawler.readers.html import read_html

URL = "https://a.example/news/1"


def facts_of(source: str) -> list[Fact]:
    return read_html(f"<html>{source}</html>", URL).facts


def stated(source: str, field: str = "") -> list[tuple[str, str, str]]:
    return [(fact.field, fact.source, fact.value) for fact in facts_of(source) if field in ("", fact.field)]


def ld(json: str) -> str:
    return f'<head><script type="application/ld+json">{json}</script></head><body><p>نص</p></body>'


STATED: dict[str, tuple[str, tuple[str, str, str]]] = {
    "headline": (ld('{"@type":"NewsArticle","headline":"خبر"}'), ("title", "json-ld:headline", "خبر")),
    "date": (ld('{"@type":"Article","datePublished":"2025-05-18"}'), ("date_published", "json-ld:datePublished", "2025-05-18")),
    "author": (ld('{"@type":"Article","author":{"@type":"Person","name":"Ada"}}'), ("author", "json-ld:author", "Ada")),
    "author without a name": (
        ld('{"@type":"Article","author":{"givenName":"Ada","familyName":"Berg"}}'), ("author", "json-ld:author", "Ada Berg")),
    "organisation as author": (
        ld('{"@type":"Article","author":{"@type":"Organization","name":"AFP"}}'), ("author", "json-ld:author.Organization", "AFP")),
    "author by reference": (
        ld('{"@graph":[{"@type":"Article","author":{"@id":"#a"}},{"@type":"Person","@id":"#a","name":"Ada"}]}'),
        ("author", "json-ld:author", "Ada")),
    "author as text": (ld('{"@type":"Article","author":"Ada"}'), ("author", "json-ld:author", "Ada")),
    "image": (ld('{"@type":"Article","image":{"url":"/1.jpg"}}'), ("image_url", "json-ld:image", "/1.jpg")),
    "defined term": (ld('{"@type":"Article","keywords":[{"name":"نهر"}]}'), ("keyword", "json-ld:keywords", "نهر")),
    "main entity": (
        ld('{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","headline":"خبر"}}'), ("title", "json-ld:headline", "خبر")),
    "page around": (ld('{"@type":"WebPage","name":"خبر"}'), ("title", "json-ld:WebPage.name", "خبر")),
    "type": (ld('{"@type":"NewsArticle"}'), ("page_type", "json-ld:@type", "NewsArticle")),
    "open graph": ('<meta property="og:title" content="خبر"><p>ن', ("title", "og:title", "خبر")),
    "meta by name": ('<meta name="Author" content="Ada"><p>ن', ("author", "author", "Ada")),
    "meta with value": ('<meta name="date" value="2025-05-18"><p>ن', ("date_published", "date", "2025-05-18")),
    "meta with other signs": ('<meta name="article:published:time" content="1"><p>ن', ("date_published", "article:published:time", "1")),
    "label of a card": (
        '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ada"><p>ن', ("author", "twitter:data", "Ada")),
    "canonical": ('<head><link rel="canonical" href="/a"></head><p>ن', ("url", "link:canonical", "/a")),
    "image_src": ('<head><link rel="image_src" href="/a.jpg"></head><p>ن', ("image_url", "link:image_src", "/a.jpg")),
    "title": ("<head><title>خبر | الموقع</title></head><p>ن", ("title", "html:title", "خبر | الموقع")),
    "wordpress": ('<body class="single postid-7"><p>ن', ("page_type", "body:class", "single")),
    "microdata": (
        '<div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">خبر</h1></div>', ("title", "microdata:headline", "خبر")),
    "microdata inside microdata": (
        '<div itemscope itemtype="http://schema.org/Article"><p itemprop="author" itemscope itemtype="http://schema.org/Person">'
        '<b itemprop="name">Ada</b></p></div>', ("author", "microdata:author", "Ada")),
    "microdata of the page": ('<meta itemprop="datePublished" content="2025-05-18"><p>ن', ("date_published", "microdata:datePublished", "2025-05-18")),
    "other bodies of wordpress": ('<body class="rtl archive category"><p>ن', ("page_type", "body:class", "archive")),
    "login": ('<form><input type="password"></form>', ("page_type", "input:password", "login form")),
    "rdfa date": (
        '<div typeof="schema:Article"><span property="dc:date" content="2025-05-18">x</span></div>', ("date_published", "rdfa:date", "2025-05-18")),
    "rdfa": ('<div typeof="schema:Article"><h1 property="schema:headline">خبر</h1></div>', ("title", "rdfa:headline", "خبر")),
    "link to all of an author": (
        '<a rel="author" href="/ada">View all of Ada&#039;s posts.</a>', ("author", "rel:author", "Ada")),
    "link to all of an author in Arabic": (
        '<a rel="author" href="/h">عرض جميع مقالات هدى كاظم</a>', ("author", "rel:author", "هدى كاظم")),
    "category of the article": (
        '<article><h1>خبر</h1><a rel="category tag" href="/c">اقتصاد</a></article>', ("category", "rel:category", "اقتصاد")),
    "category in a block theme": (
        '<h1>خبر</h1><div class="taxonomy-category"><a rel="tag" href="/c">اقتصاد</a></div>', ("category", "rel:category", "اقتصاد")),
    "hatom title": ('<article class="post hentry"><h1 class="entry-title">خبر</h1></article>', ("title", "hatom:entry-title", "خبر")),
    "hatom date": (
        '<article class="hentry"><time class="entry-date" datetime="2025-05-18">اليوم</time></article>', ("date_published", "hatom:entry-date", "2025-05-18")),
    "hatom author": (
        '<article class="hentry"><span class="author vcard"><a class="fn">Ada</a></span></article>', ("author", "hatom:fn", "Ada")),
    "link to the author": ('<a rel="author" href="/ada">Ada</a>', ("author", "rel:author", "Ada")),
    "link to a tag": ('<a rel="tag" href="/t">نهر</a>', ("keyword", "rel:tag", "نهر")),
    "link to a category": ('<a rel="category tag" href="/c">اقتصاد</a>', ("section", "rel:category tag", "اقتصاد")),
    "rdfa in single quotes": ("<div typeof='s:Article'><h1 property='s:headline'>خبر</h1></div>", ("title", "rdfa:headline", "خبر")),
    "value of data": (
        '<div itemscope itemtype="http://schema.org/Article"><data itemprop="datePublished" value="2025-05-18">أمس</data></div>',
        ("date_published", "microdata:datePublished", "2025-05-18")),
    "value of data that is no day": (
        '<div itemscope itemtype="http://schema.org/Article"><data itemprop="articleSection" value="3">محليات</data></div>',
        ("section", "microdata:articleSection", "محليات")),
    "prefix of the vocabulary": (
        r'<script type="application/ld+json">{"@type": "schema:Article", "schema:headline": "وسم \"schema:Article\" في"}</script>',
        ("title", "json-ld:headline", 'وسم "schema:Article" في')),
    "author who is called like a node": (
        '<script type="application/ld+json">[{"@type": "Article", "author": "ada"}, {"@id": "ada", "name": "Eva"}]</script>',
        ("author", "json-ld:author", "ada")),
    "author by the number of its node": (
        '<script type="application/ld+json">[{"@type": "Article", "author": "#ada"}, {"@id": "#ada", "name": "Ada"}]</script>',
        ("author", "json-ld:author", "Ada")),
    "text escaped twice": (
        r'<script type="application/ld+json">{"@type": "Article", "headline": "\\u062e\\u0628\\u0631"}</script>',
        ("title", "json-ld:headline", "خبر")),
    "path that looks escaped": (
        r'<script type="application/ld+json">{"@type": "Article", "headline": "C:\\users\\u0041bc"}</script>',
        ("title", "json-ld:headline", r"C:\users\u0041bc")),
    "time below the text": (
        '<div><h1>خبر</h1><p>أعلن المجلس مساء الأحد بدء العمل في بناء الجسر الجديد فوق النهر.</p><time datetime="2025-05-18">x</time></div>',
        ("date_published", "time:beside_headline", "2025-05-18")),
    "time in a list above the text": (
        '<div><h1>خبر</h1><ul><li><time datetime="2025-05-18">x</time></li></ul></div>', ("date_published", "time:beside_headline", "2025-05-18")),
    "time of publication": ('<time pubdate datetime="2025-05-18">x</time>', ("date_published", "time:pubdate", "2025-05-18")),
    "time beside the headline": (
        '<div><header><h1>خبر</h1><time datetime="2025-05-18">x</time></header></div>', ("date_published", "time:beside_headline", "2025-05-18")),
}  # fmt: skip


@pytest.mark.parametrize(("source", "fact"), STATED.values(), ids=STATED)
def test_statement_is_a_fact_with_its_source(source: str, fact: tuple[str, str, str]) -> None:
    assert fact in stated(source)


TEXT = "أعلن المجلس مساء الأحد بدء العمل في بناء الجسر الجديد فوق النهر بعد عامين من التوقف."


TIME = "<time datetime=2019-01-01>1 يناير</time>"
LINK = f"<a href=/x>أمطار غزيرة في الموصل تغلق المدارس</a>{TIME}"
OTHERS = {
    "aside": ("", f"<aside><h3>اقرأ أيضا</h3>{LINK}</aside>"),
    "menu": (f"<nav><h2>الأحدث</h2>{LINK}</nav>", ""),
    "list": ("", f"<ul><li>{LINK}</li><li>{LINK}</li></ul>"),
    "box of headlines": ("", f"<div><div>{LINK}</div><div>{LINK}</div></div>"),
    "ticker": (f"<div><span>عاجل</span><p>{LINK}</p><p>{LINK}</p></div>", ""),
    "comment": ("", f"<div class='thread comment'><b>زائر</b>{TIME}<p>شكرا على الخبر</p></div>"),
    "change": ("<time itemprop=dateModified datetime=2019-01-01>x</time>", ""),
}


@pytest.mark.parametrize(("above", "below"), OTHERS.values(), ids=OTHERS)
def test_time_of_something_else_does_not_date_the_article(above: str, below: str) -> None:
    page = f"<main>{above}<article><h1>خبر</h1><p>{TEXT}</p></article>{below}</main>"
    assert "date_published" not in {field for field, _, _ in stated(page)}


OWN = {
    "above": (f"<div>اقتصاد {TIME}</div>", ""),
    "with the author": (f"<div>بقلم <a href=/u>سلمى الجبوري</a> {TIME}</div>", ""),
    "in a list": (f"<ul><li><a href=/c>أخبار العراق</a></li><li>{TIME}</li></ul>", ""),
    "in the box of the text": (
        "",
        f"<div>{TIME}<p>{TEXT} <a href=/x>أمطار غزيرة في الموصل تغلق المدارس</a></p><p>{TEXT * 3}</p></div>",
    ),
    "in a link to the article": ("<a href=/x rel=bookmark><time datetime=2019-01-01>نشر قبل خمسة أيام من الآن</time></a>", ""),
    "in an aside of its own": (f"<aside class=meta>{TIME}</aside>", ""),
    "beside sections": (f"<nav class=meta>{TIME}<a href=/c>أخبار من المحافظات العراقية كلها</a></nav>", ""),
    "below a lead": ("", f"<p>{TEXT}</p><ul><li>هدى كاظم</li><li>{TIME}</li></ul>"),
    "beside a section below": ("", f"<p>{TEXT}</p><footer><p>{TIME} في <a href=/c>آراء وقضايا في الشأن العام</a></p></footer>"),
    "above the number of its comments": ("", f"<div class='meta comments'>{TIME} <a href=#c>3</a></div>"),
    "beside the author's page": ("", f"<aside><h4>عن المقال</h4>{TIME}<a href=/author/h>كل مقالات الكاتبة هدى كاظم</a></aside>"),
    "in a path": ("", f"<nav><h6>أنت هنا</h6><a href=/c>أخبار المدينة والضواحي والأهوار</a>{TIME}</nav>"),
    "before its change": (f"<p><b>{TIME}</b><b>آخر تحديث <time datetime=2019-01-02>2 يناير</time></b></p>", ""),
    "below": ("", f"<p>{TEXT}</p><div>نشر في {TIME}</div>"),
    "in the footer of the article": ("", f"<p>{TEXT}</p><footer>{TIME}</footer>"),
}


@pytest.mark.parametrize(("above", "below"), OWN.values(), ids=OWN)
def test_time_beside_the_headline_dates_the_article(above: str, below: str) -> None:
    assert ("date_published", "time:beside_headline", "2019-01-01") in stated(f"<main>{above}<h1>خبر</h1>{below}</main>")


def test_category_of_a_teaser_is_none_of_the_article() -> None:
    teaser = '<article><h2>خبر آخر</h2><a rel="category tag" href="/c">رياضة</a></article>'
    assert "category" not in {field for field, _, _ in stated(f"<article><h1>خبر</h1></article>{teaser}")}


DAYS = {
    "parts": ("https://a.example/2025/05/18/bridge", ["2025-05-18"]),
    "one digit": ("https://a.example/story/2025/5/8/bridge", ["2025-05-08"]),
    "one part": ("https://a.example/news/20250518/bridge", ["2025-05-18"]),
    "begin of a slug": ("https://a.example/2025-05-18-bridge", ["2025-05-18"]),
    "part of month and day": ("https://a.example/n2/2025/0518/c1-bridge.html", ["2025-05-18"]),
    "part of year and month": ("https://a.example/2025-05/18/c_1.htm", ["2025-05-18"]),
    "number of four digits": ("https://a.example/2025/1399/bridge", []),
    "month": ("https://a.example/2025/05/bridge", []),
    "number": ("https://a.example/a/20250518123", []),
    "no day": ("https://a.example/2025/13/18/bridge", []),
    "query": ("https://a.example/a?from=/2025/05/18/", []),
}


@pytest.mark.parametrize(("url", "days"), DAYS.values(), ids=DAYS)
def test_address_may_state_the_day(url: str, days: list[str]) -> None:
    facts = read_html("<p>نص</p>", url).facts
    assert [fact.value for fact in facts if fact.source == "url:day"] == days


def test_every_candidate_is_kept_in_the_order_of_the_page() -> None:
    head = '<meta property="og:title" content="أ"><meta property="og:title" content="ب"><meta name="twitter:title" content="أ">'
    assert stated(f"<head>{head}</head><p>ن", "title") == [
        ("title", "og:title", "أ"), ("title", "og:title", "ب"), ("title", "twitter:title", "أ"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "value"),
    [("A &amp;amp;amp; B", "A & B"), ("قال &amp;quot;نعم&amp;quot;", 'قال "نعم"'), ("A &lt;i&gt;B&lt;/i&gt; C", "A B C"), ("أ \n\t ب", "أ ب"),
     ("2 &lt; 3", "2 < 3")],
    ids=["entity escaped twice", "quotes", "tags", "spaces", "sign"],
)  # fmt: skip
def test_value_is_display_text(content: str, value: str) -> None:
    assert stated(f'<meta property="og:title" content="{content}"><p>ن', "title") == [("title", "og:title", value)]


def test_raw_is_as_the_page_writes_it() -> None:
    [fact] = [fact for fact in facts_of('<meta name="author" content="A &amp;amp;  B"><p>ن') if fact.field == "author"]
    assert (fact.value, fact.raw) == ("A & B", "A &amp; B")


def test_article_node_of_another_address_is_no_candidate() -> None:
    other = '{"@type":"NewsArticle","headline":"آخر","url":"https://a.example/news/2"}'
    own = '{"@type":"NewsArticle","headline":"خبر","mainEntityOfPage":{"@id":"https://a.example/news/1#x"}}'
    assert stated(ld(f"[{other},{own}]"), "title") == [("title", "json-ld:headline", "خبر")]


def test_first_article_node_is_the_pages_where_none_has_its_address() -> None:
    assert stated(ld('[{"@type":"Article","headline":"أ"},{"@type":"Article","headline":"ب"}]'), "title") == [
        ("title", "json-ld:headline", "أ")
    ]


def test_people_and_images_of_the_graph_are_no_candidates() -> None:
    assert stated(ld('{"@graph":[{"@type":"Person","name":"Ada"},{"@type":"ImageObject","url":"/1.jpg","name":"صورة"}]}')) == []


def test_film_beside_the_article_is_told_from_it() -> None:
    source = ld('[{"@type":"VideoObject","uploadDate":"2020-01-01"},{"@type":"Article","datePublished":"2025-05-18"}]')
    assert [source for _, source, _ in stated(source, "date_published")] == [
        "json-ld:datePublished",
        "json-ld:VideoObject.uploadDate",
    ]


def test_entries_of_a_listing_are_no_candidates() -> None:
    assert stated('<article class="hentry"><h2 class="entry-title">أ</h2></article>' * 3) == []


def test_name_of_a_commenter_is_no_author() -> None:
    assert stated('<article class="hentry"><li class="comment vcard"><cite class="fn">Max</cite></li></article>') == []


def test_text_in_an_icon_is_no_title() -> None:
    assert stated("<body><svg><title>مشاركة</title></svg><p>ن</p>", "title") == []


def test_json_that_nobody_can_read_is_a_fact() -> None:
    [fact] = facts_of(ld('{"headline": "he said "no", then left"}'))
    assert (fact.field, fact.value, fact.source) == ("problem", "bad_json", "json-ld")
    assert fact.raw.startswith('{"headline"')


def test_scripts_of_other_kinds_are_no_facts() -> None:
    assert stated('<script>{"@type":"Article","headline":"خبر"}</script><p>ن') == []


def test_page_read_flat_keeps_its_facts() -> None:
    head = '<head><meta property="og:title" content="خبر"></head>'
    source = f"{head}<body>{'<div>' * 3000}{'قال الوزير إن العمل مستمر. ' * 30}{'</div>' * 3000}</body>"
    assert ("title", "og:title", "خبر") in stated(source)


HOSTILE = {
    "many properties": '<p itemprop="author name headline">x</p>' * 20_000,
    "properties inside each other": '<div itemprop="author">' * 1500 + "x" + "</div>" * 1500,
    "items inside each other": '<div itemscope itemprop="author"><b itemprop="name">x</b>' * 700 + "</div>" * 700,
    "many links": '<a rel="author">x</a>' * 20_000,
    "many classes": '<div class="hentry">' + '<span class="fn published entry-title">x</span>' * 20_000 + "</div>",
    "many metas": '<meta property="og:title" content="x y">' * 20_000,
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_no_markup_stalls(source: str) -> None:
    begun = time.process_time()
    facts_of(f"<body>{source}<p>نص</p></body>")
    assert time.process_time() - begun < 1


def test_facts_hold_nothing_that_cannot_be_stored_or_shown() -> None:
    odd = r"\ud800\u0000\u001b[31m\u202e"
    facts = facts_of(
        ld(f'{{"@type":["NewsArticle","{odd}"],"headline":"خبر{odd}","author":{{"@type":"A{odd}","name":"Ada{odd}"}}}}')
    )
    assert {fact.field for fact in facts} >= {"title", "author"}
    assert all(text.isprintable() for fact in facts for text in (fact.field, fact.value, fact.raw, fact.source))


def test_the_account_that_a_theme_of_blocks_names_is_an_author_and_those_of_its_cards_are_not() -> None:
    name = '<div class="wp-block-post-author"><p class="wp-block-post-author__name">{}</p></div>'
    newer = '<div class="has-small-font-size wp-block-post-author-name">هدى كريم</div>'
    card = f'<ul class="wp-block-post-template"><li class="wp-block-post post-7">{name.format("سمر الخطيب")}</li></ul>'
    biography = '<p class="wp-block-post-author__bio">صحفية من بغداد</p>'
    for page in (name.format("هدى كريم") + biography + card, f"<header>{newer}</header>{card}"):
        assert stated(f"<body><main><h1>خبر</h1>{page}</main></body>", "author") == [("author", "block:post-author", "هدى كريم")]


@pytest.mark.parametrize(
    "page",
    [
        "<main><h1>خبر</h1></main><aside>{0}</aside>",
        "<main><h1>خبر</h1><aside>{0}</aside></main>",
        "<div>{0}</div><main><h1>خبر</h1></main>",
        "<main><div>{0}</div><h1>خبر</h1></main>",
        "<main><h1>خبر</h1>{0}{0}</main>",
        "<div><h1>خبر</h1>{0}</div>",
    ],
    ids=["sidebar", "box", "featured above", "featured in it", "two", "no part of the page's own"],
)
def test_an_account_that_a_block_names_elsewhere_is_no_author(page: str) -> None:
    block = '<div class="wp-block-post-author"><p class="wp-block-post-author__name">سمر الخطيب</p></div>'
    assert stated(f"<body>{page.format(block)}</body>", "author") == []


def test_accounts_in_deep_boxes_are_passed_over() -> None:
    names = '<p class="wp-block-post-author__name">سمر الخطيب</p>' * 300
    own = '<p class="wp-block-post-author__name">هدى كريم</p>'
    page = f"<body><main><h1>خبر</h1>{'<div>' * 200}<aside>{names}</aside>{own}{'</div>' * 200}</main></body>"
    assert stated(page, "author") == [("author", "block:post-author", "هدى كريم")]
