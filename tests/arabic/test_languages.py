"""The language of a text, by the letters that only it uses."""

import pytest

from almasalla_crawler.arabic.languages import language_of

TEXTS = {
    "ar": "قال الوزير إن المشروع الجديد سينجز في موعده المحدد من دون تأخير",
    "fa": "رئیس جمهور گفت که این پروژه در زمان مقرر به پایان می‌رسد و چند پیمان دیگر",
    "ur": "وزیر اعظم نے کہا ہے کہ یہ منصوبہ وقت پر مکمل ہو گا اور انہوں نے بڑے اعلان کیے",
    "ckb": "سەرۆک وەزیران ڕایگەیاند کە پرۆژەکە لە کاتی خۆیدا تەواو دەبێت",
    "en": "The minister said that the project will be finished in time and that it was good for the city",
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items(), ids=TEXTS)
def test_language_of_a_text(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "قال رئيس شركة «گوگل» إن المشروع الجديد سينجز في موعده المحدد من دون تأخير في العراق والمنطقة كلها خلال العام الحالي",
        "أعلن حلف الناتو NATO والاتحاد الأوروبي EU عن اتفاق جديد للتعاون الأمني مع العراق",
        "قَالَ الوَزِيرُ إِنَّ المَشْرُوعَ الجَدِيدَ سَيُنْجَزُ فِي مَوْعِدِهِ",
    ],
    ids=["persian letters in a name", "latin names", "harakat"],
)
def test_arabic_with_foreign_names_or_marks_is_arabic(text: str) -> None:
    assert language_of(text) == "ar"


@pytest.mark.parametrize(
    "text",
    ["", "12345 – 678", "Bakan projenin zamanında biteceğini söyledi", "שר החוץ אמר"],
    ids=["empty", "digits", "turkish", "hebrew"],
)
def test_language_is_unknown_where_letters_do_not_say(text: str) -> None:
    assert language_of(text) is None
