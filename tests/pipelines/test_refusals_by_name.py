"""Pages that change their figures, walls and notices in several languages: each says what it is. News about them are news."""

from collections.abc import Callable

import pytest

from almasalla_crawler.items import Page

URL = "https://nakhil.example/pages/9"
CELLS = "<table><tr><th>اليوم</th><th>العظمى</th></tr><tr><td>الأحد</td><td>32</td></tr></table>"
SERVICES = {
    "weather": ("حالة الطقس في بغداد اليوم | النخيل", f"<h1>الطقس في بغداد</h1>{CELLS}<p>تابع درجات الحرارة المتوقعة في بغداد اليوم وغداً ولمدة خمسة أيام قادمة مع سرعة الرياح ونسبة الرطوبة.</p>", "weather page"),
    "horoscope": ("الأبراج | النخيل", "<h1>الأبراج</h1><p>اختر برجك لمعرفة توقعات اليوم.</p><a href='/h/1'><h3>برج الحمل</h3></a>", "horoscope page"),
    "scores": ("مباريات اليوم | النخيل", "<h1>مباريات اليوم</h1><div>الميناء 2 - 1 الكرخ</div><p>جدول مباريات اليوم ونتائجها لحظة بلحظة مع مواعيد انطلاقها والقنوات الناقلة بتوقيت بغداد.</p>", "live scores"),
    "rates": ("أسعار العملات اليوم | النخيل", "<h1>أسعار العملات</h1><p>تتحدث أسعار صرف العملات مقابل الدينار على هذه الصفحة كل خمس عشرة دقيقة بحسب نشرة البنك.</p>", "rates page"),
    "prayers": ("النخيل", "<h1>مواقيت الصلاة في البصرة</h1><p>تعرض هذه الصفحة مواقيت الصلاة في البصرة كل يوم بحسب التقويم المعتمد لدى دوائر الأوقاف في المحافظة.</p>", "prayer times"),
    "broadcast": ("البث المباشر | قناة النخيل", "<h1>البث المباشر</h1><p>شاهد البث الحي لقناة النخيل الفضائية بجودة عالية على مدار الساعة من أي مكان في العالم.</p>", "live broadcast"),
    "issues": ("النسخة الورقية - النخيل", "".join(f"<div><a href='/{n}.pdf'>العدد {n}</a><span>تحميل</span></div>" for n in range(9)), "e-paper"),
    "weather in French": ("Météo à Lyon | L’Écho", "<h1>Météo</h1><p>Retrouvez les températures, le vent et les averses attendus à Lyon, heure par heure, sur cette page.</p>", "weather page"),
    "moved": ("301 Moved Permanently", "<h1>Moved Permanently</h1><p>The document has moved <a href='/new'>here</a>.</p>", "moved"),
    "moved in Arabic": ("النخيل", "<h1>النخيل في حلة جديدة</h1><p>تم نقل هذه الصفحة. سيتم تحويلك تلقائياً خلال خمس ثوان، وإذا لم يتم التحويل فاضغط على الرابط أدناه.</p>", "moved"),
    "scripts": ("النخيل", "<div id=app>جاري التحميل...</div>", "needs scripts"),
    "soft 404": ("النخيل", "<h1>عفواً!</h1><p>الرابط الذي طلبته لم يعد متاحاً أو ربما تم حذف الخبر من قبل إدارة الموقع.</p><p>يرجى التأكد من كتابة العنوان بشكل صحيح أو العودة إلى الصفحة الرئيسية.</p>", "soft 404"),
    "consent in French": ("L’Écho", "<h2>Bienvenue</h2><p>Avec votre accord, nos 214 partenaires et nous utilisons des cookies pour stocker des informations personnelles comme votre visite sur ce site.</p>", "consent wall"),
    "consent in Turkish": ("Ayna", "<h2>Gizliliğinize değer veriyoruz</h2><p>Biz ve iş ortaklarımız cihazınızda çerezler gibi bilgileri depolar ve kişiselleştirilmiş reklam için verileri işleriz.</p>", "consent wall"),
    "subscription": ("اشترك الآن | النخيل", "<h1>اشترك في النخيل</h1><p>اقرأ كل ما تنشره النخيل بلا حدود على جميع أجهزتك، وادعم صحافة مستقلة تكتب عن مدينتك وأهلها.</p>", "subscription page"),
    "poll": ("استطلاعات الرأي | النخيل", "<h1>استطلاع الرأي</h1><p>هل تؤيد نقل السوق؟</p>", "poll"),
    "too many requests": ("429 Too Many Requests", "<h1>Too Many Requests</h1><p>You have sent too many requests in a given amount of time. Please slow down and try again in a few minutes.</p>", "forbidden"),
    "gone": ("The Courier", "<h1>Oops!</h1><p>We can’t find the page you’re looking for. It may have been moved, renamed or deleted. Try searching or go home.</p>", "soft 404"),
    "gone in Persian": ("رود", "<h1>خطا</h1><p>متاسفانه صفحه مورد نظر شما یافت نشد. ممکن است این خبر حذف شده باشد یا نشانی آن تغییر کرده باشد.</p>", "soft 404"),
    "captcha in French": ("exemple.fr", "<h1>Bonjour</h1><p>Veuillez confirmer que vous n’êtes pas un robot en cochant la case ci-dessous. Si le problème persiste, écrivez au service technique.</p>", "captcha"),
}  # fmt: skip


