"""One small page for each shape of page and each trait: which lines are whose, and the rule that decided."""

import time
from collections.abc import Callable

import pytest

from almasalla_crawler.arabic.letters import search_key
from almasalla_crawler.items import Article, Fact, Line, Page
from almasalla_crawler.pipelines.line_shapes import is_paragraph, is_title_like

TITLE = "افتتاح جسر جديد فوق نهر دجلة في بغداد"
MAIN = [
    "بغداد/المسلة: افتتحت أمانة العاصمة، الأحد، جسراً جديداً فوق نهر دجلة يربط حي الكرادة بضاحية الدورة بعد عامين من البناء.",
    "وقال مدير المشروع إن الجسر يضم ستة مسارات للمركبات وممرين للمشاة، وإن كلفته بلغت سبعين مليار دينار.",
    "وأضاف أن الأعمال أنجزت قبل موعدها بشهرين، وأن حركة السير ستبدأ صباح اليوم التالي.",
]
HEADLINE = "مصنع جديد للألبان يوفر مئتي فرصة عمل في الحلة"
UNDATELINED = [
    "دشنت شركة أهلية مصنعاً للألبان في مدينة الحلة، يوفر نحو مئتي فرصة عمل للشباب والنساء من سكان القرى القريبة.",
    "وأوضح مدير المصنع أن الإنتاج اليومي يصل إلى أربعين طناً من الحليب واللبن والجبن.",
]
RELATED = ["الحلة – وكالة الواحة: " + UNDATELINED[0], UNDATELINED[1]]
SECOND_HEADLINE = "انطلاق معرض الكتاب في البصرة بمشاركة عربية واسعة"
SECOND = [
    "البصرة/المسلة: انطلقت فعاليات معرض الكتاب الدولي في البصرة بمشاركة ثمانين دار نشر عربية.",
    "ويستمر المعرض عشرة أيام في أرض المعارض وسط المدينة.",
]
HEADLINES = [SECOND_HEADLINE, "ارتفاع أسعار التمور مع اقتراب شهر رمضان", "فريق طبي ينجح في زراعة كبد لطفل"]
SOURCE = "المصدر: المسلة"
DISCLAIMER = "المواد المنشورة لا تعبّر بالضرورة عن رأي المسلة، والمصدر هو المسؤول عن المحتوى."

Read = Callable[..., Page]


@pytest.fixture
def lines(read: Read) -> Callable[..., Page]:
    """Reads a page of these lines, with a blank line between them, and checks that each has its place."""

    def read_lines(*texts: str, between: str = "\n\n") -> Page:
        page = read(between.join(texts))
        assert [line.text for line in page.lines if not (line.role and line.rule)] == []
        return page

    return read_lines


def paragraphs(article: Article) -> list[str]:
    return article.body.split("\n\n")


def line(page: Page, text: str) -> Line:
    return next(line for line in page.lines if line.text == text)


def bodies(page: Page) -> list[tuple[str, str | None, list[str]]]:
    return [(article.role, article.title, paragraphs(article)) for article in page.articles]


def titles(page: Page, kind: str) -> list[str]:
    return [mention.title for mention in page.mentions if mention.kind == kind]


POST = "".join(f"<p>{text}</p>" for text in MAIN)
BULLETS = ["• " + headline for headline in HEADLINES]


# --- header

