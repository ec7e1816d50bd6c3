"""Words of pages that stand in front of an article or in its place: walls, errors, lists, pages of the site about itself."""

import re

# Such pages are short; an article about captchas is not.
MAX_REFUSAL_WORDS = 80
_PAYWALL = re.compile(
    r"(?<!\bان )هذا (?:المحتوي|المقال|الخبر|التقرير) (?:متاح |مخصص |حصري )?(?:فقط )?(?:ل|ال)لمشتركين"
    r"|اشترك (?:الان )?(?:ل|كي ت)?(?:قراه|متابعه) (?:المقال|بقيه|باقي|الخبر|المزيد|النص)"
    r"|(?:article|content|story) is (?:only )?(?:available )?(?:for|to) (?:our )?(?:paying |registered )?(?:subscribers"
    r"|members)|subscribe (?:now |today )?to (?:read|unlock|access)|(?:article|contenu) (?:est )?r[eé]serv[eé] aux abonn[eé]s"
    r"|(?:nur|exklusiv) f[uü]r abonnenten|solo para suscriptores|riservato agli abbonati"
)
_REFUSALS = [
    ("blocked", "captcha", re.compile(
        r"verify(?:ing)? (?:that )?you are (?:a )?human|checking (?:your browser|if the site connection)|are you a robot"
        r"|not a robot|captcha|ray id|security of your connection|access denied|enable javascript and cookies"
        r"|unusual (?:traffic|activity) from your|enable js and disable any ad blocker|(?:تحقق|التحقق|تاكد) (?:من )?انك انسان"
        r"|اختبار التحقق|لست روبوت|امان اتصالك"
    )),
    ("blocked", "login wall", re.compile(
        r"(?:يجب|يرجي|عليك|الرجا) (?:عليك )?(?:تسجيل الدخول|الاشتراك)|سجل (?:الدخول|دخولك) (?:لقراه|للمتابعه|لمتابعه)"
        r"|هل نسيت كلمه (?:المرور|السر)|(?:log in|sign in|subscribe) to (?:continue|read)|(?:forgot|forgotten) (?:your )?password"
        r"|هذا المحتوي للمشتركين"
    )),
    ("blocked", "paywall", _PAYWALL),
    ("blocked", "consent wall", re.compile(
        r"\A(?=.*(?:cookie|kuki|\bstore|speicher|stock|archivia|memorizz|almacen|ملفات تعريف|كوكيز|تخزين"
        r"|نخزن))(?=.*\b(?:we and our (?:\w+ ){0,3}partners|wir und unsere (?:\w+ ){0,3}partner"
        r"|nous et nos (?:\w+ ){0,3}partenaires|noi e i nostri (?:\w+ ){0,3}partner|nosotros y nuestros (?:\w+ ){0,3}socios"
        r"|نحن وشركاونا)\b)"
    )),
    ("no_article", "soft 404", re.compile(
        r"الصفحه (?:التي (?:تبحث|طلبتها|تحاول)\w*(?: \w+){0,3} )?غير موجوده|لم يتم العثور علي (?:ال)?صفحه|page not found"
        r"|404 not found|(?:المحتوي|الصفحه|الخبر) (?:غير متاح|غير متوفر|لم تعد متاحه)|error 404"
    )),
]  # fmt: skip
# The same in words that short news may quote.
_NOTICES = [
    ("blocked", "captcha", re.compile(
        r"(?:pas|(?:soy|eres) un|kein|non sei un) robot(?:er)?\b|\bun robot\b.{0,40}(?:case|casilla)|robot olmadığınız"
        r"|(?:انك|بانك) لست (?:برنامجا|روبوتا|بوت)"
    )),
    ("blocked", "consent wall", re.compile(
        r"\A(?=.*(?:cookie|kuki|çerez|\bstore|speicher|stock|archivia|memorizz"
        r"|almacen))(?=.*\b(?:nos (?:\w+ ){0,2}partenaires et nous|biz ve (?:\w+ ){0,3}ortaklarımız)\b)"
    )),
    ("no_article", "soft 404", re.compile(
        r"(?:الرابط|العنوان) (?:الذي )?(?:طلبته|تبحث عنه|تحاول الوصول اليه)? ?(?:غير (?:موجود|متاح|متوفر)|لم يعد (?:متاحا?"
        r"|موجودا?))|(?:can t|cannot|couldn t|could not) find (?:the|that|this) page|تم حذف هذ[اه] (?:الخبر|الصفحه|المقال|المحتوي)"
        r"|صفحه (?:مورد نظر )?(?:شما )?(?:يافت|بيدا) نشد|(?:ربما|قد يكون) (?:تم )?(?:حذف|نقل) (?:الخبر|الصفحه|المقال|المحتوي)"
    )),
    ("no_article", "moved", re.compile(
        r"(?:document|page|site|website) has (?:been )?(?:permanently )?moved"
        r"|you (?:will be|are being) (?:automatically )?redirected|سيتم (?:تحويلك|توجيهك|اعاده توجيهك)"
        r"|(?:allez|serez) être redirigé|vous serez redirigé|sie werden (?:\w+ ){0,3}weitergeleitet|será redirigido"
        r"|yönlendiriliyorsunuz|yönlendirileceksiniz"
    )),
    ("no_article", "needs scripts", re.compile(
        r"(?:enable|activate|requires?|turn on) javascript|javascript (?:is |must be )?(?:disabled|required|enabled)"
        r"|تفعيل (?:ال)?جافا ?س[كگ]ريبت|(?:activer|activez) javascript|javascript (?:aktivieren|etkinleştir)"
        r"|\A(?:جار|جاري) التحميل\Z|\Aloading\Z"
    )),
]  # fmt: skip
# What such a page is called by its title or headline, whatever else it shows. Several languages: servers and shop systems name it.
_NAMES_OF_REFUSALS = [
    ("blocked", "captcha", re.compile(
        r"just a moment|attention required|access denied|access to this page has been denied|(?:sorry )?you have been blocked"
        r"|pardon our interruption|robot or human|security (?:check|verification)|bot verification|verifying you are human"
        r"|are you a robot|human verification|التحقق الامني|لحظه من فضلك|einen moment|v[eé]rification de s[eé]curit[eé]"
        r"|sicherheits(?:überprüfung|check)|güvenlik (?:kontrolü|doğrulaması)|comprobaci[oó]n de seguridad|un instant|un momento"
    )),
    ("blocked", "login wall", re.compile(
        r"log ?in|sign ?in|sign in or register|تسجيل الدخول|دخول الاعضا|ورود(?: به سايت)?|anmelden|anmeldung|connexion"
        r"|iniciar sesi[oó]n|accedi|giri[sş] yap|inloggen|logg inn|logga in"
    )),
    ("blocked", "consent wall", re.compile(
        r"(?:we value )?your privacy(?: choices)?|before you continue(?: to \w+)?|(?:cookie|privacy) (?:consent|settings)"
        r"|(?:wir respektieren )?ihre privatsph[aä]re|nous respectons votre vie priv[eé]e"
        r"|(?:valoramos|nos importa) (?:su|tu) privacidad|(?:rispettiamo )?la (?:tua|vostra) privacy|نحن نحترم خصوصيتك"
        r"|gizliliğinize (?:değer|önem) veriyoruz|خصوصيتك تهمنا|(?:weiter )?mit werbung (?:weiter)?(?:lesen|nutzen)"
    )),
    ("blocked", "forbidden", re.compile(
        r"(?:(?:error )?403 )?(?:access )?forbidden|(?:error )?403|(?:(?:error )?429 )?too many requests|(?:error )?429"
    )),
    ("blocked", "region", re.compile(
        r"(?:(?:error )?451 )?unavailable (?:due to|for) legal reasons"
        r"|(?:this )?(?:content|page|site|website)?(?: is)? ?(?:not available|unavailable) in your (?:country|region|location)"
    )),
    ("no_article", "out of order", re.compile(
        r"(?:(?:error )?50\d )?(?:service (?:temporarily )?unavailable|bad gateway|gateway time ?out|internal server error)"
        r"|(?:(?:site )?(?:is )?under |scheduled |site )?maintenance(?: mode)?"
        r"|we (?:ll|will) be (?:right )?back(?: soon| shortly)?|الموقع (?:تحت|قيد) الصيانه|wartungs(?:arbeiten|modus)"
        r"|(?:site )?en maintenance|en mantenimiento|error establishing a database connection"
        r"|(?:this )?account (?:has been )?suspended|in manutenzione|bakım çalışması"
    )),
    ("no_article", "moved", re.compile(
        r"(?:(?:error )?30[1278] )?(?:moved permanently|(?:document|object|page) moved|(?:temporary|permanent) redirect)|302 found"
        r"|redirecting|اعاده توجيه|تحويل الصفحه|(?:انتقل|تم نقل) (?:موقعنا|الموقع)(?: الي .{1,40})?"
    )),
    ("no_article", "soft 404", re.compile(
        r"(?:(?:error|erreur|fehler|hata|خطا|خطاي) )?(?:404|410)(?: (?:error|hatası))?|(?:(?:error )?404 )?(?:page |file )?not found(?: 404)?"
        r"|(?:عذرا )?(?:الصفحه|المحتوي|الخبر|المقال) (?:غير موجود|غير متاح|غير متوفر)ه?|لم يتم العثور علي الصفحه"
        r"|(?:oops )?that page can t be found|(?:عذرا )?لا يمكن (?:ايجاد|العثور علي) (?:تلك|هذه) الصفحه"  # WordPress
        r"|صفحه (?:مورد نظر )?(?:(?:بيدا|يافت) نشد|موجود نيست)"
        r"|(?:معذرت )?(?:مطلوبه )?صفحه (?:نهيں ملا|موجود نهيں(?: هي)?|دستياب نهيں(?: هي)?)"
        r"|(?:ببوره )?(?:ئهو |ي?هو )?بهڕه(?:كه|يه)? ?نهدۆزرايهوه|(?:die )?seite (?:wurde )?nicht gefunden"
        r"|page (?:introuvable|non trouv[eé]e)|p[aá]gina no encontrada|pagina non trovata|sayfa bulunamad[iı]|pagina niet gevonden"
        r"|siden (?:finnes ikke|ble ikke funnet|blev ikke fundet)|sidan (?:hittades inte|finns inte)"
    )),
    ("no_article", "listing", re.compile(
        r"نتايج البحث|لا توجد نتايج|search results|no results(?: found)?|nothing found|نتايج جستجو|تلاش كي نتايج|suchergebnisse?"
        r"|r[eé]sultats de (?:la )?recherche|resultados de (?:la )?b[uú]squeda"
        r"|ارشيف (?:ال)?(?:وسم|وسوم|تصنيف|كاتب|شهر)(?: .{1,60})?"
    )),
    ("no_article", "about the site", re.compile(
        r"من نحن|اتصل بنا|تواصل معنا|سياسه (?:ال)?خصوصيه|(?:ال)?شروط (?:و ?ال)?(?:استخدام|احكام)|اعلن معنا|هييه التحرير|about us"
        r"|contact(?: us)?|privacy (?:policy|notice)|cookie policy|terms (?:and conditions|of (?:use|service))|advertise with us"
        r"|درباره ما|تماس با ما|هماري باري ميں|ده رباره ي ايمه|impressum|datenschutz(?:erklärung)?|mentions l[eé]gales"
        r"|qui sommes nous|nous contacter|kontakt|contacto|contatti|iletişim|aviso legal|qui[eé]nes somos|chi siamo|hakkımızda"
    )),
]  # fmt: skip
# Pages that stay and whose figures change. A dated text of that name is the report of its day.
_NAMES_OF_SERVICES = [
    ("weather page", re.compile(
        r"(?:(?:حاله )?(?:ال)?طقس|درجات الحراره|weather(?: forecast)?|m[eé]t[eé]o|wetter(?:vorhersage)?|hava durumu"
        r"|آب و هوا)(?: (?:في|in|à|f[uü]r) .{1,30}| اليوم| .{1,20} today)?"
    )),
    ("horoscope page", re.compile(
        r"(?:حظك اليوم و?)?(?:ال)?ابراج(?: اليوم)?|حظك اليوم|horoscopes?|horoskop|astroloji|burçlar"
    )),
    ("live scores", re.compile(
        r"(?:نتايج |جدول )?(?:ال)?مباريات(?: اليوم| الغد| امس)?|(?:ال)?نتايج (?:ال)?مباشره|live ?scores?(?: .{1,20})?"
        r"|fixtures(?: and results)?|canlı skor|livescore|spielplan|calendrier et résultats"
    )),
    ("rates page", re.compile(
        r"اسعار (?:صرف )?(?:ال)?(?:عملات|ذهب|عمله)(?: اليوم)?|exchange rates?|currency converter|محول العملات|döviz(?: kurları)?"
        r"|taux de change"
    )),
    ("prayer times", re.compile(
        r"(?:مواقيت|اوقات|مواعيد) (?:ال)?(?:صلاه|اذان)(?: في .{1,30})?(?: اليوم)?|prayer times(?: in .{1,30})?|namaz vakitleri"
    )),
    ("subscription page", re.compile(
        r"(?:our )?newsletters?|sign up (?:for|to) (?:our |the )?(?:\w+ )?newsletters?|subscribe(?: now| to .{1,30})?"
        r"|subscriptions?|اشترك الان|(?:ال)?(?:نشره|نشرات) (?:ال)?بريديه|abonnements?|abonnez vous|abonelik"
    )),
    ("poll", re.compile(
        r"(?:ال)?(?:استطلاع|استطلاعات|استفتاء)(?: (?:ال)?راي)?|polls?|sondages?|umfragen?|anket(?:ler)?"
    )),
    ("cartoon", re.compile(
        r"(?:ال)?كاريكاتير(?: اليوم)?|cartoons?(?: of the day)?|karikatür"
    )),
    ("listing", re.compile(
        r"خريطه الموقع|site ?map|plan du site|site haritası"
    )),
    ("live broadcast", re.compile(
        r"(?:ال)?بث (?:ال)?(?:مباشر|حي)|(?:watch )?live ?(?:tv|stream)?|canlı (?:yayın|tv)|en direct|direct tv|livestream|بخش زنده"
    )),
    ("e-paper", re.compile(
        r"(?:ال)?(?:نسخه|طبعه) (?:ال)?(?:ورقيه|الكترونيه|pdf)|(?:ارشيف )?(?:ال)?اعداد(?: (?:ال)?(?:سابقه|ورقيه))?|e ?paper"
        r"|digital edition|e ?gazete|journal du jour"
    )),
]  # fmt: skip
_BEHIND_A_SUBJECT = (" ارشيف", " الارشيف", " archives")  # in the title of its page, as plugins of WordPress write it
_NAMES_OF_SEARCHES = re.compile(
    r"نتايج البحث عن|ارشيف (?:ال)?(?:وسم|تصنيف|كاتب)|كل المقالات (?:في|عن)|search results for|browsing (?:tag|category|author)"
    r"|(?:tag|category|author|daily|monthly|yearly) archives?|posts tagged"
)
# `Category` and the like stand before a colon in the themes of WordPress and Drupal; and in headlines.
_NAMES_OF_LISTS = re.compile(
    r"نتايج البحث|(?:ال)?(?:وسم|تصنيف)|search results|tag|category|author|برجسب|دسته|schlagwort|kategorie|[eé]tiquette"
    r"|cat[eé]gorie|etiqueta|categor[ií]a"
)


