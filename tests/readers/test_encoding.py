"""Bytes to text: damaged UTF-8, legacy encodings, mojibake, and what is no text at all."""

import codecs
import contextlib
import random
import time
from typing import Any

import pytest

from almasalla_crawler.arabic.letters import arabic_share, count_letters
from almasalla_crawler.items import Page, Rejected
from almasalla_crawler.readers.encoding import decode
from almasalla_crawler.readers.mojibake import repair_mojibake
from almasalla_crawler.readers.page import read_page

SHORT = "بغداد/المسلة: شهدت العلاقات بين العراق وحلف شمال الأطلسي (الناتو) تطوراً.\n"
TEXT = SHORT * 3
DAMAGE = [0x00, 0x41, 0x80, 0xBF, 0xC3, 0xD8, 0xE2, 0xF0, 0xFF]


def reject_of(body: bytes) -> tuple[str, str]:
    with pytest.raises(Rejected) as caught:
        decode(body)
    return caught.value.reject.stage, caught.value.reject.reason


# --- UTF-8


def test_utf8_is_read_as_it_is() -> None:
    decoded = decode(SHORT.encode())
    assert (decoded.text, decoded.encoding, decoded.replaced_chars) == (SHORT, "utf-8", 0)


def test_byte_order_mark_is_no_text() -> None:
    assert decode(codecs.BOM_UTF8 + SHORT.encode()).text == SHORT


@pytest.mark.parametrize("byte", DAMAGE, ids=hex)
def test_one_flipped_byte_costs_at_most_four_letters_wherever_it_is(byte: int) -> None:
    body, letters = SHORT.encode(), count_letters(SHORT)
    for offset in range(len(body)):
        decoded = decode(body[:offset] + bytes([byte]) + body[offset + 1 :])
        assert decoded.encoding == "utf-8", offset
        assert letters - count_letters(decoded.text) <= 4, offset


def test_one_flipped_byte_does_not_cost_a_line_of_thirty_letters() -> None:
    body = "بغداد/المسلة: شهدت العلاقات تطوراً.\n".encode()
    assert decode(b"\x80" + body[1:]).encoding == "utf-8"


def test_file_cut_in_the_middle_of_a_character_loses_that_character_only() -> None:
    body = SHORT.encode()
    middle = body.index("تطوراً".encode()) + 1
    decoded = decode(body[:middle])
    assert (decoded.text, decoded.replaced_chars) == (SHORT[: SHORT.index("تطوراً")] + "\ufffd", 1)


def test_file_cut_anywhere_is_read_up_to_there() -> None:
    body = TEXT.encode()
    for end in range(len(SHORT.encode()), len(body)):
        assert TEXT.startswith(decode(body[:end]).text.rstrip("\ufffd"))


def test_replacement_characters_of_the_page_itself_are_not_damage() -> None:
    assert decode(("نص \ufffd " * 50).encode()).replaced_chars == 0


# --- legacy encodings


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("cp1256", "windows-1256"),
        ("iso8859-6", "iso8859-6"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-16", "utf-16-le"),
    ],
    ids=["windows-1256", "iso-8859-6", "utf-16 le", "utf-16 be", "utf-16 with mark"],
)
def test_legacy_encoding_is_told_by_its_arabic_letters(codec: str, encoding: str) -> None:
    decoded = decode(TEXT.encode(codec))
    assert (decoded.text, decoded.encoding, decoded.replaced_chars) == (TEXT, encoding, 0)


