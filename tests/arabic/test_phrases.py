"""Markers, labels, credits, disclaimers and author boxes: what a line says it is, and ordinary sentences that say nothing."""

import json
import re
import time
from pathlib import Path

import pytest

from almasalla_crawler.arabic import phrases, refusals
from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.arabic.phrases import Saying, disclaimer_score, is_credit, read_saying
from almasalla_crawler.arabic.refusals import read_refusal
from almasalla_crawler.items import Line, Page
from almasalla_crawler.pipelines.clean import clean


def say(text: str) -> Saying | None:
    return read_saying(text, search_key(text))


def kind_of(text: str) -> tuple[str, str] | None:
    saying = say(text)
    return (saying.role, saying.rule) if saying else None


# --- markers and labels

SAYINGS: dict[tuple[str, str], list[str]] = {
    ("marker", "read_also"): [
        "اقرأ أيضاً", "إقرأ ايضا :", "اِقْرَأْ أَيْضًا", "أقرأ ايضا..", "اقرؤوا أيضاً", "اقرأوا أيضاً", "طالع أيضاً:", "شاهد أيضاً",
        "للمزيد:", "لمزيد من التفاصيل", "لا تفوتك قراءة", "قد فاتك", "إقــرأ أيضــاً", "اقرأ ايضا »", "▪ اقرأ أيضاً:",
        "READ ALSO:", "Read more", "See also", "خبر ذو صلة", "موضوع متعلق", "تقرير سابق:", "موضوع متصل", "للتفاصيل:", "اقرأ أيضا👇", "اقرا كذلك", "انظر أيضاً",
    ],
    ("marker", "similar"): [
        "مقالات متشابهة", "مواضيع ذات صلة", "أخبار ذات صلة:", "أخبار متعلقة", "مقالات ذات علاقة", "قد يعجبك أيضاً", "ربما يهمك",
        "قد يهمكم أيضا", "اخترنا لكم", "في السياق ذاته", "الأكثر مشاهدة", "الأكثر قراءة اليوم", "آخر الأخبار", "أحدث المقالات",
        "المزيد من الأخبار", "Related Posts", "You may also like", "مقالات قد تهمك", "أخبار مشابهة", "قد يهمّك أيضاً:",
        "مـقـالات مشابهة", "من الأرشيف", "نرشح لكم", "مواد ذات صلة", "ذات صلة", "عناوين أخرى",
    ],
    ("keywords", "keywords_label"): [
        "كلمات دلالية: بغداد اقتصاد", "الكلمات المفتاحية: بغداد، النفط", "الوسوم: العراق", "وسوم", "Tags: iraq, oil",
        "الأوسمة: نفط",
    ],
    ("source", "source_label"): [
        "المصدر: المسلة", "المصدر:الواحة", "المصدر/ وكالات", "المصدر - رويترز", "مصدر الخبر: المدى", "نقلاً عن: وكالة الواحة",
        "Source: Reuters", "المَصدر: المسلة", "المصدر",
    ],
    ("source", "outlet_label"): ["outlet: المسلة", "الموقع: بوابة الميناء"],
    ("byline", "byline_label"): ["بقلم: هدى كريم", "كتب: سامر حداد", "كتبت - ليلى ناصر", "By: Huda K", "إعداد: فريق التحرير"],
    ("author_box", "about_author"): [
        "About Post Author huda k", "See all author's posts", "See author’s posts", "نبذة عن الكاتب", "عرض كل المقالات",
        "جميع مقالات الكاتب", "View all posts by huda",
    ],
    ("credit", "credit_line"): ["النخيل – خاص", "الواحة/ متابعة", "وكالات", "السنابل - رصد"],
    ("credit", "credit_label"): ["متابعة – وكالات", "خاص / النخيل"],
    ("disclaimer", "copyright"): ["جميع الحقوق محفوظة لموقع النخيل 2025", "Copyright 2025 Nakheel", "© All rights reserved"],
    ("navigation", "page_furniture"): [
        "زر الذهاب إلى الأعلى", "شارك الخبر", "فيسبوك تويتر واتساب", "اترك تعليقاً", "الرئيسية", "التعليقات", "من نحن",
        "عدد المشاهدات: 1200", "Previous Post", "تابعنا على تلغرام", "The post بغداد appeared first on النخيل.",
    ],
    ("navigation", "render_time"): ["2025-05-20@23:53:27 GMT", "2025-05-20@23:53"],
    ("advert", "advert_label"): ["إعلان", "Advertisement", "محتوى ممول"],
    ("separator", "no_words"): [".", "…", "***", "- - -", "=====", "•"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind"), [pytest.param(text, kind, id=text) for kind, texts in SAYINGS.items() for text in texts]
)
def test_line_says_what_it_is(text: str, kind: tuple[str, str]) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(*row, id=name)
        for name, row in {
            "tatweel_rule": ("ـــــــــــــ", ("separator", "no_words")),
            "one_hashtag": ("هاشتاغ: العراق", ("keywords", "keywords_label")),
            "same_section": ("من نفس القسم", ("marker", "similar")),
        }.items()
    ],
)
def test_line_says_what_it_is_though_no_pattern_knows_it(text: str, kind: tuple[str, str]) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param(*row, id=name)
        for name, row in {
            "colon": ("المصدر: صحيفة النخيل", "صحيفة النخيل"),
            "bar and spaces": ("المصدر | الواحة", "الواحة"),
            "keywords": ("كلمات دلالية: الناتو فی", "الناتو فی"),
            "byline with a dash": ("كتب- محمد سامي:", "محمد سامي"),
            "read also on one line": ("اقرأ أيضاً: جسر جديد يربط ضفتي النهر", "جسر جديد يربط ضفتي النهر"),
            "full width colon": ("المصدر：المسلة", "المسلة"),
        }.items()
    ],
)
def test_label_carries_its_value(text: str, value: str) -> None:
    saying = say(text)
    assert saying is not None
    assert saying.value == value


