"""How fast is the search, and beside what? `python benchmarks/search.py --articles 100000`, from the project's folder.

Fills a database with invented articles whose words are as common and as rare as those of a language (the n-th is used 1/n
times as often as the first) and stand in all their forms, then times each kind of question: the search as `scrapy search`
asks it, hits marked and all; the same word once as it stands, ranked by FTS5 itself; and LIKE over the texts.
"""

import argparse
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from itertools import accumulate
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from almasalla_crawler.arabic.letters import search_key  # noqa: E402
from almasalla_crawler.storage.database import open_database, open_readonly  # noqa: E402
from almasalla_crawler.storage.indexing import indexed_together  # noqa: E402
from almasalla_crawler.storage.search import search  # noqa: E402
from benchmarks.ingest import ADJECTIVES, LINKS, NOUNS, OUTLETS, PLACES, VERBS  # noqa: E402

FRONT = ["", "", "", "ال", "ال", "ال", "و", "وال", "ب", "بال", "ل", "لل", "ف", "ك"]
BACK = ["", "", "", "", "ها", "هم", "ه", "ات"]
SECTIONS = ["سياسة", "اقتصاد", "رياضة", "ثقافة", None]
BATCH = 2000
_INSERT = (
    "INSERT INTO articles (publisher, title, body, block_roles, title_key, body_key, paragraph_count, word_count,"
    " date_published_date, section, fingerprint, first_seen_at, observed_at, text_rank)"
    " VALUES (?, ?, ?, '[]', ?, ?, 1, ?, ?, ?, ?, '', '', 2)"
)


class Language:
    """Words with their frequency: real ones first, then made of random letters, each in a dozen of forms."""

    def __init__(self, chance: random.Random, size: int) -> None:
        real = [word.removeprefix("ال") for word in dict.fromkeys([*NOUNS, *ADJECTIVES, *PLACES, *VERBS])]
        letters = "ابتجحدرزسشصطعفقكلمنهوي"
        made = ["".join(chance.choices(letters, k=chance.randint(4, 7))) for _ in range(size)]
        self.lemmas = [*real, *made]
        forms = [[chance.choice(FRONT) + lemma + chance.choice(BACK) for _ in range(12)] for lemma in self.lemmas]
        self.words = [*LINKS, *(word for one in forms for word in one)]
        weights = [*(0.02 for _ in LINKS), *(1 / (n + 10) / 12 / 10 for n, one in enumerate(forms) for _ in one)]
        self.cumulated = list(accumulate(weights))
        self.keys = dict(zip(self.words, map(search_key, self.words), strict=True))

    def text(self, chance: random.Random, words: int) -> tuple[str, str]:
        """A text, and its search key."""
        chosen = chance.choices(self.words, cum_weights=self.cumulated, k=words)
        return " ".join(chosen), " ".join(map(self.keys.__getitem__, chosen))


def fill(path: Path, language: Language, articles: int, words: int, chance: random.Random) -> float:
    """Writes the articles as a crawl does, in batches; returns seconds of writing alone."""
    spent = 0.0
    with closing(open_database(path)) as connection:
        for start in range(0, articles, BATCH):
            rows = [row(language, number, words, chance) for number in range(start, min(start + BATCH, articles))]
            begun = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            with indexed_together(connection):
                connection.executemany(_INSERT, rows)
            connection.execute("COMMIT")
            spent += time.perf_counter() - begun
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return spent


def row(language: Language, number: int, words: int, chance: random.Random) -> tuple[Any, ...]:
    title, title_key = language.text(chance, 9)
    body, body_key = language.text(chance, max(20, int(chance.gauss(words, words / 3))))
    day = f"{chance.randint(2019, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    return (chance.choice(OUTLETS), title, body, title_key, body_key, words, day, chance.choice(SECTIONS), str(number))


Asking = Callable[[sqlite3.Connection], Any]


