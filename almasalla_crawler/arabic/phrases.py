"""What a line says it is by its own words: markers, labels, credits, disclaimers, author boxes.

Everything here looks at search keys (`letters.search_key`), so one entry covers every spelling with or without hamza,
harakat, tatweel and punctuation. A pattern must match the whole line or the whole label before a colon: a marker word
inside a sentence is no marker. Unseen wordings are met by grammar (a verb of reading + filler words) instead of a list.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from almasalla_crawler.arabic.letters import search_key, search_keys
from almasalla_crawler.arabic.names import opens_with_a_name
from almasalla_crawler.arabic.places import is_place
from almasalla_crawler.arabic.reports import is_report

_ALSO = r"(?: (?:بالفيديو|بالصور|ايضا|كذلك|المزيد|مزيد|معنا|هنا|الان|عن|علي|في|من|هذا|هذه|الخبر|الاخبار|التالي|التاليه|التقرير|الموضوع|المقال|التفاصيل|القصه|كاملا|كامله|حول|ما|كل|جديد|المقالات|مقالات|مواضيع|اخري|قراءه|مشاهده|متابعه|موقعنا|الموقع|كمان|لك|قبل|ان|تغادر|تذهب|نفسه|ذاته|السياق|الصله|ذات|صله|لاحقا|بعد|ذلك|ملف|متصل|الملف|خبر|سياق|اطار|موضوع))*"
_READ = r"(?:اقر[اوي]|اقراوا|اقرووا|اقروا|طالع|طالعوا|شاهد|شاهدوا|تابع|تابعوا|انظر|انظروا|تصفح|تصفحوا|اطلع|اطلعوا|راجع|راجعوا|استكشف|اكتشف)"
_NEWS = r"(?:ال)?(?:مقال(?:ات)?|مواضيع|موضوعات?|اخبار|خبر|مواد|ماده|تقارير|تقرير|قصص|قصه|منشور(?:ات)?|عناوين|عنوان|محتوي|انباء|نبا|تدوين(?:ه|ات)|مشاركات|روابط|متابعات|تغطيات|قراءات|ملفات)(?:نا)?"
_ALIKE = (
    r"(?:ال)?(?:مشابهه?|متشابهه|شبيهه|متعلقه?|مرتبطه?|متصله?|مماثله|اخري|سابقه|مقترحه|مختاره|منتقاه|قريبه|منوعه|متنوعه"
    r"|رايجه|شايعه|مميزه|هامه|مهمه|ذات (?:ال)?(?:صله|علاقه|ارتباط)|دات صله|ذو صله|لها (?:صله|علاقه)|له (?:صله|علاقه)"
    r"|(?:قد|ربما) (?:تعنيك|يعنيك|تعنيكم|يعنيكم|تهمك|يهمك|تهمكم|يهمكم|تعجبك|يعجبك|تعجبكم|تفيدك|تود قراءتها)|تهمك|يهمك|ننصح بها|ننصحك بها"
    r"|من (?:نفس |ذات )?(?:القسم|الفيه|التصنيف|الارشيف)(?: نفسه| نفسها| ذاته)?|(?:في|من) (?:نفس |ذات )?(?:السياق|الموضوع)(?: نفسه| ذاته)?"
    r"|عن (?:نفس )?الموضوع(?: نفسه| ذاته)?|للكاتب|لك|ايضا)"
)
_LABELLED_SOURCE = (
    r"(?:ال)?(?:مصدر|منبع|مرجع|ناشر)(?: و?(?:ال)?(?:خبر|ماده|نص|مقال|تقرير|اصلي|اول|معلومات|صور|صوره|رييسي)){0,3}"
    r"|نقلا عن|منقول(?:ه)? (?:عن|من)|اصل (?:الخبر|النص|الماده)|نشر اولا? (?:في|علي)|الخبر (?:من|عن)|جهه النشر|موقع النشر|عن موقع|عن صحيفه|رابط المصدر|source"
)
_PATTERNS: list[tuple[str, str, str]] = [
    # role, rule, pattern of the whole key
    ("marker", "read_also", rf"و?(?:{_READ}{_ALSO[:-1]}+|(?:اطلع علي|(?:لا|ولا) (?:تفوت|تفوتك|تفوتكم|تفوتوا|يفوتك|يفوتكم)|(?:قد|ربما) فاتك|للمزيد|لمزيد|ولمزيد|للاستزاده|و?ل?ل?(?:قراءه|اطلاع|مطالعه|متابعه|مشاهده|تصفح)(?: علي)? (?:ال)?مزيد){_ALSO})"),
    ("marker", "read_also", r"read (?:also|more|next)|also read|see also|continue reading|للتفاصيل|(?:خبر|موضوع|تقرير|مقال|ماده|قصه) (?:متعلقه?|متصله?|مرتبطه?|سابقه?|مشابهه?|ذو صله|ذي صله|ذات صله)"),
    ("marker", "similar", rf"(?:(?:و|ف)?(?:في|من) )?{_NEWS}(?: {_NEWS})?(?: {_ALIKE}){{1,2}}"),
    ("marker", "similar", rf"و?(?:قد|ربما|مما|ما) (?:قد |ربما )?[يت]\w{{2,6}}(?:ك|كم){_ALSO}"),
    ("marker", "similar", rf"اخترنا (?:لك|لكم)(?: ايضا)?|اختيارات المحرر|المحرر يختار|(?:نرشح|رشحنا|نقترح|اقترحنا|ترشيحات|مرشح|مقترح|انتقينا) لكم?{_ALSO}|(?:يقرا|يقراون|الاكثر تفاعلا|يتصدر) (?:ال)?(?:ان|اليوم)|ننصح(?:ك|كم)? (?:بقراءه|بالاطلاع علي){_ALSO}"),
    ("marker", "similar", r"(?:و)?(?:في|من) (?:نفس |ذات )?(?:السياق|الموضوع|الملف|القسم|التصنيف|الفيه)(?: نفسه| نفسها| ذاته)?|ذات (?:ال)?صله|لها صله|من (?:ال|ذاكره ال)?ارشيف(?:نا)?"),
    ("marker", "similar", r"(?:و?في )?(?:ال)?ملف (?:ذي|ذو|ذات|له) (?:ال)?(?:صله|علاقه)|(?:قد |ربما )?تود قراءته?ا?|من (?:اخبار|مقالات|مواضيع) (?:ال)?(?:قسم|موقع|كاتب|يوم)|جديد (?:ال)?(?:موقع|قسم)|(?:و?ال|و)?مزيد (?:في|من|عن) هذا (?:ال)?(?:قسم|ملف|موضوع)|و?في (?:خبر|سياق|موضوع|ملف) (?:اخر|متصل|ذي صله)|(?:ال)?(?:قصص|اخبار|مواضيع|مقالات) (?:قد )?(?:تثير|اثارت) (?:اهتمامك|اهتمامكم)"),
    ("marker", "similar", r"(?:ال)?اكثر (?:قراءه|مشاهده|تداولا|شعبيه|تعليقا|رواجا)(?: .{1,20})?|الاعلي قراءه"),
    ("marker", "similar", rf"(?:ا?خر|احدث|اهم|ابرز|جديد|المزيد من|مزيد من|باقي|بقيه) (?:ال|من ال)?(?:اخبار|انباء|مقالات|مواضيع|موضوعات|عناوين|مستجدات|تقارير|قصص)(?: {_ALIKE})?"),
    ("marker", "similar", r"(?:related|similar|more|latest|recommended|popular) (?:articles?|posts?|news|stories|topics|reading)|you (?:may|might) also like|(?:more|related) from .{1,30}|related"),
    ("author_box", "about_author", r"about (?:the )?(?:post )?author(?: .{1,60})?|see (?:all )?(?:author s|authors|the author s) posts|view all posts(?: by .{1,40})?|more by .{1,40}|posts by .{1,40}"),
    ("author_box", "about_author", r"(?:نبذه )?(?:عن|حول) (?:الكاتب|المولف|المحرر|الكاتبه|المحرره|كاتب المقال|ناشر الخبر)(?: .{1,60})?|(?:عرض|شاهد|مشاهده|تصفح|اقرا|قراه|كل|جميع|المزيد من)(?: كل| جميع| المزيد من)? ?(?:ال)?(?:مقالات|منشورات|مواضيع|اخبار|مشاركات) (?:ال)?(?:كاتب|مولف|محرر|كاتبه|محرره)(?: .{1,40})?|(?:عرض|شاهد|مشاهده|تصفح|استعرض) (?:كل|جميع) (?:ال)?(?:مقالات|منشورات|مواضيع|تدوينات|مشاركات)(?: .{1,40})?|المزيد للكاتب|السيره الذاتيه للكاتب"),
    ("navigation", "page_furniture", r"(?:زر )?(?:الذهاب|العوده|الرجوع|انتقل|صعود) الي (?:ال)?(?:اعلي|الاعلي|المحتوي|الرييسيه)|اظهر المزيد|عرض المزيد|تحميل المزيد|اترك تعليقا?(?: .{1,40})?|اضف تعليق(?:ا|ك)?|تم التحميل في .{1,30}|(?:ال)?تعليقات(?: \d+)?|لا (?:توجد|يوجد) تعليقات?|شارك(?:نا)? (?:ب)?رايك|استطلاع (?:ال)?راي"),
    ("navigation", "page_furniture", r"(?:شارك|مشاركه|انشر|شاركها|شاركنا)(?: (?:علي|عبر|الخبر|المقال|هذا|الموضوع|مع|اصدقايك|المقاله|هذه|ال.{2,12}|فيس ?بوك|تويتر|واتساب|واتس ?اب|تلغرام|تيليجرام|x|facebook|twitter|whatsapp|telegram|email|linkedin|لينكدان|نسخ)){0,5}"),
    ("navigation", "page_furniture", r"(?:فيس ?بوك|تويتر|واتساب|واتس ?اب|تلغرام|تيليجرام|لينكدان|بنترست|facebook|twitter|whatsapp|telegram|linkedin|pinterest|email|x|copy link|share|print|طباعه|نسخ الرابط|تم نسخ الرابط)(?: (?:فيس ?بوك|تويتر|واتساب|تلغرام|facebook|twitter|whatsapp|telegram|linkedin|email|print|طباعه|x))*"),
    ("navigation", "page_furniture", r"(?:the post (?:.{1,200} )?)?(?:appeared first|first appeared) on .{1,60}|skip to content|previous post.{0,100}|next post.{0,100}|المقال (?:السابق|التالي)|التالي|السابق|الرييسيه|تابعونا(?: علي .{1,40})?|تابعنا(?: علي .{1,40})?|اشترك(?: .{1,40})?|حجم الخط|استمع(?: .{1,30})?|(?:وقت|مده|زمن) القراءه.{0,30}|\d+ (?:دقيقه|دقايق) قراءه|عدد (?:القراءات|المشاهدات|الزيارات).{0,20}|(?:\d+ )?(?:مشاهده|مشاهدات|قراءه|views)(?: \d+)?|المشاهدات \d+"),
    ("navigation", "time_of_update", r"(?:(?:اخر|تم) )?(?:ال)?تحديث(?: في)?(?: عند)?(?: الساعه)? \d{1,2}(?: \d{2}){1,2}(?: (?:ص|م|صباحا|ظهرا|مسا|ليلا))?"),
    ("disclaimer", "copyright", r"(?:\d{4} )?(?:.{2,30} )?(?:جميع |كافه |كل )?(?:ال)?حقوق (?:النشر |الطبع )?محفوظه(?: (?:ل|لدي|لصالح|الي)\S*.{0,40}|(?: \S+){0,4})|copyright.{0,80}|all rights reserved.{0,60}|\d{4} .{0,40}all rights reserved"),
    ("navigation", "page_furniture", r"(?:(?:ال)?صفحه|page) \d+ (?:من|of) \d+|(?:كود|رقم|رمز) (?:ال)?(?:خبر|مقال|موضوع)(?: \d+)?|(?:\d+ )?(?:تعليق|تعليقات|تعليقا|اعجاب|مشاركه|مشاركات)(?: \d+)?|اعجبني(?: \d+)?|(?:ال)?تعليقات مغلقه|اترك تعليقك?|طباعه(?: ارسال الي صديق)?|a a"),
    ("caption", "picture_credit", r"(?:ال)?صوره (?:من (?:ال)?ارشيف|ارشيفيه|تعبيريه|توضيحيه)(?: .{2,20})?"),
    ("navigation", "page_furniture", r"حمل(?:وا)? (?:ال)?تطبيق.{0,40}|(?:ال)?(?:عوده|رجوع|ذهاب) الي (?:ال)?(?:اعلي|بدايه|راس)(?: الصفحه)?|تصميم(?: و ?(?:برمجه|تطوير))? .{2,40}|powered by .{1,40}"),
    ("navigation", "page_furniture", r"(?:من نحن|اتصل بنا|سياسه الخصوصيه|عن الموقع|شروط الاستخدام|هييه التحرير|privacy policy|contact us|about us|terms of use)(?: (?:من نحن|اتصل بنا|سياسه الخصوصيه|عن الموقع|شروط الاستخدام|هييه التحرير))*"),
    ("credit", "end_mark", r"(?:انتهي|انتهت) (?:[^\W\d]{2,12} ){2}[^\W\d]|(?:انتهي|انتهت|(?:ال)?نهايه(?: (?:ال)?(?:خبر|تقرير))?)(?: (?:[^\W\d]|\d{1,3})){0,5}"),
    ("credit", "initials", r"[^\W\d](?: [^\W\d]){1,5}"),
    ("advert", "advert_label", r"اعلان(?:ات)?|اعلان ممول|(?:محتوي |ماده |مقال )?(?:ممول|مدعوم|دعايي|اعلاني)ه?|برعايه|اعلن (?:هنا|معنا)|(?:مساحه|ماده|فقره|رعايه|فاصل)(?: (?:مخصصه|محجوزه|متاحه))? (?:ل|لل)?اعلان(?:ي|يه|ات)?|(?:تابع|واصل|استمر في) (?:ال)?قراءه بعد (?:ال)?اعلان|(?:يستمر|يتبع) (?:ال)?(?:نص|خبر) بعد (?:ال)?اعلان|advertisement(?: scroll to continue)?|sponsored(?: content)?"),
    ("author_box", "about_author", r"(?:من (?:هو|هي)|تعرف (?:علي|الي)|لمحه عن|سيره|ترجمه|بطاقه) (?:ال)?(?:كاتبه?|مولفه?|محرره?|صحفيه?|صحافيه?|مراسله?)|(?:(?:ال)?مزيد|باقي|بقيه|كل|جميع|كافه) (?:من )?(?:مقالات|منشورات|كتابات)(?: [^\W\d]+){1,4}"),
    ("navigation", "page_furniture", r"(?:الغاء )?(?:ال)?رد|(?:ال)?اسم|(?:عنوان )?(?:ال)?بريد(?:ك)? (?:ال)?الكتروني|(?:ال)?موقع (?:ال)?الكتروني|leave a (?:reply|comment)|your email address will not be published.{0,60}|cancel reply|post comment"),
    ("navigation", "page_furniture", r"لا (?:توجد|يوجد) تعليقات? (?:حتي الان|بعد)|\d+ min(?:utes?)? read|(?:يعمل|مدعوم) (?:بواسطه|من) ووردبريس"),
    ("navigation", "page_furniture", r"(?:النقر|انقر|اضغط) ل\w{4,7} .{1,60}فتح في نافذه جديده|click to .{1,60} opens in new window"),
]  # fmt: skip
# One alternation with a numbered group for each pattern: one call into the matcher for a line instead of fifteen.
_WHOLE_LINE = re.compile("|".join(f"(?P<p{n}>{pattern})" for n, (_, _, pattern) in enumerate(_PATTERNS)).replace("ء", ""))
_SOURCE_LABEL = re.compile(_LABELLED_SOURCE)
_KEYWORDS_LABEL = re.compile(
    r"(?:ال)?(?:كلمات|الكلمه) (?:ال)?(?:دلاليه|داله|مفتاحيه|الدالة|المفتاح)|(?:ال)?(?:وسوم|اوسمه|وسم|تاجات|هاشتا[غج](?:ات)?|تاغ(?:ات)?|سمات|دلالات)(?: (?:الخبر|المقال))?|(?:post )?tags?|tagged|keywords|(?:مواضيع|موضوعات|اقسام|علامات|تصنيفات)(?: (?:ال)?(?:خبر|مقال|موضوع))?"
)
_MADE = r"(?:ال)?(?:تغطيه|اعداد|تحرير|كتابه|ترجمه|تقرير|تصوير|متابعه|مراجعه|صياغه|حوار)"
_BYLINE_LABEL = re.compile(
    rf"(?:{_MADE}(?: و ?{_MADE})+|(?:اعده|اعدها|حرره|حررها|كتبه|كتبها) للنشر|(?:نقله|نقلها|ترجمه|ترجمها)(?: الي العربيه)?|(?:شارك|شاركت|ساهم|اسهم) في (?:ال)?(?:تغطيه|تقرير|اعداد)(?: .{2, 15})?|رصد و ?تحرير|تغطيه|حاوره|حاورها|اجري الحوار|(?:ال)?(?:مسوول|مسيول|محرر) (?:عن )?(?:ال)?(?:نشر|نشره|تنفيذي)|كتب لـ?\w+(?: \w+)?|(?:مراسل|مراسله|موفد|محرر)(?: \w+){{0,3}}|كتب|كتبت|كتبه|كتبها|بقلم|تقرير|تحرير|اعداد|اعد التقرير|حوار|ترجمه|تصوير|الكاتب|الكاتبه|المحرر|بواسطه|مراسلنا|اعدته|اعده|written by|by|author)"
)
# Of headlines and outlets too, `نويسنده: رواية`, `حاورته: القناة الثانية`: only before the name of somebody.
_OF_PEOPLE = frozenset({"حاورته", "حاورتها", "كتب بواسطه", "كتبت بواسطه", "نويسنده"})
# `تقرير: انخفاض أسعار النفط` is a headline, `تقرير: هدى كاظم` a byline, `متابعة: وكالة الرافدين` a credit.
_OPENS_HEADLINES_TOO = frozenset({"تقرير", "حوار", "متابعه", "متابعات", "خاص", "رصد", "وكالات", "صحف", "مواقع", "تقارير"})
_PICTURES = frozenset({"صوره", "الصوره", "الصور", "صور", "عدسه", "كاميرا"})
_CORRESPONDENTS = ("مراسل", "موفد")
_OUTLETS = ("وكاله ", "صحيفه ", "جريده ", "موقع ", "قناه ", "شبكه ", "مجله ", "منصه ", "اذاعه ", "فريق ", "قسم ", "مركز ")
# The imperative with `too` opens no sentence of the news.
_READ_ALSO_HEADLINE = re.compile(r"(?:[إا]قر[أاؤئ]|طالع|شاهد|تابع|انظر)(?:وا|ي)?\s+[أا]يض[اًـ]{1,3}\s+(?=\S+\s+\S+\s+\S)")
_POINTERS = frozenset("ايضا كذلك اقرا اقراوا اقروا طالع طالعوا".split())  # in a label, they point to another text
_TO_READ = re.compile(_READ)
# Of the publisher's other texts. `مقالنا`, `كما كتبنا` and the like head a text of its own opinion.
_OF_OURS = re.compile(
    r"و?(?:كنا |مما |قد ){0,2}(?:سبق )?(?:و?ان |و)?(?:قد )?نشرنا(?: سابقا)?|و?من (?:ارشيف|اخبار|مقالات|تقارير|ملفات|تغطيات)نا"
)
_SOURCE_WITHOUT_COLON = re.compile(
    r"(?:(?:نقلا[ًّ]?|نقلاً|منقولة?) (?:عن|من)|(?:مصدر|رابط) (?:الخبر|المادة|المقال|التقرير)(?: الأصلي)?(?: على)?|نُ?شر أولا[ًّ]? (?:في|على))"
    r" ([^\d.،:!؟]{3,40})"
)
_FROM_THE_ARCHIVE = re.compile(r"\((?:صورة )?[أا]رشيف(?:ية)?\)")
_KEYWORDS_IN_A_ROW = re.compile(r"(?:ال)?كلمات (?:ال)?(?:دلاليه|داله|مفتاحيه) ")
_BYLINE_DASH = re.compile(r"(?:كتب|كتبت|بقلم|تقرير|إعداد)\s?[-–ـ]\s?([^\d.،:!؟]{4,40}?)\s?:?")
_BYLINE_WITHOUT_MARK = re.compile(r"(?:(?:كتب|كتبت)\s+([^\d.،:!؟]{4,40}?)\s?:|[Bb]y\s+([^\d.،:!؟]{4,40}))")
_NAME_AND_PLACE = re.compile(r"([^\d.،:!؟()]{4,40}?)(?:\s?\(([^\d()]{2,20})\)|\s[-–—ـ|]\s([^\d()]{2,20}))")
_STEMS_OF_CREDITS = ("متابع", "وكال", "خاص", "رصد", "مواقع", "صحف", "تقارير", "بتصرف", "مراسل", "محليات")
_CREDIT_WORDS = frozenset("متابعه متابعات خاصه وكالات وكاله خاص رصد مواقع صحف تقارير وكالتنا بتصرف مراسلون محليات".split())
# A disclaimer speaks of the text in front of the reader and of who publishes it: it denies an opinion or responsibility,
# or rules on reprinting. `_DENIAL` looks at the dedup key, because `لا يعبر` is often written `لايعبر`; the rest at words.
_DENIAL = re.compile(
    r"(?:لا|لم|ليس|دونان|ولا|قدلا)(?:ي|ت)?(?:عبر|مثل|عكس|تحمل|تتبني|لزم|ضمن|توافق)\w{0,40}(?:راي|اراء?|نظر|موقف|سياس|توجه|مسووليه|مسيوليه|تبعات|صحه|دقه|محتوي|مضمون)"
    r"|(?:تعبر|يعبر|تمثل|يمثل)(?:فقط|الا)?عن(?:راي|ارا|وجه)\w{0,12}(?:كات|صاحب|اصحاب|ناشر|مولف|كتاب)|غير(?:مسوول|مسيول)عن|(?:ليس|ليست)(?:مسوول|مسيول)"
    r"|(?:يتحمل|تتحمل|تقععلي|يقععلي)\w{0,30}(?:كات|ناشر|مصدر|صاحب|جهه|قايل|محرر)\w{0,20}|هو(?:وحده)?(?:المسوول|المسيول)عن|دونادني(?:مسيوليه|مسووليه)|اخلاء?(?:ال)?(?:مسيوليه|مسووليه)"
    r"|(?:جميع|كافه|كل)?(?:ال)?حقوق\w{0,25}محفوظه|(?:لا|ولا)علاقه(?:ل|لل)\w{1,25}ب(?:ها|ه|محتوا)|ارا\w{0,12}لا(?:ت|ي)لزم|(?:تخص|يخص)(?:قايل|اصحاب|كات|صاحب|ناشر)"
)
_REPRINT = re.compile(
    r" (?:و|ف)?(?:(?:ال)?حقوق (?:النشر|الملكيه|الطبع)|(?:يمنع|يحظر|لا يجوز|لا يسمح|يسمح|لايجوز)(?: \w+){0,3} (?:ب?اعاده|نشر|نقل|نسخ|ب?ال?اقتباس|استخدام)|اعاده نشر"
    r"|منقوله?|كما ورد(?:ت|نا)?|كما جاء?(?:ت|نا)?|نشر(?:ت)? اليا|جمعه? اليا|نقله? اليا|تجميعه اليا|لم (?:ي|ت)خضع|بشكل الي|تلقاييا|(?:دون|لم) (?:ت|ي)?تدخل|لم (?:ي|ت)(?:حرر|عدل|راجع)"
    r"|(?:تخلي|يخلي|نخلي|اخلي|تخلي)(?: \w+){0,4} (?:مسيوليت|مسووليت)\w+|مسووليه (?:كاتب|ناشر|مصدر|صاحب|الجهه)\w*|(?:لا|ولا) (?:يعني|تعني)|نشر هذا|نشرت هذه"
    r"|(?:ب|ال)?حياديه|نقل الاخبار|(?:لديكم|لديك) (?:اي )?اعتراض|للاعتراض|يرجي (?:مراسلت|التواصل|ابلاغ)\w*|من دون اذن|دون اذن|بشرط ذكر|شرط ذكر|مع ذكر المصدر|الاشاره الي المصدر) "
)
# The text in front of the reader, not one the news speaks of.
_SPEAKS_OF_ITSELF = re.compile(
    r" (?:و|ف|ب|ل)?(?:(?:هذا|هذه) (?:ال)?(?:خبر|ماده|محتوي|مقال|مقاله|نص|منشور|موضوع|ترجمه)|(?:ال)?مواد (?:ال)?(?:منقوله|منشوره|وارده)|(?:ال)?(?:مقالات|اراء?|تعليقات) (?:ال)?(?:منشوره|وارده)|موقعنا|صحيفتنا|منصتنا|تاييدنا|مسووليتنا|مسيوليتنا|راينا|اعلاه|ادناه) "
)
_DISCLAIMER_WHAT = re.compile(
    r" (?:و|ف|ب|ل|ك)?(?:ال)?(?:نص|مقالات|مقال|مقاله|اراء?|راي|وجهات? نظر|وجهه نظر|محتوي|محتويات|مضمون|ماده|مواد|منشور|منشوره|خبر|اخبار|تعليقات|معلومات|صحه|دقه|حقوق|تقرير)(?:ها|ه|هم|نا)? "
)
_DISCLAIMER_WHO = re.compile(
    r" (?:و|ف|ب|ل|ك|لل)?(?:ال)?(?:موقع|موقعنا|صحيفه|صحيفتنا|وكاله|وكالتنا|منصه|منصتنا|بوابه|اداره|هييه (?:ال)?تحرير|اسره التحرير|ناشر|كاتب|كاتبها|كاتبه|كتابها|اصحابها|صاحبها|صاحبه|جريده|شبكه|مجله|قناه|مصدر|مصدره|وكالات|جهه|محرر|تحرير|سياسه التحرير)(?:ها|ه|هم)? "
)
# Every disclaimer that the patterns know has one of these; looking for them is quicker than four searches a line.
_STEMS_OF_DISCLAIMERS = ("عبر", "مثل", "عكس", "تحمل", "مسوول", "مسيول", "مسووليه", "حقوق", "اعاده", "منقول", "كما ", "اليا", "تلقاي",
                         "تدخل", "تخلي", "يخلي", "نخلي", "يعني", "تعني", "حيادي", "اعتراض", "اذن", "شرط", "ذكر المصدر", "نشر", "نقل", "علاقه", "تخص", "يخص", "يخضع", "تخضع",
                         "يرجي", "يمنع", "يحظر", "يجوز", "يسمح", "الي المصدر", "يضمن", "تضمن", "يلزم", "يوافق", "ادني", "تبني", "توافق")  # fmt: skip
_DISCLAIMER_LABEL = re.compile(
    r"(?:تنويه|تنبيه|ملاحظه|اخلاء مسووليه|اخلاء مسيوليه|اخلاء المسووليه|disclaimer|حقوق النشر|توضيح من اداره)\b"
)
_SEPARATOR = re.compile(r"\s?[:：|]\s?|\s[-–—ـ]\s?|\.{2,}|…|\s?/\s?|»")
_RENDER_TIME = re.compile(r"\d{4}-\d\d-\d\d@\d\d:\d\d(?::\d\d)?(?: (?:GMT|UTC))?")
_OUTLET_LABEL = re.compile(r"(?:outlet|site|الموقع|المنصه|الجهه الناشره)")
_OPENS_A_QUOTE = ("«", '"', "“", "”", "„")
_SENTENCE_END = (".", "؟", "!", "…", "”.", "».")


@dataclass(frozen=True, slots=True)
class Saying:
    """What a line says it is. `value` is what a label carries, "" for a bare marker."""

    role: str
    rule: str
    value: str = ""


KNOWN_LINES = 4096  # short lines that are remembered: the pages of a site share its menus and labels


def read_saying(text: str, key: str) -> Saying | None:
    """What a line says it is by its own words; None for ordinary text. `key` is the search key of `text`."""
    if not key:
        return Saying("separator", "no_words")
    if len(text) <= 240 and _SEPARATOR.search(text, 0, 40) and (labelled := _labelled(text)):
        return labelled
    words = key.count(" ") + 1
    if words <= 14 and len(text) <= 400 and (saying := _whole_line(text, key, words)):
        return saying
    if words <= 2 and _FROM_THE_ARCHIVE.fullmatch(text):
        return Saying("caption", "picture_credit")
    if words <= 20 and not text.endswith(_SENTENCE_END) and (match := _READ_ALSO_HEADLINE.match(text)):
        return Saying("marker", "read_also", text[match.end() :])
    return None


@lru_cache(maxsize=KNOWN_LINES)
def _whole_line(text: str, key: str, words: int) -> Saying | None:
    """What a short line says as a whole."""
    if match := _WHOLE_LINE.fullmatch(key):
        role, rule, _ = _PATTERNS[int((match.lastgroup or "p0")[1:])]
        return Saying(role, rule)
    if words <= 3 and _KEYWORDS_LABEL.fullmatch(key):
        return Saying("keywords", "keywords_label")
    if words <= 12 and not text.endswith(_SENTENCE_END) and _KEYWORDS_IN_A_ROW.match(key):
        return Saying("keywords", "keywords_label", text)
    if words <= 6 and (named := _SOURCE_WITHOUT_COLON.fullmatch(text)):
        return Saying("source", "source_label", named[1])
    if words <= 2 and key in ("مصدر الخبر", "المصدر", "مصدر المقال"):
        return Saying("source", "source_label")
    if words <= 6 and (byline := _BYLINE_WITHOUT_MARK.fullmatch(text)):
        return Saying("byline", "byline_label", (byline[1] or byline[2]).strip())
    if (
        words <= 5
        and opens_with_a_name(key)
        and (named := _NAME_AND_PLACE.fullmatch(text))
        and is_place(search_key(named[2] or named[3]))
    ):
        return Saying("byline", "name_and_place", named[1])
    if byline := _BYLINE_DASH.fullmatch(text):
        return Saying("byline", "byline_label", byline[1].strip())
    by, _, name = key.partition(" ")
    is_signed = by in ("بقلم", "بواسطه") or (by in ("كتب", "كتبت") and 3 <= words <= 4 and opens_with_a_name(name))
    if is_signed and 1 < words <= 5 and not text.endswith(_SENTENCE_END):
        return Saying("byline", "byline_label", text.partition(" ")[2])
    if _RENDER_TIME.search(text):
        return Saying("navigation", "render_time")
    if words <= 8 and any(stem in key for stem in _STEMS_OF_CREDITS) and is_credit(text):
        return Saying("credit", "credit_line")
    return None


def disclaimer_score(key: str, publishers: frozenset[str] = frozenset()) -> int:
    """How sure it is that a line is a disclaimer: 0 no, 1 it may be, 2 where a text ends, 3 by itself.

    `publishers` are search keys of names; a line that speaks of publishing and names its own publisher is suspect.
    """
    if len(key) > 700 or is_report(key) or not any(stem in key for stem in _STEMS_OF_DISCLAIMERS):
        return 0
    spaced = f" {key} "
    about_text, by_whom = bool(_DISCLAIMER_WHAT.search(spaced)), bool(_DISCLAIMER_WHO.search(spaced))
    if _DENIAL.search(key.replace(" ", "")):
        return 3 if _DISCLAIMER_LABEL.match(key) else 1 + about_text + by_whom
    rules = {match[0] for match in _REPRINT.finditer(spaced)}
    if not rules:
        return 0
    if _DISCLAIMER_LABEL.match(key) and (about_text or by_whom):
        return 3
    speaks_of_itself = bool(_SPEAKS_OF_ITSELF.search(spaced))
    names_publisher = any(f"{name} " in spaced for name in publishers if name)
    if speaks_of_itself and (names_publisher or len(rules) > 1):
        return 3
    return max(min(len(rules), 2) * (about_text and by_whom), 2 * (speaks_of_itself or names_publisher))


def is_credit(text: str) -> bool:
    """A line of names and desk words between dashes, slashes or a colon: `المسلة – متابعة – وكالات`."""
    parts = [part.strip() for part in re.split(r"[–—\-ـ/:|،+]", text) if part.strip()]
    if not 1 <= len(parts) <= 5 or text.rstrip().endswith(_SENTENCE_END):
        return False
    keys = search_keys(parts)
    desk = [all(word.removeprefix("و") in _CREDIT_WORDS or word in _CREDIT_WORDS for word in key.split()) for key in keys]
    if len(parts) > 1 and desk[0] and text[len(parts[0]) :].lstrip().startswith((":", "|")):
        return keys[1].count(" ") < 2  # else a label, and none that `_label` takes
    return any(desk) and (len(parts) > 1 or all(desk)) and all(key.count(" ") < 4 for key in keys)


@lru_cache(maxsize=KNOWN_LINES)
def _labelled(text: str) -> Saying | None:
    """`label: value` lines; also with a bar, a dash, a slash or dots. A value that is a sentence makes the line one."""
    for separator in islice(_SEPARATOR.finditer(text, 0, 40), 3):
        label, value = search_key(text[: separator.start()]), text[separator.end() :].strip(" :|-–/…»")
        if label in _PICTURES and separator[0][:1] in ".…":
            return None  # `صور.. افتتاح المعرض` is a headline
        if label and (saying := _label(label, value.rstrip("."), not value.endswith(_SENTENCE_END))):
            return saying
    return None


def _points_elsewhere(label: str, value: str) -> bool:
    """`سبق أن نشرنا`, `طالع`: to another text of the publisher's. What was published may be quoted: no headline."""
    if not _POINTERS.isdisjoint(label.split()):
        return not is_report(label)
    return " " in label and _OF_OURS.fullmatch(label) is not None and not value.startswith(_OPENS_A_QUOTE)


