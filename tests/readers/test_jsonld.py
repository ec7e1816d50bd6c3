"""JSON-LD: what is read, what is repaired, what is refused; nothing raises and nothing stalls."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almasalla_crawler.readers.jsonld import MAX_CHARACTERS, MAX_NODES, read_nodes, resolve, types_of


def read(*scripts: str) -> tuple[list[dict[str, object]], list[str]]:
    """Nodes, and the reasons for what is not read."""
    problems: list[str] = []
    return read_nodes(scripts, lambda reason, text: problems.append(reason)), problems


NODE = {"@type": "NewsArticle"}
WRITTEN = {
    "plain": '{"@type": "NewsArticle"}',
    "list": '[{"@type": "NewsArticle"}]',
    "list in a list": '[[{"@type": "NewsArticle"}]]',
    "graph": '{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle"}]}',
    "graph in a list": '[{"@graph": [{"@type": "NewsArticle"}]}]',
    "html comment": '<!-- {"@type": "NewsArticle"} -->',
    "cdata": '<![CDATA[{"@type": "NewsArticle"}]]>',
    "cdata in script comments": '//<![CDATA[\n{"@type": "NewsArticle"}\n//]]>',
    "cdata in block comments": '/*<![CDATA[*/ {"@type": "NewsArticle"} /*]]>*/',
    "semicolon": '{"@type": "NewsArticle"};',
    "escaped as html": "{&quot;@type&quot;: &quot;NewsArticle&quot;}",
    "comma before a bracket": '{"@type": "NewsArticle",}',
    "byte order mark": '\ufeff{"@type": "NewsArticle"}\u200b',
    "spaces that do not break": '\xa0{"@type":\xa0"NewsArticle"}',
    "marks of Drupal": '<!--//--><![CDATA[//><!--\n{"@type": "NewsArticle"}\n//--><!]]>',
    "paragraph of an editor": '<p>{"@type": "NewsArticle"}</p>',
    "two commas": '{"@type": "NewsArticle",,}',
    "block comment": '{/* the article, {} */ "@type": "NewsArticle"}',
    "no bracket at the end": '[{"@type": "NewsArticle"',
    "single quotes": "{'@type': 'NewsArticle'}",
    "text of JSON": '"{\\"@type\\": \\"NewsArticle\\"}"',
    "comma between documents": '{"@type": "NewsArticle"},',
    "comment inside": '{\n// the article\n"@type": "NewsArticle"}',
}


@pytest.mark.parametrize("script", WRITTEN.values(), ids=WRITTEN)
def test_node_is_read_however_it_is_wrapped(script: str) -> None:
    assert read(script) == ([NODE], [])


TEXTS = {
    "raw line break": ('{"headline": "a\nb"}', "a\nb"),
    "escaped apostrophe": ('{"headline": "it\\\'s"}', "it's"),
    "backslash that escapes nothing": ('{"headline": "C:\\dir"}', "C:\\dir"),
    "unescaped quotes on a line of their own": ('{\n"headline": "قال "نعم" أمس",\n"x": 1}', 'قال "نعم" أمس'),
    "quotes before the end of a line": ('{\n"headline": "قال "نعم" ",\n"x": 1}', 'قال "نعم" '),
    "two quoted words on a line": ('{\n"headline": "بين "نعم" "لا" يقف",\n"x": 1}', 'بين "نعم" "لا" يقف'),
    "unescaped quotes in one line": ('{"headline": "قال "نعم" أمس", "x": 1}', 'قال "نعم" أمس'),
    "html with its quotes": ('{"headline": "<b class="x">نعم</b>"}', '<b class="x">نعم</b>'),
    "apostrophe in single quotes": ("{'headline': 'it's \"late\"'}", 'it\'s "late"'),
    "names without quotes": ('{headline: "a: b, c: d", x: [1]}', "a: b, c: d"),
    "address with two slashes": ('{"headline": "http://a.example/1",}', "http://a.example/1"),
    "comma and bracket inside a text": ('{"headline": "a,] b",}', "a,] b"),
}


@pytest.mark.parametrize(("script", "headline"), TEXTS.values(), ids=TEXTS)
def test_text_is_read_as_it_was_meant(script: str, headline: str) -> None:
    nodes, problems = read(script)
    assert (nodes[0]["headline"], problems) == (headline, [])


@pytest.mark.parametrize(
    "script",
    [
        '{"headline": "he said "no", then left"}',
        '{"headline": "a" "x": 1}',
        '{"headline": ',
        "var x = {};",
        '"a": 1}',
        '{"headline": "a", "keywords": ["b" "c"]}',
        "{'headline': 'a', he said'}",
        '{"headline": "a, "x": "b"}',
    ],
    ids=[
        "quotes that may end the text",
        "no comma",
        "cut",
        "script",
        "no bracket",
        "no comma in a list",
        "single quotes that may end the text",
        "no quote at the end",
    ],
)
def test_json_with_two_meanings_is_a_problem_and_no_node(script: str) -> None:
    nodes, problems = read(script)
    assert (nodes, problems) == ([], ["bad_json"])


def test_what_stands_behind_a_whole_document_is_a_problem_and_the_document_is_read() -> None:
    assert read('{"@type": "NewsArticle"}}') == ([NODE], ["bad_json"])


def test_two_documents_in_one_script_are_read() -> None:
    assert read('{"@type": "NewsArticle"}\n{"@type": "NewsArticle"}') == ([NODE, NODE], [])


def test_numbers_stay_as_written_and_nan_is_nothing() -> None:
    nodes, _ = read('{"a": NaN, "b": ' + "9" * 100_000 + ', "c": 1e999}')
    assert (nodes[0]["a"], len(str(nodes[0]["b"])), nodes[0]["c"]) == (None, 100_000, "1e999")


def test_depth_is_a_problem() -> None:
    assert read("[" * 100_000, '{"a":' * 100_000) == ([], ["too_deep", "too_deep"])


def test_size_is_a_problem_and_the_next_script_is_read() -> None:
    assert read(" " * (MAX_CHARACTERS + 1), '{"@type": "NewsArticle"}') == ([NODE], ["too_large"])


def test_nodes_are_counted() -> None:
    nodes, problems = read(json.dumps([NODE] * (MAX_NODES + 5)))
    assert (len(nodes), problems) == (MAX_NODES, ["too_many_nodes"])


def test_reference_leads_to_its_node() -> None:
    ada = {"@id": "#ada", "name": "Ada Berg"}
    assert resolve({"@id": "#ada"}, {"#ada": ada}) is ada
    assert resolve({"@id": "#max"}, {"#ada": ada}) == {"@id": "#max"}


@pytest.mark.parametrize("stated", ["NewsArticle", ["http://schema.org/NewsArticle"], "https://schema.org/NewsArticle/"])
def test_type_is_known_without_its_vocabulary(stated: object) -> None:
    assert types_of({"@type": stated}) == ["NewsArticle"]


@given(st.lists(st.text(alphabet="{}[]\",:\\/ \n\t'a1@<!->;&", max_size=80), max_size=3))
def test_no_script_raises(scripts: list[str]) -> None:
    read(*scripts)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["@type", "@id", "@graph", "name", "a"]), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(JSON)
def test_json_is_never_a_problem(value: object) -> None:
    assert read(json.dumps(value))[1] == []


HOSTILE = {
    "quotes": '"' + '\\"' * 400_000,
    "commas": '{"a": [' + "1," * 200_000 + "]}",
    "commas and spaces": ",   " * 200_000,
    "spaces": "{" + " " * 900_000,
    "semicolons": ";" * 900_000,
    "one text with many quotes": '{\n"a": "' + '" ' * 400_000,
    "slashes": "/" * 900_000,
    "entities": "{&quot;" + "&quot;" * 150_000,
}


@pytest.mark.parametrize("script", HOSTILE.values(), ids=HOSTILE)
def test_no_script_stalls(script: str) -> None:
    begun = time.process_time()
    read(script)
    assert time.process_time() - begun < 1
