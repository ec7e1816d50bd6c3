"""What of the source of an HTML page may show."""

import pytest

from almasalla_crawler.items import Rejected
from almasalla_crawler.readers.markup import INVISIBLE, MAX_ATTRIBUTES, shown_source


@pytest.mark.parametrize("tag", [*INVISIBLE, *map(str.upper, INVISIBLE)])
def test_an_element_without_text_to_show_is_left_out(tag: str) -> None:
    assert shown_source(f"<p>قبل</p><{tag} a=1><b>رمز</b></{tag}><p>بعد</p>") == "<p>قبل</p> <p>بعد</p>"


@pytest.mark.parametrize("tag", ["i", "span", "menu", "output", "titles", "section", "nav"])
def test_an_element_whose_name_only_begins_alike_shows_its_text(tag: str) -> None:
    source = f"<{tag}>نص</{tag}>"
    assert shown_source(source) == source


def test_a_comment_inside_a_script_opens_nothing_behind_it() -> None:
    assert shown_source("<script>a <!-- b</script><p>نص</p>") == " <p>نص</p>"


@pytest.mark.parametrize("before", ["", "<p>نص</p>" * 3_000], ids=["at the start", "behind many tags"])
def test_a_tag_with_too_many_attributes_without_values_is_refused(before: str) -> None:
    with pytest.raises(Rejected, match="attributes"):
        shown_source(f"{before}<p {'a ' * (MAX_ATTRIBUTES + 1)}>نص</p>")