HEADERS = {
    "kept": ["المسلة:", "2025-05-20@08:12:40 GMT", TITLE, "تاريخ النشر: 18th, May 2025 GMT", TITLE],
    "title alone": [TITLE],
    "title and date": [TITLE, "18 أيار 2025"],
    "date above the title": ["18 أيار 2025", TITLE],
    "title and byline": [TITLE, "بقلم: هدى كريم"],
    "title and credit": [TITLE, "المسلة – متابعة"],
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_header_gives_the_title_and_no_paragraph(lines: Read, header: list[str]) -> None:
    assert bodies(lines(*header, *MAIN, SOURCE)) == [("main", TITLE, MAIN)]


def test_dropped_header_leaves_the_article_without_a_title(lines: Read) -> None:
    assert bodies(lines(*MAIN, SOURCE)) == [("main", None, MAIN)]


def test_title_shown_twice_decides_over_every_other_line(lines: Read) -> None:
    page = lines(*HEADERS["kept"], *MAIN, SOURCE)
    assert [one.rule for one in page.lines if one.role == "title"] == ["repeated_in_header"] * 2
    assert [line(page, text).role for text in HEADERS["kept"][:2]] == ["navigation", "navigation"]


def test_dateline_on_its_own_line_opens_the_body(lines: Read) -> None:
    [main] = lines("بغداد/المسلة:", MAIN[0].split(": ")[1], *MAIN[1:], SOURCE).articles
    assert main.block_roles == ["dateline", "paragraph", "paragraph", "paragraph"]


def test_paragraphs_without_full_stops_are_paragraphs(lines: Read) -> None:
    unstopped = [text.rstrip(".") for text in [MAIN[0].split(": ")[1], *MAIN[1:]]]
    assert bodies(lines(*unstopped, SOURCE)) == [("main", None, unstopped)]


def test_title_that_opens_with_a_desk_word_is_the_title(lines: Read) -> None:
    [main] = lines("تقرير: انخفاض أسعار النفط", *MAIN, SOURCE).articles
    assert (main.title, main.authors) == ("تقرير: انخفاض أسعار النفط", [])


# --- one page, several articles

TWO = [("main", None, MAIN), ("related", HEADLINE, RELATED)]


def test_page_without_blank_lines(lines: Read) -> None:
    page = lines(TITLE, *MAIN, SOURCE, "إقرأ أيضاً:", HEADLINE, *RELATED, "مقالات مشابهة", *BULLETS, between="\n")
    assert bodies(page) == [("main", TITLE, MAIN), ("related", HEADLINE, RELATED)]
    assert titles(page, "similar") == HEADLINES


BOUNDARIES = {
    "source line": [SOURCE],
    "marker": ["إقرأ أيضاً:"],
    "source and marker": [SOURCE, "إقرأ أيضاً:"],
    "credit, disclaimer and full stop": ["المسلة – خاص", DISCLAIMER, "."],
    "author box": ["About Post Author huda k", "See author’s posts"],
    "unknown marker behind the source": [SOURCE, "لا يفوتك عزيزنا القارئ:"],
    "nothing but title and dateline": [],
}


@pytest.mark.parametrize("between", BOUNDARIES.values(), ids=BOUNDARIES)
def test_related_article_begins_behind_the_end_of_the_main_one(lines: Read, between: list[str]) -> None:
    assert bodies(lines(*MAIN, *between, HEADLINE, *RELATED)) == TWO


def test_second_dateline_in_one_text_is_a_boundary(lines: Read) -> None:
    page = lines(*MAIN, *RELATED)
    assert bodies(page) == [("main", None, MAIN), ("related", None, RELATED)]
    assert line(page, RELATED[0]).rule == "second_dateline"


def test_title_and_date_are_a_boundary(lines: Read) -> None:
    page = lines(*MAIN, HEADLINE, "18 أيار 2025", *UNDATELINED)
    assert bodies(page) == [("main", None, MAIN), ("related", HEADLINE, UNDATELINED)]
    assert line(page, HEADLINE).rule == "title_and_date"


def test_under_a_marker_a_headline_and_a_text_are_enough(lines: Read) -> None:
    page = lines(*MAIN, SOURCE, "إقرأ أيضاً:", HEADLINE, *UNDATELINED)
    assert bodies(page)[1] == ("related", HEADLINE, UNDATELINED)


def test_headline_in_the_marker_is_the_title_of_the_dated_text_below(lines: Read) -> None:
    page = lines(*MAIN, SOURCE, "إقرأ أيضاً: " + HEADLINE, "18 أيار 2025", *RELATED)
    assert bodies(page) == TWO
    assert page.articles[1].title_source == "headline_in_marker"


@pytest.mark.parametrize("second_marker", [["إقرأ أيضاً:"], []], ids=["each under its marker", "under one marker"])
def test_several_related_articles(lines: Read, second_marker: list[str]) -> None:
    page = lines(*MAIN, SOURCE, "إقرأ أيضاً:", HEADLINE, *RELATED, *second_marker, SECOND_HEADLINE, *SECOND)
    assert bodies(page) == [*TWO, ("related", SECOND_HEADLINE, SECOND)]
    assert [article.position for article in page.articles] == [0, 0, 1]


def test_short_main_article_over_a_long_related_one(lines: Read) -> None:
    more = [f"وفي {day} تحدث المدير عن خطط التوسع في الأسواق المحلية." for day in ("السبت", "الأحد", "الاثنين", "الثلاثاء")]
    page = lines(*MAIN[:2], SOURCE, "إقرأ أيضاً:", HEADLINE, *RELATED, *more)
    assert bodies(page) == [("main", None, MAIN[:2]), ("related", HEADLINE, [*RELATED, *more])]


def test_lines_know_their_article(lines: Read) -> None:
    page = lines(*MAIN, SOURCE, "إقرأ أيضاً:", HEADLINE, *RELATED)
    assert [one.article for one in page.lines] == [0, 0, 0, 0, None, 1, 1, 1]


# --- read-also lines inside the text

INLINE = {
    "one line": ["اقرأ أيضاً: " + SECOND_HEADLINE],
    "marker and headline": ["اقرأ أيضاً", SECOND_HEADLINE],
    "marker and bullets": ["اقرأ أيضاً:", "• " + SECOND_HEADLINE],
}


@pytest.mark.parametrize("inline", INLINE.values(), ids=INLINE)
@pytest.mark.parametrize("end", [[SOURCE], []], ids=["source", "no source"])
def test_text_goes_on_behind_a_read_also_headline(lines: Read, inline: list[str], end: list[str]) -> None:
    page = lines(*MAIN[:2], *inline, MAIN[2], *end)
    assert bodies(page) == [("main", None, MAIN)]
    assert titles(page, "read_also") == [SECOND_HEADLINE]


@pytest.mark.parametrize(
    "sentence",
    [
        "اقرأ الكتاب قبل أن تشاهد الفيلم، هكذا ينصح النقاد جمهورهم.",
        "وقال المصدر إن الجسر آمن تماماً للمركبات الثقيلة.",
        "غزة: قال شهود عيان إن الهدوء عاد إلى أحياء المدينة بعد ليلة من القصف العنيف.",
        "في السياق ذاته، قال المتحدث باسم الوزارة إن العمل مستمر.",
    ],
    ids=["marker word", "source word", "place alone", "connecting words"],
)
def test_sentence_that_looks_like_a_boundary_is_text(lines: Read, sentence: str) -> None:
    text = [*MAIN[:2], sentence, MAIN[2]]
    assert bodies(lines(*text, SOURCE)) == [("main", None, text)]


def test_text_that_takes_up_the_words_of_its_headline_is_a_related_article(lines: Read) -> None:
    page = lines(*MAIN, "إقرأ أيضاً:", HEADLINE, *UNDATELINED)
    assert bodies(page) == [("main", None, MAIN), ("related", HEADLINE, UNDATELINED)]


def test_above_the_source_line_such_a_text_is_still_the_main_one(lines: Read) -> None:
    page = lines(*MAIN, "إقرأ أيضاً:", HEADLINE, *UNDATELINED, SOURCE)
    assert bodies(page) == [("main", None, [*MAIN, *UNDATELINED])]
    assert titles(page, "read_also") == [HEADLINE]


# --- lists of headlines

LISTS = {
    "marker and bullets": ["مقالات مشابهة", *BULLETS],
    "marker and plain lines": ["مقالات مشابهة", *HEADLINES],
    "bullets without a marker": BULLETS,
    "plain lines without a marker": HEADLINES,
    "unknown marker": ["قصص من هنا وهناك", *BULLETS],
}


@pytest.mark.parametrize("similar", LISTS.values(), ids=LISTS)
def test_headlines_behind_the_source_are_mentions(lines: Read, similar: list[str]) -> None:
    page = lines(*MAIN, SOURCE, *similar)
    assert bodies(page) == [("main", None, MAIN)]
    assert titles(page, "similar") == HEADLINES


def test_headlines_behind_a_related_article_are_mentions(lines: Read) -> None:
    page = lines(*MAIN, SOURCE, "إقرأ أيضاً:", HEADLINE, *RELATED, *BULLETS)
    assert bodies(page) == TWO
    assert titles(page, "read_also") + titles(page, "similar") == HEADLINES


def test_headlines_under_a_read_also_marker_without_texts_are_mentions(lines: Read) -> None:
    page = lines(*MAIN, SOURCE, "إقرأ أيضاً:", *HEADLINES)
    assert bodies(page) == [("main", None, MAIN)]
    assert titles(page, "read_also") == HEADLINES


def test_lines_below_a_list_are_no_mentions(lines: Read) -> None:
    page = lines(*MAIN, SOURCE, "مقالات مشابهة", *BULLETS, "جميع الحقوق محفوظة 2025", "من نحن")
    assert titles(page, "similar") == HEADLINES
    assert [one.role for one in page.lines[-2:]] == ["disclaimer", "navigation"]


ITEMS = ["- توسعة الطرق الرئيسية في المدينة", "- إنارة الشوارع بالطاقة الشمسية", "- صيانة الجسور القديمة"]


@pytest.mark.parametrize("behind", [[MAIN[2], SOURCE], [SOURCE], []], ids=["text", "source", "end of the page"])
@pytest.mark.parametrize("above", ["وتضم الخطة ما يلي:", "وحددت الأمانة ثلاث أولويات للعام المقبل."], ids=["colon", "full stop"])
def test_list_inside_the_text_stays_in_it(lines: Read, above: str, behind: list[str]) -> None:
    [main] = lines(*MAIN[:2], above, *ITEMS, *behind).articles
    assert paragraphs(main)[:6] == [*MAIN[:2], above, *ITEMS]
    assert main.block_roles[3:6] == ["list_item"] * 3


def test_list_that_a_related_text_introduces_stays_in_it(lines: Read) -> None:
    page = lines(*MAIN, SOURCE, "إقرأ أيضاً:", HEADLINE, *RELATED, "وتشمل الخطة ما يلي:", *ITEMS)
    assert bodies(page)[1] == ("related", HEADLINE, [*RELATED, "وتشمل الخطة ما يلي:", *ITEMS])


# --- inside a text


@pytest.mark.parametrize(
    ("text", "paragraph"),
    [("كلمة " * 20, True), ("كلمة " * 19, False), ("قال الوزير اليوم كلمته.", True), ("قال الوزير كلمته.", False)],
    ids=["20 words", "19 words", "4 words and a stop", "3 words and a stop"],
)
def test_paragraph_is_long_or_a_closed_sentence(text: str, paragraph: bool) -> None:
    assert is_paragraph(Line(1, text.strip(), key=search_key(text))) is paragraph


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (HEADLINE, True),
        ("خبر", False),
        ("كلمة " * 24, True),
        ("كلمة " * 25, False),
        (HEADLINE + ".", False),
        (f"«{HEADLINE}»", True),
    ],
    ids=["headline", "one word", "24 words", "25 words", "full stop", "quotes"],
)
def test_title_has_two_to_24_words_and_no_full_stop(text: str, title: bool) -> None:
    assert is_title_like(Line(1, text.strip(), key=search_key(text))) is title