def read_refusal(key: str, is_news: bool = True) -> tuple[str, str] | None:
    """Reason and name of what a short page is instead of an article, None if it may be one. `key` is its whole search key.

    `is_news`: does it show a day, or tell what somebody said? Then words that news may quote say nothing.
    """
    if key.count(" ") >= MAX_REFUSAL_WORDS:
        return None
    patterns = _REFUSALS if is_news else (*_REFUSALS, *_NOTICES)
    return next(((reason, name) for reason, name, pattern in patterns if pattern.search(key)), None)


def read_name_of_refusal(key: str) -> tuple[str, str] | None:
    """The same, of a page called so. `key` is the search key of its title or headline, without the name of the site."""
    return next(((reason, name) for reason, name, pattern in _NAMES_OF_REFUSALS if pattern.fullmatch(key)), None)


def read_name_of_service(key: str) -> str:
    """What a page called so shows if it holds no text of a day, "" if its name does not say."""
    return next((name for name, pattern in _NAMES_OF_SERVICES if pattern.fullmatch(key)), "")


def is_name_of_a_list(key: str) -> bool:
    """Does a headline that begins so, before a colon, name a list: `Tag: water`, `Search results for: water`?"""
    return _NAMES_OF_LISTS.fullmatch(key) is not None or is_name_of_a_search(key)


def subject_of_an_archive(key: str) -> str:
    """`dates` of `dates archives`, "" for any other title."""
    return next((key.removesuffix(name) for name in _BEHIND_A_SUBJECT if key.endswith(name)), "")


def is_name_of_a_search(key: str) -> bool:
    """The same of the names that no headline of an article opens with."""
    return _NAMES_OF_SEARCHES.fullmatch(key) is not None
