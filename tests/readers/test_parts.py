"""Articles on several pages: what a further page adds."""

import pytest

from almasalla_crawler.items import Page
from almasalla_crawler.pipelines.read import read

TEXT = [
    "فتح نادي الشطرنج فرعاً للصغار في حي الميناء، يستقبل اللاعبين من سن السادسة بعد ظهر كل خميس.",
    "وقالت المدربة سمر الخطيب إن الفرع جهز عشرين رقعة تبرع بها لاعبون قدامى من أهل المدينة.",
]
LAST = "وتنتهي الدورة ببطولة صغيرة يحضرها الأهالي."


def part(*paragraphs: str) -> bytes:
    text = "".join(f"<p>{one}</p>" for one in paragraphs)
    shown = f"<h1>نادي الشطرنج يفتح فرعاً للصغار</h1><div class='text'>{text}</div><span>دقيقة للقراءة</span>"
    return f"<html><body><main>{shown}</main></body></html>".encode()


def test_a_last_part_of_one_short_sentence_is_text() -> None:
    page = Page("https://harbour.example/chess", "html", body=part(*TEXT), further_bodies=[part(LAST)])
    read(page)
    assert [line.text for line in page.lines if line.zone == "content"] == [*TEXT, LAST]


@pytest.mark.parametrize(
    "line",
    ["لا توجد صفحة أخرى.", "سوق الكتب يعود إلى الميناء", "وتيرة الأمطار ترتفع", "تابعونا على صفحتنا.", "تصوير: سامي الحلبي"],
)
def test_what_else_stands_in_a_last_part_with_little_text_is_not_taken_for_text(line: str) -> None:
    page = Page("https://harbour.example/chess", "html", body=part(*TEXT), further_bodies=[part(line)])
    read(page)
    assert [one.text for one in page.lines if one.zone == "content"] == TEXT