@pytest.mark.parametrize(
    ("text", "title"),
    [("旧粮仓将在冬季之前拆除", True), ("港の橋が二年ぶりに再開", True), ("国际新闻", False), ("Datenschutzerklärung", False)],
    ids=["Chinese", "Japanese", "section", "one long word"],
)
def test_headings_in_scripts_without_spaces_are_titles_by_their_signs(text: str, title: bool) -> None:
    assert is_title_like(Line(1, text, "h1", key=search_key(text))) is title


def test_short_line_between_paragraphs_is_a_subheading(lines: Read) -> None:
    [main] = lines(MAIN[0], "تفاصيل المشروع", MAIN[1], "مواعيد العمل", MAIN[2], SOURCE).articles
    assert main.block_roles == ["paragraph", "subheading", "paragraph", "subheading", "paragraph"]
    assert main.paragraph_count == 3


@pytest.mark.parametrize("text", ["«لن نتوقف عند هذا الحد»", "ماذا بعد الافتتاح؟"], ids=["quote", "question"])
def test_quote_or_question_between_paragraphs_is_a_paragraph(lines: Read, text: str) -> None:
    [main] = lines(MAIN[0], text, *MAIN[1:], SOURCE).articles
    assert main.block_roles == ["paragraph"] * 4


# --- what closes a text

