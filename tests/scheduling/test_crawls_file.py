"""crawls.toml: what it may say, and where each mistake is said to be."""

from pathlib import Path

import pytest

from almasalla_crawler.scheduling.crawls_file import CrawlsFile, CrawlsFileError, read_crawls
from almasalla_crawler.scheduling.times import Cron, Every
from almasalla_crawler.scheduling.toml_lines import line_of

SPIDERS = {"seeds": "seeds", "almasalah": "almasalah"}


def outlet_of(spider: str, arguments: dict[str, str]) -> str:
    if spider == "site":
        return arguments["url"].split("/")[2]
    if spider not in SPIDERS:
        raise ValueError(f"there is no such spider; there are {', '.join(SPIDERS)}")
    return SPIDERS[spider]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "crawls.toml"


def mistakes(file: Path, text: str) -> list[str]:
    """Without the name of the file; each begins with its line."""
    file.write_text(text, "utf-8")
    with pytest.raises(CrawlsFileError) as caught:
        read_crawls(file, outlet_of)
    return [line.removeprefix(f"{file}:") for line in str(caught.value).splitlines()]


def test_an_entry_is_read_with_the_defaults_of_the_file(file: Path) -> None:
    file.write_text(
        'time_zone = "Asia/Baghdad"\ntime_limit = "2h"\nalerts = { urls = ["json://127.0.0.1:1/a"], level = "warning" }\n'
        '[crawl.oasis]\nspider = "site"\narguments = { url = "https://news.example/", since = 2025-01-01, limit = 5 }\n'
        'cron = "0 6 * * 0-4"\nsettings = { DOWNLOAD_DELAY = 2 }\njitter = "90s"\n[crawl.oasis.alerts]\nurls = ["json://127.0.0.1:1/b"]\n'
        '[crawl.seeds]\nspider = "seeds"\nevery = "15m"\ntime_limit = "5m"\nminimums = { date = 0.9 }\n',
        "utf-8",
    )
    entries = read_crawls(file, outlet_of)
    oasis, seeds = entries["oasis"], entries["seeds"]
    assert list(entries) == ["oasis", "seeds"]
    assert oasis.timing == Cron("0 6 * * 0-4", "Asia/Baghdad")
    assert oasis.arguments == {"url": "https://news.example/", "since": "2025-01-01", "limit": "5"}
    assert (oasis.outlet, oasis.settings, oasis.time_limit, oasis.jitter) == ("news.example", {"DOWNLOAD_DELAY": "2"}, 7200, 90)
    assert oasis.alerts == {"urls": ["json://127.0.0.1:1/b"], "level": "warning"}
    assert seeds.alerts == {"urls": ["json://127.0.0.1:1/a"], "level": "warning"}
    assert seeds.minimums == {"date": 0.9}


def test_alerts_and_minimums_nobody_knows_are_mistakes(file: Path) -> None:
    file.write_text('[crawl.a]\nspider = "seeds"\nevery = "1h"\nalerts = { mail = "x" }\nminimums = { beauty = 1 }\n', "utf-8")
    with pytest.raises(
        CrawlsFileError, match=r"(?s)alerts\.mail: there is no such key.*minimums\.beauty: there is no such minimum"
    ):
        read_crawls(file, outlet_of)


def test_an_entry_without_its_own_limits_has_those_of_the_file(file: Path) -> None:
    file.write_text('time_limit = "5m"\n[crawl.seeds]\nspider = "seeds"\nevery = "15m"\n', "utf-8")
    seeds = read_crawls(file, outlet_of)["seeds"]
    assert (seeds.timing, seeds.time_limit, seeds.outlet) == (Every("15m"), 300, "seeds")


def test_an_entry_has_a_zone_of_its_own(file: Path) -> None:
    file.write_text('[crawl.a]\nspider = "seeds"\ncron = "0 6 * * *"\ntime_zone = "Africa/Cairo"\n', "utf-8")
    assert read_crawls(file, outlet_of)["a"].timing == Cron("0 6 * * *", "Africa/Cairo")


