"""The language of a text: by script, letters and commonest words; what the page declares decides only where they do not."""

import pytest

from almasalla_crawler.arabic.languages import language_of, language_tag

SENTENCES = {
    "ar": [
        "قال الوزير إن المشروع الجديد سينجز في موعده المحدد من دون تأخير",
        "وأوضحت مديرة المدرسة أن الدروس ستبدأ بعد عطلة العيد، فيما تستمر أعمال الصيانة حتى نهاية الشهر",
        "افتتاح جسر الناصرية",
        "طقس حار وجاف",
        "وفاة فنان شهير",
        "كي لا ننسى شهداء حلبجة",
        "دي بروين يعود للتدريبات",
        "شو صار بالبلد",
    ],
    "fa": [
        "رئیس جمهور گفت که این پروژه در زمان مقرر به پایان می‌رسد و چند پیمان دیگر هم امضا شده است",
        "رئيس جمهور گفت كه اين طرح در زمان مقرر به پايان مي‌رسد",
        "افزایش قیمت نفت در بازار جهانی",
        "زلزله تبریز را لرزاند",
        "مجلس تصويب كرد",
        "ايران هم موافقت كرد",
    ],
    "ur": [
        "وزیر اعظم نے کہا ہے کہ یہ منصوبہ وقت پر مکمل ہو گا اور انہوں نے بڑے اعلان کیے",
        "لاہور میں بارش سے نظام زندگی متاثر",
        "پیٹرول کی قیمت میں اضافہ",
    ],
    "ckb": [
        "سەرۆک وەزیران ڕایگەیاند کە پرۆژەکە لە کاتی خۆیدا تەواو دەبێت",
        "بارانێکی زۆر لە هەولێر باری",
        "نرخی نەوت بەرز بووەوە",
    ],
    "kmr": [
        "Serokwezîr got ku proje dê di wextê xwe de biqede û ji bo bajêr baş e",
        "Li Amedê baran bariya û rê hatin girtin",
    ],
    "en": [
        "The minister said that the project will be finished in time and that it was good for the city",
        "Oil prices rise after the storm in the Gulf",
    ],
    "de": ["Der Minister sagte, dass das Projekt in der vorgesehenen Zeit fertig wird und nicht teurer ist"],
    "fr": ["Le ministre a dit que le projet sera fini dans les temps et que la ville en est contente"],
    "ps": [
        "ولسمشر وویل چې دا پروژه به پر ټاکلي وخت بشپړه شي او خلکو ته ښې لارې جوړې کړي",
        "په کندهار کې درانه بارانونه",
        "د افغانستان ولسمشر کابل ته ستون شو",
    ],
    "he": ["שר החוץ אמר"],
    "ja": ["首相は計画が予定どおりに完成すると述べた"],
}
CASES = [(language, text) for language, texts in SENTENCES.items() for text in texts]


@pytest.mark.parametrize(("language", "text"), CASES, ids=[f"{language} {text[:20]}" for language, text in CASES])
def test_language_of_a_text(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(("language", "text"), CASES, ids=[f"{language} {text[:20]}" for language, text in CASES])
def test_a_text_decides_against_a_lying_declaration(language: str, text: str) -> None:
    lie = "en-US" if language != "en" else "ar-IQ"
    assert language_of(text, lie) == language


@pytest.mark.parametrize(
    "text",
    [
        "قال رئيس شركة «گوگل» إن المشروع الجديد سينجز في موعده المحدد من دون تأخير في العراق والمنطقة كلها خلال العام الحالي",
        "أعلن حلف الناتو NATO والاتحاد الأوروبي EU عن اتفاق جديد للتعاون الأمني مع العراق",
        "قَالَ الوَزِيرُ إِنَّ المَشْرُوعَ الجَدِيدَ سَيُنْجَزُ فِي مَوْعِدِهِ",
        "سلسلة محلات الطاحونة تفتح فرعها العاشر في حي المنصور ببغداد وتوظف ثلاثين شابا",
    ],
    ids=["persian letters in a name", "latin names", "harakat", "no common word"],
)
def test_arabic_with_foreign_names_or_marks_is_arabic(text: str) -> None:
    assert language_of(text) == "ar"


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        ("افتتاح جسر الناصرية بعد أعمال التأهيل", "ar-IQ", "ar-IQ"),
        ("افتتاح جسر الناصرية بعد أعمال التأهيل", "ar_AR", "ar"),
        ("افتتاح جسر الناصرية بعد أعمال التأهيل", "fa-IR", "ar"),
        ("The minister said that the project is good for the city", "en-GB", "en-GB"),
        ("Vláda schválila nový rozpočet na příští rok a ministr jej představil novinářům", "cs-CZ", "cs-CZ"),
        ("Die minister het gesê dat die projek in die stad klaar is en dat dit goed was", "af", "af"),
        ("Statsministeren sagde at det er en god dag for byen og for landet", "da-DK", "da-DK"),
        ("Statsministeren sagde at det er en god dag for byen og for landet", "nb-NO", "nb-NO"),
        ("بارانێکی زۆر لە هەولێر باری", "ku-IQ", "ckb-IQ"),
        ("Two killed in Basra crash", "en", "en"),
        ("首相は計画が予定どおりに完成すると述べた", "ja-JP", "ja-JP"),
        ("政府宣布新的預算案", "zh-TW", "zh-TW"),
        ("Министр заявил о завершении проекта", "ru", "ru"),
    ],
    ids=["region", "no region", "other language", "English", "Czech", "Afrikaans", "Danish", "Norwegian", "Kurdish of Iraq",
         "short", "Japanese", "Chinese", "Russian"],
)  # fmt: skip
def test_what_the_page_declares_counts_where_the_text_agrees_or_does_not_say(text: str, declared: str, language: str) -> None:
    assert language_of(text, declared) == language


@pytest.mark.parametrize("text", ["", "12345 – 678"], ids=["empty", "digits"])
def test_what_has_no_letters_has_no_language(text: str) -> None:
    assert language_of(text, "ar") is None


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("Vláda schválila nový rozpočet na příští rok a ministr jej představil novinářům", ""),
        ("Vláda schválila nový rozpočet na příští rok a ministr jej představil novinářům z celé země", "en-US"),
        ("Министр заявил о завершении проекта", "en"),
        ("Basra", "ar"),
    ],
    ids=["nothing declared", "not English", "another script", "a name"],
)
def test_no_other_language_is_called_english(text: str, declared: str) -> None:
    assert language_of(text, declared) == "und"


@pytest.mark.parametrize(
    ("stated", "tag"),
    [("de_DE.UTF-8", "de-DE"), ("AR", "ar"), ("zh_hant_tw", "zh-Hant-TW"), ("Arabic", None), ("", None)],
    ids=["locale", "capitals", "script", "a word", "empty"],
)
def test_a_tag_as_bcp_47(stated: str, tag: str | None) -> None:
    assert language_tag(stated) == tag
