"""Two notices of one pattern are two articles; a text in which a name was mended or written otherwise is one."""

import pytest

from almasalla_crawler.arabic.likeness import likeness
from almasalla_crawler.arabic.notices import LONGEST_NOTICE, NOTICE
from tests.arabic.told_again import MORE, PARAGRAPHS, words

OBITUARY = (
    "ببالغ الحزن والأسى ننعى إليكم وفاة المرحوم الحاج {0} الذي وافاه الأجل يوم أمس بعد صراع مع المرض، سائلين المولى أن يتغمده"
    " بواسع رحمته ويلهم أهله وذويه الصبر والسلوان. وتقام الفاتحة على روحه في جامع {1} في منطقة {2} لمدة ثلاثة أيام."
)
APPOINTMENT = (
    "أصدر رئيس مجلس الوزراء أمرا يقضي بتعيين {0} مديرا عاما لدائرة الزراعة في محافظة {1} خلفا للمدير السابق {2} الذي أحيل إلى"
    " التقاعد. وذكر بيان لمكتبه أن الأمر نافذ من تاريخ صدوره وأن على الجهات المعنية تسهيل مهام المدير الجديد."
)
MATCH = (
    "تعادل {0} مع {1} بهدف لكل منهما ضمن الجولة الماضية من الدوري. تقدم {0} أولا في الشوط الأول قبل أن يدرك {1} التعادل في الوقت"
    " بدل الضائع، وأهدر {0} أكثر من فرصة محققة للتسجيل وتألق حارس {1} في التصدي لها، وواصل {1} مبارياته من دون خسارة."
)
SUMMONS = (
    "قررت محكمة الأحوال الشخصية تبليغ المدعى عليه {0} بالحضور أمامها للنظر في الدعوى المقامة ضده من المدعية {1}، وحيث إنه مجهول"
    " محل الإقامة حسب إشعار مختار محلة {2} فقد تقرر تبليغه نشرا في صحيفتين محليتين، وعند عدم حضوره ستجري المرافعة غيابيا."
)
WINNERS = (
    "أعلنت الشركة المنظمة لسحب الجوائز أسماء الفائزين في السحب الأسبوعي الذي أقيم في مقرها. وفاز بالجائزة الأولى {0} وبالجائزة"
    " الثانية {1} وبالجائزة الثالثة {2}، ودعت الشركة الفائزين إلى مراجعة مكاتبها لتسلم جوائزهم خلال المدة المحددة."
)
PUPIL = (
    "حصلت الطالبة {0} من إعدادية {1} في {2} على المرتبة الأولى في امتحانات الفرع العلمي. وعبرت عن سعادتها بهذا الإنجاز الذي أهدته إلى"
    " والديها ومدرساتها، وأوضحت أنها كانت تدرس ساعات طويلة يوميا بانتظام وتطمح إلى دراسة الطب لخدمة أبناء مدينتها."
)
CALL = (
    "تلقى وزير الخارجية اليوم {0} اتصالا هاتفيا من نظيره وزير خارجية {1}، جرى خلاله بحث العلاقات الثنائية بين البلدين وسبل تعزيزها في"
    " مختلف المجالات. وتبادل الوزيران وجهات النظر بشأن أوضاع المنطقة، واتفقا على مواصلة التنسيق والتشاور خلال المرحلة المقبلة."
)
ACCIDENT = (
    "لقي ثلاثة أشخاص مصرعهم وأصيب {0} آخرون في حادث تصادم وقع على الطريق السريع قرب {1}. ونقلت سيارات الإسعاف المصابين إلى المستشفى"
    " القريب لتلقي العلاج، وباشرت الشرطة التحقيق في ملابسات الحادث، ودعت مديرية المرور السائقين إلى الالتزام بالسرعات المحددة."
)
SECRETARY = (
    "قرر مجلس الوزراء في جلسته الأسبوعية تعيين {0} أمينا عاما {1}، بعد إحالة الأمين العام السابق إلى التقاعد. ويحمل الأمين الجديد شهادة"
    " عليا في الإدارة العامة وشغل عددا من المناصب في القطاع الحكومي، وأدى اليمين القانونية أمام رئيس الوزراء الذي تمنى له التوفيق."
)
FORECAST = (
    "توقع متنبئ جوي أن يكون الطقس ليوم {0} {1} في المنطقة الوسطى، ودرجات الحرارة مقاربة لليوم السابق. أما المنطقة الجنوبية فيكون الطقس"
    " فيها صحوا مع بعض الغيوم، وتكون الرياح خفيفة إلى معتدلة السرعة والرؤية جيدة عموما بحسب بيان الهيئة."
)
FUNERAL = (
    "ينعى رئيس وأعضاء الجامعة وكافة العاملين فيها بمزيد من الأسى زميلهم الراحل الأستاذ {0} من قسم {1}، الذي انتقل إلى رحمة الله تعالى بعد"
    " مسيرة طويلة في التدريس، ويتقدمون من أسرته بأحر التعازي. وسيشيع جثمانه بعد صلاة {2} من بيته إلى مقبرة {3}"
)
TOLL = (
    "لقي {0} مصرعهم وأصيب {1} آخرون في حادث تصادم وقع على الطريق السريع قرب المطار. ونقلت سيارات الإسعاف المصابين إلى المستشفى"
    " القريب لتلقي العلاج، وباشرت الشرطة التحقيق في ملابسات الحادث، ودعت مديرية المرور السائقين إلى الالتزام بالسرعات المحددة."
)
PATIENT = (
    "يناشد ذوو المريض {0} الراقد في مستشفى {1} العام أهل الخير التبرع بالدم لإجراء عملية عاجلة. وعلى من يرغب في التبرع التوجه إلى"
    " مصرف الدم أو الاتصال على الهاتف {2} في أي وقت، ولكم من الله الأجر والثواب على ما تقدمونه للمحتاجين."
)
DROWNED = (
    "انتشلت فرق الإنقاذ النهري جثة {0} غرق أثناء السباحة في النهر قرب {1}. وقال مصدر في الشرطة إن الجثة نقلت إلى دائرة الطب العدلي وإن"
    " تحقيقا فتح في الحادث، مجددا التحذير من السباحة في الأماكن غير المخصصة لها خلال فصل الصيف."
)
FILLED = {
    "funerals_of_two_departments": (
        FUNERAL,
        ("فيصل العزاوي", "التاريخ", "العصر", "طنطا"),
        ("حيدر جعفر البياتي", "الكيمياء", "الظهر", "صنعاء"),
    ),
    "obituaries_of_a_namesake_with_a_name_more": (
        OBITUARY,
        ("كاظم الجبوري", "النور", "الحرية"),
        ("كاظم حسن الكعبي", "النور", "الحرية"),
    ),
    "obituaries_of_one_whose_name_is_a_word_too": (
        OBITUARY,
        ("علي علي", "النور", "الحرية"),
        ("مصطفى بلال", "النور", "الحرية"),
    ),
    "obituaries_of_two_whose_names_sound_alike": (
        OBITUARY,
        ("حسن محمد", "النور", "الحرية"),
        ("غسان أحمد", "النور", "الحرية"),
    ),
    "patients_named_behind_three_words": (PATIENT, ("إلياس الصباغ", "تلعفر", "916072"), ("هاني سامر الشهري", "نابلس", "299407")),
    "drowned_in_two_towns_and_another_word": (DROWNED, ("فتاة", "الزرقاء"), ("طفل", "مصراتة")),
    "numbers_of_people_at_the_beginning": (TOLL, ("أربعة", "خمسة"), ("شخصان", "تسعة")),
    "calls_from_two_countries_on_two_days": (CALL, ("الأربعاء", "السعودية"), ("الخميس", "قطر")),
    "calls_from_two_countries": (CALL, ("الأربعاء", "السعودية"), ("الأربعاء", "قطر")),
    "accidents": (ACCIDENT, ("خمسة", "كربلاء"), ("سبعة", "الموصل")),
    "secretaries_of_two_institutions": (SECRETARY, ("ماجد ياسر الهاشمي", "لهيئة السياحة"), ("سعد اللامي", "لوزارة التربية")),
    "forecasts_without_numbers": (FORECAST, ("الثلاثاء", "غائما جزئيا"), ("الأربعاء", "صحوا")),
    "obituaries": (OBITUARY, ("كاظم حسن الجبوري", "النور", "الحرية"), ("سلمان جاسم الكعبي", "الرحمن", "البياع")),
    "obituaries_that_differ_in_one_name": (
        OBITUARY,
        ("كاظم حسن الجبوري", "النور", "الحرية"),
        ("سلمان جاسم الكعبي", "النور", "الحرية"),
    ),
    "obituaries_of_two_who_share_a_name": (
        OBITUARY,
        ("كاظم حسن الجبوري", "النور", "الحرية"),
        ("كاظم جاسم الكعبي", "النور", "الحرية"),
    ),
    "appointments": (
        APPOINTMENT,
        ("علي حسين الموسوي", "واسط", "سعد كريم اللامي"),
        ("محمد جبار التميمي", "ميسان", "طه ياسين القيسي"),
    ),
    "matches": (MATCH, ("الزوراء", "الميناء"), ("الحدود", "زاخو")),
    "matches_with_one_team_in_both": (MATCH, ("الزوراء", "الميناء"), ("الحدود", "الزوراء")),
    "summonses": (SUMMONS, ("خالد عمر الدليمي", "هدى سمير", "الزهور"), ("فيصل ماجد العاني", "سعاد وليد", "الغدير")),
    "pupils_named_at_once": (PUPIL, ("هدى علي العبيدي", "السنابل", "تكريت"), ("زينب سعد الربيعي", "الشروق", "النجف")),
    "winners": (WINNERS, ("رعد فاضل", "مريم صالح", "ياسر نبيل"), ("عادل شاكر", "زينب حميد", "بلال قاسم")),
}


