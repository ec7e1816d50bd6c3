"""Sentences that tell what somebody said, asked or decided: news, also when it is about opinions, rights and newspapers."""

_OPENS_A_REPORT = frozenset(
    """
    قال قالت يقول تقول اكد اكدت يوكد توكد شدد شددت نفي نفت نقل نقلت ختم ختمت اختتم اضاف اضافت اوضح اوضحت ذكر ذكرت اشار اشارت
    اعلن اعلنت كشف كشفت راي رات يري تري اعتبر اعتبرت افاد افادت بين بينت حمل حملت طالب طالبت دعا دعت حذر حذرت لفت لفتت تابع
    تابعت صرح صرحت رد ردت جاء جاءت جات يعتقد تعتقد اتهم اتهمت انتقد انتقدت وصف وصفت رفض رفضت نشرت كتب كتبت تساءل تساءلت
    حاولت اعرب اعربت قررت قرر اصدرت اصدر وقع وقعت حسب وفق وفقا
    """.split()
)
_ATTRIBUTES = (" بحسب ", " يقول ", " تقول ", " قال ", " قالت ", " يري ", " تري ", " هكذا ", " قضت ", " قضي ", " حكمت ")


def is_report(key: str) -> bool:
    """`key` is the search key of a sentence."""
    first, _, rest = key.partition(" ")
    if first.removeprefix("و") in _OPENS_A_REPORT and not rest.startswith(("هذا ", "هذه ")):  # `نُقلت هذه المادة`
        return True
    spaced = f" {key} "
    return any(word in spaced for word in _ATTRIBUTES)