SHARED_KINDS = {
    "related_story_start": {"marker"}, "related_list_start": {"marker"}, "tags": {"keywords"}, "source": {"source"},
    "author_box": {"author_box", "byline"}, "credit": {"credit"}, "nav": {"navigation"}, "pubdate_label": {"date"},
}  # fmt: skip
A_DAY_WITHOUT_A_MONTH = "تأريخ النشر: ۱۴"


def test_every_shared_marker_line_gets_its_role(shared: Path) -> None:
    table = json.loads((shared / "arabic/marker_lines.json").read_text("utf-8"))
    page = Page("seed:test/lines", "file:lines")
    kinds = [(kind, text) for kind, texts in table.items() for text in texts if text != A_DAY_WITHOUT_A_MONTH]
    page.lines = [Line(number, text) for number, (_, text) in enumerate(kinds, 1)]
    clean(page)
    assert len(kinds) > 40
    wrong = [(kind, line.text, line.role) for (kind, _), line in zip(kinds, page.lines, strict=True)
             if line.role not in SHARED_KINDS[kind]]  # fmt: skip
    assert wrong == []


# --- ordinary lines that hold the words of markers

ORDINARY = """
قال الوزير إن المصدر: مجهول حتى الآن ولا يمكن الجزم به في الوقت الحاضر أبداً.
وأكد المصدر أن القوات الأمنية ستتابع الموضوع.
اقرأ الكتاب قبل أن تشاهد الفيلم، هكذا ينصح النقاد جمهورهم.
شاهد المئات من السكان المحليين ألسنة اللهب وهي تتصاعد من المبنى.
تابع رئيس الوزراء سير العمل في مشروع الجسر الجديد.
قد يهمك أن تعرف أن سعر البرميل بلغ ثمانين دولاراً.
في السياق ذاته، قال المتحدث باسم الوزارة إن العمل مستمر.
وفي سياق متصل، أعلنت الشركة نتائجها.
مقالات ابن خلدون تعود إلى رفوف المكتبات
أخبار الطقس في العراق: أمطار ورعود
مواضيع الاجتماع: الأمن والاقتصاد والطاقة
آخر الأخبار من غزة تتحدث عن هدنة وشيكة
خاص: رئيس الوزراء يكشف خطة الإصلاح الجديدة
لا تفوتوا فرصة التسجيل في المسابقة قبل نهاية الشهر
الأكثر قراءة بين الشباب هي الروايات البوليسية بحسب استطلاع.
تحرير الموصل: سبع سنوات على النصر
إعلان حالة الطوارئ في ثلاث محافظات
عن الكاتب الكبير نجيب محفوظ يدور فيلم وثائقي جديد يعرض قريباً في القاهرة
مشاركة واسعة في معرض بغداد للكتاب
طباعة الكتب المدرسية تتأخر
متابعة ملف الكهرباء تتصدر جلسة البرلمان
المصدر الرئيسي للدخل في العراق هو النفط
مصدر أمني: مقتل ثلاثة إرهابيين في ديالى
ترجمة القرآن: تحديات وآفاق
من نحن وإلى أين نمضي؟
حوار: لماذا تراجع الدينار؟
وكالات الأمم المتحدة تحذر من مجاعة
أهم الأخبار التي شغلت العالم في 2024
راجع الطبيب قبل تناول الدواء
مقالات أخرى للكاتب نفسه نشرت في بيروت عام 1998
استمع المجلس إلى تقرير اللجنة المالية
الرئيسية في المشهد: الانتخابات
""".strip().splitlines()