def questions(language: Language, chance: random.Random, each: int) -> dict[str, list[tuple[str, Asking]]]:
    """Kinds of questions -> the word they are about, and what is asked."""

    def word(first: int, last: int) -> str:
        return chance.choice(language.lemmas[first:last])

    def ask(text: str, **filters: Any) -> tuple[str, Asking]:
        return text, lambda connection: search(connection, text, **filters)

    many = range(each)
    return {
        "a common word (among the first 20)": [ask(word(0, 20)) for _ in many],
        "a usual word (to the 500th)": [ask(word(20, 500)) for _ in many],
        "a rare word": [ask(word(500, len(language.lemmas))) for _ in many],
        "two words": [ask(f"{word(0, 200)} {word(20, 2000)}") for _ in many],
        "three words": [ask(f"{word(0, 100)} {word(0, 100)} {word(20, 500)}") for _ in many],
        "a phrase": [ask(f'"{word(0, 50)} {word(0, 50)}"') for _ in many],
        "a word without another": [ask(f"{word(20, 500)} -{word(0, 100)}") for _ in many],
        "of a publisher, in a month": [ask(word(20, 500), publisher=OUTLETS[0], since="2024-05", until="2024-05") for _ in many],
        "the newest": [ask(word(20, 500), recent=True) for _ in many],
    }


def milliseconds(asking: Asking, connection: sqlite3.Connection) -> tuple[float, float]:
    """On the clock, and of the processor alone, which other programs do not lengthen."""
    begun, cpu = time.perf_counter(), time.process_time()
    asking(connection)
    return 1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - cpu)


def plain(text: str) -> Asking:
    """One form of the first word, as FTS5 finds and ranks it."""
    query = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rank LIMIT 20"
    return lambda connection: connection.execute(query, (f'"{search_key(text).split()[0]}"',)).fetchall()


def like(text: str) -> Asking:
    query = "SELECT id FROM articles WHERE body LIKE ? OR title LIKE ? ORDER BY date_published_date DESC LIMIT 20"
    return lambda connection: connection.execute(query, (f"%{text}%", f"%{text}%")).fetchall()


def report(kinds: dict[str, list[tuple[str, Asking]]], connection: sqlite3.Connection) -> None:
    print("\n| question | median ms | 95 % below ms | median CPU ms | one form, ranked by FTS5: CPU ms |")
    print("| --- | --- | --- | --- | --- |")
    every: list[tuple[float, float]] = []
    for kind, asked in kinds.items():
        spent = [milliseconds(asking, connection) for _, asking in asked]
        bare = statistics.median(milliseconds(plain(text), connection)[1] for text, _ in asked)
        every += spent
        print(f"| {kind} | {line(spent)} | {bare:.1f} |", flush=True)
    print(f"| all | {line(every)} | |")
    words = [text for text, _ in kinds["a rare word"]][:3]
    slow = statistics.median(milliseconds(like(text), connection)[0] for text in words)
    print(f"\nLIKE over headlines and texts for a rare word: {slow:.0f} ms")


def line(spent: list[tuple[float, float]]) -> str:
    clock, cpu = [one[0] for one in spent], [one[1] for one in spent]
    return f"{statistics.median(clock):.1f} | {high(clock):.1f} | {statistics.median(cpu):.1f}"


def high(values: list[float]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=250, help="of an article, about")
    parser.add_argument("--lemmas", type=int, default=60_000, help="words of the language, each in a dozen of forms")
    parser.add_argument("--each", type=int, default=15, help="questions of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--database", type=Path, help="where it goes and stays, or is from the last time (default: a temporary one)"
    )
    options = parser.parse_args()
    chance = random.Random(options.seed)
    language = Language(chance, options.lemmas)
    folder = Path(tempfile.mkdtemp(prefix="search-"))
    path = (options.database or folder / "search.db").resolve()
    try:
        if not path.exists():
            spent = fill(path, language, options.articles, options.words, chance)
            print(f"{options.articles:,} articles written and indexed in {spent:.0f} s")
        with closing(open_readonly(path)) as connection:
            size = connection.execute("SELECT sum(length(block)) FROM articles_fts_data").fetchone()[0]
            print(f"{path.stat().st_size / 1e6:,.0f} MB, the index is {size / 1e6:,.0f} of them")
            report(questions(language, random.Random(options.seed), options.each), connection)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
