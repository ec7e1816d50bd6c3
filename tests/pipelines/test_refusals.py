"""Pages that are no article give none, and say what they are."""

from collections.abc import Callable

import pytest

from almasalla_crawler.items import Page

TEXT = [
    "افتتحت أمانة العاصمة، الأحد، جسراً جديداً فوق نهر دجلة يربط حي الكرادة بضاحية الدورة بعد عامين من أعمال البناء.",
    "وقال مدير المشروع إن الجسر يضم ستة مسارات للمركبات وممرين للمشاة، وإن كلفته بلغت سبعين مليار دينار.",
]
HEADLINES = [
    "مصنع جديد للألبان يوفر مئتي فرصة عمل في الحلة", "أمطار غزيرة في الموصل تغلق ثلاث مدارس", "نادي الميناء يتعاقد مع حارس مرمى شاب",
    "معرض الكتاب في البصرة يستقبل ألف زائر", "مزارعو ديالى يبدؤون موسم قطاف التمور", "قطار جديد بين بغداد والبصرة مطلع العام",
]  # fmt: skip
TEASERS = "".join(f"<li><a href='/a/{number}'><h3>{text}</h3></a></li>" for number, text in enumerate(HEADLINES))
PRESS = "".join(f"<li><a href='/a/{number}'>{text}</a>: صحيفة أ.</li>" for number, text in enumerate(HEADLINES))
CAPTION = "<p>لقطات من افتتاح الجسر الجديد فوق نهر دجلة في بغداد صباح الأحد بحضور مئات من سكان الحي.</p>"
MORE = [
    "وبدأت أعمال البناء قبل عامين بعد أن أغلق الجسر القديم لأسباب تتعلق بسلامة دعاماته، وشارك فيها ثلاثمئة عامل ومهندس من شركات محلية.",
    "ومن المتوقع أن يعبره عشرون ألف مركبة في اليوم، وأن يختصر الطريق بين الضفتين من أربعين دقيقة إلى عشر دقائق في ساعات الذروة.",
    "وأشار المهندس المقيم إلى أن المرحلة الثانية تشمل إنارة الضفتين وزراعة ألف شجرة على امتداد الكورنيش قبل نهاية العام الحالي.",
]
LONG = "".join(f"<p>{text}</p>" for text in [*TEXT, *MORE])
BODY = "".join(f"<p>{text}</p>" for text in TEXT)
URL = "https://nakhil.example/bridge-9"


def page(head: str = "", body: str = "", body_class: str = "") -> str:
    return f"<html><head>{head}</head><body class='{body_class}'>{body}</body></html>"


def og(kind: str) -> str:
    return f'<meta property="og:type" content="{kind}">'


def ld(kind: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "{kind}", "name": "جسر بغداد"}}</script>'


