"""Text saved as Markdown, by extractors and clipping extensions, becomes HTML: headings, links and bullets say what they are."""

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

MAX_CHARACTERS = 80_000  # the parser takes a second for a megabyte, for this much of nothing but signs
MAX_OPEN = 2_000  # brackets: each that stays open is looked for again from every other
MAX_ABOVE = 200  # lines: a menu may stand above a headline
MIN_HEADLINE_WORDS = 4  # fewer may name the site
MIN_NAME_WORDS = 2
MIN_TEXT_WORDS = 20  # of a line without a full stop
_HEADING = re.compile(r"^(#{1,6}) {1,3}(?=\S)", re.M)
_SUB_HEADING = re.compile(r"^#{2,6} {1,3}\S", re.M)
_LINK = re.compile(r"\[[^\[\]\n]{1,300}\]\((?:https?://|/)[^\s()]{1,2000}")
_ADDRESS = re.compile(r"\]\([^)]*\)?")
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"\d{4}")
_NUMBER = re.compile(r"^([ \t>]*(?:[-+*] +)?\d{1,9})(?=[.)])", re.M)  # `2011. `, `1) `: what a list would lose
_MINUS = re.compile(r"^([ \t>]*)(?=[-+] \d)", re.M)
_STAR = re.compile(r"(?<=\w)\*(?=\w)")  # `5*3`
_BELOW_A_BULLET = re.compile(r"^([ \t]*(?:[-+*] |>).*\n)(?=[^\s\-+*>#])", re.M)  # the parser would take it for a part of that


def is_markdown(text: str) -> bool:
    """Headings of more than one sign, or a heading and a link, or two links, and no headline that is not marked as one.
    `# بغداد` alone is a keyword as browsers copy it."""
    if len(text) > MAX_CHARACTERS or ("](" not in text and "## " not in text) or text.count("[") > MAX_OPEN:
        return False
    links = sum(1 for _ in zip(range(2), _LINK.finditer(text), strict=False))
    is_marked = links > 1 or (bool(links) and bool(_HEADING.search(text))) or len(_SUB_HEADING.findall(text)) > 1
    return is_marked and _headline(text) is not None


def as_html(text: str) -> str:
    """The page that `text` describes. Each line of it stays a line; tags in it are shown, not read."""
    lines, headline = text.split("\n"), _headline(text)
    for index in range(0 if headline is None else headline + 1):
        shown = _HEADING.sub("", lines[index])
        lines[index] = f"# {shown}\n" if index == headline else shown
    kept = _STAR.sub(r"\*", _MINUS.sub(r"\1\\", _NUMBER.sub(r"\1\\", "\n".join(lines))))
    apart = _BELOW_A_BULLET.sub(r"\1\n", kept)
    return f"<body>{_parser().render(apart)}</body>"


def _headline(text: str) -> int | None:
    """Number of the line with the headline, the first heading above the text; of the one below that, where the first has few
    words as the name of a site has. -1 if there is none, None if a line that is no heading may be it."""
    shown = ((number, line) for number, line in enumerate(text.split("\n")) if line.strip())
    lines = list(islice(shown, MAX_ABOVE))
    short: int | None = None
    plain: list[str] = []  # lines that are no headings
    for index, (number, line) in enumerate(lines):
        is_above_text = any(_is_text(below) for _, below in lines[index + 1 : index + 2])
        heading, words = _HEADING.match(line), _words(line)
        if heading is None:
            is_text = words >= MIN_TEXT_WORDS or (is_above_text and _is_text(line))  # alone a closed line may be a headline
            plain += [line] * ("](" not in line and not is_text)
            if _is_text(line):
                break
        elif not _may_be_headline(heading, line, plain):
            break
        elif words >= MIN_HEADLINE_WORDS and (short is None or not is_above_text):
            # Below a sub-heading its text stands, not a date, a name or a link. Of two that may be the headline none is known.
            return None if any(_may_follow(below) for _, below in lines[index + 1 : index + 2]) else number
        elif short is None:
            short = number
    return -1 if short is None and max(map(_words, plain), default=0) < MIN_NAME_WORDS else short


def _may_follow(line: str) -> bool:
    return _HEADING.match(line) is not None and _words(line) >= MIN_HEADLINE_WORDS


def _may_be_headline(heading: re.Match[str], line: str, plain: list[str]) -> bool:
    """May a heading be the headline below these lines: is none of them one, or the date of one?"""
    longest = max(map(_words, plain), default=0)
    if _words(line) < MIN_HEADLINE_WORDS:
        return longest < MIN_NAME_WORDS
    return longest < MIN_HEADLINE_WORDS or (heading[1] == "#" and not any(map(_YEAR.search, plain)))


def _is_text(line: str) -> bool:
    is_closed = line.rstrip().rstrip("*_").endswith((".", "،", ":", "؛"))
    return _words(line) >= (MIN_HEADLINE_WORDS if is_closed else MIN_TEXT_WORDS)


def _words(line: str) -> int:
    """How many words are shown, without addresses of links."""
    return len(_WORD.findall(_ADDRESS.sub("", line)))


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # 60 ms that only such pages pay

    # Not by indents, underlines, rules of signs and numbers in brackets: saved text has them for looks and for footnotes.
    rules = ["code", "fence", "lheading", "reference", "html_block", "html_inline"]
    return MarkdownIt("commonmark", {"breaks": True, "html": False}).disable(rules)
