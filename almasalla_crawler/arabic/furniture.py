"""How much a line speaks of the page it stands on (its text, its publisher, its reader) instead of the news.

No wording is known as a whole: each word carries a weight, and so do shapes that news has not. What the sum means depends
on where the line stands; a sentence of the news about newspapers and their rights has a high sum too.
"""

import re
from functools import lru_cache

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.arabic.names import opens_with_a_name
from almasalla_crawler.arabic.reports import is_report

_WEIGHTS_BY_WORDS = {
    # of invitations: the reader is asked for something
    2.0: """
        تابعنا تابعونا تابعوا تابعوه تابعوها اشترك اشتركوا حملوا حملو شاركنا شاركونا شاركوا انضم انضموا راسلونا راسلنا تواصلوا
        ابلغنا ابلغونا قناتنا صفحتنا صفحاتنا حسابنا حساباتنا نشرتنا تطبيقنا تطبيقاتنا مجموعتنا بريدنا زورونا نرحب اضغط اضغطوا
        انقر انقروا كليك للاعلان للاشتراك للتواصل اعجبك اعجبكم رايك رايكم اصدقايك اصدقايكم ليصلك ليصلكم تصلك تصلكم بريدك
        مراسلتنا الزاميه يعلق ادعمنا ساعدنا فريقنا خدمتنا اعلاناتكم ارايكم مقترحاتكم ملاحظاتكم استفساراتكم قراونا قراينا قرايه
        زوارنا متابعينا شوهد اشعارات اقرا اقراوا طالعوا
    """,
    # of disclaimers: words that only a text about itself has
    1.5: """
        وارد وارده واردات منقول منقوله العهده بالضروره ملزم ملزمه مسووليه مسيوليه مسووليات كاتبها كاتبه كتابها صاحبها قايلها
        ناشرها اصحابها محفوظه اقتباس اخلاء لسنا موقعنا صحيفتنا وكالتنا منصتنا جريدتنا شبكتنا بوابتنا قناعات ناشر سياستنا
    """,
    # of pages and what is done with them; the news has one or two of them in a sentence
    1.0: """
        نص خبر مقال مقاله مقالات ماده مواد محتوي محتويات منشور منشورات منشوره موضوع راي اراء اري كاتب قايل محرر هييه وحده سوي
        يعبر تعبر يعكس تعكس يلزم تلزم يتحمل تتحمل تتحملها يتحملها يخلي تخلي نخلي حقوق لدينا نقلت مسوول مسووله مسيول مسيوله
        اعلاه ادناه مضمون مضمونه تلقايي اليا يضمن تضمن دقه حرفيا معلومات بيانات تعليق تعليقات تعليقك قراء زوار شارك مشاركه
        متابعه رابط تطبيق تحميل تنزيل متجر اندرويد ايفون جوجل غوغل بلاي تنبيهات بريد الكتروني بريديه نشره مجانا فيسبوك فيس بوك
        تويتر واتساب واتس تلغرام تليجرام تيليجرام انستغرام انستقرام يوتيوب لينكدان بنترست بينتيريست ماسنجر تيك توك اكس نبض
        لديكم لديك يمكنك يمكنكم الينا معنا اليكم خطا تصحيح تصويب تصويبا صحح ابلاغ الابلاغ بلاغ مخالف اقترح صحفي صحفيه صحافي
        صحافيه اعلامي اعلاميه مراسل مراسله باحث باحثه خريج خريجه مدون محرره حقول ابل ستور تحديث عدل كاملا لقراءه ترخيص خريطه
        اتصل قائمه ارشيف اقسام للاعلي اعلي السابق التالي facebook twitter whatsapp telegram youtube instagram google news app
        store play linkedin tiktok snapchat استفسار استفسارات شكاوي شكوي هيات تقييم قيم موافقتك كوكيز ملفات تعريف ارتباط
        اشتراك تسجيل شروط بودكاست مشترك مشتركين منتدي متصفح موبايل جوال اساءه تجريح خصوصيه ذكر شرط يجوز محظور يحظر اعاده
        تنويه تنبيه ملاحظه ايداع تصميم برمجه سجل ساهم ادعم فعل زر الجرس نسخ
        طباعه تعديل تدخل ترجمه مترجم نرجو نتمني وفقنا ترغب ترغبون
    """,
    # words that the news has too
    0.5: """
        موقع صحيفه وكاله منصه بوابه جريده شبكه مجله قناه مصدر مصدره مصدرها مصادر نشر نشرها نشرت ينشر تنشر نقل نقله زاويه وجهه
        وجهات نظر صحه اداره تقرير تحرير قسم عنوان كتاب صاحب اصحاب ورد وردت يرد ترد جهه طرف اطراف اغراض فقط هنا الان حصرا حصري
        مزيد مستجدات اخبار صور متوفر مشار تفاصيل كامل تاسست رييس عضو تواصل مواقع اصلي قراءه القراءه يعني تعني يمثل تمثل تبني
        يتبني موقف سياسه قناعه قناعات مذكور مذكوره اعجب حمل تابع ارسل احصل الكترونيه مستقله شامله لا ليس ليست غير عاجله تلقي تريد
        لك لكم دخول اضافه خدمه رسايل الغاء
    """,
}
_WEIGHTS = {word: weight for weight, words in sorted(_WEIGHTS_BY_WORDS.items()) for word in words.split()}
_OF_SERVICES = frozenset("اشتراك مشترك مشتركين تسجيل شروط خدمه رسايل".split())  # the news tells of those of others
_COUNTED = frozenset(
    "زياره زيارات قراءه قراءات مشاهده مشاهدات مشاهدين تعليق تعليقات مقال مقاله مقالات صفحه دقايق دقيقه اعجاب متابع".split()
)
_PROCLITICS = ("وال", "فال", "بال", "كال", "لل", "ال", "و", "ف", "ل", "ب")
_ENCLITICS = ("ها", "هم", "نا", "كم", "ات", "ه", "ا", "ي")
_ADDRESS = re.compile(r"@\w|https?://|www\.|\b[a-z0-9-]{2,}\.[a-z]{2,10}\b", re.I)
_TELEPHONE = re.compile(r"(?:(?:رقم )?(?:و ?)?(?:ال)?(?:هاتف|فاكس|تلفون|جوال|موبايل|tel|phone|fax)(?: [^\W\d]+)? [\d ]{5,}){1,3}")
_HASHTAG = re.compile(r"#\S+")
_LATIN, _ARABIC = re.compile(r"[A-Za-z]"), re.compile(r"[ء-ي]")
_ENGLISH = re.compile(
    r"\b(?:disclaimer|views|opinions?|articles?|authors?|comments?|published|posts?|newsletters?|subscribe|e-?mail|website|rights"
    r"|copyright|follow|download|cookies|sign up|log in|read more)\b", re.I
)  # fmt: skip
_OF_ITSELF = re.compile(
    r" (?:هذا|هذه|لهذا|لهذه|بهذا|بهذه) (?:ال)?(?:خبر|ماده|محتوي|مقال|مقاله|نص|منشور|موضوع|صفحه|موقع|تقرير) "
    r"| (?:جميع|كافه|كل) ما (?:ي|ت)?نشر\w* "
)
_OPENS_WITH_A_MARKER = re.compile(r"(?:اقر[اوي]|شاهد|طالع) (?:ايضا|المزيد) ")  # of the news, if it is a sentence: a name, a quote
_OF_THE_READER = frozenset("يمكنك يمكنكم لديك لديكم بامكانك بامكانكم".split())
_QUOTED = re.compile(r"[\"«“]")
_NOT_YOURS = ("حاكم", "محاكم", "تراكم")
_SIGN_FIRST = re.compile(r"[\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001faff©®>»\[]")
_PICTURE = re.compile(r"[\u2600-\u27bf\U0001f300-\U0001faff]")
_SENTENCE_END = re.compile(r"[.؟!…۔،؛:][”\"»)\]]*$")
MAX_LABEL_WORDS = 9
FURNITURE_LABEL = 2.0  # a few words without a full stop
FURNITURE_SENTENCE = 3.0
FURNITURE_WITHOUT_SIGN = 5.0  # a sentence in which no word is the page's alone: news of newspapers and rights has those words
_OWN = 1.5  # weight from which on a word is the page's alone