def test_utf16_big_endian_with_mark() -> None:
    assert decode(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be")).text == TEXT


@pytest.mark.parametrize(
    "declared", ["windows-1256", "utf-8", "bogus", "rot13"], ids=["right", "wrong", "unknown", "no encoding"]
)
def test_declaration_of_a_page_counts_only_where_it_is_true(declared: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>{TEXT}</p></body></html>'
    assert decode(page.encode("cp1256")).text == page


@pytest.mark.parametrize("codec", ["windows-1256", "iso8859-6"])
def test_a_western_declaration_is_not_believed_of_words_without_a_plain_letter(codec: str) -> None:
    links = "".join(f'<a class="menu-item" href="/section/{number}">' for number in range(50))
    page = f'<html><meta charset="iso-8859-1">{links}<p>افتتحت بلدية المدينة مكتبة عامة بعد ترميم دام عامين</p></html>'
    assert decode(page.encode(codec)).text == page


@pytest.mark.parametrize(
    ("codec", "text"),
    [("windows-1251", "Мэр открыл новый мост через реку и поблагодарил рабочих за труд в эти годы"),
     ("koi8-r", "Мэр открыл новый мост через реку и поблагодарил рабочих за труд в эти годы"),
     ("iso8859-7", "Ο δήμαρχος άνοιξε το νέο πάρκο και ευχαρίστησε τους εργάτες"),
     ("windows-1255", "ראש העיר פתח את הגן החדש אחרי שנתיים של עבודות")], ids=str,
)  # fmt: skip
def test_bytes_of_another_script_are_not_read_as_arabic(codec: str, text: str) -> None:
    page = f'<html><meta charset="iso-8859-1"><p>{text}</p></html>'
    assert arabic_share(decode(page.encode(codec)).text) == 0


def test_mostly_latin_page_is_read_by_its_declaration() -> None:
    page = f'<?xml encoding="windows-1252"?><p>{"déjà vu à Paris " * 30}</p>'
    assert decode(page.encode("cp1252")).text == page


# --- mojibake


def through_cp1252(text: str) -> str:
    """UTF-8 shown as windows-1252 by a browser: the five bytes it leaves undefined pass through."""
    return "".join(chr(byte) if byte in b"\x81\x8d\x8f\x90\x9d" else bytes([byte]).decode("cp1252") for byte in text.encode())


@pytest.mark.parametrize(
    "garbled",
    [through_cp1252(TEXT), TEXT.encode().decode("cp1256"), TEXT.encode().decode("latin-1")],
    ids=["windows-1252", "windows-1256", "latin-1"],
)
def test_mojibake_is_repaired(garbled: str) -> None:
    assert repair_mojibake(garbled) == TEXT


def test_only_the_garbled_lines_are_repaired() -> None:
    sound = "سطر سليم من النص لا يحتاج إلى إصلاح.\n"
    assert repair_mojibake(sound + through_cp1252(TEXT)) == sound + TEXT


def test_mojibake_with_a_damaged_character_is_repaired_around_it() -> None:
    garbled = through_cp1252(TEXT)
    assert repair_mojibake(garbled.replace("Ù", "", 1)).count("\ufffd") == 1


def test_garbled_text_between_tags_is_repaired() -> None:
    assert repair_mojibake(f"<p class='x'>{through_cp1252(SHORT)}</p>") == f"<p class='x'>{SHORT}</p>"


SAVED_AGAIN = f"{SHORT}About Post Author\nSee author’s posts\n\u00a0\nالنخيل – خاص\n{TEXT}"


@pytest.mark.parametrize("read_as", [through_cp1252, lambda text: text.encode().decode("latin-1")], ids=["cp1252", "latin-1"])
@pytest.mark.parametrize("times", [1, 2], ids=["once", "twice"])
@pytest.mark.parametrize("frame", ["{}", "<html><body><p>{}</p></body></html>"], ids=["text", "html"])
def test_a_file_that_was_read_as_another_encoding_and_saved_again_is_what_it_was(read_as: Any, times: int, frame: str) -> None:
    page = garbled = frame.format(SAVED_AGAIN)
    for _ in range(times):
        garbled = read_as(garbled)
    assert decode(garbled.encode()).text == page


def test_a_page_in_latin1_letters_has_its_lines() -> None:
    page = Page("seed:a", "file:a")
    read_page(TEXT.encode().decode("latin-1").encode(), page)
    assert [line.text for line in page.lines] == TEXT.splitlines()


def test_lines_without_arabic_beside_garbled_ones_are_repaired_too() -> None:
    sound = "سطر سليم من النص لا يحتاج إلى إصلاح.\ncafé\n"
    assert repair_mojibake(sound + through_cp1252("author’s posts\n" + TEXT)) == sound + "author’s posts\n" + TEXT


def test_letters_that_got_lost_on_the_way_are_not_guessed() -> None:
    assert reject_of((TEXT * 2).encode().decode("cp1252", "replace").encode()) == ("read", "bad_encoding")


@pytest.mark.parametrize(
    "text",
    [
        "طظ طظ طظ طظ",
        "ØØØ Øl, Øre, Ørsted ÙÙÙ",
        "ظهر طائر الطيران فوق طنطا وظل يطير طول الظهيرة وطلب الطعام",
        SHORT,
    ],
    ids=["letters alone", "danish", "arabic rich in these letters", "sound"],
)
def test_text_without_a_clear_gain_stays(text: str) -> None:
    assert repair_mojibake(text) == text


# --- what is no text


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param(*row, id=name)
        for name, row in {
            "no byte": (b"", "empty"),
            "spaces": (b" \r\n\t ", "empty"),
            "zeros": (b"\x00" * 100, "empty"),
            "pdf": (b"%PDF-1.7\n1 0 obj", "not_text"),
            "png": (b"\x89PNG\r\n\x1a\n\x00", "not_text"),
            "jpeg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "not_text"),
            "zip": (b"PK\x03\x04\x14\x00", "not_text"),
            "gzip": (b"\x1f\x8b\x08\x00", "not_text"),
            "database": (b"SQLite format 3\x00", "not_text"),
            "word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "not_text"),
            "control characters": (b"\x01\x02\x03abc" * 50, "not_text"),
            "controls behind a mark": (codecs.BOM_UTF8 + b"\x01\x02\x03abc" * 50, "not_text"),
            "noise": (random.Random(7).randbytes(3000), "bad_encoding"),
        }.items()
    ],
)
def test_what_is_no_text_is_rejected_with_its_reason(body: bytes, reason: str) -> None:
    assert reject_of(body) == ("read", reason)


@pytest.mark.parametrize("body", ['{"title": "خبر"}', '["خبر"]', ' {"a": 1}\n'], ids=["object", "list", "spaces"])
def test_json_is_no_page(body: str) -> None:
    with pytest.raises(Rejected, match="not_text"):
        read_page(body.encode(), Page("seed:a", "file:a"))


def test_text_in_brackets_is_a_page() -> None:
    page = Page("seed:a", "file:a")
    read_page("[صورة] خبر قصير جداً من بغداد [فيديو]".encode(), page)
    assert len(page.lines) == 1


@pytest.mark.parametrize("body", [codecs.BOM_UTF8, b"<html><body><script>x</script></body></html>"], ids=["mark", "script"])
def test_page_without_visible_text_is_empty(body: bytes) -> None:
    with pytest.raises(Rejected, match="empty"):
        read_page(body, Page("seed:a", "file:a"))


@pytest.mark.parametrize("unit", ["Ø", "ØÙ", "طظ", "\x80", "<", "ا\n"])
def test_a_megabyte_is_decoded_quickly(unit: str) -> None:
    body = (unit * (1_000_000 // len(unit.encode()))).encode()
    start = time.process_time()
    repair_mojibake(body.decode())
    with contextlib.suppress(Rejected):
        decode(body)
    assert time.process_time() - start < 2
