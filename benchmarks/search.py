"""How fast is the search, and beside what? `python benchmarks/search.py --articles 100000`, from the project's folder.

Over a database of archive.py it times each kind of question: the search as `scrapy search` asks it, hits marked and all; the
same word once as it stands, ranked by FTS5 itself; and LIKE over the texts.
"""

import argparse
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from almasalla_crawler.arabic.letters import search_key  # noqa: E402
from almasalla_crawler.storage.database import open_readonly  # noqa: E402
from almasalla_crawler.storage.search import search  # noqa: E402
from benchmarks.archive import PUBLISHERS, write_archive  # noqa: E402
from benchmarks.language import lemmas  # noqa: E402

Asking = Callable[[sqlite3.Connection], Any]


def questions(words: list[str], chance: random.Random, each: int) -> dict[str, list[tuple[str, Asking]]]:
    """Kinds of questions -> the word they are about, and what is asked."""

    def word(first: int, last: int) -> str:
        return chance.choice(words[first:last])

    def ask(text: str, **filters: Any) -> tuple[str, Asking]:
        return text, lambda connection: search(connection, text, **filters)

    many = range(each)
    return {
        "a common word (among the first 20)": [ask(word(0, 20)) for _ in many],
        "a usual word (to the 500th)": [ask(word(20, 500)) for _ in many],
        "a rare word": [ask(word(500, 20_000)) for _ in many],
        "two words": [ask(f"{word(0, 200)} {word(20, 2000)}") for _ in many],
        "three words": [ask(f"{word(0, 100)} {word(0, 100)} {word(20, 500)}") for _ in many],
        "a phrase": [ask(f'"{word(0, 50)} {word(0, 50)}"') for _ in many],
        "a word without another": [ask(f"{word(20, 500)} -{word(0, 100)}") for _ in many],
        "of a publisher, in a month": [
            ask(word(20, 500), publisher=PUBLISHERS[0], since="2024-05", until="2024-05") for _ in many
        ],
        "main articles of a section": [ask(word(20, 500), section="ثقافة", role="main") for _ in many],
        "a common word, of a small publisher": [ask(word(0, 20), publisher=PUBLISHERS[40]) for _ in many],
        "the newest": [ask(word(20, 500), recent=True) for _ in many],
        "the newest, a common word": [ask(word(0, 20), recent=True) for _ in many],
    }


def milliseconds(asking: Asking, connection: sqlite3.Connection) -> tuple[float, float]:
    """On the clock, and of the processor alone, which other programs do not lengthen; the disk was read before."""
    asking(connection)
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
    print("\n| question | median ms on the clock | median CPU ms | 95 % below | worst | one form, ranked by FTS5: CPU ms |")
    print("| --- | --- | --- | --- | --- | --- |")
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
    return f"{statistics.median(clock):.1f} | {statistics.median(cpu):.1f} | {high(cpu):.1f} | {max(cpu):.1f}"


def high(values: list[float]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--each", type=int, default=15, help="questions of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--database", type=Path, help="where it goes and stays, or is from the last time (default: a temporary one)"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = (options.database or Path(folder) / "search.db").resolve()
        if not path.exists():
            spent = write_archive(path, options.articles, seed=options.seed)
            print(f"{options.articles:,} articles written and indexed in {spent:.0f} s of the processor")
        with closing(open_readonly(path)) as connection:
            size = connection.execute("SELECT sum(length(block)) FROM articles_fts_data").fetchone()[0]
            print(f"{path.stat().st_size / 1e6:,.0f} MB, the index is {size / 1e6:,.0f} of them")
            report(questions(lemmas(random.Random(options.seed)), random.Random(options.seed), options.each), connection)


if __name__ == "__main__":
    main()