@pytest.mark.parametrize(("form", "names", "others"), FILLED.values(), ids=FILLED)
def test_notices_that_name_others_are_two_articles(form: str, names: tuple[str, ...], others: tuple[str, ...]) -> None:
    assert likeness(words(form.format(*names)), words(form.format(*others))) is None


@pytest.mark.parametrize(("form", "names", "others"), FILLED.values(), ids=FILLED)
def test_a_copy_of_a_notice_is_a_copy(form: str, names: tuple[str, ...], others: tuple[str, ...]) -> None:
    text = form.format(*others)
    like = likeness(words("بغداد، متابعة صالح كريم:", text), words("واع:", text, "تحرير: علي حسن"))
    assert like
    assert like.kind == "copy"


MENDED = {
    "a_name_of_a_person": [("سعاد الموسوي", "سعاد الربيعي")],
    "a_name_in_two_places": [("الكوت", "العمارة")],
    "a_person_and_other_words": [("سعاد الموسوي", "هدى الجبوري"), ("حيدر الربيعي", "ماجد العتابي"), ("وأضافت", "وتابعت"),
                                 ("مجانيا", "بلا أجر")],
    "names_written_otherwise": [("سعاد الموسوي", "سعاده الموسويه"), ("حيدر الربيعي", "حيدره الربيعيي")],
    "people_in_another_order": [("سعاد الموسوي", "حيدر_"), ("حيدر الربيعي", "سعاد الموسوي"), ("حيدر_", "حيدر الربيعي")],
    "a_title_for_a_name": [("حيدر الربيعي", "المذكور"), ("سعاد الموسوي", "المذكورة")],
    "a_word_for_another_wherever_it_stands": [("المكتبة", "الدار"), ("مكتبة", "دار"), ("الإدارة", "الهيئة"), ("المدينة", "البلدة")],
    "words_left_out_wherever_they_stand": [("المكتبة", ""), ("المدارس", ""), ("أن", "")],
    "names_left_out": [("سعاد الموسوي", ""), ("حيدر الربيعي", "")],
}  # fmt: skip


