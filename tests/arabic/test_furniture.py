"""Which lines below a text speak of the page, and which only look so."""

import pytest

from almasalla_crawler.arabic.furniture import is_furniture, is_label, speaks_to_the_reader
from almasalla_crawler.arabic.letters import search_key

PUBLISHER = frozenset({search_key("بوابة المرسى")})


@pytest.mark.parametrize(
    "text",
    [
        "اشتركوا في نشرتنا المسائية ليصلكم ملخص اليوم",
        "👍 شاركوا الخبر مع أصدقائكم",
        "تابعوا بوابة المرسى على تلغرام",
        "عدد المشاهدات: 1204",
        "1204 زيارة",
        "للتواصل مع كاتبة المقال: desk@marsa.example",
        "كل ما ورد في هذه المادة يعبّر عن رأي كاتبها وحده، ولا يلزم بوابة المرسى.",
        "نُقلت هذه المادة حرفياً من مصدرها، ولسنا مسؤولين عن دقة ما ورد فيها من بيانات.",
        "سلمى القيسي، صحفية وباحثة، تكتب في بوابة المرسى عن شؤون البيئة.",
        "ولتصلكم أخبارنا فور نشرها يمكنكم تفعيل التنبيهات على هواتفكم.",
        "Your comment will be published after review.",
    ],
)
def test_line_that_speaks_of_the_page_is_furniture(text: str) -> None:
    assert is_furniture(text, search_key(text), PUBLISHER)


@pytest.mark.parametrize(
    "text",
    [
        "وأضاف النقيب أن حقوق النشر محفوظة للصحف وأن نقل المقالات من دون ذكر المصدر مخالف للقانون.",
        "ويمنع المشروع نقل مواد الصحف من دون إذن، ويلزم المواقع بذكر المصدر.",
        "المحتوى ملك لصاحبه ولا يجوز نقله من دون إذن، هكذا قضت المحكمة أمس.",
        "تابعنا السير بين الكروم ساعتين، ثم نزلنا إلى الوادي قبل الغروب.",
        "وشارك في اللقاء ممثلون عن هيئة الآثار ونقابة المهندسين.",
        "وانتهت المباراة بالتعادل من دون أهداف",
        "ويبلغ عدد سكان البلدة 4500 نسمة.",
        "إلغاء رسوم التسجيل وشروط الاشتراك في خدمة الرسائل يشمل جميع المشتركين.",
        "وبلغت المساحة المزروعة 120 دونماً",
        "“We planted these trees for our grandchildren, and we will plant more next spring.”",
    ],
)
def test_news_is_no_furniture(text: str) -> None:
    assert not is_furniture(text, search_key(text), PUBLISHER)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وللاطلاع على أخبارنا يمكنك زيارة الصفحة الرئيسية.", True),
        ("وقالت المدربة: يمكنك أن تبدأ اللعب في أي عمر.", True),
        ("وكتبت على اللوحة «يمكنك البدء في أي عمر».", False),
        ("وانتهينا من ترميم مدينتنا القديمة قبل الشتاء.", False),
        ("وغادر الوفد المدينة بعد الظهر.", False),
    ],
    ids=["our news", "speech without quotes", "quoted", "our town", "news"],
)
def test_news_speaks_to_nobody_outside_quotes(text: str, expected: bool) -> None:
    assert speaks_to_the_reader(text, search_key(text)) is expected


def test_doubt_asks_for_more() -> None:
    headline = "تطبيق جديد لحجز مواعيد المستشفيات"
    assert not is_furniture(headline, search_key(headline), doubt=1.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("محرر الشؤون المحلية", True), ("وصل الوفد صباح اليوم.", False), ("وغادر الوفد المدينة بعد الظهر", False)],
    ids=["a few words", "a sentence", "a sentence that goes on"],
)
def test_a_label_is_a_few_words_that_are_no_sentence(text: str, expected: bool) -> None:
    assert is_label(text, search_key(text)) is expected
