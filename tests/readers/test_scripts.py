"""Text that a page shows only when its scripts run."""

import json
import time
from collections.abc import Callable

import pytest

from almasalla_crawler.items import Page
from almasalla_crawler.readers.html import read_html
from almasalla_crawler.readers.scripts import html_in_scripts

PARAGRAPHS = [
    "افتتحت أمانة العاصمة، الأحد، جسراً جديداً فوق نهر دجلة يربط حي الكرادة بضاحية الدورة بعد عامين من أعمال البناء.",
    "وقال مدير المشروع إن الجسر يضم ستة مسارات للمركبات وممرين للمشاة، وإن كلفته بلغت سبعين مليار دينار.",
    "وأشار المهندس المقيم إلى أن المرحلة الثانية تشمل إنارة الضفتين وزراعة ألف شجرة قبل نهاية العام الحالي.",
]
BUILT = "".join(f'<p class="text">{text}</p>' for text in PARAGRAPHS)
TITLE = "افتتاح جسر جديد فوق نهر دجلة في بغداد"
HEAD = f'<head><meta property="og:title" content="{TITLE}"></head>'
LITERALS = {
    "as it is": json.dumps(BUILT, ensure_ascii=False).replace("</", "<\\/"),
    "signs escaped": json.dumps(BUILT).replace("<", "\\u003c").replace(">", "\\u003e"),
}


def shell(literal: str, body: str = "") -> str:
    return f'<html>{HEAD}<body>{body}<script>push([1,"2a:T1f"]);push([1,{literal}])</script></body></html>'


@pytest.mark.parametrize("literal", LITERALS.values(), ids=LITERALS)
def test_text_of_a_page_without_any_is_found_in_its_scripts(read: Callable[..., Page], literal: str) -> None:
    page = read(shell(literal))
    assert [(article.title, article.body) for article in page.articles] == [(TITLE, "\n\n".join(PARAGRAPHS))]


def test_scripts_of_a_page_with_a_text_are_not_read() -> None:
    assert [line.text for line in read_html(shell(LITERALS["as it is"], "<p>خبر</p>")).lines] == ["خبر"]


BLOCKS = {
    "texts": PARAGRAPHS,
    "blocks": [{"type": "paragraph", "text": text} for text in PARAGRAPHS],
    "blocks with data": [{"id": n, "data": {"text": text}} for n, text in enumerate(PARAGRAPHS)],
}


@pytest.mark.parametrize("blocks", BLOCKS.values(), ids=BLOCKS)
def test_text_in_the_json_of_a_page_without_any_is_found(read: Callable[..., Page], blocks: list[object]) -> None:
    teasers = [{"title": TITLE, "summary": text + text, "url": "/a"} for text in PARAGRAPHS]
    data = json.dumps({"props": {"article": {"body": blocks}, "more": teasers}})
    page = read(f'<html>{HEAD}<body><div id="__next"></div><script type="application/json">{data}</script></body></html>')
    assert [(article.title, article.body) for article in page.articles] == [(TITLE, "\n\n".join(PARAGRAPHS))]


def stated(body: str, count: int = 1) -> str:
    node = json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(PARAGRAPHS)}, ensure_ascii=False)
    return (
        f'<html><head><script type="application/ld+json">[{",".join([node] * count)}]</script></head><body>{body}</body></html>'
    )


LISTED = "".join(f"<div class=c><a href='/{n}'><h3>مصنع جديد للألبان يوفر فرص عمل في الحلة</h3></a></div>" for n in range(5))


@pytest.mark.parametrize("body", ["<div id=app></div>", LISTED], ids=["nothing", "teasers alone"])
def test_stated_text_of_a_page_that_shows_none_is_read(read: Callable[..., Page], body: str) -> None:
    assert [(article.title, article.body) for article in read(stated(body)).articles] == [(TITLE, "\n\n".join(PARAGRAPHS))]


def test_texts_that_a_list_states_are_not_its_own(read: Callable[..., Page]) -> None:
    assert read(stated(LISTED, count=2)).articles == []


