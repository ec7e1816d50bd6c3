"""How quick are the pages of `scrapy inspect`? `python benchmarks/inspecting.py --articles 300000`, from the project's folder.

Writes a database of invented articles (rows only, no crawl), starts `scrapy inspect`, and asks for each page over a socket: the
first time, and the median of the times after. `--directory` keeps the database for the next time.
"""

import argparse
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from almasalla_crawler.arabic.letters import count_letters, search_key  # noqa: E402
from almasalla_crawler.storage.database import open_database  # noqa: E402
from benchmarks.ingest import OUTLETS, headline, sentence  # noqa: E402

FIRST_DAY, DAYS = date(2015, 1, 1), 4000
SENTENCES = 5000  # texts are made of so many different ones
PAGES = {
    "front page": "/",
    "front page, Arabic": "/?lang=ar",
    "articles": "/articles",
    "articles of a publisher": "/articles?publisher={who}",
    "articles of a month": "/articles?since=2019-03-01&until=2019-03-31",
    "an article": "/articles/{middle}",
    "two wordings": "/articles/{middle}/beside/{next}",
    "a page as it was read": "/pages/{middle}",
    "publishers": "/publishers",
    "crawls": "/crawls",
    "a crawl": "/crawls/1",
    "rejects": "/rejects",
    "search": "/search?q={word}",
    "search, two words": "/search?q={words}",
    "search, a phrase": "/search?q=%22{words}%22",
    "search, newest first": "/search?q={word}&order=recent",
    "tables": "/almasalla",
    **{f"table {name}": f"/almasalla/{name}" for name in ("articles", "pages", "facts", "mentions", "captures", "appearances")},
    **{f"view {name}": f"/almasalla/{name}" for name in ("main_articles", "clusters", "corrections", "crawl_health")},
    "a row of articles": "/almasalla/articles/{middle}",
    "a row of pages": "/almasalla/pages/{middle}",
    "a row of crawls": "/almasalla/crawls/1",
}
Rows = list[tuple[object, ...]]