CLOSING = {
    "المسلة – خاص": "credit",
    DISCLAIMER: "disclaimer",
    "About Post Author huda k": "author_box",
    "See author’s posts": "author_box",
    "هدى كاظم": "author_box",
    ".": "separator",
    SOURCE: "source",
    "كلمات دلالية: جسر بغداد": "keywords",
}


def test_closing_lines_are_evidence_and_no_text(lines: Read) -> None:
    page = lines(*MAIN, *CLOSING)
    assert bodies(page) == [("main", None, MAIN)]
    assert {one.text: one.role for one in page.lines[3:]} == CLOSING
    assert {one.article for one in page.lines} == {0}


def test_disclaimer_that_ends_both_articles_is_in_neither(lines: Read) -> None:
    own = "كل ما تقرأه هنا كتبه صحفيون متطوعون من سكان الحي القديم."
    page = lines(*MAIN, "المسلة – خاص", own, SOURCE, "إقرأ أيضاً:", HEADLINE, *RELATED, own)
    assert bodies(page) == TWO
    assert {one.rule for one in page.lines if one.text == own} == {"repeated_at_the_end"}


def test_last_line_of_a_text_that_stands_there_twice_is_no_disclaimer(read: Read) -> None:
    more = ["وأشار المهندس المقيم إلى أن الإنارة تكتمل في الربيع.", "ومن المقرر أن يعبر الجسر عشرون ألف مركبة كل يوم."]
    text = "".join(f"<p>{paragraph}</p>" for paragraph in [*MAIN, *more])
    page = read(f"<article><h1>{TITLE}</h1>{text}<p>]]></p><div>{text}</div></article>", THEME_URL)
    assert page.articles[0].body.split("\n\n")[: len(MAIN) + 2] == [*MAIN, *more]


def test_disclaimer_and_credit_of_a_related_article_belong_to_it(lines: Read) -> None:
    page = lines(*MAIN, SOURCE, "إقرأ أيضاً:", HEADLINE, *RELATED, "الواحة – متابعة", DISCLAIMER)
    assert [(one.role, one.article) for one in page.lines[-2:]] == [("credit", 1), ("disclaimer", 1)]


def test_line_on_opinions_inside_the_text_is_text(lines: Read) -> None:
    text = [*MAIN[:2], "وأكدت المعارضة أن القرار لا يعبر عن رأي المواطنين.", MAIN[2]]
    assert bodies(lines(*text, SOURCE)) == [("main", None, text)]


@pytest.mark.parametrize(
    "last",
    [
        "اتهمت المعارضة التلفزيون الرسمي بأنه لا يعبر عن آراء المواطنين.",
        "وقال المحامي إن حقوق موكله محفوظة بموجب القانون.",
        "يرى خبراء أن الاستطلاع لا يمثل رأي الناخبين في المحافظات الغربية.",
    ],
    ids=["opinions", "rights", "voters"],
)
@pytest.mark.parametrize("end", [[SOURCE], []], ids=["source", "end of the page"])
def test_last_paragraph_on_opinions_or_rights_is_text(lines: Read, last: str, end: list[str]) -> None:
    assert bodies(lines(*MAIN, last, *end)) == [("main", None, [*MAIN, last])]