@pytest.mark.parametrize("text", ORDINARY)
def test_marker_word_inside_a_sentence_or_headline_is_no_marker(text: str) -> None:
    assert say(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "تقرير: 40 بالمئة من الشباب عاطلون عن العمل",
        "تقرير: انخفاض أسعار النفط",
        pytest.param(
            "كتب: روايات عراقية جديدة",
            marks=pytest.mark.xfail(strict=True, reason="`كتب:` with two or three words is nearly always a byline"),
        ),
        "خاص: إقالة وزير الكهرباء",
    ],
)
def test_headline_behind_a_desk_word_is_no_label(text: str) -> None:
    assert say(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "المصدر: من يعرفه؟",
        "المصدر: لم تعرف جهته.",
    ],
    ids=["question", "full stop"],
)
def test_label_with_a_sentence_for_value_is_a_sentence(text: str) -> None:
    assert say(text) is None


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("المسلة – متابعة – وكالات", True),
        ("متابعة", True),
        ("بغداد – المسلة", False),
        ("متابعة ملف الكهرباء – الوزارة تعد بالحل", False),
        ("المسلة – متابعة.", False),
        ("", False),
    ],
    ids=["names and desks", "a desk alone", "names alone", "a headline", "a sentence", "empty"],
)
def test_is_credit(text: str, credit: bool) -> None:
    assert is_credit(text) is credit


# --- disclaimers

DISCLAIMERS = """
النص الذي يتضمن اسم الكاتب أو الجهة أو الوكالة، لايعبّر بالضرورة عن وجهة نظر المسلة، والمصدر هو المسؤول عن المحتوى.
المواد المنشورة في هذا الموقع لا تعبر بالضرورة عن رأي إدارة التحرير.
الآراء الواردة في هذا المقال تعبر عن رأي كاتبها ولا تمثل موقف الصحيفة.
جميع المقالات المنشورة تمثل آراء أصحابها فقط ولا تعكس سياسة الموقع.
لا تتحمل إدارة الموقع أي مسؤولية عن صحة المعلومات الواردة في الخبر.
إخلاء مسؤولية: هذا الخبر منقول من مصدره ولم يتدخل فيه فريق التحرير.
تنويه: ما ينشر في هذه الزاوية لا يعبر عن رأي الصحيفة.
الموقع غير مسؤول عن محتوى المقالات والتعليقات التي ينشرها القراء.
هذا المحتوى نُشر آليا من مصدره دون تدخل من محرري المنصة.
يتحمل الكاتب وحده مسؤولية ما ورد في المقال من معلومات وآراء.
يُمنع إعادة نشر هذا الخبر دون ذكر المصدر والإشارة إلى موقعنا.
حقوق النشر محفوظة لموقع الواحة، ولا يجوز نقل مواده أو اقتباسها من دون إذن خطي من الإدارة.
المقال يعبر عن رأي كاتبه وليس بالضرورة عن رأي المنصة.
ما ورد في النص مسؤولية صاحبه، والصحيفة لا تضمن دقة المعلومات.
التعليقات المنشورة لا تعبّر عن رأي الموقع وإنما عن رأي أصحابها.
وجهات النظر المنشورة هنا لا تعكس بالضرورة توجهات القناة.
إن كل ما ينشر من مقالات وتقارير يمثل وجهة نظر أصحابه، والبوابة ليست مسؤولة عنه.
هذا الخبر منقول من مصدره كما ورد، ولا يعني نشره أننا نتبنى مضمونه.
المواد التي تحمل أسماء كتّابها لا تمثل رأي الجريدة، وهم المسؤولون عن مضمونها.
تخلي المنصة مسؤوليتها الكاملة عن أي خطأ في هذه المادة المنقولة من وكالات الأنباء.
لا يُعتبر نشر هذا المقال موافقة من هيئة التحرير على ما جاء فيه.
Disclaimer: لا يعكس المقال رأي الموقع.
""".strip().splitlines()

