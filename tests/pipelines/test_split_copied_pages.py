"""Furniture of copied pages, and lines of texts that look like it."""

import pytest

from tests.pipelines.copied_pages import HEADLINES, MAIN, SOURCE, STORY, STORY_TITLE, TITLE, Read, body, line, text

# --- below the text


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param(["هاتف: 02-211311", "فاكس: 02-211312"], id="telephones"),
        pytest.param(["الوسوم مكتبات كتب أطفال"], id="tags in a row"),
        pytest.param(["#مكتبات #كتب_الأطفال"], id="hashtags"),
        pytest.param(["#مكتبات", "#كتب_الأطفال"], id="a hashtag a line"),
        pytest.param(["النقر للمشاركة على فيسبوك (فتح في نافذة جديدة)", "لا توجد تعليقات حتى الآن"], id="buttons"),
        pytest.param(["شارك المقال X LinkedIn"], id="networks in a row"),
    ],
)
def test_furniture_below_the_text_is_none_of_it(read: Read, tail: list[str]) -> None:
    page = read(text(TITLE, "30 آب 2024", *MAIN, *tail, "أخبار ذات صلة", *HEADLINES))
    assert body(page) == MAIN


@pytest.mark.parametrize(
    "last",
    [
        pytest.param("(الدولار = 3.75 ريال)", id="rate of a currency"),
        pytest.param("(إعداد الرفوف وحده أخذ من المتطوعين شهراً كاملاً.)", id="thought in brackets"),
        pytest.param("هاتف 12 قارئاً إدارة المكتبة في اليوم الأول يسألون عن المواعيد", id="somebody telephoned"),
        pytest.param("واختارت المكتبة وسم #اقرأ_معنا لحملتها.", id="hashtag in a sentence"),
        pytest.param("الوسوم التي نالها المتطوعون صُنعت في ورشة السوق نفسها.", id="medals"),
        pytest.param("عدد الزوار يزيد كل أسبوع.", id="number of visitors"),
        pytest.param("أوسمة البلدية لثلاثة من عمال المكتبة", id="medals without a full stop"),
        pytest.param("وسوم الكتب النادرة في دفتر الورّاق", id="marks on books"),
        pytest.param("وعلى جدارها صورة لأول أمين جلس هنا (أرشيف)", id="sentence with its archive"),
        pytest.param("(إعداد فهرس الرفوف في بيت الأمينة - تحرير العقد في دار البلدية)", id="works in brackets"),
    ],
)
def test_last_line_of_a_text_is_kept(read: Read, last: str) -> None:
    page = read(text(TITLE, "30 آب 2024", *MAIN, last, "أخبار ذات صلة", *HEADLINES))
    assert body(page) == [*MAIN, last]


@pytest.mark.parametrize(
    "between",
    [
        pytest.param("#اقرأ_معنا #مكتبة_الحي", id="hashtags"),
        pytest.param("المزيد من الكتب", id="more of something"),
        pytest.param("في العدد قوة", id="number"),
        pytest.param("مقترحاتنا للقراءة", id="our proposals"),
        pytest.param("عدد الزوار يتضاعف", id="number of visitors"),
        pytest.param("نص آخر على الجدار", id="another text"),
        pytest.param("في هذا العدد", id="issue of a magazine"),
        pytest.param("من أرشيف المجلة", id="archive of a magazine"),
        pytest.param("القاعة الثالثة - أرشيف", id="hall of an archive"),
        pytest.param("اضغط لطباعة بطاقة الاستعارة من الجهاز", id="step of a guide"),
        pytest.param("Click to print the card of a reader", id="step in English"),
        pytest.param("20 min", id="minutes of a plan"),
        pytest.param("10 دقائق للقراءة", id="minutes to read"),
        pytest.param("عدد الزوار 4500", id="figure"),
        pytest.param("لا تعليقات", id="no comments"),
    ],
)
def test_words_between_paragraphs_are_of_the_text(read: Read, between: str) -> None:
    page = read(text(TITLE, "30 آب 2024", *MAIN[:2], between, *MAIN[2:], *STORY, SOURCE))
    assert body(page) == [*MAIN[:2], between, *MAIN[2:], *STORY]


@pytest.mark.parametrize(
    "title",
    [
        "المزيد من أخبار القرية",
        "نص آخر للمؤلف",
        "من أرشيف المجلة",
        "لا تعليقات",
        "أول قاعة للكتب في الضاحية (أرشيف)",
        "سوق الورّاقين - أرشيف",
    ],
)
def test_headline_in_words_of_furniture_is_the_title(read: Read, title: str) -> None:
    page = read(text(title, "30 آب 2024", *MAIN, SOURCE))
    assert (page.articles[0].title, body(page)) == (title, MAIN)


def test_related_headline_from_the_archive_keeps_its_text(read: Read) -> None:
    page = read(text(TITLE, "30 آب 2024", *MAIN, "مواضيع ذات صلة", "رحلة المركب الأولى (أرشيف)", "12 أيار 2023", *STORY))
    assert (page.articles[1].title, body(page, 1)) == ("رحلة المركب الأولى (أرشيف)", STORY)


def test_short_sentence_above_the_date_is_of_the_text(read: Read) -> None:
    assert "القاعة للجميع." in body(read(text(TITLE, "القاعة للجميع.", "30 آب 2024", *MAIN, SOURCE)))


# --- inside the text


def test_lines_with_labels_below_a_read_also_line_are_of_the_text(read: Read) -> None:
    rows = ["مواعيد الورش:", "الرسم: السبت بعد العصر", "الدمى: الاثنين عند الغروب"]
    page = read(text(TITLE, "30 آب 2024", *MAIN, f"اقرأ أيضاً: {HEADLINES[0]}", *rows, "أخبار ذات صلة", *HEADLINES[1:]))
    assert body(page) == [*MAIN, *rows]


@pytest.mark.parametrize("label", ["أخبار أخرى:", "من الأرشيف", "المزيد"])
def test_headlines_below_a_read_also_line_are_none_of_the_text(read: Read, label: str) -> None:
    page = read(text(TITLE, "30 آب 2024", *MAIN, f"اقرأ أيضاً: {HEADLINES[0]}", label, *HEADLINES[1:]))
    assert body(page) == MAIN


def test_label_of_an_archive_alone_is_a_caption(read: Read) -> None:
    page = read(text(TITLE, "30 آب 2024", "(أرشيف)", *MAIN, SOURCE))
    assert (line(page, "(أرشيف)").role, body(page)) == ("caption", MAIN)


@pytest.mark.parametrize("last", ["وحفظت المكتبة صور البناء القديم في الأرشيف", "وقال أمينها: كل ورقة هنا أرشيف"])
def test_sentence_on_an_archive_is_of_the_text(read: Read, last: str) -> None:
    assert body(read(text(TITLE, "30 آب 2024", *MAIN, last, SOURCE))) == [*MAIN, last]


def test_article_below_a_whole_text_opens_with_its_title_and_dateline(read: Read) -> None:
    story = [f"بيروت - الضاحية: {STORY[0]}", STORY[1]]
    page = read(text(TITLE, "30 آب 2024", MAIN[0], STORY_TITLE, *story))
    assert [(one.title, len(one.body.split("\n\n"))) for one in page.articles] == [(TITLE, 1), (STORY_TITLE, 2)]
