from almasalla_crawler.readers.entities import unescape
from almasalla_crawler.readers.html import read_html


def test_references_become_what_they_stand_for() -> None:
    assert unescape("&quot;خبر&quot; &#1593;&#x639;") == '"خبر" عع'


def test_a_number_too_long_for_int_is_a_character_that_is_none() -> None:
    assert unescape(f"قبل&#{'9' * 5000};بعد") == "قبل\ufffdبعد"


def test_a_page_with_such_a_number_in_its_text_and_its_facts_is_read() -> None:
    endless = f"&#{'1' * 100_000};"
    page = read_html(f'<meta property="og:title" content="عنوان {endless}"><p>افتتحت البلدية{endless} جسراً جديداً</p>')
    assert "جسراً جديداً" in page.lines[0].text
