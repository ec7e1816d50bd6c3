"""Texts and lists below the main one on pages without markup that tells them apart."""

import pytest

from tests.pipelines.copied_pages import HEADLINES, MAIN, STORY, STORY_TITLE, TITLE, Read, body

# --- labels of lists


def linked(*headlines: str) -> str:
    return "".join(f'<font><a href="/n/{n}">{one}</a></font><br>' for n, one in enumerate(headlines))


def table(*cells: str) -> str:
    return f"<html><head><title>{TITLE}</title></head><body><table>{''.join(f'<tr><td>{one}</td></tr>' for one in cells)}</table>"


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{one}</p>" for one in lines)


def related(label: str, last: str = "") -> str:
    return table(
        f"<h1>{TITLE}</h1>",
        paragraphs(MAIN),
        "<b>اقرأ أيضاً</b>",
        f"<b>{STORY_TITLE}</b><br>{paragraphs(STORY)}{last}",
        label + linked(*HEADLINES),
        "<b>الأكثر قراءة</b>" + linked("عرض مسرحي في ساحة البلدة القديمة"),
    )


def test_label_in_words_of_its_own_above_links_ends_a_related_text(read: Read) -> None:
    page = read(related("<b>ترشيحاتنا</b><br>"))
    assert body(page, 1) == STORY
    assert {*HEADLINES} <= {one.title for one in page.mentions}


@pytest.mark.parametrize("last", ["والله أعلم", "ويبقى البحر شاهداً", "هكذا انتهت الحكاية."])
def test_last_words_of_a_related_text_above_links_are_no_label(read: Read, last: str) -> None:
    assert body(read(related("", f"<p>{last}</p>")), 1) == [*STORY, last]


@pytest.mark.parametrize(
    "below",
    [
        pytest.param(linked("متحف الشباك القديمة عند الجسر", "متحف الفوانيس في بيت القبطان") + paragraphs(STORY), id="links"),
        pytest.param("<ul><li>لا تصعدوا إلى المركب بعد الغروب</li><li>دعوا أدوات البحر في أماكنها</li></ul>", id="advice"),
    ],
)
def test_sub_heading_of_a_related_text_above_its_own_list_is_kept(read: Read, below: str) -> None:
    top = f"<h1>{TITLE}</h1><p>30 آب 2024</p>{paragraphs(MAIN)}<h3>مقالات ذات صلة</h3><h2>{STORY_TITLE}</h2><p>12 أيار 2023</p>"
    page = read(f"<html><head><title>{TITLE}</title></head><body>{top}{paragraphs(STORY)}<p>قبل الزيارة</p>{below}</body></html>")
    assert body(page, 1) == [*STORY, "قبل الزيارة"]


# --- text that a longer one stands below


def test_text_above_a_longer_related_one_is_whole_when_a_line_stands_inside_it(read: Read) -> None:
    longer = [f"{one[:-1]} كما {verb} بحارته القدامى للصغار كل مساء." for verb in ("يروي", "يحكي", "يذكر") for one in STORY]
    inside = "<font>اقرأ أيضاً: افتتاح خط جديد للحافلات</font><br>"
    top = paragraphs(MAIN[:2]) + inside + "<p>وتغلق القاعة أبوابها في أيام العطل الرسمية.</p>"
    top += "<p>وتستعير كل عائلة ثلاثة كتب في الشهر.</p>"
    shares = linked("فيسبوك", "تويتر", "واتساب", "تلغرام", "نسخ الرابط", "بريد", "طباعة")
    page = read(table(f"<h1>{TITLE}</h1>", top, shares, "<b>اقرأ أيضاً</b>", f"<b>{STORY_TITLE}</b><br>{paragraphs(longer)}"))
    assert body(page) == [*MAIN[:2], "وتغلق القاعة أبوابها في أيام العطل الرسمية.", "وتستعير كل عائلة ثلاثة كتب في الشهر."]
