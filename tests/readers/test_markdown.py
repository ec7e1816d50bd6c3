"""Pages that were saved as Markdown."""

import pytest

from almasalla_crawler.items import Page
from almasalla_crawler.readers.markdown import MAX_OPEN, is_markdown
from almasalla_crawler.readers.page import read_page

CLIPPED = """# سوق الخضار ينتقل إلى مبنى جديد

**كتب: سمير الحداد**

انتقل سوق الخضار إلى [مبنى جديد](https://news.example/7) قرب المحطة.
وقال الباعة إن المكان *أوسع*.

2011. كان العام الذي احترق فيه السوق القديم.

## اقرأ أيضا

* [افتتاح جسر المشاة في الميناء](https://news.example/8)
* [أسعار الخبز لم تتغير منذ عام](/news/9)
"""


def read(text: str) -> Page:
    page = Page("seed:a.txt", "file:a.txt", observed_at="2026-01-01T00:00:00Z")
    read_page(text.encode(), page)
    return page


def test_headings_links_and_lists_are_what_they_say() -> None:
    lines = {line.text: line for line in read(CLIPPED).lines}
    assert lines["سوق الخضار ينتقل إلى مبنى جديد"].tag == "h1"
    assert lines["اقرأ أيضا"].tag == "h2"
    assert lines["افتتاح جسر المشاة في الميناء"].href == "https://news.example/8"
    assert lines["أسعار الخبز لم تتغير منذ عام"].tag == "li"
    assert lines["انتقل سوق الخضار إلى مبنى جديد قرب المحطة."].links == (("مبنى جديد", "https://news.example/7"),)


def test_signs_of_emphasis_are_no_text_and_single_lines_stay_lines() -> None:
    texts = [line.text for line in read(CLIPPED).lines]
    assert "كتب: سمير الحداد" in texts
    assert "وقال الباعة إن المكان أوسع." in texts


def test_star_between_letters_is_no_emphasis() -> None:
    assert "المساحة 5*3*2 أمتار." in [line.text for line in read(f"{CLIPPED}\nالمساحة 5*3*2 أمتار.\n").lines]


def test_page_with_two_headings_that_may_be_the_headline_is_plain_text() -> None:
    deck = CLIPPED.replace("\n\n**", "\n\n## المبنى يتسع لمئتي بائع وفيه مخازن\n\n**", 1)
    assert is_markdown(CLIPPED)
    assert not is_markdown(deck)


def test_year_at_the_start_of_a_paragraph_is_no_number_of_a_list() -> None:
    assert "2011. كان العام الذي احترق فيه السوق القديم." in [line.text for line in read(CLIPPED).lines]


TEXT = """انتقل سوق الخضار إلى [مبنى جديد](https://news.example/7) قرب المحطة، وعرض الباعة فيه ما حملوه من بساتين القرى القريبة.

## الأسعار

بقيت الأسعار على حالها كما يقول [الباعة](https://news.example/8) في السوق.

## المواعيد

{}

يفتح السوق أبوابه عند الفجر.
"""
HEADLINE = "سوق الخضار ينتقل إلى مبنى جديد"


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param("1. الفاكهة في الممر الأول\n2) الخضار في الممر الثاني", id="numbers"),
        pytest.param("- 3 في الجبل\n+ 8 على الساحل", id="degrees"),
        pytest.param("[1]: https://news.example/r\n[2] دفتر البلدية", id="footnotes"),
        pytest.param("~~~\nتغلق الممرات ظهرا.\nوتغسل أرضها ليلا.", id="rule of signs"),
        pytest.param("12. آذار 2024", id="date"),
    ],
)
def test_signs_that_are_text_stay(lines: str) -> None:
    texts = [line.text for line in read(f"# {HEADLINE}\n\n{TEXT.format(lines)}").lines]
    assert set(lines.split("\n")) <= set(texts)
    assert texts[-1] == "يفتح السوق أبوابه عند الفجر."