def is_furniture(text: str, key: str, publishers: frozenset[str] = frozenset(), doubt: float = 0.0) -> bool:
    """Does a line that closes a text, or a page, speak of the page? `doubt` raises what is asked for.

    `publishers` are search keys of the names of whoever publishes here.
    """
    is_short = is_label(text.rstrip("؟?!"), key)  # a short question asks the reader
    if "#" in text and not is_short:
        key = search_key(_HASHTAG.sub("", text))  # what a campaign asks its followers is news
    words = key.split()
    if not words or (not is_short and (is_report(key) or _OPENS_WITH_A_MARKER.match(key))):
        return False
    weights = {stem: _WEIGHTS[stem] for stem in map(_stem, words) if stem}
    signs: float = sum(f" {name} " in f" {key} " for name in publishers if name)
    signs += 2.0 * bool(_ADDRESS.search(text)) + 1.5 * bool(_SIGN_FIRST.match(text) or _PICTURE.search(text))
    is_labelled = text.find(":") == len(text.split(maxsplit=1)[0]) - 1
    signs += 2.0 * bool(_TELEPHONE.fullmatch(key))
    signs += 1.0 * (is_labelled and _WEIGHTS.get(_stem(words[0]), 0) >= 1.0)  # `تصحيح: ...`
    if _LATIN.search(text) and _is_latin(text) and (is_short or _ENGLISH.search(text)):
        signs += FURNITURE_SENTENCE  # in another script than the text above; a sentence may be somebody's words
    signs += 1.0 * bool(_OF_ITSELF.search(f" {key} ")) + 1.0 * any(_is_yours(word) or _is_ours(word) for word in words)
    if max(weights.values(), default=0) > _OWN:
        doubt /= 2  # invitations are worded as no headline is
    if is_short:
        is_count = (
            len(words) <= 5 and any(map(str.isdigit, key)) and not _COUNTED.isdisjoint(word.removeprefix("ال") for word in words)
        )
        return sum(weights.values()) + signs + 0.5 + 0.5 * (len(words) < 3) + 2.5 * is_count >= FURNITURE_LABEL + doubt
    signs += 1.0 * opens_with_a_name(key)
    is_own = bool(signs) or max(weights.values(), default=0) >= _OWN
    needed = FURNITURE_SENTENCE if is_own else FURNITURE_WITHOUT_SIGN + 0.5 * len(_OF_SERVICES & weights.keys())
    return sum(weights.values()) + signs - 0.1 * max(0, len(words) - 20) >= needed + doubt


