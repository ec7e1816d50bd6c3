"""Selectors matched element by element select what an XPath of the same selector selects."""

import pytest
from cssselect import HTMLTranslator
from lxml import etree

from almasalla_crawler.readers.selectors import MAX_AROUND, matches, read_selectors

TREE = etree.HTML("""
<main id="main" class="site-main"><article class="post hentry">
<header class="entry-header"><h1 class="entry-title big">عنوان</h1><span class="posts-date">اليوم</span></header>
<div class="entry-content" itemprop="articleBody description"><p>نص</p><div class="box"><p class="x">صندوق</p></div></div>
</article><aside><h1>آخر</h1><span class="posts-date" data-day="7">أمس</span></aside></main>""")


@pytest.mark.parametrize(
    "css",
    [
        ".entry-content", "div.entry-content", "h1.entry-title.big", "#main", "main#main h1", ".entry-header .posts-date",
        "article > .posts-date", "header > span, aside > span", "[itemprop]", "div[itemprop~=articleBody]", "[data-day='7']",
        "*[itemprop^=article]", "[itemprop$=description]", "[itemprop*=Body]", ".entry-content p", ".entry-content > p", ".none",
        "main article .box p", "article > div > p", "H1",
    ],
)  # fmt: skip
def test_a_selector_selects_what_its_xpath_selects(css: str) -> None:
    chains = read_selectors(css)
    found = [element for element in TREE.iter() if any(matches(element, chain) for chain in chains)]
    assert found == TREE.xpath(HTMLTranslator().css_to_xpath(css))


@pytest.mark.parametrize("css", ["p:first-child", "h1 + p", "h1 ~ p", "p::before", "..", "div[", ":not(p)", "[lang|=ar]"])
def test_what_cannot_be_matched_is_refused_by_name(css: str) -> None:
    with pytest.raises(ValueError, match=r"selected|selector|Expected|Pseudo"):
        read_selectors(css)


def test_an_element_nested_without_end_is_not_climbed_to_its_top() -> None:
    [chain] = read_selectors(".top b")
    trees = (etree.HTML(f"<div class=top>{'<i>' * around}<b>x</b>") for around in (MAX_AROUND - 1, MAX_AROUND))
    assert [matches(next(tree.iter("b")), chain) for tree in trees] == [True, False]
