"""Declarations and entities of XML in a page are no text: no line, no credit, no publisher."""

import time
from collections.abc import Callable

import pytest

from almasalla_crawler.items import Page
from almasalla_crawler.readers.declarations import without_declarations

BODY = "بغداد/المسلة: فتحت مكتبة الحي أبوابها مساءً أمام القراء بعد أعمال ترميم دامت عامين وشملت القاعة والفهارس القديمة كلها."
SUBSETS = {
    "external": '<!ENTITY xxe SYSTEM "file:///etc/passwd">',
    "nested": '<!ENTITY lol "المصدر: وكالة الكيانات">\n<!ENTITY lol2 "&lol;&lol;">',
    "comment": '<!-- ]> --><!ENTITY lol "x>y">',
    "markup": '<!ENTITY lol "<p>المصدر: وكالة الكيانات</p>">',
    "parameter": "<!ELEMENT a (#PCDATA)> <!ATTLIST a b CDATA 'c>d'> %pe;",
}


@pytest.mark.parametrize("subset", SUBSETS.values(), ids=SUBSETS)
@pytest.mark.parametrize(
    "doctype", ["<!DOCTYPE html [{}]>", '<?xml version="1.0"?>\n<!doctype news [\n{}\n] >\n'], ids=["html", "xml"]
)
def test_declared_entities_are_neither_text_nor_publisher_nor_credit(
    subset: str, doctype: str, read: Callable[..., Page]
) -> None:
    page = read(
        f"{doctype.format(subset)}<html><body><h1>مكتبة الحي</h1><p>{BODY} &xxe;</p><p>&lol2;</p><p>المصدر: &lol;</p></body></html>"
    )
    assert [line.text for line in page.lines] == ["مكتبة الحي", BODY, "المصدر:"]
    [article] = page.articles
    assert (article.body, article.publisher, article.credit) == (BODY, "المسلة", None)


@pytest.mark.parametrize(
    "text",
    ["<!DOCTYPE html><p>a &amp; b &nbsp; &lol;</p>", "<!DOCTYPE html [<p>نص</p>", "نص [1]> &lol;"],
    ids=["plain", "open", "text"],
)
def test_a_page_without_declarations_stays(text: str) -> None:
    assert without_declarations(text) == text


def test_entities_of_html_stay() -> None:
    assert without_declarations("<!DOCTYPE html []><p>&laquo;نص&raquo; &#1576; &lol;</p>") == "<p>&laquo;نص&raquo; &#1576; </p>"


@pytest.mark.parametrize("unit", ["]>", "<!DOCTYPE [", "] ", "&a", "&lol;"])
def test_a_megabyte_is_searched_quickly(unit: str) -> None:
    start = time.process_time()
    without_declarations("<!DOCTYPE html [" + unit * (1_000_000 // len(unit)))
    assert time.process_time() - start < 1
