"""Pages that show a frame until their scripts run: the article is in their data."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from almasalla_crawler.items import Page
from almasalla_crawler.readers.script_articles import article_in_scripts

TITLE = "بلدية الميناء تعيد فتح حديقة الأشجار المعمرة"
TEXTS = [
    "أعادت بلدية الميناء فتح حديقة الأشجار المعمرة أمام الزوار بعد عامين من أعمال الترميم التي شملت الممرات والسور القديم.",
    "وقال مدير الحدائق إن الأشجار التي يزيد عمر بعضها على مئتي عام خضعت لفحص شامل قبل أن تسقى بشبكة جديدة من مياه الأمطار.",
    "وتفتح الحديقة أبوابها كل صباح ويدخلها الأطفال مجانا، بينما يدفع الكبار رسما رمزيا يخصص لصيانة المقاعد والبوابات الخشبية.",
]
OF_AN_ARTICLE = "<meta property='og:type' content='article'>"
HTML = "".join(f"<p>{text}</p>" for text in TEXTS)
OTHER = {
    "title": "المركزي يخفض سعر الفائدة نصف نقطة",
    "body": HTML.replace("الحدائق", "المصارف"),
    "publishedAt": "2024-05-11T09:00:00Z",
}
ARTICLE = {
    "title": TITLE,
    "body": HTML,
    "publishedAt": "2024-05-12T09:00:00Z",
    "author": {"name": "هدى كاظم"},
    "tags": [{"name": "حدائق"}, "أشجار"],
}


def frame(read: Callable[..., Page], data: Any, title: str = TITLE, shown: str = "جار التحميل", head: str = "") -> Page:
    script = f"<script id=__NEXT_DATA__ type='application/json'>{json.dumps(data, ensure_ascii=False)}</script>"
    menu = "<ul><li><a href='/'>الرئيسية</a></li><li><a href='/s'>سياسة</a></li></ul>"
    return read(
        f"<html><head><title>{title} - صحيفة المرفأ</title>{head}</head><body>{menu}<div>{shown}</div>{script}</body></html>"
    )


def test_article_of_a_frame_is_read_with_what_its_data_state(read: Callable[..., Page]) -> None:
    article = frame(read, {"props": {"article": ARTICLE, "related": [OTHER]}}, head=OF_AN_ARTICLE).articles[0]
    assert (article.title, article.body.split("\n\n")) == (TITLE, TEXTS)
    assert (article.date_published_utc, article.authors) == ("2024-05-12T09:00:00Z", ["هدى كاظم"])
    assert [keyword for keyword, _ in article.keywords] == ["حدائق", "أشجار"]


@pytest.mark.parametrize("name", ["article", "post", "news"])
def test_data_of_a_page_that_states_no_article_are_none(read: Callable[..., Page], name: str) -> None:
    assert frame(read, {name: ARTICLE, "page": {"title": TITLE, "body": HTML}}).reject is not None


@pytest.mark.parametrize(
    "data",
    [
        {"page": ARTICLE},
        {"article": {**ARTICLE, "publishedAt": None, "createdAt": "2019-03-03T09:00:00Z"}},
        {"article": {**ARTICLE, "tags": []}},
        {"posts": [ARTICLE]},
        {"article": {**ARTICLE, "title": "المركزي يخفض سعر الفائدة نصف نقطة"}},
        {"article": {**ARTICLE, "title": "بلدية"}},
        {"article": {"title": TITLE, "tags": ["حدائق"], "publishedAt": "2024-05-12"}, "page": {"about": HTML}},
    ],
    ids=["page", "created", "without tags", "list", "of another headline", "short", "text of another"],
)
def test_what_the_data_state_of_something_else_is_not_of_the_article(read: Callable[..., Page], data: Any) -> None:
    article = frame(read, data, head=OF_AN_ARTICLE).articles[0]
    assert (article.date_published_date, article.authors, article.keywords) == (None, [], [])


def test_what_the_markup_states_goes_before_what_the_data_state(read: Callable[..., Page]) -> None:
    head = (
        f"{OF_AN_ARTICLE}<meta property='article:published_time' content='2024-05-12T00:30:00+03:00'><meta name=author content='سعاد مراد'>"
        "<meta name=keywords content='الميناء'>"
    )
    article = frame(read, {"article": {**ARTICLE, "publishedAt": "2024-05-11T20:00:00Z"}}, head=head).articles[0]
    assert (article.date_published_date, article.authors) == ("2024-05-12", ["سعاد مراد"])
    assert [keyword for keyword, _ in article.keywords][:1] == ["الميناء"]


def test_text_that_the_page_shows_is_not_read_from_its_data(read: Callable[..., Page]) -> None:
    shown = f"<h1>{TITLE}</h1>{HTML}"
    assert (
        frame(read, {"article": {**ARTICLE, "author": "سالم النجار"}}, shown=shown, head=OF_AN_ARTICLE).articles[0].authors == []
    )


@pytest.mark.parametrize("piece", ["<script type=application/json ", "<script ", "application/json>{ "])
def test_a_megabyte_of_open_scripts_does_not_stall(piece: str) -> None:
    start = time.process_time()
    assert article_in_scripts(piece * (1_000_000 // len(piece)), HTML, ["عنوان"]).facts == []
    assert time.process_time() - start < 1