FRAME = "<header><a href='/'>صحيفة الضفة</a> <a href='/s'>رياضة</a></header><footer><p>جميع الحقوق محفوظة</p></footer>"
ARTICLE = '<meta property="og:type" content="article">'


def framed(built: str, head: str = ARTICLE) -> str:
    return shell(json.dumps(built), FRAME).replace("</head>", f"{head}</head>")


def test_text_in_the_scripts_of_an_article_that_shows_its_frame_alone_is_read(read: Callable[..., Page]) -> None:
    page = read(framed(BUILT))
    assert [(article.title, article.body) for article in page.articles] == [(TITLE, "\n\n".join(PARAGRAPHS))]
    assert [(line.number, line.text) for line in page.lines] == list(
        enumerate(["صحيفة الضفة رياضة", *PARAGRAPHS, "جميع الحقوق محفوظة"], 1)
    )


NOT_FILLED = {
    "a page that states no article": framed(BUILT, '<meta property="og:type" content="website">'),
    "links in the scripts": framed("".join(f"<p><a href='/{n}'>خبر قصير من المدينة</a></p>" for n in range(20))),
}


@pytest.mark.parametrize("source", NOT_FILLED.values(), ids=NOT_FILLED)
def test_other_frames_stay_as_they_are_shown(source: str) -> None:
    assert [line.number for line in read_html(source).lines] == [1, 2]


NO_TEXTS = {
    "settings": json.dumps({"a": "b" * 900}),
    "few paragraphs": json.dumps("<p>نص</p>" + "x" * 900),
    "an escape of scripts": f'"\\x41{BUILT * 2}"'.replace('class="text"', ""),
    "a string that is open": f'"{BUILT}'.replace('class="text"', ""),
}


@pytest.mark.parametrize("literal", NO_TEXTS.values(), ids=NO_TEXTS)
def test_other_strings_are_no_text(literal: str) -> None:
    assert html_in_scripts(f"<script>{literal}</script>") == ""