def test_rule_of_tatweels_is_no_text(lines: Read) -> None:
    assert bodies(lines(*MAIN, "ــــــــــــ", SOURCE)) == [("main", None, MAIN)]


# --- pages without an article

NO_ARTICLES = {
    "furniture": ["زر الذهاب إلى الأعلى", "شارك الخبر"],
    "one word": ["خبر"],
    "headlines alone": ["مقالات مشابهة", *BULLETS],
    "numbers": ["12345", "67 – 89"],
    "not found": ["عذراً", "الصفحة التي تبحث عنها غير موجودة."],
}


@pytest.mark.parametrize("texts", NO_ARTICLES.values(), ids=NO_ARTICLES)
def test_page_without_a_text_is_no_article(lines: Read, texts: list[str]) -> None:
    page = lines(*texts)
    assert page.reject is not None
    assert (page.reject.stage, page.reject.reason) == ("split", "no_article")


def test_login_wall_is_blocked(lines: Read) -> None:
    page = lines("يجب تسجيل الدخول لقراءة هذا المحتوى الحصري على موقعنا.", "هل نسيت كلمة المرور؟")
    assert page.reject is not None
    assert page.reject.reason == "blocked"


# --- html

THEME = f"""<!DOCTYPE html><html lang="ar"><head><title>{TITLE} - المسلة</title>
<meta property="og:title" content="{TITLE} - المسلة"><meta property="og:site_name" content="المسلة"></head><body class="has-sidebar">
<header id="masthead"><nav><a href="/">الرئيسية</a></nav></header>
<div class="breaking-news"><a href="/b">عاجل: أمطار خفيفة متوقعة نهاية الأسبوع في الجنوب</a></div>
<article id="post-77" class="post"><header class="entry-header"><span class="cat-links"><a href="/c/2">محليات</a></span>
<h1 class="entry-title">{TITLE}</h1><span class="posts-author byline"><a href="/author/huda">هدى كاظم</a></span>
<span class="posts-date"><a href="/2025/05">18 مايو، 2025</a></span></header>
<figure><img src="x.jpg"><figcaption class="wp-caption-text">الجسر عند الغروب</figcaption></figure>
<div class="entry-content"><p>{MAIN[0]}</p><p>{MAIN[1]}</p><h2>مواعيد العمل</h2><ul><li>من السادسة صباحاً</li></ul><p>{MAIN[2]}</p>
<p>المسلة – خاص</p><p>{DISCLAIMER}</p>
<div class="wp-post-author-wrap"><h3>About Post Author</h3><p>huda k</p><a href="/author/huda">See author's posts</a></div>
<div class="tags-links"><a href="/t/1">جسر</a> <a href="/t/2">بغداد</a></div>
<nav class="post-navigation"><a href="/p/1">{HEADLINE}</a></nav>
<div class="af-reated-posts"><h4>أخبار ذات علاقة</h4><h4><a href="/r/1">{HEADLINES[1]}</a></h4>EXCERPT
<h4><a href="/r/2">{HEADLINES[2]}</a></h4></div>
</div></article><aside><h3>الأكثر قراءة</h3><a href="/m/1">{SECOND_HEADLINE}</a></aside>
<div id="comments"><p>قال زائر إن الخبر جميل جداً ومفيد.</p></div><footer><p>جميع الحقوق محفوظة</p></footer></body></html>"""
THEME_URL = "https://almasalah.com/archives/77"


@pytest.fixture
def theme(read: Read) -> Page:
    return read(THEME.replace("EXCERPT", ""), THEME_URL)


def test_theme_gives_the_article_without_what_stands_in_its_container(theme: Page) -> None:
    assert bodies(theme) == [("main", TITLE, [*MAIN[:2], "مواعيد العمل", "من السادسة صباحاً", MAIN[2]])]
    assert theme.articles[0].block_roles == ["paragraph", "paragraph", "subheading", "list_item", "paragraph"]


def test_theme_gives_related_posts_with_their_addresses(theme: Page) -> None:
    assert [(mention.title, mention.url) for mention in theme.mentions] == [
        (HEADLINES[1], "https://almasalah.com/r/1"),
        (HEADLINES[2], "https://almasalah.com/r/2"),
    ]


@pytest.mark.parametrize(
    ("text", "role"),
    {
        "عاجل: أمطار خفيفة متوقعة نهاية الأسبوع في الجنوب": "navigation",
        "محليات": "section",
        "هدى كاظم": "byline",
        "18 مايو، 2025": "date",
        "الجسر عند الغروب": "caption",
        "المسلة – خاص": "credit",
        DISCLAIMER: "disclaimer",
        "huda k": "author_box",
        "بغداد": "keywords",
        HEADLINE: "navigation",
        "أخبار ذات علاقة": "marker",
        SECOND_HEADLINE: "navigation",
        "قال زائر إن الخبر جميل جداً ومفيد.": "comment",
        "جميع الحقوق محفوظة": "navigation",
    }.items(),
)
def test_theme_gives_every_line_its_role(theme: Page, text: str, role: str) -> None:
    assert line(theme, text).role == role


