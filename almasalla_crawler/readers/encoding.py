"""Bytes to text. One bad byte must not cost the page, and a wrong guess must not invent letters."""

import codecs
import re
from dataclasses import dataclass

from almasalla_crawler.arabic.letters import arabic_share, is_arabic_script
from almasalla_crawler.items import Rejected

_BOMS = [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")]
_BINARY = (b"%PDF-", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"\x7fELF",
           b"SQLite format 3", b"RIFF", b"OggS", b"ID3", b"\xd0\xcf\x11\xe0", b"MZ\x90")  # fmt: skip
_DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?([\w-]{1,40})""", re.I)
_GUESSES = ("windows-1256", "iso8859-6", "utf-16-le", "utf-16-be")
_MAX_REPLACED_SHARE = 0.005
_MAX_CONTROL_SHARE = 0.1
_MARKUP = re.compile(r"<[^>]*>")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
# Bytes of UTF-8 text shown in the letters of another encoding: what the lead bytes D8 and D9 of Arabic letters become there.
_MOJIBAKE = [("cp1252", "ØÙ"), ("cp1256", "طظ")]


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str
    replaced_chars: int


def decode(body: bytes) -> Decoded:
    """The text of a saved page.

    Byte order mark, then UTF-8 with at most 0.5 % replacements, then what the page declares, then the legacy
    encoding whose letters are Arabic. Raises Rejected: empty, not_text, bad_encoding.
    """
    if not body.strip(b"\x00 \t\r\n\x0b\x0c"):
        raise Rejected("read", "empty", f"{len(body)} bytes without text")
    if body.startswith(_BINARY):
        raise Rejected("read", "not_text", f"starts with {body[:8]!r}")
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return _text_only(_decode_as(body[len(bom) :], encoding))
    as_utf8 = _decode_as(body, "utf-8")
    few_replaced = as_utf8.replaced_chars <= max(_MAX_REPLACED_SHARE * len(as_utf8.text), min(3, len(as_utf8.text) // 12))
    if few_replaced and not _is_full_of_controls(as_utf8.text):
        return as_utf8
    if few_replaced and b"\x06" not in body:  # the high byte of every Arabic letter in UTF-16
        raise Rejected("read", "not_text", "control characters all over")
    return _text_only(_declared(body) or _guess(body))


def repair_mojibake(text: str) -> str:
    """`text` with the lines put right that are UTF-8 read as a legacy encoding; unchanged where the gain is not clear."""
    if not any(sum(map(text.count, leads)) * 50 > len(text) for _, leads in _MOJIBAKE):
        return text
    return "".join([_repair_line(line) for line in text.splitlines(keepends=True)])


def _repair_line(line: str) -> str:
    beyond_ascii = len(line) - len(line.encode("ascii", "ignore"))
    for encoding, leads in _MOJIBAKE:
        suspects = sum(map(line.count, leads))
        if suspects > 3 and suspects * 3 > beyond_ascii and (repaired := _reencode(line, encoding)):
            return repaired
    return line


def _decode_as(body: bytes, encoding: str) -> Decoded:
    text = body.decode(encoding, "replace")
    return Decoded(text, encoding, text.count("\ufffd") - body.count("\ufffd".encode(encoding, "ignore") or b"\0\0\0"))


def _declared(body: bytes) -> Decoded | None:
    match = _DECLARED.search(body, 0, 4096)
    if match is None:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
        decoded = _decode_as(body, name)
    except (LookupError, ValueError):
        return None  # unknown or not a text encoding: the letters decide
    wrong = decoded.replaced_chars > _MAX_REPLACED_SHARE * len(decoded.text)
    return None if wrong or name == "utf-8" else decoded


def _guess(body: bytes) -> Decoded:
    guesses = [_decode_as(body, encoding) for encoding in _GUESSES]
    best = max(guesses, key=lambda guess: arabic_share(guess.text) - guess.replaced_chars / (len(guess.text) + 1))
    is_damaged_utf8 = sum(map(best.text.count, "طظ")) > 0.15 * len(best.text)  # what its lead bytes look like there
    if is_damaged_utf8 or arabic_share(best.text) < 0.5 or best.replaced_chars > _MAX_REPLACED_SHARE * len(best.text) + 1:
        raise Rejected("read", "bad_encoding", "neither UTF-8 nor a legacy Arabic encoding")
    return best


def _is_full_of_controls(text: str) -> bool:
    sample = text if len(text) < 20_000 else text[::16]
    return not text.isprintable() and len(_CONTROLS.findall(sample)) > _MAX_CONTROL_SHARE * len(sample)


def _text_only(decoded: Decoded) -> Decoded:
    if _is_full_of_controls(decoded.text):
        raise Rejected("read", "not_text", "control characters all over")
    return decoded


def _reencode(text: str, encoding: str) -> str | None:
    """`text` undone, or None if its bytes are not UTF-8 or the result is no better."""
    raw = bytearray()
    for character in text:
        try:
            raw += character.encode(encoding)
        except UnicodeEncodeError:
            if ord(character) > 0xFF:
                return None
            raw.append(ord(character))  # cp1252 leaves five bytes undefined; browsers pass them through
    repaired = raw.decode("utf-8", "replace")
    better = repaired.count("\ufffd") * 50 <= len(repaired) and is_arabic_script(_MARKUP.sub("", repaired))
    return repaired if better and len(repaired) < len(text) else None
