"""Both languages say everything, and dates and numbers are written as each does."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from almasalla_crawler.inspect.choices import cookies_to_set, read_choices
from almasalla_crawler.inspect.roles import FAMILIES, NAMES
from almasalla_crawler.wording import chosen_language, day_words, number, role_word, time_words

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "almasalla_crawler"
ARABIC: dict[str, str] = json.loads((PACKAGE / "translations/ar.json").read_text("utf-8"))
PHRASES = {
    found[1] or found[2]
    for template in (PACKAGE / "inspect/templates").glob("*.html")
    for found in re.finditer(r"""\b_\((?:"([^"]+)"|'([^']+)')\)""", template.read_text("utf-8"))
}
REASONS = set(re.findall(r"^\| [a-z]+ \| `(\w+)` \|", (ROOT / "docs/database.md").read_text("utf-8"), re.M))
ROLES = {role for roles in FAMILIES.values() for role in roles}


def roles_in_code() -> set[str]:
    """What any stage makes of a line."""
    text = "".join(path.read_text("utf-8") for path in (PACKAGE / "pipelines").glob("*.py"))
    return set(re.findall(r'\.role, \w+\.rule = "(\w+)"', text))


def test_every_phrase_of_the_templates_is_translated() -> None:
    assert PHRASES - ARABIC.keys() == set()


@pytest.mark.parametrize("codes", [REASONS, ROLES | roles_in_code(), set(NAMES.values())], ids=["reasons", "roles", "families"])
def test_every_code_of_the_database_has_its_word(codes: set[str]) -> None:
    assert codes
    assert [code for code in codes if not re.search("[ء-ي]|REST", role_word(code, "ar"))] == []


def test_every_translation_is_arabic_and_says_something() -> None:
    assert [phrase for phrase, text in ARABIC.items() if not re.search("[ء-ي]", text)] == []


def test_every_file_of_the_web_page_is_in_the_package() -> None:
    shipped = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["package-data"][
        "almasalla_crawler"
    ]
    others = {path for path in (PACKAGE / "inspect").rglob("*.*") if path.suffix not in (".py", ".pyc")}
    assert others - {path for pattern in shipped for path in PACKAGE.glob(pattern)} == set()


@pytest.mark.parametrize(
    ("wishes", "language"),
    [
        (("", "", "ar-IQ,ar;q=0.9,en;q=0.8"), "ar"),
        (("", "", "fr, en;q=0.5, ar;q=0.7"), "ar"),
        (("", "", "fr"), "en"),
        (("", "", "ar;q=0"), "en"),
        (("", "", "ar;q=x,en"), "en"),
        (("en", "ar", "ar"), "en"),
        (("xx", "ar", "en"), "ar"),
        (("", "", ""), "en"),
    ],
)
def test_the_first_wish_that_can_be_met_is(wishes: tuple[str, ...], language: str) -> None:
    assert chosen_language(*wishes) == language


@pytest.mark.parametrize(
    ("day", "language", "words"),
    [
        ("2024-08-30", "ar", "30 آب 2024"),
        ("2024-08-30", "en", "30 August 2024"),
        ("2024-08", "en", "August 2024"),
        ("2024", "en", "2024"),
        (None, "ar", ""),
        ("2024-13-01", "en", "2024-13-01"),
    ],
)
def test_a_day_is_written_as_people_do(day: str | None, language: str, words: str) -> None:
    assert day_words(day, language) == words


def test_times_and_numbers_are_written_as_people_do() -> None:
    assert day_words("2024-08-30", "ar", weekday=True) == "الجمعة 30 آب 2024"
    assert time_words("2024-08-30T14:05:00Z", "en") == "30 August 2024, 14:05"
    assert (time_words("2024-08-30", "ar"), time_words(None, "ar")) == ("30 آب 2024", "")
    assert (number(1234567), number(0.5), number(None)) == ("1,234,567", "0.5", "–")


def test_a_choice_in_the_address_is_kept_and_leaves_the_rest_of_it() -> None:
    choices = read_choices("/articles", "publisher=%D8%A3&lang=ar&theme=dark", {"cookie": "lang=en; theme=light"})
    assert (choices.language, choices.theme, choices.direction) == ("ar", "dark", "rtl")
    assert choices.with_choice("lang", "en") == "/articles?publisher=%D8%A3&lang=en"
    assert [cookie.split(";")[0] for cookie in cookies_to_set("lang=ar&theme=dark")] == ["lang=ar", "theme=dark"]


def test_the_theme_can_go_back_to_the_one_of_the_system() -> None:
    assert read_choices("/", "theme=system", {"cookie": "theme=dark"}).theme == ""


@pytest.mark.parametrize("query", ["lang=<script>", "theme=neon", "lang=", ""])
def test_what_cannot_be_chosen_sets_nothing(query: str) -> None:
    assert cookies_to_set(query) == []


@pytest.mark.parametrize("cookie", ["lang", "lang=ar; \x00=", "=;;", "lang=\u0661"])
def test_a_broken_cookie_chooses_nothing_or_what_it_can(cookie: str) -> None:
    assert read_choices("/", "", {"cookie": cookie}).language in ("ar", "en")