@pytest.mark.parametrize(
    "excerpt",
    [UNDATELINED[0], RELATED[0]],
    ids=["without dateline", "with dateline"],
)
def test_excerpt_under_a_linked_title_is_no_article(read: Read, excerpt: str) -> None:
    page = read(THEME.replace("EXCERPT", f"<p>{excerpt}</p>"), THEME_URL)
    assert [article.role for article in page.articles] == ["main"]


def test_body_of_line_breaks_is_read_like_paragraphs(read: Read) -> None:
    source = f"<html><body><h1>{TITLE}</h1><div>{'<br><br>'.join(MAIN)}<br><br>{SOURCE}</div></body></html>"
    assert bodies(read(source)) == [("main", TITLE, MAIN)]


def test_links_inside_the_body_are_mentions_and_text(read: Read) -> None:
    link = '<a href="/a/5">خطة النقل الجديدة في العاصمة</a>'
    page = read(f"<h1>{TITLE}</h1><p>{MAIN[0]}</p><p>وتأتي ضمن {link} للأعوام الخمسة المقبلة.</p>", THEME_URL)
    assert [(mention.kind, mention.url) for mention in page.mentions] == [("link", "https://almasalah.com/a/5")]
    assert "خطة النقل الجديدة" in page.articles[0].body


@pytest.mark.parametrize("href", ["#notes", "mailto:a@b.example", "javascript:void(0)"])
def test_link_that_leads_to_no_other_page_is_no_mention(read: Read, href: str) -> None:
    page = read(f"<h1>{TITLE}</h1><p>{MAIN[0]}</p><p>وتأتي ضمن <a href='{href}'>خطة النقل</a> للأعوام المقبلة.</p>", THEME_URL)
    assert page.mentions == []


# --- headlines that look like sentences, and lines that close a text in words of their own

CLOSED = f"{HEADLINE}."


@pytest.mark.parametrize("between", [["18 أيار 2025"], []], ids=["date", "dateline"])
def test_headline_with_a_full_stop_at_the_top_is_the_title(lines: Read, between: list[str]) -> None:
    assert bodies(lines(CLOSED, *between, *RELATED, SOURCE)) == [("main", CLOSED, RELATED)]


def test_headline_with_a_full_stop_above_a_date_opens_an_article(lines: Read) -> None:
    page = lines(TITLE, *MAIN, CLOSED, "16 أيار 2025", *RELATED)
    assert bodies(page) == [("main", TITLE, MAIN), ("related", CLOSED, RELATED)]


def test_last_sentence_above_a_second_dateline_is_text(lines: Read) -> None:
    assert bodies(lines(*MAIN, *RELATED)) == TWO_WITHOUT_TITLE


TWO_WITHOUT_TITLE = [("main", None, MAIN), ("related", None, RELATED)]


@pytest.mark.parametrize("date", ["24-05-06", "31 شباط 2024"], ids=["two readings", "impossible"])
def test_date_that_nobody_can_read_is_no_headline(lines: Read, date: str) -> None:
    [main] = lines(TITLE, date, *MAIN, SOURCE).articles
    assert (main.title, main.date_published_date) == (TITLE, None)


@pytest.mark.parametrize("label", ["اقرأ أيضا", "لقراءة المزيد:", "اقرأ أيضاً:"])
def test_inline_read_also_line_is_a_mention(lines: Read, label: str) -> None:
    page = lines(*MAIN[:2], f"{label} {HEADLINE}", MAIN[2], SOURCE)
    assert bodies(page) == [("main", None, MAIN)]
    assert titles(page, "read_also") == [HEADLINE]


def test_marker_with_its_headline_as_a_link_behind_it_is_a_mention(read: Read) -> None:
    inline = f'<p>طالع كذلك <a href="/a/9">{HEADLINE}</a></p>'
    page = read(f"<h1>{TITLE}</h1><p>{MAIN[0]}</p><p>{MAIN[1]}</p>{inline}<p>{MAIN[2]}</p>", THEME_URL)
    assert bodies(page) == [("main", TITLE, MAIN)]
    assert [(mention.kind, mention.title, mention.url) for mention in page.mentions] == [
        ("read_also", HEADLINE, "https://almasalah.com/a/9")
    ]


BIOGRAPHY = "كاتب ومدون يعيش في الموصل ويعمل في عدد من الصحف."


def test_name_and_biography_below_the_head_of_an_author_box_are_no_article(lines: Read) -> None:
    page = lines(*MAIN, "عن الكاتب", "ربيع شاهين", BIOGRAPHY, "مقالات مشابهة", *BULLETS)
    assert bodies(page) == [("main", None, MAIN)]
    assert [line(page, text).role for text in ("ربيع شاهين", BIOGRAPHY)] == ["author_box"] * 2