@pytest.mark.parametrize(("title", "body", "detail"), SERVICES.values(), ids=SERVICES)
def test_page_says_which_of_the_pages_without_news_it_is(read: Callable[..., Page], title: str, body: str, detail: str) -> None:
    reject = read(f"<html><head><title>{title}</title></head><body>{body}</body></html>", url=URL).reject
    assert reject is not None
    assert reject.detail == detail


DAY = "<span class=date>5 تشرين الأول 2024</span>"
WALLS = {
    "passwords": ("شركة الاتصالات تطلق تطبيقاً لمشتركيها", f"{DAY}<p>وقالت إن السؤال الذي يظهر على الشاشة، هل نسيت كلمة المرور، سيختفي بعد التحديث المقبل لأن الدخول سيكون بالبصمة.</p>"),
    "captchas": ("البلدية تتخلى عن captcha في موقعها", f"{DAY}<p>حذفت بلدية الحلة اختبار التحقق (captcha) من استمارات موقعها بعد شكوى كبار السن من أنهم لا يستطيعون إثبات أنهم ليسوا آلات.</p>"),
    "the weather of a day": ("الطقس في بغداد", f"{DAY}<p>توقعت هيئة الأنواء أن تهطل أمطار خفيفة على بغداد مساء السبت وأن تنخفض الحرارة خمس درجات عن معدلها في هذا الفصل.</p>"),
}  # fmt: skip


@pytest.mark.parametrize(("title", "body"), WALLS.values(), ids=WALLS)
def test_dated_text_on_what_walls_and_pages_of_figures_say_is_an_article(
    read: Callable[..., Page], title: str, body: str
) -> None:
    assert read(f"<html><body><h1>{title}</h1>{body}</body></html>", url=URL).reject is None


ONE_DAY = "<meta property=article:published_time content='2024-05-12T09:00:00+03:00'>"
STORY = (
    "<p>رسم كريم ناصر لوحة تسخر من انقطاع الكهرباء في الأحياء القديمة ونشرها على صفحته فلقيت آلاف المشاركات خلال ساعات قليلة.</p>"
)
NEWS = {
    "section in the title": ("رسام يسخر من انقطاع الكهرباء | كاريكاتير", f"<h1>رسام يسخر من انقطاع الكهرباء</h1>{STORY}"),
    "section over the headline": ("رسام يسخر من انقطاع الكهرباء", f"<h1>كاريكاتير</h1><h2>رسام يسخر من انقطاع الكهرباء</h2>{STORY}"),
    "site": ("رسام يسخر من انقطاع الكهرباء - البث المباشر", f"<h1>رسام يسخر من انقطاع الكهرباء</h1>{STORY}"),
    "report of a stated day": ("حالة الطقس اليوم - النخيل", f"{ONE_DAY}<h1>حالة الطقس اليوم</h1><p>تشهد مدينة الحلة اليوم أجواء غائمة مع فرصة لهطول أمطار خفيفة في ساعات المساء، وفق ما أعلنته دائرة الأنواء.</p>"),
    "quoted notice": ("صحيفة تسحب تقريراً", f"<h1>صحيفة تسحب تقريراً</h1>{DAY}<p>سحبت الصحيفة تقريراً عن الجسر بعد ساعات من نشره.</p><p>وظهرت في مكانه عبارة: تم حذف هذا الخبر.</p><p>ولم توضح الإدارة أسباب السحب.</p>"),
    "quoted notice below a stated day": ("صحيفة تسحب تقريراً", f"{ONE_DAY}<h1>صحيفة تسحب تقريراً</h1><p>سحبت الصحيفة تقريراً عن الجسر بعد ساعات من نشره.</p><p>وظهرت في مكانه عبارة: تم حذف هذا الخبر.</p><p>ولم تظهر أسباب السحب.</p>"),
    "error in a data base": ("تأخر نتائج الطلبة يومين", "<h1>تأخر نتائج الطلبة يومين</h1><p>أخر عطل فني إعلان نتائج الطلبة في العمارة يومين.</p><p>وظهر للطلبة في موقع المديرية خطأ في الاتصال بقاعدة البيانات.</p><p>وتعلن النتائج صباح الخميس في المدارس كلها.</p>"),
    "old browsers": ("مخاطر البرامج القديمة", "<h1>مخاطر البرامج القديمة</h1><p>يكشف تقرير جديد مخاطر البرامج التي لم تحدث منذ أعوام.</p><p>وإذا كنت تستخدم متصفحا قديما فقد تسرق كلمات مرورك.</p><p>وينصح الخبراء بالتحديث كل شهر على الأقل.</p>"),
    "essay on feeds": ("خدمة RSS", f"<h1>خدمة RSS</h1>{STORY}"),
    "archive in the headline": ("بغداد أرشيف - النخيل", f"<h1>بغداد أرشيف</h1>{STORY}<aside><h2>بغداد</h2></aside>"),
    "archive behind the headline": ("رسام يسخر من انقطاع الكهرباء | النخيل أرشيف", f"<h1>رسام يسخر من انقطاع الكهرباء</h1>{STORY}<h2>النخيل</h2>"),
    "dated below the name of an archive": ("المتاحف أرشيف - النخيل", f"{ONE_DAY}<h1>المتاحف</h1>{STORY}"),
    "quoted notice without a day": ("متصفح جديد", "<h1>متصفح جديد</h1><p>أعلنت الشركة ميزة تحذر من المواقع المشبوهة.</p><p>وتظهر رسالة فيها: سيتم تحويلك إلى موقع آخر.</p><p>وتصل الميزة إلى جميع الأجهزة في الخريف.</p>"),
}  # fmt: skip