def test_text_right_below_a_bullet_is_no_part_of_it() -> None:
    lines = {line.text: line.tag for line in read(f"# {HEADLINE}\n\n" + TEXT.format("- الجمعة\nويغلق السوق يوم العيد.")).lines}
    assert (lines["الجمعة"], lines["ويغلق السوق يوم العيد."]) == ("li", "p")


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(f"# السوق نيوز\n\n# {HEADLINE}\n\n12 آذار 2024", id="site, same rank"),
        pytest.param(f"## السوق نيوز\n[الرئيسية](/)\n### {HEADLINE}\n\n12 آذار 2024", id="site, higher rank"),
        pytest.param(f"الرئيسية / أخبار المدينة / أسواق\n\n# {HEADLINE}", id="way to the page"),
    ],
)
def test_headline_is_the_heading_of_the_text_and_not_the_name_of_the_site(head: str) -> None:
    assert [line.text for line in read(f"{head}\n\n{TEXT}").lines if line.tag == "h1"] == [HEADLINE]


def test_short_headline_stands_above_the_first_of_its_sub_headings() -> None:
    page = read(f"# دليل السوق\n\n## كيف تصل إلى السوق؟\n\n{TEXT}")
    assert [line.text for line in page.lines if line.tag == "h1"] == ["دليل السوق"]


@pytest.mark.parametrize(
    "above",
    [
        pytest.param(f"{HEADLINE}\n\n12 آذار 2024\n\n", id="above its date"),
        pytest.param(f"{HEADLINE}.\n\n12 آذار 2024\n\n", id="closed as a sentence"),
        pytest.param("سوق الخضار\n\nرنا عواد\n\n12 آذار 2024\n\n", id="two words"),
        pytest.param("سوق الخضار\n\n# الخلاصة\n\n", id="two words above a sub-heading"),
        pytest.param(f"{HEADLINE}\n\n12 آذار 2024\n\n# الأسعار بقيت على حالها\n\n", id="date above a sub-heading"),
        pytest.param(f"{HEADLINE}\n\n## الخلاصة\n\n", id="above a sub-heading"),
    ],
)
def test_page_with_a_headline_that_is_not_marked_is_read_as_plain_text(above: str) -> None:
    assert not is_markdown(above + TEXT)


@pytest.mark.parametrize("above", ["", "12 آذار 2024\n\n"])
def test_text_without_any_headline_may_be_markdown(above: str) -> None:
    assert is_markdown(above + TEXT)


def test_lines_that_end_as_windows_ends_them_are_read_too() -> None:
    page = read(f"# {HEADLINE}\n\n{TEXT}".replace("\n", "\r\n"))
    assert [line.text for line in page.lines if line.tag in ("h1", "h2")] == [HEADLINE, "الأسعار", "المواعيد"]


def test_tag_in_markdown_is_shown_as_it_is_written() -> None:
    page = read(CLIPPED + "\nيكتب المبرمج <section> في أول الصفحة\n\n    سطر مزاح لا يعد برنامجا\n")
    assert [line.text for line in page.lines][-2:] == ["يكتب المبرمج <section> في أول الصفحة", "سطر مزاح لا يعد برنامجا"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("#العراق #بغداد\n##عاجل\n## \n", id="hashtags"),
        pytest.param("وافق المجلس على الخطة.\n# بغداد\n# خدمات\n# مجلس\n", id="keywords as browsers copy them"),
        pytest.param("يبدأ التعليق في اللغة بعلامتين:\n## هذا تعليق\nثم يأتي الأمر.\n", id="a comment of a program"),
        pytest.param("قال الباحث [في الصفحة الرابعة](الطبعة الثانية) إن [النص](ناقص).\n", id="brackets of an editor"),
        pytest.param("[اضغط هنا](https://news.example/1) لمتابعة الخبر.\n", id="one link"),
        pytest.param("- الوحدة 2\n- النصر 1\n---\n* كاتبة من دمشق\n1. مقدمة\n", id="lists and rules"),
        pytest.param("x = a[1](2)\ny = b[3](4)\n", id="code"),
        pytest.param("المراجع [1] (https://a.example/1) و[2] (https://a.example/2)\n", id="references"),
        pytest.param("[" * (MAX_OPEN + 1) + CLIPPED, id="brackets that would stall the parser"),
    ],
)
def test_ordinary_text_is_no_markdown(text: str) -> None:
    assert not is_markdown(text)