HOSTILE = {
    "open quotes": '"\n' * 500_000,
    "escaped quotes": '"' + '\\"' * 500_000,
    "backslashes": '"' + "\\" * 1_000_001,
    "short strings": '""' * 500_000,
    "paragraphs": '"' + "<p" * 500_000 + '"',
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_a_megabyte_takes_no_second(source: str) -> None:
    start = time.process_time()
    html_in_scripts(source)
    assert time.process_time() - start < 1


def built(data: object, head: str = HEAD) -> str:
    head = head.replace("</head>", f"{ARTICLE}</head>")
    return f'<html>{head}<body><div id="__next"></div><script type="application/json">{json.dumps(data)}</script></body></html>'


OTHERS = [
    "أعلن نادي المدينة تعاقده مع مهاجم جديد لمدة موسمين قادماً من الدوري المجاور بعد مفاوضات استمرت شهراً كاملاً، وقال إنه يصل قريباً.",
    "وقال رئيس النادي إن اللاعب سيصل يوم الجمعة ويخضع للفحص الطبي قبل التوقيع الرسمي على العقد بحضور وسائل الإعلام والجمهور.",
    "وأضاف أن الفريق يسعى إلى صفقتين أخريين قبل إغلاق باب الانتقالات الصيفية نهاية الشهر الحالي، وأن الأسماء ستعلن في وقتها.",
    "وختم بأن الملعب الجديد سيكون جاهزاً مطلع الموسم المقبل بعد اكتمال أعمال الإنارة والمقاعد والمداخل والساحات المحيطة به.",
]
ARTICLE_BLOCKS = {"article": {"blocks": [{"text": text} for text in PARAGRAPHS]}}
BESIDE = {
    "teasers": {"latest": [{"id": n, "title": "خبر آخر", "excerpt": text} for n, text in enumerate(OTHERS)]},
    "teasers described inside": {"list": [{"title": "خبر", "uri": "/a", "seo": {"description": text}} for text in OTHERS]},
    "comments": {"comments": [{"user": "قارئ", "comment": text} for text in OTHERS]},
    "texts of others": {"related": [{"title": "خبر آخر", "body": text} for text in OTHERS]},
    "consent": {"messages": {"consent": OTHERS}},
    "questions": {"faq": [{"q": "كيف أشترك؟", "a": text} for text in OTHERS]},
    "menu": {"menu": [{"label": "عن الموقع", "description": text} for text in OTHERS]},
    "nobody knows what": {"x": OTHERS},
    "another article": {"articles": [{"title": "نادي المدينة يتعاقد مع مهاجم", "body": OTHERS}]},
}


@pytest.mark.parametrize("beside", BESIDE.values(), ids=BESIDE)
def test_lists_beside_the_text_are_none(read: Callable[..., Page], beside: dict[str, object]) -> None:
    page = read(built(ARTICLE_BLOCKS | beside))
    assert [article.body for article in page.articles] == ["\n\n".join(PARAGRAPHS)]
    assert read(built({"article": {"body": "\n".join(PARAGRAPHS)}} | beside)).articles == []


def test_list_beside_the_headline_of_the_page_is_its_text(read: Callable[..., Page]) -> None:
    page = read(built({"data": [{"headline": TITLE, "parts": PARAGRAPHS}, {"headline": "خبر آخر من المدينة", "parts": OTHERS}]}))
    assert [article.body for article in page.articles] == ["\n\n".join(PARAGRAPHS)]


def test_short_and_linked_blocks_of_a_text_are_kept_and_pictures_are_not() -> None:
    blocks = [
        {"type": "h2", "text": "أرقام الجسر"}, {"type": "p", "text": PARAGRAPHS[0]}, {"type": "p", "text": "قال مواطن"},
        {"type": "image", "url": "/a.jpg", "text": "صورة لافتتاح الجسر في بغداد."}, {"type": "p", "text": PARAGRAPHS[1]},
        {"type": "p", "text": PARAGRAPHS[2], "href": "/a"},
    ]  # fmt: skip
    html = html_in_scripts(built({"article": {"blocks": blocks}}))
    assert html == f"<h2>أرقام الجسر</h2><p>{PARAGRAPHS[0]}</p><p>قال مواطن</p><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p>"


def test_text_of_json_is_no_markup_but_for_tags_of_a_text() -> None:
    texts = [f"{text} إذا كان 3<b و a>2 <script>x() في <a href='/x'>رابط</a>." for text in PARAGRAPHS]
    page = read_html(built({"article": {"blocks": texts}}).replace("</a>", "<\\/a>"))
    assert [line.text for line in page.lines] == [f"{text} إذا كان 3<b و a>2 <script>x() في رابط." for text in PARAGRAPHS]


@pytest.mark.parametrize("before", ['<script type="application/json">["' + "x" * 1_000_001 + '"]</script>'], ids=["too long"])
def test_script_that_is_too_long_hides_no_other(before: str) -> None:
    assert PARAGRAPHS[0] in html_in_scripts(before + built(ARTICLE_BLOCKS))


def test_script_that_is_open_is_not_read() -> None:
    assert html_in_scripts(built(ARTICLE_BLOCKS).replace("</script></body></html>", " ")) == ""


OTHER_NODE = {"@type": "NewsArticle", "url": "https://nakhil.example/2", "headline": "خبر آخر", "articleBody": "\n".join(OTHERS)}
OWN_NODE = {"@type": "NewsArticle", "headline": TITLE}


@pytest.mark.parametrize("nodes", [[OWN_NODE, OTHER_NODE], [OWN_NODE | {"hasPart": [OTHER_NODE]}]], ids=["beside", "inside"])
def test_stated_text_of_another_article_is_not_that_of_the_page(read: Callable[..., Page], nodes: list[object]) -> None:
    page = read(f'<head><script type="application/ld+json">{json.dumps(nodes)}</script></head><div id=root></div>')
    assert page.articles == []