@pytest.mark.parametrize(("title", "body"), NEWS.values(), ids=NEWS)
def test_short_news_are_articles_whatever_their_section_is_called_or_they_quote(
    read: Callable[..., Page], title: str, body: str
) -> None:
    assert read(f"<html><head><title>{title}</title></head><body><main>{body}</main></body></html>", url=URL).reject is None


NOTICE = "عذراً فالصفحة التي تبحث عنها غير موجودة، وقد يكون تم حذف الخبر أو نقله إلى الأرشيف كما تنص سياسة الموقع في حفظ المواد القديمة."
REPORTS = (
    "<p>وقال مدير الميناء إن الرصيف الشمالي يستقبل السفن من جديد بعد توسعته وتبديل رافعاته القديمة كلها هذا العام.</p>"
    "<p>وأشار مزارعون في قضاء أبي الخصيب إلى أن الموسم جاء أوفر من سابقه وأن أسعار التمور بقيت كما كانت في الصيف.</p>"
)
NO_NEWS = {
    "with a word of reports": f"<p>{NOTICE.replace('كما تنص', 'بحسب')}</p>",
    "above reports of other pages": f"<p>{NOTICE}</p>{REPORTS}",
    "above reports and below a day": f"{DAY}<p>{NOTICE}</p>{REPORTS}",
    "button in quotation marks": f"{DAY}<p>يرجى الضغط على المربع «لست روبوت» أدناه حتى نتأكد من أنك إنسان ولست برنامجا آليا ثم اضغط على زر المتابعة.</p>",
}  # fmt: skip


@pytest.mark.parametrize("body", NO_NEWS.values(), ids=NO_NEWS)
def test_wall_of_whole_sentences_is_refused_whatever_stands_below(read: Callable[..., Page], body: str) -> None:
    assert read(f"<html><body><h1>عذراً</h1>{body}</body></html>", url=URL).reject is not None


LONG_WALLS = {
    "login": "عذراً، يجب عليك تسجيل الدخول أو الاشتراك في الخدمة المدفوعة كي تتمكن من قراءة هذا الخبر كاملاً على موقعنا الإلكتروني اليوم.",
    "subscription": "هذا المحتوى للمشتركين فقط، اشترك الآن في النسخة الرقمية من صحيفة النخيل لتتمكن من متابعة قراءة هذا المقال وجميع مقالات كتابنا.",
    "cookies": "نحن وشركاؤنا نستخدم ملفات تعريف الارتباط وتقنيات مماثلة لتخزين المعلومات على جهازك والوصول إليها وقياس أداء الإعلانات على هذا الموقع.",
    "robots": "لقد تم حظر عنوانك مؤقتاً بسبب نشاط غير معتاد، يرجى إكمال اختبار التحقق أدناه حتى نتأكد من أنك لست آلة تحاول الوصول إلى الموقع.",
    "404": "عذراً، الصفحة التي تبحث عنها غير موجودة أو ربما تم نقلها إلى قسم آخر من الموقع، يمكنك العودة إلى الصفحة الرئيسية أو استخدام البحث.",
}  # fmt: skip


@pytest.mark.parametrize("wall", LONG_WALLS.values(), ids=LONG_WALLS)
def test_a_long_sentence_below_a_day_is_a_wall_all_the_same(read: Callable[..., Page], wall: str) -> None:
    reject = read(f"<html><body><h1>سوق جديد للحرفيين في الحلة</h1>{DAY}<p>{wall}</p></body></html>", url=URL).reject
    assert reject is not None
