"""Tags that pages show below their text, told by where they stand and by the names of elements."""

from collections.abc import Callable

import pytest

from almasalla_crawler.items import Article, Page

TITLE = "بلدية الميناء تعيد فتح حديقة الأشجار المعمرة أمام الزوار"
TEXTS = [
    "أعادت بلدية الميناء فتح حديقة الأشجار المعمرة أمام الزوار بعد عامين من أعمال الترميم التي شملت الممرات والسور القديم.",
    "وقال مدير الحدائق إن الأشجار التي يزيد عمر بعضها على مئتي عام خضعت لفحص شامل قبل أن تسقى بشبكة جديدة من مياه الأمطار.",
    "وتفتح الحديقة أبوابها كل صباح ويدخلها الأطفال مجانا، بينما يدفع الكبار رسما رمزيا يخصص لصيانة المقاعد والبوابات الخشبية.",
]


def article_of(read: Callable[..., Page], below: str = "", body: str = "") -> Article:
    body = body or "".join(f"<p>{text}</p>" for text in TEXTS)
    return read(
        f"<html><head><title>{TITLE} - صحيفة المرفأ</title></head><body><nav>{links('سياسة', 'اقتصاد')}</nav><main><h1>{TITLE}</h1>"
        f"<div class=x>{body}</div>{below}</main></body></html>"
    ).articles[0]


def links(*words: str) -> str:
    return " ".join(f"<a href='/t/{number}'>{word}</a>" for number, word in enumerate(words))


@pytest.mark.parametrize(
    "box",
    [
        f"<div class=news__tags>{links('حدائق', 'أشجار')}</div>",
        f"<ul class=tdb-tags><li>الوسوم</li><li>{links('حدائق')}</li><li>{links('أشجار')}</li></ul>",
        f"<footer class=post-footer><div class=post-tags>{links('حدائق', 'أشجار')}</div></footer>",
        f"<div class=news__tags>{links('حدائق', 'أشجار')}</div><div class=card__tags>{links('رياضة', 'كرة')}</div>",
    ],
)
def test_tags_below_the_text(read: Callable[..., Page], box: str) -> None:
    assert [keyword for keyword, _ in article_of(read, below=box).keywords] == ["حدائق", "أشجار"]


@pytest.mark.parametrize(
    "box",
    [
        f"<div class=hot-tags>{links('حدائق', 'أشجار')}</div>",
        f"<div class=story__tags>{links('سياسة', 'اقتصاد')}</div>",
        f"<div class=story__tags>{links('المركزي يخفض سعر الفائدة', 'الوزير يتفقد الطريق الجديد')}</div>",
        f"<div>{links('#تابعونا', '#شاركونا')}</div>",
        f"<div class=section-tags>{links('سياسة', 'اقتصاد', 'رياضة')}</div>",
        f"<div class=service-tags>{links('نسخة للطباعة', 'أرسل لصديق')}</div>",
        f"<div class=lang-tags>{links('English', 'کوردی', 'Türkçe')}</div>",
        f"<div class=channel_tags>{links('تلغرام', 'واتساب')}</div>",
        f"<div class=author-tags>{links('هدى كاظم', 'البصرة')}</div>",
        f"<div><a href='/n/8'>عنوان خبر آخر من أخبار المدينة</a><div class=item__tags>{links('رياضة', 'كرة')}</div></div>",
        f"<div class=news__tags>{links('الوزير يتفقد أعمال الطريق الجديد في المدينة', 'المركزي يخفض سعر الفائدة في اجتماعه')}</div>",
        f"<div>شاركوا عبر {links('#حدائق', '#أشجار')}</div>",
        f"<div>{links('#حدائق')}</div>",
        f"</main><div>{links('#رياضة', '#كرة')}</div><main>",
    ],
)
def test_tags_of_others_are_none_of_the_article(read: Callable[..., Page], box: str) -> None:
    assert article_of(read, below=box).keywords == []


def test_row_of_hashtags_that_ends_the_text(read: Callable[..., Page]) -> None:
    body = f"{''.join(f'<p>{text}</p>' for text in TEXTS)}<div>{{}}</div>"
    found = [
        article_of(read, body=body.format(links(*row))).keywords for row in (("# حدائق", "#أشجار"), ("#تابعونا", "#شاركونا"))
    ]
    assert [[keyword for keyword, _ in keywords] for keywords in found] == [["حدائق", "أشجار"], []]


def test_row_of_hashtags_below_the_element_of_the_text_is_of_the_page(read: Callable[..., Page]) -> None:
    assert article_of(read, below=f"<div>{links('#كأس_العالم', '#الانتخابات')}</div>").keywords == []


@pytest.mark.parametrize("href", ["/author/1", "https://t.me/almarfa", "https://www.facebook.com/almarfa"])
def test_authors_and_accounts_are_no_tags(read: Callable[..., Page], href: str) -> None:
    box = f"<div class=article__tags>{links('حدائق')}<a href='{href}'>سالم كريم</a></div>"
    assert article_of(read, below=box).keywords == []


def test_numbers_of_pages_are_no_tags_and_years_are(read: Callable[..., Page]) -> None:
    assert article_of(read, below=f"<div class=single-tags>{links('1', '2', 'التالي')}</div>").keywords == []
    assert len(article_of(read, below=f"<div class=single-tags>{links('2024', 'حدائق')}</div>").keywords) == 2


def test_hashtags_inside_a_text_are_none(read: Callable[..., Page]) -> None:
    body = f"<p>{TEXTS[0]}</p><div>{links('#حدائق', '#أشجار')}</div><p>{TEXTS[1]}</p>"
    assert article_of(read, body=body).keywords == []


def test_only_the_row_behind_the_last_text_counts(read: Callable[..., Page]) -> None:
    rows = "".join(f"<p>{text}</p><div>{links(f'#حدائق{i}', f'#أشجار{i}')}</div>" for i, text in enumerate(TEXTS))
    assert [keyword for keyword, _ in article_of(read, body=rows).keywords] == ["حدائق2", "أشجار2"]


def test_a_box_in_a_box_is_one_and_two_beside_each_other_are_none(read: Callable[..., Page]) -> None:
    box = f"<div class=news__tags><div class=story__tags>{links('حدائق', 'أشجار')}</div></div>"
    assert [keyword for keyword, _ in article_of(read, below=box).keywords] == ["حدائق", "أشجار"]
    assert article_of(read, below=box + f"<div class=story__tags>{links('نهر', 'جسر')}</div>").keywords == []
