"""Short lines that are text: verses, and the quotation that opens a column."""

from collections.abc import Callable

import pytest

from almasalla_crawler.items import Article, Page

VERSES = [
    "يا نهر مر على النخيل وقل له", "إن المراكب عادت اليوم", "وعلى الضفاف تجمع الأطفال", "يرمون في الماء الحصى نوما",
    "والليل يسأل عن فنار غاب", "لم يبق منه سوى الحجر",
]  # fmt: skip
VOWELLED = ["يا نهرُ مرَّ بنا", "إنّ المراكبَ عادتِ اليومَ من سفرٍ", "وعلى الضفافِ تجمّعَ الأطفالُ والصحبُ", "يرمونَ في الماءِ الحصى نوما"]
TEXT = [
    "افتتحت بلدية الحلة صباح الاثنين سوقاً جديداً للحرفيين يضم ثمانين محلاً ومقهى وقاعة للعروض بعد عام من البناء.",
    "وقال مدير السوق إن المحال وزعت بالقرعة، وإن الإيجار لن يرتفع في السنوات الثلاث الأولى من عمر المشروع.",
]
Read = Callable[..., Page]


def article_of(read: Read, body: str) -> Article:
    page = read(f"<html><body><h1>عودة المراكب إلى شط العرب</h1><div class=entry-content>{body}</div></body></html>")
    return page.articles[0]


@pytest.mark.parametrize("verses", [VERSES, VOWELLED], ids=["plain", "with vowels"])
@pytest.mark.parametrize("form", ["<p>{}</p>", "{}<br>"])
def test_verses_are_no_list_of_headlines(read: Read, verses: list[str], form: str) -> None:
    assert article_of(read, "".join(map(form.format, verses))).body.split("\n\n") == verses


def test_last_verse_above_a_paragraph_is_no_subheading(read: Read) -> None:
    found = article_of(read, "".join(f"<p>{one}</p>" for one in [TEXT[0], *VERSES, TEXT[1]]))
    assert found.block_roles == ["paragraph"] * 8


def test_quotation_above_a_text_is_of_it(read: Read) -> None:
    motto = "<blockquote><p>«المدن التي تنسى أسواقها تنسى أصوات أهلها»</p><cite>مثل شعبي</cite></blockquote>"
    found = article_of(read, motto + "".join(f"<p>{one}</p>" for one in TEXT))
    assert found.body.split("\n\n") == ["«المدن التي تنسى أسواقها تنسى أصوات أهلها»", "مثل شعبي", *TEXT]
    assert found.block_roles == ["paragraph"] * 4


@pytest.mark.parametrize("above", [["عاجل", "صوت الحلة"], ["شط العرب صباح اليوم"]], ids=["labels", "caption"])
def test_labels_above_a_short_text_are_no_verses(read: Read, above: list[str]) -> None:
    text = "بلدية الحلة: السوق تفتح أبوابها غدا أمام الزوار"
    assert article_of(read, "".join(f"<p>{one}</p>" for one in [*above, text])).body == text