def test_headlines_below_an_author_box_are_mentions(lines: Read) -> None:
    page = lines(*MAIN, "عن الكاتب", "مواضيع تهمك", *BULLETS)
    assert titles(page, "similar") == HEADLINES


@pytest.mark.parametrize("credit", ["فريق المسلة", "متابعات النخيل نيوز", "(أ ف ب)"])
def test_desk_above_a_byline_is_a_credit(lines: Read, credit: str) -> None:
    page = lines(*MAIN, credit, "الكاتب: جلال المرزوقي", "عرض جميع مقالات الكاتب", SOURCE)
    assert bodies(page) == [("main", None, MAIN)]
    assert line(page, credit).role == "credit"


def test_sign_off_above_another_title_ends_the_text(lines: Read) -> None:
    page = lines(TITLE, *MAIN, "تحرير: أحمد البدري", HEADLINE, *UNDATELINED)
    assert bodies(page) == [("main", TITLE, MAIN), ("related", HEADLINE, UNDATELINED)]


def test_notice_behind_the_footer_is_no_text(read: Read) -> None:
    related = f"<h3>إقرأ أيضاً</h3><h3>{HEADLINE}</h3><p>{RELATED[0]}</p><p>{RELATED[1]}</p>"
    notice = "هذا الموقع يستخدم الكوكيز، يمكنك قراءة المزيد في صفحة الخصوصية."
    text = "".join(f"<p>{paragraph}</p>" for paragraph in MAIN)
    page = read(f"<h1>{TITLE}</h1>{text}{related}<footer>من نحن</footer><div>{notice}</div>", THEME_URL)
    assert bodies(page) == [("main", TITLE, MAIN), ("related", HEADLINE, RELATED)]
    assert line(page, notice).role == "disclaimer"


def test_text_behind_the_footer_of_an_article_is_text(read: Read) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in MAIN)
    related = f"<h3>إقرأ أيضاً</h3><h3>{HEADLINE}</h3><p>{RELATED[0]}</p><p>{RELATED[1]}</p>" + f"<p>{SECOND[0]}</p>" * 4
    page = read(f"<article><h1>{TITLE}</h1>{text}<footer class='entry-footer'>بغداد</footer></article>{related}", THEME_URL)
    assert [article.role for article in page.articles][:2] == ["main", "related"]


@pytest.mark.parametrize(
    "repeated", ["إقرأ أيضاً:", "بغداد/المسلة:", "بغداد/المسلة: قال الوزير إن العمل مستمر هنا.", "(أ ف ب)", "عن الكاتب"]
)
def test_page_of_20000_lines_of_one_kind_is_judged_quickly(read: Read, repeated: str) -> None:
    start = time.process_time()
    page = read("\n".join([TITLE, *MAIN, *[repeated] * 20_000]))
    assert time.process_time() - start < 6
    assert all(line.role and line.rule for line in page.lines)


def test_header_of_20000_lines_is_read_quickly(read: Read) -> None:
    start = time.process_time()
    text = "".join(f"<p>{paragraph}</p>" for paragraph in MAIN)
    page = read(f"<article><h1>{TITLE}</h1>{'كلمة<br>' * 20_000}{text}</article>", THEME_URL)
    assert time.process_time() - start < 6
    assert page.articles[0].title == TITLE


def test_page_of_more_texts_than_a_page_has_is_a_reject(read: Read) -> None:
    page = read("\n".join([TITLE, *MAIN, *RELATED * 300]))
    assert page.reject is not None
    assert page.reject.reason == "too_large"


# --- what stands below the last sentence of a text

TAILS = {
    "person": "نقله إلى العربية: وائل الحسني",
    "desk and place": "المسلة – مراسلنا في العمارة",
    "count": "أعجبني 12",
    "tags": "#صحة #أخبار",
    "end": "(النهاية)",
    "about the page": "الآراء المذكورة في النص هي آراء كتّابها وليست آراء صحيفة الميناء.",
    "moved by machine": "هذه المادة نُقلت آلياً من موقع الميناء، ولم يطلع عليها فريق التحرير لدينا.",
    "invitation": "تابعوا قناتنا على تلغرام: t.me/nakheel",
}


@pytest.mark.parametrize("tail", TAILS.values(), ids=TAILS)
def test_label_or_sentence_about_the_page_below_the_last_sentence_is_no_text(lines: Read, tail: str) -> None:
    assert bodies(lines(*MAIN, tail, SOURCE)) == [("main", None, MAIN)]


LAST_WORDS = {
    "without a full stop": "الساعات المقبلة حاسمة",
    "goes on without a full stop": "وأصيب الظهير ليث التونسي في الكاحل وسيغيب 7 أسابيع",
    "newspaper in the news": "ونشرت الجريدة الرسمية نص القرار في عددها 5518.",
    "question": "من المسؤول عن الصيانة؟",
}