NO_ARTICLES = {
    "front page": (page(body=f"<h1>النخيل</h1><ul>{TEASERS}</ul>"), "https://nakhil.example/", "no_article", "front page"),
    "front page that opens with a text": (page(body=f"<h1>النخيل</h1>{BODY}<ul>{TEASERS}</ul>"), "https://nakhil.example/ar/", "no_article", "front page"),
    "listing": (page(body=f"<h1>اقتصاد</h1><ul>{TEASERS}</ul>"), "https://nakhil.example/economy", "no_article", "listing"),
    "archive with an introduction": (page(body=f"<h1>اقتصاد</h1>{BODY}<ul>{TEASERS}</ul>", body_class="archive category"), "https://nakhil.example/economy", "no_article", "listing"),
    "results of a search": (page(ld("SearchResultsPage"), f"<h1>نتائج البحث</h1>{BODY}"), URL, "no_article", "listing"),
    "login by its title": (page("<title>تسجيل الدخول | النخيل</title>", f"<p>البريد</p><p>كلمة السر</p>{CAPTION}"), URL, "blocked", "login wall"),
    "login by its form": (page("<title>النخيل</title>", "<form><label>Benutzername</label><input name=u><input type=\"password\"><button>Weiter</button></form>"), URL, "blocked", "login wall"),
    "captcha": (page("<title>Just a moment...</title>", "<p>nakhil.example needs to review the connection before proceeding.</p>"), URL, "blocked", "captcha"),
    "captcha with a button": (page("<title>Access to this page has been denied.</title>", "<p>Press & Hold to confirm that you are no robot at all.</p>"), URL, "blocked", "captcha"),
    "consent": (page("<title>Tagblatt</title>", "<h1>We value your privacy</h1><p>We and our 812 partners store and access information on a device, such as cookies.</p>" + BODY), URL, "blocked", "consent wall"),
    "region": (page("<title>451: Unavailable due to legal reasons</title>", f"<h1>451</h1>{BODY}"), URL, "blocked", "region"),
    "maintenance": (page("<title>503 Service Unavailable</title>", f"<h1>We will be back soon</h1>{BODY}"), URL, "no_article", "out of order"),
    "maintenance in Arabic": (page("<title>الموقع تحت الصيانة | النخيل</title>", BODY), URL, "no_article", "out of order"),
    "captcha that is a script": (page("<title>Just a moment...</title>", "<script>run()</script>"), URL, "blocked", "captcha"),
    "video that is a script": (page(og("video.other"), "<script>run()</script>"), URL, "no_article", "video"),
    "front page that is a script": (page("<title>النخيل</title>", "<script>run()</script>"), "https://nakhil.example/", "no_article", "front page"),
    "page that is a script": (page("<title>النخيل</title>", "<script>run()</script>"), URL, "empty", "no visible text"),
    "soft 404": (page("<title>الصفحة غير موجودة - النخيل</title>", f"<h1>عذراً</h1><ul>{TEASERS}</ul>"), URL, "no_article", "soft 404"),
    "soft 404 above a text": (page("<title>Seite nicht gefunden | Tagblatt</title>", f"<h1>404</h1>{BODY}"), URL, "no_article", "soft 404"),
    "soft 404 of wordpress": (page("<title>النخيل</title>", f"<h1>لا شيء هنا</h1>{BODY}", "error404"), URL, "no_article", "soft 404"),
    "video": (page(og("video.other"), f"<h1>افتتاح الجسر الجديد في بغداد</h1>{CAPTION}"), URL, "no_article", "video"),
    "video without a word": (page(ld("VideoObject"), "<h1>افتتاح الجسر</h1><a href='/v'>شاهد</a>"), URL, "no_article", "video"),
    "gallery": (page(ld("ImageGallery"), f"<h1>افتتاح الجسر الجديد في بغداد</h1>{CAPTION}"), URL, "no_article", "gallery"),
    "results by their headline": (page(body=f"<h1>نتائج البحث عن: الجسر</h1>{BODY}"), URL, "no_article", "listing"),
    "tag": (page(body=f"<h1>الوسم: جسور</h1>{BODY}<ul>{TEASERS}</ul>"), URL, "no_article", "listing"),
    "teasers as long as articles": (page(body="<h1>الأخبار</h1>" + "".join(f"<article><h2><a href='/a/{n}'>{text}</a></h2>{BODY}<p>{MORE[0]}</p><a href='/a/{n}'>اقرأ المزيد</a></article>" for n, text in enumerate(HEADLINES))), URL, "no_article", "listing"),
    "archive of a tag with one article": (page("<title>جسور أرشيف - النخيل</title>", f"<h1>جسور</h1><h2><a href='/a/1'>{HEADLINES[0]}</a></h2>{CAPTION}"), URL, "no_article", "listing"),
    "headlines without an element": (page("<title>النخيل</title>", "<h1>يوم 3 فبراير 2026</h1>" + "".join(f"<p><a href='/a/{n}'>{text}</a> 0{n}:30</p>" for n, text in enumerate(HEADLINES))), URL, "no_article", "listing"),
    "soft 404 of an English wordpress": (page("<title>The Palm</title>", "<h1>Oops! That page can’t be found.</h1><p>It looks like nothing was found at this location. Maybe try a search?</p>"), URL, "no_article", "soft 404"),
    "soft 404 in French": (page("<title>Erreur 404 - Le Palmier</title>", "<h1>Oups !</h1><p>La page que vous recherchez n'existe pas ou plus.</p>"), URL, "no_article", "soft 404"),
    "product": (page(ld("Product"), f"<h1>مصباح مكتب</h1>{LONG}"), URL, "no_article", "product"),
    "job": (page(ld("JobPosting"), f"<h1>مطلوب ممرضون</h1>{LONG}"), URL, "no_article", "job advert"),
    "thread of a forum": (page(ld("DiscussionForumPosting"), f"<h1>أي مضخة لبئر قديمة؟</h1>{LONG}"), URL, "no_article", "forum thread"),
    "paywall": (page(body=f"<h1>{HEADLINES[0]}</h1><p>هذا المحتوى متاح للمشتركين فقط. اشترك الآن لقراءة المقال كاملاً والاطلاع على جميع المواد الحصرية في الصحيفة.</p>"), URL, "blocked", "paywall"),
    "consent by its words": (page("<title>Tagblatt</title>", "<h2>Ihre Wahl</h2><p>Wir und unsere 812 Partner speichern Informationen auf Ihrem Gerät, um Anzeigen und Inhalte zu personalisieren.</p><p>Sie können Ihre Zustimmung jederzeit widerrufen, die Hinweise dazu stehen am Ende jeder Seite unserer Zeitung.</p>"), URL, "blocked", "consent wall"),
    "consent under a lower heading": (page("<title>Tagblatt</title>", "<h2>We value your privacy</h2><p>You may accept all of what is asked for below, reject it, or choose one by one, and change your mind on any day.</p>" + BODY), URL, "blocked", "consent wall"),
    "soft 404 in Urdu": (page("<title>صفحہ نہیں ملا</title>", f"<h1>معذرت</h1>{BODY}"), URL, "no_article", "soft 404"),
    "soft 404 in Kurdish": (page("<title>پەڕەکە نەدۆزرایەوە</title>", f"<h1>ببورە</h1>{BODY}"), URL, "no_article", "soft 404"),
    "broken server": (page("<title>Error</title>", f"<h1>Error establishing a database connection</h1>{BODY}"), URL, "no_article", "out of order"),
    "page about the site": (page("<title>من نحن - النخيل</title>", f"<h1>من نحن</h1>{LONG}"), URL, "no_article", "about the site"),
    "live ticker without entries": (page(ld("LiveBlogPosting"), "<h1>افتتاح الجسر</h1><p>يجري التحميل</p>"), URL, "no_article", "live ticker"),
}  # fmt: skip


