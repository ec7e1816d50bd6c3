"""What another publisher mends in a copy, and what a site mends in a text of its own, makes no other article of it."""

import pytest

from almasalla_crawler.arabic.likeness import Origin, likeness
from tests.arabic.told_again import PARAGRAPHS, words

SCHOOLS = (
    "{0} أن الدوام سيستأنف في جميع المدارس بعد عطلة دامت أسبوعا بسبب سوء الأحوال الجوية، داعيا أولياء الأمور إلى متابعة تعليمات"
    " إدارات المدارس، ومشيرا إلى أن الامتحانات ستجرى في مواعيدها المقررة من دون تغيير."
)
SPOKESMAN = SCHOOLS.format("أعلن المتحدث باسم الوزارة، {0}،")
RESUMED = "أكد المتحدث باسم الوزارة أن الدوام سيستأنف {0} في جميع المدارس" + SCHOOLS.split("جميع المدارس")[1]
STATION = (
    "افتتح وزير النقل محطة جديدة للقطارات في {0} بحضور عدد من المسؤولين وأهالي المدينة الذين رحبوا بالمشروع. وقال الوزير إن المحطة"
    " ستخدم آلاف المسافرين وتربط المحافظة بالعاصمة خلال ساعات، وأضاف {1} أن المرحلة الثانية ستبدأ مطلع العام المقبل."
)
FEVER = (
    "أعلنت وزارة الصحة {0} تسجيل إصابات جديدة بالحمى النزفية خلال الأسبوع الماضي، وقالت في بيان إن الفرق الطبية اتخذت جميع الإجراءات"
    " اللازمة، ودعت المواطنين إلى شراء اللحوم من المحال المرخصة وتجنب الجزر العشوائي وغسل اليدين جيدا بعد التعامل مع الماشية."
)
LONG = "زار الوفد مدينة {0} واطلع على سير العمل فيها. " + " ".join(PARAGRAPHS)
CITY_MENDED = (STATION, ("الموصل", "الوزير"), ("كركوك", "الوزير"))
DAYS = {
    "in_the_opening": (SPOKESMAN, ("الأحد",), ("الاثنين",)),
    "yesterday_for_today": (SPOKESMAN, ("اليوم الأحد",), ("أمس الاثنين",)),
    "in_the_text": (RESUMED, ("الأحد",), ("الاثنين",)),
    "a_date_for_a_day": (RESUMED, ("الأحد المقبل",), ("في 4 أيار",)),
}
NAMES = {
    "a_city": CITY_MENDED,
    "the_name_of_a_person": (STATION, ("الموصل", "المهندس كاظم حسين"), ("الموصل", "المهندس جاسم حسين")),
    "a_family": (STATION, ("الموصل", "أحمد كريم"), ("الموصل", "أحمد سالم")),
    "a_country": (FEVER, ("في سوريا",), ("في لبنان",)),
}
Case = tuple[str, tuple[str, ...], tuple[str, ...]]


def kind(case: Case, origin: Origin) -> str | None:
    form, mine, theirs = case
    like = likeness(words(form.format(*mine)), words(form.format(*theirs)), origin)
    return like.kind if like else None


@pytest.mark.parametrize("case", DAYS.values(), ids=DAYS)
def test_another_day_elsewhere_is_mended(case: Case) -> None:
    assert kind(case, Origin.ELSEWHERE) == "edited"


def test_another_town_in_a_long_text_elsewhere_is_mended() -> None:
    assert kind((LONG, ("الموصل",), ("كركوك",)), Origin.ELSEWHERE) == "edited"


@pytest.mark.parametrize("case", [*DAYS.values(), *NAMES.values()], ids=[*DAYS, *NAMES])
def test_a_text_is_one_with_what_it_was(case: Case) -> None:
    assert kind(case, Origin.REVISION) == "edited"


@pytest.mark.parametrize(("place", "found"), [("العراق", "edited"), ("الأردن", None)], ids=["its_own", "another"])
def test_a_city_and_its_country_name_one_place(place: str, found: str | None) -> None:
    assert kind((FEVER, ("في بغداد",), (f"في {place}",)), Origin.UNKNOWN) == found


@pytest.mark.parametrize("case", [CITY_MENDED, DAYS["in_the_opening"]], ids=["city", "day"])
def test_of_one_publisher_they_are_two_articles(case: Case) -> None:
    assert kind(case, Origin.UNKNOWN) is None


APART_ELSEWHERE = {
    "another_town_in_a_short_text": CITY_MENDED,
    "another_day_and_another_name": (SPOKESMAN + " {1}.", ("الأحد", "من بغداد وحدها"), ("الاثنين", "من البصرة وحدها")),
}


@pytest.mark.parametrize("case", APART_ELSEWHERE.values(), ids=APART_ELSEWHERE)
def test_more_than_was_mended_is_another_article_elsewhere(case: Case) -> None:
    assert kind(case, Origin.ELSEWHERE) is None
