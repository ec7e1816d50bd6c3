"""A database of invented articles, as large as one likes: what search.py and inspecting.py ask.

    python benchmarks/archive.py data/million.db --articles 1000000

Its words are as common and as rare as those of a language (the n-th is used 1/n times as often as the first) and stand in all
their forms. Sixty outlets publish over ten years, most of them little; a fifth comes from archives, a tenth through
aggregators. Rows only, no crawl; not all kinds of them: no sketches, no lines of evidence, four mentions a page.
"""

import argparse
import json
import random
import sqlite3
import sys
import time
import zlib
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from almasalla_crawler.arabic.letters import count_letters, fingerprint  # noqa: E402
from almasalla_crawler.health.figures import PREFIX  # noqa: E402
from almasalla_crawler.storage.database import open_database  # noqa: E402
from almasalla_crawler.storage.indexing import indexed_together  # noqa: E402
from almasalla_crawler.storage.seals import seal  # noqa: E402
from benchmarks.ingest import NOUNS, PLACES, VERBS  # noqa: E402
from benchmarks.language import Language  # noqa: E402

KINDS = ["صحيفة", "وكالة", "منصة", "بوابة"]
PUBLISHERS = [f"{kind} {noun}" for noun in NOUNS[:15] for kind in KINDS]  # sixty
SECTIONS = ["سياسة", "اقتصاد", "رياضة", "ثقافة", None]
SPAN = timedelta(days=3652)
BATCH = 500
LARGEST_CLUSTER = 5000  # of a million articles: a notice that everybody repeats
_STATS = {f"downloader/{name}/{n}": 1000 + n for name in ("request", "response", "exception") for n in range(20)} | {
    f"{PREFIX}{name}": 9 for name in ("asked", "answered", "read", "kept", "main", "title", "date")
}
_COLUMNS = {  # parents first
    "crawls": "id, spider, outlet, arguments, started_at, finished_at, finish_reason, status, pages, articles, stats, version",
    "pages": "id, url, outlet, state, crawl_id, first_seen_at, last_seen_at, due_at, interval_s",
    "urls": "url, page_id, kind",
    "captures": "id, page_id, door, body_sha256, observed_at, parsed_by, letter_count, line_count, kept_line_count, lines",
    "articles": "id, url, publisher, title, body, block_roles, title_key, body_key, paragraph_count, word_count, section,"
    " date_published_date, date_published_precision, language, fingerprint, cluster_id, first_seen_at, observed_at, text_rank",
    "authors": "article_id, position, name",
    "keywords": "article_id, position, keyword, kind",
    "appearances": "id, page_id, article_id, role, position, title, fingerprint, first_line, last_line, first_seen_at,"
    " last_seen_at, crawl_id, capture_id, said",
    "facts": "article_id, page_id, field, value, source, chosen",
    "mentions": "page_id, position, kind, title, title_key, article_id",
    "pairs": "article_a, article_b, kind, similarity",
    "revisions": "article_id, crawl_id, observed_at, title, body, block_roles, fingerprint, rank, changed",
    "rejects": "crawl_id, url, stage, reason, first_seen_at, last_seen_at",
}