@pytest.mark.parametrize(("html", "url", "reason", "detail"), NO_ARTICLES.values(), ids=NO_ARTICLES)
def test_page_that_is_no_article_says_what_it_is(
    read: Callable[..., Page], html: str, url: str, reason: str, detail: str
) -> None:
    reject = read(html, url=url).reject
    assert reject is not None
    assert (reject.reason, reject.detail) == (reason, detail)


ARTICLES = {
    "beside a login form that is not shown": (page(og("article") + f"<title>{HEADLINES[0]}</title>", f"<div><h1>Log in</h1><input type=\"password\"></div><h1>{HEADLINES[0]}</h1>{BODY}"), URL),
    "with a film": (page(og("video.other"), f"<h1>{HEADLINES[0]}</h1>{LONG}"), URL),
    "short with a film": (page(og("article") + ld("VideoObject"), f"<h1>{HEADLINES[0]}</h1>{BODY}"), URL),
    "stated on a site of one page": (page(ld("NewsArticle"), f"<h1>{HEADLINES[0]}</h1>{BODY}"), "https://nakhil.example/"),
    "named in the query of an address": (page(body=f"<h1>{HEADLINES[0]}</h1>{BODY}"), "https://nakhil.example/?p=12"),
    "called as pages about a site are": (page(body=f"<h1>من نحن؟</h1>{LONG}"), URL),
    "above a paywall": (page(body=f"<h1>{HEADLINES[0]}</h1>{BODY}<p>هذا المحتوى متاح للمشتركين فقط، اشترك لقراءة المقال كاملاً.</p>"), URL),
    "about a product": (page(og("article") + ld("Product"), f"<h1>{HEADLINES[0]}</h1>{LONG}"), URL),
    "about search results": (page(body=f"<h1>نتائج البحث عن ناجين بعد انهيار الجسر</h1>{LONG}"), URL),
    "about pages that are not found": (page("<title>لماذا تظهر رسالة الصفحة غير موجودة؟ | النخيل</title>", f"<h1>لماذا تظهر رسالة الصفحة غير موجودة؟</h1>{LONG}"), URL),
}  # fmt: skip