def write_database(path: Path, articles: int) -> None:
    """One page, capture and appearance an article; three facts, four mentions; some copies and revisions."""
    chance = random.Random(1)
    sentences = [sentence(chance) for _ in range(SENTENCES)]
    keys = [search_key(one) for one in sentences]
    with closing(open_database(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("UPDATE indexing SET until = 0")  # all articles are indexed at once below
        began, ended = "2025-05-01T00:00:00Z", "2025-05-01T01:00:00Z"
        connection.executemany(
            "INSERT INTO crawls (id, spider, outlet, started_at, finished_at, finish_reason, status, version)"
            " VALUES (?, 'site', 'site', ?, ?, 'finished', 'ok', '1')",
            [(number, began, ended) for number in range(1, 3001)],
        )
        for first in range(1, articles + 1, 5000):
            connection.execute("BEGIN")
            for statement, rows in batch(chance, sentences, keys, range(first, min(first + 5000, articles + 1))).items():
                connection.executemany(statement, rows)
            connection.execute("COMMIT")
        connection.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
        connection.execute("UPDATE indexing SET until = NULL")


def batch(chance: random.Random, sentences: list[str], keys: list[str], numbers: range) -> dict[str, Rows]:
    """Rows by the statement that inserts them, parents first."""
    rows: dict[str, Rows] = {name: [] for name in COLUMNS}
    for number in numbers:
        add_article(rows, number, chance, sentences, keys)
    marks = {name: ", ".join("?" * (columns.count(",") + 1)) for name, columns in COLUMNS.items()}
    return {f"INSERT INTO {name} ({columns}) VALUES ({marks[name]})": rows[name] for name, columns in COLUMNS.items()}


def add_article(rows: dict[str, Rows], number: int, chance: random.Random, sentences: list[str], keys: list[str]) -> None:
    chosen = [chance.randrange(SENTENCES) for _ in range(12)]
    title, day = headline(chance), (FIRST_DAY + timedelta(days=chance.randrange(DAYS))).isoformat()
    blocks = [" ".join(sentences[one] for one in chosen[start : start + 3]) for start in range(0, 12, 3)]
    body, key, title_key = "\n\n".join(blocks), " ".join(keys[one] for one in chosen), search_key(title)
    url, seen, print_of = f"https://news.example/{number}", f"{day}T08:00:00Z", f"{number:032x}"
    who = f"{chance.choice(OUTLETS)} {int(chance.paretovariate(0.8)) % 300}"
    cluster = number // 10 if number % 10 < 2 else None
    packed, letters, count = page_of(title, blocks, sentences)
    rows["pages"] += [(number, url, f"outlet{number % 40}", "stored", 1, seen, seen)]
    rows["articles"] += [
        (
            number,
            url,
            who,
            title,
            body,
            '["paragraph", "paragraph", "paragraph", "paragraph"]',
            title_key,
            key,
            4,
            key.count(" ") + 1,
            day,
            "day",
            "ar",
            print_of,
            cluster,
            seen,
            seen,
            3,
        )
    ]
    rows["captures"] += [(number, number, "html", f"{number:064x}", seen, "1", letters, count, 5, packed)]
    rows["appearances"] += [(number, number, number, "main", 0, title, print_of, 1, 5, seen, seen, number, "{}")]
    stated = (("title", title), ("publisher", who), ("date_published", day))
    rows["facts"] += [(number, number, field, value, "og:title", 1) for field, value in stated]
    rows["mentions"] += [(number, n, "similar", title, title_key, chance.randrange(1, number + 1)) for n in range(4)]
    if number % 10 == 1 and number > 1:
        rows["pairs"] += [(number - 1, number, "copy", 1.0)]
        rows["rejects"] += [(f"{url}/r", "fetch", chance.choice(["timeout", "http_error", "blocked"]), seen, seen)]
    if number % 100 == 0:
        rows["revisions"] += [(number, seen, title, body, "[]", f"{number + 10**9:032x}", 3, "text")]


def page_of(title: str, blocks: list[str], sentences: list[str]) -> tuple[bytes, int, int]:
    """The lines of a page as captures hold them, their letters and their number."""
    text = [(n + 2, "paragraph", "main_text", block, 0) for n, block in enumerate(blocks)]
    rest = [(n, "navigation", "zone_navigation", sentences[n], None) for n in range(6, 30)]
    lines = [(1, "title", "title_above", title, 0), *text, *rest]
    packed = zlib.compress(json.dumps(lines, ensure_ascii=False).encode(), 1)
    return packed, count_letters("\n".join(line[3] for line in lines)), len(lines)


COLUMNS = {  # parents first
    "pages": "id, url, outlet, state, crawl_id, first_seen_at, last_seen_at",
    "articles": "id, url, publisher, title, body, block_roles, title_key, body_key, paragraph_count, word_count,"
    " date_published_date, date_published_precision, language, fingerprint, cluster_id, first_seen_at, observed_at, text_rank",
    "captures": "id, page_id, door, body_sha256, observed_at, parsed_by, letter_count, line_count, kept_line_count, lines",
    "appearances": "id, page_id, article_id, role, position, title, fingerprint, first_line, last_line, first_seen_at,"
    " last_seen_at, capture_id, said",
    "facts": "article_id, page_id, field, value, source, chosen",
    "mentions": "page_id, position, kind, title, title_key, article_id",
    "pairs": "article_a, article_b, kind, similarity",
    "revisions": "article_id, observed_at, title, body, block_roles, fingerprint, rank, changed",
    "rejects": "url, stage, reason, first_seen_at, last_seen_at",
}


def seconds_of(address: str) -> float:
    begun = time.perf_counter()
    with urlopen(address, timeout=60) as answer:
        answer.read()
    return time.perf_counter() - begun


def measured(address: str, articles: int, rounds: int) -> Iterator[tuple[str, float, float]]:
    given = {"who": quote(f"{OUTLETS[0]} 1"), "middle": articles // 2 // 10 * 10, "next": articles // 2 // 10 * 10 + 1,
             "word": quote("المكتبة"), "words": quote("المكتبة الجديدة")}  # fmt: skip
    for name, page in PAGES.items():
        times = [seconds_of(address + page.format(**given).removeprefix("/")) for _ in range(rounds + 1)]
        yield name, times[0], statistics.median(times[1:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=300_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--directory", type=Path, help="where the database is kept (default: a temporary one)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        path = (options.directory or Path(temporary)).resolve() / f"articles-{options.articles}.db"
        if not path.exists():
            begun = time.perf_counter()
            write_database(path, options.articles)
            print(f"{path}: {path.stat().st_size / 2**20:,.0f} MiB, written in {time.perf_counter() - begun:.0f} s")
        command = [sys.executable, "-m", "scrapy", "inspect", "--port", "0", "-s", f"DATABASE_PATH={path}"]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
            try:
                assert server.stdout is not None
                found = re.search(r"http://\S+/", server.stdout.readline())
                assert found is not None, "scrapy inspect did not start"
                print(f"{'milliseconds, ' + format(options.articles, ',') + ' articles':34} {'first':>8} {'median':>8}")
                for name, first, median in measured(found[0], options.articles, options.rounds):
                    print(f"{name:34} {1000 * first:8.0f} {1000 * median:8.0f}", flush=True)
            finally:
                server.terminate()


if __name__ == "__main__":
    main()