@pytest.mark.parametrize(
    ("key", "begins"),
    [
        ('every = "15x"', 'every = "15x": a number and s, m, h or d is needed'),
        ("every = 15", "every = 15: a text in quotes is needed"),
        ('every = "1m"\njitter = "2m"', 'every = "1m": jitter, 120 s, must be shorter'),
        ('cron = "0 25 * * *"', 'cron = "0 25 * * *": '),
        ('every = "1h"\nevrey = "1h"', "evrey: there is no such key; did you mean every?"),
        ('every = "1h"\ntime_zone = "Asia/Bagdad"', 'time_zone = "Asia/Bagdad": no such time zone; did you mean Asia/Baghdad?'),
        ('every = "1h"\narguments = { url = ["a"] }', 'arguments = {"url": ["a"]}: url is no text, number, date or truth'),
        ('every = "1h"\nsettings = { DATABASE_PATH = "b.db" }', 'settings = {"DATABASE_PATH": "b.db"}: all crawls'),
        ('every = "1h"\nalerts = 5', "alerts = 5: a table is needed"),
        ("every = true", "every = true: a text in quotes is needed"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_key(file: Path, key: str, begins: str) -> None:
    (found,) = mistakes(file, f'# حصاد الأخبار\n\n[crawl.a]\nspider = "seeds"\n{key}\n')
    number = 5 if begins.startswith(("every", "cron")) else 6
    assert found.startswith(f"{number}: {begins}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1: no crawl in it"),
        ("crawl = 5", "1: crawl = 5: a table is needed"),
        ("[crawl]\na = 5", "2: crawl.a: a table is needed, [crawl.a]"),
        ('[crawl.a]\nevery = "1h"', "1: [crawl.a]: what is to crawl is missing"),
        ('\n[crawl.a]\nspider = "seeds"', "2: [crawl.a]: when is needed once"),
        ('[crawl.a]\nspider = "seeds"\nevery = "1h"\ncron = "0 6 * * *"', "1: [crawl.a]: when is needed once"),
        ('[crawl.a]\nspider = "seads"\nevery = "1h"', '2: spider = "seads": there is no such spider'),
        ('[crawl."a/b"]\nspider = "seeds"\nevery = "1h"', '1: [crawl."a/b"]: letters'),
        ('[crawls.a]\nspider = "seeds"', "1: crawls: there is no such key; did you mean crawl?"),
        ('[crawl.a]\nspider = "seeds\nevery = "1h"', "2: Illegal character"),
        ('[crawl.a]\nspider = "seeds"\n[crawl.a]\n', "3: Cannot declare"),
        ("[crawl.a]\nspider =", "2: Invalid value"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(file: Path, text: str, expected: str) -> None:
    assert mistakes(file, text)[0].startswith(expected)


def test_all_mistakes_are_told_at_once(file: Path) -> None:
    found = mistakes(file, 'jitter = "x"\n[crawl.a]\nspider = "no"\nevery = "1h"\n[crawl.b]\nspider = "seeds"\nevery = "1"\n')
    assert [line.split(":")[0] for line in found] == ["1", "3", "7"]


def test_no_file_says_what_to_copy(tmp_path: Path) -> None:
    with pytest.raises(CrawlsFileError, match=r"none\.toml: there is no such file\. Copy crawls\.example\.toml"):
        read_crawls(tmp_path / "none.toml", outlet_of)


def test_a_file_that_is_no_text_is_named(file: Path) -> None:
    file.write_bytes(b"# one\n# two \xff\xfe")
    with pytest.raises(CrawlsFileError, match=r"crawls\.toml:2: this is no UTF-8"):
        read_crawls(file, outlet_of)


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 5000], ids=["digits", "brackets"])
def test_what_the_reader_of_toml_gives_up_on_is_a_mistake(file: Path, value: str) -> None:
    file.write_text(f"[crawl.a]\njitter = {value}\n", "utf-8")
    with pytest.raises(CrawlsFileError, match=r"crawls\.toml: "):
        read_crawls(file, outlet_of)


def test_a_mistake_is_told_without_what_a_terminal_obeys(file: Path) -> None:
    assert "\\x1b[31mx: there is no such key" in mistakes(file, '[crawl.a]\n"\\u001b[31mx" = 1\n')[0]


def test_the_line_of_a_key_is_where_its_value_begins() -> None:
    text = '[crawl.a]\narguments = { }\ntext = """\n[crawl.b]\nspider = 1\n"""\n\n# more\n[crawl.b] # b\nspider = [\n 1,\n]\n'
    assert [line_of(text, keys) for keys in [("crawl", "a", "text"), ("crawl", "b"), ("crawl", "b", "spider")]] == [3, 9, 10]


def test_an_edited_file_is_read_again_and_a_mistake_in_it_keeps_the_old_crawls(file: Path) -> None:
    file.write_text('[crawl.a]\nspider = "seeds"\nevery = "1h"\n', "utf-8")
    crawls = CrawlsFile(file, outlet_of)
    assert crawls.edited() is None
    file.write_text('[crawl.a]\nspider = "seeds"\nevery = "1 hour"\n', "utf-8")
    assert crawls.edited() is None
    assert list(crawls.entries) == ["a"]
    file.write_text('[crawl.abc]\nspider = "seeds"\nevery = "2h"\n', "utf-8")
    assert list(crawls.edited() or {}) == ["abc"]