NEWS = """
قال الناطق باسم الحكومة إن الوزارة لا تتحمل مسؤولية تأخر رواتب الموظفين.
حمّل النائب وزارة الكهرباء مسؤولية الانقطاعات المتكررة في محافظات الجنوب.
أكد الرئيس أن الحكومة هي المسؤولة عن حماية الحدود وضمان أمن المواطنين.
عبّر وزير الخارجية عن رأي بلاده في الأزمة خلال مؤتمر صحفي في عمّان.
وقال إن تصريحات السفير لا تعبر عن موقف حكومته من الاتفاق.
طالب المتظاهرون باحترام حقوق الإنسان وضمان حرية التعبير في البلاد.
أعلنت الشركة أنها غير مسؤولة عن الأضرار التي لحقت بالمزارعين بعد الفيضان.
يمثل الاتفاق وجهة نظر مشتركة بين البلدين حول مستقبل النفط.
تتحمل البنوك المركزية مسؤولية ضبط التضخم بحسب تقرير صندوق النقد.
نشرت الصحيفة تقريراً عن مصادر الثروة في المنطقة وأثرها على الاقتصاد.
منعت السلطات نشر صور التحقيق حتى انتهاء المحاكمة.
لا يعكس سعر الصرف الرسمي قيمة العملة في السوق الموازية.
رفض البرلمان مقترحاً يمنع الشركات من إعادة بيع الأراضي الزراعية.
تنصلت الجهة المنظمة من المسؤولية عن حادث التدافع، وقالت إن الشرطة هي المسؤولة.
وقالت المنظمة إن الأرقام المعلنة لا تمثل العدد الحقيقي للضحايا.
أبدى القاضي رأيه في الدستور خلال ندوة أقيمت في جامعة بغداد.
ونقلت وكالة الأنباء عن مصدر حكومي أن القرار لا يعني إلغاء الدعم.
دعا النقيب إلى تعديل قانون حقوق المؤلف وحماية الملكية الفكرية.
وأكدت القناة أن مراسلها تعرض للضرب أثناء تغطية المظاهرات.
قال مصدر في الشركة إن إدارة المصنع هي المسؤولة عن تسرب المواد الكيماوية.
لم تتحمل شركات التأمين أي مسؤولية عن الخسائر التي سببها الزلزال.
""".strip().splitlines()


@pytest.mark.parametrize("text", DISCLAIMERS)
def test_disclaimer_is_known_where_a_text_ends(text: str) -> None:
    assert disclaimer_score(search_key(text)) >= 2


@pytest.mark.parametrize(
    "text",
    [
        "لا تتبنى الوكالة بالضرورة الآراء المنشورة في مقالات الرأي.",
        "الموقع ينقل الأخبار كما وردت من مصادرها ويخلي مسؤوليته عن محتواها.",
        "الأفكار المطروحة في هذا النص تخص كاتبه، ولا علاقة لأسرة التحرير بها.",
    ],
)
def test_disclaimer_in_other_words_is_known_where_a_text_ends(text: str) -> None:
    assert disclaimer_score(search_key(text)) >= 2