class Invention:
    """Rows of one batch after the other, by table; all of them the same for the same seed and moment."""

    def __init__(self, language: Language, articles: int, words: int, seed: int, end: datetime) -> None:
        self.language, self.articles, self.words, self.end = language, articles, words, end
        self.chance = random.Random(seed)
        self.cluster, self.members = 1, max(2, LARGEST_CLUSTER * articles // 1_000_000)  # the first article of it, how many
        self.text, self.key = language.text(self.chance, words)
        self.titles = [language.text(self.chance, 9) for _ in range(2000)]

    def at(self, share: float) -> str:
        """The moment at a share of the span."""
        return (self.end - SPAN * (1 - share)).isoformat(timespec="seconds").replace("+00:00", "Z")

    def crawls(self) -> list[tuple[Any, ...]]:
        """A twentieth as many as articles, the later the more often."""
        count = self.articles // 20 + 1
        moments = [self.at(1 - (1 - n / count) ** 3) for n in range(count + 1)]
        how = ("finished", "ok", 20, 20, json.dumps(_STATS), "1")
        return [(n + 1, "site", f"outlet{n % 60}", "{}", moments[n], moments[n + 1], *how) for n in range(count)]

    def batch(self, numbers: range) -> dict[str, list[tuple[Any, ...]]]:
        rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _COLUMNS}
        for number in numbers:
            self._add(rows, number)
        return rows

    def _choose(self, number: int) -> int | None:
        """Chooses the text of an article, which begins otherwise than others of its cluster; returns that."""
        if number < self.cluster + self.members:
            first, key = self.language.text(self.chance, 1)
            self.text, self.key = [*first, *self.text[1:]], f"{key} {self.key.partition(' ')[2]}"
        else:
            few = min(300, int(self.chance.paretovariate(1.3)))
            self.cluster, self.members = number, few if self.chance.random() < 0.1 else 1
            words = int(self.chance.lognormvariate(0, 0.6) * 0.84 * self.words)
            self.text, self.key = self.language.text(self.chance, min(3000, max(40, words)))
        return self.cluster if self.members > 1 else None

    def _add(self, rows: dict[str, list[tuple[Any, ...]]], number: int) -> None:
        chance, share = self.chance, number / self.articles
        cluster, text, key = self._choose(number), self.text, self.key
        blocks = [f"{' '.join(text[n : n + 45])}." for n in range(0, len(text), 45)]
        self.titles[number % len(self.titles)] = words, title_key = self.language.text(chance, chance.randint(6, 12))
        title = " ".join(words)
        outlet = min(59, int(chance.paretovariate(0.7)) - 1)
        who, site = PUBLISHERS[outlet], "aggregator" if number % 10 == 3 else f"outlet{outlet}"
        seen, published = self.at(share), share * chance.random() if number % 5 == 0 else max(0.0, share - chance.random() / 2000)
        day = None if number % 50 == 7 else self.at(published)[:10]
        url, print_of = f"https://{site}.example/{number}", fingerprint(key)
        crawl = int((1 - (1 - share) ** (1 / 3)) * self.articles / 20) + 1
        kept = len(blocks) + 1
        roles = json.dumps(["paragraph"] * len(blocks))
        due = self.at(share + chance.random() / 100) if number % 4 == 0 else None
        rows["pages"].append((number, url, site, "gone" if number % 97 == 0 else "stored", crawl, seen, seen, due, 86_400))
        rows["urls"].append((url, number, "canonical"))
        rows["captures"].append((number, number, "html", print_of * 2, seen, "1", *_lines(title, blocks)))
        own = None if site == "aggregator" else url
        body, section = "\n\n".join(blocks), chance.choice(SECTIONS)
        rows["articles"].append((number, own, who, title, body, roles, title_key, key, len(blocks), len(text), section, day,
                                 day and "day", "ar", print_of, cluster, seen, seen, 3))  # fmt: skip
        rows["authors"] += [(number, 0, f"{chance.choice(PLACES)} {chance.choice(NOUNS)}")] if number % 2 else []
        rows["keywords"] += [(number, n, chance.choice(words), "tag") for n in range(3)]
        rows["appearances"].append((number, number, number, "main", 0, title, print_of, 1, kept, seen, seen, crawl, number, "{}"))
        stated = [("title", title), ("publisher", who), *([("date_published", day)] if day else [])]
        rows["facts"] += [(number, number, field, value, "og:title", 1) for field, value in stated]
        for n in range(4):
            other = max(1, number - chance.randrange(len(self.titles)))
            named, named_key = self.titles[other % len(self.titles)]
            rows["mentions"].append((number, n, "similar", " ".join(named), named_key, other))
        if cluster and number > cluster:
            rows["pairs"].append((number - 1, number, "edited", 0.99))
        if number % 20 == 0:
            rows["rejects"].append((crawl, f"{url}/r", "fetch", chance.choice(["timeout", "http_error", "blocked"]), seen, seen))
        if number % 100 == 0:
            rows["revisions"].append((number, crawl, seen, title, blocks[0], '["paragraph"]', print_of[::-1], 3, "text"))


def _lines(title: str, blocks: list[str]) -> tuple[int, int, int, bytes]:
    """The lines of a page as captures hold them, behind the numbers of their letters, of them, and of those that are kept."""
    kept = [("title", title), *(("paragraph", block) for block in blocks)]
    found = [(n, role, "main_text", text, 0) for n, (role, text) in enumerate(kept, 1)]
    rest = [(n, "navigation", "zone_navigation", text, None) for n, text in enumerate([*NOUNS, *VERBS], len(kept) + 1)]
    packed = zlib.compress(json.dumps([*found, *rest], ensure_ascii=False, separators=(",", ":")).encode(), 1)
    return count_letters("\n".join(line[3] for line in [*found, *rest])), len(found) + len(rest), len(found), packed


def write_archive(path: Path, articles: int, words: int = 180, seed: int = 1) -> float:
    """Writes in batches, indexed and sealed as a crawl does; returns the seconds of the processor that storing took."""
    invention = Invention(Language(random.Random(seed)), articles, words, seed, datetime.now(UTC))
    spent = 0.0
    with closing(open_database(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        spent += _insert(connection, {"crawls": invention.crawls()})
        for first in range(1, articles + 1, BATCH):
            spent += _insert(connection, invention.batch(range(first, min(first + BATCH, articles + 1))))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return spent


def _insert(connection: sqlite3.Connection, rows: dict[str, list[tuple[Any, ...]]]) -> float:
    begun = time.process_time()
    connection.execute("BEGIN IMMEDIATE")
    with indexed_together(connection):
        for name, found in rows.items():
            marks = ", ".join("?" * (_COLUMNS[name].count(",") + 1))
            connection.executemany(f"INSERT INTO {name} ({_COLUMNS[name]}) VALUES ({marks})", found)
    while not seal(connection):
        pass
    connection.execute("COMMIT")
    return time.process_time() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--words", type=int, default=180, help="of an article, about")
    options = parser.parse_args()
    begun = time.process_time()
    spent = write_archive(options.path.resolve(), options.articles, options.words)
    size = options.path.stat().st_size / 1e6
    took = time.process_time() - begun
    print(f"{options.articles:,} articles, {size:,.0f} MB; {took:.0f} s of the processor, {spent:.0f} of them SQLite's")


if __name__ == "__main__":
    main()