WORDS_FOR_NAMES = {
    "a_place_for_a_person_and_words_around_a_name": [("من الكوت", "من زهرة"), ("سعاد الموسوي", "صقر سعاد")],
    "words_around_one_that_is_a_name_too": [("على ضفة النهر", "القديم على ضفة")],
    "a_word_of_the_language_behind_a_name": [("سعاد الموسوي إن", "سعاد في"), ("من الكوت", "من زهرة")],
}


@pytest.mark.parametrize("changes", WORDS_FOR_NAMES.values(), ids=WORDS_FOR_NAMES)
def test_words_that_stand_for_others_by_chance_name_no_one(changes: list[tuple[str, str]]) -> None:
    text = edited = f"{PARAGRAPHS[0]} ويطل المبنى على ضفة النهر وتصله الحافلات من الكوت مباشرة. {PARAGRAPHS[1]}"
    for before, after in changes:
        edited = edited.replace(before, after)
    assert len(words(text)) <= NOTICE
    like = likeness(words(text), words(edited))
    assert like
    assert like.kind == "edited"


def test_a_name_for_another_in_a_long_text_was_mended() -> None:
    told = "وقال مدير المشروع المهندس {} إن العمل سينتهي في موعده."
    long = " ".join((*PARAGRAPHS, *MORE))
    text, edited = (f"{long} {told.format(name)} {long}" for name in ("فاضل عباس الكناني", "حيدر جاسم المالكي"))
    assert len(words(text)) > LONGEST_NOTICE
    like = likeness(words(text), words(edited))
    assert like
    assert like.kind == "edited"


@pytest.mark.parametrize("changes", MENDED.values(), ids=MENDED)
def test_a_text_in_which_names_were_mended_is_edited(changes: list[tuple[str, str]]) -> None:
    text = " ".join((*PARAGRAPHS, MORE[0], "وشكر أهالي الكوت القائمين على المشروع."))
    edited = text
    for before, after in changes:
        assert before in edited
        edited = edited.replace(before, after)
    like = likeness(words(text), words(edited))
    assert like
    assert like.kind == "edited"
