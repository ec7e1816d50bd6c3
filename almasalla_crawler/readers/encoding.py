"""Bytes to text. One bad byte must not cost the page, and a wrong guess must not invent letters."""

import codecs
import re
from dataclasses import dataclass, replace

from almasalla_crawler.arabic.letters import arabic_share
from almasalla_crawler.items import Rejected
from almasalla_crawler.readers.mojibake import is_mojibake, repair_mojibake

_BOMS = [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")]
_BINARY = (b"%PDF-", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"\x7fELF",
           b"SQLite format 3", b"RIFF", b"OggS", b"ID3", b"\xd0\xcf\x11\xe0", b"MZ\x90")  # fmt: skip
_DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?([\w-]{1,40})""", re.I)
_XML_DECLARATION = re.compile(r"\A\s{0,9}<\?xml[^>]{0,200}\?>")
_GUESSES = ("windows-1256", "iso8859-6", "utf-16-le", "utf-16-be")
_WESTERN = ("iso8859-1", "cp1252", "iso8859-15")
_TAGS = re.compile(r"<[^<>]*>")
_PLAIN_LETTER = re.compile(r"[a-zA-Z]")
MAX_REPLACED_SHARE = 0.005
MIN_ARABIC_SHARE = 0.9  # of the letters beyond ASCII
MIN_ALIFS = 0.05  # of the same: every text in Arabic script has more
_MAX_CONTROL_SHARE = 0.1
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str
    replaced_chars: int


def decode(body: bytes) -> Decoded:
    """The text of a saved page.

    Byte order mark, then UTF-8 with at most 0.5 % replacements, then what the page declares, then the legacy encoding whose
    letters are Arabic. What was read as another encoding and saved again is put right. Raises Rejected: empty, not_text,
    bad_encoding.
    """
    if not body.strip(b"\x00 \t\r\n\x0b\x0c"):
        raise Rejected("read", "empty", f"{len(body)} bytes without text")
    if is_binary(body):
        raise Rejected("read", "not_text", f"starts with {body[:8]!r}")
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return _text_only(_decode_as(body[len(bom) :], encoding))
    as_utf8 = _repaired(_decode_as(body, "utf-8"))
    few_replaced = as_utf8.replaced_chars <= max(MAX_REPLACED_SHARE * len(as_utf8.text), min(3, len(as_utf8.text) // 12))
    if few_replaced and not _is_full_of_controls(as_utf8.text):
        return as_utf8
    if few_replaced and b"\x06" not in body:  # the high byte of every Arabic letter in UTF-16
        raise Rejected("read", "not_text", "control characters all over")
    return _text_only(_declared(body) or _guess(body))


def is_binary(body: bytes) -> bool:
    """Does it begin as a PDF, picture, archive or program does?"""
    return body.startswith(_BINARY)


def _decode_as(body: bytes, encoding: str) -> Decoded:
    text = body.decode(encoding, "replace")
    if "\ufffd" not in text:
        return Decoded(text, encoding, 0)
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
    wrong = decoded.replaced_chars > MAX_REPLACED_SHARE * len(decoded.text)
    if name in _WESTERN and _has_words_of_accents(decoded.text):
        best = _best(body, _GUESSES[:2])
        return best if _is_arabic(best.text) else decoded
    return None if wrong or name == "utf-8" else decoded


def _has_words_of_accents(text: str) -> bool:
    """`ÎÈÑ Úä ãÔÑæÚ`: no western language has many words without a plain letter. Servers call pages so that nobody asked."""
    words = [word for word in _TAGS.sub(" ", text).split() if len(word) > 1 and word.isalpha()]
    return sum(_PLAIN_LETTER.search(word) is None for word in words) * 3 > len(words)


def _is_arabic(text: str) -> bool:
    """Russian, Greek or Hebrew bytes give some letters of Arabic too, but few alifs."""
    letters = [char for char in text if char > "\x7f" and (char.isalpha() or char == "\ufffd")]
    return arabic_share("".join(letters)) > MIN_ARABIC_SHARE and letters.count("ا") > MIN_ALIFS * len(letters)


def _best(body: bytes, encodings: tuple[str, ...]) -> Decoded:
    guesses = [_decode_as(body, encoding) for encoding in encodings]
    return max(guesses, key=lambda guess: arabic_share(guess.text) - guess.replaced_chars / (len(guess.text) + 1))


def _guess(body: bytes) -> Decoded:
    best = _best(body, _GUESSES)
    is_damaged_utf8 = sum(map(best.text.count, "طظ")) > 0.15 * len(best.text)  # what its lead bytes look like there
    if is_damaged_utf8 or arabic_share(best.text) < 0.5 or best.replaced_chars > MAX_REPLACED_SHARE * len(best.text) + 1:
        raise Rejected("read", "bad_encoding", "neither UTF-8 nor a legacy Arabic encoding")
    return best


def _is_full_of_controls(text: str) -> bool:
    sample = text if len(text) < 20_000 else text[::16]
    return not text.isprintable() and len(_CONTROLS.findall(sample)) > _MAX_CONTROL_SHARE * len(sample)


def _repaired(decoded: Decoded) -> Decoded:
    text = repair_mojibake(decoded.text)
    if is_mojibake(text):
        raise Rejected("read", "bad_encoding", "UTF-8 that was read as another encoding and lost letters")
    return decoded if text is decoded.text else replace(decoded, text=text)


def _text_only(decoded: Decoded) -> Decoded:
    decoded = _repaired(decoded)
    if _is_full_of_controls(decoded.text):
        raise Rejected("read", "not_text", "control characters all over")
    return decoded


def xml_in_utf8(body: bytes) -> bytes:
    """Feeds and sitemaps in UTF-16 with its byte order mark, as UTF-8; any other as it is."""
    encoding = next((encoding for bom, encoding in _BOMS[1:] if body.startswith(bom)), "")
    if not encoding:
        return body
    return _XML_DECLARATION.sub("", body[2:].decode(encoding, "replace"), count=1).encode()
