"""Texts of a page as somebody copied it, and how it is put together and looked at."""

from collections.abc import Callable

from almasalla_crawler.items import Line, Page

TITLE = "مكتبة الحي تفتح قاعة للأطفال في سوق الورّاقين"
MAIN = [
    "فتحت مكتبة الحي قاعة للأطفال في سوق الورّاقين، تضم ألفي كتاب ومسرحاً صغيراً للدمى.",
    "وقالت أمينة المكتبة إن القاعة أُثثت من تبرعات التجار، وإن الدخول إليها بلا مقابل.",
    "وتقام فيها كل سبت ورشة للرسم يشرف عليها طلاب معهد الفنون.",
]
STORY_TITLE = "مركب الصيد القديم يصير متحفاً على الرصيف"
STORY = [
    "رسا مركب الصيد القديم على الرصيف بعد ترميم دام عامين، وصار متحفاً لأدوات البحر.",
    "ويستقبل المتحف زواره من العصر إلى الغروب.",
]
HEADLINES = ["افتتاح خط جديد للحافلات في الضاحية", "تراجع أسعار الزيت مع بداية الموسم", "فوز فريق الناشئين بكأس المدينة"]
SOURCE = "المصدر: موقع الضاحية"

Read = Callable[..., Page]


def text(*lines: str) -> str:
    return "\n\n".join(lines)


def body(page: Page, number: int = 0) -> list[str]:
    return page.articles[number].body.split("\n\n")


def line(page: Page, wanted: str) -> Line:
    return next(one for one in page.lines if one.text == wanted)