def speaks_to_the_reader(text: str, key: str) -> bool:
    """Is somebody asked for something, or told of what is the publisher's, in words that nobody said? No news does that."""
    words = key.split()
    is_one = any(_WEIGHTS.get(word) == 2.0 or word in _OF_THE_READER or _is_yours(word) or _is_ours(word) for word in words)
    return is_one and _QUOTED.search(text) is None


def _is_latin(text: str) -> bool:
    return len(_LATIN.findall(text)) > 3 * len(_ARABIC.findall(text))


def is_label(text: str, key: str) -> bool:
    """A few words that are no sentence."""
    words = key.count(" ") + 1
    goes_on = words > 4 and key.startswith("و")  # a sentence that goes on without a full stop
    return words <= MAX_LABEL_WORDS and not goes_on and not _SENTENCE_END.search(text.rstrip())


def _is_yours(word: str) -> bool:
    """Does it end with `your`, of several people, or is it a thing of pages that is yours alone: `دخولك`?"""
    if word.endswith("كم"):
        return len(word) > 5 and not word.endswith(_NOT_YOURS)
    return word.endswith("ك") and len(word) > 4 and word not in _WEIGHTS and word[:-1].removeprefix("ل") in _WEIGHTS


def _is_ours(word: str) -> bool:
    """Is it `our` news, page, site: the publisher's?"""
    return word.endswith("نا") and len(word) > 5 and word not in _WEIGHTS and bool(_stem(word[:-2]))


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    """The word of the table that a word is, in whatever form; "" if the table has none."""
    return next((form for form in _forms(word) if form in _WEIGHTS), "")


def _forms(word: str) -> list[str]:
    cut = [word, *(word[len(one) :] for one in _PROCLITICS if word.startswith(one) and len(word) - len(one) >= 3)]
    return cut + [form[: -len(one)] for form in cut for one in _ENCLITICS if form.endswith(one) and len(form) - len(one) >= 4]
