"""Fingerprints, and one article of a text that stands twice on a page."""

from collections.abc import Callable

import pytest

from almasalla_crawler.items import Article, Line, Page, Reject
from almasalla_crawler.pipelines.deduplicate import DeduplicatePipeline, deduplicate

TEXT = [
    "افتتحت أمانة العاصمة، الأحد، جسراً جديداً فوق نهر دجلة يربط حي الكرادة بضاحية الدورة بعد عامين من أعمال البناء.",
    "وقال مدير المشروع إن الجسر يضم ستة مسارات للمركبات وممرين للمشاة، وإن كلفته بلغت سبعين مليار دينار.",
]
SOURCE = "المصدر: المسلة"
TITLE = "افتتاح جسر جديد فوق نهر دجلة في بغداد"


@pytest.fixture
def main(read: Callable[..., Page]) -> Callable[..., Article]:
    def read_main(*texts: str) -> Article:
        article: Article = read("\n\n".join(texts)).articles[0]
        return article

    return read_main


SAME = {
    "dateline of an outlet": ["بغداد/المسلة: " + TEXT[0], TEXT[1]],
    "dateline of another outlet": ["البصرة – وكالة الواحة: " + TEXT[0], TEXT[1]],
    "dateline on its own line": ["بغداد/المسلة:", *TEXT],
    "title, date and closing lines": [TITLE, "18 أيار 2025", *TEXT, "المسلة – خاص", SOURCE],
    "spaces and punctuation": [TEXT[0].replace("،", " ،"), TEXT[1].replace("إن الجسر", "إنّ  «الجسر»")],
    "harakat and hamza": [TEXT[0].replace("أمانة", "امانةُ"), TEXT[1].replace("إن", "ان")],
}


@pytest.mark.parametrize("texts", SAME.values(), ids=SAME)
def test_copies_of_one_text_share_their_fingerprint(main: Callable[..., Article], texts: list[str]) -> None:
    assert main(*texts).fingerprint == main(*TEXT).fingerprint


def test_one_other_word_is_another_fingerprint(main: Callable[..., Article]) -> None:
    assert main(TEXT[0], TEXT[1].replace("سبعين", "ثمانين")).fingerprint != main(*TEXT).fingerprint


def test_related_copy_of_the_main_text_is_dropped_for_it(read: Callable[..., Page]) -> None:
    page = read(
        "\n\n".join(["بغداد/المسلة: " + TEXT[0], TEXT[1], SOURCE, "إقرأ أيضاً:", TITLE, "الحلة/الواحة: " + TEXT[0], TEXT[1]])
    )
    assert [(article.role, article.title) for article in page.articles] == [("main", TITLE)]
    assert {line.article for line in page.lines if line.role in ("title", "paragraph")} == {0}


def articles(*keys: str) -> Page:
    made = [Article("related", n, lines=[Line(n, key, article=n)], body=key, body_key=key) for n, key in enumerate(keys)]
    return Page("seed:a", "file:a", lines=[line for article in made for line in article.lines], articles=made)


THREE = [
    *["بغداد/المسلة: " + TEXT[0], TEXT[1], SOURCE],
    *["إقرأ أيضاً:", TITLE, "الحلة/الواحة: " + TEXT[0], TEXT[1]],
    *["إقرأ أيضاً:", "مصنع جديد للألبان في الحلة", "الحلة/الواحة: دشنت شركة أهلية مصنعاً للألبان في مدينة الحلة يوم أمس."],
]


def test_lines_point_at_their_article_behind_a_dropped_one(read: Callable[..., Page]) -> None:
    page = read("\n\n".join(THREE))
    assert [line.article for line in page.articles[1].lines] == [1] * len(page.articles[1].lines)


def test_positions_of_related_articles_have_no_hole(read: Callable[..., Page]) -> None:
    assert [article.position for article in read("\n\n".join(THREE)).articles] == [0, 0]


def test_other_texts_stay() -> None:
    page = articles("نص اول", "نص ثان")
    deduplicate(page)
    assert len(page.articles) == 2


def test_rejected_page_passes_untouched() -> None:
    page = articles("نص اول")
    page.reject = Reject("split", "no_article")
    assert DeduplicatePipeline().process_item(page).articles[0].fingerprint == ""
