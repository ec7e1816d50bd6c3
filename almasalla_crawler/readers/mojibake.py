"""UTF-8 that was read as another encoding and saved again: `Ø§Ù„` where `ال` stood. Undone only on a clear gain."""

import codecs
import re
from collections.abc import Iterator

from almasalla_crawler.arabic.letters import is_arabic_script

# What the lead bytes D8 and D9 of Arabic letters become; Ã is what their own lead byte becomes when that happens twice.
_LEADS = {"cp1252": "ØÙÃ", "cp1256": "طظ"}
_MARKUP = re.compile(r"<[^>]*>")
_COUNTED = 20_000  # characters; of a longer text every sixteenth tells whether it is worth counting


def _bytes_of(encoding: str) -> dict[int, int]:
    """Code point -> byte. latin-1 is what browsers fall back to for the five bytes that cp1252 leaves undefined."""
    decoded = {byte: codecs.decode(bytes([byte]), encoding, "ignore") for byte in range(256)}
    return {byte: byte for byte in range(256)} | {ord(character): byte for byte, character in decoded.items() if character}


_BYTES = {encoding: _bytes_of(encoding) for encoding in _LEADS}


def repair_mojibake(text: str) -> str:
    """`text` put right, as a whole or line by line; unchanged where the gain is not clear."""
    sample = _sample(text)
    suspects = [name for name, leads in _LEADS.items() if _count(sample, leads) * 100 > len(sample)]
    suspects = [name for name in suspects if _count(text, _LEADS[name]) * 50 > len(text)]
    if not suspects:
        return text
    whole = next(filter(None, (_undone(text, encoding) for encoding in suspects)), None)
    return whole if whole is not None else "\n".join(_repaired_lines(text.split("\n"), suspects))


def is_mojibake(text: str) -> bool:
    """Is it still garbled? So it is if letters got lost on the way: there is no byte for them."""
    if not _count(_sample(text), "ØÙ"):
        return False
    beyond_ascii = _beyond_ascii(text)
    return beyond_ascii > 60 and _count(text, "ØÙ") * 3 > beyond_ascii and not is_arabic_script(_MARKUP.sub("", text))


def _repaired_lines(lines: list[str], suspects: list[str]) -> Iterator[str]:
    """In a file with garbled lines a line without Arabic letters is garbled too if its bytes are flawless UTF-8."""
    repaired = [_repaired_line(line, suspects) for line in lines]
    is_garbled = any(one is not None for one in repaired)
    for line, one in zip(lines, repaired, strict=True):
        yield one or (is_garbled and _reencoded(line, suspects[0], "strict")) or line


def _repaired_line(line: str, suspects: list[str]) -> str | None:
    for encoding in suspects:
        found = _count(line, _LEADS[encoding])
        if found > 3 and found * 3 > _beyond_ascii(line) and (undone := _undone(line, encoding)):
            return undone
    return None


def _undone(text: str, encoding: str) -> str | None:
    """The Arabic text that was read as `encoding`, once or twice over; None if it is none."""
    for _ in range(2):
        undone = _reencoded(text, encoding, "replace")
        if undone is None or undone.count("\ufffd") * 50 > len(undone):
            return None
        if is_arabic_script(_MARKUP.sub("", undone)):
            return undone
        text = undone
    return None


def _reencoded(text: str, encoding: str, errors: str) -> str | None:
    """None if the text has characters that `encoding` has not, or nothing would change."""
    try:
        undone = text.translate(_BYTES[encoding]).encode("latin-1").decode("utf-8", errors)
    except UnicodeError:
        return None
    return undone if len(undone) < len(text) else None


def _sample(text: str) -> str:
    return text if len(text) < _COUNTED else text[::16]


def _count(text: str, characters: str) -> int:
    return sum(map(text.count, characters))


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))