def tells_to_read(label: str, headline: str) -> bool:
    """Does a label before a link, `تابع:`, ask for reading its text? Without a link it tells who spoke or saw."""
    is_one = label.rstrip().endswith(":") and _TO_READ.fullmatch(search_key(label)) is not None
    return is_one and headline.count(" ") >= 2


def _names_somebody(key: str) -> bool:
    return key.startswith(_OUTLETS) or opens_with_a_name(key)


def _label(label: str, value: str, is_name: bool) -> Saying | None:
    words = value.count(" ") + 1 if value else 0
    is_outlet = is_name or words <= 2 or search_key(value).startswith(_OUTLETS)
    if words <= 6 and is_outlet and not value.endswith(("؟", "!")) and _SOURCE_LABEL.fullmatch(label):
        return Saying("source", "source_label", value)
    if _KEYWORDS_LABEL.fullmatch(label) and (value or not _WHOLE_LINE.fullmatch(label)):
        return Saying("keywords", "keywords_label", value)
    if 0 < words <= 4 and is_name and label in _PICTURES:
        return Saying("caption", "picture_credit", value)
    if label.startswith(_CORRESPONDENTS) and not _names_somebody(search_key(value)):
        return None
    if label in _OPENS_HEADLINES_TOO and words > 2 and not _names_somebody(search_key(value)):
        return None
    if label in _CREDIT_WORDS and 0 < words <= 4 and is_name:
        return Saying("credit", "credit_label", value)
    if label in _OF_PEOPLE and words <= 4 and opens_with_a_name(search_key(value)):
        return Saying("byline", "byline_label", value)
    if 0 < words <= 9 and is_name and _BYLINE_LABEL.fullmatch(label):
        return Saying("byline", "byline_label", value)
    if words <= 5 and _OUTLET_LABEL.fullmatch(label):
        return Saying("source", "outlet_label", value)
    if 3 <= words <= 20 and is_name and label.count(" ") < 4 and _points_elsewhere(label, value):
        return Saying("marker", "read_also", value)
    if match := _WHOLE_LINE.fullmatch(label):
        role, rule, _ = _PATTERNS[int((match.lastgroup or "p0")[1:])]
        if (role == "marker" and (is_name or words < 12)) or words < {"author_box": 40, "advert": 4}.get(role, 0):
            return Saying(role, rule, value)
    return None
