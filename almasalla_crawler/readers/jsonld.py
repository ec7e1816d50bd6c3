"""JSON-LD: the scripts of a page become nodes, broken JSON is repaired where only one repair is possible."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from almasalla_crawler.readers.entities import unescape

MAX_CHARACTERS = 1_000_000  # of all scripts of a page; a news page has 5,000, one with all its comments 300,000
MAX_NODES = 2000  # looked at on one page; a long list of breadcrumbs has 50
MAX_DEPTH = 5  # of lists and @graph around a node

Node = dict[str, Any]

# What stands around documents: marks that once hid scripts from old browsers and from XML, and what editors put there.
_WRAPPER = re.compile(
    r"(?:[\s,;\ufeff\u200b-\u200f]|<!--|-->|<!\[CDATA\[|<?!?\]\]>|/\*|\*/|//>?|</?(?:p|br)\b[^<>]{0,20}>)++", re.I
)
_NO_END = r"""(?!\s*+(?:[,:\]}]|\Z)|\s++["'])"""  # another text behind it: a comma may be missing
# What is no plain JSON, and the strings around it (closed or not): a quote inside ends one only where a text may end. Each takes
# all it can, so each character is looked at once.
_TOKEN = re.compile(
    rf'"(?:[^"\\]|\\.|"{_NO_END})*+"?'
    rf"|'(?:[^'\\]|\\.|'{_NO_END})*+'?"
    r"|(?<!\w)[A-Za-z_]\w{0,40}+(?=\s*+:)"
    r"|[\[\]{}]|,+(?=\s*+[,}\]])|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)|[\xa0\ufeff\u200b-\u200f]++",
    re.S,
)
# A property with a text that has a line to itself: quotes inside the text cannot be meant to end it.
_TEXT_LINE = re.compile(r'^([ \t]*+"[\w@:-]{1,40}+"[ \t]*+:[ \t]*+")(.*)("[ \t]*+,?[ \t]*+\r?)$', re.M)
_QUOTE_THAT_MAY_END = re.compile(r'(?<!\\)"\s*+[,:\]}]')
_OPEN_QUOTE = re.compile(r'(?<!\\)"')
_QUOTE_INSIDE = re.compile(r'(?<=.)(?<!\\)"(?=.)', re.S)
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})(.?)', re.S)
_PREFIXED_KEY = re.compile(r'(?<!\\)"schema:(?=\w{1,40}+"\s*+:)')
_CLOSING = {"{": "}", "[": "]"}
# Numbers stay as written: a number with a million digits is no work. NaN is nothing.
_DECODER = json.JSONDecoder(strict=False, parse_int=str, parse_float=str, parse_constant=lambda _: None)


def read_nodes(scripts: Iterable[str], problem: Callable[[str, str], None]) -> list[Node]:
    """The nodes of all scripts in their order, lists and @graph opened. `problem` hears what was not read, and the text.

    A reference `{"@id": X}` is not followed here: see `resolve`.
    """
    nodes: list[Node] = []
    left = MAX_CHARACTERS
    for script in scripts:
        if len(script) > left:
            problem("too_large", script)
            continue
        left -= len(script)
        for value in _values(script, problem):
            nodes += _open(value, MAX_DEPTH)
            if len(nodes) > MAX_NODES:
                problem("too_many_nodes", script)
                return nodes[:MAX_NODES]
    return nodes


def types_of(node: Node) -> list[str]:
    """The types without the address of their vocabulary: NewsArticle of http://schema.org/NewsArticle or schema:NewsArticle."""
    return [
        str(one).rstrip("/").rpartition("/")[2].removeprefix("schema:")
        for one in as_list(node.get("@type"))
        if isinstance(one, str)
    ]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def index_by_id(nodes: list[Node]) -> dict[str, Node]:
    return {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}


def resolve(value: Any, by_id: dict[str, Node]) -> Any:
    """`value`, or the node it refers to."""
    if isinstance(value, dict) and len(value) <= 2 and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    return value


def _values(script: str, problem: Callable[[str, str], None]) -> Iterator[Any]:
    mark = _WRAPPER.match(script)
    text = script[mark.end() :] if mark else script
    if text.startswith(("{&quot;", "[{&quot;", "{ &quot;")):  # the whole script went through an escaper
        text = unescape(text)
    if '"schema:' in text:
        text = _PREFIXED_KEY.sub('"', text)
    try:
        documents, rest = _documents(text)
        if rest:
            repaired = _documents(_repaired(text))
            documents, rest = max((documents, rest), repaired, key=lambda read: len(read[0]) - bool(read[1]))
        for document in documents:
            yield from _documents(document)[0] if isinstance(document, str) else (document,)  # twice through an encoder
    except RecursionError:
        return problem("too_deep", script)
    if rest:
        problem("bad_json", rest)


def _documents(text: str) -> tuple[list[Any], str]:
    """The JSON documents that stand one behind the other (most scripts hold one), and the rest that is none."""
    documents: list[Any] = []
    place = 0
    while place < len(text):
        if gap := _WRAPPER.match(text, place):
            place = gap.end()
            continue
        try:
            value, place = _DECODER.raw_decode(text, place)
        except ValueError:
            return documents, text[place:]
        documents.append(value)
    return documents, ""


def _repaired(text: str) -> str:
    """Without comments and needless commas, in the quotes and escapes of JSON, and with the brackets that its end lacks."""
    open_brackets: list[str] = []

    def repaired(match: re.Match[str]) -> str:
        token = match[0]
        if token in _CLOSING:
            open_brackets.append(_CLOSING[token])
        elif open_brackets and token == open_brackets[-1]:
            open_brackets.pop()
        return _repaired_token(token)

    repaired_text = _TOKEN.sub(repaired, _TEXT_LINE.sub(_repaired_line, text))
    return repaired_text + "".join(reversed(open_brackets))


def _repaired_line(match: re.Match[str]) -> str:
    before, text, after = match.groups()
    return match[0] if _QUOTE_THAT_MAY_END.search(text) else before + _OPEN_QUOTE.sub(r'\\"', text) + after


def _repaired_token(token: str) -> str:
    if token[0] == "'" and len(token) > 1:
        token = '"' + token[1:-1].replace('"', r"\"") + '"'
    elif token[0] == '"':
        token = _QUOTE_INSIDE.sub(r"\"", token)
    elif token[0].isalpha() or token[0] == "_":
        return f'"{token}"'
    elif token not in "[]{}":
        return " " if token[0] in "\xa0\ufeff" else ""
    return _BAD_ESCAPE.sub(_plain_escape, token) if "\\" in token else token


def _plain_escape(match: re.Match[str]) -> str:
    """`\\'` is an apostrophe; any other backslash that escapes nothing is one."""
    return "'" if match[1] == "'" else rf"\\{match[1]}"


def _open(value: Any, depth: int) -> Iterator[Node]:
    if isinstance(value, list) and depth:
        for one in value:
            yield from _open(one, depth - 1)
    elif isinstance(value, dict):
        if "@graph" in value and depth:
            yield from _open(value["@graph"], depth - 1)
        if "@graph" not in value or "@type" in value:
            yield value