@pytest.mark.parametrize("last", LAST_WORDS.values(), ids=LAST_WORDS)
def test_last_line_that_goes_on_with_the_news_is_text(lines: Read, last: str) -> None:
    assert bodies(lines(*MAIN, last, SOURCE)) == [("main", None, [*MAIN, last])]


def test_rows_below_a_colon_are_a_table_of_the_text(lines: Read) -> None:
    rows = ["وهذه درجات الحرارة المتوقعة غداً:", "الحلة: 30 – 19 مئوية", "البصرة: 33 – 21 مئوية"]
    assert bodies(lines(*MAIN, *rows, SOURCE)) == [("main", None, [*MAIN, *rows])]


def test_dateline_without_a_text_below_opens_no_article(lines: Read) -> None:
    page = lines(*MAIN, "حملوا تطبيق المسلة", "نواذيبو – مهند الربيعي")
    assert [article.role for article in page.articles] == ["main"]


@pytest.mark.parametrize(
    "rows", [["دولار: 1500", "يورو: 1650"], ["الشرطة 2 – 0 الزوراء", "النجف 1 – 1 الميناء"]], ids=["prices", "scores"]
)
def test_rows_of_figures_below_a_sentence_are_a_table_of_the_text(lines: Read, rows: list[str]) -> None:
    assert bodies(lines(*MAIN, *rows, SOURCE)) == [("main", None, [*MAIN, *rows])]


# --- boxes below a post, of no known name

WHO_SHE_IS = "صحفية تكتب في شؤون الأسواق والبناء منذ عشرين عاماً"
BOXES_OF_AUTHORS = {
    "heading": f"<div class='x'><h4>هدى كاظم</h4><p>{WHO_SHE_IS}.</p></div>",
    "bold name": f"<div class='x'><strong>هدى كاظم</strong><p>{WHO_SHE_IS}</p></div>",
    "linked name": f"<div class='x'><a href='/author/h'>هدى كاظم</a><p>{WHO_SHE_IS}</p></div>",
    "about": f"<div class='x'><h3>About <a href='/author/h'>هدى كاظم</a></h3><p>{WHO_SHE_IS}</p></div>",
    "byline": f"<div class='x'><p>الكاتبة: هدى كاظم</p><p>{WHO_SHE_IS}</p></div>",
}


@pytest.mark.parametrize("box", BOXES_OF_AUTHORS.values(), ids=BOXES_OF_AUTHORS)
def test_who_the_stated_author_is_stands_below_the_text_and_is_none_of_it(read: Read, box: str) -> None:
    page = read(
        f"<h1>{TITLE}</h1><div class='entry-content'>{POST}{box}</div>", stated=[Fact("author", "هدى كاظم", "rest:author", "")]
    )
    assert paragraphs(page.articles[0]) == MAIN
    assert {one.rule for one in page.lines if WHO_SHE_IS in one.text} == {"below_name_of_author"}


def test_name_of_somebody_else_with_a_line_below_is_text(read: Read) -> None:
    page = read(f"<h1>{TITLE}</h1><div class='entry-content'>{POST}<p>هدى كاظم</p><p>{WHO_SHE_IS}.</p></div>")
    assert WHO_SHE_IS in page.articles[0].body


def test_name_of_the_author_inside_the_text_ends_nothing(read: Read) -> None:
    post = f"<p>{MAIN[0]}</p><p>{MAIN[1]}</p><p>هدى كاظم</p>" + f"<p>{MAIN[2]}</p>" * 4
    page = read(
        f"<h1>{TITLE}</h1><div class='entry-content'>{post}</div>", stated=[Fact("author", "هدى كاظم", "rest:author", "")]
    )
    assert MAIN[2] in page.articles[0].body


def test_list_at_the_end_of_the_text_stays_above_a_box_with_a_heading(read: Read) -> None:
    items = ["القطار الكبير", "المحطة القديمة", "الجسر الجديد في الشمال"]
    listed = "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
    related = "<h3>مواضيع ذات صلة</h3><ul>" + "".join(f"<li><a href='/n'>{headline}</a></li>" for headline in HEADLINES) + "</ul>"
    page = read(f"<article><h1>{TITLE}</h1><div class='entry-content'>{POST * 2}{listed}{related}</div></article>")
    assert paragraphs(page.articles[0])[-3:] == items
    assert titles(page, "similar") == HEADLINES


def test_heading_over_nothing_but_cards_is_none_of_the_text(read: Read) -> None:
    cards = "".join(f"<div class='c'><a href='/n'><h4>{headline}</h4></a><p>{MAIN[1][:80]}…</p><span>٣ مايو 2024</span></div>"
                    for headline in HEADLINES)  # fmt: skip
    page = read(f"<h1>{TITLE}</h1><div class='entry-content'>{POST}<section><h2>تابع القراءة</h2>{cards}</section></div>")
    assert paragraphs(page.articles[0]) == MAIN