@pytest.mark.parametrize("text", NEWS)
def test_news_of_responsibility_opinions_and_rights_is_no_disclaimer(text: str) -> None:
    assert disclaimer_score(search_key(text)) < 2


@pytest.mark.parametrize(
    "text",
    [
        "وأوضح الكاتب في كتابه الجديد أن السياسة لا تعكس دائماً رأي الشارع.",
        "قال المحامي إن حقوق موكله محفوظة بموجب القانون.",
        "يرى خبراء أن الاستطلاع لا يمثل رأي الناخبين في المحافظات الغربية.",
        "وتقع على الناشرين مسؤولية التحقق من الأخبار قبل بثها، بحسب الوزير.",
        "اتهمت المعارضة التلفزيون الرسمي بأنه لا يعبر عن آراء المواطنين.",
    ],
)
def test_news_that_denies_an_opinion_is_no_disclaimer(text: str) -> None:
    assert disclaimer_score(search_key(text)) < 2


def test_publisher_that_rules_on_reprinting_makes_a_line_suspect() -> None:
    key = search_key("يسمح بإعادة النشر بشرط ذكر النخيل")
    assert disclaimer_score(key) < disclaimer_score(key, frozenset({search_key("النخيل")}))


# --- pages that are no articles


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(*row, id=name)
        for name, row in {
            "captcha": ("Checking your browser before accessing the site", "blocked"),
            "captcha in arabic": ("تحقق من أنك إنسان قبل المتابعة", "blocked"),
            "login wall": ("يجب تسجيل الدخول لقراءة هذا المحتوى", "blocked"),
            "soft 404": ("عذراً، الصفحة التي تبحث عنها غير موجودة", "no_article"),
        }.items()
    ],
)
def test_page_in_place_of_an_article_is_refused(text: str, reason: str) -> None:
    refusal = read_refusal(search_key(text))
    assert refusal is not None
    assert refusal[0] == reason


def test_long_article_on_captchas_is_no_refusal() -> None:
    assert read_refusal(search_key("اختبار التحقق captcha يزعج المستخدمين " + "كلمة " * 80)) is None


# --- time

MEGABYTE = 1_000_000
PATTERNS = {name.strip("_").lower(): value for name, value in vars(phrases).items() if isinstance(value, re.Pattern)}
PATTERNS |= {f"refusal_{name}": pattern for _, name, pattern in refusals._REFUSALS}
PATTERNS |= {f"name_of_{name}": pattern for _, name, pattern in refusals._NAMES_OF_REFUSALS}
FULL_MATCH_ONLY = {
    "whole_line",
    "byline_dash",
    "source_label",
    "keywords_label",
    "byline_label",
    "outlet_label",
    "disclaimer_label",
}


def own_words(pattern: re.Pattern[str]) -> list[str]:
    """The literal words of a pattern, in which it can run longest."""
    return re.findall(r"[ء-يa-z]{2,}", pattern.pattern) or list(pattern.pattern)


@pytest.mark.parametrize("glue", [" ", "", " : "], ids=["spaced", "glued", "labelled"])
@pytest.mark.parametrize("name", PATTERNS)
def test_pattern_is_quick_on_a_megabyte_of_its_own_words(name: str, glue: str) -> None:
    unit = glue.join(own_words(PATTERNS[name])) + glue
    text = (unit * (MEGABYTE // len(unit) + 1))[:MEGABYTE]
    read = PATTERNS[name].fullmatch if name in FULL_MATCH_ONLY else PATTERNS[name].search
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 2


@pytest.mark.parametrize("unit", ["اقرا ايضا ", "لايعبر", "عن راي ", "المصدر: ", "وكالات - ", "/", "…", "2024-05-20@", "يتحمل "])
def test_line_of_a_megabyte_is_judged_quickly(unit: str) -> None:
    text = (unit * (MEGABYTE // len(unit) + 1))[:MEGABYTE]
    key = search_key(text)
    start = time.process_time()
    read_saying(text, key)
    disclaimer_score(key)
    is_credit(text)
    read_refusal(key)
    assert time.process_time() - start < 1