@pytest.mark.parametrize(("html", "url"), ARTICLES.values(), ids=ARTICLES)
def test_article_is_not_refused(read: Callable[..., Page], html: str, url: str) -> None:
    found = read(html, url=url)
    assert found.reject is None
    assert TEXT[0] in found.articles[0].body


WORDPRESS = "post-template-default single single-post postid-77"
DIGESTS = {
    "": f"<h1>أبرز ما تناولته صحف بغداد صباح اليوم</h1><div class=date>12 مايو 2024</div><ol>{PRESS}</ol>",
    "<meta property='article:published_time' content='2024-05-12T10:00:00Z'>": f"<h1>أبرز أخبار المدينة</h1><ol>{PRESS}</ol>",
}


@pytest.mark.parametrize(("head", "body"), DIGESTS.items(), ids=["day beside the headline", "stated day"])
def test_linked_sentences_of_a_day_are_a_digest(read: Callable[..., Page], head: str, body: str) -> None:
    found = read(page(head, body), url=URL)
    assert found.reject is None
    assert len(found.articles[0].body.split("\n\n")) == len(HEADLINES)


HEADLINES_THAT_OPEN_LIKE_NAMES = [
    "التصنيف: ريال مدريد يتصدر أندية أوروبا", "تصنيف: العراق يتقدم مركزين في جواز السفر العالمي", "وسم: حملة جديدة تجتاح مواقع التواصل",
    "الوسم: كيف صار سلاحا في يد الناشطين", "نتائج البحث: انتشال خمس جثث من تحت أنقاض الجسر", "لا توجد نتائج - مفاوضات السد تتعثر مجددا",
    "سياسة الخصوصية - تطبيق المراسلة يؤجل التحديث", "من نحن - فيلم جديد عن الهوية العراقية", "اتصل بنا - حملة لضحايا العنف",
    "هيئة التحرير - عشر سنوات من العمل", "Contact - فيلم عن الفضاء", "المحتوى غير متاح - موقع يحجب صفحات إخبارية",
]  # fmt: skip


@pytest.mark.parametrize("head", ["", og("article")], ids=["no type", "article"])
@pytest.mark.parametrize("headline", HEADLINES_THAT_OPEN_LIKE_NAMES)
def test_headline_that_opens_with_the_name_of_a_list_or_a_page_is_one(
    read: Callable[..., Page], headline: str, head: str
) -> None:
    html = page(f"{head}<title>{headline} | النخيل</title>", f"<h1>{headline}</h1>{LONG}", WORDPRESS if head else "")
    assert read(html, url=URL).reject is None
    assert read(html.replace(" | النخيل", ""), url=URL).reject is None


@pytest.mark.parametrize("tail", [" | هيئة التحرير", " | تواصل معنا", " - Contact"])
def test_desk_behind_a_headline_refuses_no_article(read: Callable[..., Page], tail: str) -> None:
    html = page(f"<title>{HEADLINES[0]}{tail}</title>", f"<h1>{HEADLINES[0]}</h1>{LONG}", WORDPRESS)
    assert read(html, url=URL).reject is None
    assert read(html.replace(WORDPRESS, ""), url=URL).reject is None


PARTNERS = {
    "notice on cookies below the text": f"{BODY}<p>نحن وشركاؤنا نستخدم ملفات تعريف الارتباط لتحسين تجربتك على الموقع.</p>",
    "quotation": f"<p>{TEXT[0]}</p><p>وقال وزير النقل «نحن وشركاؤنا في المنطقة ماضون في تنفيذ طريق التنمية خلال العام المقبل».</p>",
    "quotation in English": f"{BODY}<p>The minister said: we and our regional partners will build the road.</p>",
    "subscribers of a newspaper": f"<p>{TEXT[0]}</p><p>وأعلنت صحيفة محلية نسخة رقمية وأكدت أن هذا المحتوى متاح للمشتركين فقط ابتداء من العام.</p>",
}


