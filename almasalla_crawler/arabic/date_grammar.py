"""The productions of a date line, as regular expressions over the kinds of its tokens: from tokens to parts."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from almasalla_crawler.arabic.months import Token

_MONTH = r"(?:M(?:[/(\-,|]?M\)?)?|[HJ])"  # a second name for the month must mean the same
_GAP = r"[,/.\-]{0,2}"
# A lone م after the year means Gregorian, but before a clock without ص or م it may be its PM: then nothing is read.
_ERA = r"[ah]?(?:m(?!n:n(?::n)?(?![:pm])))?"
DATES = {  # production: order of its numbers, pattern
    "day_month_year": ("dy", rf"ns?{_GAP}o?{_MONTH}{_GAP}y{_ERA}"),
    "month_day_year": ("dy", rf"{_MONTH}{_GAP}ns?{_GAP}y{_ERA}"),
    "year_month_day": ("yd", rf"y{_GAP}{_MONTH}{_GAP}n{_ERA}"),
    "day_month_short_year": ("ds", r"n(?P<g1>[/\-])M(?P=g1)n"),
    "iso": ("ymd", rf"y(?P<g2>[/.\-])n(?P=g2)n{_ERA}"),
    "compact": ("ymd", "y~n~n"),
    "numeric": ("dmy", rf"n(?P<g3>[/.\-])n(?P=g3)y{_ERA}"),
    "numeric_short_year": ("dms", r"n(?P<g4>[/.\-])n(?P=g4)n"),
    "yearless": ("d", r"no?M(?:[/(\-,|]?M\)?)?"),
}
_AMOUNT = "(?:[nk]?[uD]|[nk]U|d)"
_NO_DATE_FOLLOWS = r"(?![\-/.:nsoMHJ])"
_PATTERNS = {
    "relative": rf"gv?{_AMOUNT}(?:&?{_AMOUNT})?|v?{_AMOUNT}(?:[&,]?{_AMOUNT})?[gG]",
    "now": "i",
    **{name: pattern for name, (_, pattern) in DATES.items()},
    # After a minute a minus is an offset only in the form -0300: 10:30 - 12:00 is a range.
    "clock": r"c?(?:(?P<face>n[:q]n(?P<seconds>:n(?:\.[nkye])?)?|(?<=c)n(?:\.n)?|n(?:\.n)?(?=[pm]))(?P<half>[pm])?"
    rf"(?P<offset>(?:\+(?:n:n|n)|[+\-]y|(?(seconds)-n:n|(?!))){_NO_DATE_FOLLOWS})?)",
    "zone": rf"z(?P<shift>[+\-](?:n:n|n|y){_NO_DATE_FOLLOWS})?",
    "weekday": "w",
    "day_back": "p?tp?",
    "epoch": "e",
    "label": "l",
    "filler": r"[,/.\-|():bcTD]",
}
_PART = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS.items()))
LABELLED = re.compile("l+[^l]*|[^l]+")
TAIL = re.compile(r"[,/\-|(]+(?:[nk](?:[,.]k)*[uU]?)?x.*|x.*|\|[^nykel?]*\?[^nykel]*$")


class Part(NamedTuple):
    rule: str
    tokens: list[Token]
    face: Sequence[Token] = ()  # of a clock: its digits
    half: Sequence[Token] = ()  # of a clock: am or pm
    offset: Sequence[Token] = ()  # of a clock or a zone: what stands from the sign on


def parts_of(tokens: list[Token]) -> list[Part]:
    """The parts of a line in their order, fillers left out; empty if some token belongs to none."""
    shape = "".join(token.kind for token in tokens)
    parts: list[Part] = []
    place = 0
    while place < len(shape):
        match = _PART.match(shape, place)
        if not match or not match.lastgroup:
            return []
        rule = match.lastgroup
        names = {"clock": ("face", "half", "offset"), "zone": ("face", "half", "shift")}.get(rule, ())
        groups = [tokens[slice(*match.span(name))] for name in names]
        if rule not in ("filler", "label"):
            parts.append(Part(rule, tokens[place : match.end()], *groups))
        place = match.end()
    return parts