@pytest.mark.parametrize("body", PARTNERS.values(), ids=PARTNERS)
@pytest.mark.parametrize("head", ["", ld("NewsArticle")], ids=["no type", "stated"])
def test_short_article_that_speaks_like_a_wall_is_none(read: Callable[..., Page], head: str, body: str) -> None:
    assert read(page(head, f"<h1>{HEADLINES[0]}</h1>{body}"), url=URL).reject is None


ADVERTS = {
    "book in a box": (f"<h1>{HEADLINES[0]}</h1>{LONG}<aside itemscope itemtype='https://schema.org/Product'><b itemprop='name'>كتاب</b></aside>", ""),
    "book beside the page": (f"<h1>{HEADLINES[0]}</h1>{LONG}", '{"@graph": [{"@type": "WebPage", "name": "جسر"}, {"@type": "Product", "name": "كتاب"}]}'),
    "comments beside the page": (f"<h1>{HEADLINES[0]}</h1>{LONG}", '[{"@type": "WebPage"}, {"@type": "DiscussionForumPosting", "headline": "تعليقات القراء"}]'),
    "job below a dated headline": (f"<h1>{HEADLINES[0]}</h1><time datetime='2024-05-05'>5 أيار 2024</time>{LONG}", '{"@type": "JobPosting", "name": "محرر"}'),
}  # fmt: skip


@pytest.mark.parametrize(("body", "node"), ADVERTS.values(), ids=ADVERTS)
def test_advert_beside_an_article_refuses_none(read: Callable[..., Page], body: str, node: str) -> None:
    head = f'<script type="application/ld+json">{node}</script>' if node else ""
    assert read(page(head, body), url=URL).reject is None


@pytest.mark.parametrize("main", ['"url": "https://nakhil.example/bridge-9"', '"@id": "https://nakhil.example/bridge-9#product"'])
def test_product_at_the_address_of_the_page_is_what_it_is_about(read: Callable[..., Page], main: str) -> None:
    head = f'<script type="application/ld+json">[{{"@type": "WebPage"}}, {{"@type": "Product", {main}}}]</script>'
    reject = read(page(head, f"<h1>{HEADLINES[0]}</h1>{LONG}"), url=URL).reject
    assert reject is not None
    assert reject.detail == "product"


def listed(href: str, tag: str = "h2") -> str:
    """An article of numbered parts, the heading of each a link that stands again below its text."""
    parts = (
        f"<{tag}><a href='{href.format(number)}'>{text}</a></{tag}><p>{MORE[0]} {MORE[1]} {MORE[2]}</p><p>"
        f"<a href='{href.format(number)}'>المصدر</a></p>"
        for number, text in enumerate(HEADLINES)
    )
    return f"<article><h1>ستة أخبار من المدينة</h1><div class='entry-content'><p>{TEXT[0]}</p>{''.join(parts)}</div></article>"


LISTS = {
    "links to other sites": page("", listed("https://shop.example/{}")),
    "links to other sites below third headings": page("", listed("https://shop.example/{}", "h3")),
    "one link": page(ld("FAQPage"), listed("/apply")),
    "stated in the head": page(og("article"), listed("/a/{}")),
    "stated by the class of a post": page("", listed("/a/{}"), WORDPRESS),
}


@pytest.mark.parametrize("html", LISTS.values(), ids=LISTS)
def test_article_that_is_a_list_is_not_refused(read: Callable[..., Page], html: str) -> None:
    found = read(html, url=URL)
    assert found.reject is None
    assert TEXT[0] in found.articles[0].body


def test_archive_that_is_called_an_article_too_is_a_list(read: Callable[..., Page]) -> None:
    reject = read(page(og("article") + ld("CollectionPage"), listed("/a/{}")), url=URL).reject
    assert reject is not None
    assert reject.detail == "listing"


@pytest.mark.parametrize("href", ["/a/{}", "https://www.nakhil.example/a/{}", "https://nakhil.example/a/{}"])
def test_texts_that_all_link_to_pages_of_the_site_are_a_list(read: Callable[..., Page], href: str) -> None:
    reject = read(page("", listed(href)), url=URL).reject
    assert reject is not None
    assert reject.detail == "listing"
